//! All eight EXIF orientations, with a picture that looks different in each.

use bianfang_photo::scene::Scene;
use bianfang_photo::{FileFacts, Size};

use crate::files::{Coding, Pixels, jpeg, no_facts, process_bytes, with_facts};

const RED: [u8; 3] = [220, 20, 20];
const GREEN: [u8; 3] = [20, 200, 20];
const BLUE: [u8; 3] = [20, 20, 220];
const WHITE: [u8; 3] = [250, 250, 250];
const CORNER: usize = 16;

/// 96 × 48, three corners coloured, the fourth (bottom right) white like the rest.
fn stored(x: usize, y: usize) -> [u8; 3] {
    match (x < CORNER, y < CORNER, x >= 96 - CORNER, y >= 48 - CORNER) {
        (true, true, ..) => RED,
        (_, true, true, _) => GREEN,
        (true, _, _, true) => BLUE,
        _ => WHITE,
    }
}

#[test]
fn copy_is_upright_for_each_of_the_eight_orientations() {
    // Corners clockwise from the top left, as EXIF 2.32 (4.6.5, tag 0x0112) says where row 0 and column 0 are seen.
    let expected = [
        (1, (96, 48), [RED, GREEN, WHITE, BLUE]),
        (2, (96, 48), [GREEN, RED, BLUE, WHITE]),
        (3, (96, 48), [WHITE, BLUE, RED, GREEN]),
        (4, (96, 48), [BLUE, WHITE, GREEN, RED]),
        (5, (48, 96), [RED, BLUE, WHITE, GREEN]),
        (6, (48, 96), [BLUE, RED, GREEN, WHITE]),
        (7, (48, 96), [WHITE, GREEN, RED, BLUE]),
        (8, (48, 96), [GREEN, WHITE, BLUE, RED]),
    ];
    for (orientation, size, corners) in expected {
        let file = with_facts(&jpeg(96, 48, Coding::Baseline, stored), &FileFacts { orientation, ..no_facts() });
        let evidence = process_bytes(&file).unwrap();
        assert_eq!(evidence.facts.orientation, orientation);
        assert_eq!(evidence.original.size, Some(Size { width: 96, height: 48 }), "the original's size is as stored");
        for image in [evidence.copy.unwrap(), evidence.thumbnail.unwrap()] {
            let pixels = Pixels::of(&image);
            assert_eq!(pixels.size(), size, "orientation {orientation}");
            assert_eq!(((image.size.width as usize), (image.size.height as usize)), size);
            let (right, bottom) = (size.0 - 6, size.1 - 6);
            for ((x, y), colour) in [(6, 6), (right, 6), (right, bottom), (6, bottom)].into_iter().zip(corners) {
                assert_near(pixels.at(x, y), colour, orientation);
            }
        }
    }
}

#[test]
fn copy_carries_no_exif_so_that_nobody_turns_it_twice() {
    let file = with_facts(&jpeg(96, 48, Coding::Baseline, stored), &FileFacts { orientation: 6, ..no_facts() });
    let copy = process_bytes(&file).unwrap().copy.unwrap();
    assert!(!copy.bytes.windows(4).any(|window| window == b"Exif"));
}

#[test]
fn orientation_outside_one_to_eight_counts_as_upright() {
    for orientation in [0, 9, 255] {
        let file = with_facts(&jpeg(96, 48, Coding::Baseline, stored), &FileFacts { orientation, ..no_facts() });
        let evidence = process_bytes(&file).unwrap();
        assert_eq!(evidence.facts.orientation, 1);
        assert_near(Pixels::of(&evidence.copy.unwrap()).at(6, 6), RED, orientation);
    }
}

#[test]
fn scene_looks_the_same_however_the_phone_was_held() {
    let upright = |orientation| {
        let mut scene = Scene::new(5).sized(400, 300);
        scene.facts.orientation = orientation;
        Pixels::of(&process_bytes(&scene.draw().unwrap()).unwrap().copy.unwrap())
    };
    let first = upright(1);
    for orientation in 2..=8 {
        let other = upright(orientation);
        assert_eq!(other.size(), (400, 300));
        for (x, y) in [(200, 10), (10, 280), (180, 200), (390, 150)] {
            assert_near(other.at(x, y), first.at(x, y), orientation);
        }
    }
}

/// JPEG at quality 80 with halved colour: a few steps of difference are its nature.
fn assert_near(found: [u8; 3], wanted: [u8; 3], orientation: u8) {
    let far = found.iter().zip(wanted).map(|(a, b)| a.abs_diff(b)).max().unwrap();
    assert!(far <= 25, "orientation {orientation}: {found:?} is not near {wanted:?}");
}
