//! What records name. Each kind declares it once, as a constant table; from that one table come what a record speaks of and
//! where it lies, what it is found by, what is judged and told again when it changes, and what its author must be able to see.

use serde_json::Value;

use crate::document::Document;
use crate::id::RecordId;
use crate::kind::Kind;
use crate::record::Record;
use crate::time::Day;

/// What a field is to the record it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// What the record speaks of: it is folded and held there, and lies where that lies.
    Subject,
    /// What reads this record though it does not lie there: a person's household, whose plaque is not renewed after a death;
    /// the lot a plaque came from. It is judged again when this one changes.
    Reader,
    /// The division it lies in.
    Place,
    /// The division that one lies below.
    Above,
    /// A division it gives to somebody: nobody gives what lies outside their own.
    Grant,
}

/// One field that names others.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// The field.
    pub field: &'static str,
    /// Where the field is a list of objects: the field of each that names somebody.
    pub each: Option<&'static str>,
    /// What it is to whom it names.
    pub names: Names,
    /// Whoever says so must be able to see whom it names, or strangers would be drawn into it.
    pub tie: bool,
    /// It makes two of them one: chains of those are judged as a whole.
    pub chain: bool,
    /// It came of what it names: where that turns out to be somebody else's, this goes to them with it.
    pub along: bool,
    /// Where the field holds no id but something that several records share (a notice number): the id it stands for.
    shared: Option<fn(&Document) -> Option<RecordId>>,
}

impl Link {
    const fn new(field: &'static str, names: Names) -> Self {
        Self { field, each: None, names, tie: false, chain: false, along: false, shared: None }
    }
    /// What it speaks of.
    #[must_use]
    pub const fn subject(field: &'static str) -> Self {
        Self::new(field, Names::Subject)
    }
    /// What reads it.
    #[must_use]
    pub const fn reader(field: &'static str) -> Self {
        Self::new(field, Names::Reader)
    }
    /// What records share that hold the same in a field, which is no record.
    #[must_use]
    pub const fn shared(field: &'static str, of: fn(&Document) -> Option<RecordId>) -> Self {
        Self { shared: Some(of), ..Self::new(field, Names::Reader) }
    }
    /// Where it lies.
    #[must_use]
    pub const fn place(field: &'static str) -> Self {
        Self::new(field, Names::Place)
    }
    /// What it lies below.
    #[must_use]
    pub const fn above(field: &'static str) -> Self {
        Self::new(field, Names::Above)
    }
    /// What it gives.
    #[must_use]
    pub const fn grant(field: &'static str) -> Self {
        Self::new(field, Names::Grant)
    }
    /// The field is a list of objects, each of which names somebody in a field of its own.
    #[must_use]
    pub const fn each(mut self, field: &'static str) -> Self {
        self.each = Some(field);
        self
    }
    /// Its author must see whom it names.
    #[must_use]
    pub const fn tie(mut self) -> Self {
        self.tie = true;
        self
    }
    /// It makes two one.
    #[must_use]
    pub const fn chain(mut self) -> Self {
        self.chain = true;
        self
    }

    /// It came of what it names, and goes with it to whose that really is.
    #[must_use]
    pub const fn along(mut self) -> Self {
        self.along = true;
        self
    }

    /// Whom a document names so.
    #[must_use]
    pub fn ids(&self, doc: &Document) -> Vec<RecordId> {
        if let Some(shared) = self.shared {
            return shared(doc).into_iter().collect();
        }
        let id = |value: &Value| match self.each {
            Some(field) => value.get(field)?.as_str()?.parse().ok(),
            None => value.as_str()?.parse().ok(),
        };
        match doc.get(self.field) {
            Some(Value::Array(values)) => values.iter().filter_map(id).collect(),
            Some(value) => id(value).into_iter().collect(),
            None => Vec::new(),
        }
    }
}

/// Whom a document names in fields of one sort, in the order they are declared.
pub(crate) fn named(kind: &(impl Kind + ?Sized), doc: &Document, names: Names) -> Vec<RecordId> {
    kind.links().iter().filter(|link| link.names == names).flat_map(|link| link.ids(doc)).collect()
}

/// What a division lies below on a day.
pub(crate) fn above_on(kind: &(impl Kind + ?Sized), division: &Record, day: Day) -> Option<RecordId> {
    above(kind).find_map(|link| id_on(division, link.field, day))
}

/// All that a division ever lay below.
pub(crate) fn above_ever(kind: &(impl Kind + ?Sized), division: &Record) -> Vec<RecordId> {
    let days = |field| [Day::MIN].into_iter().chain(division.cuts(field));
    above(kind).flat_map(|link| days(link.field).filter_map(|day| id_on(division, link.field, day))).collect()
}

fn above(kind: &(impl Kind + ?Sized)) -> impl Iterator<Item = &'static Link> {
    kind.links().iter().filter(|link| link.names == Names::Above)
}

fn id_on(record: &Record, field: &str, day: Day) -> Option<RecordId> {
    record.value_on(field, day).as_str()?.parse().ok()
}

/// Whether a field says where its record lies, or what a division lies below: a division, then.
pub(crate) fn places(kind: &(impl Kind + ?Sized), field: &str) -> bool {
    kind.links().iter().any(|link| link.field == field && matches!(link.names, Names::Place | Names::Above))
}

/// Whether whoever says a field must see whom it names.
pub(crate) fn ties(kind: &(impl Kind + ?Sized), field: &str) -> bool {
    kind.links().iter().any(|link| link.field == field && link.tie)
}
