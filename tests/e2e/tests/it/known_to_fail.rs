//! What the product promises and does not keep yet. Each test says what must hold and ends at the line that does not; it turns
//! red when that line begins to hold, and moves to the tests that must pass. `cargo xtask test` counts and names them.

use bianfang_bureau::folder;
use bianfang_bureau::wire::Wire;
use bianfang_e2e::{Gateway, free_port};

use crate::field::visits;
use crate::town::{Town, everybody, save, sync, visit};

/// A phone's data copied to another, as a shop does it: both go on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[should_panic(expected = "both visits stand")]
async fn visits_of_a_copied_phone_both_arrive() {
    let town = Town::new().await;
    let phone = town.phone("one").await;
    let people = everybody(&phone).await;
    phone.close().await.unwrap();
    folder::copy(&town.folder("one"), &town.folder("copy")).unwrap();
    let mut before = Vec::new();
    for person in &people[..2] {
        before.push(visits(&town.bureau, &person.id).await);
    }
    for (name, person) in [("one", &people[0].id), ("copy", &people[1].id)] {
        let phone = town.new_phone(name).await;
        save(&phone, visit(person, "MET")).await;
        sync(&phone).await;
        phone.close().await.unwrap();
    }
    let after = [visits(&town.bureau, &people[0].id).await, visits(&town.bureau, &people[1].id).await];
    assert_eq!(after, [before[0] + 1, before[1] + 1], "both visits stand");
}

/// A data centre's proxy that knows GET and POST alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[should_panic(expected = "a photo passes a proxy without PATCH")]
async fn a_photo_passes_a_proxy_that_refuses_patch() {
    let port = free_port().unwrap();
    let town = Town::behind(port).await;
    let upstream = format!("https://localhost:{}", town.bureau.listens().port());
    let gateway = Gateway::before(&town.bureau, port, &upstream).unwrap();
    gateway.manners.refused.lock().unwrap().extend([reqwest::Method::PATCH, reqwest::Method::PUT]);
    let phone = town.phone("one").await;
    let person = everybody(&phone).await.remove(0).id;
    let form = phone.new_form().await.unwrap();
    phone.add_photo(&form, &town.small_photo(3)).await.unwrap();
    phone.save_visit(&form, visit(&person, "MET")).await.unwrap();
    let done = phone.synchronize(std::sync::Arc::new(crate::town::Unwatched)).await;
    let waiting = phone.status().await.unwrap().photos_waiting;
    phone.close().await.unwrap();
    assert_eq!(waiting, 0, "a photo passes a proxy without PATCH: {done:?}");
}

/// A proxy that cannot look into packed bodies lets none through.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[should_panic(expected = "a long push passes unpacked")]
async fn work_passes_a_proxy_that_refuses_packed_bodies() {
    let port = free_port().unwrap();
    let town = Town::behind(port).await;
    let upstream = format!("https://localhost:{}", town.bureau.listens().port());
    let gateway = Gateway::before(&town.bureau, port, &upstream).unwrap();
    *gateway.manners.unpacked_only.lock().unwrap() = true;
    let phone = town.phone("one").await;
    for person in &everybody(&phone).await[..20] {
        save(&phone, visit(&person.id, "MET")).await;
    }
    let done = phone.synchronize(std::sync::Arc::new(crate::town::Unwatched)).await;
    let waiting = phone.status().await.unwrap().waiting;
    phone.close().await.unwrap();
    assert_eq!(waiting, 0, "a long push passes unpacked: {done:?}");
}

/// The worker must hear that it is the network of the house, not that the bureau's server is a wrong one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[should_panic(expected = "the network of the house is named")]
async fn a_network_that_answers_in_the_servers_place_is_named_as_that() {
    let port = free_port().unwrap();
    let mut town = Town::behind(port).await;
    let upstream = format!("https://localhost:{}", town.bureau.listens().port());
    let gateway = Gateway::before(&town.bureau, port, &upstream).unwrap();
    let phone = town.phone("one").await;
    drop(gateway);
    town.serving.take().unwrap().stop().await.unwrap();
    let hotel = loop {
        // The port is free a moment after the box is gone.
        if let Ok(hotel) = Gateway::of_a_hotel(port) {
            break hotel;
        }
        tokio::task::yield_now().await;
    };
    let told = phone.synchronize(std::sync::Arc::new(crate::town::Unwatched)).await.unwrap_err().to_string();
    drop(hotel);
    phone.close().await.unwrap();
    assert!(told.contains("网络代替服务器") || told.contains("登录上网"), "the network of the house is named: {told}");
}

/// A wire that breaks in the middle of a photo: what arrived is not sent again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[should_panic(expected = "little is sent twice")]
async fn a_photo_over_a_wire_that_breaks_goes_on_where_it_was() {
    let port = free_port().unwrap();
    let town = Town::behind(port).await;
    let wire = Wire::lay(port, town.bureau.listens()).await.unwrap();
    let phone = town.phone("one").await;
    let person = everybody(&phone).await.remove(0);
    let form = phone.new_form().await.unwrap();
    phone.add_photo(&form, &town.photo(7)).await.unwrap();
    let saved = phone.save_visit(&form, visit(&person.id, "MET")).await.unwrap();
    let size = phone.receipts(&saved.id).await.unwrap()[0].bytes;
    let began = wire.weather.bytes_up();
    wire.weather.cut(Some(u32::try_from(size * 6 / 10).unwrap()), None);
    phone.synchronize(std::sync::Arc::new(crate::town::Unwatched)).await.ok();
    wire.weather.clear();
    sync(&phone).await;
    let waiting = phone.status().await.unwrap().photos_waiting;
    phone.close().await.unwrap();
    assert_eq!(waiting, 0);
    let sent = wire.weather.bytes_up() - began;
    assert!(sent < size * 12 / 10, "little is sent twice: {sent} bytes for a photo of {size}");
}
