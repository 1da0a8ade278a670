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
met(id) as (
    select e.person
    from contact_entry e join person p on p.county = '-' and p.owner = e.person
    where e.county = '-' and e.day between $3 and $4 and e.counts = 1
      and (p.died_on is null or e.day <= p.died_on)
      and case when e.method in (select value from json_each($9)) then e.method else 'OTHER' end || ' ' || e.result
          in (select value from json_each($5))
),
owed(id) as (
    select owner
    from person_span
    where county = '-' and counted = 1 and from_day <= $4 and to_day > $4
      and division in (select id from covered)
      and ($2 is null or division in (select id from asked))
),
found as (
    select p.owner as id,
           p.name as name,
           coalesce(p.name_key, '') as name_key,
           p.household as household,
           v.name as village,
           h.address as address,
           p.owner in (select id from met) as reached,
           p.owner in (select id from owed) as owed,
           (select max(e.day) from contact_entry e
            where e.county = '-' and e.person = p.owner and (e.counts = 1 or e.held = 1)) as last_contact,
           (select q.state from plaque q where q.county = '-' and q.owner = p.household) as plaque,
           p.owner in (select id from waiting) or coalesce(p.household in (select id from waiting), 0) as waiting
    from person p
    left join division v on v.county = '-' and v.owner = p.division
    left join household h on h.county = '-' and h.owner = p.household
    where p.county = '-'
      and (coalesce(p.register, '') <> 'REMOVED' or $7 is not null)
      and ($6 = '' or instr(p.name, $6) > 0 or instr(replace(p.name_key, ' ', ''), $6) > 0
           or (length($6) >= 4 and upper($6) = substr(p.id_masked, -length($6))))
      and ($2 is null or p.division in (select id from asked) or p.owner in (select id from owed))
      and ($7 is null or p.owner in (select value from json_each($7)))
      and ($8 is null or p.household = $8)
)
