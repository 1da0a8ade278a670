//! The households that rows of the roster belong to or bring, by the rule of the field (`whose_home`). A household that
//! several rows name is asked for by each of them, for a row above may be left out.

use std::collections::BTreeSet;

use bianfang_domain::address;
use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::name;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_domain::whose_home::{HomeClaim, HomeTraits, is_head};
use serde_json::{Value, json};
use sqlx::{AnyConnection, Row};

use super::{Judge, Known, Line, RowWrite};
use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, all_in};

/// A household that rows may mean.
#[derive(Debug, Clone)]
pub(super) struct Home {
    traits: HomeTraits,
    /// What brings it, where a row above asked for it.
    brings: Option<RowWrite>,
}

impl Home {
    pub(super) fn id(&self) -> RecordId {
        self.traits.id
    }
}

/// What a row says of its household and no person's document holds.
pub(super) const OF_HOME: [&str; 2] = ["head_name", "household_no"];

impl Judge<'_> {
    /// Loads the households of the villages of some rows, unless rows before had them loaded.
    pub(super) async fn load_homes(&mut self, conn: &mut AnyConnection, lines: &[Line]) -> Result<(), ServerError> {
        let villages: BTreeSet<RecordId> = lines.iter().filter_map(|line| self.village(line).ok()).collect();
        let new: Vec<String> =
            villages.iter().filter(|village| !self.homes.contains_key(village)).map(ToString::to_string).collect();
        let county = self.desk.county;
        let rows = all_in(conn, &new, |part| {
            Statement::new(
                "select owner, division, head_name, address from household where register = 'ACTIVE' and county = ",
            )
            .bind(county)
            .then(" and division in ")
            .list(part)
        })
        .await?;
        let mut numbers = Known::default();
        if lines.iter().any(|line| line.text("household_no").is_some()) {
            let ids: Result<BTreeSet<RecordId>, _> =
                rows.iter().map(|found| row::parse(found, "household", "owner", "")).collect();
            numbers.load(conn, county, ids?).await?;
        }
        for village in villages {
            self.homes.entry(village).or_default();
        }
        for found in rows {
            let id: RecordId = row::parse(&found, "household", "owner", "")?;
            let village: RecordId = row::parse(&found, "household", "division", "")?;
            let (head, at): (Option<String>, Option<String>) = (found.try_get("head_name")?, found.try_get("address")?);
            let number = numbers.records.get(&id).and_then(|home| text_in(&home.doc, "household_no"));
            let traits = HomeTraits {
                id,
                number: number.map(str::to_owned),
                head: name::matched(&head.unwrap_or_default()),
                headed: false,
                door: at.and_then(|at| self.door(&at, village)),
            };
            self.homes.entry(village).or_default().push(Home { traits, brings: None });
        }
        Ok(())
    }

    /// What a village and its township are called.
    pub(super) fn names(&self, village: RecordId) -> (&str, &str) {
        let called = |id: RecordId| self.tree.called(id).map_or("", |called| called.name.as_str());
        (self.tree.ancestors(village).first().map_or("", |above| called(*above)), called(village))
    }

    fn door(&self, at: &str, village: RecordId) -> Option<String> {
        let (township, name) = self.names(village);
        address::door(at, township, name)
    }

    /// What a row says of its household.
    pub(super) fn claim(&self, line: &Line, village: RecordId) -> HomeClaim {
        let own = name::normalise(line.text("name").unwrap_or_default());
        let named = line.text("head_name").map(name::normalise);
        let named_so = named.as_deref().map(name::matched) == Some(name::matched(&own));
        let is_head = line.text("relation").map_or(named_so, is_head);
        HomeClaim {
            number: line.text("household_no").map(str::to_owned),
            head: if is_head { Some(own) } else { named },
            is_head,
            door: address(line).and_then(|at| self.door(at, village)),
        }
    }

    /// The one household of a village whose head a row names; where several have a head of the name, the one at the door.
    pub(super) fn headed_by(&self, line: &Line, village: RecordId) -> Option<&Home> {
        let head = name::normalise(line.who("head_name")?);
        let door = line.who("address").and_then(|at| self.door(at, village));
        let claim = HomeClaim { head: Some(head), door, ..HomeClaim::default() };
        let homes = self.homes.get(&village).map(Vec::as_slice).unwrap_or_default();
        let found = claim.find(homes.iter().map(|home| &home.traits))?;
        homes.iter().find(|home| home.traits.id == found)
    }

    /// Whether a row tells the door of a household.
    pub(super) fn at_door(&self, line: &Line, village: RecordId, home: &Home) -> bool {
        let door = line.who("address").and_then(|at| self.door(at, village));
        door.is_some() && door == home.traits.door
    }

    /// The household of somebody new, and what brings it. `old` is one that an undone import left behind: it returns where the
    /// row says the same of it.
    pub(super) fn home_of(
        &mut self,
        line: &Line,
        (village, person): (RecordId, RecordId),
        known: &Known,
        old: Option<&Record>,
    ) -> (RecordId, Option<RowWrite>) {
        let claim = self.claim(line, village);
        let own = name::normalise(line.text("name").unwrap_or_default());
        let homes = self.homes.entry(village).or_default();
        if claim.is_head {
            let people = known.candidates(None, &own);
            let homes_of = people.iter().filter(|one| !one.removed).filter_map(|one| known.records.get(&one.id));
            let theirs: BTreeSet<RecordId> = homes_of.filter_map(|one| id_in(&one.doc, "household")).collect();
            homes.iter_mut().for_each(|home| home.traits.headed |= theirs.contains(&home.traits.id));
        }
        let found = claim.find(homes.iter().map(|home| &home.traits));
        if let Some(home) = homes.iter_mut().find(|home| found == Some(home.traits.id)) {
            home.traits.headed |= claim.is_head;
            return (home.traits.id, home.brings.clone().map(|brings| headed(brings, person, claim.is_head)));
        }
        let mut fields = Document::new();
        fields.insert("head_name".to_owned(), json!(claim.head.as_ref().unwrap_or(&own)));
        fields.insert("division".to_owned(), json!(village));
        fields.extend(address(line).map(|at| ("address".to_owned(), json!(at))));
        fields.extend(claim.number.as_ref().map(|number| ("household_no".to_owned(), json!(number))));
        let says = ["head_name", "division", "address", "household_no"];
        let same = |old: &&Record| says.iter().all(|name| old.doc.get(*name) == fields.get(*name));
        let brings = match old.filter(same) {
            Some(old) => back(old),
            None => RowWrite::shared("household", self.new_id(), fields),
        };
        let is_own = claim.is_head || !claim.says();
        let traits = HomeTraits {
            id: brings.target,
            head: name::matched(&claim.head.unwrap_or(own)),
            number: claim.number,
            headed: is_own,
            door: claim.door,
        };
        let id = traits.id;
        self.homes.entry(village).or_default().push(Home { traits, brings: Some(brings.clone()) });
        (id, Some(headed(brings, person, is_own)))
    }
}

/// A household that its head's own row brings knows who that is.
fn headed(mut brings: RowWrite, person: RecordId, is_head: bool) -> RowWrite {
    if is_head && brings.new {
        brings.fields.insert("head".to_owned(), json!(person));
    }
    brings
}

/// A household that left only with an undone import is in the register as if it had never left.
fn back(home: &Record) -> RowWrite {
    let fields = [("register".to_owned(), json!("ACTIVE")), ("removed_note".to_owned(), Value::Null)];
    let held = ["register", "removed_note"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), home.doc.get(name)?.clone())));
    let write = RowWrite::change(home, fields.into_iter().collect(), held.collect());
    RowWrite { shared: true, since: Some(Day::MIN), ..write }
}

/// Where the household stands: where they live, else where they are registered.
pub(super) fn address(line: &Line) -> Option<&str> {
    line.text("address").or(line.text("registered_address"))
}
