-- What waits for a reviewer: held parts, and values kept beside a field.
drop index record_waiting;
create index record_waiting on record (county, feed) where state in ('HELD', 'BESIDE');
