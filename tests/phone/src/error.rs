//! What can go wrong at the terminal, beside what the core says.

use bianfang_client::ClientError;
use serde_json::{Value, json};

/// The tool's errors.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// The core.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A file, or standard input.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// A line of a batch that is no command.
    #[error("{0}")]
    Line(#[from] clap::Error),
    /// A line of a batch that is no JSON list of words.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// A word without an equals sign.
    #[error("{0}: FIELD=VALUE")]
    Word(String),
    /// Neither one result for all people nor one for each.
    #[error("{people} people and {results} results")]
    Results {
        /// How many people.
        people: usize,
        /// How many results.
        results: usize,
    },
}

impl PhoneError {
    /// `{"error": {code, zh, en}}`, with the field where one is wrong.
    #[must_use]
    pub fn json(&self) -> Value {
        let (code, zh, en) = match self {
            Self::Client(error) => (error.code(), error.zh(), error.en()),
            Self::File(_) => ("file", "文件读写失败。".to_owned(), self.to_string()),
            Self::Line(_) | Self::Json(_) => ("usage", "命令格式不对。".to_owned(), self.to_string()),
            Self::Word(_) => ("usage", "写作 项=值。".to_owned(), self.to_string()),
            Self::Results { .. } => ("usage", "结果数与人数不符。".to_owned(), self.to_string()),
        };
        let field = match self {
            Self::Client(ClientError::Invalid { field, .. }) => Some(field),
            _ => None,
        };
        json!({ "error": { "code": code, "field": field, "zh": zh, "en": en } })
    }
}
