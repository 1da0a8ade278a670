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

/// Where a designation stands in the text, in bytes; None where there is none.
#[must_use]
pub fn designation(text: &str) -> Option<std::ops::Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    let places = text.contains("建设兵团");
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

const UNITS: [char; 7] = ['师', '旅', '团', '营', '连', '军', '舰'];
const BRANCHES: [&str; 16] = [
    "步兵", "装甲", "合成", "炮兵", "空降", "导弹", "防空", "陆战", "陆航", "特战", "武警", "坦克", "机步", "摩步",
    "通信", "工兵",
];

fn digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇零一二三四五六七八九十百O".contains(c)
}

fn begins(chars: &[(usize, char)], word: &str) -> bool {
    let mut at = chars.iter().map(|(_, c)| *c);
    word.chars().all(|wanted| at.next() == Some(wanted))
}

fn branch(chars: &[(usize, char)]) -> Option<usize> {
    BRANCHES.iter().find(|word| begins(chars, word)).map(|word| word.chars().count())
}

/// The designation that begins here: from and to, in characters.
fn at_char(chars: &[(usize, char)], places: bool) -> Option<(usize, usize)> {
    let first = chars.first()?.1;
    let marked = usize::from(first == '第');
    let lead = branch(chars).unwrap_or(marked);
    let number = chars.get(lead..)?.iter().take_while(|(_, c)| digit(*c)).count();
    let mut end = lead + number;
    let rest = chars.get(end..)?;
    if number >= 4 && lead == 0 && ["部队", "分队", "支队", "大队", "信箱"].iter().any(|word| begins(rest, word))
    {
        let written: String = chars.iter().take(number).map(|(_, c)| *c).collect();
        return (written != "8023").then_some((0, end + 2));
    }
    if number > 0 && begins(rest, "集团军") || (first == '某' && begins(chars.get(1..)?, "集团军")) {
        end = if number > 0 { end + 3 } else { 4 };
        let tail = chars.get(end..).unwrap_or_default();
        let unit = tail.iter().take(8).position(|(_, c)| UNITS.contains(c));
        // 某集团军 alone says nothing; with a unit below it it does.
        return match unit {
            Some(more) => Some((0, end + more + 1)),
            None => (number > 0).then_some((0, end)),
        };
    }
    if (1..=4).contains(&number) && !places {
        let inner = branch(rest).unwrap_or(0);
        let military = lead > marked || inner > 0 || marked == 1;
        let unit = chars.get(end + inner).is_some_and(|(_, c)| UNITS.contains(c));
        // 第三连队, 第三师范 and 第二军医大学 are none: what follows the unit's word must not make another word of it.
        let word = chars.get(end + inner + 1).is_none_or(|(_, c)| !"队医事校结长体员范支".contains(*c));
        if military && unit && word {
            return Some((0, end + inner + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{designation, designation_column};

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
            "新疆生产建设兵团第一师三团",
            "",
        ] {
            assert_eq!(designation(text), None, "{text}");
        }
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
