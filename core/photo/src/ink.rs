//! A signature as it was written with a finger, drawn once for every phone: black on white, small, lossless.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};

use crate::PhotoError;

/// Pixels of the longer side: on paper a hand's width at 200 dots an inch.
const LONGEST: f32 = 640.0;
/// Half the width of a stroke, in pixels.
const HALF: f32 = 2.5;
/// The most points that are drawn: a minute of writing at a hundred a second.
const MOST: usize = 6_000;

/// A place on the pad, from its upper left corner, in the pad's own units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InkPoint {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// A PNG of some strokes on a pad of this width and height. None where nobody wrote anything: a dot alone signs nothing.
///
/// # Errors
/// [`PhotoError::Failed`] where it could not be encoded.
pub fn ink(strokes: &[Vec<InkPoint>], (width, height): (f32, f32)) -> Result<Option<Vec<u8>>, PhotoError> {
    let sound = |side: f32| side.is_finite() && side >= 1.0;
    let written: f32 = strokes.iter().map(|stroke| length(stroke)).sum();
    if !sound(width) || !sound(height) || written < width.min(height) / 10.0 {
        return Ok(None);
    }
    let scale = LONGEST / width.max(height);
    // At most 640 each way: the casts are exact.
    let side = |side: f32| (side * scale).round().clamp(1.0, LONGEST) as u32;
    let mut picture = GrayImage::from_pixel(side(width), side(height), Luma([255]));
    let mut left = MOST;
    for stroke in strokes {
        for pair in stroke.windows(2).take(left) {
            if let [from, to] = pair {
                line(&mut picture, (from.x * scale, from.y * scale), (to.x * scale, to.y * scale));
            }
        }
        left = left.saturating_sub(stroke.len());
    }
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).map_err(|source| PhotoError::Failed { source: Box::new(source) })?;
    Ok(Some(png.into_inner()))
}

fn length(stroke: &[InkPoint]) -> f32 {
    let far = |pair: &[InkPoint]| match pair {
        [from, to] => (to.x - from.x).hypot(to.y - from.y),
        _ => 0.0,
    };
    stroke.windows(2).map(far).filter(|far| far.is_finite()).sum()
}

/// Discs along the way, half a disc apart, with a soft edge.
fn line(picture: &mut GrayImage, from: (f32, f32), to: (f32, f32)) {
    let far = (to.0 - from.0).hypot(to.1 - from.1);
    if !far.is_finite() || far > 4.0 * LONGEST {
        return;
    }
    let steps = (far / HALF).ceil().max(1.0);
    // At most a thousand steps.
    for step in 0..=(steps as u32) {
        let part = step as f32 / steps;
        disc(picture, from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
    }
}

fn disc(picture: &mut GrayImage, x: f32, y: f32) {
    let reach = HALF + 1.0;
    let within = |at: f32, most: u32| (at.clamp(0.0, most.saturating_sub(1) as f32)) as u32;
    let (left, right) = (within(x - reach, picture.width()), within(x + reach, picture.width()));
    let (top, bottom) = (within(y - reach, picture.height()), within(y + reach, picture.height()));
    for row in top..=bottom {
        for column in left..=right {
            let far = (column as f32 - x).hypot(row as f32 - y);
            let shade = ((far - HALF + 0.5).clamp(0.0, 1.0) * 255.0) as u8;
            if let Some(pixel) = picture.get_pixel_mut_checked(column, row) {
                pixel.0 = pixel.0.map(|old| old.min(shade));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stroke(points: &[(f32, f32)]) -> Vec<InkPoint> {
        points.iter().map(|(x, y)| InkPoint { x: *x, y: *y }).collect()
    }

    #[test]
    fn signature_is_black_where_the_finger_went_and_white_elsewhere() {
        let png = ink(&[stroke(&[(10.0, 10.0), (290.0, 90.0)])], (300.0, 100.0)).unwrap().unwrap();
        let picture = image::load_from_memory(&png).unwrap().to_luma8();
        assert_eq!((picture.width(), picture.height()), (640, 213));
        assert!(picture.get_pixel(320, 107).0[0] < 64, "on the way");
        assert_eq!(picture.get_pixel(600, 20).0[0], 255, "beside it");
        assert!(png.len() < 20_000);
    }

    #[test]
    fn dot_is_no_signature_and_odd_numbers_do_no_harm() {
        assert_eq!(ink(&[stroke(&[(5.0, 5.0)])], (300.0, 100.0)).unwrap(), None);
        assert_eq!(ink(&[], (300.0, 100.0)).unwrap(), None);
        assert_eq!(ink(&[stroke(&[(0.0, 0.0), (90.0, 9.0)])], (f32::NAN, 100.0)).unwrap(), None);
        let wild = stroke(&[(0.0, 0.0), (f32::INFINITY, 5.0), (-1e9, 1e9), (250.0, 50.0), (10.0, 10.0)]);
        assert!(ink(&[wild], (300.0, 100.0)).unwrap().is_some());
    }
}
