//! What the bureau does at its desk while the phones are out: plaques arrive and go to a township, a ledger of merit letters
//! comes in, families ask for another plaque, a village proposes what a reviewer must accept, work is handed out, and a sheet
//! waits to be looked at. Everything goes the way the console goes.

use bianfang_county::County;
use bianfang_domain::time::Day;
use bianfang_e2e::{Bureau, Console};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::DemoError;
use crate::setting::{Carrier, count, list, text};

const DAY_MS: i64 = 86_400_000;

/// What was done, to be told.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Desk {
    /// Plaques that came in.
    pub plaques: u64,
    /// Merit letters.
    pub letters: u64,
    /// Requests for another plaque.
    pub requests: u64,
}

/// Does it all, as the clerk and, for proposals, as a worker.
///
/// # Errors
/// [`DemoError::Bureau`].
pub async fn work(bureau: &Bureau, place: &County, carriers: &[Carrier], now_ms: i64) -> Result<Desk, DemoError> {
    let clerk = bureau.console(Bureau::CLERK).await?;
    let plaques = store(&clerk, now_ms).await?;
    let letters = letters(&clerk, place, now_ms).await?;
    let requests = requests(&clerk, now_ms).await?;
    if let Some(carrier) = carriers.first() {
        tasks(&clerk, &bureau.console(carrier.login).await?, now_ms).await?;
    }
    waiting_sheet(&clerk, place).await?;
    Ok(Desk { plaques, letters, requests })
}

fn record(kind: &str, fields: &Value) -> Value {
    json!({ "kind": kind, "act": "record", "fields": fields })
}

/// Plaques arrive at the bureau, and a part of them goes to the first township.
async fn store(clerk: &Console, now_ms: i64) -> Result<u64, DemoError> {
    let coverage = clerk.get("/api/v1/coverage").await?;
    let county = text(&coverage, "/division/id");
    let township = list(&coverage, "/parts").next().map(|part| text(part, "/division/id").to_owned());
    let (came, sent) = (200, 60);
    let arrived = json!({ "act": "RECEIVED", "division": county, "count": came, "at": now_ms - 20 * DAY_MS, "document": "调拨单1号" });
    let lot = clerk.write("demo-lot", &record("plaque_stock", &arrived)).await?;
    if let Some(township) = township {
        let given = json!({ "act": "TRANSFERRED", "division": township, "from_lot": lot, "count": sent, "at": now_ms - 18 * DAY_MS });
        clerk.write("demo-lot-town", &record("plaque_stock", &given)).await?;
    }
    Ok(came)
}

/// A ledger of letters, sent and written at once; one of them was delivered by a lower level than its merit asks for.
async fn letters(clerk: &Console, place: &County, now_ms: i64) -> Result<u64, DemoError> {
    let villages = place.townships.iter().flat_map(|town| town.villages.iter().map(move |village| (town, village)));
    let rows = [
        ("赵小军", "三等功", "父亲", "送达", "县局王局长、人武部周部长"),
        ("钱小军", "二等功", "母亲", "", ""),
        ("孙小军", "嘉奖", "父亲", "", ""),
        ("李小军", "四有优秀士兵", "配偶", "", ""),
    ];
    let mut sheet =
        String::from("收到时间,军人姓名,奖励类别,通知书编号,家属姓名,关系,乡镇,村,送达时间,送达人,奖励金,签收,回执\n");
    let day = |days: i64| Day::of(now_ms - days * DAY_MS).to_string();
    for (at, ((soldier, level, relation, done, by), (town, village))) in (1..).zip(rows.iter().zip(villages)) {
        let family = format!("{}大山", soldier.chars().take(1).collect::<String>());
        let delivered = if done.is_empty() { String::new() } else { day(5) };
        let (award, signed) = if done.is_empty() { ("", "") } else { ("1000", family.as_str()) };
        sheet += &format!(
            "{},{soldier},{level},演示第{at}号,{family},{relation},{},{},{delivered},{by},{award},{signed},\n",
            day(12),
            town.name,
            village.name
        );
    }
    let import = clerk.send_sheet("letters", "letters.csv", sheet.into_bytes()).await?;
    let id = text(&import, "/id");
    clerk.post(&format!("/api/v1/imports/{id}/apply"), &Value::Null).await?;
    applied(clerk, id).await?;
    // 二等功 is the county's to bring, and a township did.
    let found = clerk.get("/api/v1/letters").await?;
    if let Some(letter) = list(&found, "/rows").find(|row| text(row, "/level") == "SECOND") {
        let step = json!({ "letter": text(letter, "/id"), "step": "DELIVERED", "at": now_ms - 4 * DAY_MS,
            "delivered_by": [{ "name": "李站长", "of": "BUREAU", "level": "TOWNSHIP" }], "signature": "钱大山" });
        clerk.write("demo-delivery", &record("letter_step", &step)).await?;
    }
    Ok(u64::try_from(rows.len()).unwrap_or(0))
}

/// Waits until an import is written; one that rests unwritten was interrupted, and the server's log says why.
async fn applied(clerk: &Console, id: &str) -> Result<(), DemoError> {
    // It may end between its state and its progress being read.
    let mut resting = 0;
    while resting < 3 {
        let told = clerk.get(&format!("/api/v1/imports/{id}")).await?;
        if text(&told, "/import/state") == "APPLIED" {
            return Ok(());
        }
        resting = if told.pointer("/import/progress").is_none_or(Value::is_null) { resting + 1 } else { 0 };
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err(DemoError::Unwritten(id.to_owned()))
}

/// Two families ask: one has the village's word, one nobody's yet.
async fn requests(clerk: &Console, now_ms: i64) -> Result<u64, DemoError> {
    let hung = clerk.get("/api/v1/plaques?state=HUNG").await?;
    let mut asked = 0;
    for (at, (row, (ask, reason))) in
        list(&hung, "/rows").zip([("REPLACE", "褪色破损"), ("REISSUE", "搬家遗失")]).enumerate()
    {
        let fields = json!({ "household": text(row, "/household"), "ask": ask, "reason": reason,
            "applicant": text(row, "/head_name"), "at": now_ms - 3 * DAY_MS });
        let request = clerk.write(&format!("demo-request-{at}"), &record("plaque_request", &fields)).await?;
        if at == 0 {
            let opinion = json!({ "request": request, "step": "VILLAGE_OK", "opinion": "情况属实，同意更换", "at": now_ms - 2 * DAY_MS });
            clerk.write("demo-opinion", &record("plaque_request_step", &opinion)).await?;
        }
        asked += 1;
    }
    Ok(asked)
}

/// A worker takes somebody for today, puts another off, and proposes a category that a reviewer must accept.
async fn tasks(clerk: &Console, worker: &Console, now_ms: i64) -> Result<(), DemoError> {
    let people = worker.get("/api/v1/people").await?;
    let ids: Vec<&str> = list(&people, "/rows").map(|row| text(row, "/id")).collect();
    let me = worker.get("/api/v1/me").await?;
    let today = Day::of(now_ms).0;
    let [one, two, three, four, ..] = ids.as_slice() else { return Ok(()) };
    let taken = json!({ "person": one, "owner": text(&me, "/account"), "name": text(&me, "/name"), "on": today,
        "why": "今天顺路", "state": "OPEN" });
    worker.write("demo-taken", &record("assignment", &taken)).await?;
    let off = json!({ "person": two, "until": today + 20, "reason": "外出务工，春节回来", "at": now_ms });
    worker.write("demo-snooze", &record("snooze", &off)).await?;
    let due = json!({ "person": three, "owner": text(&me, "/account"), "name": text(&me, "/name"),
        "due_on": today + 7, "why": "本人反映房屋漏雨", "state": "OPEN" });
    clerk.write("demo-due", &record("assignment", &due)).await?;
    let person = worker.get(&format!("/api/v1/people/{four}")).await?;
    let base = count(&person, "/revision");
    let proposed = json!({ "kind": "person", "target": four, "act": "change", "base": base, "set": { "categories": { "$add": ["51"] } } });
    worker.write("demo-proposal", &proposed).await?;
    Ok(())
}

/// A dirty sheet that somebody sent and nobody applied yet: a new row, a doubt, a refusal.
async fn waiting_sheet(clerk: &Console, place: &County) -> Result<(), DemoError> {
    let Some((town, village)) = place.townships.first().and_then(|town| Some((town, town.villages.first()?))) else {
        return Ok(());
    };
    let (town, village) = (&town.name, &village.name);
    let sheet = format!(
        "走访花名册（演示）,,,,\n序号,姓 名,乡镇(街道),村(社区),联系电话\n1,演示新人,{town},{village},１３８００００００９９\n\
         2,演示新人,同上,同上,\n3,,{town},{village},\n合计,3,,,\n"
    );
    clerk.send_sheet("people", "roster.csv", sheet.into_bytes()).await?;
    Ok(())
}
