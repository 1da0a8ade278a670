//! What may be typed: commands and their arguments, with their help. Chinese first, English second.

use std::io::Read;
use std::path::PathBuf;

use bianfang_domain::actor::Role;
use bianfang_domain::id::RecordId;
use bianfang_domain::time::Day;
use clap::{Args, Parser, Subcommand};

use crate::ServerError;
use crate::auth::password::new_password;
use crate::clock::Random;
use crate::config::Flags;
use crate::export::ledger;
use crate::import::assumed::{self, Answers};
use crate::role;
use bianfang_sheets::Ledger;

/// 遍访服务器 / the Bianfang server
#[derive(Parser)]
#[command(name = "bianfang", version, subcommand_required = false)]
pub struct Cli {
    /// 配置文件 / configuration file (TOML)
    #[arg(long, global = true, value_name = "FILE", env = "BIANFANG_CONFIG")]
    pub(super) config: Option<PathBuf>,
    /// 显示最终配置后退出 / print the configuration and exit
    #[arg(long, global = true)]
    pub(super) print_config: bool,
    #[command(flatten)]
    pub(super) flags: Flags,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// 启动服务 / serve
    Serve,
    /// 建立县区、首个管理员和证书 / make a county, its first administrator and the certificates
    Init(InitArgs),
    /// 账号 / accounts
    #[command(subcommand)]
    User(UserCommand),
    /// 生成手机登记码 / make an enrolment code for a phone
    EnrolCode(EnrolCodeArgs),
    /// 导入表格 / import a sheet
    #[command(subcommand)]
    Import(ImportCommand),
    /// 导出台账 / export a ledger
    Export(ExportArgs),
    /// 版本 / version
    Version,
}

#[derive(Subcommand)]
pub(super) enum UserCommand {
    /// 新增账号 / add an account
    Add(UserAddArgs),
}

#[derive(Subcommand)]
pub(super) enum ImportCommand {
    /// 区划：乡镇和村 / townships and villages
    Divisions(ImportArgs),
    /// 退役军人花名册 / people
    People(ImportArgs),
    /// 光荣牌悬挂登记表 / plaques
    Plaques(ImportArgs),
    /// 走访慰问登记表 / visits
    Visits(ImportArgs),
    /// 送喜报登记表 / merit letters
    Letters(ImportArgs),
    /// 单位台账 / units
    Units(ImportArgs),
    /// 荣誉主体名册 / basis persons
    BasisPersons(ImportArgs),
    /// 工作人员账号 / accounts of the staff
    Staff(StaffArgs),
}

impl ImportCommand {
    /// The ledger, what every ledger takes, and where codes go.
    pub(super) fn parts(self) -> (Ledger, ImportArgs, Option<PathBuf>) {
        match self {
            Self::Divisions(args) => (Ledger::Divisions, args, None),
            Self::People(args) => (Ledger::People, args, None),
            Self::Plaques(args) => (Ledger::Plaques, args, None),
            Self::Visits(args) => (Ledger::Visits, args, None),
            Self::Letters(args) => (Ledger::Letters, args, None),
            Self::Units(args) => (Ledger::Units, args, None),
            Self::BasisPersons(args) => (Ledger::BasisPersons, args, None),
            Self::Staff(args) => (Ledger::Staff, args.import, args.codes),
        }
    }
}

#[derive(Args)]
pub(super) struct StaffArgs {
    #[command(flatten)]
    pub(super) import: ImportArgs,
    /// 初始口令和一次性登记码写入此文件(CSV)，只给尚未使用的账号 / passwords and one-time codes of accounts not used yet, as CSV
    #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
    pub(super) codes: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct ImportArgs {
    /// 表格 / sheet
    pub(super) file: PathBuf,
    /// 以谁的名义(局业务；导入账号的是系统管理员) / the account that answers for it: a SECTION_CLERK, for accounts a SYS_ADMIN
    #[arg(long, required_unless_present = "dry_run")]
    pub(super) login: Option<String>,
    /// 县区代码，只有一个县时可省 / county code, if there are several
    #[arg(long)]
    pub(super) county: Option<String>,
    /// 只核对，不写入；未建县时也可用 / look only; works before `init` too
    #[arg(long)]
    pub(super) dry_run: bool,
    /// 某表头是哪一列，可多次，下次同样适用 / which column a header is, may be repeated, kept for the next file: 老兵=姓名
    #[arg(long = "column", value_name = "HEADER=COLUMN", value_parser = parse_column)]
    pub(super) columns: Vec<(String, String)>,
    /// 表格没写的按什么推定，可多次 / what to assume where the sheet says nothing, may be repeated: method=HOME
    #[arg(long, value_name = "NAME=CODE", value_parser = parse_answer)]
    pub(super) assume: Vec<(String, String)>,
    /// 其余没写的都按通常的推定 / assume what is usual for everything else
    #[arg(long)]
    pub(super) assume_usual: bool,
    /// 把表格原样写回此文件(.xlsx)，每行加上结果和原因 / write the sheet back as it was, each row with its outcome and reasons
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
    /// 只输出 JSON / print JSON only
    #[arg(long)]
    pub(super) json: bool,
}

impl ImportArgs {
    /// What is assumed about a sheet of a ledger.
    pub(super) fn answers(&self, ledger: Ledger) -> Answers {
        let mut answers = if self.assume_usual { assumed::usual(ledger) } else { Answers::new() };
        answers.extend(self.assume.iter().cloned());
        answers
    }
}

fn parse_answer(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').map(|(name, code)| (name.to_owned(), code.to_owned()));
    pair.ok_or_else(|| "method=HOME".to_owned())
}

fn parse_column(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').map(|(header, column)| (header.trim().to_owned(), column.trim().to_owned()));
    pair.ok_or_else(|| "老兵=姓名".to_owned())
}

#[derive(Args)]
pub(super) struct ExportArgs {
    /// 台账 / ledger: people 花名册, plaques 光荣牌, visits 走访, letters 喜报, needs 诉求, units 单位, basis_persons 荣誉主体, visit_list 走访名单, issue_list 发放花名册
    #[arg(value_parser = parse_ledger)]
    pub(super) ledger: String,
    /// 写入的文件 / file to write, .xlsx or .csv
    pub(super) file: PathBuf,
    /// 以谁的名义 / the account that answers for it
    #[arg(long = "as", value_name = "LOGIN")]
    pub(super) login: String,
    /// 区划名称，如“新镇/某村” / division by name, as township/village; else all of the account's
    #[arg(long)]
    pub(super) division: Option<String>,
    /// 起始日 / first day, 2026-01-01
    #[arg(long, value_parser = parse_day)]
    pub(super) from: Option<Day>,
    /// 截止日 / last day
    #[arg(long, value_parser = parse_day)]
    pub(super) to: Option<Day>,
    /// 人员类别代码 / a category's code
    #[arg(long)]
    pub(super) category: Option<String>,
    /// 完整号码 / id and telephone numbers in full
    #[arg(long, requires = "reason")]
    pub(super) full: bool,
    /// 事由 / why they are needed in full
    #[arg(long)]
    pub(super) reason: Option<String>,
    /// 县区代码，只有一个县时可省 / county code, if there are several
    #[arg(long)]
    pub(super) county: Option<String>,
}

#[derive(Args)]
pub(super) struct InitArgs {
    /// 县区代码，六位 / county code, six digits (GB/T 2260)
    #[arg(long)]
    pub(super) county: String,
    /// 县区名称 / county name
    #[arg(long)]
    pub(super) name: String,
    /// 管理员登录名 / login of the first administrator
    #[arg(long, default_value = "admin")]
    pub(super) login: String,
    #[command(flatten)]
    pub(super) password: PasswordArgs,
}

#[derive(Args)]
pub(super) struct UserAddArgs {
    /// 县区代码，只有一个县时可省 / county code, if there are several
    #[arg(long)]
    pub(super) county: Option<String>,
    /// 登录名 / login
    #[arg(long)]
    pub(super) login: String,
    /// 姓名 / name
    #[arg(long)]
    pub(super) name: String,
    /// 角色 / role: VILLAGE_WORKER TOWN_REVIEWER SECTION_CLERK LEADER SYS_ADMIN SEC_ADMIN AUDITOR
    #[arg(long, value_parser = parse_role)]
    pub(super) role: Role,
    /// 区划编号，可多次 / division id, may be repeated
    #[arg(long)]
    pub(super) scope: Vec<RecordId>,
    /// 区划名称，如“新镇/某村”，可多次 / division by name, as township/village, may be repeated
    #[arg(long)]
    pub(super) division: Vec<String>,
    #[command(flatten)]
    pub(super) password: PasswordArgs,
}

#[derive(Args)]
pub(super) struct EnrolCodeArgs {
    /// 县区代码，只有一个县时可省 / county code, if there are several
    #[arg(long)]
    pub(super) county: Option<String>,
    /// 登录名 / login of the account
    #[arg(long)]
    pub(super) login: String,
    /// 二维码图片 / write the QR as a PNG
    #[arg(long, value_name = "FILE")]
    pub(super) png: Option<PathBuf>,
    /// 把表格原样写回此文件(.xlsx)，每行加上结果和原因 / write the sheet back as it was, each row with its outcome and reasons
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
    /// 只输出 JSON / print JSON only
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args)]
pub(super) struct PasswordArgs {
    /// 从标准输入读取口令，不给则随机生成 / read the password from standard input; else one is made up and shown once
    #[arg(long)]
    pub(super) password_stdin: bool,
}

impl PasswordArgs {
    /// The password, and whether it was made up and must be shown.
    pub(super) fn get(&self, random: &dyn Random) -> Result<(String, bool), ServerError> {
        if !self.password_stdin {
            return Ok((new_password(random), true));
        }
        let mut text = String::new();
        let path = || PathBuf::from("stdin");
        std::io::stdin().read_to_string(&mut text).map_err(|source| ServerError::File { path: path(), source })?;
        Ok((text.trim_end_matches(['\r', '\n']).to_owned(), false))
    }
}

fn parse_role(text: &str) -> Result<Role, String> {
    role::parse(text).ok_or_else(|| role::ALL.map(role::code).join(" "))
}

fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "2026-01-31".to_owned())
}

fn parse_ledger(text: &str) -> Result<String, String> {
    let known = || ledger::ALL.iter().map(|ledger| ledger.name()).collect::<Vec<_>>().join(" ");
    ledger::by_name(text).map(|ledger| ledger.name().to_owned()).ok_or_else(known)
}
