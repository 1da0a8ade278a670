//! Imports that are being written right now, with how far they are. What must outlast the process is in the plan.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

/// Rows done, and of how many.
pub type RowsDone = (u64, u64);

/// The running ones.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<HashMap<Uuid, RowsDone>>);

impl Jobs {
    /// Begins one; `false` where it runs already.
    pub fn begin(&self, id: Uuid) -> bool {
        self.lock().insert(id, (0, 0)).is_none()
    }

    /// Says how far it is.
    pub fn tell(&self, id: Uuid, progress: RowsDone) {
        self.lock().insert(id, progress);
    }

    /// It ended, one way or the other.
    pub fn end(&self, id: Uuid) {
        self.lock().remove(&id);
    }

    /// How far it is; None where it does not run here.
    #[must_use]
    pub fn progress(&self, id: Uuid) -> Option<RowsDone> {
        self.lock().get(&id).copied()
    }

    /// Those that run here.
    #[must_use]
    pub fn running(&self) -> HashMap<Uuid, RowsDone> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, RowsDone>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
