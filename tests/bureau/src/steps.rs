//! Work of SQLite in steps of its machine instead of seconds: the same on a quiet and on a busy machine, so that a test may
//! say how a page grows with the county. Every connection of the process is watched; what it does is counted for its file.

use std::collections::{BTreeMap, BTreeSet};
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

/// Statements that have begun and not ended, each by its place in memory.
static UNDER_WAY: LazyLock<Mutex<BTreeMap<PathBuf, BTreeSet<usize>>>> = LazyLock::new(Mutex::default);

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

/// Returns when every statement on a file has come to its end. Who asks for one row has it before the statement has ended,
/// and its work would be counted for what comes next.
pub async fn settled(file: &Path) {
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let under_way = || {
        let all = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&file).is_some_and(|statements| !statements.is_empty())
    };
    while under_way() {
        tokio::task::yield_now().await;
    }
}

#[expect(unsafe_code, reason = "SQLite calls back through its C interface")]
unsafe extern "C" fn connected(
    db: *mut sqlite::sqlite3,
    _error: *mut *mut c_char,
    _api: *const sqlite::sqlite3_api_routines,
) -> c_int {
    // SAFETY: SQLite hands over the connection it has just opened; `traced` has the form it asks for.
    unsafe { sqlite::sqlite3_trace_v2(db, BEGUN | ENDED, Some(traced), ptr::null_mut()) }
}

const BEGUN: c_uint = sqlite::SQLITE_TRACE_STMT as c_uint;
const ENDED: c_uint = sqlite::SQLITE_TRACE_PROFILE as c_uint;

/// A statement has begun or come to its end.
#[expect(unsafe_code, reason = "SQLite calls back through its C interface")]
unsafe extern "C" fn traced(event: c_uint, _context: *mut c_void, statement: *mut c_void, _of: *mut c_void) -> c_int {
    let statement = statement.cast::<sqlite::sqlite3_stmt>();
    // SAFETY: the statement is alive while SQLite speaks of it, and so is the name of its connection's file, which is null or
    // a C string; a database in memory has an empty one.
    let file = unsafe {
        let name = sqlite::sqlite3_db_filename(sqlite::sqlite3_db_handle(statement), c"main".as_ptr());
        (!name.is_null()).then(|| CStr::from_ptr(name).to_string_lossy().into_owned())
    };
    let Some(file) = file.filter(|file| !file.is_empty()).map(PathBuf::from) else { return 0 };
    let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
    let statements = under_way.entry(file.clone()).or_default();
    if event == BEGUN {
        statements.insert(statement.addr());
        return 0;
    }
    // SAFETY: as above.
    let steps = unsafe { sqlite::sqlite3_stmt_status(statement, sqlite::SQLITE_STMTSTATUS_VM_STEP, 1) };
    // Counted before it is no more under way: who waits for that finds it counted.
    let mut done = DONE.lock().unwrap_or_else(PoisonError::into_inner);
    let work = done.entry(file).or_default();
    work.statements += 1;
    work.steps += u64::try_from(steps).unwrap_or(0);
    statements.remove(&statement.addr());
    0
}
