//! Basis persons 荣誉主体 of a household: whose service its plaque and merit letters rest on. Entered and changed here; what
//! waits for the township and what a discharge opens is decided by the domain.

use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::name;
use bianfang_domain::op::Act;
use bianfang_domain::record::Record;
use serde::Serialize;
use serde_json::{Value, json};

use crate::error::ClientError;
use crate::ids;
use crate::person::beside;
use crate::phone::Phone;
use crate::state::Saved;
use crate::typed::{Typed, list_change};
use crate::view::WaitingLine;

/// How a member of the household is related to a basis person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Relation {
    /// The member.
    pub person: String,
    /// 父亲, 配偶 …
    pub relation: String,
}

/// What is entered or changed of a basis person. None: as it is; blank: cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct BasisPersonDraft {
    /// SERVING | VETERAN | MARTYR | ON_DUTY | ILLNESS
    pub basis: Option<String>,
    /// 姓名
    pub name: Option<String>,
    /// The household it belongs to.
    pub household: Option<String>,
    /// The village, where no household is known yet.
    pub division: Option<String>,
    /// 证件编号
    pub certificate_no: Option<String>,
    /// 入伍, `2023-09`
    pub enlisted: Option<String>,
    /// 退役, `2026-03`
    pub discharged: Option<String>,
    /// 去世, `2026-01-31`
    pub died_on: Option<String>,
    /// The household the soldier chose for the plaque where the parents are divorced.
    pub plaque_at: Option<String>,
    /// The parents' household, where the soldier lives apart.
    pub parents_household: Option<String>,
    /// Relations that come.
    pub relations: Vec<Relation>,
    /// Relations that go.
    pub relations_gone: Vec<Relation>,
}

/// A basis person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct BasisPersonLine {
    /// Its record.
    pub id: String,
    /// SERVING | VETERAN | MARTYR | ON_DUTY | ILLNESS
    pub basis: String,
    /// 姓名
    pub name: String,
    /// The household it belongs to.
    pub household: Option<String>,
    /// 证件编号
    pub certificate_no: Option<String>,
    /// 入伍
    pub enlisted: Option<String>,
    /// 退役
    pub discharged: Option<String>,
    /// The household the soldier chose for the plaque.
    pub plaque_at: Option<String>,
    /// To the members of the household.
    pub relations: Vec<Relation>,
    /// What waits beside a field for the township.
    pub beside: Vec<WaitingLine>,
}

impl Phone {
    /// The basis persons of a household, by name: those who belong to it, and those whose plaque hangs there.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] for what is no household here, [`ClientError::Locked`].
    pub async fn basis_persons(&self, household: &str) -> Result<Vec<BasisPersonLine>, ClientError> {
        let store = self.store().await?;
        let home = store.get(ids::known(household)?).await?.filter(|record| record.kind == "household");
        let facts = store.facts(home.ok_or(ClientError::NotFound)?.id).await?;
        let theirs = facts.iter().filter(|r| r.kind == "basis_person" && text_in(&r.doc, "removed").is_none());
        let mut rows: Vec<BasisPersonLine> = theirs.map(row).collect();
        rows.sort_by_key(|row| name::sort_key(&row.name));
        Ok(rows)
    }

    /// Enters a basis person from a form; durable when it returns. A form saved before is not saved again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment.
    pub async fn new_basis_person(&self, form: &str, draft: BasisPersonDraft) -> Result<Saved, ClientError> {
        self.begin("basis_person", form, typed(draft)?.born()).await
    }

    /// Changes a basis person, field by field. A discharge (basis VETERAN with its date) that the township says or accepts
    /// opens a draft of the person who comes home.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Invalid`], [`ClientError::SignedOut`] before the enrolment.
    pub async fn change_basis_person(&self, id: &str, draft: BasisPersonDraft) -> Result<Saved, ClientError> {
        self.change("basis_person", id, typed(draft)?).await
    }
}

impl Phone {
    /// Writes a new record of shared data from a form, once.
    pub(crate) async fn begin(&self, kind: &'static str, form: &str, fields: Document) -> Result<Saved, ClientError> {
        let at_ms = self.host.now_ms();
        let id = ids::of_form(form)?;
        self.save(form, crate::save::Fact { kind, id, fields, at_ms, originals: false }).await
    }

    /// Changes a record of shared data by what differs.
    pub(crate) async fn change(&self, kind: &str, id: &str, typed: Typed) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let found = store.get(ids::known(id)?).await?.filter(|record| record.kind == kind);
        let found = found.ok_or(ClientError::NotFound)?;
        let set = typed.changed(&found.doc);
        if set.is_empty() {
            return self.saved(&store, found.id).await;
        }
        self.act(&store, kind, found.id, Act::Change { set, sealed: Default::default(), since: None }).await
    }
}

fn typed(draft: BasisPersonDraft) -> Result<Typed, ClientError> {
    let mut typed = Typed::default();
    let name = draft.name.as_deref().map(name::normalise);
    for (field, text) in [
        ("basis", draft.basis.as_deref()),
        ("name", name.as_deref()),
        ("certificate_no", draft.certificate_no.as_deref()),
        ("enlisted", draft.enlisted.as_deref()),
        ("discharged", draft.discharged.as_deref()),
    ] {
        typed.text(field, text);
    }
    typed.day("died_on", draft.died_on.as_deref())?;
    for (field, id) in [
        ("household", &draft.household),
        ("division", &draft.division),
        ("plaque_at", &draft.plaque_at),
        ("parents_household", &draft.parents_household),
    ] {
        typed.id(field, id.as_deref())?;
    }
    let elements = |list: Vec<Relation>| -> Result<Vec<Value>, ClientError> {
        list.into_iter()
            .map(|r| Ok(json!({ "person": ids::given(&r.person, "relations")?, "relation": r.relation.trim() })))
            .collect()
    };
    let change = list_change(elements(draft.relations)?, elements(draft.relations_gone)?);
    change.into_iter().for_each(|change| typed.value("relations", change));
    Ok(typed)
}

fn row(record: &Record) -> BasisPersonLine {
    let text = |field: &str| text_in(&record.doc, field).map(str::to_owned);
    let relations = record.value("relations").as_array().into_iter().flatten().filter_map(Value::as_object);
    let relation = |doc: &Document| {
        let relation = text_in(doc, "relation").unwrap_or_default().to_owned();
        Some(Relation { person: id_in(doc, "person")?.to_string(), relation })
    };
    BasisPersonLine {
        id: record.id.to_string(),
        basis: text("basis").unwrap_or_default(),
        name: text("name").unwrap_or_default(),
        household: text("household"),
        certificate_no: text("certificate_no"),
        enlisted: text("enlisted"),
        discharged: text("discharged"),
        plaque_at: text("plaque_at"),
        relations: relations.filter_map(relation).collect(),
        beside: record.meta.beside.iter().map(beside).collect(),
    }
}
