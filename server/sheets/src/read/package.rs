//! The package of an .xlsx (ECMA-376 part 2): which part is the workbook, and where the parts lie that it names. Programs write
//! other names and slashes than Excel's; only the relations count.

use std::io::{BufRead, BufReader, Read};

use super::archive::Archive;
use super::xml::{Node, attribute, walk};
use crate::error::ImportError;

/// A relation of a part.
#[derive(Debug)]
pub struct PartRelation {
    /// By which its part names it.
    pub id: String,
    /// The last word of its type: `worksheet`, `styles`.
    pub kind: String,
    /// The part it leads to.
    pub path: String,
}

/// The part that is the workbook, if the package has one.
pub fn workbook(archive: &mut Archive<'_>) -> Result<Option<String>, ImportError> {
    let main = relations(archive, "")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let main = main.map(|relation| relation.path).filter(|path| name_of(archive, path).is_some());
    // Of a package without relations, the usual place.
    let usual = || name_of(archive, "xl/workbook.xml").map(|_| "xl/workbook.xml".to_owned());
    Ok(main.or_else(usual))
}

/// The relations of a part; `""` is the package itself. A part without any has none.
pub fn relations(archive: &mut Archive<'_>, part: &str) -> Result<Vec<PartRelation>, ImportError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut found = Vec::new();
    read_part(archive, &format!("{prefix}_rels/{name}.rels"), |source| {
        walk(source, |node| {
            if let Node::Open(tag) = node
                && let ("Relationship", Some(id), Some(kind), Some(target)) =
                    (tag.local_name().as_ref(), attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target"))
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.push(PartRelation { id, kind, path: absolute(folder, &target) });
            }
            Ok(())
        })
    })?;
    Ok(found)
}

/// A target as a path from the root: `/xl/a.xml`, `a.xml` beside its part, `../a.xml` above it.
fn absolute(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut path: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = path.pop(),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The entry of a part: names differ in case and in their slashes.
pub fn name_of(archive: &Archive<'_>, path: &str) -> Option<String> {
    let mut names = archive.file_names().filter_map(Result::ok);
    let same = |name: &str| name.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(path);
    names.find(|name| same(name)).map(|name| name.into_owned())
}

/// Reads a part, never more of it than its entry says; None for one that is not there.
pub fn read_part<T>(
    archive: &mut Archive<'_>,
    path: &str,
    read: impl FnOnce(&mut dyn BufRead) -> Result<T, ImportError>,
) -> Result<Option<T>, ImportError> {
    let Some(name) = name_of(archive, path) else { return Ok(None) };
    let entry = archive.by_name(&name).map_err(|_| ImportError::Damaged)?;
    let said = entry.size();
    let mut limited = BufReader::with_capacity(64 * 1024, entry.take(said.saturating_add(1)));
    let found = read(&mut limited)?;
    if limited.get_ref().limit() == 0 { Err(ImportError::UnpacksTooLarge) } else { Ok(Some(found)) }
}
