-- The read models that were missing, folds of the log like the others, and what could not be folded.

alter table view_workflow_list drop column definition;

create table view_workflow_detail (
  id         text primary key,
  name       text not null,
  archived   boolean not null,
  revision   bigint not null,
  updated_at timestamptz not null,
  definition jsonb not null,
  version    bigint not null
);

create table view_trigger_list (
  id             text primary key,
  name           text not null,
  namespace      text not null,
  source         text not null,
  event          text,
  repository     text,
  workflow       text,
  target         text,
  status         text not null,
  paused_reason  text,
  fired          bigint not null,
  blocked        bigint not null,
  failed         bigint not null,
  cost_usd       numeric not null,
  last_fired_at  timestamptz,
  last_execution text,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  created_by     text not null,
  record         text not null,
  definition     jsonb not null,
  defined_at     bigint not null,
  version        bigint not null
);
create index on view_trigger_list (status, name, id);
create index on view_trigger_list (workflow) where workflow is not null;

create table view_trigger_history (
  id        text primary key,
  trigger   text not null,
  status    text not null,
  event     text,
  due       timestamptz,
  subject   text,
  execution text,
  guard     text,
  reason    text,
  cost_usd  numeric,
  at        timestamptz not null,
  ended_at  timestamptz,
  position  bigint not null,
  version   bigint not null
);
create index on view_trigger_history (position desc);
create index on view_trigger_history (trigger, position desc);

create table view_phase_metrics (
  id                    text primary key,
  workflow_id           text not null,
  phase_id              text not null,
  name                  text not null,
  place                 int not null,
  started               bigint not null,
  completed             bigint not null,
  failed                bigint not null,
  input_tokens          bigint not null,
  output_tokens         bigint not null,
  cache_creation_tokens bigint not null,
  cache_read_tokens     bigint not null,
  cost_usd              numeric not null,
  tool_calls            bigint not null,
  artifacts             bigint not null,
  agent_millis          bigint not null,
  last_at               timestamptz not null,
  position              bigint not null
);
create index on view_phase_metrics (workflow_id, place);
create index on view_phase_metrics (cost_usd desc, id);

create table view_dashboard_metrics (
  id                    text primary key,
  workflow_id           text not null,
  day                   text not null,
  executions            bigint not null,
  not_started           bigint not null,
  running               bigint not null,
  paused                bigint not null,
  completed             bigint not null,
  failed                bigint not null,
  cancelled             bigint not null,
  interrupted           bigint not null,
  input_tokens          bigint not null,
  output_tokens         bigint not null,
  cache_creation_tokens bigint not null,
  cache_read_tokens     bigint not null,
  cost_usd              numeric not null,
  tool_calls            bigint not null,
  artifacts             bigint not null,
  last_at               timestamptz not null,
  position              bigint not null
);
create index on view_dashboard_metrics (day);
create index on view_dashboard_metrics (workflow_id, day);

create table view_repo_health (
  id                    text primary key,
  repository            text not null,
  day                   text not null,
  executions            bigint not null,
  not_started           bigint not null,
  running               bigint not null,
  paused                bigint not null,
  completed             bigint not null,
  failed                bigint not null,
  cancelled             bigint not null,
  interrupted           bigint not null,
  input_tokens          bigint not null,
  output_tokens         bigint not null,
  cache_creation_tokens bigint not null,
  cache_read_tokens     bigint not null,
  cost_usd              numeric not null,
  tool_calls            bigint not null,
  artifacts             bigint not null,
  last_at               timestamptz not null,
  position              bigint not null
);
create index on view_repo_health (repository, day);
create index on view_repo_health (day);

create table view_repo_correlation (
  id            text primary key,
  repository    text not null,
  execution_id  text not null,
  workflow_id   text not null,
  workflow_name text not null,
  source        text not null,
  at            timestamptz not null,
  position      bigint not null
);
create index on view_repo_correlation (repository, at desc, id);
create index on view_repo_correlation (execution_id);

create table view_organization_tree (
  id              text primary key,
  kind            text not null,
  organization_id text,
  system_id       text,
  name            text not null,
  slug            text,
  description     text,
  provider        text,
  owner           text,
  default_branch  text,
  installation_id text,
  is_private      boolean not null,
  created_by      text not null,
  created_at      timestamptz not null,
  version         bigint not null
);
create index on view_organization_tree (kind, name, id);
create index on view_organization_tree (organization_id, kind);
create index on view_organization_tree (system_id) where system_id is not null;

create table view_workspace_list (
  id           text primary key,
  execution_id text not null,
  phase_id     text not null,
  backend      text not null,
  status       text not null,
  provider     text,
  message      text,
  commits      jsonb not null,
  created_at   timestamptz not null,
  ready_at     timestamptz,
  ended_at     timestamptz,
  version      bigint not null
);
create index on view_workspace_list (created_at desc, id);
create index on view_workspace_list (execution_id);
create index on view_workspace_list (status, created_at desc, id);

create table view_task_list (
  id        text primary key,
  thread    text not null,
  namespace text not null,
  opener    text not null,
  domain    text not null,
  goal      text,
  alias     text,
  status    text not null,
  claim     text,
  claimant  text,
  reason    text,
  opened_at timestamptz not null,
  since     timestamptz not null,
  position  bigint not null,
  version   bigint not null
);
create index on view_task_list (position desc);
create index on view_task_list (status, position desc);
create index on view_task_list (thread, position);

create table view_trust_evidence (
  id         text primary key,
  claim      text not null,
  actor      text not null,
  domain     text not null,
  evaluator  text not null,
  accepted   boolean not null,
  of_oneself boolean not null,
  at         timestamptz not null,
  position   bigint not null
);
create index on view_trust_evidence (actor, domain, position);
create index on view_trust_evidence (claim);

create table view_pattern_index (
  id         text primary key,
  state      text not null,
  l1         text not null,
  l2         text not null,
  l3         text not null,
  dial       text not null,
  op         text not null,
  p          text not null,
  target     text not null,
  plan       jsonb not null,
  since      timestamptz not null,
  updated_at timestamptz not null,
  position   bigint not null
);
create index on view_pattern_index (state, id);
create index on view_pattern_index (l1);

create table view_unrouted_queue (
  id        text primary key,
  record    text not null,
  thread    text not null,
  namespace text not null,
  goal      text,
  domain    text,
  routed_at timestamptz not null,
  position  bigint not null
);
create index on view_unrouted_queue (routed_at desc, id);

-- Entries that a projection passed over because it cannot fold them.
create table projection_parked (
  projection text not null,
  position   bigint not null,
  record     text not null,
  reason     text not null,
  at         timestamptz not null default now(),
  primary key (projection, position)
);
