//! A field of a document: who may set it and how it is kept; and whether a document as a whole can be true, field by field.

use serde_json::Value;

use crate::actor::Right;
use crate::document::Document;
use crate::form::Form;
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

/// A field of a kind: what it is called, what it holds, who may set it, how it is kept, where people type it. This is the one
/// place that says so: forms, checks, sheets, ledgers and labels read it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// Its name in the document.
    pub name: &'static str,
    /// 中文, as screens write it.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// What a value must look like; of a list, each element.
    pub form: Form,
    /// Tables whose codes it holds: the first for most, the others for the rest. A word of none of them stays as written.
    pub tables: &'static [&'static str],
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
    /// A form on the phone asks for it.
    pub typed: bool,
    /// What columns of sheets call it, the usual name first; none where no sheet has it.
    pub headers: &'static [&'static str],
}

impl Field {
    /// A field that whoever records sets at once.
    #[must_use]
    pub const fn new(name: &'static str, zh: &'static str, en: &'static str, form: Form) -> Self {
        Self {
            name,
            zh,
            en,
            form,
            tables: &[],
            sets: Sets::AtOnce,
            list: false,
            dated: false,
            sealed: None,
            unique: false,
            with: None,
            typed: false,
            headers: &[],
        }
    }
    /// It holds codes of these tables.
    #[must_use]
    pub const fn of(mut self, tables: &'static [&'static str]) -> Self {
        self.tables = tables;
        self
    }
    /// Whoever records proposes it, whoever reviews sets it.
    #[must_use]
    pub const fn proposed(mut self) -> Self {
        self.sets = Sets::Proposed;
        self
    }
    /// Only who has the right sets it.
    #[must_use]
    pub const fn only(mut self, right: Right) -> Self {
        self.sets = Sets::Only(right);
        self
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
    /// A form on the phone asks for it.
    #[must_use]
    pub const fn typed(mut self) -> Self {
        self.typed = true;
        self
    }
    /// What sheets call its column, the usual name first.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [&'static str]) -> Self {
        self.headers = headers;
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
    let single = kind.fields().iter().filter(|field| !field.list);
    let mut said = single.filter_map(|field| Some((field, doc.get(field.name)?)));
    let odd = said.find(|(field, value)| !field.form.fits(value));
    odd.map_or(Ok(()), |(field, _)| Err(Fault::malformed(field.name)))?;
    kind.check(doc)?;
    let lists = kind.fields().iter().filter(|field| field.list && field.sealed.is_none());
    let wrong = |field: &&Field| doc.get(field.name).is_some_and(|value| !value.is_array() && !value.is_null());
    lists.filter(wrong).map(|field| Err(Fault::malformed(field.name))).next().unwrap_or(Ok(()))
}

/// A field's value as it is kept.
#[must_use]
pub fn kept(kind: &dyn Kind, name: &str, value: Value) -> Value {
    match kind.fields().iter().find(|field| field.name == name) {
        Some(field) => field.form.kept(value),
        None => value,
    }
}

/// What a kind says of a field. One that it does not name (of a newer version) is applied at once, whatever it holds.
#[must_use]
pub fn field(kind: &dyn Kind, name: &str) -> Field {
    // A sealed list carries its elements one by one, as `phones/1`: they are under the rules of the list.
    let name = name.split('/').next().unwrap_or(name);
    let known = kind.fields().iter().find(|field| field.name == name).copied();
    known.unwrap_or(Field::new("", "", "", Form::Any))
}
