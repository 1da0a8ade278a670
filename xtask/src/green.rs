//! `green`: the last commit that passed `.ci/run` on this machine, and what lies between it and HEAD. `.ci/run` writes it at
//! its end, so that nobody has to remember where main stood when everything passed.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use crate::error::XtaskError;
use crate::place::Workspace;
use crate::run::read;

/// Where `.ci/run` writes the commit and the day.
fn file() -> PathBuf {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    cache.or_else(home).unwrap_or_default().join("bianfang").join("green")
}

/// Says where the last green commit is.
pub fn green() -> Result<(), XtaskError> {
    let place = Workspace::find()?;
    let git = |words: &[&str]| read(Command::new("git").args(words).current_dir(place.root()));
    let head = git(&["rev-parse", "HEAD"])?;
    let changed = !git(&["status", "--porcelain"])?.is_empty();
    let Ok(text) = fs::read_to_string(file()) else {
        println!("还没有通过的提交 / no commit has passed .ci/run here yet");
        return Ok(());
    };
    let (commit, day) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    if commit == head.trim() {
        println!("✓ HEAD 已通过 / HEAD passed on {day}: {commit}");
    } else {
        println!("上次通过 / last passed on {day}: {commit}");
        match git(&["log", "--oneline", &format!("{commit}..HEAD")]) {
            Ok(between) => print!("其后 / since then:\n{between}"),
            Err(_) => println!("此仓库没有这次提交 / this repository does not have that commit"),
        }
    }
    if changed {
        println!("! 有未提交的修改 / there are uncommitted changes");
    }
    Ok(())
}
