-- The clock of before counted with an offset alone. It becomes one last seen at the last pull, in a boot of no name.
insert into meta (key, value)
  select 'clock', json_object(
    'server_ms', cast(synced.value as integer) + cast(measured.value as integer),
    'sure', json('true'),
    'seen', json_object('wall_ms', cast(synced.value as integer), 'steady_ms', 0, 'boot', ''))
  from meta measured join meta synced on synced.key = 'last_sync_ms' where measured.key = 'offset_ms';
delete from meta where key = 'offset_ms';

-- What an op is not written before: the newest sure time of the ops before it. A doubtful one is no floor, so that a clock that
-- stood in the future for one op does not hold all later ones there.
alter table outbox add column floor_ms integer;
update outbox set floor_ms = before.floor_ms
  from (
    select seq, max(json_extract(op, '$.at.device_ms') + json_extract(op, '$.at.offset_ms'))
      over (order by seq rows between unbounded preceding and 1 preceding) as floor_ms
    from outbox
  ) before
  where before.seq = outbox.seq;
