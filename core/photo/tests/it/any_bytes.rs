//! Whatever the bytes, the answer is evidence or an error: never a panic, never evidence of half a picture.

use std::sync::LazyLock;

use bianfang_photo::scene::Scene;
use proptest::prelude::*;

use crate::files::{Coding, jpeg, process_bytes};

static PHOTOS: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
    let baseline = Scene::new(9).sized(160, 120).at(42.0, 119.0).draw().unwrap();
    let progressive = jpeg(96, 64, Coding::Progressive, |x, y| [x as u8, y as u8, 0]);
    [baseline, progressive]
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn flipped_bytes_never_panic(which in 0..2_usize, flips in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 1..12)) {
        let mut bytes = PHOTOS[which].clone();
        for (at, by) in flips {
            *at.get_mut(&mut bytes) ^= by;
        }
        if let Ok(evidence) = process_bytes(&bytes) {
            prop_assert_eq!(evidence.copy.is_none(), evidence.note.is_some());
            prop_assert_eq!(evidence.original.length, bytes.len() as u64);
        }
    }

    #[test]
    fn cut_photo_is_never_evidence(which in 0..2_usize, at in any::<prop::sample::Index>()) {
        let photo = &PHOTOS[which];
        let result = process_bytes(&photo[..at.index(photo.len())]);
        prop_assert!(result.is_err(), "{:?}", result.map(|evidence| evidence.original));
    }

    #[test]
    fn anything_behind_a_known_head_never_panics(head in prop::sample::select(vec![
        b"\xFF\xD8\xFF".as_slice(), b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    ]), tail in prop::collection::vec(any::<u8>(), 0..600)) {
        let result = process_bytes(&[head, &tail].concat());
        prop_assert!(result.is_err() || head.ends_with(b"heic"));
    }
}
