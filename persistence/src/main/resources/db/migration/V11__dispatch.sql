-- One queue for all that waits for a worker: executions and dispatches.
alter table execution_queue rename to work_queue;
alter table work_queue rename column execution_id to id;
alter table work_queue
    add column queue text not null default 'execution',
    -- Whose turn it is within a queue; for a dispatch its adapter.
    add column lane text not null default '',
    -- A retry waits until then.
    add column not_before timestamptz;
alter table work_queue alter column queue drop default;
alter index execution_queue_position_idx rename to work_queue_position;
create index work_queue_waiting on work_queue (queue, position);
create index work_queue_held on work_queue (queue, leased_until) where leased_until is not null;

-- Every record that was routed, what decided, and what became of it.
create table view_dispatch (
  id             text primary key,
  record         text not null,
  thread         text not null,
  namespace      text not null,
  goal           text,
  status         text not null,
  decided_by     text not null,
  target         text,
  rule           text,
  trace          jsonb not null,
  family         text,
  attempts       int not null,
  work_thread    text,
  execution_id   text,
  success        boolean,
  failure_reason text,
  cost_usd       numeric not null,
  tokens_in      bigint not null,
  tokens_out     bigint not null,
  latency_ms     bigint,
  routed_at      timestamptz not null,
  started_at     timestamptz,
  deadline       timestamptz,
  completed_at   timestamptz,
  version        bigint not null
);
create index on view_dispatch (routed_at desc, id);
create index on view_dispatch (status, routed_at desc, id);
create index on view_dispatch (work_thread) where work_thread is not null;
create index on view_dispatch (execution_id) where execution_id is not null;
