//! Thumbnails of stored photos: a file beside the photo, made by the same code as on the phone, and made again when it is
//! missing. It may be thrown away at any time.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use bianfang_photo::Limits;
use tempfile::NamedTempFile;

use super::MediaError;

/// The thumbnail's file; None where the photo cannot be decoded (HEIC, or broken).
///
/// # Errors
/// [`MediaError::File`].
pub async fn of(photo: &Path) -> Result<Option<PathBuf>, MediaError> {
    let photo = photo.to_owned();
    tokio::task::spawn_blocking(move || made(&photo)).await?
}

fn made(photo: &Path) -> Result<Option<PathBuf>, MediaError> {
    let kept = photo.with_extension("thumb");
    if kept.exists() {
        return Ok(Some(kept));
    }
    let Ok(evidence) = bianfang_photo::process(photo, &Limits::default()) else { return Ok(None) };
    let Some(thumbnail) = evidence.thumbnail else { return Ok(None) };
    // Under its own name only when whole: two requests may make it at once, and either result is right.
    let mut file = NamedTempFile::new_in(photo.parent().unwrap_or(Path::new(".")))?;
    file.write_all(&thumbnail.bytes)?;
    file.persist(&kept).map_err(|error| error.error)?;
    Ok(Some(kept))
}
