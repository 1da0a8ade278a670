//! `doctor`: what this machine lacks, why it is needed and how to get it; with `--install` it gets it where it may.

use crate::error::XtaskError;
use crate::need::{NEEDS, Provider, Tool};
use crate::run::{probe, run};
use std::process::Command;

/// Prints the table. Ends in an error while something needed is missing.
pub fn doctor(install: bool) -> Result<(), XtaskError> {
    let mut lacking = examine();
    if install && !lacking.is_empty() {
        fetch(&lacking)?;
        println!();
        lacking = examine();
    }
    if lacking.is_empty() {
        println!("\n一切就绪 / everything is there");
        return Ok(());
    }
    println!("\n{}", advice(&lacking));
    let names = lacking.iter().map(|need| need.name.to_string()).collect();
    Err(XtaskError::Missing { task: "doctor".into(), names })
}

/// Gets what one task needs and is missing, where it may; else names it.
pub fn ensure(task: &str, names: &[&str]) -> Result<(), XtaskError> {
    let missing = |need: &&Tool| names.contains(&need.name) && (need.found)().is_none();
    let lacking: Vec<&Tool> = NEEDS.iter().filter(missing).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    fetch(&lacking)?;
    let lacking: Vec<&Tool> = NEEDS.iter().filter(missing).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    println!("\n{}", advice(&lacking));
    let names = lacking.iter().map(|need| need.name.to_string()).collect();
    Err(XtaskError::Missing { task: task.into(), names })
}

/// Prints a line for each need and returns those that somebody has to act on.
fn examine() -> Vec<&'static Tool> {
    let mut lacking = Vec::new();
    for need in NEEDS {
        let found = (need.found)();
        println!("{}", row(need, found.as_deref()));
        if found.is_none() && !matches!(need.source, Provider::Lint) {
            lacking.push(need);
        }
    }
    lacking
}

fn row(need: &Tool, found: Option<&str>) -> String {
    let Tool { name, why, how, source, .. } = need;
    match (found, source) {
        (Some(version), _) => format!("✓ {name:<11} {why}\n              {version}"),
        (None, Provider::Lint) => format!(
            "· {name:<11} {why}\n              首次运行 cargo xtask lint 时编译 / built by the first cargo xtask lint"
        ),
        (None, Provider::Apt(package)) => {
            format!("✗ {name:<11} {why}\n              检查方式 / looked for: {how}；Debian 包 / package: {package}")
        }
        (None, Provider::Rustup(part)) => {
            format!("✗ {name:<11} {why}\n              检查方式 / looked for: {how}；rustup component add {part}")
        }
    }
}

/// Installs what may be installed without asking anybody; what may not is left for the advice.
fn fetch(lacking: &[&Tool]) -> Result<(), XtaskError> {
    let parts = components(lacking);
    if !parts.is_empty() {
        run(Command::new("rustup").args(["component", "add"]).args(&parts))?;
    }
    let packages = packages(lacking);
    if packages.is_empty() || !may_use_apt() {
        return Ok(());
    }
    run(Command::new("apt-get").arg("update"))?;
    let mut install = Command::new("apt-get");
    install.args(["install", "-y", "--no-install-recommends"]).args(&packages);
    // Some packages ask about time zones or services; nobody is there to answer.
    run(install.env("DEBIAN_FRONTEND", "noninteractive"))
}

fn may_use_apt() -> bool {
    probe("id", &["-u"]).is_some_and(|user| user.trim() == "0") && probe("apt-get", &["--version"]).is_some()
}

fn advice(lacking: &[&Tool]) -> String {
    let mut lines = Vec::new();
    let (packages, parts) = (packages(lacking), components(lacking));
    if !packages.is_empty() {
        lines.push("Debian、Ubuntu、统信、麒麟等系统请运行 / on Debian and its kin run:".to_string());
        lines.push(format!("  sudo apt-get install --no-install-recommends {}", packages.join(" ")));
        lines.push("其他系统请安装同名软件 / elsewhere install what bears these names".to_string());
    }
    if !parts.is_empty() {
        lines.push(format!("  rustup component add {}", parts.join(" ")));
    }
    lines.join("\n")
}

/// Debian packages, each once: one package may bring several of the needs.
fn packages(lacking: &[&Tool]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for need in lacking {
        if let Provider::Apt(package) = need.source
            && !packages.contains(&package)
        {
            packages.push(package);
        }
    }
    packages
}

fn components(lacking: &[&Tool]) -> Vec<&'static str> {
    let part = |need: &&Tool| {
        if let Provider::Rustup(part) = need.source { Some(part) } else { None }
    };
    lacking.iter().filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(name: &'static str, source: Provider) -> Tool {
        Tool { name, why: "为何 / why", how: "how", source, found: || None }
    }

    #[test]
    fn package_that_brings_two_needs_is_named_once() {
        let (cc, make) = (need("cc", Provider::Apt("build-essential")), need("make", Provider::Apt("build-essential")));
        let advice = advice(&[&cc, &make]);
        assert_eq!(advice.matches("build-essential").count(), 1);
    }

    #[test]
    fn rust_component_is_never_asked_of_apt() {
        let clippy = need("clippy", Provider::Rustup("clippy"));
        assert!(packages(&[&clippy]).is_empty());
        assert!(advice(&[&clippy]).contains("rustup component add clippy"));
    }

    #[test]
    fn missing_need_names_its_package_and_how_it_was_looked_for() {
        let row = row(&need("nasm", Provider::Apt("nasm-package")), None);
        assert!(row.contains("nasm-package") && row.contains("how"));
    }
}
