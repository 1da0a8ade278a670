//! Accounts from a sheet: who may bring them, that nobody can sign in before they are handed out, that a sheet never changes
//! what somebody may do by itself, and that taking the import back closes them.

use axum::http::StatusCode;
use bianfang_domain::actor::Role;
use serde_json::{Value, json};

use crate::imports_http::{call, clerk, settled};
use crate::on_both;
use crate::world::{Answer, COUNTIES, World};

on_both!(
    accounts_are_made_handed_out_once_and_closed_when_taken_back,
    a_sheet_changes_nobodys_work_without_a_decision,
    only_who_makes_accounts_imports_them_and_only_the_bureau_the_rest,
);

const HEADER: &str = "账号,姓名,角色,辖区,电话,起,止,备注\n";

async fn send(world: &World, token: &str, body: &str) -> Answer {
    let sheet = format!("{HEADER}{body}");
    call(world, token, ("POST", "/api/v1/imports?ledger=staff&name=a.csv"), sheet.into_bytes()).await
}

async fn rows(world: &World, token: &str, import: &Value) -> Vec<Value> {
    let path = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
    world.get(&path, token).await.json()["items"].as_array().unwrap().clone()
}

fn last_code(row: &Value) -> &str {
    row["cells"].as_array().unwrap().last().and_then(|cell| cell["code"].as_str()).unwrap_or_default()
}

async fn apply(world: &World, token: &str, import: &Value) -> Value {
    let id = import["id"].as_str().unwrap();
    let begun = call(world, token, ("POST", &format!("/api/v1/imports/{id}/apply")), Vec::new()).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text);
    settled(world, token, id).await["import"].clone()
}

async fn codes(world: &World, token: &str, import: &Value, body: usize) -> Vec<Value> {
    let path = format!("/api/v1/imports/{}/codes", import["id"].as_str().unwrap());
    let answer = call(world, token, ("POST", &path), vec![b' '; body]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()["accounts"].as_array().unwrap().clone()
}

async fn accounts_are_made_handed_out_once_and_closed_when_taken_back(world: World) {
    clerk(&world).await;
    let admin = world.token(COUNTIES[0], Role::SysAdmin).await;
    let body = "dong,东村员,村站人员,甲镇/东村,13800000001,,,\nzhen,镇审核,乡镇审核,甲镇,,2020-01-01,,\n\
                run,连写,村干部,甲镇东村,,,,\nju,股室,局业务,,,,,\n\
                root,管理,系统管理员,,,,,\nwu,无村,村干部,,,,,\ncuo,错村,村干部,丙镇,,,,\n";
    let import = send(&world, &admin, body).await.json();
    let found = rows(&world, &admin, &import).await;
    let outcomes: Vec<&str> = found.iter().map(|row| row["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["new", "new", "new", "new", "refused", "refused", "refused"], "{found:?}");
    assert_eq!([4, 5, 6].map(|at| last_code(&found[at])), ["admin_by_hand", "scope_missing", "scope_unknown"]);
    assert!(codes(&world, &admin, &import, 0).await.is_empty(), "a dry run makes no account");
    assert_eq!(apply(&world, &admin, &import).await["state"], "APPLIED");

    // Nobody knows a password before they are handed out; then each opens one account, and a code enrols one phone.
    let early = world.sign_in(COUNTIES[0], "dong", "AAAAAAAAAAAAAAAA").await;
    assert_eq!(early.code(), "sign-in-failed");
    let handed = codes(&world, &admin, &import, 1).await;
    let logins: Vec<&str> = handed.iter().map(|one| one["login"].as_str().unwrap()).collect();
    assert_eq!(logins, ["dong", "ju", "run", "zhen"]);
    let dong = world.sign_in(COUNTIES[0], "dong", handed[0]["password"].as_str().unwrap()).await;
    assert_eq!(dong.status, StatusCode::OK, "{}", dong.text);
    let me = world.get("/api/v1/me", dong.json()["access"].as_str().unwrap_or_default()).await;
    assert_eq!(me.json()["role"], "VILLAGE_WORKER", "{} {}", me.text, dong.text);
    let phone = world.enrol(handed[3]["code"].as_str().unwrap(), world.new_id()).await;
    assert_eq!(phone.status, StatusCode::OK, "{}", phone.text);
    // Who is at work is left alone; the others get new ones, and the earlier paper is worth nothing.
    let again = codes(&world, &admin, &import, 2).await;
    let logins: Vec<&str> = again.iter().map(|one| one["login"].as_str().unwrap()).collect();
    assert_eq!(logins, ["ju", "run"]);
    let old = world.sign_in(COUNTIES[0], "ju", handed[1]["password"].as_str().unwrap()).await;
    assert_eq!(old.code(), "sign-in-failed");

    // What is at work is not taken back; accounts that nobody used are closed.
    let undo = |import: &Value| format!("/api/v1/imports/{}/undo", import["id"].as_str().unwrap());
    let rests = call(&world, &admin, ("POST", &undo(&import)), Vec::new()).await.json();
    assert_eq!(rests["begun"], false);
    assert!(rests["dependents"].as_array().unwrap().iter().any(|one| one["why"] == "account"), "{rests}");
    let more = send(&world, &admin, "xin,新人,村干部,甲镇/东村,,,,\n").await.json();
    apply(&world, &admin, &more).await;
    let xin = codes(&world, &admin, &more, 3).await[0]["password"].as_str().unwrap().to_owned();
    assert_eq!(call(&world, &admin, ("POST", &undo(&more)), Vec::new()).await.json()["begun"], true);
    assert_eq!(settled(&world, &admin, more["id"].as_str().unwrap()).await["import"]["state"], "UNDONE");
    assert_eq!(world.sign_in(COUNTIES[0], "xin", &xin).await.code(), "sign-in-failed");
    assert!(codes(&world, &admin, &more, 4).await.is_empty());
    // Corrected, they come again as if they had never been: nobody is asked, and the account opens.
    let right = send(&world, &admin, "xin,新仁,村干部,甲镇,,,,\n").await.json();
    assert_eq!((right["new"].clone(), right["doubtful"].clone()), (json!(1), json!(0)), "{right}");
    apply(&world, &admin, &right).await;
    let handed_again = codes(&world, &admin, &right, 5).await;
    assert_eq!(handed_again[0]["name"], "新仁", "{handed_again:?}");
    let xin = world.sign_in(COUNTIES[0], "xin", handed_again[0]["password"].as_str().unwrap()).await;
    assert_eq!(xin.status, StatusCode::OK, "{}", xin.text);
    // Neither list nor rows nor audit ever told a secret.
    let rows = format!("{:?}", rows(&world, &admin, &import).await);
    let audit = world.token(COUNTIES[0], Role::Auditor).await;
    let audit = world.get("/api/v1/audit", &audit).await.text;
    for one in &handed {
        for secret in ["password", "code"].map(|name| one[name].as_str().unwrap()) {
            assert!(!rows.contains(secret) && !audit.contains(secret));
        }
    }
    assert!(audit.contains("USER_HAND_OUT") && audit.contains("USER_CLOSE"), "{audit}");
}

async fn a_sheet_changes_nobodys_work_without_a_decision(world: World) {
    clerk(&world).await;
    let admin = world.token(COUNTIES[0], Role::SysAdmin).await;
    let first = "dong,东村员,村站人员,甲镇/东村,13800000001,,,\n";
    let import = send(&world, &admin, first).await.json();
    apply(&world, &admin, &import).await;
    let handed = codes(&world, &admin, &import, 0).await;
    let dong = world.sign_in(COUNTIES[0], "dong", handed[0]["password"].as_str().unwrap()).await;
    let token = dong.json()["access"].as_str().unwrap().to_owned();

    let same = send(&world, &admin, first).await.json();
    assert_eq!(same["unchanged"], 1, "{same}");
    let role = "dong,东村员,局业务,甲镇/东村,13800000001,,,\n";
    let raised = send(&world, &admin, role).await.json();
    assert_eq!(raised["doubtful"], 1, "{raised}");
    apply(&world, &admin, &raised).await;
    assert_eq!(world.get("/api/v1/me", &token).await.json()["role"], "VILLAGE_WORKER");
    let row = &rows(&world, &admin, &raised).await[0];
    let take = json!({ "decisions": { row["n"].to_string(): "take" } }).to_string();
    let decisions = format!("/api/v1/imports/{}/decisions", raised["id"].as_str().unwrap());
    assert_eq!(call(&world, &admin, ("POST", &decisions), take.into()).await.status, StatusCode::NO_CONTENT);
    let apply_again = format!("/api/v1/imports/{}/apply", raised["id"].as_str().unwrap());
    // A second apply of one import is another request.
    call(&world, &admin, ("POST", &apply_again), b" ".to_vec()).await;
    settled(&world, &admin, raised["id"].as_str().unwrap()).await;
    assert_eq!(world.get("/api/v1/me", &token).await.json()["role"], "SECTION_CLERK");
}

async fn only_who_makes_accounts_imports_them_and_only_the_bureau_the_rest(world: World) {
    let token = clerk(&world).await;
    let admin = world.token(COUNTIES[0], Role::SysAdmin).await;
    let body = "dong,东村员,村站人员,甲镇/东村,,,,\n";
    assert_eq!(send(&world, &token, body).await.code(), "forbidden");
    let people = ("POST", "/api/v1/imports?ledger=people&name=a.csv");
    assert_eq!(call(&world, &admin, people, "姓名,村\n张三,东村\n".into()).await.code(), "forbidden");
    let import = send(&world, &admin, body).await.json();
    let path = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
    assert_eq!(world.get(&path, &token).await.code(), "not-found");
    assert_eq!(world.get("/api/v1/imports", &token).await.json(), json!([]));
    assert_eq!(world.get("/api/v1/imports", &admin).await.json().as_array().unwrap().len(), 1);
    assert_eq!(call(&world, &token, ("POST", &format!("{path}/codes")), Vec::new()).await.code(), "forbidden");
    assert_eq!(world.get("/api/v1/import_mappings/staff", &token).await.code(), "not-found");
    assert_eq!(world.get("/api/v1/import_mappings/people", &token).await.status, StatusCode::OK);
}
