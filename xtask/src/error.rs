//! What can go wrong in a task, each with what the person at the keyboard needs to go on. Chinese first.

use crate::heard::Heard;
use std::path::PathBuf;

/// Why a task ended without success.
#[derive(Debug, thiserror::Error)]
pub enum XtaskError {
    /// Programs or packages that the task needs are not on this machine; each with where it comes from.
    #[error("{task}：缺少 {}。请运行 cargo xtask doctor --install\n  {task}: missing; run cargo xtask doctor --install", names.join("、"))]
    Missing { task: String, names: Vec<String> },
    /// A command ran and said no; its own output stands above.
    #[error("命令失败 / command failed: {command}")]
    Failed { command: String },
    /// Tests ran and some failed: their names, and what was said last.
    #[error("命令失败 / command failed: {command}")]
    Tests { command: String, heard: Heard },
    /// A command could not even be started.
    #[error("无法启动 / cannot start: {command}")]
    Start { command: String, source: std::io::Error },
    /// A file or folder could not be read or written.
    #[error("无法读写 / cannot read or write: {}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    /// The rules of `tidy` found something; the findings stand above.
    #[error("发现 {0} 处 / {0} finding(s)")]
    Findings(usize),
    /// Some suites did not pass; the others were run nevertheless.
    #[error("测试未通过 / suites that did not pass: {}", .0.join(", "))]
    Suites(Vec<String>),
    /// A name on the command line that nothing bears.
    #[error("没有 {what} {name} / there is no {what} {name}；现有 / known: [{}]", known.join(", "))]
    Unknown { what: &'static str, name: String, known: Vec<String> },
    /// The package builds no library that other languages can load.
    #[error("{0} 没有生成动态库（crate-type 需含 cdylib）/ {0} builds no cdylib")]
    NoLibrary(&'static str),
    /// What cargo says about the workspace could not be had or understood.
    #[error("无法读取 cargo metadata / cannot read cargo metadata")]
    Metadata(#[from] cargo_metadata::Error),
    /// A line of cargo's JSON messages could not be understood.
    #[error("无法读懂 cargo 的输出 / cannot understand cargo's messages")]
    Messages(#[from] serde_json::Error),
}
