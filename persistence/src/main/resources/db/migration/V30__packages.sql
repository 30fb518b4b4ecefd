-- Packages of workflows: a read model like those of V3.
create table view_package_list (
  id           text primary key,
  status       text not null,
  release      text not null,
  description  text,
  kind         text not null,
  source       text not null,
  ref          text,
  commit_id    text,
  workflows    jsonb not null,
  triggers     jsonb not null,
  installed_at timestamptz not null,
  changed_at   timestamptz not null,
  version      bigint not null
);
create index on view_package_list (status, id);
