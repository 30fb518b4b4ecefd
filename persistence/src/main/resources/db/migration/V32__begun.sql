-- What has begun is taken up again whatever the limits say: its agent may be at work. Until now it was known by its tags.
alter table work_queue add column begun boolean not null default false;
update work_queue set begun = true, tags = '[]' where queue = 'execution' and not jsonb_exists(tags, 'all');
drop index work_queue_waiting;
create index work_queue_turn on work_queue (queue, begun desc, position);
