//! `cargo xtask`: the one door to everything one does with this repository. People and CI call the same commands, so
//! what passes here passes there.

mod bench;
mod bindings;
mod demo;
mod doctor;
mod error;
mod green;
mod heard;
mod lint;
mod need;
mod place;
mod repeat;
mod run;
mod suite;
mod tidy;

use clap::{Parser, Subcommand};
use error::XtaskError;
use std::path::PathBuf;
use std::process::ExitCode;

/// 遍访开发工具 / everything one does with this repository
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Door {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// 演示：一个县、三部手机、控制台 / the demo: a county, three phones, the console (--help for its options)
    #[command(disable_help_flag = true)]
    Demo {
        /// 演示的选项 / options of the demo
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        words: Vec<std::ffi::OsString>,
    },
    /// 本机还缺什么 / what this machine lacks, and why it is needed
    Doctor {
        /// 用 apt-get 安装缺少的 / install what is missing with apt-get
        #[arg(long)]
        install: bool,
    },
    /// 代码风格与依赖许可 / rustfmt, clippy, licences and sources of dependencies, biome for the console
    Lint,
    /// 仓库自己的规矩 / the rules of this repository: crate edges, file headers, no personal data
    Tidy,
    /// 全部测试 / every test suite in the tree
    Test {
        /// 连同耗时的测试 / with the tests that CI leaves out
        #[arg(long)]
        long: bool,
        /// 重复次数；中断后接着跑 / so many times, going on where an earlier run of this commit was stopped
        #[arg(long, value_name = "N", requires = "only")]
        repeat: Option<usize>,
        /// 重复时让机器忙着 / with two burning processes beside it
        #[arg(long, requires = "repeat")]
        busy: bool,
        /// 只跑这几组 / only the suites of these names
        #[arg(value_name = "SUITE")]
        only: Vec<String>,
    },
    /// 上次通过 .ci/run 的提交 / the last commit that passed .ci/run here, and what came since
    Green,
    /// 生成 Kotlin、Swift、Python 接口 / generate the bindings from the library
    Bindings,
    /// 性能测量 / run one benchmark in release mode
    Bench {
        /// 例如 photo / for instance photo; runs the binary or example bench_photo
        name: String,
        /// 把结果写入文件 / write the list of results there
        #[arg(long)]
        json: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let done = match Door::parse().task {
        Task::Demo { words } => demo::demo(&words),
        Task::Doctor { install } => doctor::doctor(install),
        Task::Lint => lint::lint(),
        Task::Tidy => tidy::tidy(),
        Task::Test { long, repeat: Some(times), busy, only } => repeat::repeat(times, busy, long, &only),
        Task::Test { long, only, .. } => suite::test(long, &only),
        Task::Green => green::green(),
        Task::Bindings => bindings::generate(),
        Task::Bench { name, json } => bench::bench(&name, json.as_deref()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n✗ {error}");
            report_causes(&error);
            ExitCode::FAILURE
        }
    }
}

fn report_causes(error: &XtaskError) {
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        eprintln!("  {next}");
        cause = next.source();
    }
}
