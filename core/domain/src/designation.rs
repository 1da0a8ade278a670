//! Military unit designations (部队番号, 代号) in free text: forms refuse them, the importer drops them. They are state
//! secrets or close to it, and no work of a bureau's door visits needs them.

/// Words that stand behind a number in a designation: 61234部队, 93126分队.
const BEHIND: [&str; 4] = ["部队", "分队", "支队", "大队"];
/// Formations that have a number in front: 第38集团军, 112师, 335团.
const FORMATIONS: [&str; 6] = ["集团军", "师", "旅", "团", "营", "舰"];

/// Whether a text names a military unit: a number of four to six digits before 部队 or the like, or a formation with a
/// number after 第.
#[must_use]
pub fn found(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).map(half).collect();
    (0..plain.len()).any(|at| {
        let rest = plain.get(at..).unwrap_or_default();
        let begins = at == 0 || plain.get(at - 1).is_some_and(|c| !digit(*c));
        let digits = rest.iter().take_while(|c| digit(**c)).count();
        if !begins || digits == 0 {
            return false;
        }
        let after: String = rest.iter().skip(digits).take(3).collect();
        let ordinal = at > 0 && plain.get(at - 1) == Some(&'第');
        let numbered = (4..=6).contains(&digits) && BEHIND.iter().any(|word| after.starts_with(word));
        numbered || (ordinal && FORMATIONS.iter().any(|word| after.starts_with(word)))
    })
}

fn half(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        other => other,
    }
}

fn digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}
