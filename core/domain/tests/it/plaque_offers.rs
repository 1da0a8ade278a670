//! What a form offers of a plaque agrees with what counts: an act that is offered counts as it is asked for, one that is
//! offered against a reason counts only with the county's exception, and one that is not offered is held.

use bianfang_domain::kind::{PlaqueAct, PlaqueEvent};
use bianfang_domain::reason::Reason;
use serde_json::{Value, json};

use crate::county::{Phone, VILLAGE_A1, at, day, id};
use crate::plaque_rules::{HOUSE, death, home};

const ACTS: [PlaqueAct; 13] = [
    PlaqueAct::Issue,
    PlaqueAct::New,
    PlaqueAct::Reissue,
    PlaqueAct::Replace,
    PlaqueAct::TakeBack,
    PlaqueAct::TakeDown,
    PlaqueAct::ReportLost,
    PlaqueAct::Decline,
    PlaqueAct::MarkDue,
    PlaqueAct::Cancel,
    PlaqueAct::Restore,
    PlaqueAct::Inspect,
    PlaqueAct::Destroy,
];

/// A full form without an exception.
fn form(exception: Option<&str>) -> Value {
    json!({"document": "文", "reason": "PUBLIC_ORDER", "old_returned": true, "exception": exception})
}

/// Ways a household's plaque may have come, as (act, fields).
fn ways() -> Vec<Vec<(&'static str, Value)>> {
    let plain = |acts: &[&'static str]| acts.iter().map(|act| (*act, json!({}))).collect::<Vec<_>>();
    let cancelled = |reason: &str| vec![("NEW", json!({})), ("CANCEL", json!({"reason": reason, "document": "文"}))];
    let lost = ["NEW", "REPORT_LOST", "REISSUE", "REPORT_LOST", "REISSUE", "REPORT_LOST"];
    vec![
        plain(&[]),
        plain(&["NEW"]),
        plain(&["ISSUE"]),
        plain(&["NEW", "TAKE_DOWN"]),
        plain(&["NEW", "TAKE_BACK"]),
        plain(&["NEW", "MARK_DUE"]),
        plain(&lost[..2]),
        plain(&lost),
        plain(&["DECLINE"]),
        cancelled("PUBLIC_ORDER"),
        cancelled("CRIMINAL"),
    ]
}

#[test]
fn an_offer_tells_what_will_count() {
    for (way, dies) in ways().into_iter().flat_map(|way| [(way.clone(), false), (way, true)]) {
        let mut clerk = Phone::clerk();
        let mut one = Phone::worker(1, VILLAGE_A1);
        let mut county = home(&["DISCHARGED_SOLDIER"]);
        for (at_day, (act, more)) in (0..).zip(&way) {
            let author = if *act == "CANCEL" { &mut clerk } else { &mut one };
            county.accepts(&author.plaque(at(at_day, 9), id(0x800 + at_day as u128), id(HOUSE), act, more.clone()));
        }
        if dies {
            county.accepts(&clerk.change(at(20, 9), "person", id(1), death(day(20))));
        }
        let role = clerk.actor.role;
        let (_, offers) = PlaqueEvent::offers(id(HOUSE), &county.world(), role, day(21));
        for act in ACTS {
            let offer = offers.iter().find(|offer| offer.act == act);
            for exception in [None, Some("水灾")] {
                let (mut county, mut clerk) = (county.clone(), clerk.clone());
                let event = serde_json::to_value(act).unwrap();
                let decision = county.take(&clerk.plaque(
                    at(21, 9),
                    id(0x900),
                    id(HOUSE),
                    event.as_str().unwrap(),
                    form(exception),
                ));
                let expected: Option<Option<Reason>> = match (offer, exception) {
                    (None, _) => None,
                    (Some(offer), None) => Some(offer.against),
                    (Some(_), Some(_)) => Some(None),
                };
                match expected {
                    Some(reason) => assert_eq!(decision.reason, reason, "{way:?} {dies} {act:?} {exception:?}"),
                    None => assert!(decision.reason.is_some(), "{way:?} {dies} {act:?} is not offered and counts"),
                }
            }
        }
    }
}
