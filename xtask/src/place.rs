//! Where things lie: the workspace, cargo's target directory, and the tools that xtask builds for itself.

use crate::error::XtaskError;
use cargo_metadata::{Metadata, MetadataCommand};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace as cargo sees it.
pub struct Workspace {
    metadata: Metadata,
}

impl Workspace {
    /// Asks cargo, for the workspace that the current folder lies in.
    pub fn find() -> Result<Self, XtaskError> {
        Ok(Self { metadata: MetadataCommand::new().exec()? })
    }

    /// Packages, targets and the resolved graph.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The folder of the root Cargo.toml.
    pub fn root(&self) -> &Path {
        self.metadata.workspace_root.as_std_path()
    }

    /// The folder that cargo builds into; it need not lie in the clone.
    pub fn target(&self) -> &Path {
        self.metadata.target_directory.as_std_path()
    }

    /// Tools of our own, beside the target directory: `cargo clean` leaves them, and clones that share a target
    /// directory share them too.
    pub fn tools(&self) -> PathBuf {
        self.target().parent().unwrap_or(self.target()).join(".bianfang-tools")
    }

    /// cargo itself, run in the root.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        // Cargo tells its children which cargo it is; outside of it the one on the path is right.
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments).current_dir(self.root());
        // It also tells them of the package they belong to. ring's build script watches these names, so that with xtask's
        // own package in them everything with TLS would be compiled again, and once more by the next plain `cargo build`.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") || name.to_string_lossy().starts_with("CARGO_MANIFEST_")
            {
                command.env_remove(name);
            }
        }
        command
    }
}
