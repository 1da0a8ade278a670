//! Files that are no sheets, or would cost too much: each is refused with what to do, and none brings the reader down.

use std::io::{Cursor, Write};

use bianfang_dirty_sheets::{Format, Ledger as Made, Options, make};
use bianfang_domain::codes::Codes;
use bianfang_sheets::read::{MAX_FILE, check_size};
use bianfang_sheets::table::{Ledger, SheetReading};
use bianfang_sheets::{ImportError, read_book};
use proptest::prelude::*;

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn file_of_another_type_is_refused_whatever_it_is_called() {
    assert!(matches!(read_book("a.xlsx", b"%PDF-1.7"), Err(ImportError::OtherType("PDF"))));
    assert!(matches!(read_book("a.pdf", b"text"), Err(ImportError::UnknownType)));
    assert!(matches!(read_book("a.xlsx", b"not a workbook"), Err(ImportError::Damaged)));
    assert!(matches!(read_book("a.csv", &zipped(&[("x", b"y")])), Err(ImportError::OtherType("ZIP"))));
    assert!(matches!(check_size(MAX_FILE + 1), Err(ImportError::FileTooLarge { .. })));
}

#[test]
fn workbook_under_a_wrong_name_is_read_by_its_content() {
    let made = make(Made::People, &Options::new(1, 20)).unwrap();
    for format in Format::ALL {
        let book = read_book("名单.csv", &made.bytes(format).unwrap()).unwrap();
        assert_eq!(SheetReading::new(book, Ledger::People.table(), None).unwrap().tables.len(), 1, "{format:?}");
    }
}

#[test]
fn file_that_unpacks_beyond_the_limit_is_refused() {
    let bomb = zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &vec![b' '; 30 << 20])]);
    assert!(matches!(read_book("a.xlsx", &bomb), Err(ImportError::UnpacksTooLarge)));
    let cells = br#"<office:document-content><table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">
        <table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>
        </table:table-row></table:table></office:document-content>"#;
    let bomb = zipped(&[("content.xml", cells)]);
    assert!(matches!(read_book("a.ods", &bomb), Err(ImportError::TooManyCells { .. })));
}

#[test]
fn encrypted_book_is_refused_as_encrypted() {
    let manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let ods = zipped(&[("META-INF/manifest.xml", manifest), ("content.xml", b"\x01\x02")]);
    assert!(matches!(read_book("a.ods", &ods), Err(ImportError::Encrypted)));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap();
    assert!(matches!(read_book("a.xlsx", &file.into_inner().into_inner()), Err(ImportError::Encrypted)));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&[0x09, 8, 0, 0, 0x2f, 0, 2, 0, 1, 0]).unwrap();
    assert!(matches!(read_book("a.xls", &file.into_inner().into_inner()), Err(ImportError::Encrypted)));
}

fn read_all(bytes: &[u8]) {
    if let Ok(book) = read_book("a", bytes)
        && let Ok(reading) = SheetReading::new(book, Ledger::People.table(), None)
    {
        let codes = Codes::default();
        let rows = reading.tables.iter().flat_map(|table| table.rows(&codes, 2026));
        assert!(rows.count() <= 1_000_000);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), head in 0usize..5) {
        let heads: [&[u8]; 5] = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "姓名,村,电话\n".as_bytes(), b"\xef\xbb\xbf"];
        read_all(&[heads[head], &bytes].concat());
    }

    #[test]
    fn damaged_books_never_panic(hits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8), format in 0usize..3) {
        let made = make(Made::People, &Options::new(3, 8).all_dirt()).unwrap();
        let mut bytes = made.bytes([Format::Xlsx, Format::Xls, Format::Ods][format]).unwrap();
        for (at, byte) in hits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_all(&bytes);
    }

    #[test]
    fn any_cell_is_read_or_refused(cells in proptest::collection::vec(".{0,30}", 7)) {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(["姓名", "村", "身份证号", "电话", "出生年月", "是否低保", "人员类别"]).unwrap();
        csv.write_record(&cells).unwrap();
        read_all(&csv.into_inner().unwrap());
    }
}
