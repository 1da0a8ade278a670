//! True designations of military units (部队番号) are a state secret and stand in no record: forms refuse them, imports
//! drop them (product.md, principle 5). 驻军一, 驻地部队 and 武装部 are no designations.
//!
//! The rule. A designation is
//! 1. four or more digits (Arabic or Chinese, full width too) before 部队, 分队, 支队, 大队 or 信箱: 31234部队, 某部三一二三四部队;
//! 2. an ordinal or a branch before 集团军, with what follows it: 第八十集团军, 80集团军某旅, 某集团军第三旅;
//! 3. a number of one to four digits before 师, 旅, 团, 营, 连 or 舰 where a military word (第, 步兵, 装甲, 合成, 炮兵, 空降,
//!    导弹, 防空, 海军陆战, 陆航, 特战, 武警 …) stands directly before or after the number: 第127师, 合成78旅.
//!
//! The divisions and regiments of the 生产建设兵团 are places, and stand in addresses: 兵团第一师 is none.
//! 8023部队 names the former test units as a category of entitlement (notes on PREF 61), and is none.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The words that the rule knows: data with a version, so that one more honest word is no change of the rule.
#[derive(Debug, Deserialize)]
pub struct Words {
    /// The day of the list.
    pub version: String,
    /// What four or more digits stand before.
    numbered: Vec<String>,
    /// Words of the trade that make a number before a unit's word a designation.
    branches: Vec<String>,
    /// A unit's word, and the characters that make another word of it: 第二军休所 is a home, 第三营业部 an office.
    units: BTreeMap<char, String>,
    /// Numbers that name something else.
    honest: Vec<String>,
    /// What makes divisions and regiments places.
    places: Vec<String>,
}

/// The list of this version.
#[expect(clippy::expect_used, reason = "it is built in, and a test reads it")]
pub static WORDS: LazyLock<Words> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../data/military_units.json")).expect("the list of words is built in and tested")
});

/// Where a designation stands in the text, in bytes; None where there is none.
#[must_use]
pub fn designation(text: &str) -> Option<std::ops::Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    let places = WORDS.places.iter().any(|place| text.contains(place));
    (0..chars.len()).find_map(|at| {
        let (from, length) = at_char(chars.get(at..)?, places)?;
        let start = chars.get(at + from)?.0;
        let end = chars.get(at + length).map_or(text.len(), |(byte, _)| *byte);
        Some(start..end)
    })
}

/// Whether a column of this name holds designations: 部队番号, 服役部队, 部队代号 …
#[must_use]
pub fn designation_column(header: &str) -> bool {
    let plain: String = header.chars().filter(|c| !c.is_whitespace()).collect();
    let unit = ["部队", "原单位", "服役单位"].iter().any(|word| plain.contains(word));
    plain.contains("番号")
        || (unit && ["代号", "服役", "所在", "原", "名称", "所属"].iter().any(|word| plain.contains(word)))
        || matches!(plain.as_str(), "部队" | "服役单位" | "所在单位(部队)")
}

fn digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇零一二三四五六七八九十百O".contains(c)
}

fn begins(chars: &[(usize, char)], word: &str) -> bool {
    let mut at = chars.iter().map(|(_, c)| *c);
    word.chars().all(|wanted| at.next() == Some(wanted))
}

fn branch(chars: &[(usize, char)]) -> Option<usize> {
    WORDS.branches.iter().find(|word| begins(chars, word)).map(|word| word.chars().count())
}

/// The designation that begins here: from and to, in characters.
fn at_char(chars: &[(usize, char)], places: bool) -> Option<(usize, usize)> {
    let first = chars.first()?.1;
    let marked = usize::from(first == '第');
    let lead = branch(chars).unwrap_or(marked);
    let number = chars.get(lead..)?.iter().take_while(|(_, c)| digit(*c)).count();
    let mut end = lead + number;
    let rest = chars.get(end..)?;
    if number >= 4 && lead == 0 && WORDS.numbered.iter().any(|word| begins(rest, word)) {
        let written: String = chars.iter().take(number).map(|(_, c)| *c).collect();
        return (!WORDS.honest.contains(&written)).then_some((0, end + 2));
    }
    if number > 0 && begins(rest, "集团军") || (first == '某' && begins(chars.get(1..)?, "集团军")) {
        end = if number > 0 { end + 3 } else { 4 };
        let tail = chars.get(end..).unwrap_or_default();
        let unit = tail.iter().take(8).position(|(_, c)| WORDS.units.contains_key(c));
        // 某集团军 alone says nothing; with a unit below it it does.
        return match unit {
            Some(more) => Some((0, end + more + 1)),
            None => (number > 0).then_some((0, end)),
        };
    }
    if (1..=4).contains(&number) && !places {
        let inner = branch(rest).unwrap_or(0);
        let military = lead > marked || inner > 0 || marked == 1;
        // 第三师范 and 第二军医大学 are none: what follows the unit's word must not make another word of it.
        let follows = chars.get(end + inner + 1).map(|(_, c)| *c);
        let unit = chars.get(end + inner).and_then(|(_, c)| WORDS.units.get(c));
        let is_unit = unit.is_some_and(|others| !follows.is_some_and(|c| others.contains(c)));
        if military && is_unit {
            return Some((0, end + inner + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{WORDS, designation, designation_column};

    #[test]
    fn designations_are_found_where_they_stand() {
        for (text, found) in [
            ("31234部队", "31234部队"),
            ("９３１２６ 部队", "９３１２６ 部队"),
            ("第112师战士", "第112师"),
            ("陆军第三十八集团军", "第三十八集团军"),
            ("原服役于９９１２３部队三连", "９９１２３部队"),
            ("某部三一二三四部队", "三一二三四部队"),
            ("第八十集团军", "第八十集团军"),
            ("80集团军某合成旅", "80集团军某合成旅"),
            ("某集团军第三旅", "某集团军第三旅"),
            ("在第127师服役", "第127师"),
            ("合成78旅", "合成78旅"),
            ("武警8720部队", "8720部队"),
            ("99装甲旅", "99装甲旅"),
            ("建设兵团某地，31234部队", "31234部队"),
        ] {
            assert_eq!(designation(text).and_then(|range| text.get(range)), Some(found), "{text}");
        }
    }

    #[test]
    fn aliases_addresses_and_schools_are_none() {
        for text in [
            "驻军一",
            "武警支队",
            "2018年部队转业",
            "二等功2次",
            "驻地部队",
            "县人武部",
            "某部队",
            "陆军",
            "原8023部队退役人员",
            "第二军医大学",
            "3连号",
            "东村12组",
            "13800138000",
            "一团和气",
            "集团军",
            "第三师范学校",
            "第三团支部",
            "市第二军休所",
            "第一军干所",
            "新疆生产建设兵团第八师",
            "第三营业部",
            "第二军人服务社",
            "第一营养餐厅",
            "第五师生食堂",
            "第二旅游公司",
            "第三连锁店",
            "新疆生产建设兵团第一师三团",
            "",
        ] {
            assert_eq!(designation(text), None, "{text}");
        }
    }

    #[test]
    fn the_list_is_data_with_a_version() {
        assert!(WORDS.version.as_str() >= "2026-11-27" && WORDS.units.len() == 7 && !WORDS.numbered.is_empty());
        assert!(WORDS.numbered.iter().all(|word| word.chars().count() == 2), "the rule takes two characters of each");
    }

    #[test]
    fn columns_of_units_are_known_by_their_names() {
        for header in ["部队番号", "服役部队", "服役部队(代号)", "部队代号", "原部队", "所在部队名称", "部 队"]
        {
            assert!(designation_column(header), "{header}");
        }
        for header in ["部队意见", "入伍时间", "安置单位", "工作单位", "联系电话", "批准部队时间"]
        {
            assert!(!designation_column(header), "{header}");
        }
    }
}
