//! The bureau's list of villages: what it adds to those that are there, what it may not change, and villages that merge.

use bianfang_domain::time::Day;
use bianfang_server::county::tree::Tree;
use bianfang_server::import::{Importer, Known, PlanRow, division_id};
use bianfang_sheets::Ledger;
use serde_json::json;

use crate::bureau::{Bureau, COUNTIES, Phone, at};
use crate::imports::{importer, outcomes, target, whole_of};
use crate::on_both_databases;

on_both_databases!(
    a_list_adds_to_divisions_and_never_renames_one,
    a_village_that_merged_lies_below_the_other_from_the_day_and_parts_again,
    a_merger_without_its_day_or_into_nobody_is_told,
);

/// The county of the lists lies where its code says.
async fn county(bureau: &Bureau) -> Importer<'_> {
    let own = division_id(COUNTIES[0], COUNTIES[0]);
    let mut clerk = Phone::clerk(0);
    clerk.actor.scope = vec![own];
    bureau
        .push(&mut clerk, |phone| {
            vec![phone.record(at(0, 9), "division", own, json!({ "name": "旗", "level": "COUNTY" }))]
        })
        .await;
    Importer { scope: vec![own], ..importer(bureau, 0).await }
}

async fn list(importer: &Importer<'_>, rows: &str) -> (uuid::Uuid, Vec<PlanRow>) {
    let text = format!("区划代码,名称,有效起,有效止,并入\n{rows}");
    let (plan, rows) = whole_of(importer, Ledger::Divisions, &text).await;
    (plan.id, rows)
}

fn codes(row: &PlanRow) -> Vec<(&str, &str)> {
    row.verdict.notes.iter().map(|note| (note.at.as_str(), note.code.as_str())).collect()
}

const PLACES: &str = "150426100,新镇,,,\n150426100001,东村,,,\n150426100002,西村,,,\n";

async fn parent_on(importer: &Importer<'_>, of: &PlanRow, day: (i32, u8, u8)) -> String {
    let conn = &mut *importer.desk.db.pool().acquire().await.unwrap();
    let day = Day::from_ymd(day.0, day.1, day.2).unwrap();
    let tree = Tree::load_on(conn, importer.desk.county, day).await.unwrap();
    let above = tree.ancestors(target(of));
    above.first().and_then(|id| tree.called(*id)).map(|called| called.name.clone()).unwrap_or_default()
}

async fn a_list_adds_to_divisions_and_never_renames_one(bureau: Bureau) {
    let importer = county(&bureau).await;
    assert_eq!(outcomes(&list(&importer, PLACES).await.1), ["new", "new", "new"]);
    // Statistics fill every code up to twelve digits: the same township.
    let padded = list(&importer, "150426100000,新镇,,,\n150426100001,东村,,,\n").await.1;
    assert_eq!(outcomes(&padded), ["unchanged", "unchanged"]);
    assert_eq!(codes(&padded[0]), [("A2", "division_code_padded")]);
    let again = list(&importer, "150426100001,东村,1962-03-01,,\n150426100002,西沟村,,,\n").await.1;
    assert_eq!(outcomes(&again), ["update", "doubtful"]);
    assert_eq!(codes(&again[0]), [("C2", "adds")]);
    assert_eq!(codes(&again[1]), [("B3", "differs")], "a name of the register stays until somebody decides");
    let mut known = Known::default();
    let conn = &mut *importer.desk.db.pool().acquire().await.unwrap();
    known.load(conn, importer.desk.county, [target(&again[0])].into()).await.unwrap();
    assert_eq!(known.records[&target(&again[0])].value("valid_from"), Day::from_ymd(1962, 3, 1).unwrap().0);
    assert_eq!(outcomes(&list(&importer, "150426100001,东村,1962-03-01,,\n").await.1), ["unchanged"]);
}

async fn a_village_that_merged_lies_below_the_other_from_the_day_and_parts_again(bureau: Bureau) {
    let importer = county(&bureau).await;
    let first = list(&importer, PLACES).await.1;
    let (plan, merged) = list(&importer, "150426100002,西村,,2026-03-31,东村\n").await;
    assert_eq!((outcomes(&merged), codes(&merged[0])), (vec!["update"], vec![("E2", "merges")]));
    assert_eq!(parent_on(&importer, &first[2], (2026, 3, 31)).await, "新镇");
    assert_eq!(parent_on(&importer, &first[2], (2026, 4, 1)).await, "东村");
    assert_eq!(outcomes(&list(&importer, "150426100002,西村,,2026-03-31,东村\n").await.1), ["unchanged"]);
    assert_eq!(outcomes(&list(&importer, "150426100002,西村, ,2026.3.31,东村\n").await.1), ["unchanged"]);
    importer.undo(plan, |_, _| ()).await.unwrap();
    assert_eq!(parent_on(&importer, &first[2], (2026, 4, 1)).await, "新镇");
    // A list may bring both at once, and people of the old name are still found in the township.
    let both = list(&importer, "150426100003,南村,,2020-12-31,北村\n150426100004,北村,,,\n").await.1;
    assert_eq!(outcomes(&both), ["doubtful", "new"], "{:?}", codes(&both[0]));
    let both = list(&importer, "150426100003,南村,,2020-12-31,北村\n").await.1;
    assert_eq!(outcomes(&both), ["new"], "{:?}", codes(&both[0]));
    assert_eq!(parent_on(&importer, &both[0], (2021, 1, 1)).await, "北村");
    assert_eq!(parent_on(&importer, &both[0], (2020, 1, 1)).await, "新镇");
    let people = "姓名,乡镇,村\n张三,新镇,南村\n";
    assert_eq!(outcomes(&whole_of(&importer, Ledger::People, people).await.1), ["new"]);
}

async fn a_merger_without_its_day_or_into_nobody_is_told(bureau: Bureau) {
    let importer = county(&bureau).await;
    list(&importer, PLACES).await;
    let rows = list(&importer, "150426100002,西村,,,东村\n150426100001,东村,,2026-03-31,无此村\n").await.1;
    assert_eq!(outcomes(&rows), ["refused", "doubtful"]);
    assert_eq!((codes(&rows[0]), codes(&rows[1])), (vec![("E2", "merged_when")], vec![("E3", "merged_unknown")]));
}
