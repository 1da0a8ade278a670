//! A field of a document: who may set it and how it is kept; and whether a document as a whole can be true, field by field.

use serde_json::Value;

use crate::actor::Right;
use crate::document::Document;
use crate::kind::Kind;
use crate::reason::Reason;

/// Who may set a field of shared data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sets {
    /// Whoever records: it shows at once.
    AtOnce,
    /// Whoever records proposes; whoever reviews sets.
    Proposed,
    /// Only who has the right.
    Only(Right),
}

/// A field of shared data that is not simply applied at once. Fields that no kind names (of newer versions) are.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the document.
    pub name: &'static str,
    /// Who may set it.
    pub sets: Sets,
    /// Merged by element.
    pub list: bool,
    /// Holds from a day on; its history is kept by day.
    pub dated: bool,
    /// Personal and protected: kept sealed, shown to whoever has the right.
    pub sealed: Option<Right>,
    /// No two records of the kind may hold the same value (by fingerprint).
    pub unique: bool,
    /// Who accepts that field accepts what the same op says of this one.
    pub with: Option<&'static str>,
}

impl Field {
    /// A plain field.
    #[must_use]
    pub const fn new(name: &'static str, sets: Sets) -> Self {
        Self { name, sets, list: false, dated: false, sealed: None, unique: false, with: None }
    }
    /// It holds from a day on.
    #[must_use]
    pub const fn dated(mut self) -> Self {
        self.dated = true;
        self
    }
    /// It merges by element.
    #[must_use]
    pub const fn list(mut self) -> Self {
        self.list = true;
        self
    }
    /// It is protected.
    #[must_use]
    pub const fn sealed(mut self, right: Right) -> Self {
        self.sealed = Some(right);
        self
    }
    /// It is accepted along with another.
    #[must_use]
    pub const fn with(mut self, field: &'static str) -> Self {
        self.with = Some(field);
        self
    }
    /// No two records hold the same.
    #[must_use]
    pub const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }
}

/// A malformed document: why, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Why.
    pub reason: Reason,
    /// Which field.
    pub field: String,
}

impl Fault {
    /// A required field is not there.
    #[must_use]
    pub fn missing(field: &str) -> Self {
        Self { reason: Reason::Missing, field: field.to_owned() }
    }
    /// A field has the wrong form.
    #[must_use]
    pub fn malformed(field: &str) -> Self {
        Self { reason: Reason::Malformed, field: field.to_owned() }
    }
}

/// Whether a document can be true at all: the forms of its fields, what its kind says of it, and that what is declared a list
/// is one. A sealed list has other forms at rest; who opens it looks at it.
///
/// # Errors
/// [`Fault`] names the first field that is wrong.
pub fn check(kind: &dyn Kind, doc: &Document) -> Result<(), Fault> {
    let odd = kind.forms().iter().find(|(name, form)| doc.get(*name).is_some_and(|value| !form.fits(value)));
    odd.map_or(Ok(()), |(name, _)| Err(Fault::malformed(name)))?;
    kind.check(doc)?;
    let lists = kind.fields().iter().filter(|field| field.list && field.sealed.is_none());
    let wrong = |field: &&Field| doc.get(field.name).is_some_and(|value| !value.is_array() && !value.is_null());
    lists.filter(wrong).map(|field| Err(Fault::malformed(field.name))).next().unwrap_or(Ok(()))
}

/// A field's value as it is kept.
#[must_use]
pub fn kept(kind: &dyn Kind, name: &str, value: Value) -> Value {
    match kind.forms().iter().find(|(field, _)| *field == name) {
        Some((_, form)) => form.kept(value),
        None => value,
    }
}

/// What a kind says of a field.
#[must_use]
pub fn field(kind: &dyn Kind, name: &str) -> Field {
    // A sealed list carries its elements one by one, as `phones/1`: they are under the rules of the list.
    let name = name.split('/').next().unwrap_or(name);
    let known = kind.fields().iter().find(|field| field.name == name).copied();
    known.unwrap_or(Field::new("", Sets::AtOnce))
}
