//! .csv, and text with tabs or semicolons under whatever name. Which separator a file has is tried: the one under which a header is
//! found. A quote that nobody closed costs its own line, never the people below it.

use super::book::{Book, BookFormat};
use super::decode::decode;
use super::grid::{Grid, GridBuilder, GridValue, Layout};
use crate::error::ImportError;
use crate::note::{CellNote, NoteCode};

/// Lines in which a header may stand.
const HEAD: usize = 60;

/// Reads a text. `fits`: how many columns of a ledger the head of a sheet names.
pub fn read(bytes: &[u8], fits: &dyn Fn(&Grid) -> usize) -> Result<Book, ImportError> {
    let decoded = decode(bytes);
    let sheet = grid(&decoded, separator(&decoded, fits))?;
    Ok(Book { format: BookFormat::Csv, epoch_1904: false, sheets: vec![sheet], unread: Vec::new() })
}

/// The separator that the file names itself, or under which most columns are known, or which stands most often.
fn separator(text: &str, fits: &dyn Fn(&Grid) -> usize) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    if let [separator] = first.trim().strip_prefix("sep=").unwrap_or_default().as_bytes() {
        return *separator;
    }
    let end = text.match_indices('\n').nth(HEAD).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or_default();
    let known = |separator: u8| grid(head, separator).map_or(0, |grid| fits(&grid));
    let count = |separator: u8| head.bytes().filter(|byte| *byte == separator).count();
    let best = [b'|', b';', b'\t', b','].into_iter().max_by_key(|separator| (known(*separator), count(*separator)));
    best.unwrap_or(b',')
}

fn reader(text: &str, separator: u8, quoting: bool) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(separator).quoting(quoting);
    builder.from_reader(text.as_bytes())
}

fn grid(text: &str, separator: u8) -> Result<Grid, ImportError> {
    let mut grid = GridBuilder::default();
    let mut notes = Vec::new();
    let mut record = csv::StringRecord::new();
    let (mut row, mut from, mut widest) = (0_u32, 0_usize, 0_usize);
    'again: loop {
        let rest = text.get(from..).unwrap_or_default();
        let mut reader = reader(rest, separator, true);
        while reader.read_record(&mut record).map_err(|_| ImportError::Damaged)? {
            // Lines that are empty are skipped by the parser, and are rows in a spreadsheet; a cell of several lines is one row.
            let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
            let (blank, start) = after_blank(rest.as_bytes(), start);
            row = row.saturating_add(blank);
            if let Some(column) = unclosed(&record, separator, widest) {
                let line = first_line(rest.get(start..).unwrap_or_default());
                put(&mut grid, row, &plainly(line, separator)?)?;
                let at = format!("{}{}", super::letters(column), row.saturating_add(1));
                notes.push(CellNote { at, code: NoteCode::UnclosedQuote, from: None, to: None });
                (row, from) = (row.saturating_add(1), from + start + line.len());
                continue 'again;
            }
            widest = widest.max(record.len().saturating_sub(1));
            put(&mut grid, row, &record)?;
            row = row.saturating_add(1);
        }
        break;
    }
    let mut grid = grid.finish(String::new(), Layout::default());
    grid.notes = notes;
    Ok(grid)
}

/// The first line of a text with what ends it; an old Mac ends its lines with \r alone.
fn first_line(text: &str) -> &str {
    let end = text.find(['\n', '\r']).map(|at| at + if text.get(at..at + 2) == Some("\r\n") { 2 } else { 1 });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// How many empty lines the parser skips before a record, and where the record begins.
fn after_blank(bytes: &[u8], start: usize) -> (u32, usize) {
    let byte = |at: usize| bytes.get(at).copied();
    // The end of the line before may be left.
    let rest = start.checked_sub(1).and_then(byte) == Some(b'\r') && byte(start) == Some(b'\n');
    let (mut lines, mut at) = (0_u32, start + usize::from(rest));
    loop {
        at += match (byte(at), byte(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return (lines, at),
        };
        lines = lines.saturating_add(1);
    }
}

/// The cell that runs on over lines which have as many separators as a row of the file: its quote was never closed, or is no
/// quote at all.
fn unclosed(record: &csv::StringRecord, separator: u8, widest: usize) -> Option<u32> {
    let runs_on = |cell: &str| {
        let mut lines =
            cell.split(['\n', '\r']).skip(1).map(|line| line.bytes().filter(|byte| *byte == separator).count());
        lines.any(|separators| separators >= widest.max(2))
    };
    let column = record.iter().position(runs_on)?;
    u32::try_from(column).ok()
}

/// A line whose quotes are characters like others.
fn plainly(line: &str, separator: u8) -> Result<csv::StringRecord, ImportError> {
    let mut record = csv::StringRecord::new();
    reader(line, separator, false).read_record(&mut record).map_err(|_| ImportError::Damaged)?;
    Ok(record.iter().map(|cell| cell.strip_prefix('"').filter(|rest| !rest.contains('"')).unwrap_or(cell)).collect())
}

fn put(grid: &mut GridBuilder, row: u32, record: &csv::StringRecord) -> Result<(), ImportError> {
    for (column, cell) in (0..).zip(record.iter()) {
        // ="0123" keeps a spreadsheet from making a number of it.
        let formula = cell.trim().strip_prefix("=\"").and_then(|text| text.strip_suffix('"'));
        grid.put((row, column), GridValue::Text(formula.unwrap_or(cell)), false)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        let grid = grid(text, b',').unwrap_or_default();
        let row = |row: super::super::GridRow<'_>| {
            let cells = (0..row.width()).map(|at| row.cell(at).value.text(false).into_owned());
            format!("{} {}", row.number, cells.collect::<Vec<_>>().join("|"))
        };
        grid.rows().map(row).collect()
    }

    #[test]
    fn quote_that_nobody_closed_costs_its_own_line() {
        let text = "姓名,村,备注\n张三,东村,\"绰号铁蛋\n李四,西村,\n\n王五,南村,\"两行\n的备注\"\n赵六,北村,\"又一个\n孙七,东村,\n";
        let read = [
            "1 姓名|村|备注",
            "2 张三|东村|绰号铁蛋",
            "3 李四|西村",
            "5 王五|南村|两行\n的备注",
            "6 赵六|北村|又一个",
            "7 孙七|东村",
        ];
        assert_eq!(rows(text), read);
        for end in ["\r", "\r\n"] {
            let told = rows(&text.replace('\n', end));
            assert_eq!(told.join(" ").replace(end, "\n"), read.join(" "), "{end:?}");
        }
        let notes: Vec<_> = grid(text, b',').unwrap_or_default().notes.iter().map(|note| note.at.clone()).collect();
        assert_eq!(notes, ["C2", "C6"]);
    }

    #[test]
    fn empty_lines_are_rows_whatever_ends_a_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["姓名,村", "", "", "张三,东村", "", "李四,\"西\n村\"", "王五,南村", ""].join(end);
            assert_eq!(rows(&text), ["1 姓名|村", "4 张三|东村", "6 李四|西\n村", "7 王五|南村"], "{end:?}");
        }
    }

    #[test]
    fn formula_that_only_keeps_a_text_is_the_text() {
        assert_eq!(rows("=\"0123\",=\"\",\"=\"\"45\"\"\"\n"), ["1 0123||45"]);
    }
}
