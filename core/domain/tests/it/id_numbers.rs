//! Id numbers as people write them, and the masked forms that leave the system.

use bianfang_domain::id_number::{IdNumber, IdNumberError, Sex};
use bianfang_domain::mask;
use bianfang_domain::time::Day;

fn read(text: &str) -> Result<String, IdNumberError> {
    IdNumber::parse(text).map(|number| number.reveal().to_owned())
}

#[test]
fn known_numbers_are_read_with_birth_and_sex() {
    let cases = [
        ("11010519491231002X", (1949, 12, 31), Sex::Female),
        ("440524188001010014", (1880, 1, 1), Sex::Male),
        ("34052419800101001X", (1980, 1, 1), Sex::Male),
    ];
    for (text, (year, month, day), sex) in cases {
        let number = IdNumber::parse(text).unwrap();
        assert_eq!(number.reveal(), text);
        assert_eq!(number.birth(), Day::from_ymd(year, month, day));
        assert_eq!(number.sex(), sex);
    }
}

#[test]
fn forms_people_type_for_x_are_one() {
    for last in ["X", "x", "×", "Ｘ", "ｘ", "Х", "✕"] {
        assert_eq!(read(&format!("11010519491231002{last}")).as_deref(), Ok("11010519491231002X"), "{last}");
    }
}

#[test]
fn sheet_dirt_around_the_digits_is_dropped() {
    for text in [
        "'11010519491231002X",
        "‘11010519491231002X",
        " 110105 19491231 002X ",
        "110105\u{3000}19491231002X",
        "\u{feff}11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002X",
    ] {
        assert_eq!(read(text).as_deref(), Ok("11010519491231002X"), "{text:?}");
    }
}

#[test]
fn a_fifteen_digit_card_becomes_eighteen_with_its_check_character() {
    assert_eq!(read("110105491231002").as_deref(), Ok("11010519491231002X"));
    assert_eq!(read("340524800101001").as_deref(), Ok("34052419800101001X"));
    assert_eq!(read("11010549123100X"), Err(IdNumberError::Character));
    assert_eq!(read("110105491331002"), Err(IdNumberError::Birth));
}

#[test]
fn each_fault_has_its_own_name() {
    assert_eq!(read(""), Err(IdNumberError::Length));
    assert_eq!(read("1101051949123100"), Err(IdNumberError::Length));
    assert_eq!(read("110105194912310021"), Err(IdNumberError::Check));
    assert_eq!(read("9901051949123100X2"), Err(IdNumberError::Character));
    assert_eq!(read("990105194902300020"), Err(IdNumberError::Birth));
    assert_eq!(read("990105190002290020"), Err(IdNumberError::Birth), "1900 was no leap year");
    assert_eq!(read("3.60722198001E+17"), Err(IdNumberError::Length));
}

#[test]
fn two_swapped_neighbours_never_pass() {
    let number = "440524188001010014";
    let digits: Vec<char> = number.chars().collect();
    for at in 0..16 {
        let mut swapped = digits.clone();
        swapped.swap(at, at + 1);
        if swapped != digits {
            let text: String = swapped.into_iter().collect();
            assert!(read(&text).is_err(), "{text}");
        }
    }
}

#[test]
fn neither_errors_nor_debug_show_the_number() {
    let number = IdNumber::parse("11010519491231002X").unwrap();
    assert_eq!(format!("{number:?}"), "1101************2X");
    let error = IdNumber::parse("110105194912310021").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("1101"));
}

#[test]
fn masks_keep_ends_and_hide_what_is_short() {
    assert_eq!(mask::id_number("360722198001011234"), "3607************34");
    assert_eq!(mask::id_number("12345678"), "********");
    assert_eq!(mask::phone("13800138000"), "138****8000");
    assert_eq!(mask::phone("8765432"), "***5432");
    assert_eq!(mask::phone("110"), "***");
}

#[test]
fn masked_names_keep_the_family_name_only() {
    assert_eq!(mask::name("张三"), "张*");
    assert_eq!(mask::name("欧阳修文"), "欧阳**");
    assert_eq!(mask::name("欧阳"), "欧*");
    assert_eq!(mask::name("𠮷野"), "𠮷*");
    assert_eq!(mask::name("张"), "*");
    assert_eq!(mask::name(""), "");
}
