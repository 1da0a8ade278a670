//! Finds numbers in a text as people write them: in groups with blanks or hyphens between, in full-width digits, with marks
//! nobody sees inside. A number stands by itself: digits of a UUID, of a hash or behind a decimal point are none.

use std::collections::BTreeSet;

use super::OpenNumber;
use super::card::is_card;
use crate::alike::{is_hyphen, is_unseen};
use crate::id_number::IdNumber;
use crate::mask;

/// Digits without anything between that could be seen.
struct Group {
    start: usize,
    end: usize,
    digits: String,
}

/// More blanks and hyphens than these part two numbers.
const APART: usize = 3;

/// An id number has 15 or 18 characters, a bank card up to 19.
const SHORTEST: usize = 15;
const LONGEST: usize = 19;

/// A text with every id number and bank card in it masked, and what they were; None where there are none.
#[must_use]
pub fn text(text: &str) -> Option<(String, BTreeSet<OpenNumber>)> {
    if text.chars().filter(|c| digit(*c).is_some()).count() + 1 < SHORTEST {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let at = |place: usize| chars.get(place).copied();
    let (mut found, mut masked, mut copied, mut place) = (BTreeSet::new(), String::new(), 0, 0);
    while let Some(c) = at(place) {
        if is_uuid(&chars, place) {
            place += 36;
        } else if digit(c).is_none() {
            place += 1;
        } else {
            let groups = run(&chars, place);
            place = groups.last().map_or(place + 1, |last| last.end);
            for (start, end, digits, number) in numbers(&groups, &chars) {
                masked.extend(chars.get(copied..start).unwrap_or_default());
                masked.push_str(&mask::id_number(&digits));
                copied = end;
                found.insert(number);
            }
        }
    }
    masked.extend(chars.get(copied..).unwrap_or_default());
    (!found.is_empty()).then_some((masked, found))
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0),
        _ => None,
    }
}

fn is_cross(c: char) -> bool {
    matches!(c, 'x' | 'X' | '×' | 'Ｘ' | 'ｘ' | 'Х' | 'х' | '✕')
}

/// The groups of one run of digits, from its first digit on.
fn run(chars: &[char], from: usize) -> Vec<Group> {
    let at = |place: usize| chars.get(place).copied();
    let ends = |place: usize| !at(place).is_some_and(|c| c.is_ascii_alphanumeric() || digit(c).is_some());
    let mut groups = Vec::new();
    let mut next = Some(from);
    while let Some(start) = next {
        let mut group = Group { start, end: start, digits: String::new() };
        let mut place = start;
        while let Some(c) = at(place).filter(|c| digit(*c).is_some() || is_unseen(*c)) {
            place += 1;
            if let Some(digit) = digit(c) {
                group.digits.push(digit);
                group.end = place;
            }
        }
        let crossed = at(place).is_some_and(is_cross) && ends(place + 1);
        if crossed {
            group.digits.push('X');
            group.end = place + 1;
        }
        let after = group.end;
        groups.push(group);
        let between = (after..).take_while(|place| at(*place).is_some_and(parts)).count();
        let seen = (after..after + between).filter(|place| at(*place).is_some_and(|c| !is_unseen(c))).count();
        let follows = after + between;
        let goes_on = !crossed && (1..=APART).contains(&seen);
        next = Some(follows).filter(|place| {
            let cross = at(*place).is_some_and(is_cross) && ends(*place + 1);
            goes_on && (at(*place).and_then(digit).is_some() || cross)
        });
    }
    groups
}

fn parts(c: char) -> bool {
    is_hyphen(c) || is_unseen(c) || (c.is_whitespace() && !matches!(c, '\n' | '\r'))
}

/// The numbers in the groups of a run: where each starts and ends, its digits, what it is.
fn numbers(groups: &[Group], chars: &[char]) -> Vec<(usize, usize, String, OpenNumber)> {
    let (mut found, mut first) = (Vec::new(), 0);
    while first < groups.len() {
        let tail = groups.get(first..).unwrap_or_default();
        let mut best = None;
        let mut digits = String::new();
        for (count, group) in tail.iter().enumerate() {
            digits.push_str(&group.digits);
            if digits.len() > LONGEST {
                break;
            }
            let used = tail.get(..=count).unwrap_or_default();
            let Some(number) = judged(&digits, used).filter(|_| stands_alone(used, chars)) else { continue };
            best = Some((count + 1, (used.first().map_or(0, |group| group.start), group.end, digits.clone(), number)));
        }
        match best {
            Some((used, number)) => {
                first += used;
                found.push(number);
            }
            None => first += 1,
        }
    }
    found
}

/// Neither a part of a word or a hash, nor of a decimal number.
fn stands_alone(used: &[Group], chars: &[char]) -> bool {
    let (start, end) = (used.first().map_or(0, |group| group.start), used.last().map_or(0, |group| group.end));
    let at = |place: usize| chars.get(place).copied();
    let before = || (0..start).rev().map_while(at).take_while(char::is_ascii_alphanumeric);
    let after = || (end..).map_while(at).take_while(char::is_ascii_alphanumeric);
    let glued = |letters: &mut dyn Iterator<Item = char>| {
        let letters: Vec<char> = letters.collect();
        // sfz and ID are words before a number; letters of hexadecimal digits may belong to it.
        !letters.is_empty() && letters.iter().all(char::is_ascii_hexdigit)
    };
    let point = |one: Option<usize>, two: Option<usize>| {
        one.and_then(at) == Some('.') && two.and_then(at).is_some_and(|c| c.is_ascii_digit())
    };
    let decimal = point(start.checked_sub(1), start.checked_sub(2)) || point(Some(end), Some(end + 1));
    !glued(&mut before()) && !glued(&mut after()) && !decimal
}

/// What digits are that stand in these groups.
fn judged(digits: &str, groups: &[Group]) -> Option<OpenNumber> {
    if !(SHORTEST..=LONGEST).contains(&digits.len()) {
        return None;
    }
    let id = IdNumber::parse(digits).ok().filter(|number| born_in_time(number) && is_written(digits, groups));
    if id.is_some() {
        return Some(OpenNumber::IdNumber);
    }
    (is_grouped(groups) && is_card(digits)).then_some(OpenNumber::BankCard)
}

/// Nobody on a roster was born before, and dates ahead are a chance of other numbers.
fn born_in_time(number: &IdNumber) -> bool {
    let year = number.birth().and_then(|day| day.ymd()).map(|(year, ..)| year);
    year.is_some_and(|year| (1900..2100).contains(&year))
}

/// Fifteen digits have no check: the number begins with a province (GB/T 2260) and is grouped as people group it.
fn is_written(digits: &str, groups: &[Group]) -> bool {
    const PROVINCES: [&str; 34] = [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
        "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
    ];
    let province = digits.get(..2).is_some_and(|province| PROVINCES.contains(&province));
    digits.len() == 18 || (province && is_grouped(groups))
}

/// In one, after the first six digits, or in groups of three or four: not two numbers side by side.
fn is_grouped(groups: &[Group]) -> bool {
    let [first, .., last] = groups else { return true };
    let whole = groups.get(..groups.len() - 1).unwrap_or_default();
    let size = first.digits.len();
    let even =
        (3..=4).contains(&size) && whole.iter().all(|group| group.digits.len() == size) && last.digits.len() <= size;
    // American Express prints 4, 6, 5.
    let american = groups.iter().map(|group| group.digits.len()).eq([4, 6, 5]);
    size == 6 || even || american
}

fn is_uuid(chars: &[char], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|before| chars.get(before));
    let after = chars.get(place + 36);
    let alone = |c: Option<&char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    let fits = |(at, c): (usize, &char)| if matches!(at, 8 | 13 | 18 | 23) { *c == '-' } else { c.is_ascii_hexdigit() };
    let word = chars.get(place..place + 36);
    alone(before) && alone(after) && word.is_some_and(|word| word.iter().enumerate().all(fits))
}
