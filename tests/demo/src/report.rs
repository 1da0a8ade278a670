//! What happened, as people read it and as `--json` writes it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::desk::Desk;
use crate::error::DemoError;

/// The whole.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Report {
    /// People in the register.
    pub people: u64,
    /// Households in the register.
    pub households: u64,
    /// In the order in which they synchronized.
    pub phones: Vec<PhoneReport>,
    /// Photos of all phones.
    pub photos: PhotosReport,
    /// Plaque records of all phones.
    pub plaques: u64,
    /// What the bureau did at its desk.
    pub desk: Desk,
    /// Changes that met another phone's change of the same field: both values are kept.
    pub conflicts: u64,
    /// The county's figures of this year.
    pub coverage: CoverageReport,
    /// Where to look at it.
    pub console: ConsoleReport,
    /// Wall time of this run, without building.
    pub seconds: f64,
}

/// One phone.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PhoneReport {
    /// Its owner.
    pub name: String,
    /// Ops it wrote.
    pub ops: u64,
    /// Of these, taken by the server.
    pub acknowledged: u64,
    /// Of these, held for the township.
    pub held: u64,
    /// Refused, kept on the phone with the reason.
    pub refused: u64,
}

/// Photos.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PhotosReport {
    /// Files given to the phones.
    pub given: u64,
    /// Of these, on the server with a receipt, as copy or original.
    pub stored: u64,
    /// Of these, not fit to be sent. A broken picture stays on its phone.
    pub refused: Vec<RefusedPhoto>,
}

/// A photo that was not sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RefusedPhoto {
    /// Its name.
    pub file: String,
    /// Stable code of the reason.
    pub code: String,
}

/// 覆盖
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CoverageReport {
    /// 已访
    pub reached: u64,
    /// 应访
    pub denominator: u64,
    /// 走访未见
    pub tried: u64,
}

/// 控制台
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ConsoleReport {
    /// Where.
    pub url: String,
    /// Login.
    pub account: String,
    /// Of the demo alone.
    pub password: String,
}

impl Report {
    /// Of a run that came to its end.
    pub fn read(path: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(path).ok()?).ok()
    }

    /// Writes it as JSON.
    ///
    /// # Errors
    /// [`DemoError::File`].
    pub fn write(&self, path: &Path) -> Result<(), DemoError> {
        let text = serde_json::to_vec_pretty(self)?;
        let file = |source| DemoError::File { path: path.to_owned(), source };
        // Whoever waits for the file finds the whole of it.
        let part = path.with_extension("part");
        std::fs::write(&part, text).map_err(file)?;
        std::fs::rename(&part, path).map_err(file)
    }

    /// For the terminal.
    pub fn print(&self) {
        println!("\n登记 / register     {} 人 people, {} 户 households", self.people, self.households);
        for phone in &self.phones {
            println!(
                "手机 / phone        {}: {} 条 ops, {} 已收 acknowledged, {} 待核 held, {} 退回 refused",
                phone.name, phone.ops, phone.acknowledged, phone.held, phone.refused
            );
        }
        println!("照片 / photos       {} 张 given, {} 已存 stored", self.photos.given, self.photos.stored);
        for photo in &self.photos.refused {
            println!("                    {}: {} (留在手机上 / kept on the phone)", photo.file, photo.code);
        }
        println!("光荣牌 / plaques     {}", self.plaques);
        println!(
            "局里 / at the desk  入库 {} 块 plaques, 喜报 {} 份 letters, 申请 {} 件 requests",
            self.desk.plaques, self.desk.letters, self.desk.requests
        );
        println!("冲突 / conflicts    {} (两个值都保留 / both values kept)", self.conflicts);
        let share = match self.coverage.denominator {
            0 => 0.0,
            all => 100.0 * to_f64(self.coverage.reached) / to_f64(all),
        };
        println!(
            "覆盖 / coverage     {}/{} 已访 reached ({share:.1} %), {} 走访未见 tried",
            self.coverage.reached, self.coverage.denominator, self.coverage.tried
        );
        println!("控制台 / console     {}", self.console.url);
        println!("账号 / account      {}  口令 / password  {}", self.console.account, self.console.password);
        println!("用时 / time         {:.1} s", self.seconds);
    }
}

fn to_f64(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
