//! `tidy`: the rules of this repository that no general tool knows. Each rule is a pure function in a file of its own,
//! tested with planted violations; this file reads the tree and prints.

mod edge;
mod file;
mod name;
mod personal;
mod room;

use crate::error::XtaskError;
use crate::place::Workspace;
use crate::run::read;
use std::path::Path;
use std::process::Command;

/// Something a rule does not allow.
#[derive(Debug, PartialEq)]
pub struct Finding {
    /// A file with its line, or a crate.
    pub place: String,
    /// What is wrong and what to do instead, Chinese first.
    pub what: String,
}

/// Checks the whole tree, prints every finding, and fails if there is one.
pub fn tidy() -> Result<(), XtaskError> {
    let place = Workspace::find()?;
    let mut names = name::TypeNames::default();
    let mut findings = edge::check(&edge::Graph::of(place.metadata()));
    for path in list(place.root())? {
        let Some(text) = text_of(&place.root().join(&path))? else {
            continue;
        };
        findings.extend(file::check(&path, &text));
        findings.extend(personal::check(&path, &text));
        findings.extend(room::check(&path, &text));
        findings.extend(names.take(&path, &text));
        if let Some(lines) = file::too_long(&path, &text) {
            println!("! {path}: {lines} 行，宜拆分 / lines; consider splitting (over {})", file::LONG);
        }
    }
    for Finding { place, what } in &findings {
        println!("✗ {place}: {what}");
    }
    if findings.is_empty() { Ok(()) } else { Err(XtaskError::Findings(findings.len())) }
}

/// Every file that is or could be committed, relative to the root: what is ignored is nobody's business.
fn list(root: &Path) -> Result<Vec<String>, XtaskError> {
    let words = ["-c", "core.quotePath=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let names = read(Command::new("git").args(words).current_dir(root))?;
    Ok(names.split_terminator('\0').map(str::to_string).collect())
}

/// The text of a file; nothing for pictures and the like, and for a file that is deleted but not yet committed so.
fn text_of(path: &Path) -> Result<Option<String>, XtaskError> {
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = std::fs::read(path).map_err(|source| XtaskError::File { path: path.into(), source })?;
    Ok(if bytes.contains(&0) { None } else { Some(String::from_utf8_lossy(&bytes).into_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_and_deleted_files_have_no_text() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.jpg"), b"\xff\xd8\0").unwrap();
        std::fs::write(folder.path().join("a.txt"), "text").unwrap();
        assert_eq!(text_of(&folder.path().join("a.jpg")).unwrap(), None);
        assert_eq!(text_of(&folder.path().join("gone")).unwrap(), None);
        assert_eq!(text_of(&folder.path().join("a.txt")).unwrap().as_deref(), Some("text"));
    }

    #[test]
    fn this_repository_lists_its_own_manifest() {
        let place = Workspace::find().unwrap();
        assert!(list(place.root()).unwrap().contains(&"Cargo.toml".to_string()));
    }
}
