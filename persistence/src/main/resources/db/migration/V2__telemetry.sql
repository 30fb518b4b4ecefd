-- What agents were seen to do. Append-only by use, in partitions of a day that are made when first needed and dropped
-- when their time is over; the default partition takes what has no day of its own.
create table telemetry (
    execution_id text not null,
    seq          bigint not null check (seq > 0),
    session_id   text,
    phase_id     text,
    at           timestamptz not null,
    type         text not null,
    data         jsonb not null,
    -- PostgreSQL wants the partition key in it; the writer sees to it that (execution_id, seq) alone is unique.
    constraint telemetry_once unique (execution_id, seq, at)
) partition by range (at);

create index telemetry_session on telemetry (session_id, seq);
create index telemetry_type on telemetry (type, at desc);
create index telemetry_at on telemetry (at desc);

create table telemetry_default partition of telemetry default;
