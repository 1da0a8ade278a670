//! What the bureau changes in its register while the phones are out: somebody entered twice is one person again, a grown
//! child gets a household of their own and two old people move together, a soldier comes home, a faded plaque is renewed,
//! a call answers a questionnaire, and the families of soldiers and the units of the county are entered. Everything goes the
//! way the console goes.

use bianfang_domain::time::Day;
use bianfang_e2e::{Bureau, Console};
use serde_json::{Value, json};

use crate::error::DemoError;
use crate::setting::{count, list, text};

const DAY_MS: i64 = 86_400_000;

/// Somebody of the list.
struct Somebody {
    id: String,
    name: String,
    household: String,
    division: String,
}

/// Does it all, as the clerk.
///
/// # Errors
/// [`DemoError::Bureau`].
pub async fn change(bureau: &Bureau, now_ms: i64) -> Result<(), DemoError> {
    let clerk = bureau.console(Bureau::CLERK).await?;
    let people = clerk.get("/api/v1/people").await?;
    let somebody = |row: &Value| Somebody {
        id: text(row, "/id").to_owned(),
        name: text(row, "/name").to_owned(),
        household: text(row, "/household").to_owned(),
        division: text(row, "/division/id").to_owned(),
    };
    let mut people = list(&people, "/rows").map(somebody).filter(|one| !one.household.is_empty()).skip(5);
    let mut next = || people.next();
    if let Some(twice) = next() {
        same(&clerk, &twice, now_ms).await?;
    }
    if let Some(grown) = next() {
        split(&clerk, &grown).await?;
    }
    if let Some((one, other)) = next().zip(next()) {
        merge(&clerk, &one, &other).await?;
    }
    if let Some(family) = next() {
        home(&clerk, &family, now_ms).await?;
    }
    if let Some((serving, fallen)) = next().zip(next()) {
        honoured(&clerk, &serving, &fallen).await?;
        units(&clerk, &serving.division).await?;
    }
    if let Some(called) = next() {
        ask(&clerk, &called, now_ms).await?;
    }
    renew(&clerk, now_ms).await
}

/// The revision that a change made now has seen.
async fn seen(clerk: &Console) -> Result<u64, DemoError> {
    Ok(count(&clerk.get("/api/v1/coverage").await?, "/feed"))
}

async fn record(clerk: &Console, key: &str, kind: &str, fields: Value) -> Result<String, DemoError> {
    let wish = json!({ "kind": kind, "act": "record", "fields": fields });
    Ok(clerk.write(&format!("demo-{key}"), &wish).await?)
}

async fn set(clerk: &Console, key: &str, (kind, target): (&str, &str), set: Value) -> Result<(), DemoError> {
    let base = seen(clerk).await?;
    let wish = json!({ "kind": kind, "target": target, "act": "change", "base": base, "set": set });
    clerk.write(&format!("demo-{key}"), &wish).await?;
    Ok(())
}

/// The sheet of another office had them once more, without a number.
async fn same(clerk: &Console, person: &Somebody, now_ms: i64) -> Result<(), DemoError> {
    let again = json!({ "name": person.name, "living_division": person.division, "registered_division": person.division,
        "register": "ACTIVE", "life": "ALIVE", "note": "优抚台账转来" });
    let twice = record(clerk, "twice", "person", again).await?;
    record(clerk, "same", "same_as", json!({ "person": twice, "kept": person.id, "at": now_ms })).await?;
    Ok(())
}

/// 分户
async fn split(clerk: &Console, person: &Somebody) -> Result<(), DemoError> {
    let own = json!({ "head_name": person.name, "division": person.division, "address": "新村安置点3号楼",
        "split_from": person.household });
    let own = record(clerk, "split", "household", own).await?;
    set(clerk, "split-member", ("person", &person.id), json!({ "household": own })).await
}

/// 并户
async fn merge(clerk: &Console, one: &Somebody, other: &Somebody) -> Result<(), DemoError> {
    if one.household == other.household || one.division != other.division {
        return Ok(());
    }
    set(clerk, "merge-member", ("person", &one.id), json!({ "household": other.household })).await?;
    let merged = json!({ "register": "MERGED", "merged_into": other.household });
    set(clerk, "merge", ("household", &one.household), merged).await
}

/// A serving son of the family is discharged: he waits as a draft, and his return asks for a visit.
async fn home(clerk: &Console, family: &Somebody, now_ms: i64) -> Result<(), DemoError> {
    let today = Day::of(now_ms);
    let soldier = json!({ "basis": "SERVING", "name": "演示现役军人", "household": family.household, "enlisted": "2021-09",
        "relations": [{ "person": family.id, "relation": "父亲" }] });
    let soldier = record(clerk, "soldier", "basis_person", soldier).await?;
    let discharged = json!({ "basis": "VETERAN", "discharged": today.to_string() });
    set(clerk, "discharged", ("basis_person", &soldier), discharged).await
}

/// 荣誉主体: a son who serves, and a martyr of long ago.
async fn honoured(clerk: &Console, serving: &Somebody, fallen: &Somebody) -> Result<(), DemoError> {
    let soldier = json!({ "basis": "SERVING", "name": "演示义务兵", "household": serving.household, "enlisted": "2025-03",
        "relations": [{ "person": serving.id, "relation": "母亲" }] });
    record(clerk, "serving", "basis_person", soldier).await?;
    let martyr = json!({ "basis": "MARTYR", "name": "演示烈士", "household": fallen.household,
        "certificate_no": "演烈字第0001号", "relations": [{ "person": fallen.id, "relation": "子女" }] });
    record(clerk, "martyr", "basis_person", martyr).await?;
    Ok(())
}

/// 单位: who hires, who is garrisoned here, who trains.
async fn units(clerk: &Console, division: &str) -> Result<(), DemoError> {
    for (key, kind, name, hiring) in [
        ("employer", "EMPLOYER", "演示农机站", Some("招保安两名，退役军人优先")),
        ("forces", "FORCES", "驻军一", None),
        ("trainer", "TRAINER", "演示技工学校", None),
    ] {
        let unit = json!({ "unit_kind": kind, "name": name, "division": division, "contact_name": "演示联系人",
            "hiring": hiring });
        record(clerk, key, "unit", unit).await?;
    }
    Ok(())
}

/// 就业创业普查 by telephone.
async fn ask(clerk: &Console, person: &Somebody, now_ms: i64) -> Result<(), DemoError> {
    let answers = json!([{ "set": "EMPLOYMENT", "version": 1, "person": person.id,
        "values": { "state": "EMPLOYED", "employer": "演示农机站" } }]);
    let called = json!({ "at": now_ms - DAY_MS, "method": "PHONE", "work_types": ["EMPLOY"], "answers": answers,
        "entries": [{ "person": person.id, "result": "MET" }] });
    record(clerk, "answers", "contact", called).await?;
    Ok(())
}

/// The old plaque is faded and comes back; the new one hangs at once.
async fn renew(clerk: &Console, now_ms: i64) -> Result<(), DemoError> {
    let hung = clerk.get("/api/v1/plaques?state=HUNG").await?;
    let Some(row) = list(&hung, "/rows").last() else { return Ok(()) };
    let renewed = json!({ "household": text(row, "/household"), "event": "REPLACE", "reason": "AGED", "at": now_ms - DAY_MS,
        "position": "GATE", "hanger": "李站长", "no_signature": "家属外出，电话告知", "old_returned": true });
    record(clerk, "renew", "plaque_event", renewed).await?;
    Ok(())
}
