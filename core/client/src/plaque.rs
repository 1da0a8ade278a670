//! Recording what happened to a plaque, with its photos; the lots it comes from, and requests for another.

use bianfang_domain::document::text_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::plaque::request;
use bianfang_domain::kind::plaque::stock::Lot;
use bianfang_domain::kind::{KINDS, PlaqueAct};
use bianfang_domain::op::Part;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_domain::world::World;
use bianfang_store::Store;
use serde_json::json;

use crate::error::ClientError;
use crate::ids;
use crate::people::code;
use crate::phone::Phone;
use crate::plaque_draft::{PlaqueDraft, PlaqueOpinionDraft, PlaqueRequestDraft};
use crate::save::{Fact, object, put, put_text};
use crate::state::Saved;
use crate::view::{PlaqueLotLine, PlaqueRequestLine};
use crate::visit::known;

impl Phone {
    /// Records what happened to a plaque with the photos of its form; durable when it returns. A form saved before is not
    /// saved again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment; [`ClientError::StorageFull`].
    /// Form and photos are untouched then.
    pub async fn record_plaque(&self, form: &str, draft: PlaqueDraft) -> Result<Saved, ClientError> {
        let fact = event(ids::of_form(form)?, draft)?;
        self.save(form, fact).await
    }

    /// The lots of this phone's divisions that count, newest first, with what is left as far as this phone knows.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn plaque_lots(&self) -> Result<Vec<PlaqueLotLine>, ClientError> {
        let world = loaded(&*self.store().await?, &["plaque_stock", "plaque_event"]).await?;
        let mut lots: Vec<&Record> = world.records().filter(|record| record.counts(&Part::Whole)).collect();
        lots.sort_by_key(|record| std::cmp::Reverse(record.fold_key()));
        let row = |record: &Record| {
            let lot = Lot::of(record, &world)?;
            Some(PlaqueLotLine {
                id: record.id.to_string(),
                division: text_in(&record.doc, "division").unwrap_or_default().to_owned(),
                day: Day::of(record.meta.origin.happened.ms).to_string(),
                count: lot.count,
                left: lot.left(),
            })
        };
        Ok(lots.into_iter().filter_map(row).collect())
    }

    /// Records a family's request with the photos of its form.
    ///
    /// # Errors
    /// As [`Phone::record_plaque`].
    pub async fn request_plaque(&self, form: &str, draft: PlaqueRequestDraft) -> Result<Saved, ClientError> {
        let id = RecordId::repeated(&["plaque_request", &ids::of_form(form)?.to_string()]);
        let household = ids::given(&draft.household, "household")?;
        let person = draft.person.as_deref().map(|id| ids::given(id, "person")).transpose()?;
        let mut fields = object(json!({ "household": household, "ask": draft.ask, "at": draft.at_ms }));
        put_text(&mut fields, "applicant", Some(draft.applicant));
        put_text(&mut fields, "reason", draft.reason);
        put(&mut fields, "person", person.map(|id| id.to_string()));
        put(&mut fields, "old_returned", draft.old_returned.then_some(true));
        self.save(form, Fact { kind: "plaque_request", id, fields, at_ms: draft.at_ms, originals: false }).await
    }

    /// Gives an opinion on a request.
    ///
    /// # Errors
    /// As [`Phone::record_plaque`].
    pub async fn give_opinion(&self, form: &str, draft: PlaqueOpinionDraft) -> Result<Saved, ClientError> {
        let id = RecordId::repeated(&["plaque_request_step", &ids::of_form(form)?.to_string()]);
        let request = ids::given(&draft.request, "request")?;
        let mut fields = object(json!({ "request": request, "step": draft.step, "at": draft.at_ms }));
        put_text(&mut fields, "opinion", Some(draft.opinion));
        put_text(&mut fields, "by", draft.by);
        self.save(form, Fact { kind: "plaque_request_step", id, fields, at_ms: draft.at_ms, originals: false }).await
    }

    /// The requests of this phone's divisions, the newest first, each with where it stands.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn plaque_requests(&self) -> Result<Vec<PlaqueRequestLine>, ClientError> {
        let kinds = ["plaque_request", "plaque_request_step", "plaque_event"];
        let world = loaded(&*self.store().await?, &kinds).await?;
        let mut requests: Vec<&Record> =
            world.records().filter(|r| r.kind == "plaque_request" && r.counts(&Part::Whole)).collect();
        requests.sort_by_key(|record| std::cmp::Reverse(record.fold_key()));
        let text = |record: &Record, field: &str| text_in(&record.doc, field).unwrap_or_default().to_owned();
        let row = |record: &Record| PlaqueRequestLine {
            id: record.id.to_string(),
            household: text(record, "household"),
            ask: text(record, "ask"),
            state: code(&request::state(record.id, &world)),
            applicant: text(record, "applicant"),
            reason: text_in(&record.doc, "reason").map(str::to_owned),
            applied_on: Day::of(record.meta.origin.happened.ms).to_string(),
        };
        Ok(requests.into_iter().map(row).collect())
    }
}

/// What happened to a plaque, as a fact. One form may hold a visit and what happened to the plaque in it: two records, so two
/// ids that follow from it.
pub(crate) fn event(form: RecordId, draft: PlaqueDraft) -> Result<Fact, ClientError> {
    let id = RecordId::repeated(&["plaque_event", &form.to_string()]);
    if !known::<PlaqueAct>(&draft.event, &PlaqueAct::Other) {
        return Err(ClientError::invalid("event", "请选择光荣牌事项。", "Choose what happened to the plaque."));
    }
    let household = ids::given(&draft.household, "household")?;
    let contact = draft.contact.as_deref().map(|id| ids::given(id, "contact")).transpose()?;
    let mut fields = object(json!({ "household": household, "event": draft.event, "at": draft.at_ms }));
    put_text(&mut fields, "position", draft.position);
    put_text(&mut fields, "hanger", draft.hanger);
    put_text(&mut fields, "signature", draft.signature);
    put_text(&mut fields, "no_signature", draft.no_signature);
    put(&mut fields, "old_returned", draft.old_returned.then_some(true));
    put(&mut fields, "contact", contact.map(|id| id.to_string()));
    for (field, id) in [("lot", &draft.lot), ("request", &draft.request)] {
        let id = id.as_deref().map(|id| ids::given(id, field)).transpose()?;
        put(&mut fields, field, id.map(|id| id.to_string()));
    }
    for (field, text) in [
        ("reason", draft.reason),
        ("exception", draft.exception),
        ("document", draft.document),
        ("remained", draft.remained),
        ("basis", draft.basis),
        ("receiver", draft.receiver),
    ] {
        put_text(&mut fields, field, text);
    }
    put(&mut fields, "photos_before", (!draft.photos_before.is_empty()).then_some(draft.photos_before));
    // Whether a plaque hangs is what money and honours are accounted by: its originals are sent too, a visit's stay here.
    Ok(Fact { kind: "plaque_event", id, fields, at_ms: draft.at_ms, originals: true })
}

/// All shown records of a few kinds, as rules read them.
pub(crate) async fn loaded(store: &Store, kinds: &[&str]) -> Result<World, ClientError> {
    let mut world = World::partial(KINDS);
    for kind in kinds {
        store.list(kind).await?.into_iter().for_each(|record| world.load(record));
    }
    Ok(world)
}
