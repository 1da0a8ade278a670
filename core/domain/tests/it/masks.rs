//! Numbers in free text: what is long enough to be a person's is hidden, dates and amounts are not.

use bianfang_domain::category;
use bianfang_domain::mask::{id_numbers, numbers};

#[test]
fn long_numbers_in_text_are_masked_and_short_ones_kept() {
    for (text, masked) in [
        ("联系13800008000或0797-1234567", "联系138****8000或079*****4567"),
        ("身份证99000019600101003X。", "身份证9900************3X。"),
        ("卡号 6217 0000 0000 0000 000 户名", "卡号 6217*****************00 户名"),
        ("2026-05-09 14:05，500元，1组2号", "2026-05-09 14:05，500元，1组2号"),
        ("138****8000", "138****8000"),
    ] {
        assert_eq!(numbers(text), masked);
    }
    assert!(numbers("９９００００１９６００１０１００３Ｘ").contains("*********"), "full-width digits are digits");
}

#[test]
fn a_whole_id_number_in_a_text_is_masked_and_nothing_else() {
    for (text, masked) in [
        ("其妻99000019600101003X，电话13800008000", "其妻9900************3X，电话13800008000"),
        ("99000019600101003X", "9900************3X"),
        ("990000196001010031 校验不对", "990000196001010031 校验不对"),
        ("a99000019600101003Xb", "a99000019600101003Xb"),
        ("2026-05-09", "2026-05-09"),
        ("", ""),
    ] {
        assert_eq!(id_numbers(text), masked);
    }
}

#[test]
fn category_codes_have_the_names_that_sheets_give_them() {
    assert_eq!((category::word("DISCHARGED_SOLDIER"), category::word("51")), ("退役士兵", "参战退役人员"));
    assert_eq!(category::word("别的"), "别的");
    assert_eq!(category::code(category::word("DISABLED")), "DISABLED");
    assert_eq!((category::pref("21"), category::pref("DISABLED")), (Some("烈士遗属"), None));
}
