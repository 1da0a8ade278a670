//! Work of SQLite in steps of its machine instead of seconds: the same on a quiet and on a busy machine, so that a test may
//! say how a page grows with the county. Every connection of the process is watched; what it does is counted for its file.

use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::{LazyLock, Mutex, PoisonError};

use libsqlite3_sys as sqlite;

/// What was done to one database file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Statements that came to their end.
    pub statements: u64,
    /// Steps of SQLite's virtual machine.
    pub steps: u64,
}

static DONE: LazyLock<Mutex<BTreeMap<PathBuf, Work>>> = LazyLock::new(Mutex::default);

/// Watches every connection that is opened from now on. Call it before the first.
#[expect(unsafe_code, reason = "SQLite calls back through its C interface")]
pub fn watch() {
    // SAFETY: `connected` has the form SQLite asks for and lives as long as the process; a second call changes nothing.
    unsafe {
        sqlite::sqlite3_auto_extension(Some(connected));
    }
}

/// What was done to a file since this was last asked.
#[must_use]
pub fn taken(file: &Path) -> Work {
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    DONE.lock().unwrap_or_else(PoisonError::into_inner).remove(&file).unwrap_or_default()
}

#[expect(unsafe_code, reason = "SQLite calls back through its C interface")]
unsafe extern "C" fn connected(
    db: *mut sqlite::sqlite3,
    _error: *mut *mut c_char,
    _api: *const sqlite::sqlite3_api_routines,
) -> c_int {
    // SAFETY: SQLite hands over the connection it has just opened; `ended` has the form it asks for.
    unsafe { sqlite::sqlite3_trace_v2(db, sqlite::SQLITE_TRACE_PROFILE as c_uint, Some(ended), ptr::null_mut()) }
}

/// A statement has come to its end.
#[expect(unsafe_code, reason = "SQLite calls back through its C interface")]
unsafe extern "C" fn ended(_event: c_uint, _context: *mut c_void, statement: *mut c_void, _ns: *mut c_void) -> c_int {
    let statement = statement.cast::<sqlite::sqlite3_stmt>();
    // SAFETY: the statement is alive while SQLite speaks of it, and so is the name of its connection's file, which is null or
    // a C string; a database in memory has an empty one.
    let (steps, file) = unsafe {
        let steps = sqlite::sqlite3_stmt_status(statement, sqlite::SQLITE_STMTSTATUS_VM_STEP, 1);
        let name = sqlite::sqlite3_db_filename(sqlite::sqlite3_db_handle(statement), c"main".as_ptr());
        (steps, (!name.is_null()).then(|| CStr::from_ptr(name).to_string_lossy().into_owned()))
    };
    if let Some(file) = file.filter(|file| !file.is_empty()) {
        let mut done = DONE.lock().unwrap_or_else(PoisonError::into_inner);
        let work = done.entry(PathBuf::from(file)).or_default();
        work.statements += 1;
        work.steps += u64::try_from(steps).unwrap_or(0);
    }
    0
}
