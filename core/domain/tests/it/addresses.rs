//! Which addresses name one door, and which household a row means: a village's name never makes a home of everybody.

use bianfang_domain::address::{agree, below, door, written};
use bianfang_domain::whose_home::{HomeClaim, HomeTraits, is_head};

use crate::county::id;

/// As sheets of 甲镇东村 write them.
const DOORS: [&str; 32] = [
    "东村三组12号",
    "甲镇东村3组12号",
    "某省某市某县甲镇东村三组十二号",
    "东村三十五号",
    "东村一〇三号",
    "东村12-3号",
    "东村12号-2",
    "东村12号附1号",
    "东村12号附1",
    "东村12号之一",
    "东村 A12号",
    "东村12号A",
    "东村12号甲",
    "东村１２号",
    "东村12#",
    "东村三组12号（老屋）",
    "东村三组12号。",
    "（三组）12号",
    "东村三组门牌12",
    "东村三组第5户",
    "东村3组5户",
    "东村三排5号",
    "营子嘎查二社14号",
    "七连3栋2号",
    "解放路12号",
    "和平街45号内",
    "12弄3号",
    "阳光小区3栋2单元501室",
    "阳光小区3栋2单元501",
    "阳光小区3幢501房",
    "3号楼2单元501",
    "幸福里小区5-2-301",
];

const NO_DOORS: [&str; 42] = [
    "",
    "东村",
    "甲镇东村",
    "甲镇",
    "三组",
    "东村三组",
    "甲镇东村3组",
    "东村第三村民小组",
    "东村二队",
    "东村五社",
    "东村七连",
    "东村村委会",
    "甲镇东村村民委员会",
    "东村张家湾",
    "东村下屋小组",
    "东村二组王家大院",
    "解放路",
    "和平街",
    "3号路",
    "东村一号村",
    "五号公路旁",
    "东村3号桥头",
    "东村12号对面",
    "东村12号旁",
    "东村12号楼",
    "东村12号院",
    "12号信箱",
    "信箱12号",
    "东村三号井",
    "阳光小区",
    "阳光小区3栋",
    "阳光小区3栋2单元",
    "3号楼",
    "3栋2楼",
    "十八户",
    "大三房",
    "三里屯",
    "东村0号",
    "东村无号",
    "东村X号",
    "东村13800000001",
    "东村三组12号；西村3号",
];

#[test]
fn an_address_with_a_house_number_names_one_door_and_a_place_of_many_names_none() {
    let named = |address: &&&str| door(address, "甲镇", "东村").is_none();
    assert_eq!(DOORS.iter().filter(named).collect::<Vec<_>>(), Vec::<&&str>::new());
    let found: Vec<_> = NO_DOORS.iter().filter_map(|address| door(address, "甲镇", "东村")).collect();
    assert_eq!(found, Vec::<String>::new());
    // A village may be called by a number: its name is no house.
    assert_eq!(door("三号", "甲镇", "三号"), None);
    assert_eq!(door("甲镇三号五号", "甲镇", "三号").as_deref(), Some("5号"));
}

#[test]
fn one_door_is_one_however_it_is_written_and_two_are_two() {
    let key = |address| door(address, "甲镇", "东村");
    let one = key("东村三组12号");
    for same in ["甲镇东村3组12号", "三组十二号", "某县甲镇东村 三组 １２号", "东村三组12号(老屋)", "东村三组12＃"]
    {
        assert_eq!(key(same), one, "{same}");
    }
    for other in ["东村五组12号", "东村三组112号", "东村三组12-1号", "12号", "东村(五组)12号", "东村3 12号"]
    {
        assert_ne!(key(other), one, "{other}");
    }
    assert_eq!(written("三千二百零五号"), "3205号");
    assert_eq!((written("二十号"), written("廿三号"), written("十号")), ("20号".into(), "23号".into(), "10号".into()));
}

#[test]
fn two_addresses_agree_below_the_village_alone() {
    assert!(agree("甲镇东村三组", "3组", "甲镇", "东村"));
    assert!(!agree("甲镇东村", "东村", "甲镇", "东村"), "everybody lives there");
    assert!(!agree("三组", "五组", "甲镇", "东村"));
    assert_eq!(below("大新村组5号", "甲镇", "新村"), "大新村组5号", "another place that holds the name");
}

fn home(number: u128, head: &str, door: Option<&str>) -> HomeTraits {
    HomeTraits { id: id(number), number: None, head: head.into(), headed: false, door: door.map(Into::into) }
}

fn claim(head: Option<&str>, door: Option<&str>) -> HomeClaim {
    HomeClaim { head: head.map(Into::into), door: door.map(Into::into), ..HomeClaim::default() }
}

#[test]
fn a_household_is_found_by_its_head_its_number_or_its_one_door() {
    let homes = [home(1, "张大", Some("3组12号")), home(2, "李大", Some("3组12号")), home(3, "王大", None)];
    assert_eq!(claim(Some("张 大"), None).find(&homes), Some(id(1)));
    assert_eq!(claim(Some("王大"), Some("5组1号")).find(&homes), Some(id(3)), "an address that was not known");
    assert_eq!(claim(Some("张大"), Some("5组1号")).find(&homes), None, "a namesake elsewhere in the village");
    assert_eq!(claim(None, Some("3组12号")).find(&homes), None, "two families behind one door");
    assert_eq!(claim(None, Some("3组12号")).find(&homes[..1]), Some(id(1)));
    assert_eq!(claim(None, None).find(&homes[2..]), None, "who says nothing is nobody's");
    let numbered = [HomeTraits { number: Some("7".into()), ..home(4, "赵大", None) }, home(5, "赵大", None)];
    let by_number = |number: &str| HomeClaim { number: Some(number.into()), ..claim(Some("赵大"), None) };
    assert_eq!(by_number("7").find(&numbered[..1]), Some(id(4)));
    assert_eq!(by_number("8").find(&numbered), Some(id(5)));
    assert_eq!(by_number("8").find(&numbered[..1]), None, "another number is another household of one head's name");
}

#[test]
fn a_head_of_the_same_name_as_another_makes_a_household_of_their_own() {
    let named = home(1, "张三", None);
    let own = HomeClaim { is_head: true, ..claim(Some("张三"), None) };
    assert_eq!(own.find(std::slice::from_ref(&named)), Some(id(1)), "a member's row named them before");
    assert_eq!(own.find(&[HomeTraits { headed: true, ..named }]), None, "a namesake heads it");
    assert!(is_head("户主") && is_head("HEAD") && is_head("本人") && !is_head("长子"));
}
