//! A record as one role may see it. Telephone numbers in full for whoever has the right; an id number and the day of a birth
//! never; what only uniqueness needs, never. Every record that leaves goes through here; the rule is
//! `bianfang_domain::shown`.

use bianfang_domain::actor::{Actor, Right};
use bianfang_domain::kind;
use bianfang_domain::record::Record;
use bianfang_domain::shown;

use crate::county::sealed::Sealer;

/// Strips and opens.
#[must_use]
pub fn record(sealer: Sealer<'_>, reader: &Actor, mut record: Record) -> Record {
    let fields = kind::by_name(&record.kind).map(|kind| kind.fields()).unwrap_or_default();
    for field in fields {
        // A full id number is seen by a reveal, one by one and audited, never by pull.
        let pulled = field.sealed.is_some_and(|right| right != Right::Reveal && reader.role.may(right));
        let open = || match field.list {
            true => sealer.open_list(&record, field.name),
            false => sealer.open(&record, field.name).map(Into::into),
        };
        if pulled && let Some(full) = open() {
            record.doc.insert(field.name.to_owned(), full);
        }
    }
    masked(reader, record)
}

/// Strips alone: what is protected shows as its mask.
#[must_use]
pub fn masked(reader: &Actor, mut record: Record) -> Record {
    record.sealed.clear();
    record.meta.fingerprints.clear();
    for beside in &mut record.meta.beside {
        (beside.sealed, beside.fingerprint) = (None, None);
    }
    shown::cut(&mut record, reader);
    record
}
