//! Invented door scenes as JPEG with EXIF, for the demo and for tests: nobody's house, nobody's face, and the same
//! seed always draws the same picture. Behind feature `scene`, so nothing that ships carries it.

mod canvas;
mod exif;

use crate::{FileFacts, PhotoError, Position};
use canvas::{Canvas, Colour};

pub use exif::segment as exif_segment;

/// What to draw. Change the fields that matter, then [`Scene::draw`].
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Chooses colours, places and what stands beside the door.
    pub seed: u64,
    /// Pixels of the picture as a person sees it. Where the orientation lies on its side the stored picture is `height` × `width`.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Whether the golden plaque hangs beside the door.
    pub plaque: bool,
    /// Written as EXIF; the orientation (1 to 8) also lays the stored pixels so that turning them makes them upright.
    pub facts: FileFacts,
    /// JPEG quality, 1 to 100.
    pub quality: i32,
}

impl Scene {
    /// A 1600 × 1200 photo with a plaque, upright, no time, no position.
    pub fn new(seed: u64) -> Self {
        let facts = FileFacts { taken: None, position: None, camera: Some("Bianfang Scene".into()), orientation: 1 };
        Self { seed, width: 1600, height: 1200, plaque: true, facts, quality: 90 }
    }

    /// The same scene in another size.
    pub fn sized(self, width: u32, height: u32) -> Self {
        Self { width, height, ..self }
    }

    /// The same scene with a position, degrees WGS-84.
    pub fn at(mut self, latitude: f64, longitude: f64) -> Self {
        self.facts.position = Some(Position { latitude, longitude });
        self
    }

    /// The JPEG file.
    ///
    /// # Errors
    /// `Failed` when width or height is 0 or the encoder refuses.
    pub fn draw(&self) -> Result<Vec<u8>, PhotoError> {
        let mut dice = Dice(self.seed);
        let mut canvas = Canvas::new();
        paint(&mut canvas, &mut dice, self.plaque);
        canvas.grain(&mut dice);
        // Turning by the inverse, so that turning by the orientation restores it: only the quarter turns differ.
        let inverse = match self.facts.orientation {
            6 => 8,
            8 => 6,
            same => same,
        };
        let raster = canvas.stretched(self.width, self.height)?.turn(inverse);
        let jpeg = raster.encode(self.quality)?.bytes;
        let (start, rest) = jpeg.split_at_checked(2).ok_or(PhotoError::Truncated)?;
        Ok([start, &exif_segment(&self.facts), rest].concat())
    }
}

const RED: Colour = [164, 30, 34];
const GOLD: Colour = [214, 170, 76];
const DARK: Colour = [52, 44, 40];

/// In hundredths of the picture: sky above, a wall with its courses, a double door with couplets, ground before it.
fn paint(canvas: &mut Canvas, dice: &mut Dice, plaque: bool) {
    let sky = dice.near([150, 190, 225], 25);
    canvas.fade(0, 0, 100, 24, sky, [232, 236, 238]);
    let hill = dice.near([120, 146, 118], 14);
    let foot = dice.between(8, 16);
    canvas.fade(0, foot, 100, 24, hill, dice.near([150, 160, 132], 10));
    let wall = dice.pick([[186, 152, 124], [204, 198, 186], [168, 112, 92], [214, 190, 150]]);
    let wall = dice.near(wall, 12);
    canvas.fill(0, 22, 100, 86, wall);
    for course in 0..22 {
        let (top, shift) = (22 + course * 3, (course % 2) * 4);
        canvas.line_across(top, dimmed(wall, 24));
        for brick in 0..13 {
            canvas.line_down(brick * 8 + shift, top, top + 3, dimmed(wall, 18));
        }
    }
    canvas.fade(0, 17, 100, 22, dimmed(DARK, 4), dice.near([92, 84, 80], 10)); // eaves
    canvas.fade(0, 86, 100, 100, dice.near([150, 140, 126], 12), dice.near([112, 102, 90], 12));
    canvas.fill(0, 84, 100, 86, dimmed(wall, 50));

    let left = dice.between(30, 42);
    let leaf = dice.pick([[128, 34, 30], [92, 58, 38], [60, 78, 66], [142, 44, 36]]);
    canvas.fill(left - 2, 34, left + 26, 86, dimmed(leaf, 45)); // frame
    for side in [left, left + 12] {
        canvas.fade(side, 37, side + 12, 86, leaf, dimmed(leaf, 22));
        canvas.fill(side + 2, 41, side + 10, 58, dimmed(leaf, 16));
        canvas.fill(side + 2, 63, side + 10, 82, dimmed(leaf, 16));
    }
    canvas.line_down(left + 12, 37, 86, DARK);
    for knob in [left + 10, left + 13] {
        canvas.fill(knob, 60, knob + 1, 62, GOLD);
    }
    for strip in [left - 7, left + 28] {
        canvas.fill(strip, 38, strip + 4, 80, RED); // couplets
        for sign in 0..7 {
            glyph(canvas, dice, strip + 1, 40 + sign * 5 + sign / 2, GOLD);
        }
    }
    canvas.fill(left + 3, 28, left + 21, 33, RED);
    for sign in 0..4 {
        glyph(canvas, dice, left + 5 + sign * 4, 29, GOLD);
    }
    if dice.between(0, 2) == 0 {
        let pot = dice.between(4, 16);
        canvas.fill(pot, 78, pot + 6, 88, [140, 82, 58]);
        canvas.fill(pot - 1, 66, pot + 7, 78, dice.near([64, 112, 58], 16));
    }
    if plaque {
        let (x, y) = (left + 37, dice.between(42, 48));
        canvas.fill(x, y, x + 16, y + 12, dimmed(GOLD, 70));
        canvas.fade(x, y, x + 15, y + 11, [236, 200, 112], dimmed(GOLD, 20));
        canvas.outline(x + 1, y + 1, x + 14, y + 10, RED);
        for sign in 0..4 {
            glyph(canvas, dice, x + 2 + sign * 3, y + 4, RED);
        }
    }
}

/// Strokes that look like writing from afar and say nothing.
fn glyph(canvas: &mut Canvas, dice: &mut Dice, x: u32, y: u32, colour: Colour) {
    for row in 0..6 {
        let stroke = dice.next();
        for column in 0..4 {
            if row % 2 == 0 || stroke >> column & 1 == 1 {
                canvas.dot(x, y, column, row, colour);
            }
        }
    }
}

fn dimmed(colour: Colour, by: u8) -> Colour {
    colour.map(|part| part.saturating_sub(by))
}

/// SplitMix64 (Steele, Lea, Flood 2014): a parameter, not a source of randomness.
pub(crate) struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From `low` up to and including `high`.
    fn between(&mut self, low: u32, high: u32) -> u32 {
        low + (self.next() % u64::from(high - low + 1)) as u32
    }

    fn pick<const N: usize>(&mut self, choices: [Colour; N]) -> Colour {
        choices.get(self.next() as usize % N).copied().unwrap_or(DARK)
    }

    fn near(&mut self, colour: Colour, by: u8) -> Colour {
        colour.map(|part| part.saturating_sub(by / 2).saturating_add((self.next() % (u64::from(by) + 1)) as u8))
    }
}
