-- One county is one unit of locking, feed and audit. Whoever writes locks its row first, so number order is commit order.
create table county (
    code text not null primary key,
    name text not null,
    epoch text not null,
    seal_public text not null,
    feed bigint not null,
    audit_n bigint not null,
    audit_head text not null,
    created_ms bigint not null
);

create table audit_log (
    county text not null references county (code),
    n bigint not null,
    at_ms bigint not null,
    actor text not null,
    act text not null,
    detail text not null,
    prev_hash text not null,
    hash text not null,
    primary key (county, n)
);
