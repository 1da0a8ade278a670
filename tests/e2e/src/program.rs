//! Where the programs under test lie: what cargo built beside the program that asks.

use std::path::PathBuf;

use crate::E2eError;

/// The path of a built program: under BIANFANG_TARGET, else beside the running test or program.
///
/// # Errors
/// [`E2eError::NotBuilt`].
pub fn program(name: &str) -> Result<PathBuf, E2eError> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let mut folders: Vec<PathBuf> = std::env::var_os("BIANFANG_TARGET").map(PathBuf::from).into_iter().collect();
    let here = std::env::current_exe()?;
    folders.extend(here.ancestors().skip(1).take(2).map(PathBuf::from));
    let found = folders.iter().map(|folder| folder.join(&file)).find(|path| path.is_file());
    found.ok_or_else(|| E2eError::NotBuilt(folders.first().cloned().unwrap_or_default().join(file)))
}
