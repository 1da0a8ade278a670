//! Imports: what a dry run says of each row, that applying does exactly that, and that a second time changes
//! nothing.

use bianfang_domain::codes::Codes;
use bianfang_domain::id::RecordId;
use bianfang_server::db::account::{self, Account};
use bianfang_server::import::assumed;
use bianfang_server::import::{
    ImportItem, Importer, Plan, PlanError, PlanRow, PlanState, RowChoice, WhichRows, feed, items,
};
use bianfang_sheets::{Ledger, Upload, read_upload};
use serde_json::json;

use crate::bureau::{Bureau, COUNTIES, COUNTY, Phone, VILLAGE_A1, VILLAGE_A2, at, id, person};
use crate::on_both_databases;

on_both_databases!(
    new_rows_become_people_in_households_and_the_same_sheet_again_changes_nothing,
    each_outcome_has_its_cell_and_its_reason,
    what_may_be_wrong_and_may_be_right_is_imported_with_a_warning_at_its_cell,
    a_value_of_the_register_is_never_overwritten_without_a_decision,
    a_decision_is_written_by_the_next_apply,
    what_was_touched_since_the_dry_run_is_shown_instead_of_written,
    an_apply_that_dies_goes_on_with_the_same_numbers,
    two_counties_import_the_same_sheet_apart,
    who_may_not_see_a_village_imports_nothing_into_it,
    protected_values_rest_sealed,
);

const HEADER: &str = "序号,姓名,身份证号码,现居住地址,乡镇(街道),村(社区),联系电话,人员类别,备注\n";

/// Valid numbers of an area that was never assigned.
pub const NUMBERS: [&str; 4] = ["990101196001010019", "990101196001010027", "990101196001010035", "990101196001010043"];

pub fn number(which: usize) -> String {
    // The last digit is worked out, so that the list above cannot be wrong.
    let body = &NUMBERS[which][..17];
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

pub async fn importer(bureau: &Bureau, county: usize) -> Importer<'_> {
    let actor = Phone::clerk(county).actor;
    let account = Account {
        id: actor.account,
        login: "clerk".into(),
        name: "业务员".into(),
        role: actor.role,
        scope: actor.scope.clone(),
        password_hash: String::new(),
        active: true,
        failed_count: 0,
        locked_until_ms: 0,
    };
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    // Made by the first call of a test.
    account::insert(conn, COUNTIES[county], &account, bureau.now()).await.ok();
    Importer { desk: bureau.desk(county), account: actor.account, role: actor.role, scope: actor.scope, blind: false }
}

pub async fn whole_of(importer: &Importer<'_>, ledger: Ledger, text: &str) -> (Plan, Vec<PlanRow>) {
    let upload =
        read_upload(ledger, ("a.csv", text.as_bytes()), (None, &Codes::default(), crate::bureau::day(60))).unwrap();
    let plan = importer.dry_run(ledger, (upload, assumed::usual(ledger)), |_, _| ()).await.unwrap();
    let plan = importer.apply(plan.id, |_, _| ()).await.unwrap();
    let rows = rows(importer, &plan, WhichRows::All).await;
    (plan, rows)
}

pub fn sheet(body: &str) -> Upload {
    let text = format!("花名册,,,,,,,,\n{HEADER}{body}");
    read_upload(Ledger::People, ("花名册.csv", text.as_bytes()), (None, &Codes::default(), crate::bureau::day(60)))
        .unwrap()
}

pub async fn look(importer: &Importer<'_>, body: &str) -> (Plan, Vec<PlanRow>) {
    let plan =
        importer.dry_run(Ledger::People, (sheet(body), assumed::usual(Ledger::People)), |_, _| ()).await.unwrap();
    let rows = rows(importer, &plan, WhichRows::All).await;
    (plan, rows)
}

pub async fn rows(importer: &Importer<'_>, plan: &Plan, which: WhichRows<'_>) -> Vec<PlanRow> {
    let conn = &mut *importer.desk.db.pool().acquire().await.unwrap();
    items(importer.desk, conn, plan, (which, 0, 1_000)).await.unwrap()
}

pub fn outcomes(rows: &[PlanRow]) -> Vec<&'static str> {
    rows.iter().map(|row| row.verdict.outcome.word()).collect()
}

pub fn codes(row: &PlanRow) -> Vec<(String, String)> {
    row.verdict.notes.iter().map(|note| (note.at.clone(), note.code.clone())).collect()
}

pub async fn whole(importer: &Importer<'_>, body: &str) -> (Plan, Vec<PlanRow>) {
    let (plan, _) = look(importer, body).await;
    let plan = importer.apply(plan.id, |_, _| ()).await.unwrap();
    assert_eq!(plan.state, PlanState::Applied);
    let rows = rows(importer, &plan, WhichRows::All).await;
    (plan, rows)
}

pub async fn now(importer: &Importer<'_>) -> u64 {
    feed(&mut importer.desk.db.pool().acquire().await.unwrap(), importer.desk.county).await.unwrap()
}

pub fn target(row: &PlanRow) -> RecordId {
    row.verdict.target.unwrap()
}

pub fn two() -> String {
    format!(
        "1,张三,{},村头1号,a0,a1,13800000001,退役士兵,甲\n2,李四,{},村头1号,a0,a1,,残疾军人,\n",
        number(0),
        number(1)
    )
}

async fn new_rows_become_people_in_households_and_the_same_sheet_again_changes_nothing(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (plan, seen) = look(&importer, &two()).await;
    assert_eq!(outcomes(&seen), ["new", "new"]);
    assert_eq!(now(&importer).await, plan.feed, "a dry run changes nothing");
    let mut told = Vec::new();
    let plan = importer.apply(plan.id, |done, total| told.push((done, total))).await.unwrap();
    assert_eq!(told.last(), Some(&(2, 2)));
    let rows = rows(&importer, &plan, WhichRows::All).await;
    let people = [target(&rows[0]), target(&rows[1])];
    assert_eq!(people, [target(&seen[0]), target(&seen[1])], "exactly what was shown");
    let (first, second) = (bureau.see(0, people[0]).await.unwrap(), bureau.see(0, people[1]).await.unwrap());
    assert_eq!(first.value("register"), "ACTIVE");
    assert_eq!(first.value("living_division"), &json!(id(VILLAGE_A1)));
    assert_eq!(first.value("household"), second.value("household"), "one address is one household");
    let household = first.value("household").as_str().unwrap().parse().unwrap();
    assert_eq!(bureau.see(0, household).await.unwrap().value("head_name"), "张三");
    let before = now(&importer).await;
    assert_eq!(plan.written, Some((plan.feed + 1, before)));

    let (again, same) = whole(&importer, &two()).await;
    assert_eq!(outcomes(&same), ["unchanged", "unchanged"]);
    assert_eq!((again.written, now(&importer).await), (None, before));
    // A sheet with other columns says the same of the same people.
    let other = two().replace("村头1号", "村头1号 ").replace("甲", "");
    assert_eq!(outcomes(&look(&importer, &other).await.1), ["unchanged", "unchanged"]);
}

async fn each_outcome_has_its_cell_and_its_reason(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    whole(&importer, &two()).await;
    let body = format!(
        "1,张三,{0},村头1号,a0,a1,13900000002,退役士兵,乙\n2,王五,{1},,a0,a2,,,\n3,李四,{0},,a0,a2,,,\n4,,,,a0,a1,,,\n\
         5,赵六,,,a0,没有的村,,,\n6,李四,,,a0,a1,,,\n7,钱七,,,a0,a2,,,\n8,钱七,,,a0,a2,,,\n",
        number(0),
        number(2)
    );
    let (_, rows) = look(&importer, &body).await;
    assert_eq!(outcomes(&rows), ["update", "new", "doubtful", "refused", "refused", "doubtful", "new", "doubtful"]);
    let cell = |row: usize, at: &str, code: &str| {
        assert!(codes(&rows[row]).contains(&(at.into(), code.into())), "{:?}", rows[row].verdict.notes);
    };
    cell(0, "G3", "adds");
    cell(2, "C5", "id_twice");
    cell(3, "B6", "name_missing");
    cell(4, "F7", "village_unknown");
    cell(5, "B8", "maybe_known");
    cell(7, "B10", "maybe_above");
    let counts =
        importer.dry_run(Ledger::People, (sheet(&body), assumed::usual(Ledger::People)), |_, _| ()).await.unwrap();
    let counts = counts.counts(&mut bureau.db.pool().acquire().await.unwrap(), COUNTIES[0]).await.unwrap();
    assert_eq!(
        serde_json::to_value(counts).unwrap(),
        json!({ "rows": 8, "new": 2, "update": 1, "unchanged": 0, "doubtful": 3, "refused": 2 })
    );
    let item = serde_json::to_value(ImportItem::from(rows[0].clone())).unwrap();
    let phone = item["cells"].as_array().unwrap().iter().find(|cell| cell["at"] == "G3").unwrap();
    assert_eq!(phone["to"], "139****0002", "personal values are masked");
    assert_eq!((item["row"].clone(), item["outcome"].clone()), (json!(3), json!("update")));
}

async fn what_may_be_wrong_and_may_be_right_is_imported_with_a_warning_at_its_cell(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    // The number says 1960-01-01 and a man or a woman; of a second row nothing contradicts it.
    let header = "姓名,性别,身份证号码,出生年月,现居住地址,乡镇(街道),村(社区),入伍时间,退役时间\n";
    let sex = |number: &str| if number.as_bytes()[16] % 2 == 1 { "女" } else { "男" };
    let wrong = sex(&number(0));
    let right = if sex(&number(1)) == "女" { "男" } else { "女" };
    let body = format!(
        "{header}张三,{wrong},{0},1961-02,村头1号,a0,a1,1970-01,1969-12\n李四,{right},{1},1960-01,村头2号,a0,a1,1978-03,1981-11\n",
        number(0),
        number(1)
    );
    let upload =
        read_upload(Ledger::People, ("a.csv", body.as_bytes()), (None, &Codes::default(), crate::bureau::day(60)))
            .unwrap();
    let plan = importer.dry_run(Ledger::People, (upload, assumed::usual(Ledger::People)), |_, _| ()).await.unwrap();
    let rows = rows(&importer, &plan, WhichRows::All).await;
    assert_eq!(outcomes(&rows), ["new", "new"], "a warning is no refusal");
    let warned = |row: usize| {
        let mut found = codes(&rows[row]);
        found.retain(|(_, code)| code.starts_with("warning_"));
        found
    };
    let expected = [("D2", "birth"), ("B2", "sex"), ("H2", "enlisted"), ("I2", "discharged")];
    assert_eq!(warned(0), expected.map(|(at, field)| (at.to_owned(), format!("warning_{field}"))));
    assert_eq!(warned(1), []);
}

async fn a_value_of_the_register_is_never_overwritten_without_a_decision(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (_, rows) = whole(&importer, &two()).await;
    let zhang = target(&rows[0]);
    // Another name for the number, another village, another category: people decide, and nothing of the row is written.
    let body = format!("1,章三,{},村头1号,a0,a2,,烈士遗属,\n", number(0));
    let (plan, seen) = whole(&importer, &body).await;
    assert_eq!(outcomes(&seen), ["doubtful"]);
    let differs: Vec<&str> =
        seen[0].verdict.notes.iter().filter(|note| note.code == "differs").map(|note| note.at.as_str()).collect();
    assert_eq!(differs, ["H3", "B3", "F3"]);
    assert_eq!(plan.written, None);
    let record = bureau.see(0, zhang).await.unwrap();
    assert_eq!((record.value("name"), record.value("living_division")), (&json!("张三"), &json!(id(VILLAGE_A1))));
    // The dead stay dead.
    let mut clerk = Phone::clerk(0);
    clerk.base = record.revision;
    let died = bureau.push(&mut clerk, |clerk| {
        vec![clerk.change(at(60, 0), "person", zhang, json!({ "life": "DECEASED", "died_on": 20_600 }))]
    });
    died.await;
    let (_, seen) = whole(&importer, &format!("1,张三,{},村头1号,a0,a1,13700000009,,\n", number(0))).await;
    assert_eq!(outcomes(&seen), ["doubtful"]);
    assert!(codes(&seen[0]).contains(&("B3".into(), "deceased_known".into())));
    assert_eq!(bureau.see(0, zhang).await.unwrap().value("life"), "DECEASED");
}

async fn a_decision_is_written_by_the_next_apply(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (_, known) = whole(&importer, "1,张建国,,,a0,a1,,,\n").await;
    let first = target(&known[0]);
    let (plan, seen) =
        look(&importer, "1,张建国,,,a0,a1,13800000003,,东头\n2,张建国,,,a0,a1,,,西头\n3,张建国,,,a0,a1,,,\n").await;
    assert_eq!(outcomes(&seen), ["doubtful", "doubtful", "unchanged"]);
    assert_eq!(seen[0].verdict.candidates, [first]);
    let refused = importer.decide(plan.id, &[(1, RowChoice::SameAs(id(0x99)))]).await;
    assert!(matches!(refused, Err(PlanError::Decision(1))), "an id that was not shown");
    assert!(matches!(importer.decide(plan.id, &[(3, RowChoice::Take)]).await, Err(PlanError::Decision(3))));
    importer.decide(plan.id, &[(1, RowChoice::SameAs(first)), (2, RowChoice::Take)]).await.unwrap();
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    let done = rows(&importer, &plan, WhichRows::All).await;
    assert_eq!(outcomes(&done), ["update", "new", "unchanged"]);
    assert_eq!(target(&done[0]), first);
    let record = bureau.see(0, first).await.unwrap();
    assert_eq!(record.value("note"), "东头");
    assert_ne!(target(&done[1]), first, "a person of their own");
    let taken = bureau.see(0, target(&done[1])).await.unwrap();
    assert_eq!(taken.value("note"), "西头");
    // What is left out stays out, and a written row takes no decision.
    assert!(matches!(importer.decide(plan.id, &[(1, RowChoice::Skip)]).await, Err(PlanError::Decision(1))));
    let before = now(&importer).await;
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    assert_eq!(now(&importer).await, before);
}

async fn what_was_touched_since_the_dry_run_is_shown_instead_of_written(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (_, known) = whole(&importer, &two()).await;
    let (zhang, li) = (target(&known[0]), target(&known[1]));
    let body = format!(
        "1,张三,{},村头2号,a0,a1,,,\n2,李四,{},村头1号,a0,a1,13800000005,,\n3,孙八,{},,a0,a1,,,\n",
        number(0),
        number(1),
        number(2)
    );
    let (plan, seen) = look(&importer, &body).await;
    assert_eq!(outcomes(&seen), ["update", "update", "new"]);
    // Meanwhile somebody corrects the address, and somebody else brings 孙八.
    let mut clerk = Phone::clerk(0);
    clerk.base = bureau.see(0, zhang).await.unwrap().revision;
    let ops = |clerk: &mut Phone| {
        let mut sun = person("孙八", VILLAGE_A1);
        sun["id_number"] = json!(number(2));
        vec![
            clerk.change(at(60, 0), "person", zhang, json!({ "address": "村头3号" })),
            clerk.record(at(60, 0), "person", id(0x808), sun),
        ]
    };
    bureau.push(&mut clerk, ops).await;
    let plan = importer.apply(plan.id, |_, _| ()).await.unwrap();
    let after = rows(&importer, &plan, WhichRows::All).await;
    assert_eq!(after.iter().map(|row| row.changed).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(outcomes(&after), ["update", "update", "update"], "孙八 is known by now, without a birth");
    assert_eq!(bureau.see(0, zhang).await.unwrap().value("address"), "村头3号", "not written, but shown");
    assert_eq!(after[0].verdict.notes[0].from.as_deref(), Some("村头3号"));
    assert!(!bureau.see(0, li).await.unwrap().value("phones").is_null(), "the rest was written");
    // Seen, it is written by the next apply.
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    assert_eq!(bureau.see(0, zhang).await.unwrap().value("address"), "村头2号");
}

async fn an_apply_that_dies_goes_on_with_the_same_numbers(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let lines: String = (0..2_500).map(|n| format!("{n},赵{n},,村里{}号,a0,a1,,,\n", n / 2 + 1)).collect();
    let (plan, _) = look(&importer, &lines).await;
    // The future is dropped at the first word of progress, as a process dies.
    let died = std::panic::AssertUnwindSafe(async {
        tokio::select! {
            biased;
            () = died_at_first_progress(&importer, &plan) => (),
        }
    });
    died.await;
    let half = Plan::get(&mut bureau.db.pool().acquire().await.unwrap(), COUNTIES[0], plan.id).await.unwrap().unwrap();
    assert_eq!(half.state, PlanState::Applying);
    assert!(matches!(importer.undo(plan.id, |_, _| ()).await, Err(PlanError::State(PlanState::Applying))));
    let written = now(&importer).await;
    assert!(written > plan.feed, "something was written");
    let done = importer.apply(plan.id, |_, _| ()).await.unwrap();
    assert_eq!(done.state, PlanState::Applied);
    assert_eq!(now(&importer).await, plan.feed + 2_500 + 1_250, "each person and household once");
}

async fn died_at_first_progress(importer: &Importer<'_>, plan: &Plan) {
    let (tell, told) = tokio::sync::oneshot::channel();
    let mut tell = Some(tell);
    let apply = importer.apply(plan.id, |_, _| {
        if let Some(tell) = tell.take() {
            tell.send(()).unwrap();
        }
    });
    tokio::select! {
        biased;
        _ = told => (),
        done = apply => panic!("it ended before it died: {}", done.is_ok()),
    }
}

async fn two_counties_import_the_same_sheet_apart(bureau: Bureau) {
    for county in 0..COUNTIES.len() {
        let importer = importer(&bureau, county).await;
        let (plan, rows) = whole(&importer, &two()).await;
        assert_eq!(outcomes(&rows), ["new", "new"], "the other county's people are nobody here");
        let other = self::importer(&bureau, 1 - county).await;
        assert!(matches!(other.apply(plan.id, |_, _| ()).await, Err(PlanError::Unknown)));
        assert!(matches!(other.undo(plan.id, |_, _| ()).await, Err(PlanError::Unknown)));
        assert!(bureau.see(1 - county, target(&rows[0])).await.is_none());
    }
}

async fn who_may_not_see_a_village_imports_nothing_into_it(bureau: Bureau) {
    let county = importer(&bureau, 0).await;
    let (_, known) = whole(&county, &two()).await;
    let mut importer = importer(&bureau, 0).await;
    importer.scope = vec![id(VILLAGE_A2)];
    let (_, rows) = whole(&importer, &two()).await;
    assert_eq!(outcomes(&rows), ["refused", "refused"]);
    assert_eq!(codes(&rows[0]), [("F3".into(), "out_of_scope".into())]);
    // Nor does naming one's own village reach a person elsewhere.
    let (_, rows) = whole(&importer, &two().replace(",a1,", ",a2,")).await;
    assert_eq!(outcomes(&rows), ["refused", "refused"]);
    assert_eq!(bureau.see(0, target(&known[0])).await.unwrap().value("living_division"), &json!(id(VILLAGE_A1)));
    assert_eq!(importer.scope, [id(VILLAGE_A2)]);
    assert_ne!(id(COUNTY), id(VILLAGE_A2));
}

async fn protected_values_rest_sealed(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (plan, rows) = look(&importer, &two()).await;
    assert_eq!(rows[0].line.fields["id_number"], json!(number(0)), "opened for who imports");
    let kept = sqlx::query("select body, sealed from import_row").fetch_all(bureau.db.pool()).await.unwrap();
    for row in &kept {
        let (body, sealed): (String, String) = (sqlx::Row::get(row, "body"), sqlx::Row::get(row, "sealed"));
        for secret in [number(0), number(1), "13800000001".to_owned()] {
            assert!(!body.contains(&secret) && !sealed.contains(&secret), "{body}");
        }
    }
    assert_eq!(kept.len(), 2);
    assert_eq!(plan.state, PlanState::Planned);
}
