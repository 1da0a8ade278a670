//! Where the demo's photos come from: one's own folder, or scenes drawn for it.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use bianfang_photo::scene::Scene;

use crate::error::DemoError;

/// Photos to be given out, each once.
#[derive(Debug, Default)]
pub struct Photos {
    waiting: VecDeque<PathBuf>,
}

impl Photos {
    /// All files of a folder, by name.
    ///
    /// # Errors
    /// [`DemoError::File`].
    pub fn of(folder: &Path) -> Result<Self, DemoError> {
        let file = |source| DemoError::File { path: folder.to_owned(), source };
        let mut waiting: Vec<PathBuf> = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(file)? {
            let entry = entry.map_err(file)?;
            if entry.file_type().map_err(file)?.is_file() {
                waiting.push(entry.path());
            }
        }
        waiting.sort();
        Ok(Self { waiting: waiting.into() })
    }

    /// `count` invented doors, drawn into `folder`.
    ///
    /// # Errors
    /// [`DemoError::File`], [`DemoError::Photo`].
    pub fn drawn(folder: &Path, count: u32, mut progress: impl FnMut(u32)) -> Result<Self, DemoError> {
        std::fs::create_dir_all(folder).map_err(|source| DemoError::File { path: folder.to_owned(), source })?;
        let mut waiting = VecDeque::new();
        for seed in 0..count {
            let path = folder.join(format!("door-{seed:03}.jpg"));
            let step = f64::from(seed) * 0.001;
            let scene = Scene::new(u64::from(seed)).at(43.0 + step, 119.0 + step).draw()?;
            std::fs::write(&path, scene).map_err(|source| DemoError::File { path: path.clone(), source })?;
            waiting.push_back(path);
            progress(seed + 1);
        }
        Ok(Self { waiting })
    }

    /// A pile of the next one, for what happens after the round.
    #[must_use]
    pub fn of_one(&mut self) -> Self {
        Self { waiting: self.take(1).into() }
    }

    /// How many are left.
    #[must_use]
    pub fn left(&self) -> usize {
        self.waiting.len()
    }

    /// The same photos in `parts` piles, as even as can be.
    #[must_use]
    pub fn split(self, parts: usize) -> Vec<Self> {
        let mut piles: Vec<Self> = (0..parts.max(1)).map(|_| Self::default()).collect();
        let count = piles.len();
        for (at, photo) in self.waiting.into_iter().enumerate() {
            if let Some(pile) = piles.get_mut(at % count) {
                pile.waiting.push_back(photo);
            }
        }
        piles
    }

    /// The next ones.
    pub fn take(&mut self, count: usize) -> Vec<PathBuf> {
        self.waiting.drain(..count.min(self.waiting.len())).collect()
    }
}
