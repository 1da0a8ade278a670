//! Needs on a phone without a signal: heard and closed in visits, asked for today, kept in drafts.

use bianfang_client::{NeedDraft, NeedStepDraft, VisitMore};
use serde_json::json;

use crate::scene::*;

fn heard(person: u128, answered: Option<&str>) -> NeedDraft {
    NeedDraft {
        person: Some(text(person)),
        need_type: "MEDICAL".into(),
        urgency: "RED".into(),
        asked: "慢性病门诊报销".into(),
        answered: answered.map(str::to_owned),
        ..NeedDraft::default()
    }
}

fn more(needs: Vec<NeedDraft>, need_steps: Vec<NeedStepDraft>) -> Option<VisitMore> {
    Some(VisitMore { needs, need_steps, ..VisitMore::default() })
}

#[tokio::test]
async fn one_is_heard_in_a_visit_asks_today_and_is_closed_in_another() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let mut draft = visit(&[(FATHER, "MET")]);
    draft.more = more(vec![heard(FATHER, None), heard(MOTHER, Some("已告知政策"))], Vec::new());
    phone.keep_draft(&form, draft.clone()).await.unwrap();
    assert_eq!(phone.draft(&form).await.unwrap().unwrap().more, draft.more, "what was typed is kept");
    let saved = phone.save_visit(&form, draft.clone()).await.unwrap();
    assert_eq!(phone.save_visit(&form, draft).await.unwrap(), saved, "a tap that was repeated makes nothing new");
    let open = phone.needs(None).await.unwrap();
    let [need] = open.as_slice() else { panic!("{open:?}") };
    assert_eq!((need.called.as_str(), need.state.as_str(), need.overdue), ("张建国", "FOUND", false));
    assert_eq!(need.raised_in.as_deref(), Some(saved.id.as_str()));
    assert!(need.offers.contains(&"RESOLVED".to_owned()) && !need.offers.contains(&"REGISTERED".to_owned()));
    let answered = phone.needs(Some(text(MOTHER))).await.unwrap();
    assert_eq!((answered[0].state.as_str(), answered[0].steps.len()), ("ANSWERED_ON_SPOT", 1));
    let page = phone.today(0, 9).await.unwrap();
    let due = &page.rows.iter().find(|row| row.name == "张建国").unwrap().due[0];
    assert_eq!((due.why.as_str(), due.code.as_deref()), ("NEED", Some("MEDICAL")), "visited today, and still due");
    assert_eq!(due.record.as_deref(), Some(need.id.as_str()));

    let mut second = visit(&[(FATHER, "MET")]);
    let step = NeedStepDraft {
        need: need.id.clone(),
        step: "RESOLVED".into(),
        answer: Some("已报销".into()),
        ..Default::default()
    };
    second.more = more(Vec::new(), vec![step]);
    let second = phone.save_visit(&phone.new_form().await.unwrap(), second).await.unwrap();
    assert_eq!(phone.needs(None).await.unwrap(), []);
    let closed = &phone.needs(Some(text(FATHER))).await.unwrap()[0];
    assert_eq!((closed.state.as_str(), closed.closed_on.as_deref()), ("RESOLVED", Some("2026-07-01")));
    assert_eq!(closed.steps[0].contact.as_deref(), Some(second.id.as_str()));
    assert!(phone.today(0, 9).await.unwrap().rows.iter().all(|row| row.due.iter().all(|due| due.why != "NEED")));
    let work = &phone.person(&text(FATHER)).await.unwrap().visits[0].work_types;
    assert_eq!(work, &["NEED", "ROUND"], "a need is work of the visit, and a reviewer looks at it");
    phone.close().await.unwrap();
    let kinds: Vec<String> = bench.store().await.pending(10).await.unwrap().iter().map(|op| op.kind.clone()).collect();
    assert_eq!(kinds, ["contact", "need", "need", "need_step", "contact", "need_step"], "each after what it names");
}

#[tokio::test]
async fn what_the_township_set_shows_and_what_lacks_something_stays_a_form() {
    let bench = Bench::enrolled().await;
    let set = json!({ "person": id(FATHER), "called": "张建国", "need_type": "HOUSING", "urgency": "YELLOW", "asked": "修房",
        "at": NOW, "due_on": 20_000, "owner": id(VILLAGE) });
    bench.receive(vec![served("need", 90, 9, set)]).await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let saved = phone.save_need(&form, heard(MOTHER, None)).await.unwrap();
    assert_eq!(phone.save_need(&form, heard(MOTHER, None)).await.unwrap().id, saved.id);
    let open = phone.needs(None).await.unwrap();
    let told: Vec<(&str, bool)> = open.iter().map(|need| (need.called.as_str(), need.overdue)).collect();
    assert_eq!(told, [("张建国", true), ("李秀英", false)], "those past their day first");
    let by = phone.today(0, 9).await.unwrap().rows.into_iter().find(|row| row.name == "张建国").unwrap().due;
    assert_eq!(by.iter().find(|due| due.why == "NEED").unwrap().by, open[0].due_on);

    let unsaid = NeedStepDraft { need: saved.id.clone(), step: "RESOLVED".into(), ..Default::default() };
    assert_eq!(field(phone.record_need(&phone.new_form().await.unwrap(), unsaid).await), "answer");
    for (lacking, wrong) in [
        (NeedDraft { urgency: String::new(), ..heard(FATHER, None) }, "urgency"),
        (NeedDraft { asked: " ".into(), ..heard(FATHER, None) }, "asked"),
        (NeedDraft { person: None, ..heard(FATHER, None) }, "person"),
    ] {
        assert_eq!(field(phone.save_need(&phone.new_form().await.unwrap(), lacking.clone()).await), wrong);
        let form = phone.new_form().await.unwrap();
        let mut draft = visit(&[(FATHER, "MET")]);
        draft.more = more(vec![lacking], Vec::new());
        assert_eq!(field(phone.save_visit(&form, draft).await), wrong, "neither visit nor need");
    }
    assert_eq!(phone.person(&text(FATHER)).await.unwrap().visits, []);
}
