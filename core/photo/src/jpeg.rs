//! The header of a JPEG up to its first scan (ITU-T T.81, annex B): how much memory a decoder would take is known here,
//! before it is asked to take it.

use crate::mend::Odd;
use crate::{Limits, PhotoError, Size};

#[derive(Debug, Clone)]
pub(crate) struct FrameHeader {
    frame: Frame,
    /// Components in the first scan; fewer than in the frame means that the decoder holds all coefficients.
    scan_components: u8,
    odd: Odd,
}

#[derive(Debug, Clone, Copy)]
struct Frame {
    /// Low four bits of the SOF marker: 0–2 sequential and progressive, 9 and 10 the same with arithmetic coding.
    kind: u8,
    precision: u8,
    size: Size,
    components: u8,
    /// Coefficients that so many pixels take: 3 for 2 where colour is halved both ways.
    coefficients: (u64, u64),
}

impl FrameHeader {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, PhotoError> {
        let mut rest = Bytes(bytes);
        let (mut frame, mut odd) = (None, Odd::default());
        rest.take(2)?; // SOI, known from recognition
        loop {
            let at = bytes.len() - rest.0.len();
            let marker = rest.marker()?;
            let found = bytes.len() - rest.0.len() - 2;
            if found > at {
                odd.stray.push(at..found);
            }
            match marker {
                0x01 | 0xD0..=0xD8 => {}
                0xD9 => return Err(PhotoError::Corrupt { source: None }),
                marker => {
                    let length = usize::from(rest.u16()?).checked_sub(2).ok_or(PhotoError::Corrupt { source: None })?;
                    let segment = rest.take(length)?;
                    if marker == 0xDA {
                        let frame = frame.ok_or(PhotoError::Corrupt { source: None })?;
                        odd.data = bytes.len() - rest.0.len();
                        return Ok(Self { frame, scan_components: segment.first().copied().unwrap_or(0), odd });
                    }
                    if marker == 0xDD {
                        odd.restarts = segment.iter().any(|byte| *byte != 0);
                    }
                    // 0xC4, 0xC8 and 0xCC lie in the same range but are tables.
                    if matches!(marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) {
                        frame = Some(Frame::read(marker & 0x0F, Bytes(segment))?);
                    }
                }
            }
        }
    }

    /// As stored, before any turning.
    pub(crate) fn size(&self) -> Size {
        self.frame.size
    }

    /// Refuses what would take too much memory.
    pub(crate) fn check(&self, limits: &Limits, file: usize) -> Result<(), PhotoError> {
        if self.is_resident() {
            // Two bytes a coefficient.
            let (coefficients, of) = self.frame.coefficients;
            return limits.check_resident(self.size(), file, (2 * coefficients, of));
        }
        let limit = limits.max_pixels;
        if self.size().pixels() > limit {
            return Err(PhotoError::TooManyPixels { size: self.size(), limit });
        }
        Ok(())
    }

    /// Whether this is what cameras write and our decoder reads: 8 bits, grey or colour, not lossless, not hierarchical.
    pub(crate) fn is_common(&self) -> bool {
        matches!(self.frame.kind, 0..=2 | 9 | 10) && self.frame.precision == 8 && matches!(self.frame.components, 1 | 3)
    }

    /// See [`Odd::spare`].
    pub(crate) fn spare(&self) -> usize {
        self.odd.spare()
    }

    /// Takes out of `bytes`, which it was read from, what costs no row.
    pub(crate) fn mend(&self, bytes: &mut Vec<u8>) {
        self.odd.mend(bytes, !self.is_resident());
    }

    fn is_resident(&self) -> bool {
        matches!(self.frame.kind, 2 | 10) || self.scan_components < self.frame.components
    }
}

impl Frame {
    fn read(kind: u8, mut segment: Bytes) -> Result<Self, PhotoError> {
        let precision = segment.u8()?;
        let (height, width) = (segment.u16()?, segment.u16()?);
        let components = segment.u8()?;
        if width == 0 || height == 0 || components == 0 {
            return Err(PhotoError::Corrupt { source: None });
        }
        let (mut sum, mut across, mut down) = (0, 1, 1);
        for _ in 0..components {
            let (_, sampling, _) = (segment.u8()?, segment.u8()?, segment.u8()?);
            let (h, v) = (u64::from(sampling >> 4), u64::from(sampling & 0x0F));
            sum += h * v;
            (across, down) = (across.max(h), down.max(v));
        }
        let size = Size { width: width.into(), height: height.into() };
        Ok(Self { kind, precision, size, components, coefficients: (sum.max(1), across * down) })
    }
}

/// What is still unread. Running out of bytes is a cut file.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], PhotoError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(PhotoError::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    fn u8(&mut self) -> Result<u8, PhotoError> {
        let (first, rest) = self.0.split_first().ok_or(PhotoError::Truncated)?;
        self.0 = rest;
        Ok(*first)
    }

    fn u16(&mut self) -> Result<u16, PhotoError> {
        Ok(u16::from_be_bytes([self.u8()?, self.u8()?]))
    }

    /// The next marker code; 0xFF may be repeated as fill, and stray bytes between segments are passed over.
    fn marker(&mut self) -> Result<u8, PhotoError> {
        loop {
            while self.u8()? != 0xFF {}
            let code = loop {
                match self.u8()? {
                    0xFF => {}
                    code => break code,
                }
            };
            if code != 0 {
                return Ok(code);
            }
        }
    }
}
