//! 退役军人花名册

use bianfang_domain::form::Form;
use bianfang_domain::id_number::{IdNumber, Sex};
use bianfang_domain::kind::{self, Field};
use serde_json::json;

use super::{Cells, LedgerRow};
use crate::note::NoteCode;
use crate::table::{Ledger, LedgerTable, SheetField, number, township, village};
use crate::value::SheetDate;
use crate::write::Holds;

/// Its columns.
#[must_use]
pub fn table() -> LedgerTable {
    table_of(kind::by_name("person").map(|kind| kind.fields()).unwrap_or_default())
}

/// Its columns over some fields of a person: the usual ones (product.md, "Sheets as they come"), then every other field that
/// sheets have a name for, the remark last.
#[must_use]
pub fn table_of(fields: &[Field]) -> LedgerTable {
    let of = |name: &str| {
        fields.iter().find(|field| field.name == name).map_or(SheetField::own("", Form::Any, &[]), SheetField::of)
    };
    let mut columns = vec![
        number(),
        of("name").usual(8.0),
        of("sex").usual(4.0),
        of("ethnicity").usual(5.0),
        of("id_number").usual(19.0),
        of("birth").usual(10.5),
        of("politics").usual(6.0),
        of("registered_address").usual(16.0),
        of("address").usual(16.0),
        township("乡镇(街道)", 8.0),
        village("村(社区)", 9.0),
        of("phones").usual(12.0),
        of("enlisted").usual(10.5),
        of("discharged").usual(10.5),
        of("categories").beside(&["CATEGORY"], &["PREF"]).usual(9.0),
        of("placement_kind").usual(8.0),
        of("merits").usual(9.0),
        of("disability_grade").usual(6.0),
        of("combat").usual(6.0),
        of("categories").key("preferential").beside(&["PREF"], &["CATEGORY"]).usual(9.0).headers(&[
            "优抚类别",
            "优抚对象类别",
            "享受待遇类别",
        ]),
        of("employment_state").usual(7.0),
        of("health").usual(6.0),
        of("low_income").usual(4.5),
        of("card_number").word().usual(12.0).holds(Holds::Digits),
        SheetField::own("plaque", Form::Flag, &["是否悬挂光荣牌", "光荣牌", "是否挂牌", "是否悬挂"])
            .belongs(crate::table::Belongs::Beside)
            .usual(6.0),
        of("contact_staff").usual(8.0),
        // The roster lists the living.
        of("life").read_only(),
        of("died_on").read_only(),
        // Of the household, where a sheet has them: who belongs to one home.
        SheetField::field("household", "head_name").read_only(),
        SheetField::field("household", "household_no").word().read_only(),
    ];
    let further = fields.iter().filter(|field| !field.headers.is_empty() && field.name != "note");
    let further: Vec<SheetField> =
        further.filter(|field| columns.iter().all(|column| column.field != field.name)).map(SheetField::of).collect();
    columns.extend(further);
    columns.push(of("note").usual(12.0));
    LedgerTable { ledger: Ledger::People, columns, needed: &[&["name"], &["village"]], named: "name" }
}

/// What the cells say together.
pub(super) fn finish(cells: &mut Cells<'_, '_>, row: &mut LedgerRow) {
    cells.needs_name("name", row);
    if row.village.is_none() {
        cells.refuse("village", NoteCode::PlaceMissing);
    }
    if let Some(number) = row.text("id_number").and_then(|text| IdNumber::parse(text).ok()) {
        let sex = if number.sex() == Sex::Male { "MALE" } else { "FEMALE" };
        row.fields.entry("sex").or_insert_with(|| json!(sex));
        // The number tells the day where the sheet tells the month; where they differ the sheet's word is kept.
        if let Some(born) = number.birth().and_then(SheetDate::of).map(|born| born.to_string())
            && row.text("birth").is_none_or(|written| born.starts_with(written))
        {
            row.fields.insert("birth".to_owned(), json!(born));
        }
    }
    let note = row.text("note").map(str::to_owned);
    if let Some(note) = note.filter(|note| says_dead(note)) {
        cells.doubt("note", NoteCode::DeceasedListed, &note);
    }
    let died = row.fields.contains_key("died_on");
    if row.text("life") == Some("DECEASED") || died {
        cells.doubt(if died { "died_on" } else { "life" }, NoteCode::DeceasedListed, "");
    }
}

/// A remark that says the person themself died: 配偶已故 says it of another.
fn says_dead(remark: &str) -> bool {
    let of_others =
        ["配偶", "妻", "夫", "父", "母", "子", "女", "兄", "弟", "姐", "妹", "遗属", "战友", "老伴", "未去世"];
    let parts = remark.split(['，', ',', '；', ';', '。', ' ', '、']);
    parts.into_iter().any(|part| {
        let dead = ["已故", "去世", "死亡", "病故", "亡故", "过世"].iter().find_map(|word| part.find(word));
        dead.is_some_and(|at| {
            !of_others.iter().any(|other| part.get(..at).is_some_and(|before| before.contains(other)))
        }) && !part.contains("军人遗属")
    })
}
