//! Whether a HEIC is whole. Its picture is not decoded here, so this is all that tells a file cut in half from a sound one.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use crate::PhotoError;

/// No camera writes more boxes at the top level; a hostile file might write millions.
const MAX_BOXES: usize = 256;

/// Walks the top-level boxes (ISO/IEC 14496-12, 4.2) until both the index (`meta`) and the data (`mdat`) were seen whole.
/// What follows them is not looked at: some phones append a video that is no box.
pub(crate) fn check_boxes(file: &mut (impl Read + Seek), length: u64) -> Result<(), PhotoError> {
    let (mut start, mut has_meta, mut has_data) = (0_u64, false, false);
    for _ in 0..MAX_BOXES {
        if has_meta && (has_data || start == length) {
            return Ok(());
        }
        file.seek(SeekFrom::Start(start))?;
        let size = read_array::<4>(file)?;
        let kind = read_array::<4>(file)?;
        let end = match u32::from_be_bytes(size) {
            0 => length,
            1 => start.saturating_add(u64::from_be_bytes(read_array(file)?)),
            size => start.saturating_add(u64::from(size)),
        };
        if end < start.saturating_add(8) {
            return Err(PhotoError::Corrupt { source: None });
        }
        if end > length {
            return Err(PhotoError::Truncated);
        }
        has_meta |= &kind == b"meta";
        has_data |= &kind == b"mdat";
        start = end;
    }
    Err(PhotoError::Corrupt { source: None })
}

fn read_array<const N: usize>(file: &mut impl Read) -> Result<[u8; N], PhotoError> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => PhotoError::Truncated,
        _ => PhotoError::Unreadable(error),
    })?;
    Ok(bytes)
}
