//! What can go wrong inside the server. Callers over HTTP never see these: `http::problem` logs them and answers 500.

use std::net::SocketAddr;
use std::path::PathBuf;

/// The error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The configuration cannot be read, or says something impossible.
    #[error("configuration: {0}")]
    Config(#[from] Box<figment::Error>),
    /// The public URL has no host.
    #[error("public_url {0:?} is not https://host[:port]")]
    PublicUrl(String),
    /// Without TLS only the machine itself may be served.
    #[error("plain HTTP is allowed on a loopback address only, not on {0}")]
    PlainNotLoopback(SocketAddr),
    /// The database refused or cannot be reached.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration that was applied has another text now.
    #[error("migration {version} was changed after it had been applied")]
    MigrationChanged {
        /// Its number.
        version: i64,
    },
    /// The database was written by a newer program.
    #[error(
        "the database has migration {version}, which this program does not know: it was written by a newer version"
    )]
    MigrationUnknown {
        /// Its number.
        version: i64,
    },
    /// A row that no version of this program writes.
    #[error("table {table}, column {column}: the row {key} cannot be read")]
    Row {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's key.
        key: String,
    },
    /// The hash chain of the audit log is broken.
    #[error("the audit log of county {county} does not hold at entry {n}")]
    AuditBroken {
        /// The county.
        county: String,
        /// The first entry that does not fit.
        n: i64,
    },
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A key file has the wrong form.
    #[error("{0} has the wrong form")]
    KeyFile(PathBuf),
    /// `init` has not been run.
    #[error("there is no {0}; has `bianfang init` been run?")]
    NotInitialized(PathBuf),
    /// Listening or serving failed.
    #[error("network: {0}")]
    Network(std::io::Error),
    /// A certificate cannot be made.
    #[error("certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// TLS cannot be set up.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// A token cannot be signed, or its key is no key.
    #[error("token: {0}")]
    Token(#[from] jsonwebtoken::errors::Error),
    /// A password cannot be hashed, or a stored hash is none.
    #[error("password hashing failed")]
    Password,
    /// A task was ended before it finished.
    #[error("a task was ended early")]
    Task,
    /// No such county.
    #[error("there is no county {0:?}")]
    CountyUnknown(String),
    /// A county of this code exists.
    #[error("there is already a county {0:?}")]
    CountyExists(String),
    /// The code has another form than six digits.
    #[error("the county code {0:?} is not six digits (GB/T 2260)")]
    CountyCode(String),
    /// Several counties, none named.
    #[error("the database holds {0} counties; name one with --county")]
    CountyNotNamed(usize),
    /// No such account.
    #[error("county {county} has no active account {login:?}")]
    AccountUnknown {
        /// The county.
        county: String,
        /// The login.
        login: String,
    },
    /// No such account, or one that may not import.
    #[error("county {county} has no active account {login:?} with the right to import (SECTION_CLERK)")]
    ImportRight {
        /// The county.
        county: String,
        /// The login.
        login: String,
    },
    /// The file is no sheet we can read.
    #[error(transparent)]
    Import(#[from] bianfang_sheets::ImportError),
    /// No such account, or one that may not export what is asked.
    #[error("county {county} has no active account {login:?} with the right to read the register")]
    ExportRight {
        /// The county.
        county: String,
        /// The login.
        login: String,
    },
    /// What is asked cannot be exported.
    #[error(transparent)]
    Export(#[from] AskError),
    /// A sheet cannot be written.
    #[error("sheet: {0}")]
    Sheet(#[from] bianfang_sheets::write::PaperError),
    /// Some rows can never be imported as they are.
    #[error("{0} rows were refused: mend them and import the sheet again")]
    ImportRefused(u64),
    /// What a sheet is to be assumed to say answers none of its questions, or is no code.
    #[error("{0}: no question of this sheet, or no code of its table")]
    ImportAssumption(String),
    /// A header was said to be a column that the ledger has not.
    #[error("{0}: no column of this sheet")]
    ImportColumn(String),
    /// No division of this name, or several.
    #[error("there is no one division {0:?}; name it as township/village")]
    DivisionName(String),
    /// The login is taken.
    #[error("county {county} already has an account {login:?}")]
    LoginTaken {
        /// The county.
        county: String,
        /// The login.
        login: String,
    },
    /// Too short.
    #[error("the password has fewer than {0} characters")]
    PasswordShort(usize),
    /// The QR cannot be drawn.
    #[error("QR code: {0}")]
    Qr(#[from] qrcode::types::QrError),
    /// The PNG cannot be written.
    #[error("image: {0}")]
    Image(#[from] image::ImageError),
    /// JSON of our own making cannot be written or read.
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<figment::Error> for ServerError {
    fn from(error: figment::Error) -> Self {
        Self::Config(Box::new(error))
    }
}

/// Why nothing is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// No ledger of this name.
    #[error("没有这种台账，可选：people plaques visits letters visit_list issue_list / there is no such ledger")]
    Ledger,
    /// Neither form, or a printed list that is to be no workbook.
    #[error("文件格式应为 .xlsx 或 .csv，打印名单只有 .xlsx / files are .xlsx or .csv, lists for printing .xlsx only")]
    Format,
    /// Not there, or not the exporter's.
    #[error("没有这个区划，或不在您的范围内 / there is no such division within your scope")]
    Division,
    /// The end lies before the start, or the ledger is not of what happened.
    #[error("日期有误：结束不早于开始，花名册和打印名单不分时段 / the days are wrong, or the ledger has none")]
    Window,
    /// The role may not.
    #[error("您的角色不能导出完整号码，请去掉“完整”或联系县局 / your role may not export full numbers")]
    FullRight,
    /// Full data without a reason, or one that is too long.
    #[error("导出完整号码须写明事由，不超过 200 字 / full numbers need a reason of at most 200 characters")]
    Reason,
}
