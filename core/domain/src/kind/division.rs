//! Division 区划: county, township, village. The tree that scope and figures hang on; changed by the county only.
//!
//! Borders move by dates. A village that merges into another keeps its record and comes to lie below the other from a
//! day on: people, plaques, stock and workers follow along the tree, and nothing of them is rewritten.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Fault, Field, Flow, Kind, Nature};
use crate::actor::Right;
use crate::document::{Document, id_in, int_in, text_in};
use crate::form::Form;
use crate::id::RecordId;
use crate::link::Link;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::{Input, Reach, World};

/// The kind. Document: {name, level: COUNTY|TOWNSHIP|VILLAGE, parent?, code12?, valid_from?, valid_to?: days (the last it
/// existed), merged_into?, urban_rural?: 111|112|121|122|123|210|220 (城乡分类代码), hidden?: a statistical unit nobody
/// lives in}.
pub struct Division;

/// As deep as scope is followed ([`World::covers`]); no tree of divisions is, also after several merges.
const DEPTH: usize = 8;

/// What a change sets so that a division lies in another from a day on (the op's `since`): 合并.
#[must_use]
pub fn joined(into: RecordId, from: Day) -> Document {
    fields(json!({ "parent": into, "merged_into": into, "valid_to": from.0 - 1 }))
}

/// What undoes it, from a day on: 恢复.
#[must_use]
pub fn parted(parent: RecordId) -> Document {
    fields(json!({ "parent": parent, "merged_into": null, "valid_to": null }))
}

fn fields(value: Value) -> Document {
    if let Value::Object(fields) = value { fields } else { Document::new() }
}

/// What a division lay below, by days: first day, first day after, parent. The first reaches back and the last forward
/// without end.
#[must_use]
pub fn parents(division: &Record) -> Vec<(Day, Day, Option<RecordId>)> {
    let cuts: Vec<Day> = division.cuts("parent").collect();
    let from = [Day::MIN].into_iter().chain(cuts.iter().copied());
    let to = cuts.iter().copied().chain([Day::MAX]);
    let parent = |day| division.value_on("parent", day).as_str().and_then(|id| id.parse().ok());
    from.zip(to).map(|(from, to)| (from, to, parent(from))).collect()
}

/// Whether a division would, on any day from `since` on, lie below itself if it lay below `parent`.
fn turns(id: RecordId, parent: RecordId, since: Day, world: &World) -> bool {
    let (mut above, mut days) = (BTreeSet::from([parent]), BTreeSet::from([since]));
    let mut fresh = vec![parent];
    while let Some(here) = fresh.pop() {
        let spans = world.find(here).filter(|_| here != id).map(parents).unwrap_or_default();
        days.extend(spans.iter().map(|(from, ..)| *from).filter(|from| *from > since));
        fresh.extend(spans.into_iter().filter_map(|(.., parent)| parent).filter(|parent| above.insert(*parent)));
    }
    days.into_iter().any(|day| {
        let mut here = Some(parent);
        for _ in 0..DEPTH {
            let Some(above) = here else { return false };
            if above == id {
                return true;
            }
            let record = world.find(above);
            here = record.and_then(|record| record.value_on("parent", day).as_str()?.parse().ok());
        }
        true
    })
}

/// How far below the county a division's level stands. One that merged lies in another of its own level.
fn depth(doc: &Document) -> i64 {
    match text_in(doc, "level") {
        Some("COUNTY") => 0,
        Some("TOWNSHIP") => 1,
        _ => 2,
    }
}

/// Every field of a division.
pub const FIELDS: &[Field] = &[
    Field::new("name", "名称", "Name", Form::Text).only(Right::County).headers(&[
        "名称",
        "区划名称",
        "name",
        "单位名称",
    ]),
    Field::new("level", "级别", "Level", Form::Code).only(Right::County),
    Field::new("parent", "上级区划", "Above", Form::Id).only(Right::County).dated(),
    Field::new("code12", "区划代码", "Code", Form::Text).only(Right::County).headers(&[
        "区划代码",
        "代码",
        "code",
        "统计用区划代码",
        "行政区划代码",
    ]),
    Field::new("valid_from", "启用时间", "Valid from", Form::Day).only(Right::County).headers(&[
        "有效起",
        "启用时间",
        "有效期起",
        "有效期启用时间",
        "起",
        "成立时间",
    ]),
    // By days like the parent they belong to: a merger told late does not part them.
    Field::new("valid_to", "撤销时间", "Valid to", Form::Day).only(Right::County).dated().headers(&[
        "有效止",
        "撤销时间",
        "有效期止",
        "有效期撤销时间",
        "止",
        "撤并时间",
    ]),
    Field::new("merged_into", "并入", "Merged into", Form::Id).only(Right::County).dated().headers(&[
        "并入",
        "并入村",
        "并入村社区",
        "并入社区",
    ]),
    Field::new("urban_rural", "城乡分类", "Urban or rural", Form::Any).only(Right::County),
    Field::new("hidden", "虚拟区划", "Statistical unit", Form::Flag).only(Right::County),
    Field::new("note", "备注", "Note", Form::Text).only(Right::County).headers(super::person::fields::NOTE),
];

impl Kind for Division {
    fn name(&self) -> &'static str {
        "division"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn flow(&self) -> Flow {
        Flow::Down
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    /// The same list of divisions, read again, is the same divisions.
    fn derives(&self, _id: RecordId, _doc: &Document) -> bool {
        true
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "name").ok_or_else(|| Fault::missing("name"))?;
        let (from, to) = (int_in(doc, "valid_from"), int_in(doc, "valid_to"));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err(Fault::malformed("valid_to"));
        }
        if id_in(doc, "merged_into").is_some() && to.is_none() {
            return Err(Fault::missing("valid_to"));
        }
        match text_in(doc, "level") {
            Some("COUNTY") => Ok(()),
            Some("TOWNSHIP" | "VILLAGE") if id_in(doc, "parent").is_some() => Ok(()),
            Some("TOWNSHIP" | "VILLAGE") => Err(Fault::missing("parent")),
            _ => Err(Fault::malformed("level")),
        }
    }

    fn check_around(&self, id: RecordId, doc: &Document, since: Day, world: &World) -> Result<(), Fault> {
        let itself = id_in(doc, "merged_into") == Some(id);
        let turns = id_in(doc, "parent").is_some_and(|parent| turns(id, parent, since, world));
        let fault = |reason, field: &str| Err(Fault { reason, field: field.into() });
        let (unknown, lower) = match id_in(doc, "parent").map(|parent| world.record(parent)) {
            Some(Input::Known(above)) => (
                above.is_none_or(|above| above.kind != "division"),
                above.is_some_and(|above| depth(&above.doc) > depth(doc)),
            ),
            _ => (false, false),
        };
        if unknown {
            // What hangs on nothing is in no total.
            fault(Reason::TargetUnknown, "parent")
        } else if turns || lower {
            fault(Reason::OwnAncestor, "parent")
        } else if itself {
            fault(Reason::OwnAncestor, "merged_into")
        } else {
            Ok(())
        }
    }

    /// Who could reach whom on which day is told by the borders, also where they are entered late.
    fn reaches(&self, before: Option<&Record>, record: &Record) -> Vec<Reach> {
        let moved = before.is_some_and(|before| parents(before) != parents(record));
        moved.then_some(Reach::Below(record.id)).into_iter().collect()
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::above("parent")] }
    }

    fn places(&self, id: RecordId, _doc: &Document) -> Vec<RecordId> {
        vec![id]
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[
                Table {
                    name: "division",
                    columns: &[
                        text("name"),
                        text("level"),
                        text("parent"),
                        text("code12"),
                        int("depth"),
                        int("valid_from"),
                        int("valid_to"),
                        text("merged_into"),
                        text("urban_rural"),
                        int("hidden"),
                    ],
                    indexes: &[("parent", "parent")],
                    unique: &[],
                },
                // What it lay below, by days: figures of a window are told by the tree of its last day.
                Table {
                    name: "division_span",
                    columns: &[int("from_day"), int("to_day"), text("parent")],
                    indexes: &[],
                    unique: &[],
                },
            ]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        let owner = record.id.to_string();
        let mut rows = vec![Row {
            table: "division",
            owner: owner.clone(),
            cells: vec![
                text_in(doc, "name").into(),
                text_in(doc, "level").into(),
                id_in(doc, "parent").into(),
                text_in(doc, "code12").into(),
                depth(doc).into(),
                int_in(doc, "valid_from").into(),
                int_in(doc, "valid_to").into(),
                id_in(doc, "merged_into").into(),
                text_in(doc, "urban_rural").into(),
                doc.get("hidden").and_then(Value::as_bool).unwrap_or(false).into(),
            ],
        }];
        rows.extend(parents(record).into_iter().map(|(from, to, parent)| Row {
            table: "division_span",
            owner: owner.clone(),
            cells: vec![from.into(), to.into(), parent.into()],
        }));
        rows
    }
}
