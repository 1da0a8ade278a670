//! Where scenes are painted: rectangles in hundredths of the picture, on a fixed raster that is stretched afterwards,
//! so that a large picture costs a debug build no more than a small one.

use fast_image_resize as fir;
use image::{Rgb, RgbImage};

use super::Dice;
use crate::PhotoError;
use crate::raster::Raster;

pub(crate) type Colour = [u8; 3];

/// Pixels a hundredth is wide and high.
const CELL_WIDTH: u32 = 12;
const CELL_HEIGHT: u32 = 9;
const GRAIN: usize = 4099;

pub(crate) struct Canvas(RgbImage);

impl Canvas {
    pub(crate) fn new() -> Self {
        Self(RgbImage::new(100 * CELL_WIDTH, 100 * CELL_HEIGHT))
    }

    pub(crate) fn fill(&mut self, left: u32, top: u32, right: u32, bottom: u32, colour: Colour) {
        self.fade(left, top, right, bottom, colour, colour);
    }

    /// From `upper` at the top to `lower` at the bottom.
    pub(crate) fn fade(&mut self, left: u32, top: u32, right: u32, bottom: u32, upper: Colour, lower: Colour) {
        let (top, bottom) = (top * CELL_HEIGHT, bottom * CELL_HEIGHT);
        for y in top..bottom {
            let (done, all) = (y - top, bottom - top);
            let mix = |a: u8, b: u8| ((u32::from(a) * (all - done) + u32::from(b) * done) / all) as u8;
            let [r, g, b] = upper;
            let [lower_r, lower_g, lower_b] = lower;
            self.span(y, left * CELL_WIDTH, right * CELL_WIDTH, [mix(r, lower_r), mix(g, lower_g), mix(b, lower_b)]);
        }
    }

    pub(crate) fn outline(&mut self, left: u32, top: u32, right: u32, bottom: u32, colour: Colour) {
        for y in top * CELL_HEIGHT..bottom * CELL_HEIGHT {
            let is_edge = y < top * CELL_HEIGHT + 2 || y + 2 >= bottom * CELL_HEIGHT;
            let (left, right) = (left * CELL_WIDTH, right * CELL_WIDTH);
            if is_edge {
                self.span(y, left, right, colour);
            } else {
                self.span(y, left, left + 2, colour);
                self.span(y, right - 2, right, colour);
            }
        }
    }

    pub(crate) fn line_across(&mut self, y: u32, colour: Colour) {
        self.span(y * CELL_HEIGHT, 0, 100 * CELL_WIDTH, colour);
    }

    pub(crate) fn line_down(&mut self, x: u32, top: u32, bottom: u32, colour: Colour) {
        for y in top * CELL_HEIGHT..bottom * CELL_HEIGHT {
            self.span(y, x * CELL_WIDTH, x * CELL_WIDTH + 2, colour);
        }
    }

    /// A stroke of a written sign: `column` and `row` count dots of 6 × 5 pixels from the sign's corner.
    pub(crate) fn dot(&mut self, x: u32, y: u32, column: u32, row: u32, colour: Colour) {
        let (left, top) = (x * CELL_WIDTH + column * 6, y * CELL_HEIGHT + row * 5);
        for y in top..top + 3 {
            self.span(y, left, left + 6, colour);
        }
    }

    fn span(&mut self, y: u32, left: u32, right: u32, colour: Colour) {
        if y >= self.0.height() {
            return;
        }
        for x in left..right.min(self.0.width()) {
            self.0.put_pixel(x, y, Rgb(colour));
        }
    }

    /// Sensor noise: without it a JPEG of flat shapes is a tenth of a real photo's size.
    pub(crate) fn grain(&mut self, dice: &mut Dice) {
        let noise: Vec<i8> = (0..GRAIN).map(|_| (dice.next() % 11) as i8 - 5).collect();
        for (part, by) in self.0.iter_mut().zip(noise.iter().cycle()) {
            *part = part.saturating_add_signed(*by);
        }
    }

    pub(crate) fn stretched(self, width: u32, height: u32) -> Result<Raster, PhotoError> {
        let (from_width, from_height) = self.0.dimensions();
        let source = fir::images::Image::from_vec_u8(from_width, from_height, self.0.into_raw(), fir::PixelType::U8x3);
        let mut target = fir::images::Image::new(width, height, fir::PixelType::U8x3);
        let filter = fir::ResizeOptions::new().resize_alg(fir::ResizeAlg::Convolution(fir::FilterType::CatmullRom));
        fir::Resizer::new()
            .resize(&source.map_err(PhotoError::failed)?, &mut target, &filter)
            .map_err(PhotoError::failed)?;
        Raster::from_vec(width, height, target.into_vec())
    }
}
