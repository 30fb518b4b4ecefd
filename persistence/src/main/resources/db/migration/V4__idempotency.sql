-- Answers to requests that carried an Idempotency-Key, kept for a day; status is null while the first one is at work.
create table idempotency (
  key        text not null,
  path       text not null,
  request    text not null,
  status     int,
  media_type text,
  answer     text,
  created_at timestamptz not null default now(),
  primary key (key, path)
);
create index on idempotency (created_at);
