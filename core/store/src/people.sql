-- People as lists show them. The rule of who is owed a visit and who was reached is `bianfang_domain::coverage`.
-- $1 divisions of the phone (JSON list), $2 one division or null, $3 first day, $4 last day, $5 "METHOD RESULT" codes that
-- reach somebody (JSON list), $6 search, $7 these people only (JSON list or null), $8 this household only or null,
-- $9 the methods this version knows (JSON list).
with recursive
covered(id) as (
    select value from json_each($1)
    union
    select d.owner from division d join covered on d.county = '-' and d.parent = covered.id
),
asked(id) as (
    select $2 where $2 is not null
    union
    select d.owner from division d join asked on d.county = '-' and d.parent = asked.id
),
-- Records with unsent work, and what they speak of: a photo's visit, the visit's people.
waiting(id) as (
    select target from outbox where state = 'PENDING'
    union
    select record from photo_file where owed = 1 and state <> 'RECEIPT' and record is not null
    union
    select s.subject from record_subject s join waiting on s.fact = waiting.id
),
-- Who was merged into whom, through chains: the last counts, with the contacts of all.
chain(person, here, step) as (
    select person, kept, 1 from same_as where county = '-'
    union all
    select c.person, s.kept, c.step + 1 from chain c join same_as s on s.county = '-' and s.person = c.here
    where c.step < 16
),
merged(person, stays) as (
    select person, here from chain c where not exists (select 1 from same_as s where s.county = '-' and s.person = c.here)
),
-- What is asked of each person stands in them, so that one person's page does not count the county. Without statistics the
-- planner would walk the county's year for each person (43 s for 10,000 people): the indexes are named.
found as (
    select p.owner as id,
           p.name as name,
           coalesce(p.name_key, '') as name_key,
           p.household as household,
           p.division as division,
           p.birth as birth,
           p.phone as phone,
           p.id_masked as id_masked,
           exists (
               select 1 from contact_entry e indexed by contact_entry_person
               where e.county = '-' and e.person = p.owner and e.day between $3 and $4 and e.counts = 1
                 and (p.died_on is null or e.day <= p.died_on)
                 and case when e.method in (select value from json_each($9)) then e.method else 'OTHER' end
                     || ' ' || e.result in (select value from json_each($5))
           ) or exists (
               select 1 from merged m join contact_entry e indexed by contact_entry_person
                 on e.county = '-' and e.person = m.person
               where m.stays = p.owner and e.day between $3 and $4 and e.counts = 1
                 and (p.died_on is null or e.day <= p.died_on)
                 and case when e.method in (select value from json_each($9)) then e.method else 'OTHER' end
                     || ' ' || e.result in (select value from json_each($5))
           ) as reached,
           exists (
               select 1 from person_span s indexed by person_span_owner
               where s.county = '-' and s.owner = p.owner and s.counted = 1 and s.from_day <= $4 and s.to_day > $4
                 and s.division in (select id from covered)
                 and ($2 is null or s.division in (select id from asked))
           ) as owed
    from person p
    where p.county = '-'
      and (coalesce(p.register, '') <> 'REMOVED' or $7 is not null)
      and (p.owner not in (select person from merged) or $7 is not null)
      and ($6 = '' or instr(p.name, $6) > 0 or instr(replace(p.name_key, ' ', ''), $6) > 0
           or (length($6) >= 4 and upper($6) = substr(p.id_masked, -length($6))))
      and ($7 is null or p.owner in (select value from json_each($7)))
      and ($8 is null or p.household = $8)
),
listed as (
    select * from found where $2 is null or owed or division in (select id from asked)
)
