//! Story 30: ten people in two lists side by side, a hidden sheet, a formula that nobody computed, and a text whose quotation mark
//! is never closed: whoever is not read is named, and no id number of one person lies in the remark of another.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::path::Path;

use bianfang_county::county;
use bianfang_e2e::Console;
use serde_json::Value;

use crate::town::Town;

/// Of 赵一, and in the remark of 陈七.
const NUMBER: &str = "990101196001010015";

fn cell(text: &str) -> String {
    match text {
        "" => "<c/>".to_owned(),
        text if text.starts_with('=') => format!("<c><f>{}</f></c>", &text[1..]),
        text => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    }
}

fn sheet(rows: &[Vec<&str>]) -> String {
    let row = |cells: &Vec<&str>| format!("<row>{}</row>", cells.iter().map(|text| cell(text)).collect::<String>());
    format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.iter().map(row).collect::<String>())
}

fn book(shown: &str, hidden: &str) -> Vec<u8> {
    let parts = [
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><sheets><sheet name="名单" r:id="s1"/><sheet name="旧名单" state="hidden" r:id="s2"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="s1" Type="x/worksheet" Target="worksheets/1.xml"/><Relationship Id="s2" Type="x/worksheet" Target="worksheets/2.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/1.xml", shown),
        ("xl/worksheets/2.xml", hidden),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Two rows with an empty column between them.
fn beside<'a>(left: &[&'a str], right: &[&'a str]) -> Vec<&'a str> {
    [left, &[""], right].concat()
}

fn names(page: &Value) -> BTreeSet<&str> {
    page["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

async fn written(clerk: &Console, import: &Value) {
    let path = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
    clerk.post(&format!("{path}/apply"), &Value::Null).await.unwrap();
    for _ in 0..200 {
        if clerk.get(&path).await.unwrap()["import"]["state"] == "APPLIED" {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the import is not written");
}

/// Files below a folder that hold these bytes.
fn holding(folder: &Path, sought: &[u8]) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path() {
            path if path.is_dir() => found.extend(holding(&path, sought)),
            path => found.extend(
                std::fs::read(&path)
                    .ok()
                    .filter(|bytes| bytes.windows(sought.len()).any(|window| window == sought))
                    .map(|_| path),
            ),
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_read_is_named_and_no_number_lies_in_anothers_remark() {
    let town = Town::new().await;
    let clerk = town.bureau.console("clerk").await.unwrap();
    let place = county().unwrap();
    let (township, village) = (place.townships[0].name.as_str(), place.townships[0].villages[0].name.as_str());
    let head = ["姓名", "身份证号码", "乡镇", "村", "备注"];
    let person = |name, number, village, note| vec![name, number, township, village, note];
    let left = [
        person("赵一", NUMBER, village, ""),
        person("钱二", "", "=B9", "村是算出来的"),
        person("孙三", "", village, ""),
        person("李四", "", village, ""),
        person("周五", "", village, ""),
    ];
    let right = [
        person("吴六", "", village, ""),
        person("陈七", "", village, "身份证990101196001010015由妻子代管"),
        person("郑八", "", village, ""),
        person("王九", "", village, ""),
        person("冯十", "", village, ""),
    ];
    let mut rows = vec![beside(&head, &head)];
    rows.extend(left.iter().zip(&right).map(|(left, right)| beside(left, right)));
    let old = [head.to_vec(), person("褚旧", "", village, ""), person("卫旧", "", village, "")];
    let import = clerk.send_sheet("people", "两列名单.xlsx", book(&sheet(&rows), &sheet(&old))).await.unwrap();
    let page = clerk.get(&format!("/api/v1/imports/{}", import["id"].as_str().unwrap())).await.unwrap();
    let everybody = BTreeSet::from(["赵一", "钱二", "孙三", "李四", "周五", "吴六", "陈七", "郑八", "王九", "冯十"]);
    assert_eq!(names(&page), everybody, "each of the ten is a row");
    let sheets = page["sheets"].as_array().unwrap();
    assert_eq!((&sheets[0]["read"], &sheets[0]["left_out"]), (&10.into(), &0.into()), "{sheets:?}");
    assert_eq!(sheets[0]["places"].as_array().unwrap().len(), 2, "two tables: {sheets:?}");
    assert_eq!((&sheets[1]["sheet"], &sheets[1]["left_out"]), (&"旧名单".into(), &2.into()));
    assert!(sheets[1]["why"].as_str().unwrap().contains("隐藏"), "{sheets:?}");
    let refused = page["items"].as_array().unwrap().iter().find(|row| row["outcome"] == "refused").unwrap();
    assert_eq!((&refused["name"], &refused["row"]), (&"钱二".into(), &3.into()));
    assert!(refused["cells"].to_string().contains("公式没有算出的值"), "{refused}");
    assert!(page.to_string().contains("number_masked"), "it is told that a number was masked: {page}");
    assert!(!page.to_string().contains(NUMBER));
    written(&clerk, &import).await;
    for name in everybody.into_iter().filter(|name| *name != "钱二") {
        let found = clerk.get(&format!("/api/v1/people?search={name}")).await.unwrap();
        assert_eq!(found["rows"].as_array().unwrap().len(), 1, "{name}: {found}");
        let id = found["rows"][0]["id"].as_str().unwrap();
        let told = clerk.get(&format!("/api/v1/people/{id}")).await.unwrap().to_string();
        assert!(!told.contains(NUMBER), "{name}");
        assert_eq!(told.contains("由妻子代管"), name == "陈七", "the rest of the remark stays: {told}");
    }
    // The text: who stands on the line of the open quotation mark is read too, with a remark.
    let text = format!(
        "姓名,乡镇,村,备注\n蒋甲,{township},{village},\n沈乙,{township},{village},\"住村东\n韩丙,{township},{village},\n"
    );
    let import = clerk.send_sheet("people", "名单.csv", text.into_bytes()).await.unwrap();
    let page = clerk.get(&format!("/api/v1/imports/{}", import["id"].as_str().unwrap())).await.unwrap();
    assert_eq!(names(&page), BTreeSet::from(["蒋甲", "沈乙", "韩丙"]));
    assert!(page.to_string().contains("引号没有配对"), "{page}");
    written(&clerk, &import).await;
    let held = holding(&town.bureau.data(), NUMBER.as_bytes());
    assert_eq!(held, Vec::<std::path::PathBuf>::new(), "the number lies open in no file of the server");
}
