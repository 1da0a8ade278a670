//! Writes every ledger in every format with all dirt, and its truth as JSON beside it, to look at and to try an import with.

use std::path::PathBuf;
use std::process::ExitCode;

use bianfang_dirty_sheets::{Format, Ledger, Options, SheetsError, make};
use clap::Parser;

/// 生成“脏”表格样例 / Makes dirty sheets
#[derive(Parser)]
struct Arguments {
    /// 输出目录 / where to
    out_dir: PathBuf,
    /// 随机种子 / seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 行数 / rows of records
    #[arg(long, default_value_t = 120)]
    rows: usize,
}

fn main() -> ExitCode {
    match write(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("未能生成 / could not be made: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(arguments: &Arguments) -> Result<(), SheetsError> {
    std::fs::create_dir_all(&arguments.out_dir)?;
    for ledger in Ledger::ALL {
        let made = make(ledger, &Options::new(arguments.seed, arguments.rows).all_dirt())?;
        for format in Format::ALL {
            let name = format!("{}.{}", ledger.word(), format.ending());
            std::fs::write(arguments.out_dir.join(&name), made.bytes(format)?)?;
            let truth = std::fs::File::create(arguments.out_dir.join(format!("{name}.truth.json")))?;
            serde_json::to_writer_pretty(std::io::BufWriter::new(truth), &made.truth(format))?;
        }
    }
    Ok(())
}
