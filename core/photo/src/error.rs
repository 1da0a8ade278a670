//! Everything that can be wrong with a photo file, in the words of the person who took it.

use std::error::Error;
use std::io;

use crate::Size;

/// Why no evidence could be made. The file is untouched in every case.
///
/// | error | the caller keeps the original | sends it |
/// |---|---|---|
/// | `Unreadable` | cannot, and tries again | no |
/// | `Empty` | no: there is nothing in it | no |
/// | `TooLarge` | no: it stays where it was | no |
/// | `NotAnImage` | yes, with the reason beside it | no |
/// | `TooManyPixels`, `Truncated`, `Corrupt`, `Failed` | yes, with the reason beside it | yes ([`crate::owes_original`]) |
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// The file could not be opened or read.
    #[error("{}", self.message_en())]
    Unreadable(#[from] io::Error),
    /// Zero bytes.
    #[error("{}", self.message_en())]
    Empty,
    /// The first bytes are those of no photo format we know.
    #[error("{}", self.message_en())]
    NotAnImage,
    /// More bytes than [`crate::Limits::max_bytes`]; only the head was read.
    #[error("{}", self.message_en())]
    TooLarge {
        /// Bytes of the file.
        length: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// The header claims more pixels than the limits allow; nothing was decoded.
    #[error("{}", self.message_en())]
    TooManyPixels {
        /// What the header claims.
        size: Size,
        /// Pixels allowed for this kind of file.
        limit: u64,
    },
    /// The file ends before the picture does.
    #[error("{}", self.message_en())]
    Truncated,
    /// The header or the picture data is damaged.
    #[error("{}", self.message_en())]
    Corrupt {
        /// What the decoder said, where it was the decoder that found it.
        #[source]
        source: Option<Box<dyn Error + Send + Sync>>,
    },
    /// The photo was read but the copy could not be written: no memory, or a defect of ours.
    #[error("{}", self.message_en())]
    Failed {
        /// What the resizer or encoder said.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
}

impl PhotoError {
    pub(crate) fn corrupt(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Corrupt { source: Some(source.into()) }
    }

    pub(crate) fn failed(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Failed { source: source.into() }
    }

    /// Stable across versions, for storage, the wire and the demo's report.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "photo_unreadable",
            Self::Empty => "photo_empty",
            Self::NotAnImage => "photo_not_an_image",
            Self::TooLarge { .. } => "photo_too_large",
            Self::TooManyPixels { .. } => "photo_too_many_pixels",
            Self::Truncated => "photo_truncated",
            Self::Corrupt { .. } => "photo_corrupt",
            Self::Failed { .. } => "photo_failed",
        }
    }

    /// Whether there is something worth keeping beside the reason: false for an empty file, and for one that is so large
    /// that it would take the room of thousands of photos (a video); that one stays where it was.
    pub fn keeps_original(&self) -> bool {
        !matches!(self, Self::Empty | Self::TooLarge { .. })
    }

    /// For the person who took the photo: what is wrong, what became of it, what to do.
    pub fn message_zh(&self) -> String {
        match self {
            Self::Unreadable(_) => "照片文件读不出来，请稍后重试。".into(),
            Self::Empty => "照片文件是空的（0 字节），请重新拍摄。".into(),
            Self::NotAnImage => "这个文件不是照片（可用 JPEG、HEIC、PNG、WebP），原文件已保留，未上传。".into(),
            Self::TooLarge { length, limit } => {
                format!(
                    "文件太大（{} MB，上限 {} MB），不像照片，未加入；原文件仍在原处。",
                    mega(*length),
                    mega(*limit)
                )
            }
            Self::TooManyPixels { size, limit } => {
                let (width, height, limit) = (size.width, size.height, limit / 1_000_000);
                format!(
                    "照片尺寸过大（{width}×{height}，上限 {limit} 百万像素），无法生成副本，原文件已保留，将上传原件。"
                )
            }
            Self::Truncated => "照片不完整（后半部分缺失），原文件已保留，将上传原件，最好重新拍摄。".into(),
            Self::Corrupt { .. } => "照片已损坏，原文件已保留，将上传原件，最好重新拍摄。".into(),
            Self::Failed { .. } => "照片副本生成失败，原文件已保留，将上传原件。".into(),
        }
    }

    /// The same in English; also what `Display` prints.
    pub fn message_en(&self) -> String {
        match self {
            Self::Unreadable(_) => "The photo file cannot be read; try again later.".into(),
            Self::Empty => "The photo file is empty (0 bytes); take it again.".into(),
            Self::NotAnImage => "This file is not a photo (JPEG, HEIC, PNG, WebP); it is kept and not sent.".into(),
            Self::TooLarge { length, limit } => {
                format!(
                    "The file is too large ({} MB of at most {} MB) for a photo; it was not added and stays where it is.",
                    mega(*length),
                    mega(*limit)
                )
            }
            Self::TooManyPixels { size, limit } => {
                let (width, height, limit) = (size.width, size.height, limit / 1_000_000);
                format!(
                    "The picture is too large ({width}×{height}, at most {limit} megapixels) for a copy; it is kept and sent as it is."
                )
            }
            Self::Truncated => {
                "The photo is incomplete, its end is missing; it is kept and sent as it is, better take it again."
                    .into()
            }
            Self::Corrupt { .. } => "The photo is damaged; it is kept and sent as it is, better take it again.".into(),
            Self::Failed { .. } => "The copy could not be made; the photo is kept and sent as it is.".into(),
        }
    }
}

fn mega(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}
