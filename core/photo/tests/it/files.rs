//! Files for the tests: a photo given as bytes, processed from a real file, as a phone would.

use bianfang_photo::scene::{Scene, exif_segment};
use bianfang_photo::{Evidence, FileFacts, Image, Limits, PhotoError, process};
use turbojpeg::{Compressor, PixelFormat, Subsamp};

pub fn process_bytes(bytes: &[u8]) -> Result<Evidence, PhotoError> {
    process_within(bytes, &Limits::default())
}

/// Also holds the promise that the file is never altered, for every file any test gives.
pub fn process_within(bytes: &[u8], limits: &Limits) -> Result<Evidence, PhotoError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("IMG_0001.jpg");
    std::fs::write(&path, bytes).unwrap();
    let result = process(&path, limits);
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "the original was altered");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "a file was left beside the original");
    result
}

pub fn code_of(bytes: &[u8]) -> &'static str {
    process_bytes(bytes).unwrap_err().code()
}

pub fn small_scene() -> Vec<u8> {
    Scene::new(1).sized(320, 240).draw().unwrap()
}

/// RGB pixels of a finished picture.
pub struct Pixels(turbojpeg::Image<Vec<u8>>);

impl Pixels {
    pub fn of(image: &Image) -> Self {
        Self(turbojpeg::decompress(&image.bytes, PixelFormat::RGB).unwrap())
    }

    pub fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let start = y * self.0.pitch + x * 3;
        self.0.pixels[start..start + 3].try_into().unwrap()
    }

    pub fn size(&self) -> (usize, usize) {
        (self.0.width, self.0.height)
    }
}

pub enum Coding {
    Baseline,
    Progressive,
}

/// A JPEG of any pixels, 4:4:4 at quality 95 so that colours stay where they were put.
pub fn jpeg(width: usize, height: usize, coding: Coding, colour: impl Fn(usize, usize) -> [u8; 3]) -> Vec<u8> {
    let pixels: Vec<u8> =
        (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| colour(x, y)).collect();
    let mut encoder = Compressor::new().unwrap();
    encoder.set_quality(95).unwrap();
    encoder.set_subsamp(Subsamp::None).unwrap();
    encoder.set_progressive(matches!(coding, Coding::Progressive)).unwrap();
    let image =
        turbojpeg::Image { pixels: pixels.as_slice(), width, pitch: width * 3, height, format: PixelFormat::RGB };
    encoder.compress_to_vec(image).unwrap()
}

/// Puts a segment right behind SOI.
pub fn with_segment(jpeg: &[u8], segment: &[u8]) -> Vec<u8> {
    [&jpeg[..2], segment, &jpeg[2..]].concat()
}

pub fn with_facts(jpeg: &[u8], facts: &FileFacts) -> Vec<u8> {
    with_segment(jpeg, &exif_segment(facts))
}

pub fn no_facts() -> FileFacts {
    FileFacts { taken: None, position: None, camera: None, orientation: 1 }
}
