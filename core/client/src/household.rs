//! A household's page, and the fields of it that a worker changes at the door.

use bianfang_domain::document::{Document, text_in};
use bianfang_domain::home::{self, HomeWrite, NewHead};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{KINDS, PlaqueEvent};
use bianfang_domain::op::Act;
use bianfang_domain::record::Record;
use bianfang_domain::rules;
use bianfang_domain::world::World;
use bianfang_store::{NewOp, PeopleAsk, Store, Writing};
use serde_json::Value;

use crate::error::ClientError;
use crate::household_draft::{HouseholdDraft, MergeDraft, MoveDraft, SplitDraft};
use crate::ids;
use crate::people::{Asking, code, row};
use crate::person_draft::day;
use crate::phone::Phone;
use crate::state::Saved;
use crate::view::{HouseholdView, PlaqueScreen};

impl Phone {
    /// A household's page.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn household(&self, id: &str) -> Result<HouseholdView, ClientError> {
        let store = self.store().await?;
        let household = known(&store, ids::known(id)?).await?;
        let asking = Asking::new(self, &store).await?;
        let ask = PeopleAsk { household: Some(household.id), ..asking.ask() };
        let members = store.people(&ask, false, None, u32::MAX).await?;
        Ok(HouseholdView {
            id: household.id.to_string(),
            address: text_in(&household.doc, "address").unwrap_or_default().to_owned(),
            note: text_in(&household.doc, "way_note").map(str::to_owned),
            members: members.into_iter().map(row).collect(),
            plaque: plaque_of(&store, household.id).await?,
        })
    }

    /// Changes a household, field by field: what is not given stays as it is, and stays open to others' changes.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Invalid`], [`ClientError::SignedOut`] before the enrolment.
    pub async fn change_household(&self, draft: HouseholdDraft) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let household = known(&store, ids::known(&draft.household)?).await?;
        let mut set = Document::new();
        for (field, text) in [("address", draft.address), ("way_note", draft.way_note)] {
            let Some(text) = text else { continue };
            let value = if text.trim().is_empty() { Value::Null } else { Value::from(text.trim()) };
            // An unchanged field that is sent all the same would undo another's change of it.
            if value != *household.value(field) {
                set.insert(field.to_owned(), value);
            }
        }
        if set.is_empty() {
            return self.saved(&store, household.id).await;
        }
        let act = Act::Change { set, sealed: Default::default(), since: None };
        self.act(&store, "household", household.id, act).await
    }
}

/// The ops of a split, a merger or a move are one write: they arrive together or not at all.
impl Phone {
    /// Makes some members of a household a household of their own. The old one keeps its plaque.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Invalid`], [`ClientError::SignedOut`] before the enrolment.
    pub async fn split_household(&self, form: &str, draft: SplitDraft) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let _forms = self.forms.lock().await;
        let old = known(&store, ids::known(&draft.household)?).await?;
        let id = ids::of_form(form)?;
        if store.get(id).await?.is_some() || !store.sent(id).await?.is_empty() {
            return self.saved(&store, id).await;
        }
        let head = NewHead { name: draft.head_name, person: None };
        let members = draft.members.iter().map(|member| ids::given(member, "members"));
        let members = members.collect::<Result<Vec<RecordId>, _>>()?;
        let ops = ops(home::split(&old, id, &head, draft.address.as_deref(), &members));
        self.written(&store, id, &Writing { ops, draft: Some(form.to_owned()), ..Writing::default() }).await
    }

    /// Merges a household into another: its members go over; two hung plaques are a question for the township.
    ///
    /// # Errors
    /// As [`Phone::split_household`].
    pub async fn merge_household(&self, draft: MergeDraft) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let old = known(&store, ids::known(&draft.household)?).await?;
        let into = known(&store, ids::given(&draft.into, "into")?).await?;
        let members = self.members(&store, old.id).await?;
        let ops = ops(home::merged(old.id, into.id, &members));
        self.written(&store, old.id, &Writing { ops, ..Writing::default() }).await
    }

    /// Moves a household to a village and an address from a day on, and with it the members who live there: a member
    /// whose living division is another one (a son who works in town) stays where he is, and no 户籍 moves.
    ///
    /// # Errors
    /// As [`Phone::split_household`].
    pub async fn move_household(&self, draft: MoveDraft) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let old = known(&store, ids::known(&draft.household)?).await?;
        let village = ids::given(&draft.village, "village")?;
        let since = day(draft.since.as_deref())?;
        let members = self.members(&store, old.id).await?;
        let ops = ops(home::moved(&old, &members, village, &draft.address, since));
        self.written(&store, old.id, &Writing { ops, ..Writing::default() }).await
    }
}

impl Phone {
    /// The records of a household's members.
    async fn members(&self, store: &Store, household: RecordId) -> Result<Vec<Record>, ClientError> {
        let asking = Asking::new(self, store).await?;
        let ask = PeopleAsk { household: Some(household), ..asking.ask() };
        let mut members = Vec::new();
        for member in store.people(&ask, false, None, u32::MAX).await? {
            members.extend(store.get(member.id).await?);
        }
        Ok(members)
    }
}

fn ops(steps: Vec<HomeWrite>) -> Vec<NewOp> {
    let op = |step: HomeWrite| NewOp { kind: step.kind.to_owned(), target: step.target, act: step.act };
    steps.into_iter().map(op).collect()
}

async fn known(store: &Store, id: RecordId) -> Result<Record, ClientError> {
    store.get(id).await?.filter(|record| record.kind == "household").ok_or(ClientError::NotFound)
}

/// The plaque as everything that counts made it, seen with what this phone knows of the people.
pub(crate) async fn plaque_of(store: &Store, household: RecordId) -> Result<PlaqueScreen, ClientError> {
    let mut world = World::partial(KINDS);
    for record in store.facts(household).await? {
        world.load(record);
    }
    for id in rules::ids() {
        store.get(id).await?.into_iter().for_each(|rule| world.load(rule));
    }
    let (plaque, eligibility) = PlaqueEvent::shown(household, &world);
    Ok(PlaqueScreen {
        state: code(&plaque.state),
        position: plaque.position,
        hung_on: plaque.hung_on.map(|day| day.to_string()),
        why: code(&eligibility.why),
        why_zh: eligibility.why.zh().to_owned(),
        why_en: eligibility.why.en().to_owned(),
        basis: eligibility.basis.map(|basis| code(&basis)),
    })
}
