//! `test`: every test suite of the tree, one entry each. A suite whose tool is missing fails and names what to install:
//! a test that was skipped in silence has never caught anything.

use crate::bindings;
use crate::demo;
use crate::error::XtaskError;
use crate::heard;
use crate::need::missing;
use crate::place::Workspace;
use crate::run::{run, timed};
use std::path::Path;
use std::process::Command;

/// The browser console's folder.
pub const CONSOLE: &str = "server/console";

struct Suite {
    name: &'static str,
    /// The suite is there when this file or folder is.
    stands: &'static str,
    /// Names from `need::NEEDS`.
    needs: &'static [&'static str],
    steps: &'static [SuiteStep],
}

enum SuiteStep {
    /// cargo in the root; `--long` adds the tests marked `#[ignore]`.
    CargoTest(&'static [&'static str]),
    /// cargo in the root.
    Cargo(&'static [&'static str]),
    /// The npm packages of this folder, as its lock file says.
    Packages(&'static str),
    /// Bindings for all languages; what they load and the programs that serve their tests are built with them.
    Bindings,
    /// A program in this folder.
    In(&'static str, &'static str, &'static [&'static str]),
    /// The same while the demo runs, started afresh: BIANFANG_DEMO_JSON names the file with what happened.
    BesideDemo(&'static str, &'static str, &'static [&'static str]),
}

/// In the order in which they build on one another: the server shows the console's files, the rest drives the server.
const SUITES: &[Suite] = &[
    Suite {
        name: "console-build",
        stands: "server/console/package.json",
        needs: &["node", "npm"],
        steps: &[SuiteStep::Packages(CONSOLE), SuiteStep::In(CONSOLE, "npm", &["run", "build"])],
    },
    Suite {
        name: "rust",
        stands: "Cargo.toml",
        needs: &["cc", "make", "perl", "pkg-config", "cmake", "nasm", "postgresql"],
        // The whole-system tests start the real programs, which `cargo test` alone does not build.
        steps: &[
            SuiteStep::Cargo(&["build", "--workspace", "--bins"]),
            SuiteStep::CargoTest(&["test", "--workspace", "--no-fail-fast"]),
        ],
    },
    Suite {
        name: "console",
        stands: "server/console/package.json",
        needs: &["node", "npm", "chromium", "cjk-font"],
        steps: &[
            SuiteStep::Packages(CONSOLE),
            SuiteStep::Cargo(&["build", "--workspace", "--bins"]),
            SuiteStep::BesideDemo(CONSOLE, "npm", &["test"]),
        ],
    },
    Suite {
        name: "python",
        stands: "bindings/python/tests",
        needs: &["python3"],
        steps: &[
            SuiteStep::Bindings,
            SuiteStep::In("bindings/python", "python3", &["-m", "unittest", "discover", "-s", "tests", "-t", "."]),
        ],
    },
    Suite {
        name: "kotlin",
        stands: "bindings/kotlin/pom.xml",
        needs: &["jdk", "maven"],
        steps: &[SuiteStep::Bindings, SuiteStep::In("bindings/kotlin", "mvn", &["-q", "-B", "test"])],
    },
    Suite {
        name: "android",
        stands: "tests/android/pom.xml",
        needs: &["jdk", "maven", "cjk-font"],
        steps: &[SuiteStep::Bindings, SuiteStep::In("tests/android", "mvn", &["-q", "-B", "test"])],
    },
];

/// Runs the suites of these names, or all that stand in the tree, and prints what became of each.
pub fn test(long: bool, only: &[String]) -> Result<(), XtaskError> {
    let place = Workspace::find()?;
    let standing: Vec<&Suite> = SUITES.iter().filter(|suite| place.root().join(suite.stands).exists()).collect();
    let known: Vec<String> = standing.iter().map(|suite| suite.name.to_string()).collect();
    if let Some(name) = only.iter().find(|name| !known.contains(name)) {
        return Err(XtaskError::Unknown { what: "suite", name: name.clone(), known });
    }
    let chosen = standing.into_iter().filter(|suite| only.is_empty() || only.iter().any(|name| name == suite.name));
    let results: Vec<_> = chosen.map(|suite| (suite.name, timed(|| suite.run(&place, long)))).collect();

    println!();
    for (name, (result, time)) in &results {
        match result {
            Ok(_) => println!("✓ {name:<14} {:>6.1} s", time.as_secs_f64()),
            Err(error) => println!("✗ {name:<14} {:>6.1} s  {error}", time.as_secs_f64()),
        }
    }
    for (name, (result, _)) in &results {
        if let Err(XtaskError::Tests { heard, .. }) = result {
            println!("\n✗ {name}: 未通过的测试 / tests that failed: {}", heard.names.len());
            heard.names.iter().for_each(|test| println!("    {test}"));
            println!("  最后的输出 / its last lines:");
            heard.last.iter().for_each(|line| println!("    {line}"));
        }
    }
    let known: Vec<&String> = results.iter().filter_map(|(_, (result, _))| result.as_ref().ok()).flatten().collect();
    if !known.is_empty() {
        println!("\n! 已知尚未做到 / known to fail: {}", known.len());
        known.iter().for_each(|test| println!("    {test}"));
    }
    let failed: Vec<String> =
        results.iter().filter(|(_, (r, _))| r.is_err()).map(|(name, _)| name.to_string()).collect();
    if failed.is_empty() { Ok(()) } else { Err(XtaskError::Suites(failed)) }
}

impl Suite {
    /// Runs its steps; what is known to fail comes back by name.
    fn run(&self, place: &Workspace, long: bool) -> Result<Vec<String>, XtaskError> {
        println!("\n== {}", self.name);
        let names = missing(self.needs);
        if !names.is_empty() {
            return Err(XtaskError::Missing { task: self.name.into(), names });
        }
        let known: Result<Vec<_>, _> = self.steps.iter().map(|step| step.run(place, long)).collect();
        Ok(known?.concat())
    }
}

impl SuiteStep {
    fn run(&self, place: &Workspace, long: bool) -> Result<Vec<String>, XtaskError> {
        let none = |()| Vec::new();
        match self {
            SuiteStep::Cargo(words) => run(&mut place.cargo(words)).map(none),
            SuiteStep::CargoTest(words) => heard::run(surroundings(&mut cargo_test(place, words, long), place, long)),
            SuiteStep::Packages(folder) => fetch_packages(&place.root().join(folder)).map(none),
            SuiteStep::Bindings => bindings::generate().map(none),
            SuiteStep::In(folder, program, words) => heard::run(surroundings(
                Command::new(program).args(*words).current_dir(place.root().join(folder)),
                place,
                long,
            )),
            SuiteStep::BesideDemo(folder, program, words) => {
                let demo = demo::Running::start(place)?;
                let mut command = Command::new(program);
                command.args(*words).current_dir(place.root().join(folder)).env("BIANFANG_DEMO_JSON", demo.json());
                let done = heard::run(surroundings(&mut command, place, long));
                demo.stop()?;
                done
            }
        }
    }
}

fn cargo_test(place: &Workspace, words: &[&str], long: bool) -> Command {
    let mut command = place.cargo(words);
    if long {
        command.args(["--", "--include-ignored"]);
    }
    command
}

/// Suites in other languages find the programs and the library under BIANFANG_TARGET, wherever cargo puts them.
fn surroundings<'a>(command: &'a mut Command, place: &Workspace, long: bool) -> &'a mut Command {
    let built = place.target().join("debug");
    command.env("BIANFANG_FIXTURE_BIN", built.join(format!("fixture{}", std::env::consts::EXE_SUFFIX)));
    command.env("BIANFANG_TARGET", built);
    if long { command.env("BIANFANG_LONG", "1") } else { command.env_remove("BIANFANG_LONG") }
}

/// Installs exactly what the lock file says, unless that was done since the lock file changed.
pub fn fetch_packages(folder: &Path) -> Result<(), XtaskError> {
    let changed = |path: &str| std::fs::metadata(folder.join(path)).and_then(|file| file.modified()).ok();
    // npm writes this file at the end of an installation.
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_some() && installed >= changed("package-lock.json") {
        return Ok(());
    }
    run(&mut npm(folder, &["ci", "--no-audit", "--no-fund"]))
}

/// npm in this folder.
pub fn npm(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(words).current_dir(folder);
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::need::NEEDS;

    #[test]
    fn suite_without_its_tool_fails_and_names_it() {
        let suite = Suite { name: "planted", stands: "", needs: &["no-such-tool"], steps: &[] };
        let error = suite.run(&Workspace::find().unwrap(), false).unwrap_err();
        assert!(matches!(&error, XtaskError::Missing { names, .. } if names == &["no-such-tool"]), "{error}");
        assert!(error.to_string().contains("no-such-tool"));
    }

    #[test]
    fn suite_fails_when_one_of_its_commands_fails() {
        let steps = &[SuiteStep::In(".", "git", &["--version"]), SuiteStep::In(".", "git", &["no-such-command"])];
        let suite = Suite { name: "planted", stands: "", needs: &[], steps };
        assert!(matches!(suite.run(&Workspace::find().unwrap(), false), Err(XtaskError::Tests { .. })));
    }

    #[test]
    fn needs_of_all_suites_stand_in_the_table() {
        for name in SUITES.iter().flat_map(|suite| suite.needs) {
            assert!(NEEDS.iter().any(|need| need.name == *name), "{name}");
        }
    }

    #[test]
    fn long_runs_ignored_tests_too() {
        let place = Workspace::find().unwrap();
        let words = |long| cargo_test(&place, &["test"], long).get_args().map(|w| w.to_owned()).collect::<Vec<_>>();
        assert_eq!(words(false), ["test"]);
        assert_eq!(words(true), ["test", "--", "--include-ignored"]);
    }

    #[test]
    fn unknown_suite_is_refused_before_anything_runs() {
        let error = test(false, &["no-such-suite".to_string()]).unwrap_err();
        assert!(matches!(error, XtaskError::Unknown { .. }), "{error}");
    }
}
