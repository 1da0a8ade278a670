//! Each kind of bad file ends as its own error, and the good neighbours of a bad file do not.

use std::fs::File;
use std::path::Path;

use bianfang_photo::{Limits, NoCopy, PhotoError, PhotoFormat, Size, process};
use sha2::{Digest as _, Sha256};

use crate::files::{Coding, code_of, jpeg, process_bytes, process_within, small_scene};

fn white(_: usize, _: usize) -> [u8; 3] {
    [255; 3]
}

/// Writes other dimensions into the frame header, the way a bomb does.
fn claiming(mut jpeg: Vec<u8>, width: u16, height: u16) -> Vec<u8> {
    let frame = jpeg.windows(2).position(|marker| matches!(marker, [0xFF, 0xC0 | 0xC2])).unwrap();
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

/// A HEIC of three boxes, with no picture anybody could decode.
fn heic() -> Vec<u8> {
    let part = |kind: &[u8; 4], body: &[u8]| [&(body.len() as u32 + 8).to_be_bytes(), kind.as_slice(), body].concat();
    [part(b"ftyp", b"heic\0\0\0\0mif1heic"), part(b"meta", &[0; 40]), part(b"mdat", &[7; 4000])].concat()
}

#[test]
fn empty_file_is_refused_and_not_worth_keeping() {
    let error = process_bytes(b"").unwrap_err();
    assert_eq!(error.code(), "photo_empty");
    assert!(!error.keeps_original());
}

#[test]
fn file_that_is_not_there_is_unreadable() {
    let error = process(Path::new("nowhere/at/all.jpg"), &Limits::default()).unwrap_err();
    assert_eq!(error.code(), "photo_unreadable");
}

#[test]
fn other_files_named_jpg_are_not_images() {
    let mp4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41";
    let avif = b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf";
    for bytes in [b"%PDF-1.7 ".as_slice(), b"PK\x03\x04", "今天没带手机".as_bytes(), b"\xFF", mp4, avif, &[0; 5000]]
    {
        let error = process_bytes(bytes).unwrap_err();
        assert_eq!(error.code(), "photo_not_an_image");
        assert!(error.keeps_original());
    }
}

#[test]
fn three_gigabytes_of_video_are_refused_by_their_head() {
    let folder = tempfile::tempdir().unwrap();
    for (name, head) in
        [("video.jpg", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".as_slice()), ("photo.jpg", &[0xFF, 0xD8, 0xFF, 0xE0])]
    {
        let path = folder.path().join(name);
        std::fs::write(&path, head).unwrap();
        // A hole: it takes no room on the disk, and reading it through would time the test out.
        File::options().write(true).open(&path).unwrap().set_len(3 << 30).unwrap();
        let error = process(&path, &Limits::default()).unwrap_err();
        assert_eq!(error.code(), "photo_too_large");
        assert!(!error.keeps_original(), "a copy would fill the phone");
    }
}

#[test]
fn header_of_thirty_thousand_squared_is_refused_before_decoding() {
    let error = process_bytes(&claiming(jpeg(64, 64, Coding::Baseline, white), 30_000, 30_000)).unwrap_err();
    let expected = Size { width: 30_000, height: 30_000 };
    assert!(matches!(error, PhotoError::TooManyPixels { size, .. } if size == expected), "{error:?}");
}

#[test]
fn progressive_header_is_refused_earlier_than_a_baseline_one() {
    let limits = Limits { max_pixels: 10_000, max_resident_bytes: 45_000, ..Limits::default() };
    assert!(process_within(&jpeg(90, 90, Coding::Baseline, white), &limits).is_ok());
    let error = process_within(&jpeg(90, 90, Coding::Progressive, white), &limits).unwrap_err();
    assert!(matches!(error, PhotoError::TooManyPixels { limit: ..7_500, .. }), "{error:?}");
    assert!(process_within(&jpeg(70, 70, Coding::Progressive, white), &limits).is_ok());
}

#[test]
fn jpeg_cut_anywhere_is_truncated() {
    let whole = small_scene();
    for length in (3..whole.len()).step_by(997).chain([whole.len() / 2, whole.len() - 9]) {
        assert_eq!(code_of(&whole[..length]), "photo_truncated", "cut at {length} of {}", whole.len());
    }
}

#[test]
fn jpeg_with_its_second_half_zeroed_is_refused() {
    let mut file = small_scene();
    let half = file.len() / 2;
    file[half..].fill(0);
    assert!(matches!(code_of(&file), "photo_truncated" | "photo_corrupt"));
}

#[test]
fn jpeg_with_an_end_marker_in_its_middle_is_truncated() {
    let mut file = small_scene();
    let half = file.len() / 2;
    file[half..half + 2].copy_from_slice(&[0xFF, 0xD9]);
    assert_eq!(code_of(&file), "photo_truncated");
}

#[test]
fn trailing_video_of_a_motion_photo_is_no_fault() {
    let file = [small_scene(), b"\0\0\0\x18ftypmp42".to_vec(), vec![0xFF; 3000]].concat();
    let evidence = process_bytes(&file).unwrap();
    assert!(evidence.copy.is_some());
    assert_eq!(evidence.original.length, file.len() as u64, "the hash covers the video too");
}

#[test]
fn heic_is_kept_whole_with_the_reason_why_it_has_no_copy() {
    let file = heic();
    let evidence = process_bytes(&file).unwrap();
    assert_eq!(
        (evidence.original.length, &evidence.original.sha256[..]),
        (file.len() as u64, &Sha256::digest(&file)[..])
    );
    assert_eq!(evidence.original.format, PhotoFormat::Heic);
    assert_eq!((evidence.note, evidence.copy, evidence.thumbnail), (Some(NoCopy::Heic), None, None));
    assert_eq!(NoCopy::Heic.code(), "photo_copy_later_heic");
}

#[test]
fn heic_cut_in_half_is_truncated() {
    let whole = heic();
    for length in [30, 60, whole.len() / 2, whole.len() - 1] {
        assert_eq!(code_of(&whole[..length]), "photo_truncated", "cut at {length}");
    }
}

#[test]
fn cmyk_jpeg_is_kept_whole_without_a_copy() {
    let pixels = vec![90; 32 * 32 * 4];
    let image = turbojpeg::Image {
        pixels: pixels.as_slice(),
        width: 32,
        pitch: 128,
        height: 32,
        format: turbojpeg::PixelFormat::CMYK,
    };
    let mut encoder = turbojpeg::Compressor::new().unwrap();
    encoder.set_colorspace(turbojpeg::Colorspace::CMYK).unwrap();
    let evidence = process_bytes(&encoder.compress_to_vec(image).unwrap()).unwrap();
    assert_eq!((evidence.note, evidence.copy), (Some(NoCopy::UncommonJpeg), None));
}

#[test]
fn every_refusal_speaks_chinese_and_english() {
    let errors = [
        process_bytes(b"").unwrap_err(),
        process_bytes(b"%PDF").unwrap_err(),
        process_bytes(&small_scene()[..900]).unwrap_err(),
        process_bytes(&claiming(small_scene(), 30_000, 30_000)).unwrap_err(),
        process_within(&small_scene(), &Limits { max_bytes: 100, ..Limits::default() }).unwrap_err(),
    ];
    for error in &errors {
        assert!(error.message_zh().ends_with('。') && !error.message_zh().is_ascii());
        assert!(error.message_en().is_ascii() || error.message_en().contains('×'));
        assert_eq!(error.to_string(), error.message_en());
        assert!(error.code().starts_with("photo_"));
    }
    assert!(errors[3].message_zh().contains("30000×30000"), "{}", errors[3].message_zh());
}
