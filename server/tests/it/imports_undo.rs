//! An import is taken back whole, while nothing rests on it.

use bianfang_server::import::{Importer, Outcome, PlanError, PlanState, WhichRows};
use bianfang_sheets::Ledger;
use serde_json::json;
use sqlx::Row;

use crate::bureau::{Bureau, COUNTIES, Phone, VILLAGE_A1, at, id};
use crate::imports::{importer, look, now, number, outcomes, rows, target, two, whole, whole_of};
use crate::on_both_databases;

on_both_databases!(
    an_import_is_taken_back_whole,
    homes_and_plaques_of_an_import_leave_the_lists_with_it,
    an_import_on_which_work_rests_stays,
    all_but_what_work_rests_on_is_taken_back_and_the_rest_is_named,
);

async fn an_import_is_taken_back_whole(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (first, known) = whole(&importer, &two()).await;
    let (zhang, li) = (target(&known[0]), target(&known[1]));
    let body = format!("1,张三,{},村尾9号,a0,a1,13900000002,,\n2,周九,{},,a0,a2,,,\n", number(0), number(3));
    let (second, rows_two) = whole(&importer, &body).await;
    assert!(matches!(importer.undo(first.id, |_, _| ()).await, Err(PlanError::NotLast)));
    // 李四 was not in it; a change that somebody made since stays.
    let undone = importer.undo(second.id, |_, _| ()).await.unwrap();
    assert_eq!(undone.state, PlanState::Undone);
    let record = bureau.see(0, zhang).await.unwrap();
    assert_eq!(record.value("address"), "村头1号");
    assert_eq!(record.value("phones"), &json!(["13800000001"]));
    let gone = bureau.see(0, target(&rows_two[1])).await.unwrap();
    assert_eq!((gone.value("register"), gone.value("removed_for")), (&json!("REMOVED"), &json!("OTHER")));
    assert!(bureau.see(0, li).await.unwrap().value("register") == "ACTIVE");
    assert!(matches!(importer.undo(second.id, |_, _| ()).await, Err(PlanError::State(PlanState::Undone))));
    // The same sheet may come again: its rows were taken back.
    let (_, again) = look(&importer, &body).await;
    assert_eq!(again[0].verdict.outcome, Outcome::Update);
    // Then the first can go too.
    importer.undo(first.id, |_, _| ()).await.unwrap();
    let zhang = bureau.see(0, zhang).await.unwrap();
    assert_eq!(zhang.value("register"), "REMOVED");
    // Their household leaves with them, and both return when the sheet comes again.
    let home = zhang.value("household").as_str().unwrap().parse().unwrap();
    let household = bureau.see(0, home).await.unwrap();
    assert_eq!(household.value("register"), "REMOVED");
    assert!(household.value("removed_note").as_str().is_some_and(|why| why.contains("撤销导入")));
    let (third, again) = whole(&importer, &two()).await;
    assert_eq!((outcomes(&again), target(&again[0])), (vec!["new", "new"], zhang.id));
    for record in [zhang.id, home] {
        let back = bureau.see(0, record).await.unwrap();
        assert_eq!((back.value("register"), back.value("removed_note")), (&json!("ACTIVE"), &json!(null)));
    }
    importer.undo(third.id, |_, _| ()).await.unwrap();
    assert_eq!(bureau.see(0, zhang.id).await.unwrap().value("register"), "REMOVED");
}

/// Homes as the lists have them: who heads it, whether it is in the register, and its plaque.
async fn homes(importer: &Importer<'_>) -> Vec<(String, String, String)> {
    let sql = "select h.head_name, h.register, coalesce(p.state, '') as plaque from household h left join plaque p \
               on p.county = h.county and p.owner = h.owner where h.county = $1 order by h.head_name, h.owner";
    let rows = sqlx::query(sql).bind(importer.desk.county).fetch_all(importer.desk.db.pool()).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
}

async fn homes_and_plaques_of_an_import_leave_the_lists_with_it(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (first, _) = whole(&importer, &two()).await;
    let home = |name: &str, register: &str, plaque: &str| (name.to_owned(), register.to_owned(), plaque.to_owned());
    let before = homes(&importer).await;
    assert_eq!(before, [home("张三", "ACTIVE", "PENDING")]);
    // A second sheet: somebody new in that home, somebody in a home of their own, and a plaque for each home.
    let body =
        format!("1,王五,{},村头1号,a0,a1,,退役士兵,\n2,周九,{},村西2号,a0,a2,,退役士兵,\n", number(2), number(3));
    let (second, people) = whole(&importer, &body).await;
    assert_eq!(outcomes(&people), ["new", "new"], "{:?}", people[0].verdict.notes);
    assert_eq!(homes(&importer).await, [home("周九", "ACTIVE", "PENDING"), home("张三", "ACTIVE", "PENDING")]);
    let plaques = "乡镇,村,对象姓名,悬挂类型,悬挂位置,悬挂时间,悬挂人,家庭成员签字,家庭住址\n\
        a0,a1,王五,新发,大门,2026-05-10,王站长,王五,村头1号\na0,a2,周九,新发,大门,2026-05-11,王站长,周九,村西2号\n";
    let (third, rows) = whole_of(&importer, Ledger::Plaques, plaques).await;
    assert_eq!(outcomes(&rows), ["new", "new"], "{:?}", rows[0].verdict.notes);
    assert_eq!(homes(&importer).await, [home("周九", "ACTIVE", "HUNG"), home("张三", "ACTIVE", "HUNG")]);
    let refused = importer.undo(second.id, |_, _| ()).await;
    assert!(matches!(refused, Err(PlanError::NotLast)), "plaques hang there");

    importer.undo(third.id, |_, _| ()).await.unwrap();
    assert_eq!(homes(&importer).await, [home("周九", "ACTIVE", "PENDING"), home("张三", "ACTIVE", "PENDING")]);
    let counting = "select cast(count(*) as bigint) from plaque_step where county = $1";
    let steps = sqlx::query(counting).bind(COUNTIES[0]).fetch_one(bureau.db.pool()).await.unwrap();
    assert_eq!(steps.get::<i64, _>(0), 0, "no figure counts them");
    importer.undo(second.id, |_, _| ()).await.unwrap();
    let after = homes(&importer).await;
    let left = |name: &str| after.iter().find(|home| home.0 == name).map(|home| home.1.as_str());
    assert_eq!((after.len(), left("周九"), left("张三")), (2, Some("REMOVED"), Some("ACTIVE")), "{after:?}");
    let waits = "select cast(count(*) as bigint) from plaque p join household h on h.county = p.county \
                 and h.owner = p.owner where p.county = $1 and p.state = 'PENDING' and h.register = 'ACTIVE'";
    let waits = sqlx::query(waits).bind(COUNTIES[0]).fetch_one(bureau.db.pool()).await.unwrap();
    assert_eq!(waits.get::<i64, _>(0), 1, "only the first home waits for a plaque: {after:?}");
    importer.undo(first.id, |_, _| ()).await.unwrap();
    assert!(homes(&importer).await.iter().all(|home| home.1 == "REMOVED"));
}

async fn an_import_on_which_work_rests_stays(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (plan, known) = whole(&importer, &two()).await;
    let zhang = target(&known[0]);
    let mut worker = Phone::worker(0, VILLAGE_A1);
    bureau.push(&mut worker, |worker| vec![worker.visit(at(59, 9), id(0x700), &[(zhang, "MET")], "HOME")]).await;
    let refused = importer.undo(plan.id, |_, _| ()).await;
    let Err(PlanError::Dependents(list)) = refused else { panic!("a visit rests on it") };
    assert_eq!((list[0].why.as_str(), list[0].record, list[0].on), ("contact", id(0x700).0, zhang.0));
    assert_eq!(bureau.see(0, zhang).await.unwrap().value("register"), "ACTIVE", "nothing was taken back");
    // A voided visit is nothing that rests on it; a change of the record is.
    let void = |worker: &mut Phone| {
        vec![worker.op(at(60, 0), "contact", id(0x700), bianfang_domain::op::Act::Void { reason: "误".into() })]
    };
    bureau.push(&mut worker, void).await;
    worker.base = now(&importer).await;
    bureau.push(&mut worker, |w| vec![w.change(at(60, 0), "person", zhang, json!({ "address": "新址" }))]).await;
    let Err(PlanError::Dependents(list)) = importer.undo(plan.id, |_, _| ()).await else { panic!("it was changed") };
    assert_eq!(list.iter().map(|found| found.why.as_str()).collect::<Vec<_>>(), ["changed"]);
}

async fn all_but_what_work_rests_on_is_taken_back_and_the_rest_is_named(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let body = format!("{}3,周九,{},村西2号,a0,a2,,退役士兵,\n", two(), number(3));
    let (plan, people) = whole(&importer, &body).await;
    let [zhang, li, zhou] = [0, 1, 2].map(|at| target(&people[at]));
    let mut worker = Phone::worker(0, VILLAGE_A1);
    bureau.push(&mut worker, |worker| vec![worker.visit(at(59, 9), id(0x700), &[(li, "MET")], "HOME")]).await;
    assert!(matches!(importer.undo(plan.id, |_, _| ()).await, Err(PlanError::Dependents(_))));
    let undone = importer.undo_rest(plan.id, |_, _| ()).await.unwrap();
    assert_eq!(undone.state, PlanState::Undone);
    let stays = rows(&importer, &undone, WhichRows::Changed).await;
    assert_eq!(stays.iter().map(|row| row.n).collect::<Vec<_>>(), [2]);
    assert!(stays[0].verdict.notes.iter().any(|note| note.code == "rests"));
    let register = async |id| bureau.see(0, id).await.unwrap().value("register").clone();
    assert_eq!([register(zhang).await, register(li).await, register(zhou).await], ["REMOVED", "ACTIVE", "REMOVED"]);
    // The home that another row had brought stays with who lives there.
    let home = |name: &str, register: &str| (name.to_owned(), register.to_owned());
    let homes: Vec<_> = homes(&importer).await.into_iter().map(|(head, register, _)| (head, register)).collect();
    assert_eq!(homes, [home("周九", "REMOVED"), home("张三", "ACTIVE")]);
    // The corrected sheet finds whom it left.
    let (_, again) = whole(&importer, &body).await;
    assert_eq!((outcomes(&again), target(&again[1])), (vec!["new", "unchanged", "new"], li));
}
