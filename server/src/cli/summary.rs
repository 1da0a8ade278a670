//! What an import comes to, on a terminal: what must be known first, sheet by sheet how much was read, then why rows wait or were
//! left out, each reason with its first cells.

use std::path::Path;

use bianfang_sheets::Weight;

use crate::commands::import::Imported;
use crate::import::{Counts, ReasonView, SheetView};

/// Prints it.
pub(super) fn print(done: &Imported, report: Option<&Path>) {
    let told = &done.told;
    for alarm in &told.alarms {
        println!("! {}", alarm.message);
    }
    for sheet in &told.sheets {
        println!("{}", one(sheet));
    }
    let Counts { rows, new, update, unchanged, doubtful, refused, .. } = done.counts;
    println!("共 {rows} 行：新增 {new}，更新 {update}，无变化 {unchanged}，待核 {doubtful}，不导入 {refused}");
    println!("{rows} rows: {new} new, {update} update, {unchanged} unchanged, {doubtful} doubtful, {refused} refused");
    let (decisive, notes): (Vec<&ReasonView>, Vec<&ReasonView>) =
        told.reasons.iter().partition(|reason| reason.weight > Weight::Note);
    for reason in decisive {
        let what = if reason.weight == Weight::Refusal { "不导入 / refused" } else { "待核 / doubtful" };
        println!("  {what} {} 行 / rows: {} ({})", reason.rows, reason.message, reason.first.join(", "));
    }
    if !notes.is_empty() {
        let rows: u64 = notes.iter().map(|reason| reason.rows).sum();
        println!("  另有 {rows} 处只是统一了写法或补充说明 / {rows} more only tell what was brought to one form:");
        for reason in notes {
            println!("    {} {} ({})", reason.rows, reason.message, reason.first.join(", "));
        }
    }
    for open in done.asked.iter().filter(|asked| asked.answer.is_none()) {
        let (zh, en, name, usual) = (&open.zh, &open.en, &open.name, &open.proposed);
        println!("{} 行待定 / rows wait: {zh} / {en}: --assume {name}={usual}", open.rows);
    }
    for place in told.places.iter().filter(|place| place.rows > 0) {
        let (written, rows, answer) = (&place.written, place.rows, &place.answer);
        let near = place.nearest.first().map_or("乡镇/村", |near| near.name.as_str());
        println!(
            "{rows} 行的村不在系统里 / rows name a place that is not in the register: {written}: --assume {answer}={near}"
        );
    }
    match report {
        Some(path) => println!("已写出带结果的表格 / the marked sheet: {}", path.display()),
        None if doubtful + refused > 0 => {
            println!("加 --report 文件.xlsx 得到标好结果的表格 / --report FILE.xlsx gives the sheet back with marks");
        }
        None => {}
    }
}

fn one(sheet: &SheetView) -> String {
    let name = if sheet.sheet.is_empty() { "表格" } else { &sheet.sheet };
    let SheetView { places, read, left_out, doubtful, refused, why, .. } = sheet;
    match why {
        Some(why) => format!("{name}: {left_out} 行未读 / rows not read: {why}"),
        None => format!(
            "{name} {}: 读取 {read} 行，其中待核 {doubtful}，不导入 {refused}；未读 {left_out} 行 / {read} rows read, of them {doubtful} doubtful, {refused} refused; {left_out} left out",
            places.join("、")
        ),
    }
}
