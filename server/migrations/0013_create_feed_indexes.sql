-- A clerk's device walks the feed of the whole county in its order; a page of it is one range.
create index record_scope_walk on record_scope (county, feed, record, division, kind);
-- What left a division, in the order in which it is told.
drop index scope_exit_division;
create index scope_exit_division on scope_exit (county, division, feed, record, kind);
-- All records of a kind, and those of a kind among some.
create index record_kind on record (county, kind, id);
