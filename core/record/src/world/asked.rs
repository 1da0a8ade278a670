//! What was asked of a world and had not been loaded. "Not loaded" is neither "does not exist" nor "elsewhere": whoever met it
//! has decided nothing yet, loads it and asks again.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::{Need, World};

/// Written by who only reads the world, so behind a lock; one that a panic left behind still holds what was asked.
#[derive(Debug, Default)]
pub(super) struct Asked(Mutex<BTreeSet<Need>>);

impl Clone for Asked {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()))
    }
}

impl World {
    /// Whether a need was already answered.
    #[must_use]
    pub fn has(&self, need: &Need) -> bool {
        self.answered.contains(need)
    }

    /// Marks a need as answered, whether or not something was found.
    pub fn answered(&mut self, need: Need) {
        self.answered.insert(need);
    }

    /// What was asked for since the last call and not loaded. As long as there is any, an answer that was given is none.
    #[must_use]
    pub fn lacking(&mut self) -> BTreeSet<Need> {
        let asked = self.asked.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(asked).into_iter().filter(|need| !self.answered.contains(need)).collect()
    }

    pub(super) fn ask(&self, need: Need) {
        if !self.all_at_hand && !self.answered.contains(&need) {
            self.asked.0.lock().unwrap_or_else(PoisonError::into_inner).insert(need);
        }
    }
}
