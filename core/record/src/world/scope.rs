//! Where records lie and who sees them: by the divisions they name, those of what they speak of, and the tree of the day.

use std::collections::BTreeSet;

use super::World;
use crate::actor::Actor;
use crate::id::RecordId;
use crate::kind::{self, Flow, Kind};
use crate::link::{self, Names};
use crate::record::Record;
use crate::time::Day;

/// A photo of a visit of a person speaks of what speaks of what lies somewhere; nothing goes further.
const SUBJECTS_DEEP: u8 = 3;

impl World {
    /// The divisions a record lies in: its own, or those of what it speaks of; beside them the place of its author where it is
    /// theirs to follow ([`Flow::Author`]). A fact about nothing known here lies where
    /// its author works, or where the record of their account lies while they do not: somebody must see it.
    #[must_use]
    pub fn divisions(&self, id: RecordId) -> BTreeSet<RecordId> {
        let mut found = self.divisions_on(id, Day::MAX);
        if let (true, Some(record)) = (found.is_empty(), self.find(id)) {
            let author = &record.meta.origin.actor;
            found.extend(author.scope.iter().copied());
            if !author.is_at_work() {
                found.extend(self.kinds.of_account(author.account).flat_map(|id| self.divisions_on(id, Day::MAX)));
            }
        }
        found
    }

    /// The divisions a record lay in on a day.
    #[must_use]
    pub fn divisions_on(&self, id: RecordId, day: Day) -> BTreeSet<RecordId> {
        let mut found = BTreeSet::new();
        self.collect_divisions(id, day, &mut found, 0);
        found
    }

    fn collect_divisions(&self, id: RecordId, day: Day, found: &mut BTreeSet<RecordId>, depth: u8) {
        let Some(record) = self.find(id) else { return };
        let Some(kind) = self.kind(&record.kind) else { return };
        found.extend(kind.places(record.id, &record.doc_on(day)));
        if kind.flow() == Flow::Author {
            found.insert(record.meta.origin.actor.place());
        }
        if depth < SUBJECTS_DEEP {
            for subject in kind.subjects(&record.doc) {
                self.collect_divisions(subject, day, found, depth + 1);
            }
        }
    }

    /// The divisions a record, or what it speaks of, lies in or lay in on any day: a border entered late is judged by where
    /// things lay then.
    #[must_use]
    pub fn divisions_ever(&self, id: RecordId) -> BTreeSet<RecordId> {
        let mut found = self.divisions(id);
        let mut speaks_of = BTreeSet::from([id]);
        for _ in 0..=SUBJECTS_DEEP {
            let mut next = BTreeSet::new();
            for record in speaks_of.iter().filter_map(|id| self.find(*id)) {
                let Some(kind) = self.kind(&record.kind) else { continue };
                found.extend(kind::places_ever(kind, record));
                next.extend(kind.subjects(&record.doc));
            }
            speaks_of = next;
        }
        found
    }

    /// Whether what is known of a record, of what it speaks of and of where that lies hangs on one of these: an op that waits
    /// for it is taken again when one of them is written.
    #[must_use]
    pub fn rests_on(&self, id: RecordId, these: &BTreeSet<RecordId>) -> bool {
        let (mut seen, mut fresh) = (BTreeSet::from([id]), vec![id]);
        while let Some(id) = fresh.pop() {
            if these.contains(&id) {
                return true;
            }
            let Some(record) = self.find(id) else { continue };
            let Some(kind) = self.kind(&record.kind) else { continue };
            let above = link::named(kind, &record.doc, Names::Above);
            let rests = kind.subjects(&record.doc).into_iter().chain(kind.divisions(record)).chain(above);
            fresh.extend(rests.filter(|id| seen.insert(*id)));
            if self.divisions_on(id, Day::MAX).is_empty() {
                // It lies by its author ([`World::divisions`]).
                let author = &record.meta.origin.actor;
                let works = author.scope.iter().copied().chain(self.kinds.of_account(author.account));
                fresh.extend(works.filter(|id| seen.insert(*id)));
            }
        }
        false
    }

    /// Whether a division is one of the granted ones or below one. Works up the tree of division records; on a phone a
    /// branch that is not here may be granted, and the county will check.
    #[must_use]
    pub fn covers(&self, actor: &Actor, division: RecordId) -> bool {
        self.covers_on(actor, division, Day::MAX)
    }

    fn covers_on(&self, actor: &Actor, division: RecordId, day: Day) -> bool {
        if division.is_of_account() {
            return division == actor.place();
        }
        let mut here = Some(division);
        for _ in 0..8 {
            let Some(id) = here else { return false };
            if actor.scope.contains(&id) {
                return true;
            }
            let Some(record) = self.find(id) else { return !self.complete };
            here = self.kind(&record.kind).and_then(|kind| link::above_on(kind, record, day));
        }
        false
    }

    /// Whether a record is a division of the tree.
    pub(crate) fn is_division(&self, record: &Record) -> bool {
        self.kind(&record.kind).is_some_and(Kind::is_division)
    }

    /// Whether an actor sees a record: one of its divisions is covered.
    #[must_use]
    pub fn sees(&self, actor: &Actor, id: RecordId) -> bool {
        self.divisions(id).iter().any(|division| self.covers(actor, *division))
    }

    /// Whether an actor with these divisions could reach a record on a day, by what it or its subjects name.
    #[must_use]
    pub fn sees_on(&self, actor: &Actor, id: RecordId, day: Day) -> bool {
        self.divisions_on(id, day).iter().any(|division| self.covers_on(actor, *division, day))
    }
}
