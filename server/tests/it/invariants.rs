//! Invariants 3 to 6 and 13 to 15 against two who know nothing of each other, on both databases: whoever comes first, and
//! both at once, the county ends in the same state. (1, 2 and 11 are in `same_as` and `plaques`, 7 to 10 in `visits_at_once`.)

use std::collections::BTreeSet;

use bianfang_domain::decision::Verdict;
use bianfang_domain::document::text_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{Plaque, PlaqueEvent, PlaqueState};
use bianfang_domain::op::{Act, Op, Part};
use bianfang_domain::reason::Reason;
use bianfang_domain::world::World;
use bianfang_protocol::pull::Change;
use bianfang_server::county::Desk;
use bianfang_server::db::county;
use bianfang_server::report::past;
use bianfang_server::write;
use serde_json::{Value, json};

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    a_replacement_needs_the_old_plaque_and_a_third_reissue_the_county,
    after_the_veterans_death_nothing_is_renewed_whoever_reports_first,
    only_the_county_cancels_and_restores_only_a_public_order_case,
    a_plaque_is_hung_with_a_signature_or_the_reason_and_handing_out_is_another_thing,
    a_discharge_before_the_enlistment_never_stands_whoever_writes_first,
    two_edits_of_one_field_keep_both_values_and_a_void_never_beats_later_evidence,
    nobody_sees_or_changes_what_lies_outside_while_others_write,
);

const HOUSE: u128 = 0x700;
const VETERAN: u128 = 0x100;

/// Who writes what, in their own order.
type Work = (Phone, Vec<Op>);

/// What there is at the end: the county, what is held and why, and the plaque of [`HOUSE`].
#[derive(Debug, PartialEq)]
struct End {
    held: BTreeSet<(RecordId, Reason)>,
    plaque: Plaque,
}

impl End {
    fn of(world: &World) -> Self {
        let reasons = |record: &bianfang_domain::record::Record| {
            let id = record.id;
            record.meta.held.iter().map(move |(_, reason)| (id, *reason)).collect::<Vec<_>>()
        };
        let held = world.records().flat_map(reasons).collect();
        Self { held, plaque: PlaqueEvent::shown(id(HOUSE), world).0 }
    }
}

/// One veteran's home in a county of this code.
async fn founded<'a>(bureau: &'a Bureau, code: &'a str) -> Desk<'a> {
    let new = county::County { code: code.into(), name: code.into(), epoch: "e".into(), seal_public: String::new() };
    county::insert(&bureau.db, &new, bureau.now()).await.unwrap();
    let desk = Desk { county: code, ..bureau.desk(0) };
    let mut clerk = Phone::new(0, 0x99, bianfang_domain::actor::Role::SectionClerk, COUNTY);
    let mut ops = divisions(&mut clerk);
    let home = json!({ "head_name": "张一", "division": id(VILLAGE_A1), "address": "1号" });
    ops.push(clerk.record(at(1, 8), "household", id(HOUSE), home));
    let mut veteran = person("张一", VILLAGE_A1);
    veteran["household"] = json!(id(HOUSE));
    veteran["categories"] = json!(["DISCHARGED_SOLDIER"]);
    ops.push(clerk.record(at(1, 9), "person", id(VETERAN), veteran));
    write::push(desk, &clerk.actor, &ops).await.unwrap();
    desk
}

/// One by one, so that the other's come between.
async fn pushes(desk: Desk<'_>, (phone, ops): &Work) {
    for op in ops {
        write::push(desk, &phone.actor, std::slice::from_ref(op)).await.unwrap();
        tokio::task::yield_now().await;
    }
}

async fn write_in(desk: Desk<'_>, way: usize, [one, other]: &[Work; 2]) {
    match way {
        0 => [pushes(desk, one).await, pushes(desk, other).await],
        1 => [pushes(desk, other).await, pushes(desk, one).await],
        _ => tokio::join!(pushes(desk, one), pushes(desk, other)).into(),
    };
}

/// The first before the second, the second before the first, and both at once: three counties that must be the same, but
/// for which of two values of one field came first. `look` is shown each.
async fn everywhere(bureau: &Bureau, name: &str, before: &[Work], work: &[Work; 2], look: impl Fn(&World)) -> End {
    let mut ends = Vec::new();
    for way in 0..3 {
        let code = format!("{name}{way}");
        let desk = founded(bureau, &code).await;
        for early in before {
            pushes(desk, early).await;
        }
        write_in(desk, way, work).await;
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        let head = past::number_at(conn, &code, i64::MAX).await.unwrap();
        let world = past::world(conn, &code, head).await.unwrap();
        look(&world);
        // What lists and figures read is the same as what the records say.
        let end = End::of(&world);
        let sql = "select state from plaque where county = $1 and owner = $2";
        let row = sqlx::query_scalar::<_, String>(sql).bind(&code).bind(id(HOUSE).to_string());
        if let Some(state) = row.fetch_optional(bureau.db.pool()).await.unwrap() {
            assert_eq!(json!(end.plaque.state), json!(state), "{code}");
        }
        ends.push(end);
    }
    assert_eq!(ends[0], ends[1], "{name}: the order of arrival decides nothing");
    assert_eq!(ends[1], ends[2], "{name}: nor does writing at once");
    ends.remove(0)
}

fn plaque(p: &mut Phone, when: i64, target: u128, event: &str, more: Value) -> Op {
    let mut op = p.hang(when, id(target), id(HOUSE));
    if let Act::Record { fields: set, .. } = &mut op.act {
        set.insert("event".into(), json!(event));
        set.extend(fields(more));
        set.retain(|_, value| !value.is_null());
    }
    op
}

fn two() -> (Phone, Phone) {
    let role = bianfang_domain::actor::Role::VillageWorker;
    (Phone::new(0, 0x201, role, VILLAGE_A1), Phone::new(0, 0x202, role, VILLAGE_A1))
}

/// Invariant 3.
async fn a_replacement_needs_the_old_plaque_and_a_third_reissue_the_county(bureau: Bureau) {
    let (mut one, mut other) = two();
    let hung = (one.clone(), vec![plaque(&mut one, at(2, 9), 0x300, "NEW", json!({}))]);
    let bare = plaque(&mut one, at(5, 9), 0x301, "REPLACE", json!({ "reason": "AGED" }));
    let with_old = plaque(&mut other, at(6, 9), 0x302, "REPLACE", json!({ "reason": "AGED", "old_returned": true }));
    let end = everywhere(&bureau, "a", &[hung], &[(one, vec![bare]), (other, vec![with_old])], |_| {}).await;
    assert_eq!(end.held, [(id(0x301), Reason::OldPlaqueMissing)].into());
    assert_eq!(end.plaque.state, PlaqueState::Hung);

    // Lost three times: each phone knows half of it, and the third reissue is the county's whoever tells it first.
    let (mut one, mut other) = two();
    let hung = (one.clone(), vec![plaque(&mut one, at(2, 9), 0x300, "NEW", json!({}))]);
    let lost = |p: &mut Phone, day, target| plaque(p, at(day, 9), target, "REPORT_LOST", json!({ "reason": "LOST" }));
    let again = |p: &mut Phone, day, target| plaque(p, at(day, 9), target, "REISSUE", json!({ "reason": "LOST" }));
    let losses: Vec<Op> = [(5, 0x310), (7, 0x311), (9, 0x312)].map(|(day, target)| lost(&mut one, day, target)).into();
    let reissues = [(6, 0x320), (8, 0x321), (10, 0x322)].map(|(day, target)| again(&mut other, day, target)).into();
    let end = everywhere(&bureau, "b", &[hung], &[(one, losses), (other, reissues)], |_| {}).await;
    assert_eq!(end.held, [(id(0x322), Reason::ReissuedTwice)].into());
    assert_eq!(end.plaque.state, PlaqueState::Lost);
}

/// Invariant 4.
async fn after_the_veterans_death_nothing_is_renewed_whoever_reports_first(bureau: Bureau) {
    let ((mut one, _), mut clerk) = (two(), Phone::clerk(0));
    let hung = (one.clone(), vec![plaque(&mut one, at(2, 9), 0x300, "NEW", json!({}))]);
    let death = clerk.change(at(9, 9), "person", id(VETERAN), json!({ "life": "DECEASED", "died_on": day(4).0 }));
    let renewed = plaque(&mut one, at(6, 9), 0x301, "REPLACE", json!({ "reason": "MOVED_HOME", "old_returned": true }));
    let looked = plaque(&mut one, at(7, 9), 0x302, "INSPECT", json!({}));
    let work = [(clerk, vec![death]), (one, vec![renewed, looked])];
    let end = everywhere(&bureau, "c", &[hung], &work, |_| {}).await;
    assert_eq!(end.held, [(id(0x301), Reason::NoRenewal)].into());
    assert_eq!(end.plaque.state, PlaqueState::KeptNoRenew);
}

/// Invariant 5.
async fn only_the_county_cancels_and_restores_only_a_public_order_case(bureau: Bureau) {
    let ((mut one, _), mut clerk, mut reviewer) = (two(), Phone::clerk(0), Phone::reviewer(0));
    let hung = (one.clone(), vec![plaque(&mut one, at(2, 9), 0x300, "NEW", json!({}))]);
    let document = |reason: &str| json!({ "reason": reason, "document": "翁退役发〔2026〕3号" });
    let restart = one.clone();
    let by_village = plaque(&mut one, at(3, 9), 0x301, "CANCEL", document("CRIMINAL"));
    let by_town = plaque(&mut reviewer, at(4, 9), 0x302, "RESTORE", document("CORRECTED"));
    let bare = plaque(&mut clerk, at(5, 9), 0x303, "CANCEL", json!({ "reason": "CRIMINAL" }));
    let cancelled = plaque(&mut clerk, at(6, 9), 0x304, "CANCEL", document("CRIMINAL"));
    let restored = plaque(&mut clerk, at(8, 9), 0x305, "RESTORE", document("CORRECTED"));
    let work = [(clerk, vec![bare, cancelled, restored]), (one.clone(), vec![by_village])];
    let end = everywhere(&bureau, "d", &[hung.clone(), (reviewer, vec![by_town])], &work, |_| {}).await;
    let reasons: Vec<_> = end.held.iter().map(|(fact, _)| *fact).collect();
    assert_eq!(reasons, [0x301, 0x302, 0x303, 0x305].map(id), "{:?}", end.held);
    assert!(end.held.contains(&(id(0x305), Reason::NotRestorable)));
    assert_eq!(end.plaque.state, PlaqueState::Cancelled);

    let (mut one, mut clerk) = (restart, Phone::clerk(0));
    let cancelled = plaque(&mut clerk, at(6, 9), 0x304, "CANCEL", document("PUBLIC_ORDER"));
    let restored = plaque(&mut clerk, at(8, 9), 0x305, "RESTORE", document("CORRECTED"));
    let between = plaque(&mut one, at(7, 9), 0x306, "NEW", json!({}));
    let work = [(clerk, vec![cancelled, restored]), (one, vec![between])];
    let end = everywhere(&bureau, "e", &[hung], &work, |_| {}).await;
    assert_eq!(end.held, [(id(0x306), Reason::CountyOnly)].into(), "no village act in between");
    assert_eq!(end.plaque.state, PlaqueState::Hung);
}

/// Invariant 6.
async fn a_plaque_is_hung_with_a_signature_or_the_reason_and_handing_out_is_another_thing(bureau: Bureau) {
    let (mut one, mut other) = two();
    let unsigned = plaque(&mut one, at(3, 9), 0x301, "NEW", json!({ "signature": null }));
    let nobody = plaque(&mut one, at(3, 10), 0x302, "NEW", json!({ "hanger": null }));
    let nowhere = plaque(&mut one, at(3, 11), 0x303, "NEW", json!({ "position": null }));
    let handed = plaque(&mut other, at(4, 9), 0x304, "ISSUE", json!({ "position": null, "hanger": null }));
    let up = plaque(&mut other, at(5, 9), 0x305, "NEW", json!({ "signature": null, "no_signature": "家属不便签字" }));
    let work = [(one, vec![unsigned, nobody, nowhere]), (other, vec![handed, up])];
    let refused = |world: &World| {
        assert!([0x301, 0x302, 0x303].iter().all(|number| world.find(id(*number)).is_none()));
    };
    let end = everywhere(&bureau, "f", &[], &work, refused).await;
    assert_eq!((end.held, end.plaque.state), (BTreeSet::new(), PlaqueState::Hung));
    // One left the store when it was handed out, and one was hung; neither is counted twice.
    let sql = "select owner from plaque_flow where county = 'f2' and owner in ($1, $2)";
    let rows = sqlx::query(sql).bind(id(0x304).to_string()).bind(id(0x305).to_string());
    assert_eq!(rows.fetch_all(bureau.db.pool()).await.unwrap().len(), 2);
}

/// Invariant 13.
async fn a_discharge_before_the_enlistment_never_stands_whoever_writes_first(bureau: Bureau) {
    let (mut one, mut other) = two();
    let enlisted = one.change(at(3, 9), "person", id(VETERAN), json!({ "enlisted": "2005-12" }));
    let discharged = other.change(at(3, 10), "person", id(VETERAN), json!({ "discharged": "2001-12" }));
    let work = [(one, vec![enlisted]), (other, vec![discharged])];
    for way in 0..3 {
        let code = format!("g{way}");
        let desk = founded(&bureau, &code).await;
        write_in(desk, way, &work).await;
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        let head = past::number_at(conn, &code, i64::MAX).await.unwrap();
        let world = past::world(conn, &code, head).await.unwrap();
        let veteran = world.find(id(VETERAN)).unwrap();
        let days = (text_in(&veteran.doc, "enlisted"), text_in(&veteran.doc, "discharged"));
        assert!(matches!(days, (Some("2005-12"), None) | (None, Some("2001-12"))), "{code}: {days:?}");
        let waits: Vec<_> = veteran.meta.beside.iter().map(|beside| beside.value.clone()).collect();
        let late = if days.0.is_some() { "2001-12" } else { "2005-12" };
        assert_eq!(waits, [json!(late)], "kept beside for a reviewer");
        assert!(veteran.meta.held.iter().all(|(_, reason)| *reason == Reason::DischargeBeforeEnlistment));
    }
}

/// Invariant 14.
async fn two_edits_of_one_field_keep_both_values_and_a_void_never_beats_later_evidence(bureau: Bureau) {
    let (mut one, mut other) = two();
    let address = |p: &mut Phone, hour, address: &str| {
        p.change(at(3, hour), "person", id(VETERAN), json!({ "address": address, "tags": { "$add": [address] } }))
    };
    let work = [
        (one.clone(), vec![address(&mut one, 9, "一组"), address(&mut one, 11, "二组")]),
        (other.clone(), vec![address(&mut other, 10, "三组")]),
    ];
    let look = |world: &World| {
        let veteran = world.find(id(VETERAN)).unwrap();
        let mut values: BTreeSet<String> = veteran.meta.beside.iter().map(|b| b.value.to_string()).collect();
        values.insert(veteran.value("address").to_string());
        // A chain of one phone never conflicts with itself: of its two the later alone may wait or stand.
        assert!(values.contains("\"三组\"") && values.contains("\"二组\""), "{values:?}");
        let tags = veteran.value("tags").as_array().map_or(0, Vec::len);
        assert_eq!(tags, 3, "sets merge by element: {}", veteran.value("tags"));
    };
    let _ = everywhere(&bureau, "i", &[], &work, look).await;

    // One takes a visit back while the other's photo of it is on its way: both stay, the visit is void with its reason.
    let (mut one, mut other) = two();
    let visit = (one.clone(), vec![one.visit(at(4, 9), id(0x400), &[(id(VETERAN), "MET")], "HOME")]);
    let void = one.op(at(5, 9), "contact", id(0x400), Act::Void { reason: "记错人".into() });
    let photo = json!({ "subject": id(0x400), "photo_kind": "SCENE", "original": "ab12".repeat(16), "length": 10 });
    let photo = other.record(at(5, 10), "photo", id(0x401), photo);
    let look = |world: &World| {
        assert!(world.find(id(0x401)).is_some_and(|photo| photo.meta.voided.is_none()), "evidence is kept");
        let visit = world.find(id(0x400)).unwrap();
        assert!(visit.meta.voided.is_some() && visit.value("entries").is_array(), "void, and still there");
        assert!(!visit.counts(&Part::Of(id(VETERAN))));
    };
    let _ = everywhere(&bureau, "j", &[visit], &[(one, vec![void]), (other, vec![photo])], look).await;
}

/// Invariant 15.
async fn nobody_sees_or_changes_what_lies_outside_while_others_write(bureau: Bureau) {
    let mut clerk = Phone::new(0, 0x77, bianfang_domain::actor::Role::SectionClerk, COUNTY);
    bureau.push(&mut clerk, |p| vec![p.record(at(1, 9), "person", id(VETERAN), person("张一", VILLAGE_A1))]).await;
    let mut here = Phone::new(0, 0x201, bianfang_domain::actor::Role::VillageWorker, VILLAGE_A1);
    let mut outside = Phone::worker(0, VILLAGE_B1);
    let work: Vec<Op> = (0..12u8)
        .map(|n| {
            let hour = i64::from(n);
            if n % 2 == 0 {
                here.visit(at(2, hour), id(0x500 + u128::from(n)), &[(id(VETERAN), "MET")], "HOME")
            } else {
                here.change(at(2, hour), "person", id(VETERAN), json!({ "address": format!("{n}号") }))
            }
        })
        .collect();
    let tries: Vec<Op> = (0..6u8)
        .flat_map(|n| {
            let hour = i64::from(n);
            [
                outside.change(at(2, hour), "person", id(VETERAN), json!({ "address": "别处" })),
                outside.op(at(2, hour), "contact", id(0x500 + u128::from(n) * 2), Act::Void { reason: "试".into() }),
                outside.change(at(2, hour), "person", id(0xDEAD), json!({ "address": "别处" })),
            ]
        })
        .collect();
    let looks = async {
        let mut cursor = None;
        for _ in 0..10 {
            let (changes, page) = bureau.pull_all(&outside, cursor.as_deref()).await;
            cursor = Some(page.cursor);
            let foreign = changes.iter().find(|change| match change {
                Change::Put { record } => record.id == id(VETERAN) || record.value("entries").is_array(),
                Change::Remove { .. } => true,
            });
            assert!(foreign.is_none(), "{foreign:?}");
            tokio::task::yield_now().await;
        }
    };
    let writes = async {
        for op in &work {
            write::push(bureau.desk(0), &here.actor, std::slice::from_ref(op)).await.unwrap();
        }
    };
    let trying = async {
        let mut answers = Vec::new();
        for op in &tries {
            answers
                .extend(write::push(bureau.desk(0), &outside.actor, std::slice::from_ref(op)).await.unwrap().answers);
        }
        answers
    };
    let ((), (), answers) = tokio::join!(looks, writes, trying);
    // A record of another village and one that is nowhere have one answer: nothing can be guessed.
    let told: BTreeSet<_> = answers.iter().map(|answer| (format!("{:?}", answer.verdict), answer.reason)).collect();
    assert_eq!(told, [(format!("{:?}", Verdict::Held), Some(Reason::TargetUnknown))].into());
    let veteran = bureau.see(0, id(VETERAN)).await.unwrap();
    assert_eq!(veteran.value("address"), "11号");
    let stands = (0..6).map(|n| id(0x500 + n * 2));
    for visit in stands {
        assert!(bureau.see(0, visit).await.unwrap().counts(&Part::Of(id(VETERAN))), "no foreign void");
    }
}
