//! The parts of an .xlsx, packed here: a changed byte of a packed file only breaks its checksum.
#![no_main]

use std::io::{Cursor, Write};

use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use bianfang_sheets::{Ledger, read_upload};
use libfuzzer_sys::fuzz_target;

const ROOT: &[u8] = br#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="w.xml"/></Relationships>"#;
const BOOK: &[u8] = br#"<workbook><sheets><sheet name="s" r:id="s"/></sheets></workbook>"#;
const PARTS: &[u8] = br#"<Relationships><Relationship Id="s" Type="x/worksheet" Target="s.xml"/>
<Relationship Id="t" Type="x/sharedStrings" Target="t.xml"/><Relationship Id="y" Type="x/styles" Target="y.xml"/></Relationships>"#;

// Sheet, texts and styles, one after another, parted by a zero byte.
fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |byte| *byte == 0);
    let mut part = || parts.next().unwrap_or_default();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [
        ("_rels/.rels", ROOT),
        ("w.xml", BOOK),
        ("_rels/w.xml.rels", PARTS),
        ("s.xml", part()),
        ("t.xml", part()),
        ("y.xml", part()),
    ] {
        zip.start_file(name, stored).and_then(|()| Ok(zip.write_all(bytes)?)).expect("memory");
    }
    let bytes = zip.finish().expect("memory").into_inner();
    let _ = read_upload(Ledger::People, ("a.xlsx", &bytes), (None, &Codes::default(), Day(20_000)));
});
