//! Story 8: village A merges into B, another changes its township. The year by old and by new borders gives one county
//! total; plaques, people, stock and workers follow; nobody types anything again.

use std::collections::BTreeMap;

use bianfang_client::{Phone, PlaqueDraft, RecordState};
use bianfang_domain::time::Day;
use bianfang_e2e::{Console, Worker};
use serde_json::{Value, json};

use crate::town::{DAY, Town, day, everybody, now_ms, open_cases, plaque, record, sync, visit, write_at};

/// A division by name, with its id and 应访.
type Division = (String, String, u64);

/// The divisions directly below one.
async fn below(console: &Console, division: &str, query: &str) -> Vec<Division> {
    let asked = if division.is_empty() { String::new() } else { format!("division={division}&") };
    let told = console.get(&format!("/api/v1/coverage?{asked}{query}")).await.unwrap();
    let part = |part: &Value| {
        let text = |name: &str| part["division"][name].as_str().unwrap().to_owned();
        (text("name"), text("id"), part["figures"]["denominator"].as_u64().unwrap())
    };
    told["parts"].as_array().unwrap().iter().map(part).collect()
}

/// Villages A, B and C of one township, and another township.
struct Places {
    here: Division,
    elsewhere: Division,
    a: Division,
    b: Division,
    c: Division,
}

impl Places {
    async fn of(town: &Town, clerk: &Console) -> Self {
        let townships = below(clerk, "", "").await;
        let here = townships.iter().find(|(name, ..)| *name == town.township).unwrap().clone();
        let elsewhere = townships.iter().find(|(name, ..)| *name != town.township).unwrap().clone();
        let villages = below(clerk, &here.1, "").await;
        let mut inhabited = villages.into_iter().filter(|(.., people)| *people > 0);
        let mut next = || inhabited.next().unwrap();
        Self { here, elsewhere, a: next(), b: next(), c: next() }
    }

    /// Somebody who works in a village, with a phone that has pulled everything.
    async fn worker(&self, town: &Town, login: &str, village: &Division) -> Phone {
        let division = format!("{}/{}", town.township, village.0);
        let divisions = [division.as_str()];
        town.bureau.add(&Worker { login, name: "村站", role: "VILLAGE_WORKER", divisions: &divisions }).await.unwrap();
        town.phone(login).await
    }

    /// A lies in B from yesterday on, C in the other township from today on.
    async fn move_borders(&self, clerk: &Console) {
        let today = day(0).0;
        let moves = [
            (&self.a, json!({ "parent": self.b.1, "merged_into": self.b.1, "valid_to": today - 2 }), today - 1),
            (&self.c, json!({ "parent": self.elsewhere.1 }), today),
        ];
        for (number, (village, set, since)) in moves.into_iter().enumerate() {
            let body = json!({ "kind": "division", "target": village.1, "act": "change", "set": set, "since": since });
            let head = clerk.get("/api/v1/coverage").await.unwrap()["feed"].as_u64().unwrap();
            assert_eq!(write_at(clerk, &format!("border-{number}"), Some(head), &body).await["verdict"], "accepted");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn merged_village_and_changed_township_leave_the_countys_year_as_it_is() {
    let town = Town::new().await;
    let clerk = town.bureau.console("clerk").await.unwrap();
    let places = Places::of(&town, &clerk).await;
    let Places { here, elsewhere, a, b, c } = &places;
    let (of_a, of_b) = (places.worker(&town, "of-a", a).await, places.worker(&town, "of-b", b).await);
    let (of_a_before, of_b_before) = (everybody(&of_a).await, everybody(&of_b).await);
    let counted = of_a_before.iter().find(|person| person.due && person.household.is_some()).unwrap().clone();
    let form = of_a.new_form().await.unwrap();
    of_a.record_plaque(&form, plaque(counted.household.as_ref().unwrap(), "NEW", now_ms() - 60_000)).await.unwrap();
    sync(&of_a).await;
    let year_before = below(&clerk, "", "").await;

    places.move_borders(&clerk).await;

    // Workers follow without a new grant: B's see A's people and the plaque on the wall; A's keep theirs.
    sync(&of_b).await;
    sync(&of_a).await;
    let of_b_now = everybody(&of_b).await;
    assert_eq!(of_b_now.len(), of_b_before.len() + of_a_before.len());
    let moved = of_b_now.iter().find(|person| person.id == counted.id).unwrap();
    assert_eq!(moved.plaque.as_deref(), Some("HUNG"));
    assert_eq!(everybody(&of_a).await.len(), of_a_before.len());
    let form = of_b.new_form().await.unwrap();
    let saved = of_b.save_visit(&form, visit(&counted.id, "MET")).await.unwrap();
    sync(&of_b).await;
    assert_eq!(of_b.state(&saved.id).await.unwrap(), RecordState::Confirmed);

    let old = format!("tree_on={}", Day(day(0).0 - 30));
    let (by_old, by_new) = (below(&clerk, "", &old).await, below(&clerk, "", "").await);
    let total = |parts: &[Division]| parts.iter().map(|(.., people)| people).sum::<u64>();
    assert_eq!(total(&by_old), total(&by_new));
    assert_eq!(by_old, year_before, "the old borders tell the year as it was told");
    let of = |parts: &[Division], id: &str| parts.iter().find(|part| part.1 == id).unwrap().2;
    assert_eq!(of(&by_new, &elsewhere.1), of(&by_old, &elsewhere.1) + c.2);
    assert_eq!(of(&by_new, &here.1) + c.2, of(&by_old, &here.1));
    let villages_now = below(&clerk, &here.1, "").await;
    assert_eq!(of(&villages_now, &b.1), a.2 + b.2, "B counts A's people");
    assert!(villages_now.iter().all(|(_, id, _)| *id != a.1 && *id != c.1));
}

/// What a division holds, hangs and hands out.
#[derive(Debug, Clone, Default, PartialEq)]
struct Figures(BTreeMap<String, i64>);

impl Figures {
    /// Each figure of both together, or of one without the other.
    fn with(&self, other: &Self, sign: i64) -> Self {
        let sum = |(name, figure): (&String, &i64)| (name.clone(), figure + sign * other.of(name));
        Self(self.0.iter().map(sum).collect())
    }

    fn of(&self, name: &str) -> i64 {
        self.0.get(name).copied().unwrap_or(0)
    }

    fn told(&self, names: [&str; 5]) -> [i64; 5] {
        names.map(|name| self.of(name))
    }

    fn balance(&self) {
        let hung = self.of("hung_start") + self.of("hung_in") - self.of("hung_out") + self.of("hung_moved");
        assert_eq!(hung, self.of("hung_end"), "{self:?}");
        let store = self.of("store_start") + self.of("received") + self.of("store_moved");
        assert_eq!(store - self.of("store_left") - self.of("destroyed"), self.of("store_end"), "{self:?}");
    }
}

/// The figures of a division and of each below it, by id; those of what lies in it alone are told under its own id.
async fn figures(console: &Console, division: &str, query: &str) -> (Figures, BTreeMap<String, Figures>) {
    let asked = if division.is_empty() { String::new() } else { format!("division={division}&") };
    let told = console.get(&format!("/api/v1/plaques/figures?{asked}{query}")).await.unwrap();
    let read = |told: &Value| -> Figures { Figures(serde_json::from_value(told["figures"].clone()).unwrap()) };
    let total = read(&told);
    let parts: BTreeMap<String, Figures> = (told["parts"].as_array().unwrap().iter())
        .map(|part| (part["division"]["id"].as_str().unwrap().to_owned(), read(part)))
        .collect();
    let sum = parts.values().fold(total.with(&total, -1), |sum, part| sum.with(part, 1));
    assert_eq!(sum, total, "the parts are the whole");
    parts.values().chain([&total]).for_each(Figures::balance);
    (total, parts)
}

/// Writes down what happened to a plaque of a home.
async fn hang(phone: &Phone, home: &str, event: &str, lot: &str, at_ms: i64) -> String {
    let draft = PlaqueDraft { lot: Some(lot.to_owned()), ..plaque(home, event, at_ms) };
    phone.record_plaque(&phone.new_form().await.unwrap(), draft).await.unwrap().id
}

/// What is left in each lot that somebody sees at a console.
async fn stock(console: &Console) -> BTreeMap<String, i64> {
    let told = console.get("/api/v1/plaques/stock").await.unwrap();
    let lot = |row: &Value| (row["lot"].as_str().unwrap().to_owned(), row["left"].as_i64().unwrap());
    told["rows"].as_array().unwrap().iter().map(lot).collect()
}

/// What a phone sees left in each lot.
async fn left(phone: &Phone) -> BTreeMap<String, i64> {
    phone.plaque_lots().await.unwrap().into_iter().map(|lot| (lot.id, lot.left)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stock_follows_its_village_and_balances_by_old_and_new_borders() {
    let town = Town::new().await;
    let clerk = town.bureau.console("clerk").await.unwrap();
    let places = Places::of(&town, &clerk).await;
    let Places { here, elsewhere, a, b, c } = &places;
    let reviewer = Worker { login: "other", name: "乡镇", role: "TOWN_REVIEWER", divisions: &[&elsewhere.0] };
    town.bureau.add(&reviewer).await.unwrap();
    let other = town.bureau.console("other").await.unwrap();

    // The township received twenty and handed down five to A, four to B, three to C.
    let ago = |days: i64| now_ms() - days * DAY;
    let received = json!({ "act": "RECEIVED", "division": here.1, "count": 20, "at": ago(20) });
    let store = record(&clerk, "plaque_stock", &received).await;
    let mut lots = Vec::new();
    for (village, count) in [(a, 5), (b, 4), (c, 3)] {
        let down =
            json!({ "act": "TRANSFERRED", "division": village.1, "from_lot": store, "count": count, "at": ago(19) });
        lots.push(record(&clerk, "plaque_stock", &down).await);
    }
    let mut homes = Vec::new();
    for (n, village) in [a, a, a, a, b, b, c, c].into_iter().enumerate() {
        let home = json!({ "head_name": "张三", "division": village.1, "address": format!("{n}号") });
        homes.push(record(&clerk, "household", &home).await);
    }
    let of_a = places.worker(&town, "of-a", a).await;
    let of_b = places.worker(&town, "of-b", b).await;
    let of_c = places.worker(&town, "of-c", c).await;
    for (phone, lot, count) in [(&of_a, &lots[0], 5), (&of_b, &lots[1], 4), (&of_c, &lots[2], 3)] {
        assert_eq!(left(phone).await, BTreeMap::from([(lot.clone(), count)]), "each sees the lot of its village");
    }
    // Before the borders move A hangs two and hands out one, C hangs one, and B sends one of its four back unissued.
    hang(&of_a, &homes[0], "NEW", &lots[0], ago(10)).await;
    hang(&of_a, &homes[1], "NEW", &lots[0], ago(9)).await;
    hang(&of_a, &homes[2], "ISSUE", &lots[0], ago(9)).await;
    hang(&of_c, &homes[6], "NEW", &lots[2], ago(8)).await;
    for phone in [&of_a, &of_c] {
        let summary = sync(phone).await;
        assert_eq!((summary.held, summary.refused), (0, 0));
    }
    let back = json!({ "act": "RETURNED", "division": here.1, "from_lot": lots[1], "count": 1, "at": ago(7) });
    record(&clerk, "plaque_stock", &back).await;

    let until_now = format!("from={}&to={}", day(-40), day(0));
    let closed = format!("from={}&to={}", day(-40), day(-2));
    let (county_before, townships_before) = figures(&clerk, "", &until_now).await;
    let (_, villages_before) = figures(&clerk, &here.1, &until_now).await;
    let (county_closed, townships_closed) = figures(&clerk, "", &closed).await;
    let (_, villages_closed) = figures(&clerk, &here.1, &closed).await;
    let names = ["hung_end", "issued", "received", "store_left", "store_end"];
    assert_eq!(county_before.told(names), [3, 4, 20, 4, 16]);
    assert_eq!(villages_before[&a.1].told(names), [2, 3, 0, 3, 2]);

    // Two phones do not hear of it: what they write is by the borders they know.
    let mut late = vec![(&of_a, hang(&of_a, &homes[2], "NEW", &lots[0], now_ms() - 60_000).await)];
    late.push((&of_a, hang(&of_a, &homes[3], "NEW", &lots[0], now_ms() - 50_000).await));
    late.push((&of_c, hang(&of_c, &homes[7], "NEW", &lots[2], now_ms() - 40_000).await));
    assert!(stock(&other).await.is_empty());
    places.move_borders(&clerk).await;

    // The borders alone change no plaque: every figure of the new divisions is put together from those of the old.
    let (county, townships) = figures(&clerk, "", &until_now).await;
    let (_, villages) = figures(&clerk, &here.1, &until_now).await;
    assert_eq!(county, county_before);
    let of_old = |id: &str| &villages_before[id];
    assert_eq!(villages[&b.1], of_old(&a.1).with(of_old(&b.1), 1), "B holds and hangs what A did");
    assert_eq!(townships[&here.1], townships_before[&here.1].with(of_old(&c.1), -1));
    assert_eq!(townships[&elsewhere.1], townships_before[&elsewhere.1].with(of_old(&c.1), 1));
    assert!(!villages.contains_key(&a.1) && !villages.contains_key(&c.1));
    assert_eq!(stock(&other).await, BTreeMap::from([(lots[2].clone(), 2)]), "the other township keeps C's lot now");

    // B's worker sees what is left of A's lot, and hangs both of the two; A's worker, who knew nothing, has hung one of them.
    sync(&of_b).await;
    assert_eq!(left(&of_b).await[&lots[0]], 2);
    hang(&of_b, &homes[4], "NEW", &lots[0], now_ms() - 30_000).await;
    hang(&of_b, &homes[5], "NEW", &lots[0], now_ms() - 20_000).await;
    for phone in [&of_b, &of_c, &of_a, &of_b] {
        let summary = sync(phone).await;
        assert_eq!((summary.held, summary.refused), (0, 0), "nothing at a door is held or refused for a border");
    }
    for (phone, event) in &late {
        assert_eq!(phone.state(event).await.unwrap(), RecordState::Confirmed);
    }
    let kept = stock(&clerk).await;
    assert_eq!([&store, &lots[0], &lots[1], &lots[2]].map(|lot| kept[lot]), [8, -1, 3, 1]);
    // What B's homes took lies in B alone: A's phone does not hear of it, the county does.
    assert_eq!((left(&of_a).await[&lots[0]], left(&of_b).await[&lots[0]], left(&of_c).await[&lots[2]]), (1, -1, 1));
    assert_eq!(open_cases(&clerk).await, [("STOCK".to_owned(), lots[0].clone())]);

    // What was issued at home and hung later left the store once; what came late stands where it lies now.
    let (county, townships) = figures(&clerk, "", &until_now).await;
    let (_, villages) = figures(&clerk, &here.1, &until_now).await;
    assert_eq!(county.told(names), [8, 8, 20, 8, 12]);
    assert_eq!(villages[&b.1].told(names), [6, 6, 0, 6, 2]);
    assert_eq!(townships[&elsewhere.1].told(names), [2, 2, 0, 2, 1]);
    assert_eq!(townships[&here.1].told(names), [6, 6, 20, 6, 11]);

    // A year that was closed before is told as it was told, and by the new borders where those are asked for.
    assert_eq!(figures(&clerk, "", &closed).await, (county_closed.clone(), townships_closed.clone()));
    assert_eq!(figures(&clerk, &here.1, &closed).await.1, villages_closed);
    let (_, townships) = figures(&clerk, "", &format!("{closed}&tree_on={}", day(0))).await;
    let c_closed = &villages_closed[&c.1];
    assert_eq!(townships[&here.1], townships_closed[&here.1].with(c_closed, -1));

    // The days since begin, by the new borders, with what the days before ended with by the old.
    let since = format!("from={}&to={}", day(-1), day(0));
    let (county, townships) = figures(&clerk, "", &since).await;
    let (_, villages) = figures(&clerk, &here.1, &since).await;
    let carried = |new: &Figures, old: &Figures| {
        let ended = (old.of("hung_end"), old.of("store_end"));
        assert_eq!((new.of("hung_start"), new.of("store_start")), ended, "{new:?} after {old:?}");
    };
    let ended = |id: &str| &villages_closed[id];
    carried(&county, &county_closed);
    carried(&villages[&b.1], &ended(&a.1).with(ended(&b.1), 1));
    carried(&townships[&here.1], &townships_closed[&here.1].with(ended(&c.1), -1));
    carried(&townships[&elsewhere.1], &townships_closed[&elsewhere.1].with(ended(&c.1), 1));
}
