-- Which op a session's request became, so that one sent twice is written once.
create table online_write (
    county text not null,
    installation text not null,
    key text not null,
    seq bigint not null,
    print text not null,
    primary key (county, installation, key)
);
