//! Numbers of people who are not asked, typed where none belongs: what a test writes into every field of every kind, and how it
//! finds them again wherever anything is kept.

use std::collections::BTreeMap;

use bianfang_domain::actor::Right;
use bianfang_domain::document::Document;
use bianfang_domain::form::Form;
use bianfang_domain::kind::{self, Field, Kind};
use bianfang_domain::op::{Act, Part, Review};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::bureau::Bureau;
use crate::work::{pieces, work};

/// An id number whole, in groups, in full-width digits, with a mark inside; an old one; two bank cards.
pub const LINE: &str = "其妻990000196001010013、990000 19600101-003X、９９００００１９６００１０１００５６、\u{202d}990000196001\u{200b}010072\u{202c}、\
    旧110105491231002，卡6217 0012 3456 7890 122和4003601234567893。";

const NUMBERS: [&str; 7] = [
    "990000196001010013",
    "99000019600101003X",
    "990000196001010056",
    "990000196001010072",
    "110105491231002",
    "6217001234567890122",
    "4003601234567893",
];

/// The number that lies open in something, in whatever groups and digits.
#[must_use]
pub fn lies_open(text: &str) -> Option<&'static str> {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0),
        'x' => Some('X'),
        c if c.is_ascii_alphanumeric() => Some(c),
        ' ' | '-' | '\u{200b}' | '\u{202d}' | '\u{202c}' => None,
        _ => Some('|'),
    };
    let plain: String = text.chars().filter_map(narrow).collect();
    NUMBERS.into_iter().find(|number| plain.contains(number))
}

/// Whether a field takes text that nobody masks but the rule: of a sealed one only telephones are read in full by phones.
fn takes(field: &Field) -> bool {
    let text = matches!(field.form, Form::Text | Form::Name | Form::Any | Form::People | Form::Phones | Form::Code);
    text && field.sealed.is_none_or(|right| right == Right::Phones)
}

/// What a document of a kind may be with the numbers in one field more each, and in one that this version does not know.
#[must_use]
pub fn laid_open(kind: &dyn Kind, base: &Document) -> Vec<(&'static str, Document)> {
    let unknown = json!({ LINE: [LINE, { "a": LINE }] });
    let newer = |mut doc: Document| {
        doc.insert("newer".into(), unknown.clone());
        doc
    };
    let mut docs = vec![("newer", newer(base.clone()))];
    for field in kind.fields().iter().filter(|field| takes(field)) {
        let shapes = [
            json!(format!("{}{LINE}", base.get(field.name).and_then(Value::as_str).unwrap_or_default())),
            json!([LINE]),
            json!([{ "name": LINE, "number": LINE, "text": LINE }]),
            json!({ LINE: LINE }),
        ];
        let with = |value| {
            let mut doc = base.clone();
            doc.insert(field.name.to_owned(), value);
            doc
        };
        let shaped: Vec<Document> = shapes.into_iter().map(with).collect();
        // What can never be true is refused, and kept with its words all the same.
        docs.extend(shaped.into_iter().map(|doc| (field.name, doc)));
    }
    docs
}

/// Documents of each kind that the law's county takes.
#[must_use]
pub fn documents() -> BTreeMap<String, Document> {
    let mut found = BTreeMap::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..400 {
        let jobs = work(&pieces().new_tree(&mut runner).unwrap().current());
        let order: Vec<usize> = (0..jobs.len()).collect();
        let bureau = Bureau::heard(&jobs, &order);
        for (sent, decision, _) in &bureau.log {
            if let Act::Record { fields, .. } = &sent.op.act
                && decision.reason.is_none()
            {
                found.entry(sent.op.kind.clone()).or_insert_with(|| fields.clone());
            }
        }
        // What the county begins with, or decides beside.
        for record in bureau.world.records() {
            found.entry(record.kind.clone()).or_insert_with(|| record.doc.clone());
        }
        if found.len() == kind::ALL.len() {
            break;
        }
    }
    found
}

/// Every act that says why.
#[must_use]
pub fn acts() -> Vec<Act> {
    let said = || LINE.to_owned();
    let set: Document = [("newer".to_owned(), json!(LINE))].into_iter().collect();
    vec![
        Act::Change { set: set.clone(), sealed: Default::default(), since: None },
        Act::Amend { set, sealed: Default::default(), reason: said() },
        Act::Settle { part: Part::Whole, accept: true, reason: said() },
        Act::Unsettle { part: Part::Whole, reason: said() },
        Act::Review { verdict: Review::Returned, comment: Some(said()) },
        Act::Void { reason: said() },
    ]
}
