-- The only truth: every other table is a fold of this one.
create table log_entry (
    position    bigint primary key,
    id          bytea not null unique check (octet_length(id) = 32),
    thread      text not null,
    version     bigint not null check (version >= 0),
    actor       text not null,
    clock       bigint not null check (clock between 0 and 9007199254740991),
    -- Names, not numbers: an operator can read them, and the order of a Java enum means nothing here.
    act         text not null,
    data_type   text not null,
    -- Ids of 32 bytes, one after the other.
    parents     bytea not null check (octet_length(parents) % 32 = 0),
    judged_by   bytea check (octet_length(judged_by) = 32),
    namespace   text not null,
    kind        text not null,
    -- json, not jsonb: it keeps the very text that was hashed. jsonb would write 1e308 out in 309 digits.
    body        json not null,
    signature   bytea,
    recorded_at timestamptz not null,
    constraint log_entry_version unique (thread, version),
    constraint log_entry_clock unique (thread, actor, clock)
);

create function log_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'Expected only new rows in log_entry, but this is %: correct a record with another record', tg_op
        using errcode = 'restrict_violation';
end $$;

create trigger log_append_only before update or delete or truncate on log_entry
    for each statement execute function log_refuse_change();

-- Also for replication and for sessions that switch ordinary triggers off.
alter table log_entry enable always trigger log_append_only;

-- How far each reader of the log has come; `version` is that of the fold, whose change starts it again.
create table checkpoint (
    name       text primary key,
    position   bigint not null check (position >= 0),
    version    integer not null default 0,
    updated_at timestamptz not null default now()
);
