//! Progress towards the app. The core's trait exports nothing, so this one stands before it.

use std::sync::Arc;

use bianfang_client::Progress;

/// Who is told of a synchronization's progress; the app implements it.
#[uniffi::export(with_foreign)]
pub trait Watch: Send + Sync {
    /// Called after each step that changed something, on a thread of the library: it must return soon.
    fn progress(&self, progress: Progress);
}

/// The app's watch as the core wants it.
pub struct Relay(pub Arc<dyn Watch>);

impl bianfang_client::Watch for Relay {
    fn progress(&self, progress: Progress) {
        self.0.progress(progress);
    }
}
