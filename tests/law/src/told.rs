//! Records without what hangs on who was heard first.

use std::collections::BTreeMap;

use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;

pub type Records = BTreeMap<RecordId, Record>;

/// A record without the numbers that every write gets.
pub fn plain(record: &Record) -> Record {
    let mut record = record.clone();
    record.revision = 0;
    let marks = record.meta.fields.values_mut().chain(&mut record.meta.looked);
    marks.for_each(|mark| mark.revision = 0);
    record.meta.beside.sort_by_key(|beside| (beside.field.clone(), beside.op));
    record.meta.settled.sort();
    record
}

/// Whether a record is there whoever was heard first. A case whose ground is gone was opened, and settled, in one order and
/// never in another.
pub fn is_there(record: &Record) -> bool {
    record.kind != "case" || record.value("state") != "LAPSED" && record.value("weight") != 0
}

/// All that anybody reads: records without the numbers of their writes, and cases without a ground as if they had never been.
pub fn told<'a>(records: impl Iterator<Item = &'a Record>) -> Records {
    let told = records.filter(|record| is_there(record)).map(|record| {
        let mut record = plain(record);
        if record.kind == "case" {
            // Whatever op opened it.
            record.meta.origin = crate::work::START.get(crate::county::id(crate::county::COUNTY)).meta.origin.clone();
            record.meta.fields.clear();
        }
        (record.id, record)
    });
    told.collect()
}

/// The records that differ.
pub fn differ(one: &Records, other: &Records) -> String {
    let ids: std::collections::BTreeSet<_> = one.keys().chain(other.keys()).collect();
    let differ = ids.into_iter().filter(|id| one.get(id) != other.get(id));
    let shown =
        |record: Option<&Record>| record.map(|record| format!("{} {:?} {:?}", record.kind, record.doc, record.meta));
    let both = differ.map(|id| format!("\n\n{id}\n{:?}\nAGAINST\n{:?}", shown(one.get(id)), shown(other.get(id))));
    both.collect::<String>().replace("00000000-0000-0000-0000-", "")
}
