//! Personal names of GB 18030: one separator, any plane, any length, one order.

use bianfang_domain::name::{normalise, sort_key};

#[test]
fn look_alikes_of_the_separator_become_it() {
    for separator in ['·', '•', '・', '‧', '．', '∙', '⋅', '･', '․', '.', '\u{0387}'] {
        assert_eq!(normalise(&format!("买买提{separator}吐尔逊")), "买买提·吐尔逊", "{separator:?}");
    }
}

#[test]
fn blanks_inside_chinese_names_vanish_and_latin_names_keep_them() {
    assert_eq!(normalise(" 张\u{3000}三 "), "张三");
    assert_eq!(normalise("张\u{200b}三\u{feff}"), "张三");
    assert_eq!(normalise(" J. Smith "), "J. Smith");
}

#[test]
fn rare_characters_and_long_names_survive_whole() {
    let rare = "𠮷𬭎㛃䶮〇";
    assert_eq!(normalise(rare), rare);
    let long = "阿卜杜热合曼·".repeat(9) + "买买提";
    assert!(long.chars().count() > 50);
    assert_eq!(normalise(&long), long);
    assert!(sort_key(&long).ends_with(&long));
}

#[test]
fn normalising_twice_changes_nothing() {
    for name in ["买买提・吐尔逊", " J. Smith ", "张 三", "𠮷 野"] {
        assert_eq!(normalise(&normalise(name)), normalise(name));
    }
}

#[test]
fn names_sort_by_pinyin_then_by_character() {
    let mut names = ["赵六", "李四", "张三", "章三", "阿明", "𠮷野"];
    names.sort_by_key(|name| sort_key(name));
    assert_eq!(names[0], "阿明");
    assert_eq!(names[1], "李四");
    let [zhang, zhang2] = ["张三", "章三"].map(|name| names.iter().position(|n| *n == name).unwrap());
    assert_eq!(zhang.abs_diff(zhang2), 1, "same reading, side by side");
    assert_ne!(sort_key("张三"), sort_key("章三"));
}
