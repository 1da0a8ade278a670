//! A phone as a process of its own: its clocks can be moved, its disk can be full, it can be killed.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;

use bianfang_e2e::program;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// One that does a command at a time. Dropped, it is killed.
pub struct Terminal {
    child: Child,
    ask: ChildStdin,
    told: Lines<BufReader<ChildStdout>>,
}

impl Terminal {
    /// Starts the phone of a folder with these in its surroundings.
    pub fn start(folder: &Path, surroundings: impl IntoIterator<Item = (&'static str, impl AsRef<OsStr>)>) -> Self {
        let mut child = Command::new(program("phone").unwrap())
            .envs(surroundings)
            .arg("--folder")
            .arg(folder)
            .args(["--json", "batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let (ask, told) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self { child, ask, told: BufReader::new(told).lines() }
    }

    /// One command; what it says, an error too.
    pub async fn say(&mut self, words: &[&str]) -> Value {
        self.ask.write_all(format!("{}\n", json!(words)).as_bytes()).await.unwrap();
        let line = self.told.next_line().await.unwrap().expect("the phone ended");
        serde_json::from_str(&line).unwrap()
    }

    /// A visit to one person who was met; its id.
    pub async fn visit(&mut self, person: &str) -> String {
        let saved = self.say(&["visit", "--person", person, "--result", "MET"]).await;
        saved["id"].as_str().unwrap_or_else(|| panic!("{saved}")).to_owned()
    }

    /// Closes it as a screen that is left does.
    pub async fn close(self) {
        let Self { mut child, ask, .. } = self;
        drop(ask);
        child.wait().await.unwrap();
    }
}
