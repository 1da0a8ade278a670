//! What is said of a sheet as a whole: how much of each sheet was read, why rows wait, what failed altogether; and the sheet that goes
//! back with what became of each row.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use bianfang_sheets::{Ledger, read_upload};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};

use crate::imports_http::{call, clerk};
use crate::on_both;
use crate::world::World;

on_both!(
    what_was_not_read_why_rows_wait_and_what_failed_altogether_is_said_before_any_row,
    the_sheet_goes_back_as_it_was_with_its_outcomes_and_is_read_again,
    a_village_that_is_not_known_is_chosen_once_for_all_its_rows,
);

/// A list under a merged title, some rows of which are hidden, and an old sheet that is hidden as a whole.
fn book() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("名单").unwrap();
    sheet.merge_range(0, 0, 0, 3, "退役军人名单", &Format::new()).unwrap();
    sheet.write_row(1, 0, ["姓名", "乡镇", "村", "联系电话"]).unwrap();
    let village = |at: u32| if at < 2 { "东村" } else { "南村" };
    for at in 0..8 {
        let name = format!("{}{}", ["张", "王", "李", "赵"][at as usize % 4], ["建国", "秀英"][at as usize / 4]);
        sheet.write_row(2 + at, 0, [name.as_str(), "甲镇", village(at), "12345"]).unwrap();
    }
    sheet.set_row_hidden(9).unwrap();
    let old = book.add_worksheet().set_name("旧表").unwrap().set_hidden(true);
    old.write_row(0, 0, ["姓名", "村"]).unwrap();
    old.write_row(1, 0, ["孙七", "东村"]).unwrap();
    book.save_to_buffer().unwrap()
}

async fn send(world: &World, token: &str) -> String {
    let made = call(world, token, ("POST", "/api/v1/imports?ledger=people&name=a.xlsx&assume=usual"), book()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    made.json()["id"].as_str().unwrap().to_owned()
}

fn codes(list: &Value) -> Vec<(&str, &str, u64)> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| (one["code"].as_str().unwrap(), one["weight"].as_str().unwrap_or(""), one["rows"].as_u64().unwrap()))
        .collect()
}

async fn what_was_not_read_why_rows_wait_and_what_failed_altogether_is_said_before_any_row(world: World) {
    let token = clerk(&world).await;
    let id = send(&world, &token).await;
    let page = world.get(&format!("/api/v1/imports/{id}"), &token).await.json();
    let alarms = [("column_fails", "", 7), ("no_id_column", "", 7), ("villages_unknown", "", 5)];
    let mut found = codes(&page["alarms"]);
    found.sort_unstable();
    assert_eq!(found, alarms, "{}", page["alarms"]);
    assert!(page["alarms"].to_string().contains("D 列按“联系电话”读取"), "{}", page["alarms"]);
    let sheet = |at: usize| {
        let sheet = &page["sheets"][at];
        json!([sheet["sheet"], sheet["places"], sheet["read"], sheet["left_out"], sheet["doubtful"], sheet["refused"]])
    };
    assert_eq!(sheet(0), json!(["名单", ["A2:D10"], 7, 1, 0, 5]));
    assert_eq!(sheet(1), json!(["旧表", [], 0, 1, 0, 0]));
    assert!(page["sheets"][1]["why"].as_str().unwrap().starts_with("隐藏的工作表未导入"), "{}", page["sheets"]);
    let reasons = codes(&page["reasons"]);
    assert_eq!(reasons[0], ("village_unknown", "refusal", 5), "{reasons:?}");
    assert!(reasons.contains(&("phone_invalid", "note", 7)), "{reasons:?}");
    assert_eq!(page["reasons"][0]["first"], json!(["名单!C5", "名单!C6", "名单!C7"]));

    // Rows of one reason; what is said of the whole comes with the first page alone.
    let path = format!("/api/v1/imports/{id}?reason=village_unknown");
    let rows = world.get(&path, &token).await.json();
    let numbers: Vec<u64> = rows["items"].as_array().unwrap().iter().map(|row| row["row"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [5, 6, 7, 8, 9]);
    let next = world.get(&format!("{path}&after=3"), &token).await.json();
    assert_eq!((&next["reasons"], next["items"].as_array().unwrap().len()), (&json!([]), 4));
    let none = world.get(&format!("/api/v1/imports/{id}?reason=known"), &token).await.json();
    assert_eq!(none["items"], json!([]), "a code is not the end of another");
}

async fn the_sheet_goes_back_as_it_was_with_its_outcomes_and_is_read_again(world: World) {
    let token = clerk(&world).await;
    let id = send(&world, &token).await;
    let path = format!("/api/v1/imports/{id}/marked");
    let other = call(&world, &token, ("POST", &path), b"other".to_vec()).await;
    assert_eq!((other.status, other.code().as_str()), (StatusCode::CONFLICT, "import-other-file"));
    let request =
        Request::post(&path).header("authorization", format!("Bearer {token}")).header("idempotency-key", "marked-1");
    let (head, bytes) = world.bytes(request.body(Body::from(book())).unwrap()).await;
    assert_eq!(head.status, StatusCode::OK, "{}", String::from_utf8_lossy(&bytes));
    let read =
        |bytes: &[u8]| read_upload(Ledger::People, ("a.xlsx", bytes), (None, &Codes::default(), Day(20_000))).unwrap();
    let (sent, back) = (read(&book()), read(&bytes));
    assert_eq!(sent.lines, back.lines, "read again it says the same, and what was added is no column of the sheet");
    assert_eq!(sent.sheets, back.sheets);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes[..])).unwrap();
    let mut text = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
    let (texts, comments) = (text("xl/sharedStrings.xml"), text("xl/comments1.xml"));
    for told in ["导入结果", "导入说明", "不导入", "新增", "C5 系统里没有这个村"] {
        assert!(texts.contains(told), "{told}: {texts}");
    }
    assert!(comments.contains("系统里没有这个村") && !comments.contains("电话号码格式"), "{comments}");
}

async fn a_village_that_is_not_known_is_chosen_once_for_all_its_rows(world: World) {
    let token = clerk(&world).await;
    let sheet = "姓名,乡镇,村\n张三,甲镇,东\n李四,甲镇,东\n王五,甲镇,冬村\n赵六,甲镇,西河\n";
    let path = "/api/v1/imports?ledger=people&name=a.csv&assume=usual";
    let made = call(&world, &token, ("POST", path), sheet.as_bytes().to_vec()).await.json();
    let id = made["id"].as_str().unwrap();
    assert_eq!((&made["refused"], &made["new"]), (&json!(4), &json!(0)), "{made}");
    let told = async || world.get(&format!("/api/v1/imports/{id}"), &token).await.json();
    let places = told().await["places"].clone();
    let place = |at: usize| json!([places[at]["written"], places[at]["rows"], places[at]["nearest"][0]["name"]]);
    assert_eq!(place(0), json!(["甲镇/东", 2, "甲镇/东村"]), "{places}");
    assert_eq!(place(1), json!(["甲镇/冬村", 1, "甲镇/东村"]), "one that sounds so");
    assert_eq!(place(2), json!(["甲镇/西河", 1, null]));

    // By its id, as the console does, or by its name.
    let near = places[0]["nearest"][0]["id"].as_str().unwrap();
    let body = json!({ places[0]["answer"].as_str().unwrap(): near, "place:甲镇/冬村": "甲镇/东村" }).to_string();
    let assume = format!("/api/v1/imports/{id}/assumptions");
    let answered = call(&world, &token, ("POST", &assume), body.into_bytes()).await;
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.text);
    assert_eq!((&answered.json()["new"], &answered.json()["refused"]), (&json!(3), &json!(1)));
    let places = told().await["places"].clone();
    let left: Vec<&Value> = places.as_array().unwrap().iter().filter(|place| place["rows"] != json!(0)).collect();
    assert_eq!((left.len(), &left[0]["written"]), (1, &json!("甲镇/西河")), "{places}");
    let chosen: Vec<&Value> =
        places.as_array().unwrap().iter().filter_map(|place| place["chosen"].get("name")).collect();
    assert_eq!(chosen, [&json!("甲镇/东村"), &json!("甲镇/东村")]);
    let begun = call(&world, &token, ("POST", &format!("/api/v1/imports/{id}/apply")), Vec::new()).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text);
    let done = crate::imports_http::settled(&world, &token, id).await;
    assert_eq!(done["import"]["state"], "APPLIED", "{done}");
    let people = world.get("/api/v1/people", &token).await.json();
    assert_eq!(people["rows"].as_array().unwrap().len(), 3, "{people}");
}
