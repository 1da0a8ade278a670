//! The server as a process: started, asked to end, or killed.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::E2eError;

/// A running server. Dropped, it is killed.
pub struct Serving {
    child: Child,
}

impl Serving {
    /// Starts `command` and waits until it says that it serves. Its log goes to the end of `log`.
    ///
    /// # Errors
    /// [`E2eError::NotServing`] when it ends instead.
    pub async fn start(mut command: Command, log: &Path) -> Result<Self, E2eError> {
        let errors = File::options().create(true).append(true).open(log)?;
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors).kill_on_drop(true).spawn()?;
        let not_serving = || E2eError::NotServing(log.to_owned());
        let mut lines = BufReader::new(child.stdout.take().ok_or_else(not_serving)?).lines();
        // Its one line on standard output comes after the port is bound.
        lines.next_line().await?.ok_or_else(not_serving)?;
        Ok(Self { child })
    }

    /// The process id.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Ends it without a warning, as a power cut would.
    ///
    /// # Errors
    /// What the system says.
    pub async fn kill(mut self) -> Result<(), E2eError> {
        Ok(self.child.kill().await?)
    }

    /// Asks it to end and waits until it has.
    ///
    /// # Errors
    /// What the system says.
    pub async fn stop(mut self) -> Result<(), E2eError> {
        if let Some(id) = self.child.id() {
            let asked = Command::new("kill").arg(id.to_string()).status().await?;
            if !asked.success() {
                self.child.start_kill()?;
            }
        }
        self.child.wait().await?;
        Ok(())
    }
}
