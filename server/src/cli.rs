//! The command line: what each command does. Messages to the administrator: Chinese first, English second.

mod args;
mod summary;

use std::path::PathBuf;
use std::sync::Arc;

use crate::ServerError;
use crate::clock::{Clock, Random};
use crate::commands::init::{self, NewCounty};
use crate::commands::user::{self, NewUser};
use crate::commands::{enrol_code, export, import, serve};
use crate::config::Config;
use crate::county::keys::CountyKeys;
use crate::db::{Db, county};
use crate::export::Ask;
use bianfang_sheets::Ledger;

pub use args::Cli;
use args::{Command, ExportArgs, ImportArgs, UserCommand};

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
    let db = crate::records::open(&config.database(), clock.now_ms()).await?;
    let done = run(&db).await;
    db.close().await;
    done
}

/// The county whose numbering a list of divisions has before there is a county.
const ANY_COUNTY: &str = "000000";

async fn import(
    config: &Config,
    seams: (&dyn Clock, &dyn Random),
    (ledger, args, codes): (Ledger, ImportArgs, Option<PathBuf>),
) -> Result<(), ServerError> {
    let progress = |done, total| {
        if !args.json {
            eprint!("\r{done}/{total}");
        }
    };
    let (file, codes) = (args.file.as_path(), codes.as_deref());
    let answers = args.answers(ledger);
    let (dry_run, json, report) = (args.dry_run, args.json, args.report.as_deref());
    let columns = args.columns.as_slice();
    let order = import::ImportOrder { ledger, file, dry_run, json, report, codes, columns, assume: &answers };
    let done = match &args.login {
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
        summary::print(&done, args.report.as_deref());
    }
    let counts = done.counts;
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
        ServerError::ImportAssumption(_) => "推定的写法不对，请按提示的“名称=代码”填写",
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
