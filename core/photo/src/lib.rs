//! From a photo file to what is kept as evidence: a hash of the original, a smaller copy, a thumbnail and the facts the camera wrote.
//!
//! File in, facts out: no database, no network, no clock, and the file itself is only read. Bytes are returned instead of
//! written so that the store can encrypt them before they touch the disk.
//!
//! ```
//! # use bianfang_photo::{Limits, scene::Scene};
//! # let folder = tempfile::tempdir()?;
//! # let file = folder.path().join("door.jpg");
//! # std::fs::write(&file, Scene::new(7).draw()?)?;
//! let evidence = bianfang_photo::process(&file, &Limits::default())?;
//! assert!(evidence.copy.is_some_and(|copy| copy.size.longest() <= bianfang_photo::COPY_SIDE));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod decode;
mod error;
mod evidence;
mod facts;
mod format;
mod heic;
mod ink;
mod jpeg;
mod limits;
mod mend;
mod owed;
mod raster;
mod source;
mod whole;

#[cfg(feature = "scene")]
pub mod scene;

pub use error::PhotoError;
pub use evidence::{Evidence, Image, NoCopy, Original, Size};
pub use facts::{FileFacts, Position, TakenAt};
pub use format::PhotoFormat;
pub use ink::{InkPoint, ink};
pub use limits::Limits;
pub use owed::owes_original;

use std::path::Path;

use image::ImageFormat;
use raster::Raster;
use source::Source;

/// Longest side of the evidence copy in pixels: the exact DCT half of a 4032-pixel phone photo.
pub const COPY_SIDE: u32 = 2016;
/// Longest side of the thumbnail in pixels.
pub const THUMBNAIL_SIDE: u32 = 320;
/// JPEG quality of copy and thumbnail. At 80 a 12-megapixel photo becomes about 330 KB and a number plate stays legible.
const COPY_QUALITY: i32 = 80;
const THUMBNAIL_QUALITY: i32 = 75;

/// Makes the evidence of the photo at `source`, which is read once and never altered.
///
/// The hash is taken over the very bytes that are decoded. A HEIC original is hashed and its facts are read, but
/// its copy is `None` with [`NoCopy::Heic`]; such an original is sent itself.
///
/// # Errors
/// See [`PhotoError`]: whichever it is, the file still stands where it was, and [`PhotoError::keeps_original`] says
/// whether the caller should keep it.
pub fn process(source: &Path, limits: &Limits) -> Result<Evidence, PhotoError> {
    let mut source = Source::open(source, limits)?;
    match source.format {
        PhotoFormat::Heic => {
            source.check_boxes()?;
            let facts = source.facts()?;
            let size = facts.stated_size;
            Ok(Evidence::without_copy(source.hash()?.original(size), facts.public, NoCopy::Heic))
        }
        PhotoFormat::Jpeg => {
            let (digest, mut bytes) = source.read()?;
            let header = jpeg::FrameHeader::read(&bytes)?;
            header.check(limits, bytes.len())?;
            let facts = facts::of_jpeg(&bytes);
            let original = digest.original(Some(header.size()));
            if !header.is_common() {
                return Ok(Evidence::without_copy(original, facts, NoCopy::UncommonJpeg));
            }
            header.mend(&mut bytes);
            let raster = decode::jpeg(&bytes, header.size(), header.spare())?;
            drop(bytes);
            pictures(original, facts, raster)
        }
        PhotoFormat::Png | PhotoFormat::Webp => {
            let format = if source.format == PhotoFormat::Png { ImageFormat::Png } else { ImageFormat::WebP };
            let (digest, bytes) = source.read()?;
            let facts = facts::of_whole(&bytes);
            let (raster, size) = whole::decode(&bytes, format, limits)?;
            drop(bytes);
            pictures(digest.original(Some(size)), facts, raster)
        }
    }
}

/// Turns the pixels upright, makes copy and thumbnail from them. The copy carries no EXIF: it needs none to be shown upright.
fn pictures(original: Original, facts: FileFacts, raster: Raster) -> Result<Evidence, PhotoError> {
    let upright = raster.fit(COPY_SIDE)?.turn(facts.orientation);
    let copy = upright.encode(COPY_QUALITY)?;
    let thumbnail = upright.fit(THUMBNAIL_SIDE)?.encode(THUMBNAIL_QUALITY)?;
    Ok(Evidence { original, copy: Some(copy), thumbnail: Some(thumbnail), facts, note: None })
}
