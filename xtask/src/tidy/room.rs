//! Who may know whom inside the server: its rooms are a ladder, each knows only what stands below it. The compiler does not
//! keep this, for they are modules of one crate; ARCHITECTURE.md draws the same.

use super::Finding;

/// Each room, from the ground up, and those it may know. What is in no room stands at the root: the error, the two tables of
/// the whole.
const ROOMS: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("log", &[]),
    ("files", &[]),
    ("role", &[]),
    ("config", &["files"]),
    ("pki", &["files"]),
    ("db", &["role"]),
    ("county", &["clock", "db", "files"]),
    ("records", &["county", "db"]),
    ("write", &["county", "db", "records"]),
    ("feed", &["county", "db", "records"]),
    ("report", &["county", "db", "records"]),
    ("media", &["county", "db", "records"]),
    ("auth", &["clock", "config", "db", "files"]),
    ("lists", &["county", "db", "feed", "records"]),
    ("export", &["county", "db", "lists", "records", "role"]),
    ("import", &["auth", "clock", "county", "db", "records", "role", "write"]),
    ("app", &["auth", "clock", "config", "county", "db", "import", "media"]),
    (
        "http",
        &[
            "app", "auth", "clock", "county", "db", "export", "feed", "import", "lists", "media", "pki", "records",
            "report", "role", "write",
        ],
    ),
    (
        "commands",
        &[
            "app", "auth", "clock", "config", "county", "db", "export", "files", "http", "import", "lists", "pki",
            "records", "role",
        ],
    ),
    ("cli", &["auth", "clock", "commands", "config", "county", "db", "export", "import", "records", "role"]),
];

/// Known to everybody.
const ROOT: &[&str] = &["error", "ServerError"];

const FOLDER: &str = "server/src/";

/// Every room that a file names and its own may not know.
pub fn check(path: &str, text: &str) -> Vec<Finding> {
    let Some(room) = path.strip_prefix(FOLDER).and_then(|rest| rest.split(['/', '.']).next()) else {
        return Vec::new();
    };
    if ["lib", "main", "error"].contains(&room) || !path.ends_with(".rs") {
        return Vec::new();
    }
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        let what = "未列入服务器房间表 / not in the list of the server's rooms (xtask/src/tidy/room.rs)";
        return vec![Finding { place: path.to_owned(), what: what.into() }];
    };
    let mut findings = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        for known in named(line).filter(|known| *known != room && !ROOT.contains(known) && !allowed.contains(known)) {
            findings.push(Finding {
                place: format!("{path}:{}", number + 1),
                what: format!("{room} 不得知道 {known} / the room {room} may not know {known}"),
            });
        }
    }
    findings
}

/// Modules at the crate's root that a line names: `crate::a::b`, `crate::{a, b::c}`.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).flat_map(|rest| {
        let word = |text: &'_ str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        let listed = rest.strip_prefix('{').map(|list| list.split('}').next().unwrap_or_default());
        let names: Vec<&str> = match listed {
            Some(list) => list.split(',').map(str::trim).collect(),
            None => vec![rest],
        };
        names.into_iter().map(move |name| &name[..word(name)]).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_that_knows_one_above_it_is_found_with_its_line() {
        let text = "//! crate::http in a comment\nuse crate::ServerError;\nuse crate::http::problem::Code;\n";
        let findings = check("server/src/auth/sign_in.rs", text);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].place, "server/src/auth/sign_in.rs:3");
        assert!(findings[0].what.contains("auth may not know http"));
        assert_eq!(check("server/src/feed.rs", "use crate::{ServerError, write::push};").len(), 1);
        assert_eq!(check("server/src/db/row.rs", "    crate::records::project::ensure(&db)").len(), 1);
    }

    #[test]
    fn what_stands_below_may_be_known_and_a_room_itself() {
        let text = "use crate::records::load;\nuse crate::write::online;\npub(crate) fn a() {}\n";
        assert_eq!(check("server/src/write/home.rs", text), []);
        assert_eq!(check("core/domain/src/op.rs", "use crate::http;"), []);
        assert_eq!(check("server/src/main.rs", "use crate::cli;"), []);
    }

    #[test]
    fn a_new_room_must_be_listed() {
        assert_eq!(check("server/src/tower/bell.rs", "").len(), 1);
    }

    #[test]
    fn rooms_are_a_ladder() {
        for (at, (room, allowed)) in ROOMS.iter().enumerate() {
            let below: Vec<&str> = ROOMS[..at].iter().map(|(name, _)| *name).collect();
            assert!(allowed.iter().all(|known| below.contains(known)), "{room}: {allowed:?}");
        }
    }
}
