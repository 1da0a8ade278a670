//! Whether the one person of a name in a village is whom a row means: a name alone is no proof, for the roster may lack the
//! other one. Something else that the row says must agree with the register: a telephone number, the address below the
//! village, the household's head where that is somebody else, or the birth to the month.

use std::collections::BTreeSet;

use bianfang_domain::address;
use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::name;
use bianfang_domain::record::Record;
use serde_json::Value;

use super::{Judge, Known, Line};
use crate::import::known::{bare, numbers, villages};

/// `1961-03`: a year is shared by too many.
const MONTH: usize = 7;

impl Judge<'_> {
    /// Whether anything but name and village agrees.
    pub(super) fn agrees(&self, line: &Line, person: &Record, known: &Known) -> bool {
        self.same_phone(line, person)
            || self.same_place(line, person, known)
            || same_head(line, person, known)
            || same_birth(line, person)
    }

    fn same_phone(&self, line: &Line, person: &Record) -> bool {
        let held = self.desk.sealer().open_list(person, "phones").unwrap_or(Value::Null);
        let held = numbers(&held);
        let told = line.subject.get("phones").or(line.fields.get("phones")).map(numbers).unwrap_or_default();
        let alone = line.text("phone").map(bare);
        told.into_iter().chain(alone).any(|number| held.contains(&number))
    }

    fn same_place(&self, line: &Line, person: &Record, known: &Known) -> bool {
        let Some(told) = line.who("address").or(line.text("address")) else { return false };
        let home = known.home(person);
        let of = |record: &Record| {
            let at = ["address", "registered_address"].into_iter().filter_map(|field| text_in(&record.doc, field));
            at.map(str::to_owned).collect::<Vec<String>>()
        };
        let held: Vec<String> = of(person).into_iter().chain(home.into_iter().flat_map(of)).collect();
        let villages: BTreeSet<RecordId> = villages(person).into_iter().collect();
        villages.into_iter().any(|village| {
            let (township, village) = self.names(village);
            held.iter().any(|held| address::agree(told, held, township, village))
        })
    }
}

/// Where the head is the person, the name was compared already.
fn same_head(line: &Line, person: &Record, known: &Known) -> bool {
    let Some(told) = line.who("head_name").map(name::matched) else { return false };
    let own = name::matched(text_in(&person.doc, "name").unwrap_or_default());
    let home = id_in(&person.doc, "household").and_then(|_| known.home(person));
    let held = home.and_then(|home| text_in(&home.doc, "head_name")).map(name::matched);
    told != own && held == Some(told)
}

fn same_birth(line: &Line, person: &Record) -> bool {
    let (told, held) = (line.who("birth").unwrap_or_default(), text_in(&person.doc, "birth").unwrap_or_default());
    let month = told.len() >= MONTH && held.len() >= MONTH;
    month && (told.starts_with(held) || held.starts_with(told))
}
