//! Each ledger's fields as fields of the register's documents. Where the two use one word it is not repeated here.

use bianfang_domain::document::Document;
use bianfang_domain::id_number::{IdNumber, Sex};
use bianfang_domain::warning::{Warning, warnings};
use serde_json::{Value, json};

use super::Says;
use crate::ledger::{CodedName, SheetDivision, SheetLetter, SheetPerson, SheetPlaque, SheetVisit, StaffRow};
use crate::line::{Line, Note, Weight};
use crate::table::SheetField;
use crate::value::{SheetDate, SheetPhone};

/// Fields put in only where the sheet says something.
struct Filling<'a>(&'a mut Document);

impl Filling<'_> {
    fn put(&mut self, name: &str, value: Option<impl Into<Value>>) -> &mut Self {
        if let Some(value) = value {
            self.0.insert(name.to_owned(), value.into());
        }
        self
    }
    fn text(&mut self, name: &str, text: Option<String>) -> &mut Self {
        self.put(name, text)
    }
    fn date(&mut self, name: &str, date: Option<SheetDate>) -> &mut Self {
        self.put(name, date.map(|date| date.to_string()))
    }
    fn day(&mut self, name: &str, date: Option<SheetDate>) -> &mut Self {
        self.put(name, date.and_then(SheetDate::first_day).map(|day| day.0))
    }
    /// The first instant of a day: never after the import, and of that day in every figure.
    fn instant(&mut self, name: &str, date: Option<SheetDate>) -> &mut Self {
        self.put(name, date.and_then(SheetDate::first_day).map(|day| day.start_ms()))
    }
    fn list(&mut self, name: &str, list: Vec<Value>) -> &mut Self {
        self.put(name, (!list.is_empty()).then_some(list))
    }
    fn phones(&mut self, phones: Vec<SheetPhone>) -> &mut Self {
        let phone = |phone: SheetPhone| match phone.owner {
            Some(owner) => json!({ "number": phone.number, "owner": owner }),
            None => json!(phone.number),
        };
        self.list("phones", phones.into_iter().map(phone).collect())
    }
    /// One that fails its check is kept as written: the township compares it with the card.
    fn number(&mut self, number: Option<&IdNumber>, suspect: Option<String>) -> &mut Self {
        self.put("id_number", number.map(|number| number.reveal().to_owned()).or(suspect))
    }
}

fn coded(name: CodedName) -> String {
    name.code.map_or(name.name, str::to_owned)
}

/// Who signed, or why nobody did: 未签：外出.
fn signature(cell: Option<String>) -> (Option<String>, Option<String>) {
    let Some(text) = cell else { return (None, Some("台账未记录签字".to_owned())) };
    let reason = ["未签字", "未签收", "未签", "无", "否"].iter().find_map(|no| text.strip_prefix(no));
    match reason.map(|reason| reason.trim_start_matches(['：', ':', '，', ','])) {
        Some("") => (None, Some("台账未记录签字".to_owned())),
        Some(reason) => (None, Some(reason.to_owned())),
        None => (Some(text), None),
    }
}

/// Several people of one cell.
fn people(cell: Option<String>) -> Vec<Value> {
    let cell = cell.unwrap_or_default();
    let names = cell.split(['、', ',', '，', ';', '；', '\n']).map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| json!({ "name": name })).collect()
}

fn names(list: Vec<String>) -> Vec<Value> {
    list.into_iter().map(|name| json!({ "name": name })).collect()
}

impl Says for SheetPerson {
    fn say(self, line: &mut Line) {
        line.township = self.township.unwrap_or_default();
        line.village = self.village.unwrap_or_default();
        let number = self.id_number.as_ref();
        let sex = number.map(|number| if number.sex() == Sex::Male { "MALE" } else { "FEMALE" });
        let written = self.sex.map(|sex| if sex == "女" || sex == "FEMALE" { "FEMALE" } else { "MALE" });
        let born = number.and_then(IdNumber::birth).and_then(SheetDate::of);
        let categories: Vec<Value> =
            self.category.into_iter().chain(self.preferential).map(|name| json!(coded(name))).collect();
        Filling(&mut line.fields)
            .put("name", Some(self.name).filter(|name| !name.is_empty()))
            .number(number, self.id_suspect)
            .put("sex", written.or(sex))
            // The number tells the day where the sheet tells the month; where they differ the sheet's word is kept.
            .date(
                "birth",
                match (self.birth, born) {
                    (Some(birth), Some(born)) if !born.to_string().starts_with(&birth.to_string()) => Some(birth),
                    (birth, born) => born.or(birth),
                },
            )
            .text("ethnicity", self.ethnicity)
            .text("politics", self.politics)
            .text("education", self.education)
            .text("registered_address", self.registered_address)
            .text("address", self.address)
            .phones(self.phones)
            .date("enlisted", self.enlisted)
            .date("discharged", self.discharged)
            .list("categories", categories)
            .text("placement_kind", self.placement)
            .text("merits", self.merits)
            .text("disability_grade", self.disability)
            .put("combat", self.combat)
            .text("employment_state", self.employment)
            .text("employer", self.employer)
            .text("health", self.health)
            .put("low_income", self.low_income)
            .text("card_number", self.card_number)
            .list("contact_staff", people(self.contact_staff))
            .put("life", self.life)
            .day("died_on", self.died_on)
            .text("note", self.remark);
        let warned = warnings(&line.fields).into_iter().filter(|warning| *warning != Warning::NoIdNumber);
        let warned: Vec<Note> = warned.map(|warning| look_twice(warning, line)).collect();
        line.notes.extend(warned);
    }

    fn name_of(field: SheetField) -> &'static str {
        match field {
            SheetField::Category | SheetField::Preferential => "categories",
            SheetField::Placement => "placement_kind",
            SheetField::Disability => "disability_grade",
            SheetField::Employment => "employment_state",
            SheetField::Remark => "note",
            other => plain(other),
        }
    }
}

/// What may still be right, as the phone says it before saving (invariant 13).
fn look_twice(warning: Warning, line: &Line) -> Note {
    Note {
        at: line.at(warning.field()),
        code: format!("warning_{}", warning.field()),
        message: format!("{} / {}", warning.zh(), warning.en()),
        from: line.text(warning.field()).map(str::to_owned),
        to: None,
        weight: Weight::Note,
    }
}

impl Says for SheetDivision {
    fn say(self, line: &mut Line) {
        line.township = self.township.unwrap_or_default();
        line.village = self.village.or(self.name).unwrap_or_default();
        Filling(&mut line.fields)
            .put("name", Some(line.village.clone()).filter(|name| !name.is_empty()))
            .text("code12", self.code)
            .day("valid_from", self.valid_from)
            .day("valid_to", self.valid_to)
            .text("merged_into", self.merged_into);
    }

    fn name_of(field: SheetField) -> &'static str {
        match field {
            SheetField::Code => "code12",
            SheetField::Division | SheetField::Village => "name",
            other => plain(other),
        }
    }
}

impl Says for SheetPlaque {
    fn say(self, line: &mut Line) {
        line.township = self.township.unwrap_or_default();
        line.village = self.village.unwrap_or_default();
        Filling(&mut line.subject)
            .put("name", Some(self.name))
            .text("head_name", self.head)
            .text("relation", self.relation)
            .number(self.id_number.as_ref(), self.id_suspect)
            .text("address", self.address)
            .phones(self.phones);
        let (signed, unsigned) = signature(self.signature);
        // A column of what was done to the plaque, left empty, means the first one.
        let event = self.event.map_or_else(|| "NEW".to_owned(), coded);
        Filling(&mut line.fields)
            .put("event", Some(event))
            .put("position", self.position.map(coded))
            .instant("at", self.hung_at)
            .text("hanger", self.hung_by)
            .text("signature", signed)
            .put("no_signature", unsigned)
            .text("category_text", self.category)
            .text("certificate", self.certificate)
            .text("photo_number", self.photo_number)
            .text("note", self.remark);
    }

    fn name_of(field: SheetField) -> &'static str {
        match field {
            SheetField::HungAt => "at",
            SheetField::HungBy => "hanger",
            SheetField::Head => "head_name",
            SheetField::Remark => "note",
            other => plain(other),
        }
    }
}

impl Says for SheetVisit {
    fn say(self, line: &mut Line) {
        line.township = self.township.unwrap_or_default();
        line.village = self.village.unwrap_or_default();
        Filling(&mut line.subject)
            .put("name", Some(self.name))
            .number(self.id_number.as_ref(), self.id_suspect)
            .text("address", self.address)
            .phones(self.phones);
        let yuan = |fen: i64| format!("{}.{:02}元", fen / 100, fen % 100);
        let gifts = [self.cash.map(|fen| format!("慰问金 {}", yuan(fen))), self.goods, self.goods_value.map(yuan)];
        let gifts: Vec<String> = gifts.into_iter().flatten().collect();
        let needs: Vec<String> = [self.needs.clone(), self.result.clone()].into_iter().flatten().collect();
        let (signed, unsigned) = signature(self.signature);
        let mut work: Vec<Value> = self.work_types.into_iter().map(|name| json!(coded(name))).collect();
        if work.is_empty() {
            work.push(json!("ROUND"));
        }
        Filling(&mut line.fields)
            .instant("at", self.visited_at)
            .put("method", Some(self.method.map_or_else(|| "HOME".to_owned(), coded)))
            .list("work_types", work)
            .put("result", self.visit_result.map(coded))
            .list("visitors", names(self.visitors))
            .put("companions", (!self.companions.is_empty()).then(|| self.companions.join("、")))
            .text("situation", self.living)
            .text("thoughts", self.thoughts)
            .text("difficulties", self.hardship)
            .text("answered", self.answer)
            .text("to_solve", self.needs)
            .put("gifts_text", (!gifts.is_empty()).then(|| gifts.join("；")))
            .put("needs_text", (!needs.is_empty()).then(|| needs.join("；")))
            .text("signature", signed)
            .put("no_signature", unsigned)
            .text("note", self.remark);
    }

    fn name_of(field: SheetField) -> &'static str {
        match field {
            SheetField::VisitedAt => "at",
            SheetField::WorkType => "work_types",
            SheetField::VisitResult => "result",
            SheetField::Living => "situation",
            SheetField::Hardship => "difficulties",
            SheetField::Answer => "answered",
            SheetField::Needs => "to_solve",
            SheetField::Remark => "note",
            other => plain(other),
        }
    }
}

impl Says for SheetLetter {
    fn say(self, line: &mut Line) {
        line.township = self.township.unwrap_or_default();
        line.village = self.village.unwrap_or_default();
        let (signed, unsigned) = match self.signature {
            Some(text) => signature(Some(text)),
            None => (None, None),
        };
        Filling(&mut line.subject).put("name", self.family_name.clone()).phones(self.phones.clone());
        Filling(&mut line.fields)
            .put("soldier", Some(self.name))
            .put("level", self.level.map(coded))
            .text("notice_no", self.notice_number)
            .text("family_name", self.family_name)
            .text("relation", self.relation)
            .text("address", self.address)
            .put("phone", self.phones.into_iter().next().map(|phone| phone.number))
            .day("approved_on", self.approved_at)
            .day("received_on", self.received_at)
            .day("delivered_on", self.delivered_at)
            .text("delivered_by", self.delivered_by)
            .put("goods_fen", self.goods_value)
            .put("award_fen", self.award)
            .text("signature", signed)
            .text("no_signature", unsigned)
            .text("receipt", self.receipt)
            .text("note", self.remark);
    }

    fn name_of(field: SheetField) -> &'static str {
        match field {
            SheetField::Name => "soldier",
            SheetField::NoticeNumber => "notice_no",
            SheetField::Phones => "phone",
            SheetField::ApprovedAt => "approved_on",
            SheetField::ReceivedAt => "received_on",
            SheetField::DeliveredAt => "delivered_on",
            SheetField::GoodsValue => "goods_fen",
            SheetField::Award => "award_fen",
            SheetField::Remark => "note",
            other => plain(other),
        }
    }
}

impl Says for StaffRow {
    fn say(self, line: &mut Line) {
        Filling(&mut line.fields)
            .put("login", Some(self.login))
            .put("name", Some(self.name))
            .put("role", self.role.map(coded))
            .list("scope", self.scope.into_iter().map(Value::from).collect())
            .day("from", self.from)
            .day("to", self.to)
            .text("successor", self.successor)
            .text("note", self.remark)
            .phones(self.phones);
    }

    fn name_of(field: SheetField) -> &'static str {
        if field == SheetField::Remark { "note" } else { plain(field) }
    }
}

/// Fields that sheet and register call by one word.
fn plain(field: SheetField) -> &'static str {
    match field {
        SheetField::Name => "name",
        SheetField::Sex => "sex",
        SheetField::Ethnicity => "ethnicity",
        SheetField::IdNumber => "id_number",
        SheetField::Birth => "birth",
        SheetField::Politics => "politics",
        SheetField::Education => "education",
        SheetField::RegisteredAddress => "registered_address",
        SheetField::Address => "address",
        SheetField::Township => "township",
        SheetField::Village => "village",
        SheetField::Phones => "phones",
        SheetField::Enlisted => "enlisted",
        SheetField::Discharged => "discharged",
        SheetField::Merits => "merits",
        SheetField::Combat => "combat",
        SheetField::Employer => "employer",
        SheetField::Health => "health",
        SheetField::LowIncome => "low_income",
        SheetField::CardNumber => "card_number",
        SheetField::ContactStaff => "contact_staff",
        SheetField::Life => "life",
        SheetField::DiedOn => "died_on",
        SheetField::ValidFrom => "valid_from",
        SheetField::ValidTo => "valid_to",
        SheetField::MergedInto => "merged_into",
        SheetField::Relation => "relation",
        SheetField::Certificate => "certificate",
        SheetField::Event => "event",
        SheetField::Position => "position",
        SheetField::Signature => "signature",
        SheetField::PhotoNumber => "photo_number",
        SheetField::Method => "method",
        SheetField::Visitors => "visitors",
        SheetField::Companions => "companions",
        SheetField::Thoughts => "thoughts",
        SheetField::Level => "level",
        SheetField::FamilyName => "family_name",
        SheetField::DeliveredBy => "delivered_by",
        SheetField::Receipt => "receipt",
        SheetField::Login => "login",
        SheetField::Role => "role",
        SheetField::Scope => "scope",
        SheetField::From => "from",
        SheetField::To => "to",
        SheetField::Successor => "successor",
        _ => "",
    }
}
