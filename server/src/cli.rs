//! The command line. Messages to the administrator: Chinese first, English second.

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use bianfang_domain::actor::Role;
use bianfang_domain::id::RecordId;
use bianfang_domain::time::Day;
use clap::{Args, Parser, Subcommand};

use crate::ServerError;
use crate::auth::role;
use crate::clock::{Clock, Random};
use crate::commands::init::{self, NewCounty};
use crate::commands::user::{self, NewUser};
use crate::commands::{enrol_code, export, import, serve};
use crate::config::{Config, Flags};
use crate::county_keys::CountyKeys;
use crate::db::{Db, county};
use crate::export::{Ask, ledger};
use crate::import::{Counts, Ledger};

/// 遍访服务器 / the Bianfang server
#[derive(Parser)]
#[command(name = "bianfang", version, subcommand_required = false)]
pub struct Cli {
    /// 配置文件 / configuration file (TOML)
    #[arg(long, global = true, value_name = "FILE", env = "BIANFANG_CONFIG")]
    config: Option<PathBuf>,
    /// 显示最终配置后退出 / print the configuration and exit
    #[arg(long, global = true)]
    print_config: bool,
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
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
enum UserCommand {
    /// 新增账号 / add an account
    Add(UserAddArgs),
}

#[derive(Subcommand)]
enum ImportCommand {
    /// 区划：乡镇和村 / townships and villages
    Divisions(ImportArgs),
    /// 退役军人花名册 / people
    People(ImportArgs),
    /// 光荣牌悬挂登记表 / plaques
    Plaques(ImportArgs),
    /// 走访慰问登记表 / visits
    Visits(ImportArgs),
}

impl ImportCommand {
    fn parts(self) -> (Ledger, ImportArgs) {
        match self {
            Self::Divisions(args) => (Ledger::Divisions, args),
            Self::People(args) => (Ledger::People, args),
            Self::Plaques(args) => (Ledger::Plaques, args),
            Self::Visits(args) => (Ledger::Visits, args),
        }
    }
}

#[derive(Args)]
struct ImportArgs {
    /// 表格 / sheet
    file: PathBuf,
    /// 以谁的名义(局业务) / the account that answers for it, a SECTION_CLERK
    #[arg(long, required_unless_present = "dry_run")]
    login: Option<String>,
    /// 县区代码，只有一个县时可省 / county code, if there are several
    #[arg(long)]
    county: Option<String>,
    /// 只核对，不写入；未建县时也可用 / look only; works before `init` too
    #[arg(long)]
    dry_run: bool,
    /// 只输出 JSON / print JSON only
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct ExportArgs {
    /// 台账 / ledger: people 花名册, plaques 光荣牌, visits 走访, visit_list 走访名单, issue_list 发放花名册
    #[arg(value_parser = parse_ledger)]
    ledger: String,
    /// 写入的文件 / file to write, .xlsx or .csv
    file: PathBuf,
    /// 以谁的名义 / the account that answers for it
    #[arg(long = "as", value_name = "LOGIN")]
    login: String,
    /// 区划名称，如“新镇/某村” / division by name, as township/village; else all of the account's
    #[arg(long)]
    division: Option<String>,
    /// 起始日 / first day, 2026-01-01
    #[arg(long, value_parser = parse_day)]
    from: Option<Day>,
    /// 截止日 / last day
    #[arg(long, value_parser = parse_day)]
    to: Option<Day>,
    /// 人员类别代码 / a category's code
    #[arg(long)]
    category: Option<String>,
    /// 完整号码 / id and telephone numbers in full
    #[arg(long, requires = "reason")]
    full: bool,
    /// 事由 / why they are needed in full
    #[arg(long)]
    reason: Option<String>,
    /// 县区代码，只有一个县时可省 / county code, if there are several
    #[arg(long)]
    county: Option<String>,
}

#[derive(Args)]
struct InitArgs {
    /// 县区代码，六位 / county code, six digits (GB/T 2260)
    #[arg(long)]
    county: String,
    /// 县区名称 / county name
    #[arg(long)]
    name: String,
    /// 管理员登录名 / login of the first administrator
    #[arg(long, default_value = "admin")]
    login: String,
    #[command(flatten)]
    password: PasswordArgs,
}

#[derive(Args)]
struct UserAddArgs {
    /// 县区代码，只有一个县时可省 / county code, if there are several
    #[arg(long)]
    county: Option<String>,
    /// 登录名 / login
    #[arg(long)]
    login: String,
    /// 姓名 / name
    #[arg(long)]
    name: String,
    /// 角色 / role: VILLAGE_WORKER TOWN_REVIEWER SECTION_CLERK LEADER SYS_ADMIN SEC_ADMIN AUDITOR
    #[arg(long, value_parser = parse_role)]
    role: Role,
    /// 区划编号，可多次 / division id, may be repeated
    #[arg(long)]
    scope: Vec<RecordId>,
    /// 区划名称，如“新镇/某村”，可多次 / division by name, as township/village, may be repeated
    #[arg(long)]
    division: Vec<String>,
    #[command(flatten)]
    password: PasswordArgs,
}

#[derive(Args)]
struct EnrolCodeArgs {
    /// 县区代码，只有一个县时可省 / county code, if there are several
    #[arg(long)]
    county: Option<String>,
    /// 登录名 / login of the account
    #[arg(long)]
    login: String,
    /// 二维码图片 / write the QR as a PNG
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    /// 只输出 JSON / print JSON only
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct PasswordArgs {
    /// 从标准输入读取口令，不给则随机生成 / read the password from standard input; else one is made up and shown once
    #[arg(long)]
    password_stdin: bool,
}

impl PasswordArgs {
    /// The password, and whether it was made up and must be shown.
    fn get(&self, random: &dyn Random) -> Result<(String, bool), ServerError> {
        if !self.password_stdin {
            return Ok((user::new_password(random), true));
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

/// Runs one command.
///
/// # Errors
/// Whatever the command gives.
pub async fn run(cli: Cli, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<(), ServerError> {
    let config = Config::load(cli.config.as_deref(), &cli.flags)?;
    if cli.print_config {
        print!("{}", config.print()?);
        return Ok(());
    }
    let seams = (&*clock, &*random);
    match cli.command {
        Some(Command::Serve) => {
            let say = |config: &Config, address| println!("正在服务 / serving {} ({address})", config.public_url);
            serve::serve(config, clock, random, say).await
        }
        Some(Command::Init(args)) => {
            let (password, made_up) = args.password.get(seams.1)?;
            init::prepare(&config.data_dir, clock.now_ms())?;
            let new = NewCounty { code: &args.county, name: &args.name };
            let first = (args.login.as_str(), "管理员", password.as_str());
            with_db(&config, seams.0, async |db| init::init(&config.data_dir, db, seams, &new, first).await).await?;
            println!("已建立 / made {} {}", args.county, args.name);
            show_account(&args.login, &password, made_up);
            Ok(())
        }
        Some(Command::User(UserCommand::Add(args))) => {
            let (password, made_up) = args.password.get(seams.1)?;
            with_db(&config, seams.0, async |db| {
                let county = county::named_or_only(db.pool(), args.county.as_deref()).await?.code;
                let mut scope = args.scope;
                scope.extend(user::divisions(db, &county, &args.division).await?);
                let new = NewUser { login: &args.login, name: &args.name, role: args.role, scope, password: &password };
                let keys = CountyKeys::load(&config.data_dir, &county)?;
                user::add(db, seams, (&county, Some(&keys)), &new).await
            })
            .await?;
            show_account(&args.login, &password, made_up);
            Ok(())
        }
        Some(Command::EnrolCode(args)) => {
            let invitation = with_db(&config, seams.0, async |db| {
                let county = county::named_or_only(db.pool(), args.county.as_deref()).await?.code;
                enrol_code::create(&config, db, seams, &county, &args.login).await
            })
            .await?;
            if let Some(path) = &args.png {
                enrol_code::write_png(&invitation, path)?;
            }
            if args.json {
                println!("{}", serde_json::to_string(&invitation)?);
            } else {
                println!("{}", enrol_code::terminal(&invitation)?);
                println!("登记码 / code    {}", invitation.code);
                println!("网址 / URL       {}", invitation.url);
                println!("证书指纹 / CA    {}", invitation.ca);
                println!("{} 小时内有效，只能用一次 / valid for {0} hours, once", config.enrol_hours);
            }
            Ok(())
        }
        Some(Command::Import(what)) => import(&config, seams, what.parts()).await,
        Some(Command::Export(args)) => export(&config, seams, args).await,
        Some(Command::Version) | None => {
            println!("bianfang {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
    }
}

/// Opens the register, runs, and closes it whatever came of it: a connection that still closes while the process ends
/// frees what the database's library frees at its end.
async fn with_db<T>(
    config: &Config,
    clock: &dyn Clock,
    run: impl AsyncFnOnce(&Db) -> Result<T, ServerError>,
) -> Result<T, ServerError> {
    let db = Db::open(&config.database(), clock.now_ms()).await?;
    let done = run(&db).await;
    db.close().await;
    done
}

/// The county whose numbering a list of divisions has before there is a county.
const ANY_COUNTY: &str = "000000";

async fn import(
    config: &Config,
    seams: (&dyn Clock, &dyn Random),
    (ledger, args): (Ledger, ImportArgs),
) -> Result<(), ServerError> {
    let progress = |done, total| {
        if !args.json {
            eprint!("\r{done}/{total}");
        }
    };
    let order = import::Order { ledger, file: &args.file, dry_run: args.dry_run, json: args.json };
    let counts = match &args.login {
        None if !config.is_initialized() => {
            let county = args.county.as_deref().unwrap_or(ANY_COUNTY);
            import::look(seams, county, order, progress).await?
        }
        login => {
            with_db(config, seams.0, async |db| {
                let county = county::named_or_only(db.pool(), args.county.as_deref()).await?.code;
                let missing = || ServerError::ImportRight { county: county.clone(), login: String::new() };
                let login = login.as_deref().ok_or_else(missing)?;
                import::import((config, db), seams, (&county, login), order, progress).await
            })
            .await?
        }
    };
    if !args.json {
        eprintln!();
        let Counts { rows, new, update, unchanged, doubtful, refused, .. } = counts;
        println!("共 {rows} 行：新增 {new}，更新 {update}，无变化 {unchanged}，待核 {doubtful}，不导入 {refused}");
        println!(
            "{rows} rows: {new} new, {update} update, {unchanged} unchanged, {doubtful} doubtful, {refused} refused"
        );
        if doubtful + refused > 0 {
            println!("加 --json 看每行的原因 / with --json each row says why");
        }
    }
    if counts.refused > 0 { Err(ServerError::ImportRefused(counts.refused)) } else { Ok(()) }
}

async fn export(config: &Config, seams: (&dyn Clock, &dyn Random), args: ExportArgs) -> Result<(), ServerError> {
    let format = export::format_of(&args.file)?;
    let rows = with_db(config, seams.0, async |db| {
        let county = county::named_or_only(db.pool(), args.county.as_deref()).await?.code;
        let names: Vec<String> = args.division.into_iter().collect();
        let division = user::divisions(db, &county, &names).await?.first().copied();
        let ask = Ask {
            ledger: args.ledger,
            format,
            division,
            from: args.from,
            to: args.to,
            category: args.category,
            full: args.full,
            reason: args.reason,
        };
        export::export((config, db), seams, (&county, &args.login), &ask, &args.file).await
    })
    .await?;
    println!("已导出 {rows} 行 / {rows} rows to {}", args.file.display());
    Ok(())
}

fn show_account(login: &str, password: &str, made_up: bool) {
    println!("账号 / account   {login}");
    if made_up {
        println!("口令 / password  {password}  (只显示这一次 / shown only now)");
    }
}

/// An error as the administrator reads it.
#[must_use]
pub fn explain(error: &ServerError) -> String {
    let zh = match error {
        ServerError::NotInitialized(_) => "数据目录里缺少文件，请先运行 bianfang init",
        ServerError::CountyExists(_) => "这个县区已经建立",
        ServerError::CountyCode(_) => "县区代码应为六位数字",
        ServerError::CountyUnknown(_) => "没有这个县区",
        ServerError::CountyNotNamed(_) => "没有县区或有多个县区，请用 --county 指明",
        ServerError::AccountUnknown { .. } => "没有这个账号，或已停用",
        ServerError::ImportRight { .. } => "没有这个账号，或它没有导入的权限(局业务)",
        ServerError::ExportRight { .. } => "没有这个账号，或它没有查阅的权限",
        ServerError::Export(_) => "不能导出",
        ServerError::DivisionName(_) => "没有这个区划或有同名的，请写成“乡镇/村”",
        ServerError::Import(_) => "表格无法导入",
        ServerError::ImportRefused(_) => "有的行没有导入，请按原因修改后重新导入",
        ServerError::LoginTaken { .. } => "登录名已被使用",
        ServerError::PasswordShort(_) => "口令太短",
        ServerError::PlainNotLoopback(_) => "不加密的服务只能监听本机地址",
        ServerError::PublicUrl(_) => "对外网址的格式不对",
        ServerError::Config(_) => "配置有误",
        ServerError::Database(_) => "数据库出错",
        ServerError::MigrationUnknown { .. } | ServerError::MigrationChanged { .. } => "数据库与程序版本不符",
        ServerError::File { .. } => "文件无法读写",
        ServerError::Network(_) => "网络出错，端口可能被占用",
        _ => "出错了",
    };
    format!("{zh} / {error}")
}
