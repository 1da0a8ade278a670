//! Two rows that look the same are one person, whatever characters nobody sees or tells apart stand in them.

use bianfang_domain::actor::Actor;
use bianfang_server::county::tree::Tree;
use bianfang_server::lists::paging::Search;
use bianfang_server::lists::people;
use bianfang_sheets::Ledger;

use crate::bureau::{Bureau, COUNTIES, Phone, VILLAGE_A1, id};
use crate::imports::{codes, importer, number, outcomes, target, whole_of};
use crate::on_both_databases;

on_both_databases!(
    twins_in_look_alikes_and_marks_are_one_person,
    without_a_number_a_look_alike_is_a_doubt_and_never_a_second_person,
    another_name_at_one_telephone_birth_and_village_is_a_doubt,
    whoever_is_looked_for_is_found_in_any_characters,
);

const HEADER: &str = "姓名,身份证号码,出生年月,现居住地址,乡镇(街道),村(社区),联系电话,户主姓名\n";

async fn twins_in_look_alikes_and_marks_are_one_person(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let usual = format!("{HEADER}高䶮,{},,,a0,a1,13800000001,\n买买提·吐尔逊,{},,,a0,a1,,高䶮\n", number(0), number(1));
    let (_, rows) = whole_of(&importer, Ledger::People, &usual).await;
    assert_eq!(outcomes(&rows), ["new", "new"]);
    let odd = format!(
        "{HEADER}\u{2fbc}\u{e863},\u{202d}{}\u{202c},,,\u{2060}a0,a\u{200b}1,\u{202d}138\u{ad}00000001\u{202c},\n\
         买买提 吐尔逊,{},,,a0,a1\u{fe0f},,\u{2fbc}\u{e863}\n",
        number(0),
        number(1).replace("1960", "\u{2011}1960\u{2011}")
    );
    let (_, again) = whole_of(&importer, Ledger::People, &odd).await;
    assert_eq!(outcomes(&again), ["unchanged", "unchanged"], "{:?}", again[0].verdict.notes);
    assert_eq!([target(&again[0]), target(&again[1])], [target(&rows[0]), target(&rows[1])]);
    let told = codes(&again[0]);
    for (cell, code) in
        [("A2", "look_alike"), ("B2", "invisible_mark"), ("E2", "invisible_mark"), ("F2", "invisible_mark")]
    {
        assert!(told.contains(&(cell.into(), code.into())), "{cell} {code}: {told:?}");
    }
}

async fn without_a_number_a_look_alike_is_a_doubt_and_never_a_second_person(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let rows = format!(
        "{HEADER}\u{2fbc}\u{e863},,1950-03-12,,a0,a1,,\n买买提·吐尔逊,,1950-03-12,,a0,a1,,\n高䶮,,1950-03-12,,a0,a1,,\n\
         买买提吐尔逊,,1950-03-12,,a0,a1,,\n"
    );
    let (_, rows) = whole_of(&importer, Ledger::People, &rows).await;
    assert_eq!(outcomes(&rows), ["new", "new", "doubtful", "doubtful"], "in one sheet");
    assert_eq!(bureau.see(0, target(&rows[0])).await.unwrap().value("name"), "高䶮", "kept in usual characters");
    let later = format!("{HEADER}高\u{fe00}䶮,,1950-03,甲组1号,a0,a1,,\n买买提 吐尔逊,,1950,甲组2号,a0,a1,,\n");
    let (_, later) = whole_of(&importer, Ledger::People, &later).await;
    assert_eq!(outcomes(&later), ["doubtful", "doubtful"], "beside the register");
    assert_eq!(later[0].verdict.candidates, [target(&rows[0])]);
}

async fn another_name_at_one_telephone_birth_and_village_is_a_doubt(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let first = format!("{HEADER}张建国,{},1960-01-01,,a0,a1,13800000001,\n", number(0));
    let (_, first) = whole_of(&importer, Ledger::People, &first).await;
    let twin = format!("{HEADER}张建军,{},1960-01-01,,a0,a1,13800000001,\n", number(1));
    let (_, twin) = whole_of(&importer, Ledger::People, &twin).await;
    assert_eq!(outcomes(&twin), ["new"], "two id numbers are two people");
    let rows = format!(
        "{HEADER}章健国,,1960-01-01,,a0,a1,138 0000 0001,\n赵六,,1960-01-01,,a0,a2,13800000001,\n\
         王五,,1970-02-02,,a0,a1,13800000002,\n王伍,,1970-02-02,,a0,a1,13800000002,\n"
    );
    let (_, rows) = whole_of(&importer, Ledger::People, &rows).await;
    assert_eq!(outcomes(&rows), ["doubtful", "new", "new", "doubtful"]);
    for row in [&rows[0], &rows[3]] {
        assert!(codes(row).iter().any(|(_, code)| code == "other_name"), "{:?}", row.verdict.notes);
    }
    assert!(rows[0].verdict.candidates.contains(&target(&first[0])));
}

async fn whoever_is_looked_for_is_found_in_any_characters(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let usual = format!("{HEADER}高䶮,{},,,a0,a1,,\n买买提·吐尔逊,{},,,a0,a1,,\n", number(0), number(1));
    let (_, rows) = whole_of(&importer, Ledger::People, &usual).await;
    let caller: Actor = Phone::clerk(0).actor;
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let tree = Tree::load(conn, COUNTIES[0]).await.unwrap();
    let marked = format!("\u{202d}{}\u{202c}", number(0));
    for (text, who) in
        [("\u{2fbc}\u{e863}", 0), ("高\u{2060}䶮", 0), (marked.as_str(), 0), ("买买提 吐尔逊", 1), ("提吐尔", 1)]
    {
        let search = Search { text, divisions: vec![id(VILLAGE_A1)], ..Search::default() };
        let page = people::page(bureau.desk(0), conn, (&caller, &tree), search).await.unwrap();
        let found: Vec<_> = page.rows.iter().map(|row| row.id).collect();
        assert_eq!(found, [target(&rows[who]).0], "{text:?}");
    }
}
