//! A program that ends: its connections may still be closing on threads of their own.

use std::process::Command;

use crate::scene::*;

/// Set in the program that the test starts.
const PART: &str = "BIANFANG_STORE_ENDS";

#[tokio::test]
async fn program_that_ends_while_its_store_closes_ends_well() {
    let this = std::env::current_exe().unwrap();
    for round in 0..ROUNDS {
        let mut part = Command::new(&this);
        let done = part.args(["--exact", "ending::part", "--nocapture"]).env(PART, "1").output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "round {round}: {}: {said}", done.status);
    }
}

/// Without SQLCipher's cleaning out of the way, one round in ten ends with SIGSEGV.
const ROUNDS: u32 = 30;

/// What the other test starts; alone it is nothing.
#[tokio::test(flavor = "multi_thread")]
async fn part() {
    if std::env::var_os(PART).is_none() {
        return;
    }
    let mut phones = Vec::new();
    for _ in 0..4 {
        let (folder, store) = phone().await;
        wrote(&store, visit(900), 1).await;
        phones.push((folder, store));
    }
    drop(phones);
    std::process::exit(0);
}
