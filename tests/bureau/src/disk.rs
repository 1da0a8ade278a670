//! A disk of so many MiB: a small file system in memory, so that a full disk is a real one. Mounting needs root; where that is
//! not given a test says so and does not pass for something else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Gone with everything on it when it is dropped.
#[derive(Debug)]
pub struct Disk {
    at: PathBuf,
}

impl Disk {
    /// Mounts one on this folder, which is made.
    ///
    /// # Errors
    /// [`io::ErrorKind::PermissionDenied`] where the system does not let one mount.
    pub fn of(mib: u32, at: &Path) -> io::Result<Self> {
        fs::create_dir_all(at)?;
        let size = format!("size={mib}m");
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(at).output()?;
        if done.status.success() {
            return Ok(Self { at: at.to_owned() });
        }
        Err(io::Error::new(io::ErrorKind::PermissionDenied, String::from_utf8_lossy(&done.stderr).into_owned()))
    }

    /// Its folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.at
    }

    /// Fills it until nothing fits any more; freed by [`Disk::make_room`].
    ///
    /// # Errors
    /// None but of a disk that is full, which is what is wanted.
    pub fn fill(&self) -> io::Result<()> {
        let piece = vec![0u8; 64 << 10];
        let mut file = fs::File::create(self.filler())?;
        loop {
            match io::Write::write(&mut file, &piece) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::StorageFull => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }

    /// Somebody deleted films.
    ///
    /// # Errors
    /// Of the disk.
    pub fn make_room(&self) -> io::Result<()> {
        fs::remove_file(self.filler())
    }

    fn filler(&self) -> PathBuf {
        self.at.join("films-of-the-holidays")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a process that is still ending may have a file open.
        let _ = Command::new("umount").arg("-l").arg(&self.at).status();
    }
}
