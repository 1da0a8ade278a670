//! Sheets that would cost too much, and the corpora of the fuzz targets: each is read or refused in bounded time and memory.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use bianfang_sheets::{ImportError, Ledger, Upload, read_upload};

fn read(name: &str, bytes: &[u8]) -> Result<Upload, ImportError> {
    read_upload(Ledger::People, (name, bytes), (None, &Codes::default(), Day(20_000)))
}

fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A book of one sheet, with the parts that the fuzz target packs too.
fn book(sheet: &[u8], texts: &[u8], styles: &[u8]) -> Vec<u8> {
    let root = br#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="w.xml"/></Relationships>"#;
    let parts = br#"<Relationships><Relationship Id="s" Type="x/worksheet" Target="s.xml"/>
        <Relationship Id="t" Type="x/sharedStrings" Target="t.xml"/><Relationship Id="y" Type="x/styles" Target="y.xml"/></Relationships>"#;
    let book = br#"<workbook><sheets><sheet name="s" r:id="s"/></sheets></workbook>"#;
    packed(&[
        ("_rels/.rels", root),
        ("w.xml", book),
        ("_rels/w.xml.rels", parts),
        ("s.xml", sheet),
        ("t.xml", texts),
        ("y.xml", styles),
    ])
}

fn text(value: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{value}</t></is></c>")
}

/// The work is counted, not timed: a quadratic reader does not end.
#[test]
fn merge_areas_over_all_rows_and_stretches_of_hidden_rows_stay_linear() {
    let mut sheet = format!("<worksheet><sheetData><row>{}{}</row>", text("姓名"), text("村"));
    for row in 0..60_000_u32 {
        let hidden = if row % 2 == 0 { "" } else { " hidden=\"1\"" };
        sheet.push_str(&format!("<row{hidden}>{}{}</row>", text("张三"), text("东村")));
    }
    sheet.push_str("</sheetData><mergeCells>");
    for at in 0..90_000_u32 {
        sheet.push_str(&format!("<mergeCell ref=\"C{}:ZZ250000\"/>", at + 2));
    }
    sheet.push_str("</mergeCells></worksheet>");
    let upload = read("a.xlsx", &book(sheet.as_bytes(), b"<sst/>", b"<styleSheet/>")).unwrap();
    assert_eq!((upload.lines.len(), upload.sheets[0].left_out), (30_000, 30_000));
}

#[test]
fn rows_that_are_only_formatted_cost_nothing_to_keep() {
    let cells: String = (0..10).map(|_| "<c s=\"1\"/>").collect();
    let mut sheet = format!("<worksheet><sheetData><row>{}{}</row>", text("姓名"), text("村"));
    sheet.push_str(&format!("<row>{}{}</row>", text("张三"), text("东村")));
    sheet.push_str(&format!("<row s=\"1\">{cells}</row>").repeat(100_000));
    sheet.push_str("</sheetData></worksheet>");
    assert_eq!(read("a.xlsx", &book(sheet.as_bytes(), b"<sst/>", b"<styleSheet/>")).unwrap().lines.len(), 1);
}

#[test]
fn quote_that_opens_on_every_line_stays_linear() {
    let csv = format!("姓名,村,备注\n{}", "张三,东村,\"甲\n".repeat(40_000));
    assert_eq!(read("a.csv", csv.as_bytes()).unwrap().lines.len(), 40_000);
}

#[test]
fn key_that_is_hashed_a_thousand_million_times_is_refused_at_once() {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap().write_all(&[0; 64]).unwrap();
    let info = br#"<encryption><p:encryptedKey spinCount="1000000000"/></encryption>"#;
    file.create_stream("/EncryptionInfo").unwrap().write_all(info).unwrap();
    assert!(matches!(read("a.xlsx", &file.into_inner().into_inner()), Err(ImportError::Encrypted)));
}

/// What the fuzz targets start from, and what they found: a panic of a reader would be a damaged file here, so nothing is caught.
#[test]
fn corpora_are_read_or_refused_with_a_reason() {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut counts = Vec::new();
    for format in ["xlsx", "xls", "ods", "csv"] {
        let (mut accepted, mut refused) = (0, 0);
        for entry in std::fs::read_dir(corpus.join(format)).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            let bytes = match format {
                "xlsx" => {
                    let mut parts = bytes.splitn(3, |byte| *byte == 0);
                    let mut part = || parts.next().unwrap_or_default();
                    book(part(), part(), part())
                }
                "ods" => packed(&[("content.xml", &bytes)]),
                _ => bytes,
            };
            match read(&format!("a.{format}"), &bytes) {
                Ok(_) => accepted += 1,
                Err(error) => {
                    refused += 1;
                    assert!(!error.to_string().is_empty());
                }
            }
        }
        counts.push((format, accepted, refused));
    }
    assert!(counts.iter().all(|(_, accepted, _)| *accepted > 0), "{counts:?}");
}
