//! Figures of merit letters (S10, S17): how many were delivered, of which level, with how much money. The slow reference over
//! whole records; the server's SQL over projections must give the same.

use std::collections::{BTreeMap, BTreeSet};

use super::division_on;
use super::step::standing;
use crate::coverage::Window;
use crate::document::{int_in, text_in};
use crate::id::RecordId;
use crate::world::World;

/// The figures of a window for some divisions. A letter counts on the day it was delivered, where it lay that day.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LetterFigures {
    /// 送达, once each.
    pub delivered: i64,
    /// Of these, 义务兵.
    pub conscripts: i64,
    /// 奖励金, fen.
    pub award_fen: i64,
    /// 慰问品价值, fen.
    pub goods_fen: i64,
    /// Delivered letters by the code of their level.
    pub levels: BTreeMap<String, i64>,
}

impl LetterFigures {
    /// Adds those of another division.
    pub fn add(&mut self, other: &Self) {
        self.delivered += other.delivered;
        self.conscripts += other.conscripts;
        self.award_fen += other.award_fen;
        self.goods_fen += other.goods_fen;
        for (level, count) in &other.levels {
            *self.levels.entry(level.clone()).or_default() += count;
        }
    }
}

/// The figures, letter by letter.
#[must_use]
pub fn figures(world: &World, window: Window, divisions: &BTreeSet<RecordId>) -> LetterFigures {
    let mut sum = LetterFigures::default();
    let letters = world.records().filter(|record| record.kind == "letter");
    for letter in letters.filter(|letter| text_in(&letter.doc, "removed").is_none()) {
        let Some((step, day)) = standing(letter.id, world).delivered else { continue };
        let here = division_on(letter, day).is_some_and(|place| divisions.contains(&place));
        if !here || day < window.from || day > window.to {
            continue;
        }
        let said = world.find(step).map(|step| &step.doc);
        let fen = |field| said.and_then(|doc| int_in(doc, field)).or_else(|| int_in(&letter.doc, field)).unwrap_or(0);
        let conscript = letter.value("conscript").as_bool().unwrap_or(false);
        sum.add(&LetterFigures {
            delivered: 1,
            conscripts: i64::from(conscript),
            award_fen: fen("award_fen"),
            goods_fen: fen("goods_fen"),
            levels: text_in(&letter.doc, "level").map(|level| (level.to_owned(), 1)).into_iter().collect(),
        });
    }
    sum
}
