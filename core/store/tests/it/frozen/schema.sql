CREATE TABLE draft (
  form text primary key,
  json text not null,
  updated_ms integer not null
) without rowid;
CREATE TABLE meta (
  key text primary key,
  value text not null
) without rowid;
CREATE TABLE outbox (
  seq integer primary key,
  target text not null,
  op text not null,
  state text not null check (state in ('PENDING', 'ACKED', 'MIRRORED', 'REFUSED')),
  answer text,
  held integer not null default 0,
  revision integer not null default 0,
  written_ms integer not null
, floor_ms integer, answered_ms integer);
CREATE INDEX outbox_state on outbox (state, seq);
CREATE INDEX outbox_target on outbox (target, state);
CREATE TABLE overlay (
  id text primary key,
  kind text not null,
  json text not null
) without rowid;
CREATE TABLE photo_file (
  name text primary key,
  key blob not null,
  sha256 text not null,
  length integer not null,
  role text not null check (role in ('ORIGINAL', 'COPY', 'THUMB')),
  draft text,
  record text,
  owed integer not null default 0,
  state text not null default 'WAITING' check (state in ('WAITING', 'SENDING', 'RECEIPT')),
  sent integer not null default 0,
  receipt text,
  receipt_ms integer,
  fault text,
  written_ms integer not null
) without rowid;
CREATE INDEX photo_file_draft on photo_file (draft);
CREATE INDEX photo_file_fault on photo_file (written_ms) where fault is not null;
CREATE INDEX photo_file_record on photo_file (record);
CREATE INDEX photo_file_sha256 on photo_file (sha256);
CREATE INDEX photo_file_waiting on photo_file (written_ms) where owed = 1 and state <> 'RECEIPT';
CREATE TABLE record (
  id text primary key,
  kind text not null,
  revision integer not null,
  json text not null,
  hidden integer not null default 0,
  pull integer not null default 0
) without rowid;
CREATE INDEX record_hidden on record (id) where hidden = 1;
CREATE INDEX record_kind on record (kind, id);
CREATE INDEX record_pull on record (pull);
CREATE TABLE record_subject (
  fact text not null,
  subject text not null,
  primary key (fact, subject)
) without rowid;
CREATE INDEX record_subject_subject on record_subject (subject, fact);
CREATE VIEW shown as
  select id, kind, json, 1 as local from overlay
  union all
  select id, kind, json, 0 from record where hidden = 0 and id not in (select id from overlay);
