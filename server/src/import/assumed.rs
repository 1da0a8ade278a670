//! What a ledger leaves unsaid and its records need. Nothing is assumed in silence: each question is asked once for the sheet,
//! the rows that lack it wait as doubtful until somebody answers, and the record is marked with it ([`bianfang_domain::assumed`]).

use std::borrow::Cow;
use std::collections::BTreeMap;

use bianfang_domain::assumed::NAME;
use bianfang_domain::codes::{Codes, shipped};
use bianfang_domain::document::Document;
use bianfang_sheets::{Ledger, Line};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::places;
use super::why::Why;

/// One question about a sheet.
#[derive(Debug)]
pub struct Assumption {
    /// The field it is about, as records are marked with it.
    pub name: &'static str,
    /// 中文
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// The table whose codes answer it.
    pub table: &'static str,
    /// What is proposed.
    pub usual: &'static str,
    /// What is said of a row that waits for it.
    pub why: Why,
    /// Whether a row says nothing of it.
    lacks: fn(&Line) -> bool,
    /// An answer as the row would have said it; None says nothing.
    told: fn(&str) -> Option<Value>,
}

const YES: &str = "YES";

fn yes(answer: &str) -> Option<Value> {
    (answer == YES).then_some(Value::Bool(true))
}

const VISITS: &[Assumption] = &[
    Assumption {
        name: "method",
        zh: "没有写走访方式的，按哪一种",
        en: "By which method, where the sheet says none",
        table: "METHOD",
        usual: "HOME",
        why: Why::AssumesMethod,
        lacks: |line| !line.fields.contains_key("method"),
        told: |answer| Some(json!(answer)),
    },
    Assumption {
        name: "result",
        zh: "没有写走访结果的，按哪一种",
        en: "With which result, where the sheet says none",
        table: "RESULT",
        usual: "MET",
        why: Why::AssumesResult,
        lacks: |line| !line.fields.contains_key("result"),
        told: |answer| Some(json!(answer)),
    },
    Assumption {
        name: "work_types",
        zh: "没有写工作类型的，按哪一种",
        en: "As which kind of work, where the sheet says none",
        table: "WORK_TYPE",
        usual: "ROUND",
        why: Why::AssumesWorkTypes,
        lacks: |line| !line.fields.contains_key("work_types"),
        told: |answer| Some(json!([answer])),
    },
];

const PEOPLE: &[Assumption] = &[Assumption {
    name: "living_division",
    zh: "新登记的人是否就住在表格所写的村（否：只登记户籍）",
    en: "Whether those who are new live in the village of their row (no: only registered there)",
    table: "YES_NO",
    usual: YES,
    why: Why::AssumesLivingDivision,
    lacks: |line| !line.fields.contains_key("living_division"),
    told: yes,
}];

const PLAQUES: &[Assumption] = &[Assumption {
    name: "old_returned",
    zh: "更换的是否都已交回旧牌",
    en: "Whether the old plaque was handed in wherever one was replaced",
    table: "YES_NO",
    usual: YES,
    why: Why::AssumesOldReturned,
    lacks: |line| line.text("event") == Some("REPLACE") && !line.fields.contains_key("old_returned"),
    told: yes,
}];

/// The questions of a ledger.
#[must_use]
pub fn of(ledger: Ledger) -> &'static [Assumption] {
    match ledger {
        Ledger::Visits => VISITS,
        Ledger::People => PEOPLE,
        Ledger::Plaques => PLAQUES,
        Ledger::Divisions | Ledger::Letters | Ledger::Units | Ledger::BasisPersons | Ledger::Staff => &[],
    }
}

/// Answers by the name of the question.
pub type Answers = BTreeMap<String, String>;

/// What is proposed for each question of a ledger.
#[must_use]
pub fn usual(ledger: Ledger) -> Answers {
    of(ledger).iter().map(|asked| (asked.name.to_owned(), asked.usual.to_owned())).collect()
}

/// The first answer that is none: to no question of the ledger, or no code that the county offers.
#[must_use]
pub fn wrong(ledger: Ledger, answers: &Answers, codes: &Codes) -> Option<String> {
    let fits = |(name, code): &(&String, &String)| {
        let asked = of(ledger).iter().find(|asked| asked.name == name.as_str());
        let items = asked.and_then(|asked| shipped(asked.table)).map(|table| codes.items(table)).unwrap_or_default();
        items.iter().any(|item| item.code == **code && !item.hidden)
    };
    answers.iter().find(|pair| !fits(pair) && !places::is_answer(pair.0)).map(|(name, code)| format!("{name}={code}"))
}

/// What a plan keeps of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Assumed {
    /// What was answered.
    pub answers: Answers,
    /// How many rows lack each and need it.
    pub rows: BTreeMap<String, u64>,
    /// Places that the register has not, and how many rows name each.
    pub places: BTreeMap<String, u64>,
}

/// A question as people are asked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AssumptionView {
    /// The field it is about: `method`.
    pub name: String,
    /// 中文
    pub zh: String,
    /// English.
    pub en: String,
    /// The code table of its answers: `METHOD`.
    pub table: String,
    /// The code that is proposed.
    pub proposed: String,
    /// The code that was answered; none: rows wait for it.
    pub answer: Option<String>,
    /// Rows that say nothing of it and need it.
    pub rows: u64,
}

impl Assumed {
    /// The questions that rows of a ledger need, answered or not.
    #[must_use]
    pub fn asked(&self, ledger: Ledger) -> Vec<AssumptionView> {
        let asked = of(ledger).iter().filter_map(|asked| {
            let rows = self.rows.get(asked.name).copied().filter(|rows| *rows > 0)?;
            Some(AssumptionView {
                name: asked.name.to_owned(),
                zh: asked.zh.to_owned(),
                en: asked.en.to_owned(),
                table: asked.table.to_owned(),
                proposed: asked.usual.to_owned(),
                answer: self.answers.get(asked.name).cloned(),
                rows,
            })
        });
        asked.collect()
    }
}

/// What a row lacks.
#[must_use]
pub fn lacking(ledger: Ledger, line: &Line) -> Vec<&'static Assumption> {
    of(ledger).iter().filter(|asked| (asked.lacks)(line)).collect()
}

/// Puts answers, or what is proposed, into fields that lack them, with the mark.
pub fn put(fields: &mut Document, lacking: &[&'static Assumption], answers: &Answers) {
    for asked in lacking {
        let answer = answers.get(asked.name).map_or(asked.usual, String::as_str);
        let Some(told) = (asked.told)(answer) else { continue };
        fields.insert(asked.name.to_owned(), told);
        if let Value::Array(marks) = fields.entry(NAME).or_insert_with(|| json!([])) {
            marks.retain(|mark| mark != asked.name);
            marks.push(json!(asked.name));
        }
    }
}

/// A row of what was done, as if its sheet said all.
#[must_use]
pub fn filled<'a>(line: &'a Line, lacking: &[&'static Assumption], answers: &Answers) -> Cow<'a, Line> {
    if lacking.is_empty() {
        return Cow::Borrowed(line);
    }
    let mut line = line.clone();
    put(&mut line.fields, lacking, answers);
    Cow::Owned(line)
}
