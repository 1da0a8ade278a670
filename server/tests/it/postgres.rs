//! A real PostgreSQL for this test run: initdb in a temporary folder, a socket in it, no port. PostgreSQL refuses to run as
//! root, so then it runs as the user `postgres`. A shell keeps it: when the test process ends, however it ends, the
//! shell's input closes and it stops the server and removes the folder.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AnyConnection, Connection};

struct Cluster {
    socket_dir: PathBuf,
    /// Held for its input pipe.
    _keeper: Child,
}

static CLUSTER: LazyLock<Result<Cluster, String>> = LazyLock::new(start);

const SCRIPT: &str = r#"
dir=$(mktemp -d /tmp/bianfang-pg-XXXXXX) || exit 1
cd "$dir" || exit 1
trap '' INT TERM
{ "$BIN/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C -N &&
  "$BIN/pg_ctl" -D "$dir/data" -w -l "$dir/log" \
    -o "-c listen_addresses='' -c unix_socket_directories=$dir -c fsync=off -c max_connections=300" start; } >"$dir/out" 2>&1 </dev/null
if [ $? = 0 ]; then echo "ready $dir"; else tail -n 5 "$dir/out" "$dir/log"; fi
cat >/dev/null
"$BIN/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1
rm -rf "$dir"
"#;

/// Debian keeps the programs out of the path.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .chain(std::env::split_paths(&std::env::var_os("PATH")?))
        .filter(|dir| dir.join("initdb").exists() && dir.join("pg_ctl").exists())
        .collect();
    found.sort();
    found.pop()
}

fn start() -> Result<Cluster, String> {
    let bin = programs().ok_or("没有安装 PostgreSQL / no PostgreSQL is installed (initdb, pg_ctl)")?;
    let root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n");
    let mut command = if root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "sh", "-c", SCRIPT]);
        command
    } else {
        let mut command = Command::new("sh");
        command.args(["-c", SCRIPT]);
        command
    };
    command.env("BIN", bin).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut keeper = command.spawn().map_err(|error| error.to_string())?;
    let mut line = String::new();
    let mut output = BufReader::new(keeper.stdout.take().ok_or("no output")?);
    output.read_line(&mut line).map_err(|error| error.to_string())?;
    match line.trim().strip_prefix("ready ") {
        Some(dir) => Ok(Cluster { socket_dir: dir.into(), _keeper: keeper }),
        None => {
            drop(keeper.stdin.take());
            let _ = output.read_to_string(&mut line);
            if let Some(mut errors) = keeper.stderr.take() {
                let _ = errors.read_to_string(&mut line);
            }
            Err(format!("PostgreSQL does not start: {line}"))
        }
    }
}

/// The URL of a new, empty database. `None` only when the run names a reason to do without PostgreSQL.
pub async fn new_database() -> Option<String> {
    if let Ok(reason) = std::env::var("BIANFANG_SKIP_POSTGRES") {
        eprintln!("NOT TESTED on PostgreSQL: {reason}");
        return None;
    }
    let cluster = CLUSTER.as_ref().unwrap_or_else(|why| {
        panic!("{why}\nInstall PostgreSQL, or set BIANFANG_SKIP_POSTGRES to the reason for doing without.")
    });
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("t{}", COUNT.fetch_add(1, Ordering::SeqCst));
    let url = |database: &str| {
        let mut url = format!("postgres://postgres@localhost/{database}?host=");
        for byte in cluster.socket_dir.to_str().unwrap().bytes() {
            write!(url, "%{byte:02X}").unwrap();
        }
        url
    };
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&url("postgres")).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create database {name}"))).execute(&mut connection).await.unwrap();
    Some(url(&name))
}
