//! A test command whose output is shown as it comes and listened to: at the end of a long run the names of what failed must
//! stand together, not some thousand lines above.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::error::XtaskError;
use crate::run::shown;

/// Lines that are kept for the end.
const LAST: usize = 25;

/// What was heard of a command.
#[derive(Debug, Default)]
pub struct Heard {
    /// Tests that failed, as their runner names them.
    pub names: Vec<String>,
    /// The last lines of both outputs, and what a failed test said.
    pub last: VecDeque<String>,
    /// Tests that say what does not hold yet: they passed by failing.
    pub known: Vec<String>,
}

impl Heard {
    fn line(&mut self, line: &str) {
        if let Some(name) = failed(line).filter(|name| !self.names.contains(name)) {
            self.names.push(name);
        }
        self.known.extend(known(line));
        if !line.trim().is_empty() {
            self.last.push_back(line.to_owned());
        }
        if self.last.len() > LAST {
            self.last.pop_front();
        }
    }
}

/// Runs a command with its output on this terminal; where it says no, the error names the tests that failed. What is known to
/// fail comes back by name.
pub fn run(command: &mut Command) -> Result<Vec<String>, XtaskError> {
    run_to(command, (io::stdout(), io::stderr()))
}

fn run_to(command: &mut Command, to: (impl Write + Send, impl Write + Send)) -> Result<Vec<String>, XtaskError> {
    let line = shown(command);
    eprintln!("$ {line}");
    let start = |source| XtaskError::Start { command: line.clone(), source };
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(start)?;
    let heard = Mutex::new(Heard::default());
    let (out, err) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        let heard = &heard;
        scope.spawn(move || out.map(|out| listen(out, to.0, heard)));
        scope.spawn(move || err.map(|err| listen(err, to.1, heard)));
    });
    let status = child.wait().map_err(start)?;
    let heard = heard.into_inner().unwrap_or_else(PoisonError::into_inner);
    if status.success() {
        return Ok(heard.known);
    }
    Err(XtaskError::Tests { command: line, heard })
}

fn listen(from: impl Read, mut to: impl Write, heard: &Mutex<Heard>) {
    let mut from = BufReader::new(from);
    let mut bytes = Vec::new();
    while from.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
        // A terminal that is gone must not end the tests.
        let _ = to.write_all(&bytes).and_then(|()| to.flush());
        heard.lock().unwrap_or_else(PoisonError::into_inner).line(String::from_utf8_lossy(&bytes).trim_end());
        bytes.clear();
    }
}

/// The name of a test that a line says has failed: of cargo, Playwright, Python's unittest, and Surefire.
fn failed(line: &str) -> Option<String> {
    let line = line.trim();
    if let Some(name) = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED")) {
        return Some(name.to_owned());
    }
    if let Some(rest) = line.strip_prefix('✘') {
        // ✘  12 tests/queue.spec.ts:4:1 › held work is listed (2.0s)
        let rest = rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim();
        return Some(rest.rsplit_once(" (").map_or(rest, |(name, _)| name).to_owned());
    }
    // A test program that a signal ended names no test: all of them may have passed.
    if let Some((program, signal)) =
        line.strip_prefix("process didn't exit successfully: `").and_then(|l| l.split_once("` (signal"))
    {
        return Some(format!("{program} (signal{signal}"));
    }
    if let Some(name) = ["FAIL: ", "ERROR: "].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Some(name.to_owned());
    }
    let java = line.strip_prefix("[ERROR]").map(str::trim)?;
    let test = java.split([' ', ':']).next().filter(|name| name.contains("Test.") || name.contains("Test#"))?;
    Some(test.to_owned())
}

/// The name of a test in a module `known_to_fail` that did fail.
fn known(line: &str) -> Option<String> {
    let name = line.strip_prefix("test ")?.strip_suffix(" - should panic ... ok")?;
    name.contains("known_to_fail::").then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_tests_of_each_runner_are_named() {
        for (line, name) in [
            ("test imports::undone::sqlite ... FAILED", Some("imports::undone::sqlite")),
            ("test imports::undone::sqlite ... ok", None),
            (
                "  ✘  12 tests/queue.spec.ts:4:1 › held work is listed (2.0s)",
                Some("tests/queue.spec.ts:4:1 › held work is listed"),
            ),
            (
                "FAIL: test_visit (tests.test_thread.Thread.test_visit)",
                Some("test_visit (tests.test_thread.Thread.test_visit)"),
            ),
            ("[ERROR]   VisitTest.plaque_is_saved:41 expected HUNG", Some("VisitTest.plaque_is_saved")),
            ("[ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin", None),
            (
                "process didn't exit successfully: `deps/store-70d2` (signal: 11, SIGSEGV: invalid memory reference)",
                Some("deps/store-70d2 (signal: 11, SIGSEGV: invalid memory reference)"),
            ),
            ("process didn't exit successfully: `deps/store-70d2` (exit status: 101)", None),
            ("error: test failed, to rerun pass `-p bianfang-server --test it`", None),
        ] {
            assert_eq!(failed(line).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn what_is_known_to_fail_is_named_and_counts_as_passed() {
        let mut command = Command::new("sh");
        let text =
            "echo 'test known_to_fail::put_back - should panic ... ok'; echo 'test other::x - should panic ... ok'";
        command.args(["-c", text]);
        assert_eq!(run_to(&mut command, (io::sink(), io::sink())).unwrap(), ["known_to_fail::put_back"]);
    }

    #[test]
    fn a_command_that_fails_tells_the_names_and_the_last_lines() {
        let mut command = Command::new("sh");
        let text = "for n in $(seq 40); do echo line $n; done; echo 'test a::b ... FAILED'; echo why; exit 3";
        command.args(["-c", text]);
        let told = run_to(&mut command, (io::sink(), io::sink()));
        let Err(XtaskError::Tests { heard, .. }) = told else { panic!("it failed") };
        assert_eq!(heard.names, ["a::b"]);
        assert_eq!(heard.last.len(), LAST);
        assert!(heard.last.iter().any(|line| line == "why") && !heard.last.iter().any(|line| line == "line 1"));
    }
}
