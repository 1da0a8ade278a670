//! `bench NAME`: runs the program `bench_NAME`, an example or a binary of any crate, in release mode. With `--json` the
//! program writes a list of {bench, ours, bare, peer, ratio, goal, met}.

use crate::error::XtaskError;
use crate::place::Workspace;
use crate::run::run;
use cargo_metadata::{Metadata, TargetKind};
use std::path::Path;

const PREFIX: &str = "bench_";

/// Where cargo finds a benchmark.
#[derive(Debug, PartialEq)]
struct Bench {
    name: String,
    package: String,
    /// `--bin` or `--example`.
    switch: &'static str,
}

/// Builds and runs one benchmark; a goal that is not met is the program's own exit code.
pub fn bench(name: &str, json: Option<&Path>) -> Result<(), XtaskError> {
    let place = Workspace::find()?;
    let benches = list(place.metadata());
    let Some(bench) = benches.iter().find(|bench| bench.name == name) else {
        let known = benches.into_iter().map(|bench| bench.name).collect();
        return Err(XtaskError::Unknown { what: "bench", name: name.into(), known });
    };
    let program = format!("{PREFIX}{name}");
    let mut command = place.cargo(&["run", "--release", "--package", &bench.package, bench.switch, &program, "--"]);
    if let Some(file) = json {
        // The program runs in the root; the file is meant where the person stands.
        let file = std::path::absolute(file).map_err(|source| XtaskError::File { path: file.into(), source })?;
        command.arg("--json").arg(file);
    }
    run(&mut command)
}

fn list(metadata: &Metadata) -> Vec<Bench> {
    let mut benches = Vec::new();
    for package in metadata.workspace_packages() {
        for target in &package.targets {
            let switch = match target.kind.first() {
                Some(TargetKind::Bin) => "--bin",
                Some(TargetKind::Example) => "--example",
                _ => continue,
            };
            if let Some(name) = target.name.strip_prefix(PREFIX) {
                benches.push(Bench { name: name.into(), package: package.name.to_string(), switch });
            }
        }
    }
    benches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn benchmark_is_known_by_the_name_of_its_program() {
        let target = |kind: &str, name: &str| serde_json::json!({"name": name, "kind": [kind], "crate_types": ["bin"], "src_path": "/x/a.rs", "edition": "2024"});
        let targets = [target("example", "bench_photo"), target("bin", "phone"), target("test", "bench_not")];
        let id = "path+file:///x#0.1.0";
        let metadata = serde_json::json!({
            "packages": [{"name": "bianfang-photo", "version": "0.1.0", "id": id, "dependencies": [], "features": {},
                          "targets": targets, "manifest_path": "/x/Cargo.toml"}],
            "workspace_members": [id], "workspace_root": "/x", "target_directory": "/x/target", "version": 1
        });
        let metadata: Metadata = serde_json::from_value(metadata).unwrap();
        let photo = Bench { name: "photo".into(), package: "bianfang-photo".into(), switch: "--example" };
        assert_eq!(list(&metadata), [photo]);
    }

    #[test]
    fn unknown_benchmark_is_refused_with_the_known_ones() {
        assert!(matches!(bench("no-such-bench", None), Err(XtaskError::Unknown { .. })));
    }
}
