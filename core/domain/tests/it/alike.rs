//! What nobody sees is gone and what looks the same is the same: in names, id numbers, telephone numbers.

use bianfang_domain::alike::{fold, is_unseen, key, usual};
use bianfang_domain::id_number::IdNumber;
use bianfang_domain::{mask, name, phone};
use proptest::prelude::*;

#[test]
fn marks_nobody_sees_are_no_part_of_a_number() {
    for mark in
        ['\u{202d}', '\u{202c}', '\u{2060}', '\u{ad}', '\u{200e}', '\u{2066}', '\u{feff}', '\u{fe0d}', '\u{e0100}']
    {
        assert!(is_unseen(mark), "{mark:?}");
        let number = format!("{mark}110105{mark}19491231002X{mark}");
        assert_eq!(IdNumber::parse(&number).unwrap().reveal(), "11010519491231002X", "{mark:?}");
        assert_eq!(phone::parse(&format!("{mark}138{mark}00138000{mark}")).as_deref(), Some("13800138000"), "{mark:?}");
        assert_eq!(name::normalise(&format!("{mark}张{mark}三")), "张三", "{mark:?}");
        let masked = mask::numbers(&format!("证号{number}"));
        assert!(!masked.contains("1949") && !masked.contains("002X"), "{masked}");
    }
    assert_eq!(phone::parse("0797\u{2011}1234567").as_deref(), Some("0797-1234567"));
    assert_eq!(IdNumber::parse("110105\u{2011}19491231\u{2010}002X").unwrap().reveal(), "11010519491231002X");
}

#[test]
fn look_alikes_become_the_usual_ideograph() {
    let pairs = [
        ('\u{e863}', '䶮'),
        ('\u{e81e}', '\u{9fb4}'),
        ('\u{e864}', '\u{9fbb}'),
        // Bytes FE50: a radical, and so its ideograph.
        ('\u{e815}', '厂'),
        ('\u{2fbc}', '高'),
        ('\u{2f00}', '一'),
        ('\u{2fd5}', '龠'),
        ('\u{2ee9}', '黄'),
        ('\u{2ef3}', '龟'),
        ('\u{f900}', '豈'),
        ('\u{2f800}', '丽'),
        ('\u{2011}', '-'),
    ];
    for (like, is) in pairs {
        assert_eq!(usual(like), is, "{like:?}");
    }
    // No ideograph stands for them.
    for itself in ['\u{2e80}', '\u{2e9a}', '\u{fa0e}', '\u{e000}', '〇', '·'] {
        assert_eq!(usual(itself), itself);
    }
    assert_eq!(key("甲 村\u{200b}\u{3000}民"), "甲村民");
}

#[test]
fn a_blank_and_the_separator_are_one_where_names_are_matched_and_two_where_they_are_kept() {
    assert_eq!(name::normalise("买买提·吐尔逊"), "买买提·吐尔逊");
    let one = name::matched("买买提·吐尔逊");
    for written in ["买买提 吐尔逊", "买买提•吐尔逊", "买买提\u{3000}吐尔逊", "买买提吐尔逊"]
    {
        assert_eq!(name::matched(written), one, "{written:?}");
    }
    assert_eq!(name::matched("J. Smith"), name::matched("J.Smith"));
    assert_ne!(name::matched("张三"), name::matched("张王"));
}

/// What people are called with: unified ideographs of every plane, the letters of other scripts of the standard, digits.
fn ordinary() -> impl Strategy<Value = String> {
    let ranges = [(0x3400_u32, 0x4dbf), (0x4e00, 0x9fff), (0x20000, 0x2a6df), (0x2a700, 0x2ebe0), (0x30000, 0x3134a)];
    let ideograph = prop::sample::select(ranges.to_vec()).prop_flat_map(|(first, last)| first..=last);
    let letter = prop::sample::select("·〇ḿǹéüЖжاابᠮོАБВ가나".chars().filter(|c| !c.is_ascii()).collect::<Vec<_>>());
    let any = prop_oneof![9 => ideograph.prop_map(|code: u32| char::from_u32(code).unwrap()), 1 => letter];
    prop::collection::vec(any, 1..60).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_name_of_ordinary_characters_is_unchanged(text in ordinary()) {
        prop_assert_eq!(fold(&text), text.clone());
        prop_assert_eq!(name::normalise(&text), text);
    }

    #[test]
    fn folding_twice_changes_nothing(text in any::<String>()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
        for rule in [name::normalise, name::matched, key] {
            let once = rule(&text);
            prop_assert_eq!(rule(&once), once);
        }
    }
}

#[test]
fn folding_any_character_twice_changes_nothing() {
    for c in '\0'..=char::MAX {
        assert_eq!(usual(usual(c)), usual(c), "{c:?}");
        assert!(!is_unseen(usual(c)) || usual(c) == c, "{c:?}");
    }
}
