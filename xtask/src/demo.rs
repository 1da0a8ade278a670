//! `demo`: makes sure that what it needs is there, builds the server with its console and the demo, and hands over to it.

use crate::doctor;
use crate::error::XtaskError;
use crate::place::Workspace;
use crate::run::{run, start};
use crate::suite::{CONSOLE, fetch_packages, npm};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::Duration;

/// What building the server, the phones and the console takes.
const NEEDS: &[&str] = &["cc", "make", "perl", "pkg-config", "cmake", "nasm", "node", "npm"];

/// Builds and runs; the words go to the demo as they are.
pub fn demo(words: &[OsString]) -> Result<(), XtaskError> {
    let place = Workspace::find()?;
    doctor::ensure("demo", NEEDS)?;
    let console = place.root().join(CONSOLE);
    if console.join("package.json").exists() {
        fetch_packages(&console)?;
        run(&mut npm(&console, &["run", "build"]))?;
    }
    // The whole workspace, as `test` builds it: the same libraries serve both.
    let mut build = place.cargo(&["build", "--workspace", "--bins"]);
    run(&mut build)?;
    run(program(&place, "demo").args(words))
}

/// The built demo, playing in this folder of the target directory.
fn program(place: &Workspace, folder: &str) -> Command {
    let built = place.target().join("debug");
    let mut demo = Command::new(built.join(format!("bianfang-demo{}", std::env::consts::EXE_SUFFIX)));
    demo.arg("--folder").arg(place.target().join(folder)).env("BIANFANG_TARGET", &built);
    demo
}

/// A demo that plays while something else looks at it.
pub struct Running {
    child: Child,
    json: PathBuf,
}

impl Running {
    /// Starts it afresh and waits until it has told what happened.
    pub fn start(place: &Workspace) -> Result<Self, XtaskError> {
        let json = place.target().join("test-demo.json");
        let removed = std::fs::remove_file(&json);
        if let Err(source) = removed
            && source.kind() != std::io::ErrorKind::NotFound
        {
            return Err(XtaskError::File { path: json, source });
        }
        let mut child = start(program(place, "test-demo").arg("--reset").arg("--json").arg(&json))?;
        while !json.exists() {
            let ended = child.try_wait().ok().flatten().is_some();
            if ended {
                return Err(XtaskError::Failed { command: "bianfang-demo".into() });
            }
            sleep(Duration::from_millis(200));
        }
        Ok(Self { child, json })
    }

    /// The file with what happened.
    pub fn json(&self) -> &Path {
        &self.json
    }

    /// Ends it as Ctrl-C does, so that its server ends too.
    pub fn stop(mut self) -> Result<(), XtaskError> {
        run(Command::new("kill").args(["-INT", &self.child.id().to_string()]))?;
        match self.child.wait() {
            Ok(status) if status.success() => Ok(()),
            _ => Err(XtaskError::Failed { command: "bianfang-demo".into() }),
        }
    }
}
