//! Addresses as rural sheets write them: one way of writing, and whether one names a single door. Most sheets give the village
//! or the group alone (东村, 甲镇东村三组): an address of everybody is nobody's home, and whoever is put into one home by it
//! shares a plaque and a visit with strangers.

use crate::alike;

/// Longer runs of digits are telephone or post numbers.
const LONGEST: usize = 5;

/// An address in one way of writing: digits for full-width and Chinese numerals, one dash, no blanks, no remark in brackets
/// at its end. For comparing, never for showing.
#[must_use]
pub fn written(address: &str) -> String {
    let mut plain = String::new();
    let mut blank = false;
    for c in alike::fold(address).trim().chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        };
        let c = match c {
            '—' | '–' | '―' | '~' | '～' => '-',
            '#' | '號' => '号',
            other => other.to_ascii_uppercase(),
        };
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        // 3 501 is not 3501.
        if std::mem::take(&mut blank) && c.is_ascii_digit() && plain.ends_with(|last: char| last.is_ascii_digit()) {
            plain.push('-');
        }
        plain.push(c);
    }
    numerals(&without_remark(&plain))
}

/// What of an address lies below a village: the words before and of the village itself say nothing more than the row's own
/// columns of township and village.
#[must_use]
pub fn below(address: &str, township: &str, village: &str) -> String {
    let (text, township, village) = (written(address), written(township), written(village));
    let both = format!("{township}{village}");
    let after = |name: &str| text.find(name).filter(|_| !name.is_empty()).and_then(|at| text.get(at + name.len()..));
    let led = |name: &str| text.strip_prefix(name).filter(|_| !name.is_empty());
    let rest = after(&both).or_else(|| led(&village)).or_else(|| led(&township)).unwrap_or(&text);
    let office = ["村民委员会", "居民委员会", "村委会", "居委会"];
    let rest = office.iter().find_map(|office| rest.strip_prefix(office)).unwrap_or(rest);
    rest.trim_matches(PAUSES).to_owned()
}

/// The one door that an address names within a village, in one way of writing. None where it names none (a village, a
/// group, a street, a building), two, or a place near one.
#[must_use]
pub fn door(address: &str, township: &str, village: &str) -> Option<String> {
    let rest = below(address, township, village);
    names_door(&rest).then_some(rest)
}

/// Whether two addresses tell the same place below the village they both lie in; the village alone is no place.
#[must_use]
pub fn agree(one: &str, other: &str, township: &str, village: &str) -> bool {
    let place = |address| below(address, township, village);
    let one = place(one);
    !one.is_empty() && one == place(other)
}

const PAUSES: [char; 9] = [',', '.', '。', '、', ':', ';', '，', '；', '：'];

/// The last number decides, with the word behind it: in Chinese an address ends with its smallest place. 栋, 单元 and 楼 hold
/// many homes and 组, 队, 社 more; only 号, 室, 户 and a room's bare number are one, and only at the very end (3号桥头,
/// 12号对面, 12号楼 and 12号院 are none).
fn names_door(text: &str) -> bool {
    if text.contains([';', '；', '或']) {
        return false;
    }
    let Some((before, number, after)) = last_number(text) else { return false };
    let before = before.trim_end_matches(PAUSES);
    let groups: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let nothing = |group: &&str| group.bytes().all(|digit| digit == b'0');
    if groups.last().is_none_or(nothing) || groups.iter().any(|group| group.len() > LONGEST) {
        // 0号 is written where there is none.
        return false;
    }
    let counted = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    match after {
        "室" => true,
        // Branches of a clan and hamlets are called 三房 and 十八户.
        "房" => groups.last().is_some_and(|group| group.len() >= 3),
        "户" => counted(&["第", "组", "队", "社", "排", "栋", "幢", "座", "单元", "楼", "层", "号"]),
        "" => {
            groups.len() > 1
                || counted(&[
                    "栋",
                    "幢",
                    "座",
                    "单元",
                    "号楼",
                    "层",
                    "排",
                    "号",
                    "附",
                    "之",
                    "门牌",
                    "门牌号",
                    "门牌号码",
                ])
        }
        _ => after.strip_prefix('号').is_some_and(|rest| {
            let letter = rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let box_number = counted(&["信箱", "邮箱", "电话"]);
            !box_number && (letter || ["", "门", "房", "户", "内", "甲", "乙", "丙", "丁"].contains(&rest))
        }),
    }
}

/// The last number of a text, with what stands before and behind it. `12-3`, `A12` and `12B` are one number.
fn last_number(text: &str) -> Option<(&str, &str, &str)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    let end = text.get(last..)?.find(|c| !inside(c)).map_or(text.len(), |more| last + more);
    let head = text.get(..end)?;
    let start = head.char_indices().rev().take_while(|(_, c)| inside(*c)).last().map_or(end, |(at, _)| at);
    Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?))
}

/// Without a remark in brackets at the end. One that holds a number tells of the place and stays.
fn without_remark(text: &str) -> String {
    let text = text.trim_end_matches(PAUSES);
    let open = |c: char| matches!(c, '(' | '[' | '【' | '〔');
    let close = |c: char| matches!(c, ')' | ']' | '】' | '〕');
    let remark = text.rfind(open).filter(|_| text.ends_with(close)).and_then(|at| text.get(at..));
    let told = |remark: &&str| !remark.chars().any(|c| c.is_ascii_digit() || digit(c).is_some() || tens(c).is_some());
    let text = remark.filter(told).and_then(|remark| text.strip_suffix(remark)).unwrap_or(text);
    text.chars().filter(|c| !open(*c) && !close(*c)).collect()
}

/// Chinese numerals as digits: 三十二 and 三二 are 32.
fn numerals(text: &str) -> String {
    let mut out = String::new();
    let mut run: Vec<char> = Vec::new();
    for c in text.chars().map(Some).chain([None]) {
        match c {
            Some(c) if digit(c).is_some() || tens(c).is_some() => run.push(c),
            other => {
                out.push_str(&value(&std::mem::take(&mut run)));
                out.extend(other);
            }
        }
    }
    out
}

fn value(run: &[char]) -> String {
    if run.iter().all(|c| tens(*c).is_none()) {
        return run.iter().filter_map(|c| digit(*c)).map(|digit| digit.to_string()).collect();
    }
    let (mut total, mut waiting) = (0_u32, None);
    for c in run {
        match (digit(*c), tens(*c)) {
            (Some(digit), _) => waiting = Some(digit),
            // 廿 and 卅 are 20 and 30 by themselves.
            (None, Some(unit @ (20 | 30))) => total = total.saturating_add(unit),
            (None, Some(unit)) => total = total.saturating_add(waiting.take().unwrap_or(1) * unit),
            (None, None) => {}
        }
    }
    total.saturating_add(waiting.unwrap_or(0)).to_string()
}

fn digit(c: char) -> Option<u32> {
    "零一二三四五六七八九"
        .chars()
        .position(|d| d == c)
        .or(matches!(c, '〇' | '○').then_some(0))
        .and_then(|n| n.try_into().ok())
}

fn tens(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1_000),
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}
