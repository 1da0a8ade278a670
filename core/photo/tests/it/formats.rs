//! What messengers and screens make of a picture: WebP, transparency, a page of many screens, large progressive files.

use std::io::Cursor;

use bianfang_photo::{PhotoFormat, Size};
use image::{DynamicImage, ImageFormat, LumaA, Rgb, RgbImage, Rgba};

use crate::files::{Coding, Pixels, code_of, jpeg, process_bytes};

fn written(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn near(seen: [u8; 3], right: [u8; 3]) -> bool {
    seen.iter().zip(right).all(|(seen, right)| seen.abs_diff(right) < 12)
}

#[test]
fn webp_has_a_copy_whatever_its_name() {
    let file = written(RgbImage::from_pixel(90, 60, Rgb([20, 120, 60])), ImageFormat::WebP);
    let evidence = process_bytes(&file).unwrap();
    assert_eq!((evidence.original.format, evidence.note), (PhotoFormat::Webp, None));
    assert_eq!(evidence.original.size, Some(Size { width: 90, height: 60 }));
    assert!(near(Pixels::of(&evidence.copy.unwrap()).at(40, 30), [20, 120, 60]));
    assert!(matches!(code_of(&file[..file.len() / 2]), "photo_truncated" | "photo_corrupt"));
}

#[test]
fn what_is_transparent_is_laid_on_white() {
    let ink = |x: u32| if x < 32 { 255 } else { 0 };
    let colour = image::RgbaImage::from_fn(64, 64, |x, _| Rgba([0, 0, 0, ink(x)]));
    let deep = image::ImageBuffer::from_fn(64, 64, |x, _| Rgba([0, 0, 0, u16::from(ink(x)) * 257]));
    let grey = image::GrayAlphaImage::from_fn(64, 64, |x, _| LumaA([0, ink(x)]));
    let files = [
        ("colour", written(colour.clone(), ImageFormat::Png)),
        ("sixteen bits", written(DynamicImage::ImageRgba16(deep), ImageFormat::Png)),
        ("grey", written(grey, ImageFormat::Png)),
        ("WebP", written(colour, ImageFormat::WebP)),
    ];
    for (what, file) in files {
        let copy = Pixels::of(&process_bytes(&file).unwrap().copy.unwrap());
        assert!(near(copy.at(8, 30), [0; 3]) && near(copy.at(56, 30), [255; 3]), "{what}: {:?}", copy.at(56, 30));
    }
}

#[test]
fn what_is_half_transparent_is_half_white() {
    let file = written(image::RgbaImage::from_pixel(32, 32, Rgba([200, 0, 0, 128])), ImageFormat::Png);
    assert!(near(Pixels::of(&process_bytes(&file).unwrap().copy.unwrap()).at(16, 16), [227, 127, 127]));
}

#[test]
fn page_of_many_screens_and_a_large_progressive_photo_have_copies() {
    let page = written(RgbImage::from_pixel(1080, 37_000, Rgb([240, 240, 240])), ImageFormat::Png);
    assert!(process_bytes(&page).unwrap().copy.is_some());
    drop(page);
    let photo = jpeg(6_500, 6_000, Coding::Progressive, |_, _| [90, 120, 60]);
    assert!(process_bytes(&photo).unwrap().copy.is_some());
}
