-- Who has been reached (invariants 7 and 8): the same rule as `bianfang_domain::coverage`, over projections alone.
-- $1 county, $2 first day, $3 last day, $4 family counts (0/1), $5 methods that count, between blanks, $6 kind of work, $7 method,
-- $8 category (blank: all), $9 what was written on this day or before and needs no look is accepted by itself.
with
-- Whom another record counts for: both stay.
merged(person, stays) as (
    select owner, counts_as from person where county = $1 and counts_as is not null
),
-- One photo on two contacts is a hint for the reviewer (invariant 10); a signed sheet may back many. Asked only of what
-- would accept itself, and by index: photos of other years are not read.
hinted as (
    select distinct e.owner as contact
    from contact_entry e
    join photo p on p.county = e.county and p.subject = e.owner and p.counts = 1
        and coalesce(p.photo_kind, '') <> 'SHARED_SHEET'
    join photo q on q.county = p.county and q.original = p.original and q.subject <> p.subject and q.counts = 1
        and coalesce(q.photo_kind, '') <> 'SHARED_SHEET'
    join contact c on c.county = q.county and c.owner = q.subject and c.state <> 'VOIDED'
    where e.county = $1 and e.day >= $2 and e.day <= $3
      and e.review = 'SUBMITTED' and e.look = 0 and e.received_day <= $9
),
said as (
    -- Cast, for an expression has no type of its own in SQLite, and what has none is joined by no index.
    select cast(coalesce(m.stays, e.person) as text) as person,
           e.counts as counts,
           e.held as held,
           1 - e.assumed as told,
           case
               when e.review = 'ACCEPTED' then 1
               when e.review = 'SUBMITTED' and e.look = 0 and e.received_day <= $9
                    and e.owner not in (select contact from hinted) then 1
               else 0
           end as reviewed,
           case
               when e.counts = 0 or (p.gone_by is not null and e.day > p.gone_by) then null
               when replace($5, ' ' || e.method || ' ', '') = $5 then 0
               when e.result = 'MET' and e.method in ('HOME', 'SEMINAR', 'STATION') then 3
               when e.result = 'MET' and e.method in ('PHONE', 'VIDEO') then 2
               when e.result = 'MET' and e.method = 'RELATIVE' then 1
               when e.result = 'MET_FAMILY' and $4 = 1 then 1
               else 0
           end as level
    from contact_entry e
    left join merged m on m.person = e.person
    left join person p on p.county = e.county and p.owner = coalesce(m.stays, e.person)
    where e.county = $1 and e.day >= $2 and e.day <= $3
      and ($6 = '' or replace(e.work_types, ' ' || $6 || ' ', '') <> e.work_types)
      and ($7 = '' or e.method = $7)
),
best as (
    select person,
           max(level) as level,
           max(case when level > 0 then reviewed else 0 end) as reviewed,
           max(case when level > 0 then told else 0 end) as told,
           sum(held) as held
    from said
    group by person
),
placed as (
    select s.owner as person,
           s.division as division,
           s.counted as in_register,
           s.categories as categories,
           case when s.entered_day > $3 then 1 else 0 end as entered_after,
           b.level as level,
           b.reviewed as reviewed,
           b.told as told,
           b.held as held
    from person_span s
    left join best b on b.person = s.owner
    where s.county = $1 and s.from_day <= $3 and s.to_day > $3 and s.division is not null
      and ($8 = '' or replace(s.categories, ' ' || $8 || ' ', '') <> s.categories)
)
