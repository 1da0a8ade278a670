//! An error's words for people, so that no app has to write them again.

use bianfang_client::ClientError;

/// 中文: what happened and what to do.
#[uniffi::export]
#[must_use]
pub fn error_zh(error: ClientError) -> String {
    error.zh()
}

/// The same in English.
#[uniffi::export]
#[must_use]
pub fn error_en(error: ClientError) -> String {
    error.en()
}
