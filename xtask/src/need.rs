//! What the tasks need on a machine beside rustup: one table, read by `doctor` and by `test`, so that a missing program
//! is named by both in the same words.

use crate::run::probe;
use std::path::{Path, PathBuf};

/// Who brings a missing thing.
pub enum Provider {
    /// This Debian package.
    Apt(&'static str),
    /// `rustup component add` with this name.
    Rustup(&'static str),
    /// `cargo xtask lint` builds it when it is first wanted, so it is no reason to stop.
    Lint,
}

/// One program or package.
pub struct Tool {
    /// As `suite` refers to it.
    pub name: &'static str,
    /// What for, Chinese first.
    pub why: &'static str,
    /// How `found` looks for it, for the person who has it somewhere else.
    pub how: &'static str,
    pub source: Provider,
    /// Its version or place when it is there and new enough.
    pub found: fn() -> Option<String>,
}

pub const NEEDS: &[Tool] = &[
    Tool {
        name: "git",
        why: "列出仓库文件 / lists the files that tidy reads",
        how: "git --version",
        source: Provider::Apt("git"),
        found: || version("git", "--version", 2),
    },
    Tool {
        name: "rustfmt",
        why: "代码格式 / formatting of Rust",
        how: "cargo fmt --version",
        source: Provider::Rustup("rustfmt"),
        found: || version("rustfmt", "--version", 1),
    },
    Tool {
        name: "clippy",
        why: "代码检查 / lints of Rust",
        how: "cargo-clippy --version",
        source: Provider::Rustup("clippy"),
        found: || version("cargo-clippy", "--version", 0),
    },
    Tool {
        name: "cargo-deny",
        why: "依赖的许可与来源 / licences and sources of dependencies",
        how: "cargo-deny --version, or built by cargo xtask lint",
        source: Provider::Lint,
        found: || version("cargo-deny", "--version", 0),
    },
    Tool {
        name: "cc",
        why: "C 编译器：SQLCipher、OpenSSL、libjpeg-turbo / C compiler for these libraries",
        how: "cc --version",
        source: Provider::Apt("build-essential"),
        found: || version("cc", "--version", 0),
    },
    Tool {
        name: "make",
        why: "编译 OpenSSL / builds OpenSSL",
        how: "make --version",
        source: Provider::Apt("build-essential"),
        found: || version("make", "--version", 0),
    },
    Tool {
        name: "perl",
        why: "配置 OpenSSL / configures OpenSSL",
        how: "perl -v",
        source: Provider::Apt("perl"),
        found: || version("perl", "-v", 5),
    },
    Tool {
        name: "pkg-config",
        why: "寻找系统库 / finds libraries of the system",
        how: "pkg-config --version",
        source: Provider::Apt("pkg-config"),
        found: || version("pkg-config", "--version", 0),
    },
    Tool {
        name: "cmake",
        why: "编译 libjpeg-turbo / builds libjpeg-turbo",
        how: "cmake --version",
        source: Provider::Apt("cmake"),
        found: || version("cmake", "--version", 3),
    },
    Tool {
        name: "nasm",
        why: "libjpeg-turbo 的汇编，解码快数倍 / its assembler parts, which decode several times faster",
        how: "nasm -v",
        source: Provider::Apt("nasm"),
        found: || version("nasm", "-v", 2),
    },
    Tool {
        name: "postgresql",
        why: "服务端测试在两种数据库上运行 / the server's tests run on both databases",
        how: "initdb and postgres on the path or under /usr/lib/postgresql/*/bin",
        source: Provider::Apt("postgresql"),
        found: postgresql,
    },
    Tool {
        name: "python3",
        why: "Python 接口的测试 / tests of the Python bindings",
        how: "python3 --version, 3 or later",
        source: Provider::Apt("python3"),
        found: || version("python3", "--version", 3),
    },
    Tool {
        name: "jdk",
        why: "Kotlin 接口与安卓界面的测试 / tests of the Kotlin bindings and the Android screens",
        how: "javac -version, 17 or later",
        source: Provider::Apt("openjdk-17-jdk"),
        found: || version("javac", "-version", 17),
    },
    Tool {
        name: "maven",
        why: "编译并运行这些测试 / builds and runs those tests",
        how: "mvn -v, 3 or later",
        source: Provider::Apt("maven"),
        found: || version("mvn", "-v", 3),
    },
    Tool {
        name: "node",
        why: "编译管理台 / builds the console",
        how: "node --version, 20 or later (Vite's floor); an older Debian needs it from nodejs.org",
        source: Provider::Apt("nodejs"),
        found: || version("node", "--version", 20),
    },
    Tool {
        name: "npm",
        why: "管理台的依赖 / the console's dependencies",
        how: "npm --version, 11 or later; with an older one: npm install --global npm@11",
        source: Provider::Apt("npm"),
        found: || version("npm", "--version", 11),
    },
    Tool {
        name: "chromium",
        why: "在真实浏览器中测试管理台 / tests the console in a real browser",
        how: "chromium, chromium-browser or google-chrome --version",
        source: Provider::Apt("chromium"),
        found: || {
            ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| version(name, "--version", 0))
        },
    },
    Tool {
        name: "cjk-font",
        why: "汉字的显示与截图 / draws Chinese on photos and screenshots",
        how: "fc-list :lang=zh, or NotoSansCJK under /usr/share/fonts",
        source: Provider::Apt("fonts-noto-cjk"),
        found: chinese_font,
    },
];

/// Those of these names that are not here. A name that the table lacks counts as missing: better a question than a skip.
pub fn missing(names: &[&str]) -> Vec<String> {
    let here = |name: &&&str| NEEDS.iter().any(|need| need.name == **name && (need.found)().is_some());
    names.iter().filter(|name| !here(name)).map(ToString::to_string).collect()
}

/// The first line that holds a version of at least `least`.
fn version(program: &str, argument: &str, least: u32) -> Option<String> {
    // Maven writes its version in bold even when nobody looks.
    let text = probe(program, &[argument])?.replace("\u{1b}[1m", "").replace("\u{1b}[m", "");
    let line = text.lines().find(|line| major(line).is_some())?;
    (major(line)? >= least).then(|| line.trim().to_string())
}

/// The first whole number that is followed by a dot: "javac 17.0.15" is 17, "v20.1.0" is 20, "perl 5, version 36 (v5.36.0)" is 5.
fn major(line: &str) -> Option<u32> {
    let mut number = String::new();
    for letter in line.chars() {
        match letter {
            '0'..='9' => number.push(letter),
            '.' if !number.is_empty() => return number.parse().ok(),
            _ => number.clear(),
        }
    }
    None
}

/// Debian keeps the server's programs off the path, one folder a version.
fn postgresql() -> Option<String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    folders.extend(versions.map(|entry| entry.path().join("bin")));
    let whole = |folder: &&PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let folder = folders.iter().find(whole)?;
    version(&folder.join("postgres").to_string_lossy(), "--version", 13)
}

fn chinese_font() -> Option<String> {
    if let Some(line) = probe("fc-list", &[":lang=zh", "family"]).as_deref().and_then(|list| list.lines().next()) {
        return Some(line.to_string());
    }
    let file = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
    Path::new(file).is_file().then(|| file.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_version_is_read_from_each_programs_own_words() {
        assert_eq!(major("javac 17.0.15"), Some(17));
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("This is perl 5, version 36, subversion 0 (v5.36.0)"), Some(5));
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(major("no number here"), None);
    }

    #[test]
    fn unknown_or_absent_name_counts_as_missing() {
        assert_eq!(missing(&["no-such-tool"]), ["no-such-tool"]);
    }

    #[test]
    fn program_that_is_too_old_counts_as_missing() {
        assert_eq!(version("git", "--version", 900), None);
        assert!(version("git", "--version", 1).is_some());
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = NEEDS.iter().map(|need| need.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), NEEDS.len());
    }
}
