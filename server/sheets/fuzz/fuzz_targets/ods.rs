//! The content of an .ods, packed here: a changed byte of a packed file only breaks its checksum.
#![no_main]

use std::io::{Cursor, Write};

use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use bianfang_sheets::{Ledger, read_upload};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("content.xml", stored).and_then(|()| Ok(zip.write_all(bytes)?)).expect("memory");
    let bytes = zip.finish().expect("memory").into_inner();
    let _ = read_upload(Ledger::People, ("a.ods", &bytes), (None, &Codes::default(), Day(20_000)));
});
