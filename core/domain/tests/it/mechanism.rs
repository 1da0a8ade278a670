//! The mechanism cannot know a kind: the compiler keeps it from using one, and this from naming one in a text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bianfang_domain::kind;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// A case is what a decision itself writes down: its document is the mechanism's, its kind is not.
#[test]
fn the_mechanism_names_no_kind_and_no_field_of_one() {
    let mut names = BTreeSet::new();
    for kind in kind::ALL.iter().filter(|kind| !kind.keeps_cases()) {
        names.insert(kind.name());
        names.extend(kind.fields().iter().map(|field| field.name));
        names.extend(kind.life_cycles().iter().map(|cycle| cycle.field));
        names.extend(kind.links().iter().flat_map(|link| [link.field].into_iter().chain(link.each)));
        names.extend(kind.tables().iter().map(|table| table.name));
    }
    for kind in kind::ALL.iter().filter(|kind| kind.keeps_cases()) {
        kind.fields().iter().for_each(|field| _ = names.remove(field.name));
    }
    // What an op itself says, of whatever kind.
    for own in ["act", "reason", "comment"] {
        names.remove(own);
    }
    let files = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../record/src")));
    assert!(files.len() > 20 && names.len() > 100, "{} {}", files.len(), names.len());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let named: Vec<_> = names.iter().filter(|name| text.contains(&format!("\"{name}\""))).collect();
        assert!(named.is_empty(), "{}: {named:?}", file.display());
    }
}
