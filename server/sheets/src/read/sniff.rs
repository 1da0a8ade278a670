//! What a file is, by its first bytes: people rename files, and programs save one type under the name of another.

use std::io::Cursor;

use super::book::BookFormat;
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
    // Neither UTF-8 nor GB18030 has a zero byte.
    match (head.contains(&0), named_book) {
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
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportError::Damaged)?;
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    if has("xl/workbook.xml") {
        Ok(BookFormat::Xlsx)
    } else if has("xl/workbook.bin") {
        Err(ImportError::OtherType(".xlsb"))
    } else if has("content.xml") {
        Ok(BookFormat::Ods)
    } else if has("word/document.xml") {
        Err(ImportError::OtherType(".docx"))
    } else {
        Err(ImportError::OtherType("ZIP"))
    }
}

fn compound(bytes: &[u8]) -> Result<BookFormat, ImportError> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| ImportError::Damaged)?;
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
