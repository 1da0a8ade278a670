//! What is still worth opening. Everything is checked against the header, before a pixel is decoded.

use crate::{PhotoError, Size};

/// What is still worth opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub max_bytes: u64,
    /// Width × height where the file can be decoded line by line (baseline JPEG).
    pub max_pixels: u64,
    /// Bytes of file and pixels together where all of it must be in memory at once (progressive or multi-scan JPEG, PNG, WebP).
    pub max_resident_bytes: u64,
}

impl Default for Limits {
    /// 128 MiB; 16,384 × 12,288 pixels (the largest phone sensors sold); 284 MiB where they stay in memory, which with the
    /// copy makes 300: 50 megapixels of progressive JPEG, 70 of a PNG.
    fn default() -> Self {
        Self { max_bytes: 128 << 20, max_pixels: 16_384 * 12_288, max_resident_bytes: 284 << 20 }
    }
}

impl Limits {
    /// A pixel takes `bytes / of` bytes.
    pub(crate) fn check_resident(&self, size: Size, file: usize, (bytes, of): (u64, u64)) -> Result<(), PhotoError> {
        let room = self.max_resident_bytes.saturating_sub(file as u64);
        let limit = room.saturating_mul(of).checked_div(bytes).unwrap_or(0);
        if size.pixels() > limit {
            return Err(PhotoError::TooManyPixels { size, limit });
        }
        Ok(())
    }
}
