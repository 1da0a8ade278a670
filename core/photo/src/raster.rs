//! Decoded pixels in memory: shrink, turn upright, encode. Eight-bit RGB without gaps, rows from the top.

use fast_image_resize as fir;
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};
use turbojpeg::{Compressor, PixelFormat, Subsamp};

use crate::source::sha256;
use crate::{Image, PhotoError, Size};

pub(crate) struct Raster(RgbImage);

impl Raster {
    pub(crate) fn new(pixels: RgbImage) -> Self {
        Self(pixels)
    }

    pub(crate) fn black(width: u32, height: u32) -> Result<Self, PhotoError> {
        let length = width as usize * height as usize * 3;
        let mut pixels = Vec::new();
        pixels.try_reserve_exact(length).map_err(PhotoError::failed)?;
        pixels.resize(length, 0);
        Self::from_vec(width, height, pixels)
    }

    pub(crate) fn from_vec(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, PhotoError> {
        RgbImage::from_raw(width, height, pixels)
            .map(Self)
            .ok_or_else(|| PhotoError::failed("pixel buffer has another size"))
    }

    pub(crate) fn size(&self) -> Size {
        Size { width: self.0.width(), height: self.0.height() }
    }

    /// Shrinks until the longest side fits; never enlarges.
    pub(crate) fn fit(self, side: u32) -> Result<Self, PhotoError> {
        let Size { width, height } = self.size();
        let longest = width.max(height);
        if longest <= side {
            return Ok(self);
        }
        let shrink = |length: u32| {
            ((u64::from(length) * u64::from(side) + u64::from(longest) / 2) / u64::from(longest)).max(1) as u32
        };
        let source = fir::images::Image::from_vec_u8(width, height, self.0.into_raw(), fir::PixelType::U8x3)
            .map_err(PhotoError::failed)?;
        let mut small = fir::images::Image::new(shrink(width), shrink(height), fir::PixelType::U8x3);
        let filter = fir::ResizeOptions::new().resize_alg(fir::ResizeAlg::Convolution(fir::FilterType::CatmullRom));
        fir::Resizer::new().resize(&source, &mut small, &filter).map_err(PhotoError::failed)?;
        Self::from_vec(small.width(), small.height(), small.into_vec())
    }

    /// Undoes what the EXIF orientation (1 to 8) says was done to the pixels.
    pub(crate) fn turn(self, orientation: u8) -> Self {
        let mut image = DynamicImage::ImageRgb8(self.0);
        image.apply_orientation(Orientation::from_exif(orientation).unwrap_or(Orientation::NoTransforms));
        Self(image.into_rgb8())
    }

    pub(crate) fn encode(&self, quality: i32) -> Result<Image, PhotoError> {
        let mut encoder = Compressor::new().map_err(PhotoError::failed)?;
        encoder.set_quality(quality).map_err(PhotoError::failed)?;
        encoder.set_subsamp(Subsamp::Sub2x2).map_err(PhotoError::failed)?;
        let size = self.size();
        let (width, height) = (size.width as usize, size.height as usize);
        let view = turbojpeg::Image {
            pixels: self.0.as_raw().as_slice(),
            width,
            pitch: width * 3,
            height,
            format: PixelFormat::RGB,
        };
        let bytes = encoder.compress_to_vec(view).map_err(PhotoError::failed)?;
        Ok(Image { sha256: sha256(&bytes), bytes, size })
    }

    pub(crate) fn view_mut(&mut self) -> turbojpeg::Image<&mut [u8]> {
        let (width, height) = (self.0.width() as usize, self.0.height() as usize);
        turbojpeg::Image { pixels: &mut self.0, width, pitch: width * 3, height, format: PixelFormat::RGB }
    }
}
