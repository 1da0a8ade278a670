-- The server's last word on each record. A hidden one left the scope but carries work that the server does not have yet.
create table record (
  id text primary key,
  kind text not null,
  revision integer not null,
  json text not null,
  hidden integer not null default 0,
  pull integer not null default 0
) without rowid;
create index record_kind on record (kind, id);
create index record_pull on record (pull);

-- Records as they read with the phone's own ops decided over the mirror, only where that differs from the mirror.
create table overlay (
  id text primary key,
  kind text not null,
  json text not null
) without rowid;

-- What screens see.
create view shown as
  select id, kind, json, 1 as local from overlay
  union all
  select id, kind, json, 0 from record where hidden = 0 and id not in (select id from overlay);

-- What each record speaks of.
create table record_subject (
  fact text not null,
  subject text not null,
  primary key (fact, subject)
) without rowid;
create index record_subject_subject on record_subject (subject, fact);

-- Single values as JSON: who the phone belongs to, cursor, epoch, clock offset.
create table meta (
  key text primary key,
  value text not null
) without rowid;
