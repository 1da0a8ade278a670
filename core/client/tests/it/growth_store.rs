//! The calls of the store that are measured at two sizes of a phone: all that screens read, and all that forms and sessions
//! write. What they ask for is of the first people, of whom every phone has as much.

use std::collections::BTreeMap;

use bianfang_domain::clock::{ClockReading, PhoneClock};
use bianfang_domain::decision::{Decision, Verdict};
use bianfang_domain::op::Act;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_protocol::blob::Receipt;
use bianfang_protocol::pull::{Change, PullResponse};
use bianfang_protocol::push::Answer;
use bianfang_store::{MetaKey, NewOp, PeopleAsk, PhotoRole, Store, Writing};
use serde_json::json;

use crate::growth::Meter;
use crate::scene::*;
use crate::sized::{HOME, MARK, PERSON, PHOTO, VISIT, first, village};

/// Every connection of the store is open: one that opens later would be counted for the call that needs it.
async fn opened(store: &Store) {
    let list = || store.list("division");
    let (one, two, three) = tokio::join!(list(), list(), list());
    for list in [one, two, three] {
        assert!(!list.unwrap().is_empty());
    }
}

pub async fn store_calls(bench: &Bench, meter: &mut Meter) {
    let store = bench.store().await;
    opened(&store).await;
    let (person, home, visit) = (first(PERSON, 0), first(HOME, 0), first(VISIT, 0));
    let scope = [id(TOWNSHIP)];
    let today = Day::of(NOW);
    let (reaching, methods) = (["HOME MET".to_owned()], ["HOME".to_owned(), "PHONE".to_owned()]);
    let ask = PeopleAsk {
        scope: &scope,
        window: Some((Day(today.0 - 180), today)),
        reaching: &reaching,
        methods: &methods,
        ..PeopleAsk::default()
    };
    meter.of("store get", store.get(person)).await;
    meter.of("store facts", store.facts(person)).await;
    meter.of("store list division", store.list("division")).await;
    let listed = meter.of("store people_page", store.people_page("", None, 50)).await;
    let last = listed.last().unwrap();
    let after = Some((last.name_key.as_str(), last.id));
    meter.of("store people_page after", store.people_page("", after, 50)).await;
    meter.of("store people_page search", store.people_page(MARK, None, 50)).await;
    meter.of("store people", store.people(&ask, false, None, 50)).await;
    meter.of("store people after", store.people(&ask, false, after, 50)).await;
    meter.of("store people due", store.people(&ask, true, None, 50)).await;
    let searching = PeopleAsk { search: MARK, ..ask.clone() };
    meter.of("store people search", store.people(&searching, false, None, 50)).await;
    let of_village = PeopleAsk { division: Some(village(0)), ..ask.clone() };
    meter.of("store people of a village", store.people(&of_village, false, None, 50)).await;
    let only = [person];
    let only = PeopleAsk { only: Some(&only), ..ask.clone() };
    meter.of("store people one", store.people(&only, false, None, 1)).await;
    let housed = PeopleAsk { household: Some(home), ..ask.clone() };
    meter.of("store people of a household", store.people(&housed, false, None, 50)).await;
    meter.of("store count_people", store.count_people(&ask)).await;
    meter.of("store due_rows", store.due_rows(&scope, today)).await;
    meter.of("store status", store.status()).await;
    let waiting = meter.of("store pending", store.pending(100)).await;
    meter.of("store sent", store.sent(waiting[0].target)).await;
    meter.of("store troubled", store.troubled()).await;
    meter.of("store photos_of", store.photos_of(first(PHOTO, 0))).await;
    meter.of("store photos_about", store.photos_about(visit)).await;
    meter.of("store faulty_photos", store.faulty_photos()).await;
    let owed = meter.of("store owed", store.owed()).await;
    meter.of("store piece", store.piece(&owed[0].sha256, 0, 100)).await;
    let drafts = meter.of("store drafts", store.drafts()).await;
    meter.of("store get_draft", store.get_draft(&drafts[0].0)).await;
    meter.of("store photos_in_draft", store.photos_in_draft(&drafts[0].0)).await;
    meter.of("store value", store.value::<String>(MetaKey::Cursor)).await;
    meter.of("store actor_on", store.actor_on(today)).await;
    meter.of("store compare", store.compare(&BTreeMap::from([(village(0), Default::default())]))).await;

    let at = PhoneClock::unheard(ClockReading { wall_ms: NOW, steady_ms: 0, boot: "one".into() });
    let entries = json!({ "at": NOW, "method": "HOME", "entries": [{ "person": person, "result": "MET" }] });
    let act = Act::Record { fields: doc(entries), sealed: Default::default() };
    let op = NewOp { kind: "contact".into(), target: id(0x77_0000), act };
    let written = Writing { ops: vec![op], ..Writing::default() };
    meter.of("store write", store.write(&written, &at)).await;
    let op = store.pending(100).await.unwrap().pop().unwrap();
    let answer = |verdict| Answer::of(op.id, &Decision { verdict, ..Decision::accepted() }, 900);
    meter.of("store acknowledge", store.acknowledge(&[answer(Verdict::Accepted)], NOW)).await;
    let again =
        Record { id: person, ..served("person", 1, 901, json!({ "name": "张三", "living_division": village(0) })) };
    meter.of("store apply_page put", store.apply_page(&page(vec![again]), false, NOW)).await;
    let gone = |kind: &str, id| Change::Remove { kind: kind.into(), id };
    let changes = vec![gone("contact", first(VISIT, 1)), gone("person", first(PERSON, 9))];
    let removed = PullResponse { changes, ..page(Vec::new()) };
    meter.of("store apply_page remove", store.apply_page(&removed, false, NOW)).await;
    let tree =
        vec![served("division", 0xb0_0001, 902, json!({ "name": "村", "level": "VILLAGE", "parent": id(TOWNSHIP) }))];
    meter.of("store apply_page division", store.apply_page(&page(tree), false, NOW)).await;
    let sent = owed[0].clone();
    meter.of("store sending", store.sending(&sent.sha256, 50)).await;
    meter.of("store photo_fault", store.photo_fault(&sent.sha256, "fault")).await;
    let receipt = Receipt { sha256: sent.sha256, length: sent.length, stored_ms: NOW };
    meter.of("store receipt", store.receipt(&receipt)).await;
    meter.of("store save_draft", store.save_draft("form", "{}", NOW)).await;
    let mut content = &b"a photo"[..];
    let file = store
        .files()
        .write(&mut content, &mut |bytes| {
            bytes.fill(7);
            true
        })
        .unwrap();
    meter.of("store keep_photo", store.keep_photo("form", PhotoRole::Copy, &file, NOW)).await;
    meter.of("store drop_photos", store.drop_photos("form", &[file.name])).await;
    meter.of("store delete_draft", store.delete_draft("form")).await;
    meter.of("store set_value", store.set_value(MetaKey::Clock, &at)).await;
    meter.of("store clear_value", store.clear_value(MetaKey::LastSyncMs)).await;
    meter.of("store push_again", store.push_again(op.id.seq)).await;
    meter.of("store set_epoch", store.set_epoch("two", Some(op.id.seq))).await;
    meter.of("store purge", store.purge(NOW)).await;
    store.close().await.unwrap();
}
