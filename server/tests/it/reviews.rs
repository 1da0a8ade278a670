//! Review by exception, rules and due lists over HTTP, on both databases: what a person must see is listed, the rest is
//! accepted by itself; what is restricted reaches nobody without the right.

use axum::body::Body;
use axum::http::Request;
use bianfang_domain::actor::Role;
use bianfang_domain::op::Act;
use bianfang_domain::time::Day;
use serde_json::{Value, json};

use crate::bureau::{self, Bureau, at, id};
use crate::on_both;
use crate::on_both_databases;
use crate::records::write;
use crate::world::{Answer, COUNTIES, START_MS, World, scope_of};

on_both!(
    what_needs_a_person_is_listed_and_the_rest_accepts_itself,
    a_doubtful_time_is_mended_and_then_sure,
    rules_are_set_from_a_day_on_and_figures_read_them,
    who_is_due_is_told_with_the_reason_and_put_off,
);

on_both_databases!(thoughts_reach_only_who_has_the_right,);

const DAY: i64 = 86_400_000;

/// Wednesday's clerk and one ACTIVE person.
async fn county(world: &World) -> (String, Value) {
    let token = world.token(COUNTIES[0], Role::SectionClerk).await;
    let division = scope_of(COUNTIES[0])[0];
    let fields = json!({ "name": "县", "level": "COUNTY" });
    let body = json!({ "kind": "division", "target": division, "act": "record", "fields": fields });
    assert_eq!(write(world, &token, "key-division", None, &body).await.status, 200);
    let person = person(world, &token, "张三").await;
    (token, person)
}

async fn person(world: &World, token: &str, name: &str) -> Value {
    let fields =
        json!({ "name": name, "living_division": scope_of(COUNTIES[0])[0], "register": "ACTIVE", "life": "ALIVE" });
    let body = json!({ "kind": "person", "act": "record", "fields": fields });
    write(
        world,
        token,
        &format!("key-person-{}", name.len() + name.chars().map(|c| c as usize).sum::<usize>()),
        None,
        &body,
    )
    .await
    .json()["target"]
        .clone()
}

async fn visit(world: &World, token: &str, key: &str, person: &Value, more: Value) -> Value {
    let mut fields = json!({
        "at": START_MS, "method": "HOME", "work_types": ["ROUND"], "entries": [{ "person": person, "result": "MET" }],
    });
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let body = json!({ "kind": "contact", "act": "record", "fields": fields });
    let answer = write(world, token, key, None, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["target"].clone()
}

async fn photo(world: &World, token: &str, key: &str, subject: &Value, kind: &str, hash: &str) {
    let fields = json!({ "subject": subject, "photo_kind": kind, "original": hash.repeat(32), "length": 9 });
    let body = json!({ "kind": "photo", "act": "record", "fields": fields });
    assert_eq!(write(world, token, key, None, &body).await.status, 200);
}

async fn get(world: &World, token: &str, path: &str) -> Value {
    let answer = world.get(path, token).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()
}

async fn send(world: &World, token: &str, (method, path): (&str, &str), key: &str, body: &Value) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .header("idempotency-key", key);
    world.send(request.body(Body::from(body.to_string())).unwrap()).await
}

async fn figures(world: &World, token: &str, more: &str) -> Value {
    get(world, token, &format!("/api/v1/coverage?from=2026-01-01&to=2027-12-31{more}")).await["total"].clone()
}

async fn what_needs_a_person_is_listed_and_the_rest_accepts_itself(world: World) {
    let (clerk, one) = county(&world).await;
    let two = person(&world, &clerk, "李四").await;
    let plain = visit(&world, &clerk, "key-plain", &one, json!({ "situation": "身体好" })).await;
    let money = visit(&world, &clerk, "key-money", &two, json!({ "gifts_text": "500元" })).await;
    let listed = |page: Value| {
        let rows = page["rows"].as_array().unwrap().clone();
        rows.iter().map(|row| (row["contact"]["id"].clone(), row["look"].clone())).collect::<Vec<_>>()
    };
    let page = get(&world, &clerk, "/api/v1/review").await;
    assert_eq!(page["rows"][0]["entries"][0]["person"]["name"], "李四");
    assert_eq!(listed(page), [(money.clone(), json!("MONEY"))]);

    // A signed sheet may back many; the bytes of one scene on two visits are a hint (invariant 10), never a refusal.
    for (key, contact) in [("key-sheet-1", &plain), ("key-sheet-2", &money)] {
        photo(&world, &clerk, key, contact, "SHARED_SHEET", "cd").await;
    }
    assert_eq!(listed(get(&world, &clerk, "/api/v1/review").await).len(), 1);
    let three = visit(&world, &clerk, "key-three", &one, json!({ "at": START_MS - 1 })).await;
    for (key, contact) in [("key-scene-1", &plain), ("key-scene-2", &three)] {
        photo(&world, &clerk, key, contact, "SCENE", "ab").await;
    }
    let page = get(&world, &clerk, "/api/v1/review").await;
    let hinted: Vec<&Value> =
        page["rows"].as_array().unwrap().iter().filter(|row| row["look"] == "PHOTO_HINT").collect();
    assert_eq!(hinted.len(), 2);
    assert_eq!(hinted[0]["same_photo"].as_array().unwrap().len(), 1);

    // Three days later: the hinted and the one with money still wait.
    let before = get(&world, &clerk, "/api/v1/coverage").await["feed"].clone();
    assert_eq!(figures(&world, &clerk, "").await["unreviewed"], 2);
    world.clock.advance(3 * DAY);
    let clerk = world.token(COUNTIES[0], Role::SectionClerk).await;
    assert_eq!(figures(&world, &clerk, "").await["unreviewed"], 2);
    let body = json!({ "kind": "contact", "target": three, "act": "void", "reason": "重复录入" });
    assert_eq!(write(&world, &clerk, "key-void", Some(1_000), &body).await.status, 200);
    assert_eq!(figures(&world, &clerk, "").await["unreviewed"], 1, "one is accepted by itself");
    assert_eq!(
        figures(&world, &clerk, &format!("&as_of={before}")).await["unreviewed"],
        2,
        "the cut-off tells what it told"
    );

    // A return needs a comment; the accepted leave the list, and one accepted by itself can still be returned.
    let path = |contact: &Value| format!("/api/v1/review/{}", contact.as_str().unwrap());
    let revision = 1_000;
    let bare = json!({ "say": "return", "revision": revision, "comment": " " });
    let refused = send(&world, &clerk, ("POST", &path(&plain)), "key-return-0", &bare).await;
    assert_eq!((refused.status.as_u16(), refused.json()["field"].clone()), (422, json!("comment")));
    let accept = json!({ "say": "accept", "revision": revision });
    assert_eq!(send(&world, &clerk, ("POST", &path(&money)), "key-accept-1", &accept).await.status, 200);
    let back = json!({ "say": "return", "revision": revision, "comment": "照片不清" });
    assert_eq!(send(&world, &clerk, ("POST", &path(&plain)), "key-return-1", &back).await.status, 200);
    assert_eq!(listed(get(&world, &clerk, "/api/v1/review").await), []);
    let figure = figures(&world, &clerk, "").await;
    assert_eq!((&figure["reached"], &figure["unreviewed"]), (&json!(1), &json!(0)));
    // Outside one's divisions there is nothing to review.
    let other = world.token(COUNTIES[1], Role::SectionClerk).await;
    assert_eq!(send(&world, &other, ("POST", &path(&plain)), "key-return-2", &back).await.code(), "not-found");
}

async fn a_doubtful_time_is_mended_and_then_sure(world: World) {
    let (clerk, person) = county(&world).await;
    let contact = visit(&world, &clerk, "key-2035", &person, json!({ "at": START_MS + 3_000 * DAY })).await;
    let page = get(&world, &clerk, "/api/v1/review").await;
    let row = &page["rows"][0];
    assert_eq!(
        (&row["look"], &row["doubtful"], &row["contact"]["at_ms"]),
        (&json!("DOUBTFUL_TIME"), &json!(true), &json!(START_MS))
    );
    let mend =
        json!({ "say": "time", "revision": row["revision"], "at_ms": START_MS - DAY, "reason": "本人记得是前一天" });
    let path = format!("/api/v1/review/{}", contact.as_str().unwrap());
    assert_eq!(send(&world, &clerk, ("POST", &path), "key-mend-1", &mend).await.status, 200);
    assert_eq!(get(&world, &clerk, "/api/v1/review").await["rows"], json!([]));
    let of = |day: Day| format!("/api/v1/coverage?from={day}&to={day}");
    let the_day = Day::of(START_MS - DAY);
    assert_eq!(get(&world, &clerk, &of(the_day)).await["total"]["reached"], 1);
    assert_eq!(get(&world, &clerk, &of(Day(the_day.0 + 1))).await["total"]["reached"], 0);
}

async fn rules_are_set_from_a_day_on_and_figures_read_them(world: World) {
    let (clerk, person) = county(&world).await;
    visit(&world, &clerk, "key-family", &person, json!({ "entries": [{ "person": person, "result": "MET_FAMILY" }] }))
        .await;
    let all = get(&world, &clerk, "/api/v1/rules").await;
    let names: Vec<&Value> = all.as_array().unwrap().iter().map(|rule| &rule["name"]).collect();
    assert_eq!(names, ["COVERAGE", "REVIEW", "CADENCE", "MUST", "PLAQUE"]);
    assert_eq!((&all[0]["today"]["family_counts"], &all[0]["versions"]), (&json!(true), &json!([])));
    let (first, today) = (Day(Day::of(START_MS).0 - 10), Day::of(START_MS));
    let cut_off = get(&world, &clerk, "/api/v1/coverage").await["feed"].clone();
    let path = ("PUT", "/api/v1/rules/COVERAGE");
    let bad = json!({ "from": today.to_string(), "data": { "family_counts": "perhaps" } });
    assert_eq!(send(&world, &clerk, path, "key-rule-0", &bad).await.status, 422);
    let set = json!({ "from": today.to_string(), "data": { "family_counts": false } });
    for _ in 0..2 {
        let answer = send(&world, &clerk, path, "key-rule-1", &set).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["today"]["family_counts"]),
            (200, &json!(false)),
            "{}",
            answer.text
        );
    }
    let reached = async |to: Day, more: &str| {
        get(&world, &clerk, &format!("/api/v1/coverage?from={first}&to={to}{more}")).await["total"]["reached"].clone()
    };
    assert_eq!(reached(today, "").await, 0, "the rule of the window's last day");
    assert_eq!(reached(today, &format!("&as_of={cut_off}")).await, 1, "the cut-off knows the rule of then");
    let town = world.token(COUNTIES[0], Role::TownReviewer).await;
    assert_eq!(send(&world, &town, path, "key-rule-2", &set).await.code(), "forbidden");
    assert_eq!(send(&world, &clerk, ("PUT", "/api/v1/rules/MOON"), "key-rule-3", &set).await.code(), "not-found");
}

async fn who_is_due_is_told_with_the_reason_and_put_off(world: World) {
    let (clerk, one) = county(&world).await;
    let two = person(&world, &clerk, "李四").await;
    let page = get(&world, &clerk, "/api/v1/due").await;
    assert_eq!((&page["total"], &page["rows"][0]["due"][0]["why"]), (&json!(2), &json!("CADENCE")));
    visit(&world, &clerk, "key-visit", &one, json!({})).await;
    let today = Day::of(START_MS);
    let fields =
        json!({ "person": two, "owner": scope_of(COUNTIES[0])[0], "name": "王一", "on": today.0, "state": "OPEN" });
    let body = json!({ "kind": "assignment", "act": "record", "fields": fields });
    assert_eq!(write(&world, &clerk, "key-assign", None, &body).await.json()["verdict"], "accepted");
    let page = get(&world, &clerk, "/api/v1/due").await;
    assert_eq!(
        (&page["total"], &page["rows"][0]["person"], &page["rows"][0]["taken"]),
        (&json!(1), &two, &json!(["王一"]))
    );
    let fields = json!({ "person": two, "until": today.0 + 30, "reason": "外出务工", "at": START_MS });
    let body = json!({ "kind": "snooze", "act": "record", "fields": fields });
    assert_eq!(write(&world, &clerk, "key-snooze", None, &body).await.json()["verdict"], "accepted");
    assert_eq!(get(&world, &clerk, "/api/v1/due").await["total"], 0);
    let other = world.token(COUNTIES[1], Role::SectionClerk).await;
    assert_ne!(world.get("/api/v1/due", &other).await.json()["total"], 1, "another county's people");
}

/// Invariant 15: what was written of somebody's thoughts is pulled in full by who has the right, masked by everybody else,
/// and lies nowhere in the clear; an amendment keeps or changes it.
async fn thoughts_reach_only_who_has_the_right(bureau: Bureau) {
    const SAID: &str = "对安置有意见情绪低落";
    let (mut clerk, mut worker) = (bureau::Phone::clerk(0), bureau::Phone::worker(0, bureau::VILLAGE_A1));
    let reviewer = bureau::Phone::reviewer(0);
    let doc = json!({
        "at": at(1, 10), "method": "HOME", "work_types": ["ROUND"], "thoughts": SAID,
        "entries": [{ "person": id(1), "result": "MET" }],
    });
    bureau
        .push(&mut clerk, |p| vec![p.record(at(1, 9), "person", id(1), bureau::person("张三", bureau::VILLAGE_A1))])
        .await;
    bureau.push(&mut worker, |p| vec![p.record(at(1, 10), "contact", id(2), doc)]).await;
    let shown = async |phone: &bureau::Phone| {
        let (changes, _) = bureau.pull_all(phone, None).await;
        let text = serde_json::to_string(&changes).unwrap();
        let has = (text.contains(SAID), text.contains("还是不满"));
        assert!(text.contains(&id(2).to_string()), "the visit itself is seen");
        has
    };
    assert_eq!((shown(&worker).await, shown(&reviewer).await), ((false, false), (true, false)));
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    for table in ["record", "op", "contact", "contact_entry"] {
        let sql = sqlx::AssertSqlSafe(format!("select * from {table}"));
        let rows = sqlx::query(sql).fetch_all(&mut *conn).await.unwrap();
        for row in rows {
            for column in 0..sqlx::Row::len(&row) {
                let text = sqlx::Row::try_get::<Option<String>, _>(&row, column).ok().flatten().unwrap_or_default();
                assert!(!text.contains(SAID), "{table}");
            }
        }
    }
    let amend =
        |set: Value| Act::Amend { set: bureau::fields(set), sealed: Default::default(), reason: "补充".into() };
    // The mask comes back as it was shown: the text behind it stays.
    bureau
        .push(&mut worker, |p| vec![p.op(at(2, 9), "contact", id(2), amend(json!({ "thoughts": "***", "note": "x" })))])
        .await;
    assert_eq!(shown(&reviewer).await, (true, false));
    bureau
        .push(&mut worker, |p| vec![p.op(at(3, 9), "contact", id(2), amend(json!({ "thoughts": "还是不满" })))])
        .await;
    assert_eq!((shown(&worker).await, shown(&reviewer).await), ((false, false), (false, true)));
}
