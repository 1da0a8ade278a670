//! What can go wrong in the demo.

use std::path::PathBuf;

/// The demo ended early.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The bureau around the server.
    #[error("{0}")]
    Bureau(#[from] bianfang_e2e::E2eError),
    /// A phone.
    #[error("手机 / phone: {0}")]
    Phone(#[from] bianfang_client::ClientError),
    /// A drawn photo.
    #[error("{0}")]
    Photo(#[from] bianfang_photo::PhotoError),
    /// The place names.
    #[error("{0}")]
    Places(#[from] bianfang_county::PlacesError),
    /// Files.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Processes and signals.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A report of an earlier version.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// The sheet had nobody in it that could be imported.
    #[error("表格里没有能导入的人 / nobody of the sheet could be imported: {0}")]
    Nobody(String),
    /// An import stopped before it was written.
    #[error("导入没有写完，原因见服务器日志 / the import stopped unwritten, the server's log says why: {0}")]
    Unwritten(String),
}
