-- Which start of which process has the name.
alter table node add column instance text not null default '';
