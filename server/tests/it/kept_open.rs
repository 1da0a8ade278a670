//! Id numbers and bank cards of anybody, in every field of every kind and in every act that says why, come in by a phone and by
//! a sheet, and are nowhere kept: in no row of any table, no file of the database, no answer, page or export.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use bianfang_domain::codes::Codes;
use bianfang_domain::decision::Verdict;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::op::Act;
use bianfang_law::county::Phone;
use bianfang_law::open::{LINE, acts, documents, laid_open, lies_open};
use bianfang_server::export::ledger;
use bianfang_server::feed;
use bianfang_server::import::assumed;
use bianfang_server::write;
use bianfang_sheets::{Ledger, read_upload};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Column, Row};
use uuid::Uuid;

use crate::bureau::Bureau;
use crate::export;
use crate::imports::{importer, rows, whole_of};
use crate::imports_http::{call, clerk};
use crate::law::pushed::Pushed;
use crate::world::World;
use crate::{on_both, on_both_databases};

/// An id number that is none of anybody's: its area was never assigned.
const NUMBER: &str = "990000196001010013";

on_both!(no_log_shows_any);

on_both_databases!(
    what_is_written_in_any_field_of_any_kind_lies_open_nowhere,
    what_a_sheet_brings_in_any_cell_lies_open_nowhere,
);

async fn tables(bureau: &Bureau) -> Vec<String> {
    let pool = bureau.db.pool();
    let lite = "select cast(name as text) from sqlite_master where type = 'table'";
    let big = "select cast(table_name as text) from information_schema.tables where table_schema = current_schema()";
    let found = match sqlx::query_scalar(lite).fetch_all(pool).await {
        Ok(found) => found,
        Err(_) => sqlx::query_scalar(big).fetch_all(pool).await.unwrap(),
    };
    assert!(found.len() > 20, "{found:?}");
    found
}

fn texts(row: &AnyRow) -> Vec<(String, String)> {
    let text = |at: usize| {
        let text = row.try_get::<Option<String>, _>(at).ok().flatten();
        text.or_else(|| {
            let bytes = row.try_get::<Option<Vec<u8>>, _>(at).ok().flatten();
            bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        })
    };
    row.columns().iter().filter_map(|column| Some((column.name().to_owned(), text(column.ordinal())?))).collect()
}

/// Every text of every row of every table, and the bytes of the database's own files.
async fn nothing_lies_open(bureau: &Bureau) {
    let mut read = 0;
    for table in tables(bureau).await {
        let all = sqlx::query(AssertSqlSafe(format!("select * from {table}"))).fetch_all(bureau.db.pool()).await;
        // A type that the driver cannot read is none of ours (the list of migrations).
        let Ok(all) = all else { continue };
        for (column, text) in all.iter().flat_map(texts) {
            read += 1;
            assert_eq!(lies_open(&text), None, "{table}.{column}: {text}");
        }
    }
    assert!(read > 1_000, "{read}");
    for file in std::fs::read_dir(bureau.dir.path()).unwrap().map(|file| file.unwrap().path()) {
        let Some(bytes) = file.is_file().then(|| std::fs::read(&file).unwrap()) else { continue };
        assert_eq!(lies_open(&String::from_utf8_lossy(&bytes)), None, "{}", file.display());
    }
}

async fn no_export_shows_any(bureau: &Bureau) {
    for ledger in ledger::ALL {
        let rows = export::rows(bureau, &crate::bureau::Phone::clerk(0), &export::full(ledger.name())).await;
        assert_eq!(lies_open(&format!("{rows:?}")), None, "{}", ledger.name());
    }
}

async fn what_is_written_in_any_field_of_any_kind_lies_open_nowhere(bureau: Bureau) {
    let county = Pushed::founded(&bureau, "open".to_owned()).await;
    let known = documents();
    let missing: Vec<&str> =
        kind::ALL.iter().map(|kind| kind.name()).filter(|name| !known.contains_key(*name)).collect();
    assert!(missing.is_empty(), "no document of {missing:?}");
    let mut stood: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (n, kind) in kind::ALL.iter().enumerate() {
        for (who, mut phone) in
            [Phone::clerk(), Phone::admin(), Phone::worker(1, bianfang_law::county::VILLAGE_A1)].into_iter().enumerate()
        {
            phone.actor.installation = Uuid::from_u128(0xF000 + (n * 10 + who) as u128);
            let (mut ops, mut fields) = (Vec::new(), Vec::new());
            for (at, (field, doc)) in laid_open(*kind, &known[kind.name()]).into_iter().enumerate() {
                let target = RecordId(Uuid::from_u128(0xF_0000_0000 + (n * 100_000 + who * 10_000 + at) as u128));
                let act = Act::Record { fields: doc, sealed: Default::default() };
                ops.push(phone.op(bianfang_law::county::at(30, 9), kind.name(), target, act).op);
                fields.push(field);
            }
            for act in acts() {
                ops.push(phone.op(bianfang_law::county::at(30, 10), kind.name(), ops[0].target, act).op);
                fields.push("reason");
            }
            for (part, names) in ops.chunks(150).zip(fields.chunks(150)) {
                let answers = write::push(county.desk(), &phone.actor, part).await.unwrap().answers;
                assert_eq!(lies_open(&serde_json::to_string(&answers).unwrap()), None);
                for (answer, field) in answers.iter().zip(names) {
                    assert!(!answer.hidden.is_empty(), "{} {field} is told", kind.name());
                    if answer.verdict != Verdict::Refused {
                        stood.entry(kind.name()).or_default().insert(*field);
                    }
                }
            }
            let page = feed::pull(county.desk(), &phone.actor, None).await.unwrap();
            assert_eq!(lies_open(&serde_json::to_string(&page).unwrap()), None);
        }
    }
    let unwritten: Vec<&str> =
        kind::ALL.iter().map(|kind| kind.name()).filter(|name| !stood.contains_key(name)).collect();
    assert!(unwritten.is_empty(), "nothing of {unwritten:?} was taken");
    assert!(stood["person"].len() > 20 && stood["contact"].len() > 10, "{stood:?}");
    nothing_lies_open(&bureau).await;
    let (desk, clerk) = (county.desk(), Phone::clerk().actor);
    for ledger in ledger::ALL {
        let file = export::taken(desk, &clerk, &export::full(ledger.name()), bureau.dir.path()).await.unwrap();
        assert_eq!(lies_open(&format!("{:?}", export::book(&file).0)), None, "{}", ledger.name());
    }
}

async fn what_a_sheet_brings_in_any_cell_lies_open_nowhere(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let rest = [
        "性别",
        "民族",
        "现居住地址",
        "户主姓名",
        "联系电话",
        "人员类别",
        "立功受奖情况",
        "工作单位",
        "备注",
        "开户行",
        LINE,
    ];
    let header: Vec<String> = ["姓名", "乡镇", "村"].into_iter().chain(rest).map(quoted).collect();
    let mut text = header.join(",") + "\n";
    for (at, _) in rest.iter().enumerate() {
        let cells: Vec<String> =
            (0..rest.len()).map(|cell| if cell == at { quoted(LINE) } else { String::new() }).collect();
        text += &format!(
            "张{},a0,a1,{}\n",
            ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬"][at],
            cells.join(",")
        );
    }
    text += &format!("{},a0,a1,{}\n张末,{},a1\n", quoted(&format!("张十三{LINE}")), quoted(LINE), quoted(LINE));
    let name = format!("{LINE}.csv");
    let upload =
        read_upload(Ledger::People, (&name, text.as_bytes()), (None, &Codes::default(), crate::bureau::day(60)));
    let upload = upload.unwrap();
    let told: BTreeSet<&str> = upload
        .lines
        .iter()
        .flat_map(|line| &line.notes)
        .filter(|note| note.code == "number_masked")
        .map(|note| &note.at[..1])
        .collect();
    for column in ["A", "F", "L", "M", "N"] {
        assert!(told.contains(column), "{column}: {told:?}");
    }
    let plan = importer.dry_run(Ledger::People, (upload, assumed::usual(Ledger::People)), |_, _| ()).await.unwrap();
    let plan = importer.apply(plan.id, |_, _| ()).await.unwrap();
    let kept = rows(&importer, &plan, bianfang_server::import::WhichRows::All).await;
    assert!(kept.iter().filter(|row| row.verdict.outcome.word() == "new").count() > 5);
    assert_eq!(lies_open(&format!("{plan:?} {kept:?}")), None);
    let visits = format!(
        "走访时间,乡镇,村,对象姓名,走访方式,走访人,生产生活情况,备注,别的\n2026-05-11,a0,a1,张一,入户,{0},{0},{0},{0}\n",
        quoted(LINE)
    );
    whole_of(&importer, Ledger::Visits, &visits).await;
    nothing_lies_open(&bureau).await;
    no_export_shows_any(&bureau).await;
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whatever is logged, down to the last level: numbers that are looked for, written, refused and sent in a sheet.
async fn no_log_shows_any(world: World) {
    let token = clerk(&world).await;
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(bianfang_server::log::filter(Some("trace")))
        .with_writer(move || writer.clone());
    let logging = tracing::subscriber::set_default(subscriber.finish());
    world.get(&format!("/api/v1/people?search={NUMBER}"), &token).await;
    world.get(&format!("/api/v1/people/{NUMBER}"), &token).await;
    let fields = json!({ "suggestion_type": "SUGGESTION", "words": LINE });
    let good = json!({ "kind": "suggestion", "target": Uuid::from_u128(77), "act": "record", "fields": fields });
    let answer = call(&world, &token, ("POST", "/api/v1/records"), good.to_string().into()).await;
    assert_eq!(lies_open(&answer.text), None, "{}", answer.text);
    let bad = json!({ "kind": LINE, "target": LINE, "act": LINE, "fields": { LINE: LINE } });
    call(&world, &token, ("POST", "/api/v1/records"), bad.to_string().into()).await;
    let sheet = format!("姓名,身份证号码,乡镇,村,{LINE}\n张三,{NUMBER},甲镇,东村,{LINE}\n");
    call(&world, &token, ("POST", "/api/v1/imports?ledger=people&name=a.csv"), sheet.into()).await;
    drop(logging);
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.lines().filter(|line| line.contains("/api/v1/")).count() >= 5, "it logs: {text}");
    let shown = text.lines().find(|line| lies_open(line).is_some());
    assert_eq!(shown, None);
}
