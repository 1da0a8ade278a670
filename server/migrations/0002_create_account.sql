create table account (
    county text not null references county (code),
    id text not null,
    login text not null,
    name text not null,
    role text not null,
    scope text not null,
    password_hash text not null,
    active bigint not null,
    failed_count bigint not null,
    locked_until_ms bigint not null,
    created_ms bigint not null,
    primary key (county, id)
);
create unique index account_login on account (county, login);

-- Where ops come from: one account on one phone, one console session, or one import batch. Ops are counted under it.
create table installation (
    county text not null,
    id text not null,
    account text not null,
    kind text not null,
    model text not null,
    platform text not null,
    created_ms bigint not null,
    revoked_ms bigint,
    revoked_kind text,
    primary key (county, id),
    foreign key (county, account) references account (county, id)
);
create index installation_account on installation (county, account);
