//! Formats whose pixels are in memory all at once: PNG and WebP. What is transparent is laid on white, as every screen that
//! showed it did: a signature in black ink would be black on black.

use std::io::{Cursor, ErrorKind};

use image::{ColorType, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbaImage};

use crate::raster::Raster;
use crate::{Limits, PhotoError, Size};

/// A WebP decoder holds planes or transforms beside the pixels it gives.
const WEBP_WORK: u64 = 4;

pub(crate) fn decode(bytes: &[u8], format: ImageFormat, limits: &Limits) -> Result<(Raster, Size), PhotoError> {
    let decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(fault)?;
    let (width, height) = decoder.dimensions();
    let size = Size { width, height };
    let work = if format == ImageFormat::WebP { WEBP_WORK } else { 0 };
    limits.check_resident(size, bytes.len(), (memory(decoder.color_type()) + work, 1))?;
    let pixels = DynamicImage::from_decoder(decoder).map_err(fault)?;
    let raster =
        if pixels.color().has_alpha() { on_white(pixels.into_rgba8())? } else { Raster::new(pixels.into_rgb8()) };
    Ok((raster, size))
}

/// Bytes a pixel: as decoded and, where that is another form, as eight bits a channel.
fn memory(color: ColorType) -> u64 {
    let decoded = u64::from(color.bytes_per_pixel());
    match color {
        ColorType::Rgb8 | ColorType::Rgba8 => decoded,
        color if color.has_alpha() => decoded + 4,
        _ => decoded + 3,
    }
}

/// In place: a second picture would take as much memory again.
fn on_white(picture: RgbaImage) -> Result<Raster, PhotoError> {
    let (width, height) = picture.dimensions();
    let mut bytes = picture.into_raw();
    for pixel in bytes.chunks_exact_mut(4) {
        let [colour @ .., alpha] = pixel else { continue };
        let alpha = u16::from(*alpha);
        for part in colour {
            *part = ((u16::from(*part) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        }
    }
    let mut place = 0_u8;
    bytes.retain(|_| {
        place = place % 4 + 1;
        place != 4
    });
    Raster::from_vec(width, height, bytes)
}

fn fault(error: ImageError) -> PhotoError {
    match error {
        ImageError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => PhotoError::Truncated,
        error => PhotoError::corrupt(error),
    }
}
