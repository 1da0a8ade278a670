//! A whole .xls: nothing in it is packed or summed up. The library under it panics on some damaged books, and the reader catches that:
//! so the fuzzer's own hook, which ends the process before anybody can catch, is taken off; what gets past the reader still ends it.
#![no_main]

use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use bianfang_sheets::{Ledger, read_upload};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: std::panic::set_hook(Box::new(|_| ())), |bytes: &[u8]| {
    let _ = read_upload(Ledger::People, ("a.xls", bytes), (None, &Codes::default(), Day(20_000)));
});
