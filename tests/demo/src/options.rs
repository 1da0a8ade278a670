//! What one may ask of the demo, and the folder in which it then plays.

use std::path::{Path, PathBuf};

use clap::Parser;
use sha2::{Digest, Sha256};

/// 演示 / the demo: a county, its server, three phones and the console
#[derive(Debug, Parser)]
#[command(name = "cargo xtask demo")]
pub struct Options {
    /// 演示数据放在哪里 / where the demo's data lies
    #[arg(long, value_name = "DIR", env = "BIANFANG_DEMO")]
    pub folder: PathBuf,
    /// 虚构多少人 / how many people are invented
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub people_count: usize,
    /// 用自己的花名册 / one's own sheet of people (.xlsx, .csv)
    #[arg(long, value_name = "FILE")]
    pub people: Option<PathBuf>,
    /// 用自己的照片 / one's own photos
    #[arg(long, value_name = "DIR")]
    pub photos: Option<PathBuf>,
    /// 显示结果后结束 / end after the figures
    #[arg(long)]
    pub once: bool,
    /// 重新开始 / start afresh
    #[arg(long)]
    pub reset: bool,
    /// 把结果写入文件 / write what happened there
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// 端口 / the console's port
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
}

impl Options {
    /// Each choice of people and photos plays in a folder of its own, so that another choice disturbs none.
    #[must_use]
    pub fn place(&self) -> PathBuf {
        let mut hash = Sha256::new();
        for path in [&self.people, &self.photos].into_iter().flatten() {
            hash.update(absolute(path).to_string_lossy().as_bytes());
            hash.update([0]);
        }
        let choice = match (&self.people, &self.photos) {
            (None, None) => "invented".to_owned(),
            _ => hex::encode(hash.finalize()).chars().take(8).collect(),
        };
        self.folder.join(format!("{choice}-{}", self.people_count))
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_choice_plays_in_another_folder() {
        let options = |words: &[&str]| Options::parse_from([&["demo", "--folder", "/d"], words].concat()).place();
        let plain = options(&[]);
        assert_eq!(plain, options(&["--once", "--json", "x"]), "how it is shown is no other choice");
        assert_ne!(plain, options(&["--photos", "/p"]));
        assert_ne!(plain, options(&["--people-count", "3"]));
        assert_ne!(options(&["--photos", "/p"]), options(&["--people", "/p/q"]));
    }
}
