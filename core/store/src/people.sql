-- People as lists show them. The rule of who is owed a visit and who was reached is `bianfang_domain::coverage`.
-- $1 divisions of the phone (JSON list), $2 one division or null, $3 first day, $4 last day, $5 "METHOD RESULT" codes that
-- reach somebody (JSON list), $6 search, $9 the methods this version knows (JSON list), $10 whom the rule asks about (JSON list
-- of categories; empty: everybody). Which people are looked at, and by which index, is a text that people.rs puts in.
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
    select record from photo_file indexed by photo_file_waiting where owed = 1 and state <> 'RECEIPT' and record is not null
    union
    select s.subject from record_subject s join waiting on s.fact = waiting.id
),
-- What is asked of each person stands in them, so that one person's page does not count the county. Without statistics the
-- planner would walk the county's year for each person (43 s for 10,000 people): the indexes are named.
found as (
    select p.owner as id,
           p.name as name,
           coalesce(p.name_key, '') as name_key,
           p.name_key as sorts,
           p.household as household,
           p.division as division,
           p.birth as birth,
           p.phone as phone,
           p.id_masked as id_masked,
           exists (
               select 1 from contact_entry e indexed by contact_entry_person
               where e.county = '-' and e.person = p.owner and e.day between $3 and $4 and e.counts = 1
                 and (p.gone_by is null or e.day <= p.gone_by)
                 and case when e.method in (select value from json_each($9)) then e.method else 'OTHER' end
                     || ' ' || e.result in (select value from json_each($5))
           ) or exists (
               -- Under a record that they count for.
               select 1 from person d indexed by person_counts_as
               cross join contact_entry e indexed by contact_entry_person
               where d.county = '-' and d.counts_as = p.owner
                 and e.county = '-' and e.person = d.owner and e.day between $3 and $4 and e.counts = 1
                 and (p.gone_by is null or e.day <= p.gone_by)
                 and case when e.method in (select value from json_each($9)) then e.method else 'OTHER' end
                     || ' ' || e.result in (select value from json_each($5))
           ) as reached,
           exists (
               select 1 from person_span s indexed by person_span_owner
               where s.county = '-' and s.owner = p.owner and s.counted = 1 and s.from_day <= $4 and s.to_day > $4
                 and s.division in (select id from covered)
                 and ($2 is null or s.division in (select id from asked))
                 and ($10 = '[]' or exists (
                     select 1 from json_each($10) c where instr(s.categories, ' ' || c.value || ' ') > 0))
           ) as owed
    from person p /* which */
      and ($6 = '' or instr(p.name, $6) > 0 or instr(replace(p.name_key, ' ', ''), $6) > 0
           -- As names are compared: without the separator, in the usual characters.
           or (replace($6, '·', '') <> '' and instr(p.name_matched, replace($6, '·', '')) > 0)
           -- A telephone number by its end, which shows, or whole. Of an id number no part finds anybody; all of it finds who
           -- shows the same mask, which is all that a phone can know.
           or ($6 not glob '*[^0-9]*' and length($6) between 3 and 4 and $6 = substr(p.phone, -length($6)))
           or ($6 not glob '*[^0-9]*' and length($6) = 11 and substr($6, 1, 3) || '****' || substr($6, 8) = p.phone)
           or (length($6) = 18 and substr($6, 1, 17) not glob '*[^0-9]*'
               and substr($6, 1, 4) || '************' || upper(substr($6, 17)) = p.id_masked))
),
listed as (
    select * from found where $2 is null or owed or division in (select id from asked)
)
