//! Faults of a JPEG that cost no row (ITU-T T.81, annex B): bytes between the segments, a scan header that is written
//! wrongly, no end marker. libjpeg tells its first warning only, so these are taken out of what is decoded; a warning that
//! is left speaks of the picture. The file itself is never touched.

use std::ops::Range;

/// What the header's reader found, in places of the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Odd {
    /// Bytes that belong to no segment, in their order.
    pub(crate) stray: Vec<Range<usize>>,
    /// Where the first scan's header ends and its data begin.
    pub(crate) data: usize,
    /// The data are divided by restart markers.
    pub(crate) restarts: bool,
}

/// A sequential scan holds all coefficients of all bits; some phones write zeros here, and decoders do not look.
const WHOLE_BLOCKS: [u8; 3] = [0, 63, 0];
/// Some cameras pad with a few bytes.
const PADDING: usize = 16;
const END: [u8; 2] = [0xFF, 0xD9];

impl Odd {
    /// How many bytes without use before the end marker speak of nothing worse. Between restarts they may stand in the
    /// place of the rest of the picture, and only padding is believed.
    pub(crate) fn spare(&self) -> usize {
        if self.restarts { PADDING } else { usize::MAX }
    }

    /// `single`: all of the picture is in one sequential scan, so that what follows its data is none of it.
    pub(crate) fn mend(&self, bytes: &mut Vec<u8>, single: bool) {
        if single {
            let last = self.data.checked_sub(WHOLE_BLOCKS.len()).and_then(|start| bytes.get_mut(start..self.data));
            if let Some(last) = last {
                last.copy_from_slice(&WHOLE_BLOCKS);
            }
            let end = self.data + bytes.get(self.data..).map_or(0, data_length);
            bytes.truncate(end);
            bytes.extend_from_slice(&END);
        }
        for stray in self.stray.iter().rev() {
            bytes.drain(stray.clone());
        }
    }
}

/// How many zeros stand before the end: room that the disk gave and the camera never filled, or padding.
pub(crate) fn zeros_before_end(bytes: &[u8]) -> usize {
    let data = bytes.strip_suffix(&END).unwrap_or(bytes);
    data.iter().rev().take_while(|byte| **byte == 0).count()
}

/// Up to the first marker that is neither a stuffed byte, nor fill, nor a restart.
fn data_length(data: &[u8]) -> usize {
    let pairs = data.iter().zip(data.iter().skip(1));
    let marker = pairs
        .enumerate()
        .find(|(_, (first, second))| **first == 0xFF && !matches!(**second, 0x00 | 0xD0..=0xD7 | 0xFF));
    // Half of the end marker may be there.
    let whole = data.strip_suffix(&[0xFF]).unwrap_or(data).len();
    marker.map_or(whole, |(at, _)| at)
}
