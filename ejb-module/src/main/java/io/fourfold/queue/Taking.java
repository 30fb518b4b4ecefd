package io.fourfold.queue;

/**
 * How work is taken from a queue, in SQL: who may go, and as many of them as the limits leave room for. What had begun
 * and lost its worker goes before all others and whatever the limits say, but counts for them: it runs already.
 */
final class Taking {

    /** A claim need not survive a crash of the database: what it was for is in the log. */
    static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('fourfold.queue.' || ?, 0)),"
            + " set_config('synchronous_commit', 'off', true)";

    /** What may go: neither held nor over, and its time has come. */
    static final String FREE = "w.queue = ? and not w.over and (w.leased_until is null or w.leased_until < now())"
            + " and (w.not_before is null or w.not_before <= now())";

    /** Full lanes are passed over; of the others as many as fit go, the first in line first. */
    static final String TAKE = """
            with lanes as (
              select lane, min(lane_limit) as its, count(*) filter (where leased_until > now()) as held
              from work_queue where queue = ? and (lane_limit is not null or leased_until > now()) group by lane),
            free as (
              select w.id, w.begun, w.position, w.lane, least(l.its, most.n) as most, coalesce(l.held, 0) as held
              from work_queue w
                left join lanes l on l.lane = w.lane
                left join unnest(?::text[], ?::int[]) as most(lane, n) on most.lane = w.lane
              where %s and (w.begun or (not w.tags ??| ?::text[]
                and (least(l.its, most.n) is null or coalesce(l.held, 0) < least(l.its, most.n))))
              order by w.begun desc, w.position limit %d),
            waiting as (
              select *, row_number() over (partition by lane order by begun desc, position) as place from free)
            update work_queue set node = ?, token = token + 1, leased_until = now() + make_interval(secs => ?)
            where id in (
              select id from waiting where begun or most is null or place + held <= most
              order by begun desc, position limit greatest(0, least(?, greatest(
                (select count(*) from waiting where begun), ? - (select coalesce(sum(held), 0) from lanes)))))
            returning id, token, position""".formatted(FREE, Lanes.LOOK_AHEAD_MAX);

    private Taking() {}
}
