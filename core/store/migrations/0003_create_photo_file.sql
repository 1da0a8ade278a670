-- Encrypted photo files: each under its own random key. The row comes after the file is durable. Without record it belongs to
-- a draft; owed ones have no receipt yet.
create table photo_file (
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
create index photo_file_sha256 on photo_file (sha256);
create index photo_file_record on photo_file (record);
create index photo_file_draft on photo_file (draft);
create index photo_file_owed on photo_file (owed, state, written_ms);

-- Half-filled forms. They never leave the phone.
create table draft (
  form text primary key,
  json text not null,
  updated_ms integer not null
) without rowid;
