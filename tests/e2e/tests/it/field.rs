//! The field as it is: lost answers, broken wires, boxes in between. What is promised holds.

use std::ffi::OsStr;

use bianfang_bureau::disk::Disk;
use bianfang_bureau::wire::Wire;
use bianfang_client::{ClientError, Phone};
use bianfang_e2e::{Bureau, Gateway, free_port};

use crate::terminal::Terminal;
use crate::town::{Town, Unwatched, everybody, save, sync, visit};

/// A town whose phones call a port behind which something stands.
async fn behind() -> (Town, u16) {
    let port = free_port().unwrap();
    (Town::behind(port).await, port)
}

/// Visits of a person as the console reads them.
pub async fn visits(bureau: &Bureau, person: &str) -> usize {
    let console = bureau.console(Bureau::CLERK).await.unwrap();
    let told = console.get(&format!("/api/v1/people/{person}")).await.unwrap();
    told["visits"].as_array().unwrap().len()
}

async fn try_sync(phone: &Phone) -> Result<(), ClientError> {
    phone.synchronize(std::sync::Arc::new(Unwatched)).await.map(drop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn visits_whose_answers_are_lost_arrive_once() {
    let (town, port) = behind().await;
    let wire = Wire::lay(port, town.bureau.listens()).await.unwrap();
    let phone = town.phone("one").await;
    let people = everybody(&phone).await;
    for person in &people[..12] {
        save(&phone, visit(&person.id, "MET")).await;
    }
    let contacts = async || {
        let mut of = 0;
        for person in &people[..12] {
            of += visits(&town.bureau, &person.id).await;
        }
        of
    };
    let before = contacts().await;
    wire.weather.lose_answers();
    assert!(try_sync(&phone).await.is_err(), "no answer comes");
    assert_eq!(phone.status().await.unwrap().waiting, 12, "nothing is taken for sent");
    wire.weather.clear();
    sync(&phone).await;
    assert_eq!(phone.status().await.unwrap().waiting, 0);
    assert_eq!(contacts().await - before, 12, "each once");
    phone.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_box_in_between_that_lets_everything_through_is_not_noticed() {
    let (town, port) = behind().await;
    let upstream = format!("https://localhost:{}", town.bureau.listens().port());
    let gateway = Gateway::before(&town.bureau, port, &upstream).unwrap();
    let phone = town.phone("one").await;
    let person = everybody(&phone).await.remove(0);
    let form = phone.new_form().await.unwrap();
    phone.add_photo(&form, &town.small_photo(3)).await.unwrap();
    phone.save_visit(&form, visit(&person.id, "MET")).await.unwrap();
    sync(&phone).await;
    let status = phone.status().await.unwrap();
    assert_eq!((status.waiting, status.photos_waiting), (0, 0));
    assert!(gateway.manners.told.lock().unwrap().is_empty());
    phone.close().await.unwrap();
}

/// Nothing half-written, the same act works after room was made, and the words say that the disk is full.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_named_and_the_same_visit_is_saved_after_room_was_made() {
    let town = Town::new().await;
    let disk = match Disk::of(48, &town.folder("disk")) {
        Ok(disk) => disk,
        Err(error) => return eprintln!("未测：不能挂载 / not run, mounting is not allowed here: {error}"),
    };
    let folder = disk.path().join("phone");
    let mut phone = Terminal::start(&folder, [("RUST_BACKTRACE", OsStr::new("0"))]);
    let invitation = town.bureau.invite("one").await.unwrap();
    assert!(phone.say(&["enrol", &invitation]).await.get("error").is_none());
    assert!(phone.say(&["sync"]).await.get("error").is_none());
    let people = phone.say(&["people", "--limit", "1"]).await;
    let person = people["rows"][0]["id"].as_str().unwrap().to_owned();
    disk.fill().unwrap();
    let refused = phone.say(&["visit", "--person", &person, "--result", "MET", "--note", &"长".repeat(40_000)]).await;
    disk.make_room().unwrap();
    phone.visit(&person).await;
    assert!(phone.say(&["sync"]).await.get("error").is_none());
    assert_eq!(visits(&town.bureau, &person).await, 1);
    phone.close().await;
    assert_eq!(refused["error"]["code"], "storage_full", "a full disk is named: {refused}");
}
