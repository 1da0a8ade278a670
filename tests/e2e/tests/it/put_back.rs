//! A server whose folder was put back, which nobody told it: phones find it out and send again what it lost, without a command.

use bianfang_bureau::folder;

use crate::field::visits;
use crate::town::{Town, everybody, save, sync, visit};

/// A virtual machine put back to last night: what came since lies on the phones.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_was_put_back_gets_everything_again() {
    let mut town = Town::new().await;
    let phone = town.phone("one").await;
    let person = everybody(&phone).await.remove(0).id;
    town.serving.take().unwrap().stop().await.unwrap();
    folder::copy(&town.bureau.data(), &town.folder("last-night")).unwrap();
    town.serving = Some(town.bureau.serve().await.unwrap());
    let before = visits(&town.bureau, &person).await;
    save(&phone, visit(&person, "MET")).await;
    sync(&phone).await;
    assert_eq!(visits(&town.bureau, &person).await, before + 1);
    town.serving.take().unwrap().stop().await.unwrap();
    folder::put_back(&town.bureau.data(), &town.folder("last-night")).unwrap();
    town.serving = Some(town.bureau.serve().await.unwrap());
    let summary = sync(&phone).await;
    assert!(summary.restored, "the worker is told");
    phone.close().await.unwrap();
    assert_eq!(visits(&town.bureau, &person).await, before + 1, "a server that was put back gets it again");
}
