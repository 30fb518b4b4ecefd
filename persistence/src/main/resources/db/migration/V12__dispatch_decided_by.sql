-- The list of dispatches is filtered by the step that decided, and counted by it and by status.
create index on view_dispatch (decided_by, status, routed_at desc, id);
