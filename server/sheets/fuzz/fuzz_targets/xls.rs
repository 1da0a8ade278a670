//! A whole .xls: nothing in it is packed or summed up.
#![no_main]

use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use bianfang_sheets::{Ledger, read_upload};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read_upload(Ledger::People, ("a.xls", bytes), (None, &Codes::default(), Day(20_000)));
});
