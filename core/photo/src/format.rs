//! Which kind of file this is, told from its first bytes: names lie (a video renamed .jpg, a HEIC sent as .jpeg).

/// The formats that count as a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoFormat {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// HEIC (ISO/IEC 23008-12 with HEVC inside), the iPhone's own.
    Heic,
    /// PNG: screenshots, mostly.
    Png,
    /// WebP: what messengers make of a photo, under the name .jpg.
    Webp,
}

/// How many bytes [`PhotoFormat::recognize`] wants to see; a `ftyp` box with many brands still fits.
pub(crate) const HEAD: u64 = 256;

impl PhotoFormat {
    pub(crate) fn recognize(head: &[u8]) -> Option<Self> {
        if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
            Some(Self::Jpeg)
        } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP".as_slice()) {
            Some(Self::Webp)
        } else {
            has_heic_brand(head).then_some(Self::Heic)
        }
    }
}

/// ISO/IEC 23008-12, annex B: still images and sequences coded with HEVC. `mif1` alone also stands in AVIF files.
fn has_heic_brand(head: &[u8]) -> bool {
    let Some((length, rest)) = head.split_first_chunk::<4>() else {
        return false;
    };
    let Some(brands) = rest.strip_prefix(b"ftyp") else {
        return false;
    };
    let length = u32::from_be_bytes(*length) as usize;
    let brands = brands.get(..length.saturating_sub(8).min(brands.len())).unwrap_or_default();
    brands.chunks_exact(4).any(|brand| matches!(brand, b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx"))
}
