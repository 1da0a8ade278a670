//! Texts of a sheet, each kept once: 1.3 million cells of a large roster hold some 400,000 different texts.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// Texts by number.
#[derive(Debug, Default)]
pub struct Pool {
    bytes: String,
    spans: Vec<(u32, u32)>,
}

/// A pool that is being filled.
#[derive(Debug, Default)]
pub struct FillingPool {
    pool: Pool,
    /// By hash; the rare text whose hash another text took is kept a second time.
    known: HashMap<u64, u32>,
}

impl Pool {
    /// A text.
    #[must_use]
    pub fn get(&self, number: u32) -> &str {
        let span = self.spans.get(number as usize);
        span.and_then(|(from, to)| self.bytes.get(*from as usize..*to as usize)).unwrap_or("")
    }
}

impl FillingPool {
    /// The number of a text; None when the pool is full (4 GiB).
    pub fn put(&mut self, text: &str) -> Option<u32> {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let hash = hasher.finish();
        if let Some(number) = self.known.get(&hash).filter(|number| self.pool.get(**number) == text) {
            return Some(*number);
        }
        let from = u32::try_from(self.pool.bytes.len()).ok()?;
        let to = u32::try_from(self.pool.bytes.len() + text.len()).ok()?;
        let number = u32::try_from(self.pool.spans.len()).ok()?;
        self.pool.bytes.push_str(text);
        self.pool.spans.push((from, to));
        self.known.insert(hash, number);
        Some(number)
    }

    /// The pool, without what only filling needed.
    #[must_use]
    pub fn finish(mut self) -> Pool {
        self.pool.bytes.shrink_to_fit();
        self.pool.spans.shrink_to_fit();
        self.pool
    }
}
