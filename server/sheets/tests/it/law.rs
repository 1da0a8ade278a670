//! The law of ledgers: what a column writes, it reads again, for every column of every ledger and whatever it holds.

use bianfang_domain::codes::{Codes, shipped};
use bianfang_domain::document::Document;
use bianfang_domain::form::Form;
use bianfang_domain::time::Day;
use bianfang_sheets::read_book;
use bianfang_sheets::table::{Belongs, Ledger, SheetField, SheetReading};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// A number whose check digit is right (GB 11643), of an area that never was.
fn id_number(birth: i32, order: u16) -> String {
    let (year, month, day) = Day(birth).ymd().unwrap();
    let body = format!("990101{year:04}{month:02}{day:02}{order:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum as usize % 11])
}

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        select(vec!['米', '油', '袋', '甲', '乙', '丙', '务', '农', '养', '牛', '，', '。']),
        1..8,
    )
    .prop_map(|chars| format!("一{}", chars.into_iter().collect::<String>()))
}

fn name() -> impl Strategy<Value = String> {
    let given = proptest::collection::vec(select(vec!['建', '国', '秀', '英', '·', '伟']), 1..4);
    (select(vec!["张", "王", "欧阳"]), given)
        .prop_map(|(family, given)| format!("{family}{}明", given.into_iter().collect::<String>().replace("··", "·")))
        .prop_filter("a name as it is kept", |name| bianfang_domain::name::normalise(name) == *name)
}

fn codes(column: &SheetField) -> Vec<String> {
    let tables = column.tables.iter().filter_map(|name| shipped(name));
    tables.flat_map(|table| table.items).map(|item| item.code.to_owned()).collect()
}

/// What a column may hold. A word of no table stays as it is written.
fn value(column: &SheetField) -> BoxedStrategy<Value> {
    let known = codes(column);
    let days = -7_000..20_000_i32;
    match column.form {
        Form::Name => name().prop_map(Value::from).boxed(),
        Form::IdNumber => {
            let number = (days, 1..999_u16).prop_map(|(birth, order)| id_number(birth, order));
            // 18 digits that end so are what a spreadsheet rounds a number to: they are refused, whosever they are.
            number.prop_filter("rounded", |number| !number.ends_with("000")).prop_map(Value::from).boxed()
        }
        Form::Date => (days, 0..3_usize).prop_map(|(day, short)| json!(Day(day).to_string()[..10 - 3 * short])).boxed(),
        Form::Day => days.prop_map(|day| json!(day)).boxed(),
        Form::Moment => (days, 0..1_440_i64).prop_map(|(day, at)| json!(Day(day).start_ms() + at * 60_000)).boxed(),
        Form::Flag => any::<bool>().prop_map(Value::from).boxed(),
        Form::Fen => (0..100_000_000_i64).prop_map(Value::from).boxed(),
        Form::Phones => {
            let number = 10_000_000..99_999_999_i64;
            let phone = (number, proptest::option::of(select(vec!["儿子", "本人"])));
            let phone = phone.prop_map(|(number, owner)| match owner {
                Some(owner) => json!({ "number": format!("139{number}"), "owner": owner }),
                None => json!(format!("138{number}")),
            });
            proptest::collection::vec(phone, 1..4).prop_map(Value::from).boxed()
        }
        Form::People => {
            let people = proptest::collection::vec(name().prop_map(|name| json!({ "name": name })), 1..4);
            people.prop_map(Value::from).boxed()
        }
        _ if column.list && !known.is_empty() => {
            let some = proptest::sample::subsequence(known.clone(), 1..=known.len().min(4));
            some.prop_map(|codes| json!(codes)).boxed()
        }
        Form::Code => select(known).prop_map(Value::from).boxed(),
        _ if !known.is_empty() && column.key == "role" => select(known).prop_map(Value::from).boxed(),
        _ if !known.is_empty() => prop_oneof![select(known).prop_map(Value::from), Just(json!("另一说法"))].boxed(),
        Form::Any if column.field == "phone" => (0..9_999_999_i64).prop_map(|n| json!(format!("1370{n:07}"))).boxed(),
        _ if column.list => {
            proptest::collection::vec(select(vec!["甲镇", "乙镇东村"]), 1..3).prop_map(|l| json!(l)).boxed()
        }
        _ if column.word => "[A-Z][0-9]{3,8}".prop_map(Value::from).boxed(),
        _ => words().prop_map(Value::from).boxed(),
    }
}

/// What the columns of a ledger say, each or not.
fn said(ledger: Ledger) -> impl Strategy<Value = Vec<(&'static SheetField, Option<Value>)>> {
    let columns = ledger.table().columns.iter();
    let columns: Vec<&SheetField> =
        columns.filter(|column| !matches!(column.belongs, Belongs::Sheet | Belongs::Place)).collect();
    columns
        .into_iter()
        .map(|column| {
            let needed = ledger.table().needed.iter().flat_map(|group| group.iter()).any(|key| *key == column.key);
            let value = value(column);
            let value = if needed { value.prop_map(Some).boxed() } else { proptest::option::of(value).boxed() };
            value.prop_map(move |value| (column, value))
        })
        .collect::<Vec<_>>()
}

fn read_again(ledger: Ledger, codes: &Codes, said: &[(&SheetField, Option<Value>)]) -> Result<(), TestCaseError> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let places = ledger.table().columns.iter().filter(|column| column.belongs == Belongs::Place);
    let headers: Vec<&str> =
        said.iter().map(|(column, _)| column.title).chain(places.map(|place| place.title)).collect();
    file.write_record(&headers).unwrap();
    let cells =
        said.iter().map(|(column, value)| value.as_ref().map(|value| column.shown(codes, value)).unwrap_or_default());
    let places = ["甲镇".to_owned(), "东村".to_owned()];
    let row: Vec<String> = cells.chain(places).take(headers.len()).collect();
    file.write_record(&row).unwrap();
    let bytes = file.into_inner().unwrap();
    let reading = SheetReading::new(read_book("a.csv", &bytes).unwrap(), ledger.table(), None).unwrap();
    let row = reading.tables[0].rows(codes, 2026).next().unwrap();
    let mut wanted: [Document; 3] = Default::default();
    for (column, value) in said {
        let Some(value) = value else { continue };
        let document = match column.belongs {
            Belongs::Row => &mut wanted[0],
            Belongs::Whom => &mut wanted[1],
            _ => &mut wanted[2],
        };
        match (document.get_mut(column.field), value) {
            (Some(Value::Array(list)), Value::Array(more)) => list.extend(more.clone()),
            _ => _ = document.insert(column.field.to_owned(), value.clone()),
        }
    }
    let read = [&row.fields, &row.whom, &row.beside];
    for (wanted, read) in wanted.iter().zip(read) {
        for (field, value) in wanted {
            let moved = matches!(
                (ledger, field.as_str()),
                (Ledger::Letters, "id_number") | (Ledger::Divisions, "name" | "village")
            );
            // A number of the same month tells the day.
            let month = value.as_str().filter(|_| field == "birth" && wanted.contains_key("id_number"));
            let told = read.get(field).and_then(Value::as_str);
            let more = month.zip(told).is_some_and(|(month, told)| told.starts_with(month));
            prop_assert!(
                moved || more || read.get(field) == Some(value),
                "{ledger:?} {field}: {value}, read {:?}",
                read.get(field)
            );
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_a_ledger_writes_it_reads_again(
        (ledger, said) in select(Ledger::ALL.to_vec()).prop_flat_map(|ledger| (Just(ledger), said(ledger))),
    ) {
        read_again(ledger, &Codes::default(), &said)?;
    }
}
