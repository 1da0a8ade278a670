//! Why a sheet could not be made.

/// Making or writing a sheet failed.
#[derive(Debug, thiserror::Error)]
pub enum SheetsError {
    /// The place names shipped with the county are damaged.
    #[error("the county's places cannot be read")]
    Places(#[from] bianfang_county::PlacesError),
    /// The .xlsx writer refused.
    #[error("the .xlsx cannot be written")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The .csv writer refused.
    #[error("the .csv cannot be written")]
    Csv(#[from] csv::Error),
    /// The container of an .ods or .xlsx refused.
    #[error("the archive cannot be written")]
    Zip(#[from] zip::result::ZipError),
    /// The container of an .xls refused, or a file could not be written.
    #[error("the file cannot be written")]
    Io(#[from] std::io::Error),
    /// The format holds fewer rows or columns: BIFF8 ends at 65,536 rows.
    #[error("the sheet is larger than the format allows")]
    TooLarge,
    /// The truth could not be written as JSON.
    #[error("the truth cannot be written")]
    Json(#[from] serde_json::Error),
}
