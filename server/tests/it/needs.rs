//! Needs at the desk: listed by the day they are due, handed to another village that sees the need and nothing else, closed
//! with the answer, and written into their ledger.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use bianfang_domain::actor::Role;
use bianfang_domain::kind::staff_id;
use serde_json::{Value, json};

use crate::households::{DAUGHTER, FATHER, HOME, NEW_VILLAGE, OLD_VILLAGE, put, settle};
use crate::on_both;
use crate::world::{Answer, COUNTIES, World, account_id};

on_both!(
    a_need_is_found_handed_over_and_closed_with_its_answer,
    who_handles_one_elsewhere_sees_the_need_and_not_whose_it_is,
    the_ledger_has_each_once_and_tells_no_more_than_it_may,
);

const MEDICAL: &str = "00000000-0000-7000-8000-0000000000e0";
const HOUSING: &str = "00000000-0000-7000-8000-0000000000e1";

async fn heard(world: &World) -> String {
    let clerk = settle(world).await;
    let need = |person: &str, called: &str, (need_type, urgency): (&str, &str), asked: &str| {
        json!({ "person": person, "called": called, "need_type": need_type, "urgency": urgency, "asked": asked,
            "at": 1_772_000_000_000_i64 })
    };
    put(world, &clerk, "need", MEDICAL, need(FATHER, "张大", ("MEDICAL", "YELLOW"), "慢性病报销，电话13800001234"))
        .await;
    put(world, &clerk, "need", HOUSING, need(DAUGHTER, "张三", ("HOUSING", "RED"), "修房")).await;
    clerk
}

async fn act(world: &World, token: &str, (need, key): (&str, &str), body: &Value) -> Answer {
    let seen = world.get(&format!("/api/v1/needs/{need}"), token).await.json();
    let request = Request::post(format!("/api/v1/needs/{need}/steps"))
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .header("if-match", format!("\"{}\"", seen["revision"].as_u64().unwrap_or(1)))
        .header("idempotency-key", key);
    world.send(request.body(Body::from(body.to_string())).unwrap()).await
}

async fn list(world: &World, token: &str, query: &str) -> Vec<String> {
    let found = world.get(&format!("/api/v1/needs?{query}"), token).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.text);
    let row = |row: &Value| format!("{} {}", row["called"].as_str().unwrap(), row["state"].as_str().unwrap());
    found.json()["rows"].as_array().unwrap().iter().map(row).collect()
}

async fn a_need_is_found_handed_over_and_closed_with_its_answer(world: World) {
    let clerk = heard(&world).await;
    let one = |query: String| {
        let (world, clerk) = (&world, &clerk);
        async move { list(world, clerk, &query).await }
    };
    assert_eq!(one(String::new()).await, ["张三 FOUND", "张大 FOUND"], "no day yet: the urgent first");
    assert_eq!(one("search=xiufang".into()).await, Vec::<String>::new());
    assert_eq!(one("search=修房".into()).await, ["张三 FOUND"]);
    assert_eq!(one("search=zhangda".into()).await, ["张大 FOUND"]);
    assert_eq!(one("need_type=MEDICAL&state=OPEN".into()).await, ["张大 FOUND"]);
    assert_eq!(one(format!("about={DAUGHTER}")).await, ["张三 FOUND"]);
    assert_eq!(one(format!("division={NEW_VILLAGE}")).await, ["张三 FOUND"]);

    let assigned = json!({ "step": "REGISTERED", "owner": OLD_VILLAGE, "due_on": "2026-03-10", "urgency": "RED" });
    let done = act(&world, &clerk, (MEDICAL, "key-register"), &assigned).await;
    assert_eq!((&done.json()["verdict"], &done.json()["records"]), (&json!("accepted"), &json!(2)), "{}", done.text);
    let again = act(&world, &clerk, (MEDICAL, "key-register"), &assigned).await;
    assert_eq!(again.code(), "key-taken", "the need has another revision by now");
    let view = world.get(&format!("/api/v1/needs/{MEDICAL}"), &clerk).await.json();
    let row = &view["row"];
    assert_eq!(
        (&row["state"], &row["urgency"], &row["due_on"]),
        (&json!("REGISTERED"), &json!("RED"), &json!("2026-03-10"))
    );
    assert_eq!((&row["owner"]["name"], &row["division"]["name"]), (&json!("老村"), &json!("老村")));
    assert_eq!(row["may"], json!(["HANDLING", "REFERRED", "RESOLVED", "ANSWERED_ON_SPOT"]));
    // Due first who has a day; long past it.
    assert_eq!(one(String::new()).await, ["张大 REGISTERED", "张三 FOUND"]);
    assert_eq!(row["overdue"], json!(true), "{row}");
    assert_eq!(one("overdue=true".into()).await, ["张大 REGISTERED"]);
    let due = world.get("/api/v1/due", &clerk).await.json();
    let needs = |due: &Value| {
        let rows = due["rows"].as_array().unwrap();
        let of = |row: &Value| row["due"].as_array().unwrap().iter().any(|due| due["why"] == "NEED");
        rows.iter().filter(|row| of(row)).map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(needs(&due), ["张大", "张三"].map(str::to_owned), "{due}");
    assert_eq!(due["rows"][0]["due"][0]["record"], MEDICAL);

    let silent = act(&world, &clerk, (MEDICAL, "key-silent"), &json!({ "step": "RESOLVED", "answer": " " })).await;
    assert_eq!((silent.code().as_str(), &silent.json()["field"]), ("refused", &json!("answer")));
    let half = json!({ "step": "RESOLVED", "urgency": "GREEN", "answer": "已报销" });
    let half = act(&world, &clerk, (MEDICAL, "key-half-right"), &half).await;
    assert_eq!(half.json()["field"], "urgency", "both or neither");
    assert_eq!(list(&world, &clerk, "state=RESOLVED").await, Vec::<String>::new());
    let closed =
        act(&world, &clerk, (MEDICAL, "key-resolved"), &json!({ "step": "RESOLVED", "answer": "已报销" })).await;
    assert_eq!(closed.json()["records"], 1, "{}", closed.text);
    let view = world.get(&format!("/api/v1/needs/{MEDICAL}"), &clerk).await.json();
    let steps: Vec<&Value> = view["steps"].as_array().unwrap().iter().map(|step| &step["fields"]["step"]).collect();
    assert_eq!(steps, ["REGISTERED", "RESOLVED"]);
    assert_eq!((&view["row"]["open"], &view["row"]["overdue"]), (&json!(false), &json!(false)));
    assert_eq!(needs(&world.get("/api/v1/due", &clerk).await.json()), ["张三"]);
    let counts = world.get("/api/v1/needs", &clerk).await.json()["counts"].clone();
    assert_eq!(counts, json!([{ "state": "FOUND", "count": 1 }, { "state": "RESOLVED", "count": 1 }]));
}

async fn who_handles_one_elsewhere_sees_the_need_and_not_whose_it_is(world: World) {
    let clerk = heard(&world).await;
    let admin = world.token(COUNTIES[0], Role::SysAdmin).await;
    let account = account_id(Role::VillageWorker);
    let fields = json!({ "account": account, "name": "赵六", "division": NEW_VILLAGE, "divisions": [NEW_VILLAGE] });
    put(&world, &admin, "staff", &staff_id(account).to_string(), fields).await;
    let worker = world.token(COUNTIES[0], Role::VillageWorker).await;
    let path = format!("/api/v1/needs/{MEDICAL}");
    assert_eq!(world.get(&path, &worker).await.code(), "not-found");
    assert_eq!(list(&world, &worker, "").await, ["张三 FOUND"]);
    let refused = act(&world, &worker, (MEDICAL, "key-unseen"), &json!({ "step": "HANDLING" })).await;
    assert_eq!(refused.code(), "not-found");

    act(&world, &clerk, (MEDICAL, "key-referred"), &json!({ "step": "REFERRED", "owner": NEW_VILLAGE })).await;
    let view = world.get(&path, &worker).await;
    let row = view.json()["row"].clone();
    assert_eq!((&row["called"], &row["asked"]), (&json!("张大"), &json!("慢性病报销，电话13800001234")));
    assert_eq!((&row["person"], &row["owner"]["name"]), (&Value::Null, &json!("新村")), "{row}");
    assert!(!row["may"].as_array().unwrap().contains(&json!("REFERRED")));
    assert_eq!(world.get(&format!("/api/v1/people/{FATHER}"), &worker).await.code(), "not-found");
    assert_eq!(world.get(&format!("/api/v1/households/{HOME}"), &worker).await.code(), "not-found");
    let upper = act(&world, &worker, (MEDICAL, "key-upper-step"), &json!({ "step": "REFERRED", "to": "医保局" })).await;
    assert_eq!((&upper.json()["verdict"], upper.status), (&json!("held"), StatusCode::OK), "{}", upper.text);
    let given =
        act(&world, &worker, (MEDICAL, "key-give-away"), &json!({ "step": "HANDLING", "owner": OLD_VILLAGE })).await;
    assert_eq!(given.code(), "refused", "{}", given.text);
    let closed =
        act(&world, &worker, (MEDICAL, "key-closed-it"), &json!({ "step": "RESOLVED", "answer": "已报销" })).await;
    assert_eq!(closed.json()["verdict"], "accepted", "{}", closed.text);
    assert_eq!(list(&world, &clerk, "state=RESOLVED").await, ["张大 RESOLVED"]);
}

async fn the_ledger_has_each_once_and_tells_no_more_than_it_may(world: World) {
    let clerk = heard(&world).await;
    // Of two divisions: where whose it is lies, and where it is handled.
    act(
        &world,
        &clerk,
        (MEDICAL, "key-referred"),
        &json!({ "step": "REFERRED", "owner": NEW_VILLAGE, "to": "医保局" }),
    )
    .await;
    act(&world, &clerk, (MEDICAL, "key-resolved"), &json!({ "step": "RESOLVED", "answer": "已报销" })).await;
    let export = async |body: Value| {
        let request = Request::post("/api/v1/exports")
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {clerk}"));
        world.send(request.body(Body::from(body.to_string())).unwrap()).await.text
    };
    let masked = export(json!({ "ledger": "needs", "format": "csv" })).await;
    let rows: Vec<&str> = masked.lines().filter(|line| line.contains("报销") || line.contains("修房")).collect();
    assert_eq!(rows.len(), 2, "{masked}");
    let medical = rows.iter().find(|row| row.contains("报销")).unwrap();
    for told in ["镇,老村,张*,就医看病,黄（关注）", "新村", "已办结", "已报销", "医保局"] {
        assert!(medical.contains(told), "{told}: {medical}");
    }
    assert!(!masked.contains("13800001234") && !masked.contains("张大"), "{masked}");
    let full = export(json!({ "ledger": "needs", "format": "csv", "full": true, "reason": "年终汇总" })).await;
    assert!(full.contains("张大"), "{full}");
    let later = export(json!({ "ledger": "needs", "format": "csv", "from": "2026-04-01", "to": "2026-04-30" })).await;
    assert!(!later.contains("修房"), "{later}");
}
