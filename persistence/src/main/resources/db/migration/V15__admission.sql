-- Who may go: what a thing belongs to, in words that a freeze or a pause of the intake can meet.
alter table work_queue
    add column tags jsonb not null default '[]',
    -- How many of its lane may be held at once; null where the whole's limit is the only one.
    add column lane_limit int,
    -- The log says that it has ended; whoever still holds it has not let go yet.
    add column over boolean not null default false;
create index work_queue_lanes on work_queue (queue, lane) where lane_limit is not null;

-- What waits is folded once more, for its tags.
delete from work_queue;
delete from checkpoint where name in ('execution_queue', 'dispatch_queue');

-- The servers on this database: what each is for, and when it was last heard of.
create table node (
  name       text primary key,
  role       text not null,
  started_at timestamptz not null,
  seen_at    timestamptz not null
);
