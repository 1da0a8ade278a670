-- Divisions that a record itself named as its place for some days and does not name today. A border entered late judges again
-- what lay there then.
create table record_place (
    county text not null,
    division text not null,
    record text not null,
    primary key (county, division, record)
);
