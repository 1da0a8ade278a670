//! Every format read back by calamine and by its raw bytes: what was planned stands in the file.

use std::io::{Cursor, Read};

use bianfang_dirty_sheets::{Book, Cell, Dirt, Encoding, Format, Hidden, Ledger, Made, Options, make};
use calamine::{Data, Dimensions, Ods, Range, Reader, Xls, Xlsx};

fn made(ledger: Ledger) -> Made {
    make(ledger, &Options::new(21, 150).all_dirt()).unwrap()
}

/// What calamine reads of a cell, as the sheet shows it.
fn shown(data: &Data) -> String {
    match data {
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year}/{month}/{day}")
        }
        Data::DateTimeIso(text) => {
            let parts: Vec<u32> = text.split('-').map(|part| part.parse().unwrap()).collect();
            format!("{}/{}/{}", parts[0], parts[1], parts[2])
        }
        Data::Error(_) => "#N/A".to_owned(),
        other => other.to_string(),
    }
}

fn compare(book: &Book, range: &Range<Data>, name: &str) {
    for (row, line) in (0u32..).zip(&book.rows) {
        for column in 0..u32::try_from(book.widths.len()).unwrap() {
            let planned = line.cells.get(column as usize).map_or(String::new(), Cell::shown);
            let read = range.get_value((row, column)).map_or(String::new(), shown);
            assert_eq!(read, planned, "{name} row {row} column {column}");
        }
    }
}

fn areas(book: &Book) -> Vec<((u32, u32), (u32, u32))> {
    let ends =
        |area: &bianfang_dirty_sheets::Merge| ((area.top, u32::from(area.left)), (area.bottom, u32::from(area.right)));
    let mut areas: Vec<_> = book.merges.iter().map(ends).collect();
    areas.sort_unstable();
    areas
}

fn sorted(read: impl IntoIterator<Item = Dimensions>) -> Vec<((u32, u32), (u32, u32))> {
    let mut areas: Vec<_> = read.into_iter().map(|area| (area.start, area.end)).collect();
    areas.sort_unstable();
    areas
}

/// Rows counted from 1 that must not be shown.
fn hidden(book: &Book) -> Vec<usize> {
    (1..).zip(&book.rows).filter(|(_, row)| row.hidden.is_some()).map(|(at, _)| at).collect()
}

fn entry(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn xlsx_read_back_is_the_book() {
    for ledger in Ledger::ALL {
        let made = made(ledger);
        let bytes = made.bytes(Format::Xlsx).unwrap();
        let mut read: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
        compare(&made.book, &read.worksheet_range_at(0).unwrap().unwrap(), ledger.word());
        let merged = read.merge_cells_by_sheet_id(0).unwrap();
        assert_eq!(sorted(merged), areas(&made.book));
        let xml = entry(&bytes, "xl/worksheets/sheet1.xml");
        let found: Vec<usize> = xml
            .split("<row ")
            .skip(1)
            .filter(|row| row.split('>').next().unwrap().contains("hidden=\"1\""))
            .map(|row| row.split('"').nth(1).unwrap().parse().unwrap())
            .collect();
        assert_eq!(found, hidden(&made.book));
        assert!(!found.is_empty());
    }
}

#[test]
fn xls_read_back_is_the_book() {
    for ledger in Ledger::ALL {
        let made = made(ledger);
        let bytes = made.bytes(Format::Xls).unwrap();
        let mut read: Xls<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
        compare(&made.book, &read.worksheet_range_at(0).unwrap().unwrap(), ledger.word());
        let merged = read.merge_cells_by_sheet_id(0).unwrap();
        assert_eq!(sorted(merged), areas(&made.book));
        let mut stream = Vec::new();
        let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).unwrap();
        file.open_stream("Workbook").unwrap().read_to_end(&mut stream).unwrap();
        let (mut found, mut continued) = (Vec::new(), false);
        let mut at = 0;
        while at + 4 <= stream.len() {
            let short = |at: usize| usize::from(u16::from_le_bytes([stream[at], stream[at + 1]]));
            let (kind, length) = (short(at), short(at + 2));
            assert!(length <= 8_224);
            continued |= kind == 0x003C;
            if kind == 0x0208 && stream[at + 4 + 12] & 0x20 != 0 {
                found.push(short(at + 4) + 1);
            }
            at += 4 + length;
        }
        assert_eq!(at, stream.len());
        assert!(continued || ledger != Ledger::People, "a long table of strings goes on in CONTINUE records");
        assert_eq!(found, hidden(&made.book));
    }
}

#[test]
fn ods_read_back_is_the_book() {
    for ledger in Ledger::ALL {
        let made = made(ledger);
        let bytes = made.bytes(Format::Ods).unwrap();
        let mut read: Ods<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
        compare(&made.book, &read.worksheet_range_at(0).unwrap().unwrap(), ledger.word());
        let xml = entry(&bytes, "content.xml");
        let rows: Vec<&str> = xml.split("<table:table-row").skip(1).collect();
        let of = |word: &str| -> Vec<usize> {
            let is = |row: &str| row.split('>').next().unwrap().contains(&format!("visibility=\"{word}\""));
            (1..).zip(&rows).filter(|(_, row)| is(row)).map(|(at, _)| at).collect()
        };
        let planned = |why| -> Vec<usize> {
            let rows = (1..).zip(&made.book.rows);
            rows.filter(|(_, row)| row.hidden == Some(why)).map(|(at, _)| at).collect()
        };
        assert_eq!(of("collapse"), planned(Hidden::Hand));
        assert_eq!(of("filter"), planned(Hidden::Filter));
        assert!(!of("collapse").is_empty() && !of("filter").is_empty());
        assert_eq!(xml.matches("-rows-spanned=").count(), made.book.merges.len());
        let covered: u32 =
            made.book.merges.iter().map(|a| (a.bottom - a.top + 1) * u32::from(a.right - a.left + 1) - 1).sum();
        let repeated = |element: &str| -> u32 {
            let head = element.split('>').next().unwrap();
            head.split("columns-repeated=\"").nth(1).map_or(1, |rest| rest.split('"').next().unwrap().parse().unwrap())
        };
        assert_eq!(xml.split("<table:covered-table-cell").skip(1).map(repeated).sum::<u32>(), covered);
    }
}

#[test]
fn csv_decodes_to_the_same_records_in_every_encoding() {
    for ledger in Ledger::ALL {
        let made = made(ledger);
        for encoding in [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Gb18030] {
            let bytes = made.bytes(Format::Csv(encoding)).unwrap();
            let text = match encoding {
                Encoding::Utf8 => String::from_utf8(bytes).unwrap(),
                Encoding::Utf8Bom => String::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap().to_vec()).unwrap(),
                Encoding::Gb18030 => {
                    assert!(std::str::from_utf8(&bytes).is_err());
                    encoding_rs::GB18030
                        .decode_without_bom_handling_and_without_replacement(&bytes)
                        .unwrap()
                        .into_owned()
                }
            };
            let mut read = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let records: Vec<Vec<String>> =
                read.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
            let planned: Vec<Vec<String>> = (made.book.rows.iter())
                .map(|row| {
                    (0..made.book.widths.len()).map(|at| row.cells.get(at).map_or(String::new(), Cell::shown)).collect()
                })
                .collect();
            assert_eq!(records, planned);
        }
    }
}

#[test]
fn days_are_the_same_whatever_year_the_workbook_counts_from() {
    for base in [&[][..], &[Dirt::Base1904]] {
        let made = make(Ledger::Visits, &Options::new(3, 40).with(&[Dirt::DateCell]).with(base)).unwrap();
        let truth = made.truth(Format::Xlsx);
        let column = truth.columns.iter().position(|(_, key)| *key == "visited_at").unwrap();
        let cells: Vec<(usize, (i32, u8, u8))> = (0..)
            .zip(&made.book.rows)
            .filter_map(|(at, row)| match row.cells[column] {
                Cell::Date { ymd } => Some((at, ymd)),
                _ => None,
            })
            .collect();
        assert!(cells.len() > 10);
        let bytes = |format| Cursor::new(made.bytes(format).unwrap());
        let mut xlsx: Xlsx<_> = calamine::open_workbook_from_rs(bytes(Format::Xlsx)).unwrap();
        let mut xls: Xls<_> = calamine::open_workbook_from_rs(bytes(Format::Xls)).unwrap();
        let xlsx = xlsx.worksheet_range_at(0).unwrap().unwrap();
        let xls = xls.worksheet_range_at(0).unwrap().unwrap();
        for (at, (year, month, day)) in cells {
            for range in [&xlsx, &xls] {
                let cell = &range[(at, column)];
                assert!(matches!(cell, Data::DateTime(_)), "{cell:?} is no day");
                assert_eq!(shown(cell), format!("{year}/{month}/{day}"));
            }
        }
    }
}

#[test]
fn formulas_keep_source_and_value() {
    let made = make(Ledger::People, &Options::new(3, 60).with(&[Dirt::Formulas, Dirt::Totals])).unwrap();
    let planned: Vec<(usize, usize, String)> = (0..)
        .zip(&made.book.rows)
        .flat_map(|(at, row)| (0..).zip(&row.cells).map(move |(column, cell)| (at, column, cell)))
        .filter_map(|(at, column, cell)| match cell {
            Cell::Formula(expression) => Some((at, column, expression.source())),
            _ => None,
        })
        .collect();
    assert!(planned.iter().any(|(.., source)| source.starts_with("=COUNTA")));
    let mut xlsx: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(made.bytes(Format::Xlsx).unwrap())).unwrap();
    let mut xls: Xls<_> = calamine::open_workbook_from_rs(Cursor::new(made.bytes(Format::Xls).unwrap())).unwrap();
    let formulas = [
        xlsx.worksheet_formula(Ledger::People.title()).unwrap(),
        xls.worksheet_formula(Ledger::People.title()).unwrap(),
    ];
    for range in formulas {
        for (at, column, source) in &planned {
            let place = (u32::try_from(*at).unwrap(), u32::try_from(*column).unwrap());
            let read = range.get_value(place).map_or("", String::as_str);
            assert_eq!(format!("={read}").replace(['$', ' '], ""), source.replace(' ', ""));
        }
    }
}

#[test]
#[ignore = "long: four workbooks of 50,000 rows in a debug build"]
fn fifty_thousand_rows_fit_every_format() {
    let made = make(Ledger::People, &Options::new(1, 50_000).all_dirt()).unwrap();
    let records = |format| made.truth(format).rows.len();
    for format in Format::ALL {
        let bytes = Cursor::new(made.bytes(format).unwrap());
        let height = match format {
            Format::Xlsx => Xlsx::new(bytes).unwrap().worksheet_range_at(0).unwrap().unwrap().height(),
            Format::Xls => Xls::new(bytes).unwrap().worksheet_range_at(0).unwrap().unwrap().height(),
            Format::Ods => Ods::new(bytes).unwrap().worksheet_range_at(0).unwrap().unwrap().height(),
            Format::Csv(_) => made.book.rows.len(),
        };
        assert_eq!(height, made.book.rows.len(), "{format:?}");
        assert!(records(format) >= 50_000);
    }
}
