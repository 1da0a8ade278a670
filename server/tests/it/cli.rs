//! The program itself, as an administrator runs it.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use bianfang_protocol::enrol::Invitation;
use tempfile::TempDir;

fn bianfang(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bianfang"));
    command.current_dir(dir).args(args).env_clear().stdin(Stdio::null());
    command
}

fn ok(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn fails(output: Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

fn init(dir: &Path) -> String {
    ok(bianfang(dir, &["init", "--county", "150426", "--name", "翁牛特旗"]).output().unwrap())
}

#[test]
fn configuration_is_layered_and_hides_its_secrets() {
    let dir = TempDir::new().unwrap();
    let file = "access_minutes = 5\nbody_limit = 1000\nlockout_minutes = 3\n\
                database_url = \"postgres://u:hush@db/x?sslpassword=hush\"\n";
    std::fs::write(dir.path().join("bianfang.toml"), file).unwrap();
    let mut command = bianfang(dir.path(), &["--print-config", "--listen", "127.0.0.1:7"]);
    let shown = ok(command
        .env("BIANFANG_BODY_LIMIT", "2000")
        .env("BIANFANG_LISTEN", "127.0.0.1:6")
        .env("BIANFANG_SOMETHING_ELSE", "ignored")
        .output()
        .unwrap());
    for line in ["access_minutes = 5", "body_limit = 2000", "listen = \"127.0.0.1:7\"", "refresh_days = 90"] {
        assert!(shown.lines().any(|shown| shown == line), "{line} not in\n{shown}");
    }
    assert!(shown.contains("postgres://u:***@db/x?sslpassword=***") && !shown.contains("hush"), "{shown}");
}

#[test]
fn impossible_configuration_is_refused() {
    let dir = TempDir::new().unwrap();
    let refused = |args: &[&str]| fails(bianfang(dir.path(), args).output().unwrap());
    assert!(refused(&["serve", "--plain"]).contains("loopback"));
    assert!(refused(&["serve", "--public-url", "ftp://x"]).contains("public_url"));
    assert!(refused(&["serve", "--config", "missing.toml"]).contains("missing.toml"));
    assert!(refused(&["serve"]).contains("bianfang init"));
    std::fs::write(dir.path().join("bianfang.toml"), "acces_minutes = 5\n").unwrap();
    assert!(refused(&["serve"]).contains("acces_minutes"));
}

#[test]
fn init_makes_a_county_once_and_shows_its_password() {
    let dir = TempDir::new().unwrap();
    let shown = init(dir.path());
    assert!(shown.contains("翁牛特旗") && shown.contains("admin"), "{shown}");
    let again = bianfang(dir.path(), &["init", "--county", "150426", "--name", "X"]).output().unwrap();
    assert!(fails(again).contains("150426"));
    for code in ["15042", "15042x", "../../"] {
        assert!(
            fails(bianfang(dir.path(), &["init", "--county", code, "--name", "X"]).output().unwrap())
                .contains("GB/T 2260")
        );
    }
    // A second county shares CA and signing key.
    let fingerprint = std::fs::read(dir.path().join("bianfang-data/pki/ca.pem")).unwrap();
    ok(bianfang(dir.path(), &["init", "--county", "360722", "--name", "信丰县"]).output().unwrap());
    assert_eq!(std::fs::read(dir.path().join("bianfang-data/pki/ca.pem")).unwrap(), fingerprint);
}

#[test]
fn enrol_code_gives_qr_png_and_json() {
    let dir = TempDir::new().unwrap();
    init(dir.path());
    let add = ["user", "add", "--login", "w1", "--name", "张三", "--role", "VILLAGE_WORKER", "--password-stdin"];
    let with_password = |password: &str| {
        let mut child = bianfang(dir.path(), &add)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    assert!(fails(with_password("short\n")).contains("口令太短"));
    assert!(!ok(with_password("long-enough-1\n")).contains("long-enough-1"));
    assert!(fails(with_password("long-enough-1\n")).contains("w1"));
    assert!(
        fails(
            bianfang(dir.path(), &["user", "add", "--login", "x", "--name", "x", "--role", "KING"]).output().unwrap()
        )
        .contains("VILLAGE_WORKER")
    );
    assert!(fails(bianfang(dir.path(), &["enrol-code", "--login", "nobody"]).output().unwrap()).contains("nobody"));

    let json =
        ok(bianfang(dir.path(), &["enrol-code", "--login", "w1", "--json", "--png", "w1.png"]).output().unwrap());
    let invitation: Invitation = serde_json::from_str(&json).unwrap();
    assert_eq!((invitation.url.as_str(), invitation.ca.len()), ("https://localhost:8443", 64));
    assert!(invitation.code.starts_with("150426-"));
    let png = image::open(dir.path().join("w1.png")).unwrap().to_luma8();
    assert!(png.width() >= 480 && png.pixels().any(|p| p.0 == [0]) && png.pixels().any(|p| p.0 == [255]));
    let shown = ok(bianfang(dir.path(), &["enrol-code", "--login", "w1"]).output().unwrap());
    assert!(shown.contains('█') && shown.contains(&invitation.ca), "{shown}");
}

#[test]
fn export_writes_a_file_for_an_account_that_may() {
    let dir = TempDir::new().unwrap();
    init(dir.path());
    let user = |login: &str, role: &str| {
        let args = ["user", "add", "--login", login, "--name", "王", "--role", role, "--division", "翁牛特旗"];
        ok(bianfang(dir.path(), &args).output().unwrap());
    };
    user("clerk", "SECTION_CLERK");
    user("worker", "VILLAGE_WORKER");
    user("auditor", "AUDITOR");
    std::fs::write(dir.path().join("d.csv"), "区划代码,名称\n150426100,新镇\n150426100001,东村\n").unwrap();
    std::fs::write(
        dir.path().join("p.csv"),
        "姓名,乡镇,村,身份证号,电话\n张三,新镇,东村,990000196001010013,13800008000\n",
    )
    .unwrap();
    for (what, file) in [("divisions", "d.csv"), ("people", "p.csv")] {
        ok(bianfang(dir.path(), &["import", what, file, "--login", "clerk", "--assume-usual"]).output().unwrap());
    }
    let export = |args: &[&str]| bianfang(dir.path(), &[&["export"], args].concat()).output().unwrap();
    assert!(ok(export(&["people", "a.csv", "--as", "worker", "--division", "新镇/东村"])).contains("已导出 1 行"));
    let text = std::fs::read_to_string(dir.path().join("a.csv")).unwrap();
    assert!(
        text.contains("张*")
            && !text.contains("张三")
            && text.contains("138****8000")
            && !text.contains("990000196001010013"),
        "{text}"
    );
    assert!(fails(export(&["people", "a.csv", "--as", "worker"])).contains("a.csv"), "no file is written over");
    ok(export(&["people", "b.csv", "--as", "clerk", "--full", "--reason", "核对"]));
    assert!(std::fs::read_to_string(dir.path().join("b.csv")).unwrap().contains("990000196001010013"));
    assert!(fails(export(&["people", "c.csv", "--as", "clerk", "--full"])).contains("--reason"));
    assert!(fails(export(&["people", "c.csv", "--as", "worker", "--full", "--reason", "x"])).contains("您的角色"));
    assert!(!dir.path().join("c.csv").exists(), "what was refused leaves no file");
    assert!(fails(export(&["people", "c.csv", "--as", "auditor"])).contains("没有这个账号"));
    assert!(fails(export(&["people", "c.pdf", "--as", "clerk"])).contains(".xlsx"));
    assert!(fails(export(&["secrets", "c.csv", "--as", "clerk"])).contains("issue_list"));
}

/// What the sheet does not say waits, and the summary says how to answer it.
#[test]
fn what_a_sheet_does_not_say_is_answered_with_a_word_on_the_command_line() {
    let dir = TempDir::new().unwrap();
    std::fs::write(
        dir.path().join("v.csv"),
        "走访时间,乡镇,村,对象姓名,走访人,走访结果\n2026-05-01,甲镇,东村,张三,王五,\n",
    )
    .unwrap();
    let look = |more: &[&str]| {
        bianfang(dir.path(), &[&["import", "visits", "v.csv", "--dry-run"], more].concat()).output().unwrap()
    };
    let open = ok(look(&[]));
    assert!(open.contains("待核 1"), "{open}");
    for question in ["--assume method=HOME", "--assume result=MET", "--assume work_types=ROUND"] {
        assert!(open.contains(question), "{open}");
    }
    let some = ok(look(&["--assume", "method=PHONE", "--assume", "result=MET"]));
    assert!(some.contains("待核 1") && some.contains("work_types") && !some.contains("method"), "{some}");
    let all = ok(look(&["--assume", "method=PHONE", "--assume-usual"]));
    assert!(all.contains("新增 1") && !all.contains("--assume"), "{all}");
    let json: serde_json::Value =
        serde_json::from_str(&ok(look(&["--assume", "method=PHONE", "--assume-usual", "--json"]))).unwrap();
    assert_eq!(json["assumptions"][0]["answer"], "PHONE", "what is said goes before what is usual");
    for wrong in ["method=DRONE", "living_division=YES"] {
        assert!(fails(look(&["--assume", wrong])).contains(wrong));
    }
    assert!(fails(look(&["--assume", "method"])).contains("method=HOME"));
}

/// The summary says why at once, and the sheet comes back marked, for its owner only.
#[test]
fn summary_tells_the_reasons_and_the_sheet_comes_back_marked() {
    let dir = TempDir::new().unwrap();
    std::fs::write(
        dir.path().join("p.csv"),
        "姓名,乡镇,村,联系电话\n张三,甲镇,东村,１３８００１３８０００\n,甲镇,东村,\n",
    )
    .unwrap();
    let words = ["import", "people", "p.csv", "--dry-run", "--report", "marked.xlsx"];
    let output = bianfang(dir.path(), &words).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    for line in
        ["A1:D3: 读取 2 行", "不导入 / refused 1 行 / rows: 姓名为空", "(A3)", "全角字符已转为半角", "marked.xlsx"]
    {
        assert!(told.contains(line), "{line}: {told}");
    }
    let bytes = std::fs::read(dir.path().join("marked.xlsx")).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let texts = std::io::read_to_string(zip.by_name("xl/sharedStrings.xml").unwrap()).unwrap();
    assert!(texts.contains("导入结果") && texts.contains("姓名为空"), "{texts}");
    #[cfg(unix)]
    {
        let mode = std::fs::metadata(dir.path().join("marked.xlsx")).unwrap();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&mode.permissions()) & 0o777, 0o600);
    }
}

/// Killed at every part of its way, it goes on: each person and household is there once, each op has its number.
#[cfg(unix)]
#[test]
fn import_that_is_killed_goes_on_where_it_was() {
    use std::io::Read as _;
    let dir = TempDir::new().unwrap();
    init(dir.path());
    let add =
        ["user", "add", "--login", "clerk", "--name", "业务", "--role", "SECTION_CLERK", "--division", "翁牛特旗"];
    ok(bianfang(dir.path(), &add).output().unwrap());
    let divisions = "区划代码,名称\n150426100,甲镇\n150426100001,东村\n";
    std::fs::write(dir.path().join("d.csv"), divisions).unwrap();
    ok(bianfang(dir.path(), &["import", "divisions", "d.csv", "--login", "clerk"]).output().unwrap());
    let rows: String = (0..2_500).map(|n| format!("赵{n},住址{}号,甲镇,东村\n", n / 2 + 1)).collect();
    std::fs::write(dir.path().join("p.csv"), format!("姓名,现居住地址,乡镇,村\n{rows}")).unwrap();
    let words = ["import", "people", "p.csv", "--login", "clerk", "--assume-usual"];
    let mut killed = 0;
    // After so many words of progress: while it is judged, at its end, and at several places of the writing.
    for tellings in [1, 3, 3, 2, 1] {
        let mut child = bianfang(dir.path(), &words).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let (mut byte, mut told) = ([0u8], 0);
        while told < tellings && stderr.read(&mut byte).unwrap() == 1 {
            told += usize::from(byte[0] == b'\r');
        }
        killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(killed >= 3, "it was killed while it ran");
    ok(bianfang(dir.path(), &words).output().unwrap());
    let again = ok(bianfang(dir.path(), &[&words[..], &["--json"]].concat()).output().unwrap());
    assert!(again.starts_with("{\"rows\":2500,\"new\":0,\"update\":0,\"unchanged\":2500,"), "{}", &again[..120]);
    let url = format!("sqlite://{}", dir.path().join("bianfang-data/bianfang.db").display());
    let counts = tokio::runtime::Runtime::new().unwrap().block_on(async {
        sqlx::any::install_default_drivers();
        let mut conn = <sqlx::AnyConnection as sqlx::Connection>::connect(&url).await.unwrap();
        let sql = "select (select count(*) from person) as people, (select count(*) from household) as households, \
            (select count(*) from op where kind in ('person', 'household')) as ops, \
            (select count(*) from op where decision not like '%accepted%') as other";
        let row = sqlx::query(sql).fetch_one(&mut conn).await.unwrap();
        ["people", "households", "ops", "other"].map(|name| sqlx::Row::get::<i64, _>(&row, name))
    });
    assert_eq!(counts, [2_500, 1_250, 3_750, 0]);
}

#[cfg(unix)]
#[test]
fn serve_answers_until_it_is_told_to_end() {
    let dir = TempDir::new().unwrap();
    init(dir.path());
    let args = ["serve", "--listen", "127.0.0.1:0", "--plain", "--public-url", "http://localhost"];
    let mut child = bianfang(dir.path(), &args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().rsplit('(').next().unwrap().trim_end_matches(')').to_owned();
    let mut stream = std::net::TcpStream::connect(&address).unwrap();
    stream.write_all(b"GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let answer = std::io::read_to_string(&mut stream).unwrap();
    assert!(answer.ends_with("ready"), "{answer}");
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
}

#[test]
fn accounts_come_from_a_sheet_with_their_codes_in_a_file_for_their_owner_only() {
    let dir = TempDir::new().unwrap();
    init(dir.path());
    let sheet = "账号,姓名,角色,辖区\ndong,东村员,村站人员,翁牛特旗\nju,股室,局业务,\n";
    std::fs::write(dir.path().join("s.csv"), sheet).unwrap();
    let words = ["import", "staff", "s.csv", "--login", "admin", "--codes", "codes.csv"];
    let told = ok(bianfang(dir.path(), &words).output().unwrap());
    assert!(told.contains("新增 2"), "{told}");
    let codes = std::fs::read_to_string(dir.path().join("codes.csv")).unwrap();
    let lines: Vec<&str> = codes.lines().collect();
    assert_eq!(lines.len(), 3, "{codes}");
    assert!(lines[1].starts_with("dong,东村员,VILLAGE_WORKER,"), "{codes}");
    for secret in lines[1].split(',').skip(3).take(2) {
        assert!(!told.contains(secret) && secret.len() >= 10, "{told}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(dir.path().join("codes.csv")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
    assert!(
        fails(bianfang(dir.path(), &["import", "people", "s.csv", "--login", "admin"]).output().unwrap())
            .contains("导入的权限")
    );
    // Before `init` too, and without a word that opens anything.
    let empty = TempDir::new().unwrap();
    std::fs::write(empty.path().join("s.csv"), sheet).unwrap();
    let look = ok(bianfang(empty.path(), &["import", "staff", "s.csv", "--dry-run", "--json"]).output().unwrap());
    assert!(look.starts_with("{\"rows\":2,\"new\":2,"), "{look}");
}

/// Each ledger can be looked at before there is a county, and says so in the form that is promised.
#[test]
fn every_ledger_is_looked_at_before_init() {
    for (ledger, sheet) in [
        ("divisions", "区划代码,名称\n990001001000,甲镇\n990001001001,东村\n"),
        ("people", "姓名,乡镇,村,联系电话\n张三,甲镇,东村,19900000000\n李四,甲镇,东村,19900000001\n"),
        (
            "plaques",
            "户主姓名,对象姓名,乡镇,村,悬挂类型,悬挂位置,悬挂时间,悬挂人\n\
             张三,张三,甲镇,东村,新发,大门,2026-05-01,王五\n李四,李四,甲镇,东村,新发,室内,2026-05-02,王五\n",
        ),
        (
            "visits",
            "走访时间,乡镇,村,对象姓名,走访方式,走访人\n2026-05-01,甲镇,东村,张三,入户,王五\n2026-05-02,甲镇,东村,李四,电话,王五\n",
        ),
        (
            "letters",
            "收到时间,军人姓名,奖励类别,通知书编号,家属姓名,地址\n2026-05-01,张军,三等功,1,张三,甲镇东村\n2026-05-02,李军,三等功,2,李四,甲镇东村\n",
        ),
    ] {
        let dir = TempDir::new().unwrap();
        std::fs::write(dir.path().join("s.csv"), sheet).unwrap();
        let look = ok(bianfang(dir.path(), &["import", ledger, "s.csv", "--dry-run", "--json"]).output().unwrap());
        let told: serde_json::Value = serde_json::from_str(&look).unwrap();
        assert_eq!(told["rows"], 2, "{ledger}: {look}");
        let counts = ["new", "update", "unchanged", "doubtful", "refused"].map(|name| told[name].as_u64().unwrap());
        assert_eq!(counts.iter().sum::<u64>(), 2, "{ledger}: every row is one of them");
        for item in told["items"].as_array().unwrap() {
            assert!(item["sheet"].is_string() && item["row"].as_u64() > Some(1), "{ledger}: {item}");
            assert!(item["outcome"].is_string() && item["cells"].is_array(), "{ledger}: {item}");
        }
        assert!(!dir.path().join("bianfang-data").exists(), "looking makes nothing");
    }
}

#[tokio::test]
async fn columns_that_the_bureau_named_are_read_on_the_command_line_too() {
    let dir = TempDir::new().unwrap();
    init(dir.path());
    std::fs::write(dir.path().join("s.csv"), "老兵,乡镇,村\n张三,甲镇,东村\n").unwrap();
    let add =
        ["user", "add", "--login", "clerk", "--name", "股室", "--role", "SECTION_CLERK", "--division", "翁牛特旗"];
    ok(bianfang(dir.path(), &add).output().unwrap());
    let words = ["import", "people", "s.csv", "--login", "clerk", "--dry-run", "--json"];
    let unread = bianfang(dir.path(), &words).output().unwrap();
    assert!(!unread.status.success() && unread.stdout.is_empty(), "no column is a name");
    let wrong = bianfang(dir.path(), &[&words[..], &["--column", "老兵=名号"]].concat()).output().unwrap();
    assert!(!wrong.status.success() && String::from_utf8_lossy(&wrong.stderr).contains("名号"), "no such column");
    let named = bianfang(dir.path(), &[&words[..], &["--column", "老兵=姓名"]].concat()).output().unwrap();
    assert!(String::from_utf8_lossy(&named.stdout).contains("village_unknown"), "{named:?}");
    // What was said once holds for the next file.
    // Its village is not known here, so the row is refused, but it is a row.
    let look = String::from_utf8(bianfang(dir.path(), &words).output().unwrap().stdout).unwrap();
    let told: serde_json::Value = serde_json::from_str(&look).unwrap();
    assert_eq!((&told["rows"], &told["refused"]), (&1.into(), &1.into()), "{look}");
}
