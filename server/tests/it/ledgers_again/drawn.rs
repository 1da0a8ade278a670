//! Records as dice throw them: people with their homes, visits, plaques, letters, units and basis persons, each as a form of a
//! desk or a phone may write it. What a sheet rightly reads otherwise is left out, each with its reason.

use std::collections::BTreeSet;

use bianfang_domain::codes::shipped;
use bianfang_domain::document::Document;
use bianfang_domain::form::Form;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, Field};
use bianfang_domain::time::Day;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use uuid::Uuid;

/// A record: its kind, its id, what it says.
pub type Written = (&'static str, RecordId, Value);

pub struct Dice(StdRng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    fn upto(&mut self, n: usize) -> usize {
        usize::try_from(self.0.next_u64() % n as u64).unwrap()
    }

    fn often(&mut self) -> bool {
        self.upto(10) < 6
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.upto(of.len())].clone()
    }

    fn words(&mut self) -> String {
        let long = 1 + self.upto(6);
        let rest: String = (0..long).map(|_| self.pick(&['米', '油', '务', '农', '养', '牛', '，', '。'])).collect();
        format!("一{rest}")
    }

    fn name(&mut self) -> String {
        let given: String = (0..1 + self.upto(2)).map(|_| self.pick(&['建', '国', '秀', '英', '伟', '芳'])).collect();
        format!("{}{given}", self.pick(&["张", "王", "李", "欧阳"]))
    }

    /// A day between 1940 and 1999.
    fn past(&mut self) -> Day {
        Day(Day::from_ymd(1940, 1, 1).unwrap().0 + i32::try_from(self.upto(21_000)).unwrap())
    }

    /// One of the last months.
    fn lately(&mut self) -> Day {
        Day(Day::from_ymd(2026, 3, 1).unwrap().0 + i32::try_from(self.upto(200)).unwrap())
    }

    fn some_of(&mut self, all: &[String]) -> Value {
        let some: Vec<&String> = all.iter().filter(|_| self.upto(all.len().max(3)) < 2).collect();
        let one = self.pick(all);
        if some.is_empty() { json!([one]) } else { json!(some) }
    }

    /// What a field of this form may hold.
    fn value(&mut self, field: &Field) -> Value {
        let known = codes(field.tables);
        match field.form {
            Form::Name => json!(self.name()),
            Form::Date => {
                let short = self.upto(3);
                json!(self.past().to_string()[..10 - 3 * short])
            }
            Form::Day => json!(self.past()),
            Form::Flag => json!(self.often()),
            Form::Fen => json!(self.upto(1_000_000)),
            Form::Phones => self.phones(),
            Form::People => {
                let people: Vec<Value> = (0..1 + self.upto(3)).map(|_| json!({ "name": self.name() })).collect();
                json!(people)
            }
            _ if field.list => self.some_of(&known),
            Form::Code => json!(self.pick(&known)),
            _ if !known.is_empty() && self.often() => json!(self.pick(&known)),
            // A table that rules read has codes, and of a sheet its words as they were read.
            _ if !known.is_empty() => json!("另一说法"),
            _ if field.name == "card_number" => json!(format!("蒙A{:06}", self.upto(1_000_000))),
            _ => json!(self.words()),
        }
    }

    fn phones(&mut self) -> Value {
        let phones: Vec<Value> = (0..1 + self.upto(2))
            .map(|_| {
                let number = format!("138{:08}", self.upto(100_000_000));
                if self.often() { json!(number) } else { json!({ "number": number, "owner": "儿子" }) }
            })
            .collect();
        json!(phones)
    }

    /// Fields of a kind, each or not, but those that are named.
    fn fields(&mut self, kind: &str, but: &[&str]) -> Document {
        let fields = kind::by_name(kind).unwrap().fields();
        let mut said = Document::new();
        for field in fields.iter().filter(|field| !field.headers.is_empty() && !but.contains(&field.name)) {
            if self.often() {
                said.insert(field.name.to_owned(), self.value(field));
            }
        }
        said
    }
}

/// A number whose check digit is right (GB 11643), of an area that never was.
fn id_number(born: Day, order: usize) -> String {
    let (year, month, day) = born.ymd().unwrap();
    let body = format!("990101{year:04}{month:02}{day:02}{order:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum as usize % 11])
}

fn codes(tables: &[&str]) -> Vec<String> {
    let items = tables.iter().filter_map(|name| shipped(name)).flat_map(|table| table.items);
    items.map(|item| item.code.to_owned()).collect()
}

fn id(kind: &str, n: usize) -> RecordId {
    let kind = kind::ALL.iter().position(|known| known.name() == kind).unwrap();
    RecordId(Uuid::from_u128(((kind as u128 + 1) << 64) + n as u128))
}

/// A name that nobody of the village has: who has neither a number nor a telephone is known by name, and of two of one name a
/// person must say which is meant.
fn own_name(dice: &mut Dice, taken: &mut BTreeSet<(String, RecordId)>, village: RecordId) -> String {
    let mut name = dice.name();
    while !taken.insert((name.clone(), village)) {
        name.push(dice.pick(&['明', '华', '军', '强']));
    }
    name
}

/// Homes with the people in them, and people in none.
fn people(dice: &mut Dice, villages: &[RecordId], n: usize) -> Vec<Written> {
    let mut all = Vec::new();
    let mut homes = Vec::new();
    let (mut heads, mut taken) = (BTreeSet::new(), BTreeSet::new());
    for at in 0..n.div_ceil(2) {
        let village = dice.pick(villages);
        let mut home = json!({ "head_name": own_name(dice, &mut heads, village), "division": village, "address": format!("{at}组1号") });
        if dice.often() {
            home["registered_address"] = json!(format!("{at}组老屋"));
        }
        homes.push((id("household", at), village));
        all.push(("household", id("household", at), home));
    }
    for at in 0..n {
        // The roster lists the living; what an id number tells is below; what is typed at a phone has no list of telephones.
        let but = ["name", "sex", "id_number", "birth", "life", "died_on", "placement_year", "card_kind", "card_state"];
        let mut doc = dice.fields("person", &but);
        let (home, village) = dice.pick(&homes);
        // Who has no number has a name that nobody has at all: a row above of it would be doubted.
        let numbered = at % 4 != 3;
        let name =
            own_name(dice, &mut taken, village) + if numbered { "" } else { ["甲", "乙", "丙", "丁"][at / 4] };
        if dice.often() {
            doc.insert("household".into(), json!(home));
        } else {
            // Who has no household is given one by every sheet that tells a door or that they head one, and the row says so.
            for field in ["address", "registered_address", "relation"] {
                doc.remove(field);
            }
        }
        let born = dice.past();
        let order = 1 + at;
        if numbered {
            doc.insert("id_number".into(), json!(id_number(born, order)));
            // The number tells both, and who has it is completed from it.
            doc.insert("sex".into(), json!(if order % 2 == 1 { "MALE" } else { "FEMALE" }));
            doc.insert("birth".into(), json!(born.to_string()));
        } else {
            doc.insert("sex".into(), json!(dice.pick(&["MALE", "FEMALE"])));
            doc.insert("birth".into(), json!(born.to_string()));
        }
        if dice.often() {
            doc.insert("card_state".into(), json!(dice.pick(&["APPLIED", "MADE", "HANDED_OVER", "LOST"])));
            doc.insert("card_kind".into(), dice.value(&kind::field(kind::by_name("person").unwrap(), "card_kind")));
        }
        if dice.often() {
            doc.insert("placement_year".into(), json!("2019"));
        }
        if dice.often() {
            doc.insert("extra".into(), json!({ "开户行": "=农行", "备用": "'甲" }));
        }
        for (field, value) in [
            ("name", json!(name)),
            ("living_division", json!(village)),
            ("registered_division", json!(village)),
            ("register", json!("ACTIVE")),
            ("life", json!("ALIVE")),
        ] {
            doc.insert(field.into(), value);
        }
        all.push(("person", id("person", at), Value::Object(doc)));
    }
    all
}

fn visits(dice: &mut Dice, people: &[RecordId], n: usize) -> Vec<Written> {
    let visit = |at: usize, dice: &mut Dice| {
        let but = ["at", "result", "entries", "work_types", "method", "signature", "assumed"];
        let mut doc = dice.fields("contact", &but);
        let mut named: Vec<Value> = Vec::new();
        for person in people {
            // A death that was reported waits for a reviewer, and who is dead is on no roster.
            let result = dice.pick(&["MET", "MET_FAMILY", "NOT_HOME", "REFUSED", "AWAY"]);
            if named.len() < 3 && dice.upto(people.len()) < 2 {
                named.push(json!({ "person": person, "result": result }));
            }
        }
        if named.is_empty() {
            named.push(json!({ "person": people[0], "result": "MET" }));
        }
        let works = codes(&["WORK_TYPE"]);
        let works = dice.some_of(&works);
        if works.as_array().unwrap().contains(&json!("MUST")) {
            doc.insert("must_trigger".into(), json!("RETURNED_HOME"));
        }
        let methods = codes(&["METHOD"]);
        let minute = i64::try_from(dice.upto(1_440)).unwrap();
        doc.insert("at".into(), json!(dice.lately().start_ms() + minute * 60_000 + i64::try_from(at).unwrap()));
        doc.insert("method".into(), json!(dice.pick(&methods)));
        doc.insert("work_types".into(), works);
        doc.insert("entries".into(), json!(named));
        if dice.often() {
            doc.insert("follow_up_on".into(), json!(dice.lately()));
        }
        for (field, value) in [
            ("gifts_text", json!("500元，大米1袋")),
            ("needs_text", json!("修屋顶")),
            ("no_photo", json!("不便")),
            ("entered_by", json!("纸质表")),
            ("no_place", json!("无信号")),
        ] {
            if dice.upto(10) < 3 {
                doc.insert(field.into(), value);
            }
        }
        if dice.often() {
            doc.insert("signature".into(), json!("ab".repeat(32)));
        } else {
            doc.insert("no_signature".into(), json!(dice.words()));
        }
        if dice.often() {
            let answers = json!({ "set": "EMPLOYMENT", "version": 1, "values": { "income": 3000 } });
            doc.insert("answers".into(), json!([answers]));
        }
        ("contact", id("contact", at), Value::Object(doc))
    };
    (0..n).map(|at| visit(at, dice)).collect()
}

fn plaques(dice: &mut Dice, homes: &[RecordId]) -> Vec<Written> {
    let mut all = Vec::new();
    for home in homes {
        if !dice.often() {
            continue;
        }
        let first = dice.lately();
        for (turn, act) in ["NEW", "REPLACE"].into_iter().enumerate().take(1 + dice.upto(2)) {
            let mut doc = dice.fields("plaque_event", &["event", "position", "at", "hanger", "signature", "assumed"]);
            let day = Day(first.0 + 20 * i32::try_from(turn).unwrap());
            let hour = i64::try_from(dice.upto(24)).unwrap();
            for (field, value) in [
                ("household", json!(home)),
                ("event", json!(act)),
                ("at", json!(day.start_ms() + hour * 3_600_000)),
                ("position", json!(dice.pick(&["GATE", "INDOOR"]))),
                ("hanger", json!(dice.name())),
            ] {
                doc.insert(field.into(), value);
            }
            let signed = dice.often();
            let (field, value) = if signed { ("signature", dice.name()) } else { ("no_signature", dice.words()) };
            doc.insert(field.into(), json!(value));
            if act == "REPLACE" {
                doc.insert("old_returned".into(), json!(true));
                doc.insert("reason".into(), json!("AGED"));
            } else {
                doc.remove("old_returned");
            }
            all.push(("plaque_event", id("plaque_event", all.len()), Value::Object(doc)));
        }
    }
    all
}

fn letters(dice: &mut Dice, villages: &[RecordId], n: usize) -> Vec<Written> {
    let mut all = Vec::new();
    for at in 0..n {
        let mut doc = dice.fields("letter", &["soldier", "level", "phone", "notice_no", "received_on", "approved_on"]);
        let levels = codes(&["LETTER_LEVEL"]);
        let received = dice.lately();
        for (field, value) in [
            ("soldier", json!(dice.name())),
            ("source", json!(dice.pick(&["TROOPS", "PAFD", "FAMILY"]))),
            ("level", json!(dice.pick(&levels))),
            ("division", json!(dice.pick(villages))),
            ("notice_no", json!(format!("第{at}号"))),
            ("received_on", json!(received)),
        ] {
            doc.insert(field.into(), value);
        }
        if dice.often() {
            doc.insert("approved_on".into(), json!(Day(received.0 - 30)));
        }
        if dice.often() {
            doc.insert("phone".into(), json!(format!("1370{:07}", dice.upto(10_000_000))));
        }
        let letter = id("letter", at);
        all.push(("letter", letter, Value::Object(doc)));
        let way = ["REGISTERED", "VERIFIED", "DELIVERED", "FED_BACK"];
        for (turn, step) in way.into_iter().enumerate().take(dice.upto(5)) {
            let day = Day(received.0 + 1 + i32::try_from(turn).unwrap());
            let mut doc = json!({ "letter": letter, "step": step, "at": day.start_ms() + 9 * 3_600_000 });
            if step == "DELIVERED" {
                let by = if dice.often() {
                    json!(["李局长", "周部长"])
                } else {
                    json!([{ "name": "李局长", "of": "BUREAU" }])
                };
                doc["delivered_by"] = by;
                let signed = dice.often();
                doc[if signed { "signature" } else { "no_signature" }] =
                    json!(if signed { "张三" } else { "不识字" });
                if dice.often() {
                    doc["award_fen"] = json!(dice.upto(1_000_000));
                    doc["goods_fen"] = json!(dice.upto(1_000_000));
                }
            }
            if step == "FED_BACK" && dice.often() {
                doc["note"] = json!(dice.words());
            }
            all.push(("letter_step", id("letter_step", 10 * at + turn), doc));
        }
    }
    all
}

fn listed(dice: &mut Dice, homes: &[RecordId], villages: &[RecordId], n: usize) -> Vec<Written> {
    let mut all = Vec::new();
    for at in 0..n {
        let mut unit = dice.fields("unit", &["name", "unit_kind"]);
        unit.insert("name".into(), json!(format!("{}{at}厂", dice.words())));
        unit.insert("unit_kind".into(), json!(dice.pick(&["EMPLOYER", "FORCES", "TRAINER"])));
        unit.insert("division".into(), json!(dice.pick(villages)));
        all.push(("unit", id("unit", at), Value::Object(unit)));

        let mut soldier = dice.fields("basis_person", &["name", "basis", "certificate_no", "died_on", "discharged"]);
        let basis = dice.pick(&["SERVING", "VETERAN", "MARTYR", "ON_DUTY", "ILLNESS"]);
        soldier.insert("name".into(), json!(dice.name()));
        soldier.insert("basis".into(), json!(basis));
        match basis {
            "SERVING" => {}
            "VETERAN" => _ = soldier.insert("discharged".into(), json!("2001-11")),
            _ => {
                soldier.insert("certificate_no".into(), json!(format!("烈字{at}号")));
                soldier.insert("died_on".into(), json!(dice.past()));
            }
        }
        let (field, at_home) =
            if dice.often() { ("household", dice.pick(homes)) } else { ("division", dice.pick(villages)) };
        soldier.insert(field.into(), json!(at_home));
        all.push(("basis_person", id("basis_person", at), Value::Object(soldier)));
    }
    all
}

/// A register of `n` people and what was done with them, in the order in which it is written.
pub fn register(dice: &mut Dice, villages: &[RecordId], n: usize) -> Vec<Written> {
    let mut all = people(dice, villages, n);
    let of =
        |kind: &str| -> Vec<RecordId> { all.iter().filter(|(of, ..)| *of == kind).map(|(_, id, _)| *id).collect() };
    let (homes, served) = (of("household"), of("person"));
    all.extend(listed(dice, &homes, villages, n / 3));
    all.extend(visits(dice, &served, n));
    all.extend(plaques(dice, &homes));
    all.extend(letters(dice, villages, n / 3));
    all
}
