//! Figures of plaques (S18b): how many hang, how many were put up and handed out, what the store holds. The slow reference over
//! whole records; the server's SQL over projections must give the same.

use std::collections::BTreeSet;

use super::PlaqueAct;
use super::event::PlaqueEvent;
use crate::coverage::Window;
use crate::document::{id_in, int_in, text_in};
use crate::id::RecordId;
use crate::op::Part;
use crate::record::Record;
use crate::time::Day;
use crate::world::World;

/// The figures of a window for some divisions. A flow counts where its household lay on its day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PlaqueFigures {
    /// On walls before the first day.
    pub hung_start: i64,
    /// Came onto a wall.
    pub hung_in: i64,
    /// Came off a wall.
    pub hung_out: i64,
    /// Hanging plaques of households that came into these divisions, less those that left.
    pub hung_moved: i64,
    /// On walls after the last day.
    pub hung_end: i64,
    /// 新挂
    pub put_up_new: i64,
    /// 补发
    pub put_up_reissue: i64,
    /// 更换
    pub put_up_replace: i64,
    /// 发放: left the store, handed out or put up at once, once each.
    pub issued: i64,
    /// In the store before the first day.
    pub store_start: i64,
    /// 入库
    pub received: i64,
    /// Came from lots of other divisions, less what went there.
    pub store_moved: i64,
    /// Destroyed without having been issued.
    pub destroyed: i64,
    /// Left the store of these divisions.
    pub store_left: i64,
    /// In the store after the last day.
    pub store_end: i64,
}

fn on(record: &Record, field: &str, day: Day) -> Option<RecordId> {
    record.value_on(field, day).as_str().and_then(|id| id.parse().ok())
}

/// The figures, by looking at every day's end anew.
#[must_use]
pub fn figures(world: &World, window: Window, divisions: &BTreeSet<RecordId>) -> PlaqueFigures {
    let mut sum = PlaqueFigures::default();
    let before = Day(window.from.0 - 1);
    let inside = |day: Day| window.from <= day && day <= window.to;
    let here = |place: Option<RecordId>| place.is_some_and(|place| divisions.contains(&place));
    for household in world.records().filter(|record| record.kind == "household") {
        let steps = PlaqueEvent::steps(household.id, world);
        let hangs = |day: Day| {
            let last = steps.iter().rev().find(|step| step.day <= day);
            last.is_some_and(|step| step.after.on_wall()) && here(on(household, "division", day))
        };
        sum.hung_start += i64::from(hangs(before));
        sum.hung_end += i64::from(hangs(window.to));
        let of_day = |day: Day| here(on(household, "division", day));
        for step in steps.iter().filter(|step| inside(step.day)) {
            let counted = |yes: bool| i64::from(yes && of_day(step.day));
            sum.hung_in += counted(step.onto_wall());
            sum.hung_out += counted(step.off_wall());
            sum.issued += counted(step.left_store());
            sum.put_up_new += counted(step.put_up() && step.act == PlaqueAct::New);
            sum.put_up_reissue += counted(step.put_up() && step.act == PlaqueAct::Reissue);
            sum.put_up_replace += counted(step.put_up() && step.act == PlaqueAct::Replace);
        }
        for step in steps.iter().filter(|step| step.left_store() && step.day <= window.to) {
            let lot = world.find(step.fact).and_then(|fact| id_in(&fact.doc, "lot")).and_then(|lot| world.find(lot));
            let place = lot.and_then(|lot| id_in(&lot.doc, "division")).or_else(|| on(household, "division", step.day));
            if here(place) {
                if step.day < window.from { sum.store_start -= 1 } else { sum.store_left += 1 }
            }
        }
    }
    sum.hung_moved = sum.hung_end - sum.hung_start - sum.hung_in + sum.hung_out;
    for record in world.records().filter(|record| record.kind == "plaque_stock" && record.counts(&Part::Whole)) {
        let day = Day::of(record.meta.origin.happened.ms);
        let count = int_in(&record.doc, "count").unwrap_or_default();
        let into = here(id_in(&record.doc, "division"));
        let from = id_in(&record.doc, "from_lot").and_then(|lot| world.find(lot));
        let out = here(from.and_then(|lot| id_in(&lot.doc, "division")));
        if day > window.to {
            continue;
        }
        let (received, moved, destroyed) = match text_in(&record.doc, "act") {
            Some("RECEIVED") => (i64::from(into) * count, 0, 0),
            Some("TRANSFERRED" | "RETURNED") => (0, (i64::from(into) - i64::from(out)) * count, 0),
            Some("DESTROYED") => (0, 0, i64::from(out) * count),
            _ => (0, 0, 0),
        };
        if day < window.from {
            sum.store_start += received + moved - destroyed;
        } else {
            sum.received += received;
            sum.store_moved += moved;
            sum.destroyed += destroyed;
        }
    }
    sum.store_end = sum.store_start + sum.received + sum.store_moved - sum.store_left - sum.destroyed;
    sum
}
