//! The phone: one account's store in one folder, opened with its key. Each topic of the facade has a file of its own.

use std::fs::{File, TryLockError, create_dir_all};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex as Flag, PoisonError};

use bianfang_store::{Store, StoreError};
use bianfang_sync::Cancel;
use tokio::sync::{Mutex, RwLock, RwLockReadGuard};

use crate::clock::RunningClock;
use crate::error::ClientError;
use crate::host::Host;

/// The phone of one account.
pub struct Phone {
    pub(crate) host: Arc<dyn Host>,
    pub(crate) clock: RunningClock,
    /// Held while a form's state is read, changed and written.
    pub(crate) forms: Mutex<()>,
    /// Held while a session or an enrolment runs.
    pub(crate) session: Mutex<()>,
    pub(crate) cancel: Flag<Option<Cancel>>,
    opened: RwLock<Option<OpenPhone>>,
}

struct OpenPhone {
    store: Store,
    /// Unlocked when it is dropped, also by the end of the process.
    _lock: File,
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phone").finish_non_exhaustive()
    }
}

impl Phone {
    /// Opens the phone in a folder under its key of 32 random bytes, and makes it where there is none.
    ///
    /// # Errors
    /// [`ClientError::Locked`] (another key), [`ClientError::OutOfDate`] (a newer version wrote it), [`ClientError::StorageFull`],
    /// [`ClientError::Invalid`] with field `folder` while another process has it open.
    pub async fn open(folder: &Path, key: [u8; 32], host: Arc<dyn Host>) -> Result<Self, ClientError> {
        create_dir_all(folder).map_err(StoreError::from)?;
        let lock = lock(&folder.join("lock"))?;
        let store = Store::open(folder, key, host.now_ms()).await?;
        Ok(Self {
            clock: RunningClock::begin(Arc::clone(&host), &store).await?,
            host,
            forms: Mutex::default(),
            session: Mutex::default(),
            cancel: Flag::default(),
            opened: RwLock::new(Some(OpenPhone { store, _lock: lock })),
        })
    }

    /// Ends a running session, waits for calls under way and closes the store. Every later call is [`ClientError::Locked`].
    ///
    /// # Errors
    /// [`ClientError::Internal`]; the store is closed all the same.
    pub async fn close(&self) -> Result<(), ClientError> {
        self.cancel();
        match self.opened.write().await.take() {
            Some(opened) => Ok(opened.store.close().await?),
            None => Ok(()),
        }
    }

    /// Ends a running session soon; without one it does nothing. May be called from any thread.
    pub fn cancel(&self) {
        if let Some(cancel) = &*self.cancel.lock().unwrap_or_else(PoisonError::into_inner) {
            cancel.cancel();
        }
    }

    /// The store, which is not closed as long as this is held.
    pub(crate) async fn store(&self) -> Result<RwLockReadGuard<'_, Store>, ClientError> {
        let opened = self.opened.read().await;
        RwLockReadGuard::try_map(opened, |opened| opened.as_ref().map(|opened| &opened.store))
            .map_err(|_| ClientError::Locked)
    }
}

/// Two processes on one store would each hold back what the other wrote: the second is told instead.
fn lock(path: &Path) -> Result<File, ClientError> {
    let file = File::options().create(true).truncate(false).write(true).open(path).map_err(StoreError::from)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        // The standard library has no locks on Android, where the folder belongs to one app and its one process.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(StoreError::from(error).into()),
        Err(TryLockError::WouldBlock) => Err(ClientError::invalid(
            "folder",
            "资料夹正被另一个程序使用，请先关闭它。",
            "Another process has this folder open: close it first.",
        )),
    }
}
