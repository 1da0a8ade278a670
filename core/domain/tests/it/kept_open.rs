//! What must never lie open is found however it is written, and what only looks like it stays.

use bianfang_domain::actor::Right;
use bianfang_domain::kept_open::{self, Hidden, OpenNumber, text};
use bianfang_domain::kind;
use bianfang_domain::op::Act;
use proptest::prelude::*;
use serde_json::{Value, json};

/// With the digit that makes the Luhn check pass.
fn card(body: &str) -> String {
    let digit = (0..10).map(|last| format!("{body}{last}")).find(|number| {
        let digits = number.bytes().rev().map(|byte| u32::from(byte - b'0')).enumerate();
        digits.map(|(n, d)| if n % 2 == 0 { d } else { d * 2 / 10 + d * 2 % 10 }).sum::<u32>() % 10 == 0
    });
    digit.unwrap()
}

fn masked(written: &str) -> String {
    text(written).map_or_else(|| written.to_owned(), |(masked, _)| masked)
}

#[test]
fn id_numbers_are_found_however_they_are_written() {
    for written in [
        "11010519491231002X",
        "11010519491231002x",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "110105\u{2011}1949\u{2011}1231\u{2011}002X",
        "1101 0519 4912 3100 2X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "\u{202d}110105\u{200b}19491231002X\u{202c}",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
    ] {
        let line = format!("其妻{written}，电话13800008000");
        let (masked, found) = text(&line).unwrap_or_else(|| panic!("{written}"));
        assert!(masked.starts_with("其妻") && masked.contains("1101************2X"), "{masked}");
        assert!(masked.ends_with("，电话13800008000") && found == [OpenNumber::IdNumber].into(), "{masked}");
        assert_eq!(text(&masked), None);
    }
    assert_eq!(masked("1 11010519491231002X 2026-05-09"), "1 1101************2X 2026-05-09");
    assert_eq!(masked("sfz11010519491231002X"), "sfz1101************2X");
    for old in ["110105491231002", "110105 491231 002", "旧证110105491231002。"] {
        assert!(text(old).is_some_and(|(masked, _)| !masked.contains("4912")), "{old}");
    }
    let two = masked("11010519491231002X、99000019600101003X");
    assert_eq!(two, "1101************2X、9900************3X");
}

#[test]
fn bank_cards_need_issuer_length_and_check() {
    let cards = [
        card("621700000000000000"),
        card("622202020001234567"),
        card("62220202000123456"),
        card("622588000012345"),
        card("955880000000000000"),
        card("6014280000000000"),
        card("436742000000000000"),
        card("400360000000000"),
        card("510000000000000"),
        card("222100000000000"),
        card("356889000000000"),
        card("37024700000000"),
    ];
    for number in &cards {
        let grouped: Vec<&str> = (0..number.len()).step_by(4).map(|at| &number[at..number.len().min(at + 4)]).collect();
        for written in
            [number.clone(), grouped.join(" "), grouped.join("-"), format!("{} {}", &number[..6], &number[6..])]
        {
            let (masked, found) = text(&format!("卡{written}户名")).unwrap_or_else(|| panic!("{written}"));
            assert!(!masked.contains(&number[6..12]) && found == [OpenNumber::BankCard].into(), "{masked}");
        }
        let last = number.bytes().last().unwrap();
        let wrong = format!("{}{}", &number[..number.len() - 1], char::from(b'0' + (last - b'0' + 1) % 10));
        assert_eq!(text(&wrong), None, "{wrong}");
    }
    // They pass the check, and no issuer begins so or gives such lengths.
    for other in
        [card("780000000000000"), card("520000000000000000"), card("2026000000000000"), card("11111111111111111")]
    {
        assert_eq!(text(&other), None, "{other}");
    }
}

#[test]
fn what_only_looks_like_a_number_of_somebody_stays() {
    for kept in [
        "电话13800138000 13900139000、0797-1234567",
        "62123456 65123456",
        "91360722MA35ABCD1X",
        "统一社会信用代码123607220142345678",
        "赣烈字第2001003600012号 光荣牌3607220000123",
        "01234567-4912-3100-2000-110105194912",
        "01910105-4912-7310-8002-123456789012",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "a11010519491231002Xb",
        "114.934687073982741, 25.377002272441945",
        "1101************2X",
        "2026-05-09 14:05 500元 1组2号 20260509140530123",
        "",
    ] {
        assert_eq!(text(kept), None, "{kept}");
    }
}

#[test]
fn every_field_of_every_kind_is_masked_but_sealed_ones_that_are_made_for_it() {
    for kind in kind::ALL {
        for field in kind.fields() {
            for value in [
                json!("x 11010519491231002X"),
                json!(["11010519491231002X"]),
                json!({ "11010519491231002X": { "a": ["110105194912310021", "11010519491231002X"] } }),
            ] {
                let mut doc = [(field.name.to_owned(), value.clone())].into_iter().collect();
                let hidden = kept_open::document(kind.name(), &mut doc);
                let text = Value::Object(doc).to_string();
                let own = field.sealed.is_some_and(|right| right != Right::Phones);
                assert_eq!(text.contains("11010519491231002X"), own, "{} {}", kind.name(), field.name);
                let told = Hidden { field: field.name.to_owned(), number: OpenNumber::IdNumber };
                assert_eq!(hidden.contains(&told), !own);
                assert!(told.zh(kind.name()).starts_with(field.zh) && told.en(kind.name()).starts_with(field.en));
            }
        }
    }
    let mut act = Act::Void { reason: "同11010519491231002X".into() };
    let hidden = kept_open::act("contact", &mut act);
    assert_eq!(act, Act::Void { reason: "同1101************2X".into() });
    assert_eq!(hidden[0].zh("contact"), "原因中的身份证号已隐去：请填在“身份证号”一栏。");
}

#[test]
fn headers_that_are_masked_alike_stay_two() {
    let columns =
        json!({ "extra": { "11010519491231002X": "甲", "1101************2X": "乙" }, "11010519491231002X": 1 });
    let Value::Object(mut doc) = columns else { unreachable!() };
    kept_open::document("person", &mut doc);
    let expected =
        json!({ "extra": { "1101************2X": "乙", "1101************2X 2": "甲" }, "1101************2X": 1 });
    assert_eq!(Value::Object(doc), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn masking_twice_is_masking_once(text in "[0-9Xx ０-９\u{200b}a-f.\u{2011}-]{0,80}") {
        let once = masked(&text);
        prop_assert_eq!(masked(&once), once);
    }
}
