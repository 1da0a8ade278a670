//! Which household a row of the roster brings or belongs to: by its head, its number or one door, never by a village's name.

use std::collections::BTreeSet;

use bianfang_domain::id::RecordId;
use bianfang_server::import::assumed;
use bianfang_server::import::{Importer, PlanRow, WhichRows};
use bianfang_sheets::Ledger;
use serde_json::{Value, json};
use sqlx::Row;

use crate::bureau::{Bureau, Phone, VILLAGE_A1, VILLAGE_A2, at, id, person};
use crate::imports::{codes, importer, number, outcomes, rows, sheet, target, whole, whole_of};
use crate::on_both_databases;

on_both_databases!(
    a_villages_name_as_address_puts_nobody_into_one_home,
    the_head_the_number_and_the_door_make_homes,
    a_sheet_that_comes_later_finds_the_homes_that_are_there,
    who_had_no_home_gets_the_one_that_the_sheet_tells,
    a_namesake_of_a_head_makes_a_home_of_their_own,
    a_plaque_of_whoever_has_a_home_of_their_own_is_imported,
);

/// Rows with what the sheet says of their households.
async fn told(importer: &Importer<'_>, body: &str, homes: &[Value]) -> Vec<PlanRow> {
    let mut upload = sheet(body);
    for (line, home) in upload.lines.iter_mut().zip(homes) {
        line.fields.extend(home.as_object().unwrap().clone());
    }
    let plan = importer.dry_run(Ledger::People, (upload, assumed::usual(Ledger::People)), |_, _| ()).await.unwrap();
    let plan = importer.apply(plan.id, |_, _| ()).await.unwrap();
    rows(importer, &plan, WhichRows::All).await
}

async fn home_of(bureau: &Bureau, row: &PlanRow) -> RecordId {
    bureau.see(0, target(row)).await.unwrap().value("household").as_str().unwrap().parse().unwrap()
}

async fn homes_of(bureau: &Bureau, rows: &[PlanRow]) -> Vec<RecordId> {
    let mut homes = Vec::new();
    for row in rows {
        homes.push(home_of(bureau, row).await);
    }
    homes
}

fn apart(homes: &[RecordId]) -> bool {
    homes.iter().collect::<BTreeSet<_>>().len() == homes.len()
}

async fn households(importer: &Importer<'_>) -> i64 {
    let sql = "select cast(count(*) as bigint) from household where register = 'ACTIVE' and county = $1";
    sqlx::query(sql).bind(importer.desk.county).fetch_one(importer.desk.db.pool()).await.unwrap().get(0)
}

async fn a_villages_name_as_address_puts_nobody_into_one_home(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let addresses = ["a1", "a0a1", "a1三组", "a1三组", "三组", "", "a1村委会", "a0镇a1"];
    let body: String = addresses.iter().enumerate().map(|(n, at)| format!("{n},赵{n},,{at},a0,a1,,,\n")).collect();
    let (_, rows) = whole(&importer, &body).await;
    assert_eq!(outcomes(&rows), vec!["new"; addresses.len()]);
    let homes = homes_of(&bureau, &rows).await;
    assert!(apart(&homes), "{homes:?}");
    let first = bureau.see(0, homes[0]).await.unwrap();
    assert_eq!((first.value("head_name"), first.value("head")), (&json!("赵0"), &json!(target(&rows[0]))));
    assert_eq!((first.value("division"), first.value("address")), (&json!(id(VILLAGE_A1)), &json!("a1")));
    // It is said at the cell; who gave no address has nothing to be told.
    assert!(codes(&rows[2]).contains(&("D5".into(), "no_door".into())), "{:?}", codes(&rows[2]));
    assert_eq!(codes(&rows[5]), []);
    // The same sheet again makes no second home.
    let before = households(&importer).await;
    assert_eq!(outcomes(&whole(&importer, &body).await.1), vec!["unchanged"; addresses.len()]);
    assert_eq!(households(&importer).await, before);
}

async fn the_head_the_number_and_the_door_make_homes(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let body = "1,张大,,a1三组12号,a0,a1,,,\n2,张小,,a0a1三组十二号,a0,a1,,,\n3,李大,,a1,a0,a1,,,\n4,李小,,a1,a0,a1,,,\n\
        5,王大,,a1,a0,a1,,,\n6,王小,,,a0,a1,,,\n7,孙小,,a1,a0,a1,,,\n8,李小,,a1,a0,a2,,,\n";
    let homes = [
        json!({}),
        json!({}),
        json!({ "head_name": "李大", "relation": "户主" }),
        json!({ "head_name": "李 大", "relation": "长子" }),
        json!({ "household_no": "7" }),
        json!({ "household_no": "7" }),
        json!({ "household_no": "8" }),
        json!({ "head_name": "李大", "relation": "长子" }),
    ];
    let rows = told(&importer, body, &homes).await;
    assert_eq!(outcomes(&rows), vec!["new"; 8], "{:?}", codes(&rows[3]));
    let homes_of = homes_of(&bureau, &rows).await;
    assert_eq!((homes_of[0], homes_of[2], homes_of[4]), (homes_of[1], homes_of[3], homes_of[5]));
    assert!(apart(&[homes_of[0], homes_of[2], homes_of[4], homes_of[6], homes_of[7]]), "also in another village");
    let li = bureau.see(0, target(&rows[2])).await.unwrap();
    assert_eq!((li.value("relation"), li.value("head_name")), (&json!("HEAD"), &json!(null)));
    let home = bureau.see(0, homes_of[2]).await.unwrap();
    assert_eq!((home.value("head_name"), home.value("head")), (&json!("李大"), &json!(li.id)));
    assert_eq!(bureau.see(0, homes_of[4]).await.unwrap().value("household_no"), "7");
    assert_eq!(bureau.see(0, homes_of[7]).await.unwrap().value("head"), &json!(null), "the head is not in the sheet");
}

async fn a_sheet_that_comes_later_finds_the_homes_that_are_there(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let first = told(
        &importer,
        "1,张大,,a1三组12号,a0,a1,,,\n2,李大,,a1,a0,a1,,,\n3,王大,,,a0,a1,,,\n",
        &[json!({}), json!({}), json!({ "household_no": "7" })],
    )
    .await;
    let there = homes_of(&bureau, &first).await;
    let rows = told(
        &importer,
        "1,张小,,3组12号,a0,a1,,,\n2,李小,,a1,a0,a1,,,\n3,王小,,,a0,a1,,,\n4,张三,,a1,a0,a1,,,\n",
        &[json!({}), json!({ "head_name": "李大" }), json!({ "household_no": "7" }), json!({ "head_name": "张大" })],
    )
    .await;
    let homes = homes_of(&bureau, &rows).await;
    assert_eq!(homes, [there[0], there[1], there[2], there[0]]);
}

async fn who_had_no_home_gets_the_one_that_the_sheet_tells(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let mut clerk = Phone::clerk(0);
    let ops = |clerk: &mut Phone| {
        let mut known = person("张三", VILLAGE_A1);
        known["id_number"] = json!(number(0));
        vec![clerk.record(at(59, 0), "person", id(0x801), known)]
    };
    bureau.push(&mut clerk, ops).await;
    let row = |address: &str| format!("1,张三,{},{address},a0,a1,,,\n", number(0));
    let (_, rows) = whole(&importer, &row("a1")).await;
    assert_eq!(outcomes(&rows), ["update"], "the address is added");
    assert!(bureau.see(0, id(0x801)).await.unwrap().value("household").is_null(), "a village is no home");
    let (_, rows) = whole(&importer, &row("a1三组1号")).await;
    assert!(codes(&rows[0]).contains(&("D3".into(), "housed".into())), "{:?}", codes(&rows[0]));
    let home = home_of(&bureau, &rows[0]).await;
    assert_eq!(bureau.see(0, home).await.unwrap().value("head_name"), "张三");
    assert_eq!(outcomes(&whole(&importer, &row("a1三组1号")).await.1), ["unchanged"]);
    // Another head of a household is no matter of a sheet, and said.
    let rows = told(&importer, &row("a1三组1号"), &[json!({ "head_name": "张大" })]).await;
    assert!(codes(&rows[0]).iter().any(|(_, code)| code == "head_differs"), "{:?}", codes(&rows[0]));
    assert_eq!(bureau.see(0, home).await.unwrap().value("head_name"), "张三");
}

async fn a_namesake_of_a_head_makes_a_home_of_their_own(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let head = [json!({ "relation": "户主" }), json!({ "relation": "户主" })];
    let one = told(&importer, &format!("1,张三,{},a1,a0,a1,,,\n", number(0)), &head).await;
    let other = told(&importer, &format!("1,张三,{},a1,a0,a1,,,\n", number(1)), &head).await;
    assert_eq!((outcomes(&one), outcomes(&other)), (vec!["new"], vec!["new"]));
    assert_ne!(home_of(&bureau, &one[0]).await, home_of(&bureau, &other[0]).await);
    let both = format!("1,李四,{},a1,a0,a2,,,\n2,李四,{},a1,a0,a2,,,\n", number(2), number(3));
    let rows = told(&importer, &both, &head).await;
    assert!(apart(&homes_of(&bureau, &rows).await));
    let lies = bureau.see(0, home_of(&bureau, &rows[0]).await).await.unwrap().value("division").clone();
    assert_eq!(lies, json!(id(VILLAGE_A2)));
}

async fn a_plaque_of_whoever_has_a_home_of_their_own_is_imported(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (_, people) =
        whole(&importer, &format!("1,张三,{},a1,a0,a1,,,\n2,李四,{},a1,a0,a1,,,\n", number(0), number(1))).await;
    let plaques = format!(
        "乡镇,村,对象姓名,身份证号码,悬挂类型,悬挂位置,悬挂时间,悬挂人,家庭成员签字\n\
         a0,a1,张三,{},新发,大门,2026-05-10,王站长,张三\na0,a1,李四,{},新发,大门,2026-05-10,王站长,李四\n",
        number(0),
        number(1)
    );
    let (_, rows) = whole_of(&importer, Ledger::Plaques, &plaques).await;
    assert_eq!(outcomes(&rows), ["new", "new"], "one village is not one wall");
    for (row, person) in rows.iter().zip(&people) {
        let hung = bureau.see(0, target(row)).await.unwrap();
        assert_eq!(hung.value("household"), &json!(home_of(&bureau, person).await));
        assert!(hung.meta.held.is_empty());
    }
}
