-- The phone's own ops, numbered without a gap. PENDING waits for an answer; ACKED has one, but the mirror does not show it
-- yet; MIRRORED is kept only for a server that was restored from a backup; REFUSED is kept with its reason.
create table outbox (
  seq integer primary key,
  target text not null,
  op text not null,
  state text not null check (state in ('PENDING', 'ACKED', 'MIRRORED', 'REFUSED')),
  answer text,
  held integer not null default 0,
  revision integer not null default 0,
  written_ms integer not null
);
create index outbox_state on outbox (state, seq);
create index outbox_target on outbox (target, state);
