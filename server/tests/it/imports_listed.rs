//! Sheets of units and of basis persons: each row found by its name where it lies, doubted where one of the name lies
//! elsewhere, written out and brought in again without a change, and taken back.

use bianfang_server::import::RowChoice;
use bianfang_sheets::Ledger;
use serde_json::json;

use crate::bureau::{Bureau, Phone, VILLAGE_A1, VILLAGE_A2, at, id};
use crate::export::{full, records};
use crate::imports::{codes, importer, outcomes, target, whole_of};
use crate::on_both_databases;

on_both_databases!(units_come_in_are_compared_and_go_out_again, a_basis_person_belongs_to_the_household_of_the_head,);

const UNITS: &str = "乡镇,村,单位名称,单位类别,联系人,联系电话,用人需求,备注,法人\n";

async fn units_come_in_are_compared_and_go_out_again(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let sheet = format!(
        "{UNITS}a0,a1,红星面粉厂,企业,赵厂长,0476-6543210,保安两名,国企,钱五\na0,a2,驻军一,部队,,,,,\na0,,镇敬老院,用人单位,,,,,\n"
    );
    let (_, seen) = whole_of(&importer, Ledger::Units, &sheet).await;
    assert_eq!(outcomes(&seen), vec!["new"; 3], "{:?}", seen[0].verdict.notes);
    let mill = bureau.see_whole(target(&seen[0])).await;
    assert_eq!((mill.value("division"), mill.value("unit_kind")), (&json!(id(VILLAGE_A1)), &json!("EMPLOYER")));
    assert_eq!(mill.value("extra"), &json!({ "法人": "钱五" }));
    let told = serde_json::to_string(&mill).unwrap();
    assert!(!told.contains("6543210"), "a telephone is sealed: {told}");
    assert_eq!(outcomes(&whole_of(&importer, Ledger::Units, &sheet).await.1), vec!["unchanged"; 3]);

    // Written out in full and read again it says the same.
    let out = records(&bureau, &Phone::clerk(0), &full("units")).await;
    assert_eq!(out.len(), 3, "{out:?}");
    let first = out.iter().find(|row| row["单位名称"] == "红星面粉厂").unwrap();
    assert_eq!((first["乡镇"].as_str(), first["村"].as_str(), first["单位类别"].as_str()), ("a0", "a1", "用人单位"));
    assert!(
        first["联系电话"].contains("6543210") && first["用人需求"] == "保安两名" && first["法人"] == "钱五",
        "{first:?}"
    );
    let line = |row: &std::collections::BTreeMap<String, String>| {
        let of = |name: &str| row.get(name).cloned().unwrap_or_default();
        ["乡镇", "村", "单位名称", "单位类别", "联系人", "联系电话", "用人需求", "备注", "法人"].map(of).join(",")
    };
    let again: String = out.iter().map(|row| format!("{}\n", line(row))).collect();
    let again = whole_of(&importer, Ledger::Units, &format!("{UNITS}{again}")).await.1;
    assert_eq!(outcomes(&again), vec!["unchanged"; 3], "{:?}", again[0].verdict.notes);

    // What it adds is added, what it says otherwise is asked, one of the name elsewhere is asked, and nothing is overwritten.
    let more = format!(
        "{UNITS}a0,a1,红星面粉厂,企业,,,保安三名,,\na0,a2,红星面粉厂,企业,,,,,\na0,a1,新厂,企业,,,,,\na0,a1,新厂,企业,,,,,\na0,a1,无类别厂,,,,,,\n"
    );
    let seen = whole_of(&importer, Ledger::Units, &more).await.1;
    assert_eq!(outcomes(&seen)[1..], ["doubtful", "new", "doubtful", "refused"]);
    assert!(codes(&seen[1]).contains(&("C3".into(), "listed_elsewhere".into())), "{:?}", codes(&seen[1]));
    assert!(codes(&seen[3]).contains(&("C5".into(), "listed_above".into())), "{:?}", codes(&seen[3]));
    assert_eq!(seen[1].verdict.candidates, [mill.id]);
}

async fn a_basis_person_belongs_to_the_household_of_the_head(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let mut clerk = Phone::clerk(0);
    let home = json!({ "head_name": "王大", "division": id(VILLAGE_A1), "address": "一组1号" });
    bureau.push(&mut clerk, |p| vec![p.record(at(1, 8), "household", id(0x50), home)]).await;
    let header = "乡镇,村,户主姓名,姓名,类别,证件编号,入伍时间,退役时间,去世日期\n";
    let sheet = format!("{header}a0,a1,王大,王小军,现役,,2022-09,,\na0,a2,李大,李烈,烈士,烈字1号,,,1979-02-20\n");
    let (plan, seen) = whole_of(&importer, Ledger::BasisPersons, &sheet).await;
    assert_eq!(outcomes(&seen), ["new", "new"], "{:?}", seen[0].verdict.notes);
    let soldier = bureau.see(0, target(&seen[0])).await.unwrap();
    assert_eq!((soldier.value("household"), soldier.value("basis")), (&json!(id(0x50)), &json!("SERVING")));
    let martyr = bureau.see(0, target(&seen[1])).await.unwrap();
    assert_eq!(martyr.value("division"), &json!(id(VILLAGE_A2)), "no household of this head: with the village");
    assert!(codes(&seen[1]).contains(&("C3".into(), "head_unknown".into())), "{:?}", codes(&seen[1]));
    assert_eq!(outcomes(&whole_of(&importer, Ledger::BasisPersons, &sheet).await.1), ["unchanged", "unchanged"]);
    let out = records(&bureau, &Phone::clerk(0), &full("basis_persons")).await;
    let told = |row: usize| ["户主姓名", "姓名", "证件编号", "入伍时间"].map(|name| out[row][name].clone());
    let mut told = [told(0), told(1)];
    told.sort();
    assert_eq!(
        told,
        [["", "李烈", "烈字1号", ""], ["王大", "王小军", "", "2022-09"]].map(|row| row.map(str::to_owned))
    );

    // He came home: another sort of the same name is asked, and not a second man.
    let home = format!("{header}a0,a1,王大,王小军,退役,,2022-09,2024-09,\n");
    let (later, seen) = whole_of(&importer, Ledger::BasisPersons, &home).await;
    assert_eq!((outcomes(&seen), seen[0].verdict.candidates.as_slice()), (vec!["doubtful"], [soldier.id].as_slice()));
    importer.decide(later.id, &[(1, RowChoice::SameAs(soldier.id))]).await.unwrap();
    importer.apply(later.id, |_, _| ()).await.unwrap();
    let now = bureau.see(0, soldier.id).await.unwrap();
    assert_eq!((now.value("basis"), now.value("discharged")), (&json!("VETERAN"), &json!("2024-09")));
    importer.undo(later.id, |_, _| ()).await.unwrap();
    assert_eq!(bureau.see(0, soldier.id).await.unwrap().value("basis"), "SERVING");
    importer.undo(plan.id, |_, _| ()).await.unwrap();
    assert!(bureau.see(0, martyr.id).await.unwrap().value("removed").is_string());
    assert_eq!(outcomes(&whole_of(&importer, Ledger::BasisPersons, &sheet).await.1), ["new", "new"]);
}
