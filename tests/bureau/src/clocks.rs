//! The clocks of a process that is started with them: wall clock, steady clock and boot time are moved apart while it runs, as
//! sleep, an automatic time, an empty battery or a cheap quartz do. Linux only: the library is preloaded.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

const SOURCE: &str = include_str!("clocks.c");

const MS: i64 = 1_000_000;

/// A year of 365 days, in milliseconds.
pub const YEAR_MS: i64 = 365 * 86_400_000;

/// What the clocks of some processes show.
#[derive(Debug)]
pub struct Clocks {
    library: PathBuf,
    file: PathBuf,
    /// Nanoseconds added to the wall clock, the steady clock and the boot clock, and their drift in parts per million.
    moved: [i64; 4],
}

impl Clocks {
    /// Clocks that are right; what they need lies in this folder.
    ///
    /// # Errors
    /// Where the C compiler is missing or the folder cannot be written.
    pub fn right(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let (source, library) = (folder.join("clocks.c"), folder.join("clocks.so"));
        fs::write(&source, SOURCE)?;
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"])
            .args([&library, &source])
            .output()?;
        if !built.status.success() {
            return Err(io::Error::other(String::from_utf8_lossy(&built.stderr).into_owned()));
        }
        let clocks = Self { library, file: folder.join("clocks"), moved: [0; 4] };
        clocks.write()?;
        Ok(clocks)
    }

    /// What a process that is to have these clocks gets into its surroundings.
    #[must_use]
    pub fn surroundings(&self) -> [(&'static str, &Path); 2] {
        [("LD_PRELOAD", &self.library), ("BIANFANG_CLOCKS", &self.file)]
    }

    /// The device sleeps: the steady clock stands still, the others go on.
    ///
    /// # Errors
    /// Of the disk.
    pub fn sleep(&mut self, ms: i64) -> io::Result<()> {
        self.moved[0] += ms * MS;
        self.moved[2] += ms * MS;
        self.write()
    }

    /// Somebody or something sets the wall clock; the others know nothing of it.
    ///
    /// # Errors
    /// Of the disk.
    pub fn set(&mut self, ms: i64) -> io::Result<()> {
        self.moved[0] += ms * MS;
        self.write()
    }

    /// All clocks go too fast, by parts per million of the time since a process began.
    ///
    /// # Errors
    /// Of the disk.
    pub fn drift(&mut self, ppm: i64) -> io::Result<()> {
        self.moved[3] = ppm;
        self.write()
    }

    /// The device was off for a time and begins anew: steady and boot clock start at some seconds.
    ///
    /// # Errors
    /// Of the disk, and where the system does not tell how long it runs.
    pub fn reboot(&mut self, off_ms: i64) -> io::Result<()> {
        let up = fs::read_to_string("/proc/uptime")?;
        let up = up.split('.').next().and_then(|seconds| seconds.parse::<i64>().ok());
        let up = up.ok_or_else(|| io::Error::other("/proc/uptime"))?;
        let since = -up.saturating_sub(5) * 1_000 * MS;
        (self.moved[1], self.moved[2]) = (since, since);
        self.moved[0] += off_ms * MS;
        self.write()
    }

    /// In place: processes have the file mapped.
    fn write(&self) -> io::Result<()> {
        let bytes: Vec<u8> = self.moved.iter().flat_map(|number| number.to_ne_bytes()).collect();
        let mut file = File::options().create(true).write(true).truncate(false).open(&self.file)?;
        file.write_all(&bytes)
    }
}
