//! Time, place and camera, as different phones write them.

use bianfang_photo::scene::Scene;
use bianfang_photo::{FileFacts, Position, TakenAt};
use time::{Date, Month, PrimitiveDateTime, Time, UtcOffset};

use crate::files::{no_facts, process_bytes, small_scene, with_facts, with_segment};

fn first_of_august() -> PrimitiveDateTime {
    let date = Date::from_calendar_date(2026, Month::August, 1).unwrap();
    PrimitiveDateTime::new(date, Time::from_hms(9, 5, 7).unwrap())
}

fn facts_of(segment: &[u8]) -> FileFacts {
    process_bytes(&with_segment(&plain(), segment)).unwrap().facts
}

/// A JPEG without any EXIF of its own.
fn plain() -> Vec<u8> {
    let copy = process_bytes(&small_scene()).unwrap().copy.unwrap();
    copy.bytes
}

/// Little-endian, written out by hand: one directory with an ASCII time and nothing else.
fn only_modified(text: &[u8; 20]) -> Vec<u8> {
    let mut tiff = b"Exif\0\0II*\0".to_vec();
    tiff.extend(8_u32.to_le_bytes()); // first directory
    tiff.extend(1_u16.to_le_bytes()); // one entry
    tiff.extend([0x32, 0x01, 2, 0]); // DateTime, ASCII
    tiff.extend(20_u32.to_le_bytes());
    tiff.extend(26_u32.to_le_bytes()); // where the text stands
    tiff.extend(0_u32.to_le_bytes()); // no further directory
    tiff.extend(text);
    let length = u16::try_from(tiff.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, 0xE1], length.as_slice(), &tiff].concat()
}

#[test]
fn time_offset_position_and_camera_are_read() {
    let facts = FileFacts {
        taken: Some(TakenAt { local: first_of_august(), offset: Some(UtcOffset::from_hms(8, 0, 0).unwrap()) }),
        position: Some(Position { latitude: 42.2663, longitude: 119.0157 }),
        camera: Some("HUAWEI P40".into()),
        orientation: 1,
    };
    let read = process_bytes(&with_facts(&plain(), &facts)).unwrap().facts;
    assert_eq!((read.taken, read.camera, read.orientation), (facts.taken, facts.camera, facts.orientation));
    let position = read.position.unwrap();
    assert!((position.latitude - 42.2663).abs() < 1e-6 && (position.longitude - 119.0157).abs() < 1e-6, "{position:?}");
}

#[test]
fn south_and_west_are_negative() {
    for (latitude, longitude) in [(-33.8688, 151.2093), (40.7128, -74.006), (-22.9068, -43.1729)] {
        let file = Scene::new(1).sized(320, 240).at(latitude, longitude).draw().unwrap();
        let position = process_bytes(&file).unwrap().facts.position.unwrap();
        assert!(
            (position.latitude - latitude).abs() < 1e-6 && (position.longitude - longitude).abs() < 1e-6,
            "{position:?}"
        );
    }
}

#[test]
fn offset_west_of_greenwich_and_of_half_hours_is_read() {
    for minutes in [-570, -300, 0, 345, 525] {
        let offset = Some(UtcOffset::from_whole_seconds(minutes * 60).unwrap());
        let facts = FileFacts { taken: Some(TakenAt { local: first_of_august(), offset }), ..no_facts() };
        assert_eq!(process_bytes(&with_facts(&plain(), &facts)).unwrap().facts.taken, facts.taken);
    }
}

#[test]
fn time_without_offset_stays_a_civil_time() {
    let taken = facts_of(&only_modified(b"2026:08:01 09:05:07\0")).taken.unwrap();
    assert_eq!(taken, TakenAt { local: first_of_august(), offset: None });
}

#[test]
fn impossible_times_are_left_out_and_the_photo_stands() {
    for text in [
        b"0000:00:00 00:00:00\0",
        b"2026:02:30 09:05:07\0",
        b"2026:08:01 25:00:00\0",
        b"    :  :     :  :  \0",
        b"2026-08-01T09:05:07\0",
    ] {
        assert_eq!(facts_of(&only_modified(text)).taken, None, "{}", String::from_utf8_lossy(text));
    }
}

#[test]
fn position_of_a_phone_without_a_fix_is_left_out() {
    let file = Scene::new(1).sized(320, 240).at(0.0, 0.0).draw().unwrap();
    assert_eq!(process_bytes(&file).unwrap().facts.position, None);
}

#[test]
fn position_beyond_the_poles_is_left_out() {
    let file = Scene::new(1).sized(320, 240).at(91.0, 119.0).draw().unwrap();
    assert_eq!(process_bytes(&file).unwrap().facts.position, None);
}

#[test]
fn maker_repeated_by_the_model_is_named_once() {
    let facts = FileFacts { camera: Some("HUAWEI HUAWEI P40".into()), ..no_facts() };
    assert_eq!(process_bytes(&with_facts(&plain(), &facts)).unwrap().facts.camera.as_deref(), Some("HUAWEI P40"));
}

#[test]
fn photo_stripped_by_a_messenger_has_no_facts() {
    assert_eq!(process_bytes(&plain()).unwrap().facts, no_facts());
}

#[test]
fn broken_exif_does_not_cost_the_photo() {
    let mut segment = only_modified(b"2026:08:01 09:05:07\0");
    for at in 10..segment.len() {
        segment[at] ^= 0xFF;
        assert!(process_bytes(&with_segment(&plain(), &segment)).unwrap().copy.is_some(), "byte {at}");
        segment[at] ^= 0xFF;
    }
}
