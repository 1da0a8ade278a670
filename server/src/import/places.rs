//! Villages that a sheet names and the register has not, or has twice: the nearest names, one of which is chosen once for all rows.
//! 九分地 is 九分地村, 七份地村 may be 七分地村.

use std::collections::BTreeMap;

use bianfang_domain::id::RecordId;
use bianfang_domain::{alike, name};
use serde::Serialize;
use uuid::Uuid;

use super::assumed::{Answers, Assumed};
use crate::county::tree::Tree;

/// Before the place in the name of an answer: `place:乌丹镇/九分地`.
const PREFIX: &str = "place:";
/// No more names are proposed for one place.
const PROPOSED: usize = 5;

/// A place that the register has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PlaceView {
    /// By what it is answered: `place:乌丹镇/九分地`.
    pub answer: String,
    /// As the sheet writes it: `乌丹镇/九分地`.
    pub written: String,
    /// Rows that name it and wait for an answer.
    pub rows: u64,
    /// The nearest, the likeliest first.
    pub nearest: Vec<NearView>,
    /// The one that was chosen.
    pub chosen: Option<NearView>,
}

/// A division by its whole name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NearView {
    /// The division.
    pub id: Uuid,
    /// `乌丹镇/九分地村`
    pub name: String,
}

/// How a row's place is called in an answer.
pub fn path(township: &str, village: &str) -> String {
    if township.is_empty() { village.to_owned() } else { format!("{township}/{village}") }
}

/// Whether an answer is about a place.
pub fn is_answer(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// The division that was chosen for a place: by its id, or by its name where it is the only one.
pub fn chosen(tree: &Tree, answers: &Answers, path: &str) -> Option<RecordId> {
    let said = answers.get(&format!("{PREFIX}{path}"))?;
    let by_id = said.parse::<Uuid>().ok().map(RecordId).filter(|id| tree.has(*id));
    by_id.or_else(|| match tree.named(said).as_slice() {
        [one] => Some(*one),
        _ => None,
    })
}

/// The places of a sheet that are not known, and those that were chosen.
pub fn places(tree: &Tree, assumed: &Assumed) -> Vec<PlaceView> {
    let near = |id: RecordId| NearView { id: id.0, name: whole_name(tree, id) };
    let view = |path: &str, rows: u64| PlaceView {
        answer: format!("{PREFIX}{path}"),
        written: path.to_owned(),
        rows,
        nearest: nearest(tree, path).into_iter().map(near).collect(),
        chosen: chosen(tree, &assumed.answers, path).map(near),
    };
    let answered = assumed.answers.keys().filter_map(|name| name.strip_prefix(PREFIX));
    let mut paths: BTreeMap<&str, u64> = answered.map(|path| (path, 0)).collect();
    paths.extend(assumed.places.iter().map(|(path, rows)| (path.as_str(), *rows)));
    let mut views: Vec<PlaceView> = paths.into_iter().map(|(path, rows)| view(path, rows)).collect();
    views.sort_by_key(|view| std::cmp::Reverse(view.rows));
    views
}

/// `township/village`.
fn whole_name(tree: &Tree, id: RecordId) -> String {
    let called = |id: RecordId| tree.called(id).map_or("", |called| called.name.as_str());
    let above = tree.ancestors(id).into_iter().find(|above| tree.level(*above) == Some("TOWNSHIP"));
    above.map_or_else(|| called(id).to_owned(), |above| format!("{}/{}", called(above), called(id)))
}

/// The villages whose names are like that of a place, the likeliest first.
fn nearest(tree: &Tree, path: &str) -> Vec<RecordId> {
    let (township, village) =
        path.rsplit_once('/').map_or((None, path), |(township, village)| (Some(township), village));
    let (wanted, township) = (Bare::of(village), township.map(|township| bare(township).to_owned()));
    let villages = tree.all().map(|(id, _)| id).filter(|id| tree.level(*id) == Some("VILLAGE"));
    let mut found: Vec<(usize, String, RecordId)> = villages
        .filter_map(|id| {
            let far = wanted.far(&Bare::of(&tree.called(id)?.name))?;
            let within = |above: &RecordId| tree.called(*above).map(|called| bare(&called.name).to_owned()) == township;
            let elsewhere = township.is_some() && !tree.ancestors(id).iter().any(within);
            Some((far + if elsewhere { ELSEWHERE } else { 0 }, whole_name(tree, id), id))
        })
        .collect();
    found.sort();
    found.into_iter().take(PROPOSED).map(|(.., id)| id).collect()
}

/// What a village of another township weighs beside the likeness of names.
const ELSEWHERE: usize = 3;

/// A name without what kind of place it is, and how it sounds.
struct Bare {
    name: String,
    sound: String,
}

impl Bare {
    fn of(written: &str) -> Self {
        let name = bare(written).to_owned();
        let sound = name::sort_key(&name);
        let sound = sound.strip_suffix(&name).unwrap_or(&sound).to_owned();
        Self { name, sound }
    }

    /// 0 for the same name, 1 for one that sounds so, 2 for one that is a character off; None for another.
    fn far(&self, other: &Self) -> Option<usize> {
        match () {
            () if self.name == other.name => Some(0),
            () if self.sound == other.sound => Some(1),
            // A name of one character is another name when it changes.
            () if self.name.chars().count() > 1 && strsim::levenshtein(&self.name, &other.name) == 1 => Some(2),
            () => None,
        }
    }
}

/// A place's name without the word for what it is.
fn bare(written: &str) -> String {
    const WORDS: [&str; 14] = [
        "村民委员会",
        "居民委员会",
        "街道办事处",
        "村委会",
        "居委会",
        "行政村",
        "嘎查",
        "社区",
        "苏木",
        "街道",
        "村",
        "屯",
        "镇",
        "乡",
    ];
    let key = alike::key(written);
    let end = WORDS.iter().find_map(|word| key.strip_suffix(word)).filter(|rest| !rest.is_empty());
    end.unwrap_or(&key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_near_by_kind_of_place_by_sound_and_by_a_character() {
        let far = |one: &str, other: &str| Bare::of(one).far(&Bare::of(other));
        for (one, other, found) in [
            ("九分地", "九分地村", Some(0)),
            ("九分地嘎查", "九分地村委会", Some(0)),
            ("七份地村", "七分地村", Some(1)),
            ("大七分地", "七分地村", Some(2)),
            ("新地村", "九分地村", None),
            ("村", "屯", None),
        ] {
            assert_eq!(far(one, other), found, "{one} {other}");
        }
    }
}
