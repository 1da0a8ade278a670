//! Trying a decision: what it writes is undone where it turns out that something it asked for was not loaded.

use super::World;
use crate::id::RecordId;
use crate::record::Record;

/// What was written since the trial began, oldest first.
pub(super) type Journal = Vec<Was>;

/// How a place looked before it was written.
#[derive(Debug, Clone)]
pub(super) enum Was {
    /// A record, and whether it was to be stored already.
    Record { id: RecordId, before: Option<Box<Record>>, touched: bool },
    /// Who held a unique value.
    Holder { key: (String, String), before: Option<RecordId> },
}

impl World {
    /// From here on what is written can be undone.
    pub(crate) fn begin(&mut self) {
        self.journal = Some(Vec::new());
    }

    /// What was written since the trial began stays.
    pub(crate) fn keep(&mut self) {
        self.journal = None;
    }

    /// Everything as it was when the trial began.
    pub(crate) fn undo(&mut self) {
        for was in self.journal.take().into_iter().flatten().rev() {
            match was {
                Was::Record { id, before, touched } => {
                    self.place(id, before.map(|before| *before));
                    if !touched {
                        self.touched.remove(&id);
                    }
                }
                Was::Holder { key, before: Some(holder) } => {
                    self.holders.insert(key, holder);
                }
                Was::Holder { key, before: None } => {
                    self.holders.remove(&key);
                }
            }
        }
    }

    pub(super) fn note(&mut self, was: Was) {
        if let Some(journal) = &mut self.journal {
            journal.push(was);
        }
    }
}
