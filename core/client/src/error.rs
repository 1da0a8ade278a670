//! What can go wrong, by what the app can do about it. Ten variants at most; everything else is `Internal` with an id for the log.

use bianfang_domain::decision::Decision;
use bianfang_domain::reason::Reason;
use bianfang_domain::time::Day;
use bianfang_photo::PhotoError;
use bianfang_store::StoreError;
use bianfang_sync::SyncError;

/// The error of every call of the facade.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum ClientError {
    /// No signal or no server. Nothing is lost; try again later.
    #[error("offline")]
    Offline,
    /// Sign in again; the queue waits.
    #[error("signed out")]
    SignedOut,
    /// The key is wrong or the store is closed.
    #[error("locked")]
    Locked,
    /// No such record on this phone.
    #[error("not found")]
    NotFound,
    /// A field is wrong.
    #[error("{field}: {en}")]
    Invalid {
        /// Which.
        field: String,
        /// 中文
        zh: String,
        /// English
        en: String,
    },
    /// Somebody else changed it; both values are kept.
    #[error("conflict")]
    Conflict,
    /// No room on the phone.
    #[error("storage full")]
    StorageFull,
    /// The app is too old for this.
    #[error("out of date")]
    OutOfDate,
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
    /// Ours to mend.
    #[error("internal error {report_id}")]
    Internal {
        /// To be found in the log.
        report_id: String,
    },
}

impl ClientError {
    pub(crate) fn invalid(field: &str, zh: &str, en: &str) -> Self {
        Self::Invalid { field: field.into(), zh: zh.into(), en: en.into() }
    }

    /// What a rule refused before anything was written.
    pub(crate) fn refused(decision: &Decision) -> Self {
        let reason = decision.reason.unwrap_or(Reason::Malformed);
        Self::invalid(decision.field.as_deref().unwrap_or("record"), reason.zh(), reason.en())
    }

    /// A fault that the app can do nothing about. The log says more; the same fault has the same id.
    pub(crate) fn internal(part: &str, error: &dyn std::fmt::Display) -> Self {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let text = error.to_string();
        let mut hash = DefaultHasher::new();
        text.hash(&mut hash);
        let report_id = format!("{part}-{:08x}", hash.finish() & 0xffff_ffff);
        tracing::error!(report_id, error = text, "internal error");
        Self::Internal { report_id }
    }

    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::SignedOut => "signed_out",
            Self::Locked => "locked",
            Self::NotFound => "not_found",
            Self::Invalid { .. } => "invalid",
            Self::Conflict => "conflict",
            Self::StorageFull => "storage_full",
            Self::OutOfDate => "out_of_date",
            Self::Cancelled => "cancelled",
            Self::Internal { .. } => "internal",
        }
    }

    /// 中文: what happened and what to do.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Offline => "连不上服务器。记录都在本机，有信号时再同步。".into(),
            Self::SignedOut => "登录已失效，请用新的二维码重新登录。待传记录都在本机。".into(),
            Self::Locked => "资料库未打开：密钥不对，或已关闭。".into(),
            Self::NotFound => "本机没有这条记录。".into(),
            Self::Invalid { zh, .. } => zh.clone(),
            Self::Conflict => "别人也改了这一项，两个值都已保留。".into(),
            Self::StorageFull => "手机存储空间已满，请先清理再保存。".into(),
            Self::OutOfDate => "应用版本太旧，请升级。".into(),
            Self::Cancelled => "已停止。".into(),
            Self::Internal { report_id } => format!("内部错误，请把编号 {report_id} 告诉管理员。"),
        }
    }

    /// The same in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::Offline => "The server cannot be reached. Everything is on this phone; synchronize later.".into(),
            Self::SignedOut => "Signed out: sign in with a new code. What waits is kept on this phone.".into(),
            Self::Locked => "The store is not open: another key, or it was closed.".into(),
            Self::NotFound => "There is no such record on this phone.".into(),
            Self::Invalid { en, .. } => en.clone(),
            Self::Conflict => "Somebody else changed this too; both values are kept.".into(),
            Self::StorageFull => "The phone's storage is full: make room and save again.".into(),
            Self::OutOfDate => "This app is too old: update it.".into(),
            Self::Cancelled => "Stopped.".into(),
            Self::Internal { report_id } => format!("Internal error: tell the administrator {report_id}."),
        }
    }
}

impl From<StoreError> for ClientError {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::WrongKey => Self::Locked,
            StoreError::Newer { .. } => Self::OutOfDate,
            StoreError::Full => Self::StorageFull,
            StoreError::NotEnrolled => Self::SignedOut,
            StoreError::Corrupt { .. } => Self::internal("damaged", &error),
            StoreError::File { .. } => Self::internal("photo-file", &error),
            StoreError::Random => Self::internal("random", &error),
            StoreError::Io(_) => Self::internal("file", &error),
            StoreError::Sql(_) => Self::internal("database", &error),
        }
    }
}

impl From<SyncError> for ClientError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Offline => Self::Offline,
            SyncError::SignedOut => Self::SignedOut,
            SyncError::OutOfDate => Self::OutOfDate,
            SyncError::Cancelled => Self::Cancelled,
            SyncError::Refused(fault) => Self::invalid("invitation", &fault.zh, &fault.en),
            SyncError::Invitation => crate::enrol::unreadable(),
            SyncError::Untrusted => Self::invalid(
                "server",
                "应答的不是登记时的服务器，未发送任何内容。请联系管理员。",
                "The server is not the one this phone was enrolled with. Nothing was sent; ask the administrator.",
            ),
            SyncError::WrongDate { shown_ms } => {
                let day = Day::of(shown_ms);
                Self::invalid(
                    "clock",
                    &format!(
                        "手机显示的日期是 {day}，服务器的证书在这一天无效。请先校正手机的日期和时间，再同步；日期没有错时请联系管理员。"
                    ),
                    &format!(
                        "This phone shows {day}, a day on which the server's certificate is not valid. Set the phone's date \
                         and time right and synchronize again; ask the administrator if the date is right."
                    ),
                )
            }
            // Overloaded, or behind a proxy that does not reach it.
            SyncError::Server { status: 502..=504, .. } => Self::Offline,
            SyncError::Server { request_id: Some(report_id), .. } => Self::Internal { report_id },
            SyncError::Server { .. } | SyncError::Malformed => Self::internal("server", &error),
            SyncError::Storage(source) => match source.downcast::<StoreError>() {
                Ok(error) => (*error).into(),
                Err(error) => Self::internal("store", &error),
            },
        }
    }
}

impl From<PhotoError> for ClientError {
    fn from(error: PhotoError) -> Self {
        Self::invalid("photo", &error.message_zh(), &error.message_en())
    }
}
