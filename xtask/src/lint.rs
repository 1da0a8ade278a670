//! `lint`: what other people's tools can find: formatting, suspicious code, licences and sources of dependencies, and
//! the console's TypeScript.

use crate::error::XtaskError;
use crate::need::missing;
use crate::place::Workspace;
use crate::run::{probe, run};
use crate::suite::{CONSOLE, fetch_packages, npm};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Needs rustc 1.88; raise it together with rust-toolchain.toml.
const DENY_VERSION: &str = "0.20.2";

/// Runs every linter and stops at the first that finds something.
pub fn lint() -> Result<(), XtaskError> {
    let place = Workspace::find()?;
    run(&mut place.cargo(&["fmt", "--all", "--check"]))?;
    run(&mut place.cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    run(Command::new(deny(&place)?).args(["check", "licenses", "sources"]).current_dir(place.root()))?;
    console(&place)
}

/// The cargo-deny of this machine, or our own; built once (about a minute) when there is neither.
fn deny(place: &Workspace) -> Result<PathBuf, XtaskError> {
    if probe("cargo-deny", &["--version"]).is_some() {
        return Ok("cargo-deny".into());
    }
    let tools = place.tools();
    let program = tools.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        build_deny(place, &tools)?;
    }
    Ok(program)
}

fn build_deny(place: &Workspace, tools: &Path) -> Result<(), XtaskError> {
    println!("首次运行：编译 cargo-deny / first run: building cargo-deny {DENY_VERSION}");
    let scratch = tools.join("build");
    // Unoptimised it is built in half the time and still checks this workspace in a second.
    let mut install =
        place.cargo(&["install", "cargo-deny", "--version", DENY_VERSION, "--locked", "--debug", "--root"]);
    let built = run(install.arg(tools).arg("--target-dir").arg(&scratch));
    // Half a gigabyte that nothing reads again.
    if let Err(source) = std::fs::remove_dir_all(&scratch) {
        eprintln!("! {}: {source}", scratch.display());
    }
    built
}

/// The console decides with which tool: `npm run lint` in its package.json.
fn console(place: &Workspace) -> Result<(), XtaskError> {
    let folder = place.root().join(CONSOLE);
    if !folder.join("package.json").is_file() {
        return Ok(());
    }
    let names = missing(&["node", "npm"]);
    if !names.is_empty() {
        return Err(XtaskError::Missing { task: "lint".into(), names });
    }
    fetch_packages(&folder)?;
    run(&mut npm(&folder, &["run", "lint"]))
}
