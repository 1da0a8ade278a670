//! What a decision may read. On the server everything asked for is Known; on a phone much is Elsewhere. What was not loaded
//! yet is neither: the world remembers that it was asked for, and the decision is made again once it is there.

mod asked;
mod reach;
mod scope;
mod trial;

use std::collections::{BTreeMap, BTreeSet};

use asked::Asked;
pub use reach::Reach;
use trial::{Journal, Was};

use crate::id::RecordId;
use crate::kind::{Kind, Nature};
use crate::kinds::Kinds;
use crate::record::Record;

/// The answer to a question about a record.
#[derive(Debug, Clone, Copy)]
pub enum Input<T> {
    /// Here.
    Known(T),
    /// It may exist, not on this phone.
    Elsewhere,
}

/// What was asked of a world and not loaded yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A record.
    Record(RecordId),
    /// Everything that speaks of a subject: facts and cases, of all kinds.
    Facts(RecordId),
    /// Who holds a unique value: (field with its kind, fingerprint).
    Holder(String, String),
    /// What a change reaches.
    Reached(Reach),
}

/// The records at hand, indexed by what rules ask.
#[derive(Debug, Clone)]
pub struct World {
    kinds: Kinds,
    complete: bool,
    all_at_hand: bool,
    records: BTreeMap<RecordId, Record>,
    facts: BTreeMap<RecordId, BTreeSet<RecordId>>,
    holders: BTreeMap<(String, String), RecordId>,
    answered: BTreeSet<Need>,
    reached: BTreeMap<Reach, BTreeSet<RecordId>>,
    retold: BTreeSet<RecordId>,
    asked: Asked,
    touched: BTreeSet<RecordId>,
    journal: Option<Journal>,
}

impl World {
    /// The server's: what was asked for and is not here does not exist.
    #[must_use]
    pub fn complete(kinds: Kinds) -> Self {
        Self { complete: true, ..Self::partial(kinds) }
    }

    /// A phone's: what is not here may be elsewhere.
    #[must_use]
    pub fn partial(kinds: Kinds) -> Self {
        Self {
            kinds,
            complete: false,
            all_at_hand: false,
            records: BTreeMap::new(),
            facts: BTreeMap::new(),
            holders: BTreeMap::new(),
            answered: BTreeSet::new(),
            reached: BTreeMap::new(),
            retold: BTreeSet::new(),
            asked: Asked::default(),
            touched: BTreeSet::new(),
            journal: None,
        }
    }

    /// The same world where there is nothing to load: what is not put into it is not there.
    #[must_use]
    pub fn all_at_hand(mut self) -> Self {
        self.all_at_hand = true;
        self
    }

    /// The kinds it knows.
    #[must_use]
    pub fn kinds(&self) -> Kinds {
        self.kinds
    }

    /// A kind by its name; None for one of a newer version.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&'static dyn Kind> {
        self.kinds.by_name(name)
    }

    /// Whether what is not here does not exist.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Puts a loaded record in. An already present one (perhaps changed since) stays.
    pub fn load(&mut self, record: Record) {
        self.answered.insert(Need::Record(record.id));
        if !self.records.contains_key(&record.id) {
            self.holds(&record);
            self.place(record.id, Some(record));
        }
    }

    /// Whether a record is at hand, without asking for it.
    #[must_use]
    pub fn at_hand(&self, id: RecordId) -> bool {
        self.records.contains_key(&id)
    }

    /// Puts a written record in and remembers that it must be stored.
    pub fn put(&mut self, record: Record) {
        let id = record.id;
        let touched = !self.touched.insert(id);
        if let Some(old) = self.records.get(&id) {
            let kept: Vec<_> = old.meta.fingerprints.iter().map(|(field, print)| index_of(old, field, print)).collect();
            for key in kept.into_iter().filter(|key| self.holders.get(key) == Some(&id)).collect::<Vec<_>>() {
                self.hold(key, None);
            }
        }
        self.holds(&record);
        let before = self.place(id, Some(record));
        self.note(Was::Record { id, before: before.map(Box::new), touched });
    }

    /// Who holds the unique values of a record: it does.
    fn holds(&mut self, record: &Record) {
        if self.kind(&record.kind).is_none_or(|kind| kind.holds_unique(&record.doc)) {
            for (field, print) in &record.meta.fingerprints {
                self.hold(index_of(record, field, print), Some(record.id));
            }
        }
    }

    fn hold(&mut self, key: (String, String), holder: Option<RecordId>) {
        let before = match holder {
            Some(holder) => self.holders.insert(key.clone(), holder),
            None => self.holders.remove(&key),
        };
        self.note(Was::Holder { key, before });
    }

    /// Puts a record in its place, or takes it out, with what it is found by. Gives what was there.
    fn place(&mut self, id: RecordId, record: Option<Record>) -> Option<Record> {
        let before = self.records.remove(&id);
        for subject in before.iter().flat_map(|record| self.kinds.found_by(record)) {
            if let Some(facts) = self.facts.get_mut(&subject) {
                facts.remove(&id);
            }
        }
        for subject in record.iter().flat_map(|record| self.kinds.found_by(record)) {
            self.facts.entry(subject).or_default().insert(id);
        }
        if let Some(record) = record {
            self.records.insert(id, record);
        }
        before
    }

    /// Takes a record out to change it; `put` brings it back.
    #[must_use]
    pub fn copy_of(&self, id: RecordId) -> Option<Record> {
        self.find(id).cloned()
    }

    /// A record, whether it is known not to exist, or Elsewhere.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Input<Option<&Record>> {
        match self.find(id) {
            Some(record) => Input::Known(Some(record)),
            None if self.complete => Input::Known(None),
            None => Input::Elsewhere,
        }
    }

    /// A record if it is here.
    #[must_use]
    pub fn find(&self, id: RecordId) -> Option<&Record> {
        let found = self.records.get(&id);
        if found.is_none() {
            self.ask(Need::Record(id));
        }
        found
    }

    /// What speaks of a subject or is linked to it.
    fn about(&self, subject: RecordId) -> impl Iterator<Item = RecordId> {
        self.ask(Need::Facts(subject));
        self.facts.get(&subject).into_iter().flatten().copied()
    }

    /// Records of one kind that speak of a subject or are linked to it, in fold order.
    #[must_use]
    pub fn facts(&self, subject: RecordId, kind: &str) -> Vec<&Record> {
        let mut facts: Vec<&Record> = self.records_about(subject).filter(|record| record.kind == kind).collect();
        facts.sort_by_key(|record| record.fold_key());
        facts
    }

    /// Records of all kinds that speak of a subject or are linked to it.
    pub fn records_about(&self, subject: RecordId) -> impl Iterator<Item = &Record> {
        self.about(subject).filter_map(|id| self.records.get(&id))
    }

    /// What speaks of a record, what speaks of that, and so on.
    pub(crate) fn resting_on(&self, id: RecordId) -> BTreeSet<RecordId> {
        let mut found = BTreeSet::new();
        let mut fresh = vec![id];
        while let Some(subject) = fresh.pop() {
            fresh.extend(self.about(subject).filter(|fact| found.insert(*fact)));
        }
        found
    }

    /// The subjects of which something changed, with the records that count for them: what is said of a duplicate is told of
    /// the one that counts.
    #[must_use]
    pub fn told_of(&self, mut subjects: BTreeSet<RecordId>) -> BTreeSet<RecordId> {
        let counting: Vec<RecordId> = subjects.iter().filter_map(|id| self.find(*id)?.meta.counts_as).collect();
        subjects.extend(counting);
        subjects
    }

    /// All records that those which chain ([`Kind::chains`]) tie to one, itself included where there are any.
    #[must_use]
    pub fn chained(&self, id: RecordId) -> BTreeSet<RecordId> {
        let mut found = BTreeSet::new();
        let mut fresh = vec![id];
        while let Some(id) = fresh.pop() {
            for tie in self.records_about(id).chain(self.find(id)) {
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
        let holder = self.holders.get(&(index.to_owned(), print.to_owned())).copied();
        if holder.is_none() {
            self.ask(Need::Holder(index.to_owned(), print.to_owned()));
        }
        match holder {
            Some(id) => Input::Known(Some(id)),
            None if self.complete => Input::Known(None),
            None => Input::Elsewhere,
        }
    }

    /// Tells who holds a unique value.
    pub fn load_holder(&mut self, index: String, print: String, holder: RecordId) {
        self.hold((index, print), Some(holder));
    }

    /// What was written since the last call, for the store.
    pub fn take_touched(&mut self) -> BTreeSet<RecordId> {
        std::mem::take(&mut self.touched)
    }

    /// What was written since the store took it last.
    #[must_use]
    pub fn touched(&self) -> &BTreeSet<RecordId> {
        &self.touched
    }

    /// All records at hand.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }
}

/// What a fingerprint is found by: the field with its kind, and the print.
fn index_of(record: &Record, field: &str, print: &str) -> (String, String) {
    (format!("{}.{field}", record.kind), print.to_owned())
}
