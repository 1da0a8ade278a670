//! `bindings`: builds the library that phones load and writes its Kotlin, Swift and Python faces into `bindings/*`.

use crate::error::XtaskError;
use crate::place::Workspace;
use crate::run::{read, run};
use cargo_metadata::{CrateType, Message};
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGE: &str = "bianfang-ffi";
/// Each language with its folder and the face that is written there. The two modules of Python find each other only inside
/// of a package.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("kotlin", "bindings/kotlin", "uniffi/bianfang_ffi/bianfang_ffi.kt"),
    ("swift", "bindings/swift", "bianfang_ffi.swift"),
    ("python", PYTHON, "bianfang_ffi.py"),
];
const PYTHON: &str = "bindings/python/bianfang";

/// Generates all three where the library has changed since; what was there before is overwritten.
pub fn generate() -> Result<(), XtaskError> {
    let place = Workspace::find()?;
    let library = build(&place)?;
    let faces = LANGUAGES.iter().map(|(_, folder, face)| place.root().join(folder).join(face));
    // Python's copy of the library is laid down last.
    let last = place.root().join(PYTHON).join(library.file_name().unwrap_or_default());
    if faces.chain([last]).all(|file| is_newer(&file, &library)) {
        return Ok(());
    }
    // Built with the library: `cargo run --package` would compile all it depends on with other features once more.
    let program = library.with_file_name(format!("uniffi-bindgen{}", std::env::consts::EXE_SUFFIX));
    for (language, folder, _) in LANGUAGES {
        let mut bindgen = Command::new(&program);
        bindgen.arg("generate").arg(&library).args(["--language", language, "--no-format", "--out-dir"]);
        run(bindgen.arg(place.root().join(folder)))?;
    }
    lay_beside(&library, &place.root().join(PYTHON))
}

/// Whether a file is there and was written after the other.
fn is_newer(file: &Path, than: &Path) -> bool {
    let written = |path: &Path| path.metadata().and_then(|file| file.modified()).ok();
    written(file).is_some_and(|file| written(than).is_some_and(|than| file > than))
}

/// Cargo says itself where it put the library and what the system calls such a file. The whole workspace is built, as for
/// the tests: alone, the library would have other features of what it depends on, and all of that be compiled twice.
fn build(place: &Workspace) -> Result<PathBuf, XtaskError> {
    let messages = read(&mut place.cargo(&["build", "--workspace", "--message-format=json-render-diagnostics"]))?;
    find_library(&messages)?.ok_or(XtaskError::NoLibrary(PACKAGE))
}

fn find_library(messages: &str) -> Result<Option<PathBuf>, XtaskError> {
    for line in messages.lines() {
        let Message::CompilerArtifact(artifact) = serde_json::from_str(line)? else {
            continue;
        };
        let ours = artifact.target.name == PACKAGE.replace('-', "_");
        if ours && artifact.target.crate_types.contains(&CrateType::CDyLib) {
            let shared =
                |file: &&cargo_metadata::camino::Utf8PathBuf| matches!(file.extension(), Some("so" | "dylib" | "dll"));
            return Ok(artifact.filenames.iter().find(shared).map(|file| file.clone().into_std_path_buf()));
        }
    }
    Ok(None)
}

/// The Python module looks for the library in its own folder and nowhere else.
fn lay_beside(library: &Path, folder: &Path) -> Result<(), XtaskError> {
    let copy = folder.join(library.file_name().unwrap_or_default());
    std::fs::copy(library, &copy).map_err(|source| XtaskError::File { path: copy, source })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(name: &str, kind: &str, file: &str) -> String {
        serde_json::json!({
            "reason": "compiler-artifact", "package_id": "path+file:///x#0.1.0", "manifest_path": "/x/Cargo.toml",
            "target": {"name": name, "kind": [kind], "crate_types": [kind], "src_path": "/x/lib.rs", "edition": "2024",
                       "doc": true, "doctest": true, "test": true},
            "profile": {"opt_level": "0", "debuginfo": 1, "debug_assertions": true, "overflow_checks": true, "test": false},
            "features": [], "filenames": [file], "executable": null, "fresh": false
        })
        .to_string()
    }

    #[test]
    fn library_is_found_among_cargos_messages() {
        let lines = [
            artifact("other", "cdylib", "/x/libother.so"),
            artifact("bianfang_ffi", "cdylib", "/x/libbianfang_ffi.so"),
        ];
        assert_eq!(find_library(&lines.join("\n")).unwrap(), Some("/x/libbianfang_ffi.so".into()));
    }

    #[test]
    fn face_is_newer_than_a_library_only_when_both_are_there_and_it_came_later() {
        let folder = tempfile::tempdir().unwrap();
        let [library, face] = ["library", "face"].map(|name| folder.path().join(name));
        std::fs::write(&library, "").unwrap();
        assert!(!is_newer(&face, &library));
        let file = std::fs::File::create(&face).unwrap();
        let built = library.metadata().unwrap().modified().unwrap();
        file.set_modified(built - std::time::Duration::from_secs(1)).unwrap();
        assert!(!is_newer(&face, &library));
        file.set_modified(built + std::time::Duration::from_secs(1)).unwrap();
        assert!(is_newer(&face, &library));
    }

    #[test]
    fn package_without_dynamic_library_gives_none() {
        assert_eq!(find_library(&artifact("bianfang_ffi", "lib", "/x/libbianfang_ffi.rlib")).unwrap(), None);
    }
}
