//! What a sheet does not say is asked once, marked on what it becomes, and shown beside the figure.

use axum::http::StatusCode;
use bianfang_domain::codes::Codes;
use bianfang_domain::id::RecordId;
use bianfang_domain::op::Act;
use bianfang_domain::time::Day;
use bianfang_server::db::audit;
use bianfang_server::import::assumed::Answers;
use bianfang_server::import::{Importer, Plan, PlanError, PlanRow, RowChoice, WhichRows};
use bianfang_server::report::{self, WhichFigure};
use bianfang_sheets::{Ledger, read_upload};
use serde_json::{Value, json};

use crate::bureau::{Bureau, Phone, VILLAGE_A1, at, day, fields, id};
use crate::imports::{codes, importer, number, outcomes, rows, target, two, whole, whole_of};
use crate::imports_http::{call, clerk, settled};
use crate::records::write;
use crate::report::{SHIPPED, ask};
use crate::world::{COUNTIES, World};
use crate::{on_both, on_both_databases};

on_both_databases!(
    rows_wait_until_the_sheet_is_answered_once,
    what_a_row_says_is_neither_asked_nor_marked,
    decisions_by_hand_stay_when_the_sheet_is_answered,
    who_is_new_lives_in_the_village_only_if_somebody_says_so,
    a_replacement_has_its_old_plaque_back_only_if_somebody_says_so,
    a_sheet_that_says_it_takes_the_mark_away_and_its_undo_brings_it_back,
    an_export_of_what_was_assumed_reads_back_with_its_marks,
    whom_only_an_assumed_visit_reaches_is_told_beside_the_figure,
    a_day_without_a_time_stays_a_day,
);
on_both!(they_are_answered_while_others_write, the_questions_are_answered_over_http,);

const HEADER: &str = "走访时间,乡镇,村,对象姓名,走访人,身份证号码,走访方式,走访结果,工作类型\n";

fn answers(said: &[(&str, &str)]) -> Answers {
    said.iter().map(|(name, code)| ((*name).to_owned(), (*code).to_owned())).collect()
}

async fn look(importer: &Importer<'_>, ledger: Ledger, text: &str, said: &[(&str, &str)]) -> (Plan, Vec<PlanRow>) {
    let upload = read_upload(ledger, ("a.csv", text.as_bytes()), (None, &Codes::default(), day(60))).unwrap();
    let plan = importer.dry_run(ledger, (upload, answers(said)), |_, _| ()).await.unwrap();
    let rows = rows(importer, &plan, WhichRows::All).await;
    (plan, rows)
}

async fn answer(importer: &Importer<'_>, plan: &Plan, said: &[(&str, &str)]) -> (Plan, Vec<PlanRow>) {
    let plan = importer.assume(plan.id, &answers(said)).await.unwrap();
    let rows = rows(importer, &plan, WhichRows::All).await;
    (plan, rows)
}

/// (question, rows, answer)
fn asked(plan: &Plan) -> Vec<(String, u64, Option<String>)> {
    plan.assumed.asked(plan.ledger).into_iter().map(|asked| (asked.name, asked.rows, asked.answer)).collect()
}

fn waits(row: &PlanRow) -> Vec<String> {
    codes(row).into_iter().map(|(_, code)| code).filter(|code| code.starts_with("assumes_")).collect()
}

/// A visit of 张三 on a day of May; then method, result and kind of work.
fn visit(day: u8, rest: &str) -> String {
    format!("2026-05-{day},a0,a1,张三,王站长,{},{rest}\n", number(0))
}

async fn rows_wait_until_the_sheet_is_answered_once(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    whole(&importer, &two()).await;
    let sheet = format!("{HEADER}{}{},a0,a1,,王站长,,,,\n", visit(11, ",,"), "2026-05-12");
    let (plan, seen) = look(&importer, Ledger::Visits, &sheet, &[]).await;
    assert_eq!(outcomes(&seen), ["doubtful", "refused"]);
    assert_eq!(waits(&seen[0]), ["assumes_method", "assumes_result", "assumes_work_types"]);
    assert!(seen[0].verdict.writes.is_empty());
    let open = |name: &str| (name.to_owned(), 1, None);
    assert_eq!(asked(&plan), [open("method"), open("result"), open("work_types")], "a refused row needs nothing");
    // Nobody decides for one row what was not answered for the sheet.
    let taken = importer.decide(plan.id, &[(1, RowChoice::Take)]).await;
    assert!(matches!(taken, Err(PlanError::Decision(1))));

    let (plan, seen) = answer(&importer, &plan, &[("method", "PHONE")]).await;
    assert_eq!(
        (outcomes(&seen)[0], waits(&seen[0])),
        ("doubtful", vec!["assumes_result".into(), "assumes_work_types".into()])
    );
    let (plan, seen) = answer(&importer, &plan, &[("result", "MET_FAMILY"), ("work_types", "HOLIDAY")]).await;
    assert_eq!((outcomes(&seen), waits(&seen[0])), (vec!["new", "refused"], vec![]));
    assert_eq!(asked(&plan)[0], ("method".to_owned(), 1, Some("PHONE".to_owned())));
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    let made = bureau.see(0, target(&seen[0])).await.unwrap();
    assert_eq!((made.value("method"), made.value("work_types")), (&json!("PHONE"), &json!(["HOLIDAY"])));
    assert_eq!(made.value("entries")[0]["result"], "MET_FAMILY");
    assert_eq!(made.value("assumed"), &json!(["method", "result", "work_types"]));
    let late = importer.assume(plan.id, &answers(&[("method", "HOME")])).await;
    assert!(matches!(late, Err(PlanError::State(_))), "what is written is not judged anew");
    // The same sheet again waits for nothing: its row is there.
    let (plan, seen) = look(&importer, Ledger::Visits, &sheet, &[]).await;
    assert_eq!((outcomes(&seen)[0], asked(&plan)), ("unchanged", vec![]));
    let acts: Vec<String> = audit::list(bureau.db.pool(), COUNTIES[0], i64::MAX, 100)
        .await
        .unwrap()
        .into_iter()
        .rev()
        .filter(|entry| entry.act == "IMPORT_ASSUME")
        .map(|entry| entry.detail)
        .collect();
    assert!(acts.len() == 2 && acts[0].contains("PHONE") && acts[1].contains("HOLIDAY"), "{acts:?}");
}

async fn what_a_row_says_is_neither_asked_nor_marked(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    whole(&importer, &two()).await;
    let sheet = format!("{HEADER}{}{}", visit(11, "电话,见到家属,节日慰问"), visit(12, "入户,,遍访"));
    let (plan, seen) = look(&importer, Ledger::Visits, &sheet, &[]).await;
    assert_eq!(outcomes(&seen), ["new", "doubtful"]);
    assert_eq!(asked(&plan), [("result".to_owned(), 1, None)]);
    let (plan, seen) = answer(&importer, &plan, &[("result", "MET"), ("method", "PHONE")]).await;
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    let made = |row: usize| bureau.see(0, target(&seen[row]));
    let (told, half) = (made(0).await.unwrap(), made(1).await.unwrap());
    assert_eq!((told.value("method"), told.value("assumed")), (&json!("PHONE"), &Value::Null));
    assert_eq!((half.value("method"), half.value("assumed")), (&json!("HOME"), &json!(["result"])));
}

async fn decisions_by_hand_stay_when_the_sheet_is_answered(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (_, people) = whole(&importer, &two()).await;
    let same = RowChoice::SameAs(target(&people[1]));
    let named = |day: u8| format!("2026-05-{day},a0,a1,李四,王站长,,,见到本人,遍访\n");
    let sheet = format!("{HEADER}{}{}{}", visit(11, ",见到本人,遍访"), named(12), named(13));
    let (plan, seen) = look(&importer, Ledger::Visits, &sheet, &[]).await;
    assert_eq!(outcomes(&seen), ["doubtful"; 3]);
    importer.decide(plan.id, &[(1, RowChoice::Skip), (2, same)]).await.unwrap();
    let (plan, seen) = answer(&importer, &plan, &[("method", "HOME")]).await;
    assert_eq!(outcomes(&seen), ["doubtful"; 3], "left out stays out, and a namesake is still for people to decide");
    assert_eq!([seen[0].decision, seen[1].decision], [Some(RowChoice::Skip), Some(same)]);
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    let done = rows(&importer, &plan, WhichRows::All).await;
    assert_eq!(outcomes(&done), ["doubtful", "new", "doubtful"]);
    assert_eq!(bureau.see(0, target(&done[1])).await.unwrap().value("assumed"), &json!(["method"]));
}

async fn denominator(bureau: &Bureau) -> u64 {
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let window = bianfang_domain::coverage::Window { from: Day(0), to: Day(40_000) };
    report::coverage(conn, ask(0, VILLAGE_A1, window, &SHIPPED)).await.unwrap().total.denominator
}

async fn who_is_new_lives_in_the_village_only_if_somebody_says_so(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let sheet = |name: usize| format!("姓名,身份证号码,乡镇,村\n人{},{},a0,a1\n", ["甲", "乙"][name], number(name));
    let (plan, seen) = look(&importer, Ledger::People, &sheet(0), &[]).await;
    assert_eq!((outcomes(&seen), waits(&seen[0])), (vec!["doubtful"], vec!["assumes_living_division".to_owned()]));
    let (plan, seen) = answer(&importer, &plan, &[("living_division", "YES")]).await;
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    let here = bureau.see(0, target(&seen[0])).await.unwrap();
    assert_eq!(
        (here.value("living_division"), here.value("registered_division")),
        (&json!(id(VILLAGE_A1)), &json!(id(VILLAGE_A1)))
    );
    assert_eq!(here.value("assumed"), &json!(["living_division"]));

    let (plan, seen) = look(&importer, Ledger::People, &sheet(1), &[("living_division", "NO")]).await;
    assert_eq!(outcomes(&seen), ["new"]);
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    let away = bureau.see(0, target(&seen[0])).await.unwrap();
    assert_eq!(
        (away.value("living_division"), away.value("registered_division")),
        (&Value::Null, &json!(id(VILLAGE_A1)))
    );
    assert_eq!(away.value("assumed"), &Value::Null, "nothing was assumed");
    assert_eq!(denominator(&bureau).await, 2, "the village where they are registered owes the visit");
    // Who is known is not asked about, and a sheet does not bring the mark back.
    let known =
        format!("{}{}", sheet(0).replace("乡镇,村\n", "乡镇,村,推定,备注\n").replace("a1\n", "a1,居住区划,东头\n"), "");
    let set = json!({ "living_division": id(VILLAGE_A1), "assumed": [] });
    bureau
        .push(&mut Phone::clerk(0), |p| {
            p.base = here.revision;
            vec![p.change(at(60, 1), "person", here.id, set)]
        })
        .await;
    let (plan, seen) = look(&importer, Ledger::People, &known, &[]).await;
    assert_eq!((outcomes(&seen), asked(&plan)), (vec!["update"], vec![]), "{:?}", seen[0].verdict.notes);
    assert!(!seen[0].verdict.writes[0].fields.contains_key("assumed"));
    let (plan, seen) = look(&importer, Ledger::People, &sheet(0).replace("人甲", "人丙"), &[]).await;
    assert_eq!(
        (outcomes(&seen), waits(&seen[0]), asked(&plan)),
        (vec!["doubtful"], vec![], vec![]),
        "a name that differs"
    );
}

async fn a_replacement_has_its_old_plaque_back_only_if_somebody_says_so(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    whole(&importer, &two()).await;
    let header = "乡镇,村,对象姓名,身份证号码,悬挂类型,悬挂位置,悬挂时间,悬挂人,家庭成员签字,旧牌已交回\n";
    let row = |event: &str, day: u8, back: &str| {
        format!("a0,a1,张三,{},{event},大门,2026-05-{day},王站长,张三,{back}\n", number(0))
    };
    let sheet = format!("{header}{}{}{}", row("新发", 10, ""), row("更换", 11, ""), row("更换", 12, "是"));
    let (plan, seen) = look(&importer, Ledger::Plaques, &sheet, &[]).await;
    assert_eq!(outcomes(&seen), ["new", "doubtful", "new"]);
    assert_eq!(
        (waits(&seen[1]), asked(&plan)),
        (vec!["assumes_old_returned".to_owned()], vec![("old_returned".to_owned(), 1, None)])
    );
    let (plan, seen) = answer(&importer, &plan, &[("old_returned", "YES")]).await;
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    let made = |row: usize| bureau.see(0, target(&seen[row]));
    let (assumed, told) = (made(1).await.unwrap(), made(2).await.unwrap());
    assert_eq!((assumed.value("old_returned"), assumed.value("assumed")), (&json!(true), &json!(["old_returned"])));
    assert_eq!((told.value("old_returned"), told.value("assumed")), (&json!(true), &Value::Null));
    // Not given back, it is held until somebody looks.
    let (plan, seen) =
        look(&importer, Ledger::Plaques, &format!("{header}{}", row("更换", 20, "")), &[("old_returned", "NO")]).await;
    assert_eq!(outcomes(&seen), ["new"]);
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    let kept = bureau.see(0, target(&seen[0])).await.unwrap();
    assert_eq!(
        (kept.value("old_returned"), kept.value("assumed"), kept.meta.held.len()),
        (&Value::Null, &Value::Null, 1)
    );
}

/// 张三 with a visit of which all was assumed.
async fn assumed_visit(importer: &Importer<'_>) -> PlanRow {
    whole(importer, &two()).await;
    let (_, mut made) = whole_of(importer, Ledger::Visits, &format!("{HEADER}{}", visit(11, ",,"))).await;
    assert_eq!(outcomes(&made), ["new"]);
    made.remove(0)
}

async fn a_sheet_that_says_it_takes_the_mark_away_and_its_undo_brings_it_back(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let made = target(&assumed_visit(&importer).await);
    let (plan, seen) = look(&importer, Ledger::Visits, &format!("{HEADER}{}", visit(11, "入户,,遍访")), &[]).await;
    assert_eq!((outcomes(&seen), asked(&plan)), (vec!["update"], vec![]));
    assert_eq!(codes(&seen[0]), [("G2".to_owned(), "said_now".to_owned()), ("I2".to_owned(), "said_now".to_owned())]);
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    assert_eq!(bureau.see(0, made).await.unwrap().value("assumed"), &json!(["result"]));
    // Another method is no word about that visit.
    let (_, seen) = look(&importer, Ledger::Visits, &format!("{HEADER}{}", visit(11, "电话,,遍访")), &[]).await;
    assert_eq!(outcomes(&seen), ["doubtful"]);
    assert!(codes(&seen[0]).iter().any(|(_, code)| code == "visit_known"));
    importer.undo(plan.id, |_, _| ()).await.unwrap();
    assert_eq!(bureau.see(0, made).await.unwrap().value("assumed"), &json!(["method", "result", "work_types"]));
}

async fn an_export_of_what_was_assumed_reads_back_with_its_marks(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let made = target(&assumed_visit(&importer).await);
    for ledger in ["visits", "people"] {
        let ask =
            bianfang_server::export::Ask { full: true, reason: Some("核对".into()), ..crate::export::xlsx(ledger) };
        let exported = crate::export::rows(&bureau, &Phone::clerk(0), &ask).await;
        let at = exported[2].iter().position(|header| header == "推定").unwrap();
        let words = if ledger == "visits" { "走访方式、走访结果、工作类型" } else { "居住区划" };
        assert_eq!(exported[3][at], words);
        let quoted = |row: &Vec<String>| row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
        let text = exported[2..].iter().map(quoted).collect::<Vec<_>>().join("\n");
        let (_, seen) = look(&importer, Ledger::by_word(ledger).unwrap(), &text, &[]).await;
        assert_eq!(outcomes(&seen), vec!["unchanged"; exported.len() - 3], "{ledger} {:?}", seen[0].verdict.notes);
    }
    assert_eq!(bureau.see(0, made).await.unwrap().value("assumed"), &json!(["method", "result", "work_types"]));
}

async fn whom_only_an_assumed_visit_reaches_is_told_beside_the_figure(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let made = assumed_visit(&importer).await;
    let window = bianfang_domain::coverage::Window { from: Day(0), to: Day(40_000) };
    let figures = async || {
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        let question = ask(0, VILLAGE_A1, window, &SHIPPED);
        let total = report::coverage(conn, question).await.unwrap().total;
        let (behind, _) = report::list(conn, question, WhichFigure::Assumed, None).await.unwrap();
        assert_eq!(behind.len() as u64, total.assumed);
        (total.reached(), total.assumed)
    };
    assert_eq!(figures().await, (1, 1));
    // Somebody says the result; how is still assumed. Then who was there says both.
    let record = bureau.see(0, target(&made)).await.unwrap();
    let entries = record.value("entries").clone();
    let say = async |set: Value| {
        let act = Act::Amend { set: fields(set), sealed: Default::default(), reason: "核实".into() };
        let mut clerk = Phone::new(0, 0x77, bianfang_domain::actor::Role::SectionClerk, crate::bureau::COUNTY);
        clerk.actor.installation =
            uuid::Uuid::from_u128(u128::from(bureau.see(0, record.id).await.unwrap().revision) + 0x7000);
        bureau.push(&mut clerk, |p| vec![p.op(at(60, 1), "contact", record.id, act)]).await;
    };
    say(json!({ "entries": entries })).await;
    assert_eq!(figures().await, (1, 1));
    say(json!({ "method": "HOME" })).await;
    assert_eq!(figures().await, (1, 0));
    // Of 李四 one assumed visit reaches, and then another that was told.
    let others = |rest: &str, day: u8| visit(day, rest).replace("张三", "李四").replace(&number(0), &number(1));
    let (_, seen) = whole_of(&importer, Ledger::Visits, &format!("{HEADER}{}", others(",见到本人,遍访", 11))).await;
    assert_eq!((outcomes(&seen), figures().await), (vec!["new"], (2, 1)));
    whole_of(&importer, Ledger::Visits, &format!("{HEADER}{}", others("电话,未遇,遍访", 13))).await;
    assert_eq!(figures().await, (2, 1), "a visit that reaches nobody says nothing");
    whole_of(&importer, Ledger::Visits, &format!("{HEADER}{}", others("电话,见到本人,", 12))).await;
    assert_eq!(figures().await, (2, 0), "the kind of work is no matter of it");
}

async fn a_day_without_a_time_stays_a_day(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    whole(&importer, &two()).await;
    let timed = visit(12, "入户,见到本人,遍访").replace("2026-05-12", "2026-05-12 09:30");
    let sheet = format!("{HEADER}{}{timed}", visit(11, "入户,见到本人,遍访"));
    let (_, made) = whole_of(&importer, Ledger::Visits, &sheet).await;
    assert_eq!(outcomes(&made), ["new", "new"]);
    let record = bureau.see(0, target(&made[0])).await.unwrap();
    assert_eq!(record.meta.origin.happened.ms, Day::from_ymd(2026, 5, 11).unwrap().start_ms());
    let exported = crate::export::rows(&bureau, &Phone::clerk(0), &crate::export::xlsx("visits")).await;
    let at = exported[2].iter().position(|header| header == "走访时间").unwrap();
    assert_eq!([exported[3][at].as_str(), exported[4][at].as_str()], ["2026-05-11", "2026-05-12 09:30"]);
}

async fn the_questions_are_answered_over_http(world: World) {
    let token = clerk(&world).await;
    let sheet = "姓名,乡镇,村\n张三,甲镇,东村\n";
    let sent = call(&world, &token, ("POST", "/api/v1/imports?ledger=people&name=a.csv"), sheet.into()).await.json();
    assert_eq!((&sent["doubtful"], &sent["new"]), (&json!(1), &json!(0)));
    let question = &sent["assumptions"][0];
    assert_eq!((&question["name"], &question["table"]), (&json!("living_division"), &json!("YES_NO")));
    assert_eq!(
        (&question["proposed"], &question["rows"], &question["answer"]),
        (&json!("YES"), &json!(1), &Value::Null)
    );
    let id = sent["id"].as_str().unwrap();
    let path = format!("/api/v1/imports/{id}/assumptions");
    let say = async |token: &str, body: Value| call(&world, token, ("POST", &path), body.to_string().into()).await;
    for wrong in [json!({ "living_division": "HOME" }), json!({ "method": "HOME" })] {
        assert_eq!(say(&token, wrong).await.code(), "import-assumption");
    }
    let foreign = world.token(COUNTIES[1], bianfang_domain::actor::Role::SectionClerk).await;
    assert_eq!(say(&foreign, json!({ "living_division": "YES" })).await.code(), "not-found");
    let answered = say(&token, json!({ "living_division": "YES" })).await;
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.text);
    assert_eq!((&answered.json()["new"], &answered.json()["assumptions"][0]["answer"]), (&json!(1), &json!("YES")));
    call(&world, &token, ("POST", &format!("/api/v1/imports/{id}/apply")), Vec::new()).await;
    assert_eq!(settled(&world, &token, id).await["import"]["state"], "APPLIED");
    assert_eq!(say(&token, json!({ "living_division": "NO" })).await.code(), "import-state");
    // With the sheet.
    let with = |said: &str| format!("/api/v1/imports?ledger=people&name=a.csv&assume={said}");
    let other = sheet.replace("张三", "李四");
    for (said, new) in [("usual", 1), ("living_division=NO", 1), ("", 0)] {
        let sent = call(&world, &token, ("POST", &with(said)), other.clone().into()).await;
        assert_eq!(sent.json()["new"], new, "{said} {}", sent.text);
    }
    let wrong = call(&world, &token, ("POST", &with("living_division=X")), other.clone().into()).await;
    assert_eq!(wrong.code(), "import-assumption");
    assert_eq!(call(&world, &token, ("POST", &with("x")), other.into()).await.code(), "query");
}

/// Whoever answers reads every row and then writes: another write meanwhile must not turn the answer down.
async fn they_are_answered_while_others_write(world: World) {
    let token = clerk(&world).await;
    let rows: String = (0..300).map(|n| format!("张{n},甲镇,东村\n")).collect();
    let sheet = format!("姓名,乡镇,村\n{rows}");
    let sent = call(&world, &token, ("POST", "/api/v1/imports?ledger=people&name=a.csv"), sheet.into()).await.json();
    let path = format!("/api/v1/imports/{}/assumptions", sent["id"].as_str().unwrap());
    let done = std::sync::atomic::AtomicBool::new(false);
    let answer = async {
        let mut all = Vec::new();
        for said in ["NO", "YES"] {
            let body = json!({ "living_division": said }).to_string();
            all.push(call(&world, &token, ("POST", &path), body.into()).await);
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        all
    };
    let village = RecordId::derived(&["village"]);
    let others = async {
        let mut written = 0;
        while !done.load(std::sync::atomic::Ordering::Relaxed) {
            let fields = json!({ "name": format!("王{written}"), "living_division": village });
            let body = json!({ "kind": "person", "act": "record", "fields": fields });
            let answer = write(&world, &token, &format!("key-other-{written}"), None, &body).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            written += 1;
        }
        written
    };
    let (answers, written) = tokio::join!(answer, others);
    for answer in answers {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    assert!(written > 0, "nobody wrote meanwhile");
}
