//! Recording what happened to a plaque, with its photos.

use bianfang_domain::id::RecordId;
use bianfang_domain::kind::PlaqueAct;
use serde_json::json;

use crate::draft::PlaqueDraft;
use crate::error::ClientError;
use crate::ids;
use crate::phone::Phone;
use crate::save::{Fact, object, put, put_text};
use crate::state::Saved;
use crate::visit::known;

impl Phone {
    /// Records what happened to a plaque with the photos of its form; durable when it returns. A form saved before is not
    /// saved again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment; [`ClientError::StorageFull`].
    /// Form and photos are untouched then.
    pub async fn record_plaque(&self, form: &str, draft: PlaqueDraft) -> Result<Saved, ClientError> {
        // One form may hold a visit and what happened to the plaque in it: two records, so two ids that follow from it.
        let id = RecordId::derived(&["plaque_event", &ids::of_form(form)?.to_string()]);
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
        // Whether a plaque hangs is what money and honours are accounted by: its originals are sent too, a visit's stay here.
        self.save(form, Fact { kind: "plaque_event", id, fields, at_ms: draft.at_ms, originals: true }).await
    }
}
