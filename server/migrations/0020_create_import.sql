-- Imports: each upload with what was found in the register, row by row, and what became of it. Protected values of a row
-- are in `sealed`, under the county's key; everything else has masks in their place.

create table import_plan (
    county text not null,
    id text not null,
    ledger text not null,
    file_name text not null,
    file_sha256 text not null,
    account text not null,
    -- READING, PLANNED, APPLYING, APPLIED, UNDOING or UNDONE
    state text not null,
    -- What was known when the rows were judged.
    feed bigint not null,
    created_ms bigint not null,
    row_count bigint not null,
    -- Sheet to the column of each field.
    columns text not null,
    -- What is said of the whole sheet.
    notes text not null,
    -- Under which the rows are written, and those of an undo.
    installation text not null,
    undo_installation text,
    applied_ms bigint,
    -- The first and the last feed number it wrote.
    feed_from bigint,
    feed_to bigint,
    undone_ms bigint,
    primary key (county, id)
);
create index import_plan_created on import_plan (county, created_ms);

create table import_row (
    county text not null,
    batch text not null,
    n bigint not null,
    sheet text not null,
    row_number bigint not null,
    outcome text not null,
    -- 1: judged otherwise after the register had moved on, so not written until somebody saw it.
    changed bigint not null,
    -- null, TAKE, SKIP or SAME_AS
    decision text,
    same_as text,
    -- A keyed fingerprint of what the row says: the same row again changes nothing.
    print text not null,
    target text,
    -- The first op's number under the batch's installation, and how many ops the row has. Fixed before anything is written.
    seq bigint,
    ops bigint not null,
    body text not null,
    sealed text,
    primary key (county, batch, n)
);
create index import_row_print on import_row (county, print);
create index import_row_outcome on import_row (county, batch, outcome, n);
create index import_row_seq on import_row (county, batch, seq);

-- Which column is which in a bureau's own sheets.
create table import_mapping (
    county text not null,
    ledger text not null,
    body text not null,
    updated_ms bigint not null,
    account text not null,
    primary key (county, ledger)
);
