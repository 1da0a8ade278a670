//! Writes the facts of a scene as an EXIF segment (EXIF 2.32 in TIFF 6.0, big-endian): the reverse of `facts`, for tests.

use time::{PrimitiveDateTime, UtcOffset};

use crate::{FileFacts, Position};

const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;
const ASCII: u16 = 2;
/// Of the TIFF header, where the first directory begins.
const FIRST: u32 = 8;

/// One value of a directory, already in bytes.
struct ExifEntry {
    tag: u16,
    kind: u16,
    count: u32,
    bytes: Vec<u8>,
}

/// An APP1 segment with marker and length, to be put right after the first two bytes of a JPEG.
pub fn segment(facts: &FileFacts) -> Vec<u8> {
    let mut main = vec![ExifEntry::short(0x0112, facts.orientation.into())];
    if let Some(camera) = &facts.camera {
        let (make, model) = camera.split_once(' ').unwrap_or(("", camera));
        main.extend([ExifEntry::ascii(0x010F, make), ExifEntry::ascii(0x0110, model)]);
    }
    let mut shot = Vec::new();
    if let Some(taken) = facts.taken {
        shot.push(ExifEntry::ascii(0x9003, &time_text(taken.local)));
        shot.extend(taken.offset.map(|offset| ExifEntry::ascii(0x9011, &offset_text(offset))));
    }
    let place = facts.position.map(place).unwrap_or_default();

    // The two sub-directories follow the main one, whose length is known once its pointers are counted.
    main.extend([ExifEntry::long(0x8769, 0), ExifEntry::long(0x8825, 0)]);
    main.sort_by_key(|entry| entry.tag);
    let shot_at = FIRST + directory(&main, FIRST).len() as u32;
    let shot = directory(&shot, shot_at);
    let place = directory(&place, shot_at + shot.len() as u32);
    for entry in &mut main {
        match entry.tag {
            0x8769 => *entry = ExifEntry::long(0x8769, shot_at),
            0x8825 => *entry = ExifEntry::long(0x8825, shot_at + shot.len() as u32),
            _ => {}
        }
    }
    let body = [b"Exif\0\0MM\0*".as_slice(), &FIRST.to_be_bytes(), &directory(&main, FIRST), &shot, &place].concat();
    let length = (body.len() + 2) as u16;
    [&[0xFF, 0xE1], length.to_be_bytes().as_slice(), &body].concat()
}

/// Values longer than four bytes lie behind the directory; offsets count from the TIFF header.
fn directory(entries: &[ExifEntry], start: u32) -> Vec<u8> {
    let mut table = (entries.len() as u16).to_be_bytes().to_vec();
    let mut values = Vec::new();
    let values_at = start + 2 + 12 * entries.len() as u32 + 4;
    for entry in entries {
        table.extend(entry.tag.to_be_bytes());
        table.extend(entry.kind.to_be_bytes());
        table.extend(entry.count.to_be_bytes());
        if entry.bytes.len() <= 4 {
            table.extend(entry.bytes.iter().copied().chain([0; 4]).take(4));
        } else {
            table.extend((values_at + values.len() as u32).to_be_bytes());
            values.extend(&entry.bytes);
            values.resize(values.len().next_multiple_of(2), 0);
        }
    }
    [table, vec![0; 4], values].concat()
}

fn place(position: Position) -> Vec<ExifEntry> {
    let (south, west) = (position.latitude < 0.0, position.longitude < 0.0);
    vec![
        ExifEntry::ascii(1, if south { "S" } else { "N" }),
        ExifEntry::degrees(2, position.latitude.abs()),
        ExifEntry::ascii(3, if west { "W" } else { "E" }),
        ExifEntry::degrees(4, position.longitude.abs()),
    ]
}

fn time_text(time: PrimitiveDateTime) -> String {
    let (month, hour, minute) = (u8::from(time.month()), time.hour(), time.minute());
    format!("{:04}:{month:02}:{:02} {hour:02}:{minute:02}:{:02}", time.year(), time.day(), time.second())
}

fn offset_text(offset: UtcOffset) -> String {
    let minutes = offset.whole_minutes();
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

impl ExifEntry {
    fn short(tag: u16, value: u16) -> Self {
        Self { tag, kind: SHORT, count: 1, bytes: value.to_be_bytes().to_vec() }
    }

    fn long(tag: u16, value: u32) -> Self {
        Self { tag, kind: LONG, count: 1, bytes: value.to_be_bytes().to_vec() }
    }

    fn ascii(tag: u16, text: &str) -> Self {
        let bytes = [text.as_bytes(), &[0]].concat();
        Self { tag, kind: ASCII, count: bytes.len() as u32, bytes }
    }

    /// Degrees, minutes and seconds; seconds in ten-thousandths, which is 3 mm.
    fn degrees(tag: u16, value: f64) -> Self {
        let parts = (value * 36_000_000.0).round() as u64;
        let (degrees, minutes, seconds) = (parts / 36_000_000, parts / 600_000 % 60, parts % 600_000);
        let pairs = [degrees as u32, 1, minutes as u32, 1, seconds as u32, 10_000];
        Self { tag, kind: RATIONAL, count: 3, bytes: pairs.into_iter().flat_map(u32::to_be_bytes).collect() }
    }
}
