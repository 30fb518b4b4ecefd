-- Read models: folds of the log. Any of them may be dropped and folded again.

create table view_execution_list (
  id                    text primary key,
  workflow_id           text not null,
  workflow_name         text not null,
  task                  text,
  status                text not null,
  queued_at             timestamptz not null,
  started_at            timestamptz,
  completed_at          timestamptz,
  current_phase         text,
  completed_phases      int not null,
  total_phases          int not null,
  input_tokens          bigint not null,
  output_tokens         bigint not null,
  cache_creation_tokens bigint not null,
  cache_read_tokens     bigint not null,
  cost_usd              numeric not null,
  max_cost_usd          numeric,
  tool_calls            int not null,
  artifacts             int not null,
  failed_phase          text,
  failure_reason        text,
  exit_code             int,
  error_message         text,
  started_by            text not null,
  cause                 text,
  repos                 jsonb not null,
  unpriced              jsonb not null,
  version               bigint not null
);
create index on view_execution_list (queued_at desc, id);
create index on view_execution_list (status, queued_at desc, id);
create index on view_execution_list (workflow_id, queued_at desc, id);

create table view_execution_detail (
  id                    text primary key,
  execution_id          text not null,
  phase_id              text not null,
  name                  text not null,
  place                 int not null,
  status                text not null,
  agent                 text not null,
  model                 text,
  timeout_seconds       int not null,
  max_cost_usd          numeric,
  session_id            text,
  workspace_id          text,
  input_tokens          bigint not null,
  output_tokens         bigint not null,
  cache_creation_tokens bigint not null,
  cache_read_tokens     bigint not null,
  cost_usd              numeric not null,
  tool_calls            int not null,
  started_at            timestamptz,
  completed_at          timestamptz,
  exit_code             int,
  failure_reason        text,
  error_message         text,
  artifact_ids          jsonb not null,
  cost_by_model         jsonb not null,
  commits               jsonb not null,
  version               bigint not null
);
create index on view_execution_detail (execution_id, place);

create table view_session_list (
  id                    text primary key,
  execution_id          text not null,
  workflow_id           text not null,
  workflow_name         text not null,
  phase_id              text not null,
  phase_name            text not null,
  provider              text not null,
  model                 text,
  status                text not null,
  input_tokens          bigint not null,
  output_tokens         bigint not null,
  cache_creation_tokens bigint not null,
  cache_read_tokens     bigint not null,
  cost_usd              numeric not null,
  provider_cost_usd     numeric,
  turns                 int not null,
  tool_calls            int not null,
  duration_ms           bigint not null,
  started_at            timestamptz not null,
  completed_at          timestamptz,
  error_message         text,
  conversation_sha256   text,
  repos                 jsonb not null,
  unpriced              jsonb not null,
  cost_by_model         jsonb not null,
  version               bigint not null
);
create index on view_session_list (started_at desc, id);
create index on view_session_list (execution_id, started_at);

create table view_artifact_list (
  id           text primary key,
  workflow_id  text,
  execution_id text,
  phase_id     text,
  session_id   text,
  title        text not null,
  type         text not null,
  media_type   text not null,
  size_bytes   bigint not null,
  sha256       text not null,
  main         boolean not null,
  created_at   timestamptz not null,
  created_by   text not null,
  derived_from jsonb not null,
  metadata     jsonb not null,
  version      bigint not null
);
create index on view_artifact_list (created_at desc, id);
create index on view_artifact_list (execution_id, title);

create table view_workflow_list (
  id             text primary key,
  name           text not null,
  type           text not null,
  phase_count    int not null,
  requires_repos boolean not null,
  archived       boolean not null,
  revision       bigint not null,
  runs           int not null,
  run_position   bigint not null,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  definition     jsonb not null,
  version        bigint not null
);
create index on view_workflow_list (name, id);

create table view_thread_state (
  id        text primary key,
  status    text not null,
  intent    text,
  opener    text,
  namespace text not null,
  records   bigint not null,
  first_at  timestamptz not null,
  last_at   timestamptz not null,
  version   bigint not null
);
create index on view_thread_state (status, last_at);

-- Admission: executions waiting for, or held by, a runner. Claimed with FOR UPDATE SKIP LOCKED.
create table execution_queue (
  execution_id text primary key,
  position     bigint not null,
  node         text,
  token        bigint not null default 0,
  leased_until timestamptz
);
create index on execution_queue (position);
