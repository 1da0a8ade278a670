//! A county founded through the server's own command line: places, people, accounts, invitations.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

use bianfang_county::{County, Person};
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::{Console, E2eError, Serving, program};

/// A bureau in a folder.
pub struct Bureau {
    folder: PathBuf,
    /// What phones and browsers call.
    pub url: String,
    port: u16,
}

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct Worker<'a> {
    /// Login.
    pub login: &'a str,
    /// Name shown.
    pub name: &'a str,
    /// VILLAGE_WORKER …
    pub role: &'a str,
    /// 新镇, or 新镇/某村
    pub divisions: &'a [&'a str],
}

/// A port that nobody listens on, below those that systems give to outgoing connections: a server that was killed must get
/// the same one again, and no client may have taken it meanwhile.
///
/// # Errors
/// [`E2eError::Io`].
pub fn free_port() -> Result<u16, E2eError> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Each process begins elsewhere, each bureau of a process further on.
    let begin = u16::try_from(std::process::id() % 110).unwrap_or(0) * 100;
    loop {
        let port = 20_000 + (begin + NEXT.fetch_add(1, Ordering::Relaxed)) % 11_000;
        match TcpListener::bind(("127.0.0.1", port)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(error.into()),
            Ok(_) => return Ok(port),
        }
    }
}

impl Bureau {
    /// The password of every account: nobody's real one.
    pub const PASSWORD: &'static str = "door-to-door-7";
    /// The login of the section clerk, who sees the county.
    pub const CLERK: &'static str = "clerk";

    /// A bureau in `folder` that will serve on a port of this machine that is free now.
    ///
    /// # Errors
    /// [`E2eError::Io`].
    pub fn at(folder: &Path, port: Option<u16>) -> Result<Self, E2eError> {
        std::fs::create_dir_all(folder)?;
        let port = match port {
            Some(port) => port,
            None => free_port()?,
        };
        Ok(Self { folder: folder.to_owned(), url: format!("https://localhost:{port}"), port })
    }

    /// Phones call this port from now on: something stands between them and the server.
    pub fn behind(&mut self, port: u16) {
        self.url = format!("https://localhost:{port}");
    }

    /// Where the server itself listens.
    #[must_use]
    pub fn listens(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.port))
    }

    /// Makes the county with its places and its clerk.
    ///
    /// # Errors
    /// [`E2eError::Failed`] with what the program said.
    pub async fn found(&self, county: &County) -> Result<(), E2eError> {
        self.run(&["init", "--county", &county.code, "--name", &county.name, "--password-stdin"]).await?;
        let clerk = Worker { login: Self::CLERK, name: "业务员", role: "SECTION_CLERK", divisions: &[&county.name] };
        self.add(&clerk).await?;
        let places = self.folder.join("divisions.csv");
        let mut sheet = csv::Writer::from_path(&places)?;
        sheet.write_record(["区划代码", "名称"])?;
        for township in &county.townships {
            sheet.write_record([&township.code, &township.name])?;
            for village in &township.villages {
                sheet.write_record([&village.code, &village.name])?;
            }
        }
        sheet.flush()?;
        self.import("divisions", &places).await?;
        Ok(())
    }

    /// Imports invented people through a sheet as a bureau keeps it.
    ///
    /// # Errors
    /// As [`Bureau::import`].
    pub async fn import_people(&self, people: &[Person]) -> Result<Value, E2eError> {
        let sheet = self.folder.join("people.csv");
        bianfang_county::write_roster(people, std::fs::File::create(&sheet)?)?;
        self.import("people", &sheet).await
    }

    /// Imports a sheet; the report as the program prints it. Refused rows are in it: the program's exit code says that there
    /// are some.
    ///
    /// # Errors
    /// [`E2eError::Failed`].
    pub async fn import(&self, what: &str, sheet: &Path) -> Result<Value, E2eError> {
        let sheet = sheet.to_string_lossy();
        let words = ["import", what, &sheet, "--login", Self::CLERK, "--assume-usual", "--json"];
        let done = self.output(&words).await?;
        match serde_json::from_slice(&done.stdout) {
            Ok(report) => Ok(report),
            Err(_) => Err(failed(&words, &done)),
        }
    }

    /// Adds an account.
    ///
    /// # Errors
    /// [`E2eError::Failed`].
    pub async fn add(&self, worker: &Worker<'_>) -> Result<(), E2eError> {
        let mut words = vec!["user", "add", "--login", worker.login, "--name", worker.name, "--role", worker.role];
        for division in worker.divisions {
            words.extend(["--division", division]);
        }
        words.push("--password-stdin");
        self.run(&words).await.map(drop)
    }

    /// A one-time invitation, as the QR holds it.
    ///
    /// # Errors
    /// [`E2eError::Failed`].
    pub async fn invite(&self, login: &str) -> Result<String, E2eError> {
        Ok(self.run(&["enrol-code", "--login", login, "--json"]).await?.trim().to_owned())
    }

    /// Starts the server.
    ///
    /// # Errors
    /// [`E2eError::NotServing`].
    pub async fn serve(&self) -> Result<Serving, E2eError> {
        self.serve_in([]).await
    }

    /// The same with these in its surroundings.
    ///
    /// # Errors
    /// As [`Bureau::serve`].
    pub async fn serve_in<const N: usize>(&self, surroundings: [(&str, &Path); N]) -> Result<Serving, E2eError> {
        let mut command = self.command()?;
        command.arg("serve").envs(surroundings);
        Serving::start(command, &self.folder.join("server.log")).await
    }

    /// A console session of this login.
    ///
    /// # Errors
    /// As [`Console::sign_in`].
    pub async fn console(&self, login: &str) -> Result<Console, E2eError> {
        self.visitor()?.sign_in(login, Self::PASSWORD).await
    }

    /// Somebody without a session.
    ///
    /// # Errors
    /// As [`Console::new`].
    pub fn visitor(&self) -> Result<Console, E2eError> {
        Console::new(&self.url, &self.ca())
    }

    /// The server's own root, PEM.
    #[must_use]
    pub fn ca(&self) -> PathBuf {
        self.data().join("pki").join("ca.pem")
    }

    /// The folder of this bureau.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The server's data folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.join("server")
    }

    fn command(&self) -> Result<Command, E2eError> {
        let mut command = Command::new(program("bianfang")?);
        command.arg("--data-dir").arg(self.data());
        command.args(["--listen", &format!("127.0.0.1:{}", self.port), "--public-url", &self.url]);
        // No file of the folder one happens to stand in.
        command.current_dir(&self.folder);
        Ok(command)
    }

    /// Runs one command of the server's program; passwords come by standard input, never as an argument.
    ///
    /// # Errors
    /// [`E2eError::Failed`].
    pub async fn run(&self, words: &[&str]) -> Result<String, E2eError> {
        let done = self.output(words).await?;
        if done.status.success() {
            return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
        }
        Err(failed(words, &done))
    }

    async fn output(&self, words: &[&str]) -> Result<Output, E2eError> {
        let mut command = self.command()?;
        command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A command that reads no password has closed its end.
            stdin.write_all(Self::PASSWORD.as_bytes()).await.ok();
        }
        Ok(child.wait_with_output().await?)
    }
}

fn failed(words: &[&str], done: &Output) -> E2eError {
    let stderr = String::from_utf8_lossy(&done.stderr).trim().to_owned();
    E2eError::Failed { command: format!("bianfang {}", words.join(" ")), stderr }
}
