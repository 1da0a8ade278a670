-- Secrets are stored as SHA-256 only. The nonce derives the successor from the presented secret, so that a lost answer
-- can be given again without keeping the successor itself.
create table enrol_code (
    county text not null,
    hash text not null,
    account text not null,
    created_ms bigint not null,
    expires_ms bigint not null,
    used_ms bigint,
    installation text,
    nonce text,
    primary key (county, hash),
    foreign key (county, account) references account (county, id)
);

create table refresh_token (
    county text not null,
    hash text not null,
    family text not null,
    installation text not null,
    created_ms bigint not null,
    expires_ms bigint not null,
    used_ms bigint,
    nonce text,
    revoked_ms bigint,
    primary key (county, hash),
    foreign key (county, installation) references installation (county, id)
);
create index refresh_token_family on refresh_token (county, family);
