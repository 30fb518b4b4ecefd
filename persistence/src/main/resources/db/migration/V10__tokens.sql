-- Bearer tokens. The secret itself is kept nowhere: who has lost it makes another.
create table token (
    id           text primary key,
    name         text not null,
    sha256       bytea not null check (octet_length(sha256) = 32),
    actors       text[] not null,
    scopes       text[] not null,
    -- Empty for all.
    namespaces   text[] not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz
);
