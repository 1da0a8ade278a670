//! `test --repeat N [--busy] SUITE`: a suite again and again, for a test that fails once and passes again is a defect. What
//! was run is kept beside the target directory for this commit, so that a stopped run goes on where it was.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::error::XtaskError;
use crate::place::Workspace;
use crate::run::{read, timed};
use crate::suite;

/// Two processes that do nothing but burn, for as long as this lives.
struct Busy(Vec<Child>);

impl Busy {
    fn start() -> Result<Self, XtaskError> {
        let burn = || {
            let mut command = Command::new("sh");
            command.args(["-c", "while :; do :; done"]).stdin(Stdio::null());
            command.spawn().map_err(|source| XtaskError::Start { command: "sh".into(), source })
        };
        Ok(Self(vec![burn()?, burn()?]))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        for child in &mut self.0 {
            // One that has ended already is what is wanted.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Runs the suites until they have been run so often at this commit; fails when one of the runs did.
pub fn repeat(times: usize, busy: bool, long: bool, only: &[String]) -> Result<(), XtaskError> {
    let place = Workspace::find()?;
    let book = RunBook::open(&place, busy, long, only)?;
    let done = book.read()?;
    if !done.is_empty() {
        println!("{} 次已完成 / runs of this commit are done: {}", done.len(), book.file.display());
    }
    for run in done.len()..times {
        println!("\n== {} / {times}", run + 1);
        let burning = busy.then(Busy::start).transpose()?;
        let (result, time) = timed(|| suite::test(long, only));
        drop(burning);
        let told = match &result {
            Ok(()) => "ok".to_owned(),
            // What failed counts; what is missing or unknown would fail every time.
            Err(error @ XtaskError::Suites(..)) => error.to_string().replace('\n', " "),
            Err(_) => return result,
        };
        book.write(&format!("{:.0} s {told}", time.as_secs_f64()))?;
    }
    let runs = book.read()?;
    let failed: Vec<&String> = runs.iter().filter(|run| !run.ends_with(" ok")).collect();
    println!("\n{} 次中失败 / of {} runs failed: {}", runs.len(), runs.len(), failed.len());
    failed.iter().for_each(|run| println!("✗ {run}"));
    if failed.is_empty() { Ok(()) } else { Err(XtaskError::Suites(only.to_vec())) }
}

/// One line a run.
struct RunBook {
    file: PathBuf,
}

impl RunBook {
    fn open(place: &Workspace, busy: bool, long: bool, only: &[String]) -> Result<Self, XtaskError> {
        let commit = read(Command::new("git").args(["rev-parse", "--short", "HEAD"]).current_dir(place.root()))?;
        let kind = if busy { "busy" } else { "quiet" };
        let suites = if only.is_empty() { "all".to_owned() } else { only.join("-") };
        let long = if long { "-long" } else { "" };
        let folder = place.target().join("repeat");
        fs::create_dir_all(&folder).map_err(|source| XtaskError::File { path: folder.clone(), source })?;
        Ok(Self { file: folder.join(format!("{suites}{long}-{kind}-{}", commit.trim())) })
    }

    fn read(&self) -> Result<Vec<String>, XtaskError> {
        match fs::read_to_string(&self.file) {
            Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(source) => Err(XtaskError::File { path: self.file.clone(), source }),
        }
    }

    fn write(&self, line: &str) -> Result<(), XtaskError> {
        let file = |source| XtaskError::File { path: self.file.clone(), source };
        let mut book = OpenOptions::new().create(true).append(true).open(&self.file).map_err(file)?;
        writeln!(book, "{line}").map_err(file)
    }
}
