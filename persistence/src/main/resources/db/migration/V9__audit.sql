-- Roots of complete subtrees over the ids in log_entry (RFC 6962), from 1,024 leaves up: `place` counts the subtrees of
-- its level from 0. A fold of the log, which may be emptied and is filled again.
create table merkle_node (
    level integer not null check (level >= 10),
    place bigint not null check (place >= 0),
    hash  bytea not null check (octet_length(hash) = 32),
    primary key (level, place)
);
