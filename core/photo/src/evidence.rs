//! What is known of a photo after it was processed: the shapes that callers store and send.

use crate::{FileFacts, PhotoFormat};

/// The result for one photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The file as it is, which nobody alters.
    pub original: Original,
    /// Upright JPEG, longest side at most [`crate::COPY_SIDE`]; `None` exactly when `note` says why.
    pub copy: Option<Image>,
    /// Upright JPEG, longest side at most [`crate::THUMBNAIL_SIDE`]; `None` exactly when `note` says why.
    pub thumbnail: Option<Image>,
    /// What the camera wrote into the file. Anybody can write it: a hint for the reviewer, no proof.
    pub facts: FileFacts,
    /// Why there is no copy; the original is then sent in its place.
    pub note: Option<NoCopy>,
}

/// The file that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Original {
    /// SHA-256 of all its bytes.
    pub sha256: [u8; 32],
    /// Bytes.
    pub length: u64,
    /// Told from its first bytes, never from its name.
    pub format: PhotoFormat,
    /// Pixels as stored, before any turning. `None` for a HEIC whose EXIF does not state them.
    pub size: Option<Size>,
}

/// A JPEG that was made from the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The whole JPEG file, without EXIF.
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`.
    pub sha256: [u8; 32],
    /// Pixels.
    pub size: Size,
}

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl Size {
    /// The longer of the two sides.
    pub fn longest(self) -> u32 {
        self.width.max(self.height)
    }

    /// Width × height.
    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// Why a sound photo has no copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCopy {
    /// HEIC is recognized but not decoded yet.
    Heic,
    /// A JPEG that no camera writes: CMYK, lossless, hierarchical or not 8 bits deep.
    UncommonJpeg,
}

impl NoCopy {
    /// Stable across versions, for storage and for the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Heic => "photo_copy_later_heic",
            Self::UncommonJpeg => "photo_copy_none_jpeg",
        }
    }

    /// For the person who took the photo.
    pub fn message_zh(self) -> &'static str {
        match self {
            Self::Heic => "HEIC 照片的副本以后再生成，现在保留并上传原件。",
            Self::UncommonJpeg => "这种 JPEG 无法生成副本，将保留并上传原件。",
        }
    }

    /// The same in English.
    pub fn message_en(self) -> &'static str {
        match self {
            Self::Heic => "The copy of a HEIC photo comes later; the original is kept and sent.",
            Self::UncommonJpeg => "No copy can be made of this kind of JPEG; the original is kept and sent.",
        }
    }
}

impl Evidence {
    pub(crate) fn without_copy(original: Original, facts: FileFacts, note: NoCopy) -> Self {
        Self { original, copy: None, thumbnail: None, facts, note: Some(note) }
    }
}
