//! Running other programs: every command is printed before it runs, so that a person can repeat it by hand.

use crate::error::XtaskError;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Prints the command and runs it with this terminal's output; an exit code other than 0 is an error.
pub fn run(command: &mut Command) -> Result<(), XtaskError> {
    let line = shown(command);
    eprintln!("$ {line}");
    // No task may wait for somebody to answer: CI has nobody.
    let status =
        command.stdin(Stdio::null()).status().map_err(|source| XtaskError::Start { command: line.clone(), source })?;
    if status.success() { Ok(()) } else { Err(XtaskError::Failed { command: line }) }
}

/// Prints the command and starts it with this terminal's output.
pub fn start(command: &mut Command) -> Result<Child, XtaskError> {
    let line = shown(command);
    eprintln!("$ {line}");
    command.stdin(Stdio::null()).spawn().map_err(|source| XtaskError::Start { command: line, source })
}

/// Prints the command, runs it and returns what it wrote to standard output; its errors go to this terminal.
pub fn read(command: &mut Command) -> Result<String, XtaskError> {
    let line = shown(command);
    eprintln!("$ {line}");
    let start = |source| XtaskError::Start { command: line.clone(), source };
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().map_err(start)?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(XtaskError::Failed { command: line })
    }
}

/// Runs quietly and returns both outputs together, or nothing when the program is missing or says no. For probing.
pub fn probe(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    // java and some others print their version to standard error.
    let both = [output.stdout, output.stderr].concat();
    output.status.success().then(|| String::from_utf8_lossy(&both).into_owned())
}

/// Does the work and returns how long it took.
#[expect(clippy::disallowed_methods, reason = "xtask tells a person how long a stage took; nothing is decided by it")]
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = std::time::Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// The command as one would type it, with the folder when it is another one.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line = words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    match command.get_current_dir() {
        Some(folder) => format!("(cd {} && {line})", folder.display()),
        None => line,
    }
}
