//! What a decision may read. On the server everything asked for is Known; on a phone much is Elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::actor::Actor;
use crate::id::RecordId;
use crate::kind::{self, Kind, Nature};
use crate::record::Record;
use crate::time::Day;

/// The answer to a question about a record.
#[derive(Debug, Clone, Copy)]
pub enum Input<T> {
    /// Here.
    Known(T),
    /// It may exist, not on this phone.
    Elsewhere,
}

/// What must be loaded before an op can be decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A record.
    Record(RecordId),
    /// Everything that speaks of a subject: facts and cases, of all kinds.
    Facts(RecordId),
    /// Who holds a unique value: (field with its kind, fingerprint).
    Holder(String, String),
}

/// The records at hand, indexed by what rules ask.
#[derive(Debug, Clone, Default)]
pub struct World {
    complete: bool,
    records: BTreeMap<RecordId, Record>,
    facts: BTreeMap<RecordId, BTreeSet<RecordId>>,
    holders: BTreeMap<(String, String), RecordId>,
    answered: BTreeSet<Need>,
    touched: BTreeSet<RecordId>,
    kinds: Kinds,
}

/// The kinds a world knows.
#[derive(Clone, Copy)]
struct Kinds(&'static [&'static dyn Kind]);

impl Default for Kinds {
    fn default() -> Self {
        Self(kind::ALL)
    }
}

impl std::fmt::Debug for Kinds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|kind| kind.name())).finish()
    }
}

impl World {
    /// The server's: what was asked for and is not here does not exist.
    #[must_use]
    pub fn complete() -> Self {
        Self { complete: true, ..Self::default() }
    }

    /// A phone's: what is not here may be elsewhere.
    #[must_use]
    pub fn partial() -> Self {
        Self::default()
    }

    /// The same world with another list of kinds (a new kind is tried without touching [`kind::ALL`]).
    #[must_use]
    pub fn with_kinds(mut self, kinds: &'static [&'static dyn Kind]) -> Self {
        self.kinds = Kinds(kinds);
        self
    }

    /// The kinds it knows.
    #[must_use]
    pub fn kinds(&self) -> &'static [&'static dyn Kind] {
        self.kinds.0
    }

    /// A kind by its name; None for one of a newer version.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&'static dyn Kind> {
        self.kinds().iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether what is not here does not exist.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Whether a need was already answered.
    #[must_use]
    pub fn has(&self, need: &Need) -> bool {
        self.answered.contains(need)
    }

    /// Marks a need as answered, whether or not something was found.
    pub fn answered(&mut self, need: Need) {
        self.answered.insert(need);
    }

    /// Puts a loaded record in. An already present one (perhaps changed since) stays.
    pub fn load(&mut self, record: Record) {
        if !self.records.contains_key(&record.id) {
            self.index(record);
        }
    }

    /// Puts a written record in and remembers that it must be stored.
    pub fn put(&mut self, record: Record) {
        self.touched.insert(record.id);
        self.index(record);
    }

    fn index(&mut self, record: Record) {
        self.answered.insert(Need::Record(record.id));
        let old = self.records.remove(&record.id);
        let about = |world: &Self, record: &Record| {
            world.kind(&record.kind).map(|kind| kind.about(&record.doc)).unwrap_or_default()
        };
        if let Some(old) = old {
            for subject in about(self, &old) {
                if let Some(facts) = self.facts.get_mut(&subject) {
                    facts.remove(&old.id);
                }
            }
            for (field, print) in old.meta.fingerprints {
                let key = (format!("{}.{field}", old.kind), print);
                if self.holders.get(&key) == Some(&old.id) {
                    self.holders.remove(&key);
                }
            }
        }
        for subject in about(self, &record) {
            self.facts.entry(subject).or_default().insert(record.id);
        }
        if self.kind(&record.kind).is_none_or(|kind| kind.holds_unique(&record.doc)) {
            for (field, print) in &record.meta.fingerprints {
                self.holders.insert((format!("{}.{field}", record.kind), print.clone()), record.id);
            }
        }
        self.records.insert(record.id, record);
    }

    /// Takes a record out to change it; `put` brings it back.
    #[must_use]
    pub fn copy_of(&self, id: RecordId) -> Option<Record> {
        self.records.get(&id).cloned()
    }

    /// A record, whether it is known not to exist, or Elsewhere.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Input<Option<&Record>> {
        match self.records.get(&id) {
            Some(record) => Input::Known(Some(record)),
            None if self.complete => Input::Known(None),
            None => Input::Elsewhere,
        }
    }

    /// A record if it is here.
    #[must_use]
    pub fn find(&self, id: RecordId) -> Option<&Record> {
        self.records.get(&id)
    }

    /// Records of one kind that speak of a subject or are linked to it, in fold order.
    #[must_use]
    pub fn facts(&self, subject: RecordId, kind: &str) -> Vec<&Record> {
        let ids = self.facts.get(&subject).into_iter().flatten();
        let mut facts: Vec<&Record> = ids.filter_map(|id| self.records.get(id)).filter(|r| r.kind == kind).collect();
        facts.sort_by_key(|record| record.fold_key());
        facts
    }

    /// Records of all kinds that speak of a subject or are linked to it.
    pub fn records_about(&self, subject: RecordId) -> impl Iterator<Item = &Record> {
        self.facts.get(&subject).into_iter().flatten().filter_map(|id| self.records.get(id))
    }

    /// What speaks of a record, what speaks of that, and so on.
    pub(crate) fn resting_on(&self, id: RecordId) -> BTreeSet<RecordId> {
        let mut found = BTreeSet::new();
        let mut fresh = vec![id];
        while let Some(subject) = fresh.pop() {
            let about = self.facts.get(&subject).into_iter().flatten();
            fresh.extend(about.copied().filter(|fact| found.insert(*fact)));
        }
        found
    }

    /// All records that those which chain ([`Kind::chains`]) tie to one, itself included where there are any.
    #[must_use]
    pub fn chained(&self, id: RecordId) -> BTreeSet<RecordId> {
        let mut found = BTreeSet::new();
        let mut fresh = vec![id];
        while let Some(id) = fresh.pop() {
            for tie in self.records_about(id).chain(self.records.get(&id)) {
                let Some(kind) = self.kind(&tie.kind).filter(|kind| kind.chains()) else { continue };
                let about = kind.about(&tie.doc);
                let itself = Some(tie.id).filter(|_| kind.nature() == Nature::Shared && !about.is_empty());
                fresh.extend(about.into_iter().chain(itself).filter(|member| found.insert(*member)));
            }
        }
        found
    }

    /// Who holds a unique value.
    #[must_use]
    pub fn holder(&self, index: &str, print: &str) -> Input<Option<RecordId>> {
        match self.holders.get(&(index.to_owned(), print.to_owned())) {
            Some(id) => Input::Known(Some(*id)),
            None if self.complete => Input::Known(None),
            None => Input::Elsewhere,
        }
    }

    /// Tells who holds a unique value.
    pub fn load_holder(&mut self, index: String, print: String, holder: RecordId) {
        self.holders.insert((index, print), holder);
    }

    /// The divisions a record lies in: its own, or those of what it speaks of. A fact about nothing known here lies where
    /// its author works, or where their staff record lies while they do not: somebody must see it.
    #[must_use]
    pub fn divisions(&self, id: RecordId) -> BTreeSet<RecordId> {
        let mut found = self.divisions_on(id, Day::MAX);
        if let (true, Some(record)) = (found.is_empty(), self.records.get(&id)) {
            let author = &record.meta.origin.actor;
            found.extend(author.scope.iter().copied());
            if !author.is_at_work() {
                found.extend(self.divisions_on(kind::staff_id(author.account), Day::MAX));
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
        let Some(record) = self.records.get(&id) else { return };
        let Some(kind) = self.kind(&record.kind) else { return };
        found.extend(kind.places(record.id, &record.doc_on(day)));
        if depth < 3 {
            for subject in kind.subjects(&record.doc) {
                self.collect_divisions(subject, day, found, depth + 1);
            }
        }
    }

    /// The divisions a record itself ever named.
    pub(crate) fn places_ever(&self, record: &Record) -> BTreeSet<RecordId> {
        let Some(kind) = self.kind(&record.kind) else { return BTreeSet::new() };
        let changes = record.meta.dated.values().flatten().map(|dated| dated.from);
        let days: BTreeSet<Day> = changes.chain([Day::MIN, Day::MAX]).collect();
        days.into_iter().flat_map(|day| kind.places(record.id, &record.doc_on(day))).collect()
    }

    /// Whether a division is one of the granted ones or below one. Works up the tree of division records; on a phone a
    /// branch that is not here may be granted, and the county will check.
    #[must_use]
    pub fn covers(&self, actor: &Actor, division: RecordId) -> bool {
        self.covers_on(actor, division, Day::MAX)
    }

    fn covers_on(&self, actor: &Actor, division: RecordId, day: Day) -> bool {
        let mut here = Some(division);
        for _ in 0..8 {
            let Some(id) = here else { return false };
            if actor.scope.contains(&id) {
                return true;
            }
            let Some(record) = self.records.get(&id) else { return !self.complete };
            here = record.value_on("parent", day).as_str().and_then(|parent| parent.parse().ok());
        }
        false
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

    /// What was written since the last call, for the store.
    pub fn take_touched(&mut self) -> BTreeSet<RecordId> {
        std::mem::take(&mut self.touched)
    }

    /// All records at hand.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }
}
