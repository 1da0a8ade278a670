//! One register as the programs that people have write it (`tests/programs/make.py`): read alike, whatever each puts into a book.

use std::path::PathBuf;

use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use bianfang_sheets::{Ledger, read_upload};

#[test]
fn register_is_read_alike_from_every_program() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/programs/files");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 15, "{files:?}");
    let mut first: Option<Vec<String>> = None;
    let mut wrong = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&file).unwrap();
        let upload = match read_upload(Ledger::People, (&name, &bytes), (None, &Codes::default(), Day(20_000))) {
            Ok(upload) => upload,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        let line = |line: &bianfang_sheets::Line| {
            let fields = serde_json::to_string(&line.fields).unwrap();
            format!("{} {} {} {fields}", line.row, line.township, line.village)
        };
        let told: Vec<String> = upload.lines.iter().map(line).collect();
        let refused =
            upload.lines.iter().flat_map(|line| &line.notes).filter(|note| note.weight > bianfang_sheets::Weight::Note);
        wrong.extend(refused.map(|note| format!("{name} {}: {}", note.at, note.message)));
        match &first {
            None => {
                assert_eq!(told.len(), 6, "{told:#?}");
                first = Some(told);
            }
            Some(first) => {
                let differing = first.iter().zip(&told).filter(|(one, other)| one != other);
                wrong.extend(differing.map(|(one, other)| format!("{name}: {other}, not {one}")));
                wrong.extend((told.len() != 6).then(|| format!("{name}: {} rows", told.len())));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
