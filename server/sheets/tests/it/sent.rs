//! Sheets as people send them: what other programs write and what people do to a sheet before they send it. Nobody is left out in
//! silence, and nothing that was not read is taken for empty.

use std::io::{Cursor, Write};

use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use bianfang_sheets::{ImportError, Ledger, Line, Upload, Weight, read_upload};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

fn read(name: &str, bytes: &[u8]) -> Result<Upload, ImportError> {
    read_upload(Ledger::People, (name, bytes), (None, &Codes::default(), Day(20_000)))
}

/// Name, village and what else is asked, row by row.
fn told(upload: &Upload, fields: &[&str]) -> Vec<String> {
    let one = |line: &Line| {
        let fields = fields.iter().map(|field| {
            let value = line.fields.get(*field).cloned().unwrap_or_default();
            value.as_str().map_or_else(|| value.to_string(), str::to_owned)
        });
        let head = [line.row.to_string(), line.text("name").unwrap_or("-").to_owned(), line.village.clone()];
        head.into_iter().chain(fields).collect::<Vec<_>>().join(" ")
    };
    upload.lines.iter().map(one).collect()
}

fn said(upload: &Upload) -> Vec<(&str, &str)> {
    upload.notes.iter().map(|note| (note.at.as_str(), note.code.as_str())).collect()
}

fn of_rows(upload: &Upload) -> Vec<(&str, &str, Weight)> {
    let notes = upload.lines.iter().flat_map(|line| &line.notes);
    notes.map(|note| (note.at.as_str(), note.code.as_str(), note.weight)).collect()
}

const HEADER: [&str; 4] = ["姓名", "乡镇", "村", "联系电话"];

fn fill(sheet: &mut Worksheet, names: &[&str]) {
    sheet.write_row(0, 0, HEADER).unwrap();
    for (row, name) in (1..).zip(names) {
        sheet.write_row(row, 0, [*name, "甲镇", "东村", "13800138000"]).unwrap();
    }
}

fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const ROOT: &str =
    r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl\book7.xml"/></Relationships>"#;
const BOOK: &str =
    r#"<x:workbook xmlns:x="a" xmlns:r="b"><x:sheets><x:sheet name="名单" r:id="s1"/></x:sheets></x:workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="s1" Type="http://x/worksheet" Target="/xl/worksheets/one.xml"/></Relationships>"#;

/// A book whose parts lie elsewhere than Excel's, under backslashes.
fn elsewhere(rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    zipped(&[
        ("_rels\\.rels", ROOT),
        ("xl\\book7.xml", BOOK),
        ("xl\\_rels\\book7.xml.rels", RELATIONS),
        ("xl\\worksheets\\one.xml", &sheet),
    ])
}

fn cells(values: &[&str]) -> String {
    values.iter().map(|value| format!("<c t=\"inlineStr\"><is><t>{value}</t></is></c>")).collect()
}

#[test]
fn hidden_sheet_is_left_out_and_named_with_its_rows() {
    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name("名单").unwrap(), &["张三"]);
    fill(book.add_worksheet().set_name("去年").unwrap().set_hidden(true), &["李四", "王五"]);
    fill(book.add_worksheet().set_name("底表").unwrap().set_very_hidden(true), &["赵六"]);
    book.add_worksheet().set_name("说明").unwrap().write(3, 0, "请勿改动").unwrap();
    let upload = read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(told(&upload, &[]), ["2 张三 东村"]);
    let named = [("去年!A1", "hidden_sheet"), ("底表!A1", "hidden_sheet"), ("说明!A1", "sheet_without_header")];
    assert_eq!(said(&upload), named);
    let counts: Vec<_> = upload
        .sheets
        .iter()
        .map(|sheet| (sheet.sheet.as_str(), sheet.place.as_str(), sheet.read, sheet.left_out))
        .collect();
    assert_eq!(counts, [("名单", "A1:D2", 1, 0), ("去年", "", 0, 2), ("底表", "", 0, 1), ("说明", "", 0, 1)]);
}

#[test]
fn formula_that_nobody_computed_is_not_empty() {
    let row = |name: &str, village: &str| {
        format!("<row>{}{village}{}</row>", cells(&[name, "甲镇"]), cells(&["13800138000"]))
    };
    let rows = [
        format!("<row>{}</row>", cells(&HEADER)),
        row("张三", &cells(&["东村"])),
        row("李四", "<c><f>B9</f></c>"),
        row("王五", "<c><f>B9</f><v/></c>"),
        row("赵六", "<c t=\"str\"><f>B9</f><v>西村</v></c>"),
        row("孙七", "<c t=\"str\"><f>B9</f><v></v></c>"),
    ];
    let upload = read("a.xlsx", &elsewhere(&rows.concat())).unwrap();
    assert_eq!(told(&upload, &[]), ["2 张三 东村", "3 李四 ", "4 王五 ", "5 赵六 西村", "6 孙七 西村"]);
    let refused: Vec<_> = of_rows(&upload).into_iter().filter(|(_, _, weight)| *weight == Weight::Refusal).collect();
    assert_eq!(refused, [("C3", "uncomputed", Weight::Refusal), ("C4", "uncomputed", Weight::Refusal)]);
}

#[test]
fn parts_are_found_by_relations_and_rows_without_numbers_by_their_order() {
    let rows = [cells(&HEADER), cells(&["张三", "甲镇", "东村"]), String::new(), cells(&["李四", "甲镇", "西村"])];
    let rows: String = rows.iter().map(|row| format!("<row>{row}</row>")).collect();
    assert_eq!(told(&read("a.xlsx", &elsewhere(&rows)).unwrap(), &[]), ["2 张三 东村", "4 李四 西村"]);
}

#[test]
fn rows_in_another_order_are_read_in_theirs() {
    let row = |number: u32, values: &[&str]| format!("<row r=\"{number}\">{}</row>", cells(values));
    let rows = [row(3, &["李四", "", "西村"]), row(2, &["张三", "", "东村"]), row(1, &["姓名", "乡镇", "村"])];
    assert_eq!(told(&read("a.xlsx", &elsewhere(&rows.concat())).unwrap(), &[]), ["2 张三 东村", "3 李四 西村"]);
}

#[test]
fn error_word_of_any_program_costs_its_cell() {
    let error = |word: &str| format!("<row>{}<c t=\"e\"><v>{word}</v></c></row>", cells(&["张三", "甲镇", "东村"]));
    let words = ["#GETTING_DATA", "#SPILL!", "#BUSY!", "#N/A", "#新的!"];
    let rows: String = words.iter().map(|word| error(word)).collect();
    let upload = read("a.xlsx", &elsewhere(&format!("<row>{}</row>{rows}", cells(&HEADER)))).unwrap();
    let at = ["D2", "D3", "D4", "D5", "D6"];
    assert_eq!(of_rows(&upload), at.map(|at| (at, "cell_error", Weight::Note)));
    let upload =
        read("a.csv", "姓名,村,联系电话,备注\n张三,东村,########,#SPILL!\n李四,东村,#1楼,#\n".as_bytes()).unwrap();
    let errors: Vec<_> =
        of_rows(&upload).into_iter().filter(|(_, code, _)| *code == "cell_error").map(|(at, ..)| at).collect();
    assert_eq!(errors, ["C2", "D2"]);
}

#[test]
fn damaged_sheet_does_not_stop_the_others() {
    let book =
        BOOK.replace("</x:sheets>", "<x:sheet name=\"坏\" r:id=\"s2\"/><x:sheet name=\"图\" r:id=\"s3\"/></x:sheets>");
    let more = "<Relationship Id=\"s2\" Type=\"http://x/worksheet\" Target=\"two.xml\"/>\
        <Relationship Id=\"s3\" Type=\"http://x/chartsheet\" Target=\"three.xml\"/></Relationships>";
    let relations = RELATIONS.replace("</Relationships>", more);
    let rows: String =
        [cells(&HEADER), cells(&["张三", "甲镇", "东村"])].iter().map(|row| format!("<row>{row}</row>")).collect();
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let bytes = zipped(&[
        ("_rels/.rels", ROOT),
        ("xl/book7.xml", &book),
        ("xl/_rels/book7.xml.rels", &relations),
        ("xl/worksheets/one.xml", &sheet),
        ("xl/two.xml", "<worksheet><sheetData><row><c r=\"A1\" <<"),
    ]);
    let upload = read("a.xlsx", &bytes).unwrap();
    assert_eq!(told(&upload, &[]), ["2 张三 东村"]);
    assert_eq!(said(&upload), [("坏!A1", "sheet_damaged"), ("图!A1", "sheet_without_cells")]);
}

#[test]
fn lists_side_by_side_and_one_below_the_other_are_all_read() {
    let csv = "乌丹镇名单,,,,,,\n序号,姓名,村,,序号,姓名,村,备注\n1,张三,东村,,1,李四,西村,独居\n2,王五,东村,,,,,\n\
        二、家属,,,,,,\n村,姓名,联系电话\n南村,赵六,13800138000\n";
    let upload = read("a.csv", csv.as_bytes()).unwrap();
    assert_eq!(
        told(&upload, &["note"]),
        ["3 张三 东村 null", "4 王五 东村 null", "5 - 东村 null", "3 李四 西村 独居", "7 赵六 南村 null"]
    );
    let places: Vec<_> = upload.sheets.iter().map(|sheet| (sheet.table, sheet.place.as_str(), sheet.read)).collect();
    assert_eq!(places, [(0, "A2:C5", 3), (1, "E2:H3", 1), (2, "A6:C7", 1)]);
}

#[test]
fn second_list_that_lacks_its_columns_is_named_and_kept_out_of_the_first() {
    let csv = "姓名,村,身份证号,,姓名,身份证号\n张三,东村,,,李四,990426198503021024\n";
    let upload = read("a.csv", csv.as_bytes()).unwrap();
    assert_eq!(told(&upload, &["extra", "id_number"]), ["2 张三 东村 null null"]);
    assert_eq!(said(&upload), [("E1", "table_beside")]);
}

#[test]
fn second_column_of_a_field_adds_to_a_list_or_is_doubted() {
    let csv = "姓名,村,联系电话,电话,性别,性别\n张三,东村,13800138000,13900139000,男,男\n李四,东村,13800138000,13800138000,男,女\n";
    let upload = read("a.csv", csv.as_bytes()).unwrap();
    let phones = ["2 张三 东村 [\"13800138000\",\"13900139000\"]", "3 李四 东村 [\"13800138000\"]"];
    assert_eq!(told(&upload, &["phones"]), phones);
    assert_eq!(of_rows(&upload), [("F3", "two_columns", Weight::Doubt)]);
}

#[test]
fn hidden_column_is_left_out_and_named() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["姓名", "村", "电话", "联系电话"]).unwrap();
    sheet.write_row(1, 0, ["张三", "东村", "13900139000", "13800138000"]).unwrap();
    sheet.set_column_hidden(2).unwrap();
    let upload = read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(told(&upload, &["phones"]), ["2 张三 东村 [\"13800138000\"]"]);
    assert_eq!(said(&upload), [("Sheet1!C1", "hidden_column")]);
}

#[test]
fn person_over_merged_rows_is_one_with_both_telephones_and_awards() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["姓名", "村", "联系电话", "奖章", "性别"]).unwrap();
    for (row, cells) in (1..).zip([
        ["", "", "13800138000", "三等功", ""],
        ["", "", "13900139000", "嘉奖", ""],
        ["李四", "东村", "", "", "男"],
    ]) {
        sheet.write_row(row, 0, cells).unwrap();
    }
    for (column, text) in [(0, "张三"), (1, "东村"), (4, "男")] {
        sheet.merge_range(1, column, 2, column, text, &Format::new()).unwrap();
    }
    let upload = read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let extra = "{\"奖章\":\"三等功；嘉奖\"}";
    let one = format!("2 张三 东村 [\"13800138000\",\"13900139000\"] {extra}");
    assert_eq!(told(&upload, &["phones", "extra"]), [one.as_str(), "4 李四 东村 null null"]);
    assert_eq!(of_rows(&upload)[0].1, "rows_of_one");
}

#[test]
fn text_is_read_under_each_separator_and_in_each_encoding() {
    let plain = "姓名,村,联系电话\n张三,东村,13800138000\n";
    let wide: Vec<u8> =
        [&[0xff, 0xfe][..], &plain.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()]
            .concat();
    let note = "填表说明：姓名必填;村必填;电话;每村一张;谢谢;1;2;3;4;5;6;7;8;9;10\n";
    let cases = [
        plain.replace(',', "\t,").into_bytes(),
        plain.replace(',', "|").into_bytes(),
        format!("{note}{plain}").into_bytes(),
        format!("sep=;\n{}", plain.replace(',', ";")).into_bytes(),
        "姓名,村,联系电话\n=\"张三\",\"=\"\"东村\"\"\",=\"13800138000\"\n".as_bytes().to_vec(),
        wide,
    ];
    for bytes in cases {
        let upload = read("a.csv", &bytes).unwrap();
        assert!(
            told(&upload, &["phones"])[0].ends_with("张三 东村 [\"13800138000\"]"),
            "{:?}",
            told(&upload, &["phones"])
        );
    }
}

#[test]
fn cut_character_is_named_and_its_row_waits() {
    let mut bytes = "姓名,村,备注\n张三,东村,五保户在册人员\n李四,西村,\n王五,南村,独居老人\n".as_bytes().to_vec();
    let at = bytes.windows(3).position(|three| three == "保".as_bytes()).unwrap();
    bytes.remove(at);
    let upload = read("a.csv", &bytes).unwrap();
    assert_eq!(of_rows(&upload), [("C2", "broken_character", Weight::Doubt)]);
    assert_eq!(told(&upload, &[]), ["2 张三 东村", "3 李四 西村", "4 王五 南村"]);
}

#[test]
fn quote_that_nobody_closed_is_named_and_nobody_below_it_is_lost() {
    let csv = "姓名,乡镇,村,备注\n张三,甲镇,东村,\"绰号铁蛋\n李四,甲镇,西村,\n王五,甲镇,\"南村\",好\n";
    let upload = read("a.csv", csv.as_bytes()).unwrap();
    assert_eq!(told(&upload, &["note"]), ["2 张三 东村 绰号铁蛋", "3 李四 西村 null", "4 王五 南村 好"]);
    assert_eq!(said(&upload), [("D2", "unclosed_quote")]);
}

#[test]
fn date_that_cannot_be_read_stays_under_its_header() {
    let upload = read("a.csv", "姓名,村,入伍时间\n张三,东村,那年冬天\n李四,东村,农历85年腊月\n".as_bytes()).unwrap();
    let kept = ["2 张三 东村 {\"入伍时间\":\"那年冬天\"}", "3 李四 东村 {\"入伍时间\":\"农历85年腊月\"}"];
    assert_eq!(told(&upload, &["extra"]), kept);
}

#[test]
fn cells_far_to_the_right_are_counted() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, &["张三"]);
    sheet.write(1, 600, "远处").unwrap();
    sheet.write_formula(1, 4, Formula::new("=1+1").set_result("2")).unwrap();
    let upload = read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(said(&upload), [("Sheet1!SS1", "columns_beyond")]);
}

#[test]
fn stretch_of_hidden_rows_is_one_note_with_its_count() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, &["张三", "李四", "王五", "赵六"]);
    for row in [2, 3] {
        sheet.set_row_hidden(row).unwrap();
    }
    let upload = read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(told(&upload, &[]), ["2 张三 东村", "5 赵六 东村"]);
    let hidden = &upload.notes[0];
    assert_eq!((hidden.at.as_str(), hidden.from.as_deref()), ("Sheet1!A3", Some("2 行 / 2 rows")));
    assert_eq!(upload.sheets[0].left_out, 2);
}

/// A record of a stream of .xls: its number, its length, its bytes.
fn record(stream: &mut Vec<u8>, kind: u16, data: &[u8]) {
    stream.extend(kind.to_le_bytes());
    stream.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    stream.extend(data);
}

#[test]
fn book_of_excel_95_is_read_in_its_code_page() {
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let mut stream = Vec::new();
    record(&mut stream, 0x0809, &[0, 5, 5, 0, 0, 0, 0, 0]);
    record(&mut stream, 0x0042, &936_u16.to_le_bytes());
    let name = gbk("名单");
    let bound = stream.len() + 4;
    record(&mut stream, 0x0085, &[&[0, 0, 0, 0, 0, 0, u8::try_from(name.len()).unwrap()], name.as_slice()].concat());
    record(&mut stream, 0x000a, &[]);
    let start = u32::try_from(stream.len()).unwrap();
    stream[bound..bound + 4].copy_from_slice(&start.to_le_bytes());
    record(&mut stream, 0x0809, &[0, 5, 0x10, 0, 0, 0, 0, 0]);
    let rows = [["姓名", "村", "联系电话"], ["张三", "东村", "13800138000"]];
    for (row, cells) in (0_u16..).zip(rows) {
        for (column, text) in (0_u16..).zip(cells) {
            let text = gbk(text);
            let head = [row, column, 0, u16::try_from(text.len()).unwrap()].map(u16::to_le_bytes).concat();
            record(&mut stream, 0x0204, &[head, text].concat());
        }
    }
    record(&mut stream, 0x000a, &[]);
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Book").unwrap().write_all(&stream).unwrap();
    let upload = read("a.xls", &file.into_inner().into_inner()).unwrap();
    assert_eq!(told(&upload, &["phones"]), ["2 张三 东村 [\"13800138000\"]"]);
}
