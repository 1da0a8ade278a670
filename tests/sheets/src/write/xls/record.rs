//! Records of BIFF8: a type, a length, and little-endian fields.

/// A record holds no more; what is longer goes on in CONTINUE records.
pub(super) const MAX_RECORD: usize = 8_224;

/// Records one after the other.
#[derive(Debug, Default)]
pub(super) struct Records {
    bytes: Vec<u8>,
}

/// The fields of one record.
#[derive(Debug, Default, Clone)]
pub(super) struct Fields(pub Vec<u8>);

impl Fields {
    pub fn u8(mut self, value: u8) -> Self {
        self.0.push(value);
        self
    }

    pub fn u16(mut self, value: u16) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub fn u32(mut self, value: u32) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub fn f64(mut self, value: f64) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self
    }

    /// ShortXLUnicodeString: its length in one byte, then a flag for two bytes a unit.
    pub fn short_text(self, text: &str) -> Self {
        let units: Vec<u16> = text.encode_utf16().take(255).collect();
        self.u8(u8::try_from(units.len()).unwrap_or(u8::MAX)).u8(1).units(&units)
    }

    /// XLUnicodeString: its length in two bytes. Latin-1 is stored in one byte a unit, as Excel does.
    pub fn text(self, text: &str) -> Self {
        let units: Vec<u16> = text.encode_utf16().collect();
        let length = self.u16(u16::try_from(units.len()).unwrap_or(u16::MAX));
        let narrow: Option<Vec<u8>> = units.iter().map(|unit| u8::try_from(*unit).ok()).collect();
        match narrow {
            Some(bytes) => length.u8(0).bytes(&bytes),
            None => length.u8(1).units(&units),
        }
    }

    fn units(mut self, units: &[u16]) -> Self {
        self.0.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        self
    }
}

impl Records {
    pub fn push(&mut self, kind: u16, fields: Fields) {
        let length = u16::try_from(fields.0.len()).unwrap_or(u16::MAX);
        self.bytes.extend(kind.to_le_bytes());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(fields.0);
    }

    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}
