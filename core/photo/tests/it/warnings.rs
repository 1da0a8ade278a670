//! What libjpeg only warns about, while it decodes every row: such a photo is whole. What lacks rows is not.

use crate::files::{Coding, code_of, jpeg, process_bytes, small_scene};

/// Where the marker stands.
fn find(jpeg: &[u8], marker: u8) -> usize {
    jpeg.windows(2).position(|two| two == [0xFF, marker]).unwrap()
}

/// The three last bytes of the scan's header as some phones write them: zeros, where 0, 63, 0 belong.
fn with_odd_scan(mut jpeg: Vec<u8>) -> Vec<u8> {
    let scan = find(&jpeg, 0xDA);
    let end = scan + 2 + usize::from(jpeg[scan + 3]);
    assert_eq!(jpeg[end - 3..end], [0, 63, 0]);
    jpeg[end - 2] = 0;
    jpeg
}

fn with_stray_header(jpeg: &[u8]) -> Vec<u8> {
    let tables = find(jpeg, 0xDB);
    [&jpeg[..tables], b"no segment at all", &jpeg[tables..]].concat()
}

fn padded(jpeg: &[u8], padding: &[u8]) -> Vec<u8> {
    let (body, end) = jpeg.split_at(jpeg.len() - 2);
    [body, padding, end].concat()
}

/// A maker's trailer in the place of the end marker.
fn with_trailer(jpeg: &[u8]) -> Vec<u8> {
    [&jpeg[..jpeg.len() - 2], &[0x5A; 900], b"\xFF\x53SEFH\xFF\xD8\xFF\xE1trailerSEFT"].concat()
}

#[test]
fn warnings_under_which_every_row_decodes_are_no_damage() {
    let file = small_scene();
    let whole = process_bytes(&file).unwrap().copy.unwrap();
    let odd = [
        ("scan header", with_odd_scan(file.clone())),
        ("stray bytes between segments", with_stray_header(&file)),
        ("both", with_stray_header(&with_odd_scan(file.clone()))),
        ("one byte before the end", padded(&file, &[0x4F])),
        ("forty zeros before the end", padded(&file, &[0; 40])),
        ("half a kilobyte before the end", padded(&file, &[0x35; 500])),
        ("no end marker", file[..file.len() - 2].to_vec()),
        ("half an end marker", file[..file.len() - 1].to_vec()),
        ("the maker's trailer instead of it", with_trailer(&file)),
    ];
    for (what, bytes) in odd {
        let evidence = process_bytes(&bytes).unwrap_or_else(|error| panic!("{what}: {error:?}"));
        assert_eq!(evidence.original.length, bytes.len() as u64, "{what}: the hash is over the file as it came");
        assert_eq!(evidence.copy.as_ref(), Some(&whole), "{what}");
    }
}

#[test]
fn half_a_picture_stays_half_behind_any_warning() {
    let file = small_scene();
    let half = &file[..file.len() / 2];
    let halves = [
        ("scan header", with_odd_scan(half.to_vec())),
        ("stray bytes", with_stray_header(half)),
        ("an end marker", [half, &[0xFF, 0xD9]].concat()),
        ("a trailer", with_trailer(half)),
        ("zeros that the disk left", [half, &vec![0; file.len()]].concat()),
        ("zeros and an end marker", [half, &vec![0; file.len()], &[0xFF, 0xD9]].concat()),
    ];
    for (what, bytes) in halves {
        let code = process_bytes(&bytes).map_or_else(|error| error.code(), |_| "a copy");
        assert!(matches!(code, "photo_truncated" | "photo_corrupt"), "{what}: {code}");
    }
}

#[test]
fn restarts_hide_no_missing_rows() {
    let pixels = vec![120; 320 * 240 * 3];
    let image = turbojpeg::Image {
        pixels: pixels.as_slice(),
        width: 320,
        pitch: 960,
        height: 240,
        format: turbojpeg::PixelFormat::RGB,
    };
    let plain = turbojpeg::compress(image, 90, turbojpeg::Subsamp::None).unwrap();
    // The interval is declared in the header and no restart is in the data: all rows but the first are missing.
    let file = crate::files::with_segment(&plain, &[0xFF, 0xDD, 0, 4, 0, 40]);
    assert_eq!(code_of(&file), "photo_corrupt");
}

#[test]
fn progressive_without_its_end_is_cut() {
    let whole = jpeg(64, 64, Coding::Progressive, |x, y| [x as u8 * 3, y as u8 * 3, 90]);
    let last_scan = whole.windows(2).rposition(|two| two == [0xFF, 0xDA]).unwrap();
    assert_eq!(code_of(&whole[..last_scan]), "photo_truncated");
    assert_eq!(code_of(&whole[..whole.len() - 2]), "photo_truncated");
}
