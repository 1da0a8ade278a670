//! A cell as a value of the register, by what its column holds.

use bianfang_domain::alike;
use bianfang_domain::codes::{self, ShippedTable};
use bianfang_domain::form::Form;
use bianfang_domain::mask;
use serde_json::{Value, json};

use super::Cells;
use crate::note::NoteCode;
use crate::read::GridValue;
use crate::table::SheetField;
use crate::value::{self, SheetDate, SheetPhone, plain};

/// The parts of a cell that holds several.
fn parts(text: &str) -> Vec<&str> {
    let parts = text.split([',', '，', ';', '；', '、', '/', '\n']).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

impl<'t> Cells<'t, '_> {
    /// What the cell of a column says; None for nothing.
    pub fn read(&mut self, field: &SheetField) -> Option<Value> {
        match field.form {
            Form::Name => self.name(field.key).map(Value::from),
            Form::IdNumber => self.id_number(field.key).map(Value::from),
            Form::Date => self.date(field).map(|date| json!(date.to_string())),
            Form::Day => self.date(field).and_then(SheetDate::first_day).map(|day| json!(day.0)),
            // Without a time, the first instant of the day: never after the import, and of that day in every figure.
            Form::Moment => {
                let day = self.date(field).and_then(SheetDate::first_day)?;
                let (_, cell) = self.field(field.key);
                Some(json!(day.start_ms() + value::minutes(cell).unwrap_or(0) * 60_000))
            }
            Form::Flag => self.flag(field.key).map(Value::from),
            Form::Fen => self.amount(field.key).map(Value::from),
            Form::Phones => self.phones(field.key),
            Form::People => {
                let people: Vec<Value> =
                    parts(&self.text(field.key)?).into_iter().map(|name| json!({ "name": name })).collect();
                Some(json!(people))
            }
            _ if !field.tables.is_empty() => self.codes(field),
            _ if field.list => Some(json!(parts(&self.text(field.key)?))),
            _ if field.belongs == crate::table::Belongs::Sheet => None,
            // The one telephone number that a letter has.
            Form::Any if field.field == "phone" => self.phones(field.key),
            _ if field.word => self.word(field.key).map(Value::from),
            _ => self.text(field.key).map(Value::from),
        }
    }

    /// Notes every change of a reading; numbers of persons are masked.
    fn take<T>(
        &mut self,
        (column, value): (u32, GridValue<'t>),
        read: value::Read<T>,
        show: impl Fn(&T) -> String,
    ) -> Option<T> {
        let to = read.value.as_ref().map(|value| mask::numbers(&show(value)));
        for code in read.codes {
            let from = mask::numbers(&self.text_of(value));
            let to = to.clone().filter(|_| code.is_change() || code == NoteCode::TwoDigitYear);
            self.note(column, code, Some(from), to);
        }
        read.value
    }

    /// Words, trimmed; None for nothing. A unit designation drops them.
    fn text(&mut self, field: &str) -> Option<String> {
        let (column, value) = self.field(field);
        self.words(column, value)
    }

    /// A word without blanks, narrowed: a code, a login, a number of a paper.
    fn word(&mut self, field: &str) -> Option<String> {
        let (column, value) = self.field(field);
        let text = self.words(column, value)?;
        let (word, seen) = (plain(&text), alike::fold(&text));
        self.tell_marks(column, &text, &word);
        if word.chars().count() != seen.chars().count() {
            self.note(column, NoteCode::BlankInName, Some(mask::numbers(&text)), Some(mask::numbers(&word)));
        } else if word != seen {
            self.note(column, NoteCode::FullWidth, Some(mask::numbers(&text)), Some(mask::numbers(&word)));
        }
        Some(word).filter(|word| !word.is_empty())
    }

    /// 姓名 by the domain's rule.
    fn name(&mut self, field: &str) -> Option<String> {
        let (column, value) = self.field(field);
        let text = self.words(column, value)?;
        let read = value::person_name(&text);
        self.take((column, value), read, Clone::clone)
    }

    /// 身份证号码. A number that lost its end refuses the row: nobody can say who it is. One that stands above makes it doubtful.
    /// One that fails its check is kept as written: the township compares it with the card.
    fn id_number(&mut self, field: &str) -> Option<String> {
        let (column, value) = self.field(field);
        let read = value::id_number(value, self.table.typed);
        let rounded = read.codes.contains(&NoteCode::IdRounded);
        let number = self.take((column, value), read, |number| number.reveal().to_owned());
        if rounded {
            self.refuse(field, NoteCode::IdRounded);
        }
        let Some(number) = number else { return value::suspect_number(value).filter(|_| !rounded) };
        let (at, masked) = (self.row.address(column), mask::numbers(number.reveal()));
        if let Some(first) = self.first(number.reveal(), at) {
            self.note(column, NoteCode::IdTwice, Some(masked), Some(first));
        }
        Some(number.reveal().to_owned())
    }

    /// A day, month or year. One that may lie ahead, as the end of a term of office, lies at most twenty years ahead where only
    /// two digits tell its year.
    fn date(&mut self, field: &SheetField) -> Option<SheetDate> {
        let cell = self.field(field.key);
        let pivot = if field.ahead { self.pivot.saturating_add(20) } else { self.pivot };
        let read = value::date(cell.1, self.table.epoch_1904, pivot);
        if read.codes.iter().any(|code| matches!(code, NoteCode::LunarDate | NoteCode::DateInvalid)) {
            self.unread.push(cell.0);
        }
        if let Some((first, second)) = value::either(cell.1).filter(|_| read.codes.contains(&NoteCode::DateEither)) {
            let from = mask::numbers(&self.text_of(cell.1));
            self.note(cell.0, NoteCode::DateEither, Some(from), Some(format!("{first} / {second}")));
            return read.value;
        }
        self.take(cell, read, ToString::to_string)
    }

    /// Fen. Of an amount merged over rows only the first row has it.
    fn amount(&mut self, field: &str) -> Option<i64> {
        let known = |column: &&crate::table::SheetColumn| column.field.is_some_and(|known| known.key == field);
        let column = self.table.columns.iter().find(known)?.clone();
        let cell = self.row.cell(column.at);
        if cell.from_above && cell.value != GridValue::Empty {
            self.note(column.at, NoteCode::MergedAmount, None, None);
            return None;
        }
        let value = self.value(column.at);
        let read = value::amount(value, column.ten_thousand);
        self.take((column.at, value), read, |fen| format!("{}.{:02}", fen / 100, fen % 100))
    }

    /// Yes or no.
    fn flag(&mut self, field: &str) -> Option<bool> {
        let cell = self.field(field);
        let read = value::flag(cell.1);
        self.take(cell, read, |flag| if *flag { "是" } else { "否" }.to_owned())
    }

    /// Telephone numbers with their owners.
    fn phones(&mut self, field: &str) -> Option<Value> {
        let cell = self.field(field);
        let read = value::phones(cell.1);
        let show = |phones: &Vec<SheetPhone>| {
            let shown = phones.iter().map(|phone| match &phone.owner {
                Some(owner) => format!("{}({owner})", phone.number),
                None => phone.number.clone(),
            });
            shown.collect::<Vec<_>>().join(",")
        };
        let phones = self.take(cell, read, show).filter(|phones| !phones.is_empty())?;
        let phone = |phone: SheetPhone| match phone.owner {
            Some(owner) => json!({ "number": phone.number, "owner": owner }),
            None => json!(phone.number),
        };
        Some(phones.into_iter().map(phone).collect())
    }

    /// Codes by the county's words for them. Of a list that rules read, what sheets also call an item means it; of one that
    /// only describes, its own name alone does, for another word says something else (自主择业 is not 自主就业). What has no code
    /// stays as it is written, and is named where rules would read a code.
    fn codes(&mut self, field: &SheetField) -> Option<Value> {
        let column = self.column(field.key)?;
        let text = self.text(field.key)?;
        let tables: Vec<&ShippedTable> = field.tables.iter().filter_map(|name| codes::shipped(name)).collect();
        let read = field.list || tables.iter().all(|table| !table.open);
        let county = self.codes;
        let code = |name: &str| {
            tables.iter().find_map(|table| {
                let own = county.items(table).iter().find(|item| item.zh == name || item.code == name);
                let own = own.map(|item| item.code.as_str());
                own.or_else(|| table.code_of(name).filter(|_| read)).map(str::to_owned)
            })
        };
        if field.list && matches!(text.as_str(), "无" | "/" | "-") {
            return None;
        }
        // A name that holds a separator itself stays whole.
        let names = if !field.list || code(&plain(&text)).is_some() { vec![text.as_str()] } else { parts(&text) };
        let mut found = Vec::new();
        for written in names {
            self.tell_marks(column, written, &plain(written));
            let quotes = ['“', '”', '"', '「', '」'];
            let name: String = plain(written).chars().filter(|c| !quotes.contains(c)).collect();
            let code = code(&name);
            if code.is_none() && read {
                self.note(column, NoteCode::CodeUnknown, Some(mask::numbers(written)), None);
            }
            match code {
                Some(code) => found.push(json!(code)),
                // What must be a code is none: kept as it is written, beside.
                None if field.form == Form::Code => self.unread.push(column),
                None if read => found.push(json!(plain(written))),
                None => found.push(json!(written)),
            }
        }
        if field.list { Some(json!(found)) } else { found.pop() }
    }
}
