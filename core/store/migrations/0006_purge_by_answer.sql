-- When an op was answered, by the server's time: kept ops leave by it. Of ops answered before, the last session is the latest it can
-- have been.
alter table outbox add column answered_ms integer;
update outbox set answered_ms = max(written_ms, coalesce((select cast(value as integer) from meta where key = 'last_sync_ms'), 0))
  where state <> 'PENDING';
