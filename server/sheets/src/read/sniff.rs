//! What a file is, by its first bytes: people rename files, and programs save one type under the name of another.

use std::io::Cursor;

use super::book::BookFormat;
use super::decode::is_wide;
use super::package::{name_of, workbook};
use crate::error::ImportError;

const CFB: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// What the bytes are.
pub fn sniff(name: &str, bytes: &[u8]) -> Result<BookFormat, ImportError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return zipped(bytes);
    }
    if bytes.starts_with(&CFB) {
        return compound(bytes);
    }
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let other = [
        (&b"%PDF"[..], "PDF"),
        (&b"<html"[..], "HTML"),
        (&b"<?xml"[..], "XML"),
        (&b"\xff\xd8\xff"[..], "JPEG"),
        (&b"\x89PNG"[..], "PNG"),
        (&b"Rar!"[..], "RAR"),
        (&b"7z\xbc\xaf"[..], "7z"),
        (&b"PK"[..], "ZIP"),
    ];
    let lower = head.to_ascii_lowercase();
    let trimmed = lower.trim_ascii_start();
    let found = other.iter().find(|(magic, _)| head.starts_with(magic) || trimmed.starts_with(magic));
    if let Some((_, kind)) = found {
        return Err(ImportError::OtherType(kind));
    }
    let named_book = [".xlsx", ".xls", ".ods"].iter().any(|end| name.to_lowercase().ends_with(end));
    // Neither UTF-8 nor GB18030 has a zero byte; in UTF-16 every other one is.
    let binary = head.contains(&0) && !is_wide(bytes);
    match (binary, named_book) {
        (true, true) => Err(ImportError::Damaged),
        (true, false) => Err(ImportError::UnknownType),
        (false, _) if [".pdf", ".doc", ".docx", ".jpg"].iter().any(|end| name.to_lowercase().ends_with(end)) => {
            Err(ImportError::UnknownType)
        }
        // A text under a workbook's name: many programs save CSV so. One that holds no separator at all is none.
        (false, true) if !head.iter().any(|byte| matches!(byte, b',' | b'\t')) => Err(ImportError::Damaged),
        (false, _) => Ok(BookFormat::Csv),
    }
}

fn zipped(bytes: &[u8]) -> Result<BookFormat, ImportError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportError::Damaged)?;
    if name_of(&archive, "content.xml").is_some() {
        return Ok(BookFormat::Ods);
    }
    match workbook(&mut archive)? {
        Some(path) if path.ends_with(".bin") => Err(ImportError::OtherType(".xlsb")),
        Some(path) if path.starts_with("word/") => Err(ImportError::OtherType(".docx")),
        Some(path) if path.starts_with("ppt/") => Err(ImportError::OtherType(".pptx")),
        Some(_) => Ok(BookFormat::Xlsx),
        None => Err(ImportError::OtherType("ZIP")),
    }
}

fn compound(bytes: &[u8]) -> Result<BookFormat, ImportError> {
    let file = super::compound::open(bytes).ok_or(ImportError::Damaged)?;
    if file.exists("/EncryptionInfo") || file.exists("/EncryptedPackage") {
        Err(ImportError::Encrypted)
    } else if file.exists("/Workbook") || file.exists("/Book") {
        Ok(BookFormat::Xls)
    } else if file.exists("/WordDocument") {
        Err(ImportError::OtherType(".doc"))
    } else {
        Err(ImportError::UnknownType)
    }
}
