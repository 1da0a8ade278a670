//! Invented people. Names are put together from common characters, id numbers begin with 99, which GB/T 2260 never assigned,
//! and telephone numbers with 199 0000, so that nobody's data is here by chance.

use bianfang_domain::id_number::IdNumber;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use crate::places::County;

/// One invented person of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// 姓名
    pub name: String,
    /// 男 or 女
    pub sex: &'static str,
    /// 身份证号码, valid in form, of an area that does not exist.
    pub id_number: String,
    /// 人员类别
    pub category: &'static str,
    /// 乡镇
    pub township: String,
    /// 村
    pub village: String,
    /// Address: equal for the people of one household.
    pub address: String,
    /// 联系电话
    pub phone: String,
    /// Year of enlistment and of discharge; None for families.
    pub served: Option<(u16, u16)>,
}

const FAMILY_NAMES: [&str; 24] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林",
    "罗", "宝", "包", "欧阳", "白",
];
const GIVEN: [&str; 32] = [
    "建国",
    "建军",
    "国强",
    "志强",
    "永贵",
    "德胜",
    "秀英",
    "桂兰",
    "玉梅",
    "海峰",
    "春生",
    "文斌",
    "晓东",
    "立新",
    "金山",
    "凤英",
    "淑珍",
    "伟",
    "军",
    "芳",
    "敏",
    "勇",
    "磊",
    "红",
    "明",
    "长江",
    "满仓",
    "援朝",
    "卫东",
    "青山",
    "巴特尔",
    "其其格",
];
/// Category with its weight in a hundred, and whether its people served.
const CATEGORIES: [(&str, u32, bool); 7] = [
    ("退役士兵", 70, true),
    ("现役军人家属", 9, false),
    ("军队转业干部", 6, true),
    ("残疾军人", 5, true),
    ("复员军人", 4, true),
    ("病故军人遗属", 4, false),
    ("烈士遗属", 2, false),
];

/// Invents `count` people, spread over all villages, one to three to a household.
#[must_use]
pub fn invent(county: &County, count: usize, seed: u64) -> Vec<Person> {
    let mut rng = StdRng::seed_from_u64(seed);
    let villages: Vec<(&str, &str)> = county
        .townships
        .iter()
        .flat_map(|township| township.villages.iter().map(|village| (township.name.as_str(), village.name.as_str())))
        .collect();
    let mut people = Vec::with_capacity(count);
    let mut household = 0usize;
    while people.len() < count && !villages.is_empty() {
        let (township, village) = villages.get(household % villages.len()).copied().unwrap_or(("", ""));
        household += 1;
        let group = rng.random_range(1..9);
        let address = format!("{township}{village}{group}组{}号", household);
        let family = FAMILY_NAMES.choose(&mut rng).copied().unwrap_or("王");
        for _ in 0..rng.random_range(1..=3).min(count - people.len()) {
            let serial = people.len();
            people.push(person(&mut rng, family, (township, village), &address, serial));
        }
    }
    people
}

fn person(rng: &mut StdRng, family: &str, (township, village): (&str, &str), address: &str, serial: usize) -> Person {
    let (category, _, served) = category(rng);
    let birth = rng.random_range(1935..2001u16);
    let male = served || rng.random_bool(0.4);
    let enlisted = birth + rng.random_range(18..21);
    Person {
        name: format!("{family}{}", GIVEN.choose(rng).copied().unwrap_or("明")),
        sex: if male { "男" } else { "女" },
        id_number: id_number(rng, birth, male, serial),
        category,
        township: township.to_owned(),
        village: village.to_owned(),
        address: address.to_owned(),
        phone: format!("1990000{:04}", serial % 10_000),
        served: served.then(|| (enlisted, enlisted + rng.random_range(2..17))),
    }
}

fn category(rng: &mut StdRng) -> (&'static str, u32, bool) {
    let mut at = rng.random_range(0..100);
    for (name, weight, served) in CATEGORIES {
        if at < weight {
            return (name, weight, served);
        }
        at -= weight;
    }
    ("退役士兵", 0, true)
}

/// Area 99 and a serial in the area's other digits keep numbers apart; the check digit is found by trying all eleven.
fn id_number(rng: &mut StdRng, birth: u16, male: bool, serial: usize) -> String {
    let (month, day) = (rng.random_range(1..13u8), rng.random_range(1..29u8));
    // Order 000 is given to nobody, and a sheet without types takes a tail of 000 for a number that lost its end.
    let order = (serial / 10_000 % 100 + 1) * 2 + usize::from(male);
    let body = format!("99{:04}{birth:04}{month:02}{day:02}{order:03}", serial % 10_000);
    let mut checks = "0123456789X".chars().map(|check| format!("{body}{check}"));
    checks.find(|number| IdNumber::parse(number).is_ok()).unwrap_or(body)
}
