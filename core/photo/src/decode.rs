//! From compressed bytes to pixels no larger than needed. Strict: what a decoder would patch over is an error here,
//! because a photo with a grey half is no evidence.

use turbojpeg::{Decompressor, ScalingFactor};

use crate::mend::zeros_before_end;
use crate::raster::Raster;
use crate::{COPY_SIDE, PhotoError, Size};

/// Cameras write at most about ten scans; thousands of them over one picture are an attack on the processor.
const MAX_SCANS: u32 = 100;
/// So many zeros more than the decoder left over may stand before the end by chance.
const CHANCE: usize = 16;

/// Decodes at the N/8 scale of the DCT that lies nearest above the copy's size: 12 megapixels take a quarter of the memory.
/// Up to `spare` bytes for which the decoder finds no use are no fault.
pub(crate) fn jpeg(bytes: &[u8], size: Size, spare: usize) -> Result<Raster, PhotoError> {
    let scale = scale(size.longest());
    let mut decoder = Decompressor::new().map_err(PhotoError::failed)?;
    decoder.set_scan_limit(MAX_SCANS).map_err(PhotoError::failed)?;
    decoder.set_scaling_factor(scale).map_err(PhotoError::failed)?;
    let mut raster = Raster::black(scaled(scale, size.width), scaled(scale, size.height))?;
    match decoder.decompress(bytes, raster.view_mut()) {
        Ok(()) => Ok(raster),
        Err(error) => match left_over(&error) {
            // Nothing can go wrong after the last row: what stands before the end marker (0xd9) is no part of the picture.
            Some(count) if count <= spare && zeros_before_end(bytes) <= count + CHANCE => Ok(raster),
            Some(_) if spare < usize::MAX => Err(PhotoError::corrupt(error)),
            // A file whose end was never written: the decoder took the disk's zeros for picture, and had some left.
            Some(_) => Err(PhotoError::Truncated),
            None if is_cut(&error) => Err(PhotoError::Truncated),
            None => Err(PhotoError::corrupt(error)),
        },
    }
}

/// The smallest N/8 that comes within a sixteenth of the copy's side: 4000 pixels become 2000 by the DCT alone,
/// which saves decoding at 5/8 and resizing for the sake of 16 pixels.
fn scale(longest: u32) -> ScalingFactor {
    let enough = COPY_SIDE - COPY_SIDE / 16;
    let eighths = (1..8).find(|n| longest * n / 8 >= enough).unwrap_or(8);
    ScalingFactor::new(eighths as usize, 8)
}

fn scaled(scale: ScalingFactor, side: u32) -> u32 {
    u32::try_from(scale.scale(side as usize)).unwrap_or(side)
}

/// The decoder reports its first warning as an error, by text only. Here: how many bytes it had no use for, right before the
/// end marker.
fn left_over(error: &turbojpeg::Error) -> Option<usize> {
    let turbojpeg::Error::TurboJpegError(text) = error else {
        return None;
    };
    let count = text.strip_prefix("Corrupt JPEG data: ")?.strip_suffix(" extraneous bytes before marker 0xd9")?;
    count.parse().ok()
}

fn is_cut(error: &turbojpeg::Error) -> bool {
    let lacking = ["Premature end of JPEG file", "Corrupt JPEG data: premature end of data segment"];
    matches!(error, turbojpeg::Error::TurboJpegError(text) if lacking.iter().any(|start| text.starts_with(start)))
}
