-- Records of every kind, the ops that made them, and where they lie. Projections are created from the kinds' declarations.
-- Every key begins with the county. Types are those that SQLite and PostgreSQL share: text and bigint.

create table record (
    county text not null,
    id text not null,
    kind text not null,
    -- Feed number of its last change.
    feed bigint not null,
    -- The open part; for a fact the document of its first op, for ever.
    doc text not null,
    -- A fact with its amendments; null unless amended.
    current text,
    -- Field to text sealed under the county's key.
    sealed text,
    meta text not null,
    -- STANDS, BESIDE (a value waits beside a field), HELD or VOID: for lists of what waits.
    state text not null,
    primary key (county, id)
);
create index record_feed on record (county, feed);
create index record_waiting on record (county, kind, feed) where state = 'HELD';

-- Which facts (and cases) speak of a record.
create table record_subject (
    county text not null,
    subject text not null,
    fact text not null,
    primary key (county, subject, fact)
);
create index record_subject_fact on record_subject (county, fact);

-- Who holds a unique value, by its keyed fingerprint.
create table record_print (
    county text not null,
    field text not null,
    print text not null,
    record text not null,
    primary key (county, field, print, record)
);
create index record_print_record on record_print (county, record);

-- The divisions a record lies in; with what the feed reads, so that a page is one index walk.
create table record_scope (
    county text not null,
    division text not null,
    record text not null,
    kind text not null,
    feed bigint not null,
    primary key (county, division, record)
);
create index record_scope_feed on record_scope (county, division, feed, record, kind);
create index record_scope_record on record_scope (county, record);

-- Records that left a division, for REMOVE.
create table scope_exit (
    county text not null,
    feed bigint not null,
    division text not null,
    kind text not null,
    record text not null,
    primary key (county, feed, division, record)
);
create index scope_exit_division on scope_exit (county, division, feed);

-- What a phone should hold of a division: count and wrapping sum of terms, kept current by every write.
create table scope_check (
    county text not null,
    division text not null,
    records bigint not null,
    term_sum bigint not null,
    primary key (county, division)
);

-- The kept ops: the history, and what the past is rebuilt from.
create table op (
    county text not null,
    installation text not null,
    seq bigint not null,
    -- The number at which it took effect; 0 for a refused one. An op that waited for its target moves here when it comes.
    feed bigint not null,
    kind text not null,
    target text not null,
    act text not null,
    -- The act without its sealed part; null where the record's document is this op's.
    body text,
    sealed text,
    fingerprints text,
    base bigint not null,
    device_ms bigint not null,
    monotonic_ms bigint not null,
    offset_ms bigint,
    account text not null,
    actor text not null,
    received_ms bigint not null,
    previous_ms bigint,
    decision text not null,
    answer text,
    -- 1: held unapplied until its target is known.
    waiting bigint not null,
    primary key (county, installation, seq)
);
create index op_feed on op (county, feed);
create index op_target on op (county, target, feed);
create index op_waiting on op (county, target) where waiting = 1;

-- One row an installation: where its count stands, and when it last synchronized, with the divisions it had then.
create table installation_state (
    county text not null,
    installation text not null,
    account text not null,
    role text not null,
    scope text not null,
    last_seq bigint not null,
    corrected_ms bigint,
    pushed_ms bigint,
    pulled_ms bigint,
    primary key (county, installation)
);

-- The bytes of photos, by hash: one row for each device that brings them, for only who has them may have the receipt.
-- `stored_ms` is null while they are still coming; how much came is the length of the file.
create table blob (
    county text not null,
    sha256 text not null,
    device text not null,
    length bigint not null,
    created_ms bigint not null,
    stored_ms bigint,
    primary key (county, sha256, device)
);

-- The declaration by which a projection table was last created.
create table projection_form (
    name text not null,
    form text not null,
    primary key (name)
);
