//! The bureau's list of villages: what it adds to those that are there, what it may not change, and villages that merge.

use bianfang_domain::id::RecordId;
use bianfang_domain::time::Day;
use bianfang_server::county::tree::Tree;
use bianfang_server::import::{Importer, Known, PlanRow, RowChoice, WhichRows, division_id};
use bianfang_sheets::Ledger;
use serde_json::json;

use crate::bureau::{Bureau, COUNTIES, Phone, at};
use crate::imports::{importer, outcomes, rows, target, whole_of};
use crate::on_both_databases;

on_both_databases!(
    a_list_adds_to_divisions_and_never_renames_one,
    a_village_that_merged_lies_below_the_other_from_the_day_and_parts_again,
    a_merger_without_its_day_or_into_nobody_is_told,
    a_known_village_is_renamed_and_ends_as_the_list_says,
    a_known_village_moves_to_another_township_from_the_day_that_the_list_names,
    a_merger_told_wrong_is_corrected_by_the_next_list,
    a_corrected_list_after_an_undo_is_the_only_one_there_ever_was,
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

/// A list with townships by name, as most bureaus have it.
async fn plain(importer: &Importer<'_>, body: &str) -> (uuid::Uuid, Vec<PlanRow>) {
    let (plan, rows) = whole_of(importer, Ledger::Divisions, &format!("乡镇,村,有效起,有效止,并入\n{body}")).await;
    (plan.id, rows)
}

/// Decides the rows of an import and writes them.
async fn decided(importer: &Importer<'_>, plan: uuid::Uuid, decisions: &[(u64, RowChoice)]) -> Vec<PlanRow> {
    importer.decide(plan, decisions).await.unwrap();
    let plan = importer.apply(plan, |_, _| ()).await.unwrap();
    rows(importer, &plan, WhichRows::All).await
}

/// In which township somebody of a village counts on a day, by the borders of that day.
async fn counts_in(importer: &Importer<'_>, village: RecordId, day: (i32, u8, u8)) -> Vec<String> {
    let conn = &mut *importer.desk.db.pool().acquire().await.unwrap();
    let day = Day::from_ymd(day.0, day.1, day.2).unwrap();
    let tree = Tree::load_on(conn, importer.desk.county, day).await.unwrap();
    let names = tree.ancestors(village).into_iter().filter_map(|id| tree.called(id)).map(|called| called.name.clone());
    names.collect()
}

async fn a_known_village_is_renamed_and_ends_as_the_list_says(bureau: Bureau) {
    let importer = county(&bureau).await;
    let first = list(&importer, PLACES).await.1;
    let (plan, seen) = list(&importer, "150426100001,东沟村,,,\n150426100002,西村,,2026-03-31,\n").await;
    assert_eq!(outcomes(&seen), ["doubtful", "update"], "{:?}", codes(&seen[0]));
    let done = decided(&importer, plan, &[(1, RowChoice::Take)]).await;
    assert_eq!(outcomes(&done), ["update", "update"]);
    let mut known = Known::default();
    let conn = &mut *importer.desk.db.pool().acquire().await.unwrap();
    let (east, west) = (target(&first[1]), target(&first[2]));
    known.load(conn, importer.desk.county, [east, west].into()).await.unwrap();
    assert_eq!(known.records[&east].value("name"), "东沟村");
    let last = Day::from_ymd(2026, 3, 31).unwrap();
    assert_eq!(known.records[&west].value("valid_to"), last.0);
    assert!(known.records[&west].value_on("valid_to", last).is_null(), "until then nobody knew of an end");
    // People of the new name are found, and a last day told wrong is put right.
    assert_eq!(outcomes(&whole_of(&importer, Ledger::People, "姓名,乡镇,村\n张三,新镇,东沟村\n").await.1), ["new"]);
    let (plan, seen) = list(&importer, "150426100002,西村,,2026-02-28,\n").await;
    assert_eq!((outcomes(&seen), codes(&seen[0])), (vec!["doubtful"], vec![("D2", "differs")]));
    decided(&importer, plan, &[(1, RowChoice::Take)]).await;
    let mut known = Known::default();
    known.load(conn, importer.desk.county, [west].into()).await.unwrap();
    assert_eq!(known.records[&west].value("valid_to"), Day::from_ymd(2026, 2, 28).unwrap().0);
}

async fn a_known_village_moves_to_another_township_from_the_day_that_the_list_names(bureau: Bureau) {
    let importer = county(&bureau).await;
    let first = plain(&importer, "新镇,东村,,,\n新镇,西村,,,\n老镇,北村,,,\n").await.1;
    assert_eq!(outcomes(&first), vec!["new"; 3]);
    let person = whole_of(&importer, Ledger::People, "姓名,乡镇,村\n张三,新镇,东村\n").await.1;
    let east = target(&first[0]);
    // Without a day it is a village of that name in the other township, as there are many.
    let (plan, seen) = plain(&importer, "老镇,东村,2026-04-01,,\n").await;
    assert_eq!((outcomes(&seen), codes(&seen[0])), (vec!["doubtful"], vec![("B2", "maybe_moved")]));
    assert_eq!(seen[0].verdict.candidates, [east]);
    let done = decided(&importer, plan, &[(1, RowChoice::SameAs(east))]).await;
    assert_eq!(outcomes(&done), ["update"], "{:?}", codes(&done[0]));
    assert_eq!(counts_in(&importer, east, (2026, 3, 31)).await, ["新镇", "旗"]);
    assert_eq!(counts_in(&importer, east, (2026, 4, 1)).await, ["老镇", "旗"]);
    let lives = bureau.see(0, target(&person[0])).await;
    assert!(lives.is_none_or(|record| record.value("living_division") == &json!(east)), "nobody's record is rewritten");
    // The list of before is older than the move, another that says the same is asked for the day, and with one it moves back.
    assert_eq!(outcomes(&plain(&importer, "老镇,东村,,,\n").await.1), ["unchanged"]);
    assert_eq!(outcomes(&plain(&importer, "新镇,东村,,,\n").await.1), ["unchanged"]);
    let old = whole_of(&importer, Ledger::Divisions, "乡镇,村,备注\n新镇,东村,已核对\n").await.1;
    assert_eq!((outcomes(&old), codes(&old[0])), (vec!["doubtful"], vec![("B2", "moved_when")]));
    let (back, seen) = plain(&importer, "新镇,东村,2026-05-01,,\n").await;
    assert_eq!((outcomes(&seen), codes(&seen[0])), (vec!["doubtful"], vec![("C2", "moves")]));
    decided(&importer, back, &[(1, RowChoice::Take)]).await;
    assert_eq!(counts_in(&importer, east, (2026, 4, 30)).await, ["老镇", "旗"]);
    assert_eq!(counts_in(&importer, east, (2026, 5, 1)).await, ["新镇", "旗"]);
    importer.undo(back, |_, _| ()).await.unwrap();
    assert_eq!(counts_in(&importer, east, (2026, 5, 1)).await, ["老镇", "旗"]);
    importer.undo(plan, |_, _| ()).await.unwrap();
    assert_eq!(counts_in(&importer, east, (2026, 4, 1)).await, ["新镇", "旗"]);
}

async fn a_merger_told_wrong_is_corrected_by_the_next_list(bureau: Bureau) {
    let importer = county(&bureau).await;
    let first = list(&importer, &format!("{PLACES}150426100003,南村,,,\n")).await.1;
    let west = target(&first[2]);
    list(&importer, "150426100002,西村,,2026-03-31,东村\n").await;
    for (row, day, above, before) in [
        // On a later day, on an earlier one, into another.
        ("150426100002,西村,,2026-04-30,东村\n", (2026, 5, 1), "东村", (2026, 4, 30)),
        ("150426100002,西村,,2026-02-28,东村\n", (2026, 3, 1), "东村", (2026, 2, 28)),
        ("150426100002,西村,,2026-02-28,南村\n", (2026, 3, 1), "南村", (2026, 2, 28)),
    ] {
        let (plan, seen) = list(&importer, row).await;
        assert_eq!((outcomes(&seen), codes(&seen[0])), (vec!["doubtful"], vec![("E2", "differs")]), "{row}");
        let done = decided(&importer, plan, &[(1, RowChoice::Take)]).await;
        assert_eq!(outcomes(&done), ["update"]);
        assert_eq!(counts_in(&importer, west, day).await, [above, "新镇", "旗"], "{row}");
        assert_eq!(counts_in(&importer, west, (2026, 12, 31)).await, [above, "新镇", "旗"], "{row}");
        assert_eq!(counts_in(&importer, west, before).await, ["新镇", "旗"], "{row}");
        assert_eq!(outcomes(&list(&importer, row).await.1), ["unchanged"]);
    }
}

async fn a_corrected_list_after_an_undo_is_the_only_one_there_ever_was(bureau: Bureau) {
    let importer = county(&bureau).await;
    let wrong = PLACES.replace("东村", "东忖");
    let (plan, first) = list(&importer, &wrong).await;
    importer.undo(plan, |_, _| ()).await.unwrap();
    let people = "姓名,乡镇,村\n张三,新镇,东忖\n李四,新镇,西村\n";
    assert_eq!(
        outcomes(&whole_of(&importer, Ledger::People, people).await.1),
        ["refused", "refused"],
        "there are none"
    );
    let (_, again) = list(&importer, PLACES).await;
    assert_eq!((outcomes(&again), target(&again[1])), (vec!["new"; 3], target(&first[1])));
    for row in &again {
        let record =
            bianfang_server::feed::get(importer.desk, &clerk_of(&importer), target(row)).await.unwrap().unwrap();
        assert!(record.value("hidden").is_null(), "{record:?}");
    }
    assert_eq!(outcomes(&list(&importer, PLACES).await.1), vec!["unchanged"; 3]);
    let people = people.replace("东忖", "东村");
    assert_eq!(outcomes(&whole_of(&importer, Ledger::People, &people).await.1), ["new", "new"]);
    // Without codes a village of another spelling is another one, and its township comes back with it.
    let (plan, _) = plain(&importer, "老镇,南忖,,,\n").await;
    let undone = importer.undo(plan, |_, _| ()).await;
    assert!(undone.is_ok(), "{undone:?}");
    let (_, again) = plain(&importer, "老镇,南村,,,\n").await;
    assert_eq!(outcomes(&again), ["new"]);
    assert_eq!(outcomes(&whole_of(&importer, Ledger::People, "姓名,乡镇,村\n王五,老镇,南村\n").await.1), ["new"]);
}

fn clerk_of(importer: &Importer<'_>) -> bianfang_domain::actor::Actor {
    bianfang_domain::actor::Actor { scope: importer.scope.clone(), ..Phone::clerk(0).actor }
}
