//! `demo`: makes sure that what it needs is there, builds the server with its console and the demo, and hands over to it.

use crate::doctor;
use crate::error::XtaskError;
use crate::place::Place;
use crate::run::run;
use crate::suite::{CONSOLE, fetch_packages, npm};
use std::ffi::OsString;
use std::process::Command;

/// What building the server, the phones and the console takes.
const NEEDS: &[&str] = &["cc", "make", "perl", "pkg-config", "cmake", "nasm", "node", "npm"];

/// Builds and runs; the words go to the demo as they are.
pub fn demo(words: &[OsString]) -> Result<(), XtaskError> {
    let place = Place::find()?;
    doctor::ensure("demo", NEEDS)?;
    let console = place.root().join(CONSOLE);
    if console.join("package.json").exists() {
        fetch_packages(&console)?;
        run(&mut npm(&console, &["run", "build"]))?;
    }
    // The whole workspace, as `test` builds it: the same libraries serve both.
    let mut build = place.cargo(&["build", "--workspace", "--bins"]);
    run(&mut build)?;
    let built = place.target().join("debug");
    let mut demo = Command::new(built.join(format!("bianfang-demo{}", std::env::consts::EXE_SUFFIX)));
    demo.arg("--folder").arg(place.target().join("demo")).args(words);
    run(demo.env("BIANFANG_TARGET", &built))
}
