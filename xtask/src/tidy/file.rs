//! Rules that look at one file: it says what it is for, it names no folder of one person's machine, its lock file names
//! no registry, a phone screen does not reach past its data module, and it is short enough to read.

use super::Finding;

/// A file beyond this is worth splitting; a warning, for some are rightly long.
pub const LONG: usize = 400;

const SOURCE: &[&str] = &["rs", "kt", "kts", "swift", "ts", "tsx", "py", "sql", "css"];

/// Folders at the top of somebody's own machine. Spelt in two parts so that this file does not break its own rule.
const PRIVATE: &[&str] = &[concat!("/", "root"), concat!("/", "work"), concat!("/", "home/user")];

/// Every rule on one file; the path is relative to the root, with forward slashes.
pub fn check(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let found = |line: usize, what: &str| Finding { place: format!("{path}:{}", line + 1), what: what.to_string() };
    if path.ends_with(".rs") && !opens_with_purpose(text) {
        findings.push(found(0, "首行须以 //! 说明用途 / the first line must say with //! what the file is for"));
    }
    for (number, line) in text.lines().enumerate() {
        if let Some(folder) = PRIVATE.iter().find(|folder| names_folder(line, folder)) {
            findings.push(found(number, &format!("本机路径 {folder} / a path of one machine; use a relative one")));
        }
        if path.ends_with("package-lock.json") && names_registry(line) {
            findings.push(found(
                number,
                "不得写明下载地址 / must not say where packages come from: each machine has its own registry",
            ));
        }
        if path.starts_with("mobile/") && !path.contains("/data/") && imports_bindings(line) {
            findings
                .push(found(number, "只有 data 包可引用生成的接口 / only the data package may import the bindings"));
        }
    }
    findings
}

/// The number of lines, for a source file with too many.
pub fn too_long(path: &str, text: &str) -> Option<usize> {
    let source = SOURCE.iter().any(|ending| path.rsplit_once('.').is_some_and(|(_, last)| last == *ending));
    let lines = text.lines().count();
    (source && lines > LONG).then_some(lines)
}

fn opens_with_purpose(text: &str) -> bool {
    let first = text.lines().next().and_then(|line| line.strip_prefix("//!"));
    first.is_some_and(|purpose| !purpose.trim().is_empty())
}

/// Whether the line names this folder itself: not as the tail of a longer path or address, nor as the start of a longer word.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + folder.len()..).and_then(|text| text.chars().next());
        let in_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '}' | ')');
        !before.is_some_and(in_word)
            && !after.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
    })
}

fn names_registry(line: &str) -> bool {
    line.trim().strip_prefix("\"resolved\": \"").is_some_and(|address| address.starts_with("http"))
}

fn imports_bindings(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("import uniffi.") || line.starts_with("import bianfang_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(path, text).len()
    }

    #[test]
    fn rust_file_without_purpose_is_found() {
        assert_eq!(count("core/x/src/a.rs", "//! Plaques and their states.\n"), 0);
        assert_eq!(count("core/x/src/a.rs", "use std::fmt;\n//! Too late.\n"), 1);
        assert_eq!(count("core/x/src/a.rs", "//!\n"), 1);
        assert_eq!(count("core/x/src/a.rs", ""), 1);
        assert_eq!(count("README.md", "no header needed"), 0);
    }

    #[test]
    fn path_of_one_machine_is_found_and_its_line_is_named() {
        for folder in PRIVATE {
            for text in [
                format!("see {folder}/target"),
                format!("x=\"{folder}\""),
                format!("{folder}/a"),
                format!("({folder})"),
            ] {
                let findings = check("docs/a.md", &format!("first line\n{text}\n"));
                assert_eq!(findings.len(), 1, "{text}");
                assert_eq!(findings[0].place, "docs/a.md:2");
            }
        }
    }

    #[test]
    fn longer_words_and_addresses_are_no_paths_of_a_machine() {
        let [root, work, ..] = PRIVATE else { panic!() };
        for text in [
            format!("tests{work}/a"),
            format!("https://example.org{root}/x"),
            format!("{work}space"),
            format!("${{DIR}}{work}/x"),
        ] {
            assert_eq!(count("docs/a.md", &text), 0, "{text}");
        }
    }

    #[test]
    fn lock_file_that_names_a_registry_is_found() {
        let text = "      \"resolved\": \"https://mirror.example/react/-/react-19.0.0.tgz\",";
        assert_eq!(count("server/console/package-lock.json", text), 1);
        assert_eq!(count("server/console/package-lock.json", "      \"integrity\": \"sha512-x\","), 0);
    }

    #[test]
    fn screen_that_imports_the_bindings_is_found() {
        let text = "import uniffi.bianfang_ffi.Client\n";
        assert_eq!(count("mobile/android/ui/src/main/kotlin/bianfang/data/Core.kt", text), 0);
        assert_eq!(count("mobile/android/ui/src/main/kotlin/bianfang/today/Today.kt", text), 1);
        assert_eq!(count("bindings/kotlin/src/test/kotlin/VisitTest.kt", text), 0);
    }

    #[test]
    fn only_long_source_files_are_too_long() {
        let text = "x\n".repeat(LONG + 1);
        assert_eq!(too_long("core/x/src/a.rs", &text), Some(LONG + 1));
        assert_eq!(too_long("core/x/src/a.rs", &"x\n".repeat(LONG)), None);
        assert_eq!(too_long("Cargo.lock", &text), None);
    }
}
