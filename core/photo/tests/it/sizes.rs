//! How large copy and thumbnail become, and what they are hashes of.

use bianfang_photo::{COPY_SIDE, Limits, PhotoFormat, Size, THUMBNAIL_SIDE};
use sha2::{Digest as _, Sha256};

use crate::files::{Coding, Pixels, jpeg, process_bytes, process_within};

fn grey(x: usize, y: usize) -> [u8; 3] {
    [(x % 256) as u8, (y % 256) as u8, 128]
}

#[test]
fn copy_and_thumbnail_keep_the_shape_within_their_sides() {
    // 4032: half by the DCT alone. 4000: a sixteenth short is taken as it is. 2600, 5000: resized. Below 2016: as it was.
    for (stored, copy) in [
        ((4032, 30), (2016, 15)),
        ((4000, 300), (2000, 150)),
        ((2500, 1250), (2016, 1008)),
        ((300, 5000), (121, 2016)),
        ((1000, 750), (1000, 750)),
    ] {
        let evidence = process_bytes(&jpeg(stored.0, stored.1, Coding::Baseline, grey)).unwrap();
        let made = evidence.copy.unwrap();
        assert_eq!((made.size.width, made.size.height), copy, "{stored:?}");
        assert_eq!(Pixels::of(&made).size(), (copy.0 as usize, copy.1 as usize));
        assert!(made.size.longest() <= COPY_SIDE);
        assert_eq!(evidence.thumbnail.unwrap().size.longest(), THUMBNAIL_SIDE);
    }
}

#[test]
fn picture_smaller_than_a_thumbnail_is_not_enlarged() {
    let evidence = process_bytes(&jpeg(17, 9, Coding::Baseline, grey)).unwrap();
    assert_eq!(evidence.copy.unwrap().size, Size { width: 17, height: 9 });
    assert_eq!(evidence.thumbnail.unwrap().size, Size { width: 17, height: 9 });
}

#[test]
fn a_line_of_one_pixel_keeps_one_pixel() {
    let evidence = process_bytes(&jpeg(9000, 1, Coding::Baseline, grey)).unwrap();
    assert_eq!(evidence.thumbnail.unwrap().size, Size { width: 320, height: 1 });
}

#[test]
fn hashes_are_those_of_the_bytes() {
    let file = jpeg(640, 480, Coding::Baseline, grey);
    let evidence = process_bytes(&file).unwrap();
    assert_eq!(evidence.original.sha256[..], Sha256::digest(&file)[..]);
    assert_eq!((evidence.original.length, evidence.original.format), (file.len() as u64, PhotoFormat::Jpeg));
    for image in [evidence.copy.unwrap(), evidence.thumbnail.unwrap()] {
        assert_eq!(image.sha256[..], Sha256::digest(&image.bytes)[..]);
    }
}

#[test]
fn progressive_photo_becomes_the_same_copy() {
    let plain = process_bytes(&jpeg(2400, 600, Coding::Baseline, grey)).unwrap();
    let progressive = process_bytes(&jpeg(2400, 600, Coding::Progressive, grey)).unwrap();
    assert_eq!(plain.copy, progressive.copy);
    assert_ne!(plain.original.sha256, progressive.original.sha256);
}

#[test]
fn screenshot_becomes_a_jpeg_copy() {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbaImage::from_fn(2400, 60, |x, _| image::Rgba([if x < 1200 { 240 } else { 10 }, 20, 20, 255]));
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let bytes = bytes.into_inner();
    let evidence = process_bytes(&bytes).unwrap();
    let copy = evidence.copy.unwrap();
    assert_eq!((evidence.original.format, copy.size), (PhotoFormat::Png, Size { width: 2016, height: 50 }));
    assert!(Pixels::of(&copy).at(100, 25)[0] > 200 && Pixels::of(&copy).at(1900, 25)[0] < 50);

    assert_eq!(process_bytes(&bytes[..bytes.len() / 2]).unwrap_err().code(), "photo_truncated");
    let narrow = Limits { max_resident_bytes: 300_000, ..Limits::default() };
    assert_eq!(process_within(&bytes, &narrow).unwrap_err().code(), "photo_too_many_pixels");
}
