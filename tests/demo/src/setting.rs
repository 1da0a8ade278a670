//! The county in which the demo plays: founded once, found again by later runs.

use std::path::Path;

use bianfang_county::{county, invent};
use bianfang_e2e::{Bureau, Worker};
use serde_json::Value;

use crate::error::DemoError;
use crate::options::Options;

/// Somebody with a phone.
#[derive(Debug, Clone)]
pub struct Carrier {
    /// Login.
    pub login: &'static str,
    /// Name, invented.
    pub name: &'static str,
    /// The township they visit.
    pub township: String,
}

const SEED: u64 = 20_260_801;

/// Founds the county: places, people, accounts.
///
/// # Errors
/// [`DemoError::Nobody`] when one's own sheet names no place of this county.
pub async fn found(bureau: &Bureau, options: &Options) -> Result<(), DemoError> {
    let place = county()?;
    println!("建县 / founding {} {}", place.code, place.name);
    bureau.found(&place).await?;
    let report = match &options.people {
        Some(sheet) => bureau.import("people", &absolute(sheet)?).await?,
        None => {
            println!("虚构 / inventing {} 人 people", options.people_count);
            bureau.import_people(&invent(&place, options.people_count, SEED)).await?
        }
    };
    for cell in list(&report, "/items").flat_map(|item| list(item, "/cells")) {
        println!("  {}  {}", text(cell, "/at"), text(cell, "/code"));
    }
    println!("导入 / imported {} 人 people of {} 行 rows", count(&report, "/new"), count(&report, "/rows"));
    if count(&report, "/new") == 0 {
        return Err(DemoError::Nobody(format!("{} 行 rows", count(&report, "/rows"))));
    }
    Ok(())
}

/// Three workers: two of the township with most people, one of the next.
///
/// # Errors
/// [`DemoError::Bureau`].
pub async fn carriers(bureau: &Bureau) -> Result<Vec<Carrier>, DemoError> {
    let coverage = bureau.console(Bureau::CLERK).await?.get("/api/v1/coverage").await?;
    let mut townships: Vec<(u64, String)> = list(&coverage, "/parts")
        .map(|part| (count(part, "/figures/denominator"), text(part, "/division/name").to_owned()))
        .filter(|(people, _)| *people > 0)
        .collect();
    townships.sort_by(|one, other| other.cmp(one));
    let township =
        |at: usize| townships.get(at).or(townships.first()).map(|(_, name)| name.clone()).unwrap_or_default();
    let carriers = vec![
        Carrier { login: "wang", name: "王站长", township: township(0) },
        Carrier { login: "li", name: "李干事", township: township(0) },
        Carrier { login: "zhao", name: "赵干事", township: township(1) },
    ];
    for carrier in &carriers {
        let divisions = [carrier.township.as_str()];
        let worker = Worker { login: carrier.login, name: carrier.name, role: "VILLAGE_WORKER", divisions: &divisions };
        bureau.add(&worker).await?;
    }
    Ok(carriers)
}

/// A number of an answer, by its JSON pointer.
#[must_use]
pub fn count(answer: &Value, at: &str) -> u64 {
    answer.pointer(at).and_then(Value::as_u64).unwrap_or_default()
}

/// A list of an answer.
pub fn list<'a>(answer: &'a Value, at: &str) -> impl Iterator<Item = &'a Value> {
    answer.pointer(at).and_then(Value::as_array).into_iter().flatten()
}

/// A text of an answer.
#[must_use]
pub fn text<'a>(answer: &'a Value, at: &str) -> &'a str {
    answer.pointer(at).and_then(Value::as_str).unwrap_or_default()
}

fn absolute(path: &Path) -> Result<std::path::PathBuf, DemoError> {
    std::fs::canonicalize(path).map_err(|source| DemoError::File { path: path.to_owned(), source })
}
