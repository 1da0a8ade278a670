//! What the camera wrote beside the picture (EXIF 2.32): when, where, with what, which way up. Absent or odd values are
//! left out; they never make a photo fail, since messengers strip EXIF and some phones write zeros.

use std::io::{BufRead, Cursor, Seek};

use exif::{DateTime, Exif, Field, In, Reader, Tag, Value};
use time::{Date, Month, PrimitiveDateTime, Time, UtcOffset};

use crate::Size;

/// EXIF stands among the first segments, each at most 64 KiB; looking further would read the picture data in vain.
const JPEG_HEAD: usize = 512 << 10;
const CAMERA_CHARS: usize = 80;

/// What the file says about itself. Anybody can write it.
#[derive(Debug, Clone, PartialEq)]
pub struct FileFacts {
    /// When the picture was taken, by the camera's own clock.
    pub taken: Option<TakenAt>,
    /// Where. Android hides it from apps without ACCESS_MEDIA_LOCATION.
    pub position: Option<Position>,
    /// Make and model, at most 80 characters, no control characters.
    pub camera: Option<String>,
    /// EXIF orientation of the original, 1 to 8; 1 where none is given. The copy is already turned.
    pub orientation: u8,
}

/// A civil time, as EXIF writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenAt {
    /// What the camera's clock showed.
    pub local: PrimitiveDateTime,
    /// Its distance from UTC, which cameras before EXIF 2.31 do not write.
    pub offset: Option<UtcOffset>,
}

/// Degrees, north and east positive. Phones write WGS-84, which EXIF does not guarantee.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// −90 to 90.
    pub latitude: f64,
    /// −180 to 180.
    pub longitude: f64,
}

/// For a HEIC the size too comes from EXIF, because its picture is not opened.
pub(crate) struct HeicFacts {
    pub(crate) public: FileFacts,
    pub(crate) stated_size: Option<Size>,
}

pub(crate) fn of_jpeg(bytes: &[u8]) -> FileFacts {
    let head = bytes.get(..JPEG_HEAD).unwrap_or(bytes);
    FileFacts::new(read(&mut Cursor::new(head)).as_ref())
}

pub(crate) fn of_whole(bytes: &[u8]) -> FileFacts {
    FileFacts::new(read(&mut Cursor::new(bytes)).as_ref())
}

pub(crate) fn of_heic(file: &mut (impl BufRead + Seek)) -> HeicFacts {
    let exif = read(file);
    let side = |tag| exif.as_ref().and_then(|exif| field(exif, tag)?.value.get_uint(0)).filter(|side| *side > 0);
    let stated_size =
        side(Tag::PixelXDimension).zip(side(Tag::PixelYDimension)).map(|(width, height)| Size { width, height });
    HeicFacts { public: FileFacts::new(exif.as_ref()), stated_size }
}

/// Keeps the good fields of a partly broken block.
fn read(container: &mut (impl BufRead + Seek)) -> Option<Exif> {
    let exif = Reader::new().continue_on_error(true).read_from_container(container);
    exif.or_else(|error| error.distill_partial_result(|_| ())).ok()
}

impl FileFacts {
    fn new(exif: Option<&Exif>) -> Self {
        let Some(exif) = exif else {
            return Self { taken: None, position: None, camera: None, orientation: 1 };
        };
        let orientation = field(exif, Tag::Orientation).and_then(|field| field.value.get_uint(0));
        Self {
            taken: taken(exif),
            position: position(exif),
            camera: camera(exif),
            orientation: orientation
                .and_then(|value| u8::try_from(value).ok())
                .filter(|value| (1..=8).contains(value))
                .unwrap_or(1),
        }
    }
}

/// The shutter's time before the scanner's before the last editor's: each with its own offset.
fn taken(exif: &Exif) -> Option<TakenAt> {
    [
        (Tag::DateTimeOriginal, Tag::OffsetTimeOriginal),
        (Tag::DateTimeDigitized, Tag::OffsetTimeDigitized),
        (Tag::DateTime, Tag::OffsetTime),
    ]
    .into_iter()
    .find_map(|(time, offset)| {
        let mut exif_time = DateTime::from_ascii(ascii(exif, time)?).ok()?;
        let local = civil(&exif_time)?;
        // A broken offset leaves the time standing.
        let offset = ascii(exif, offset).and_then(|text| exif_time.parse_offset(text).ok());
        let minutes = offset.and(exif_time.offset);
        Some(TakenAt {
            local,
            offset: minutes.and_then(|minutes| UtcOffset::from_whole_seconds(i32::from(minutes) * 60).ok()),
        })
    })
}

fn civil(value: &DateTime) -> Option<PrimitiveDateTime> {
    let month = Month::try_from(value.month).ok()?;
    let date = Date::from_calendar_date(value.year.into(), month, value.day).ok()?;
    // A camera without a set clock writes year 0.
    (value.year > 0).then_some(())?;
    Some(PrimitiveDateTime::new(date, Time::from_hms(value.hour, value.minute, value.second).ok()?))
}

/// 0, 0 is what phones without a fix write, and lies in the Gulf of Guinea.
fn position(exif: &Exif) -> Option<Position> {
    let latitude = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, b'S', 90.0)?;
    let longitude = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W', 180.0)?;
    (latitude != 0.0 || longitude != 0.0).then_some(Position { latitude, longitude })
}

fn degrees(exif: &Exif, tag: Tag, reference: Tag, negative: u8, limit: f64) -> Option<f64> {
    let Value::Rational(parts) = &field(exif, tag)?.value else {
        return None;
    };
    let [degrees, minutes, seconds] = parts.as_slice() else {
        return None;
    };
    let sign = if ascii(exif, reference)?.first()?.eq_ignore_ascii_case(&negative) { -1.0 } else { 1.0 };
    let value = sign * (degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0);
    // 0/0, which stands for unknown, becomes NaN and fails here.
    (value.abs() <= limit).then_some(value)
}

fn camera(exif: &Exif) -> Option<String> {
    let (make, model) = (text(exif, Tag::Make), text(exif, Tag::Model));
    let name = match (make, model) {
        // Many models repeat the maker: "HUAWEI" and "HUAWEI P40".
        (Some(make), Some(model)) if !model.to_lowercase().starts_with(&make.to_lowercase()) => {
            format!("{make} {model}")
        }
        (_, Some(model)) => model,
        (make, None) => make?,
    };
    Some(name.chars().take(CAMERA_CHARS).collect())
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let text: String = String::from_utf8_lossy(ascii(exif, tag)?).chars().filter(|char| !char.is_control()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &field(exif, tag)?.value {
        Value::Ascii(lines) => lines.first().map(Vec::as_slice),
        _ => None,
    }
}

fn field(exif: &Exif, tag: Tag) -> Option<&Field> {
    exif.get_field(tag, In::PRIMARY)
}
