//! What is left to guess of an id number by whoever reads what is shown of a person, as an attacker would work it out: the area
//! is the county's, the masks and dates that stand anywhere are laid over one another, and the check character does the rest.

use bianfang_domain::time::Day;

/// Counting ends here: more is as good.
pub const MANY: usize = 1_000;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [u8; 11] = *b"10X98765432";

/// How many valid numbers agree with everything that `seen` shows of the person with this one: at most [`MANY`]. `seen` may be
/// all that a role was ever answered. It must be about one person of that birth.
#[must_use]
pub fn candidates(seen: &str, number: &str) -> usize {
    let Some((year, month, day)) = born(number) else { return 0 };
    if seen.contains(number) {
        return 1;
    }
    let secret = number.as_bytes();
    // 0: hidden.
    let mut known = [0u8; 18];
    let mut know = |from: usize, to: usize| {
        for (known, digit) in known.iter_mut().zip(secret).take(to).skip(from) {
            *known = *digit;
        }
    };
    know(0, 6);
    let stands = |forms: &[String]| forms.iter().any(|form| seen.contains(form.as_str()));
    if stands(&[
        format!("{year}-{month:02}-{day:02}"),
        format!("{year}{month:02}{day:02}"),
        format!("{year}/{month}/{day}"),
        format!("{year}.{month}.{day}"),
        format!("{year}年{month}月{day}日"),
    ]) {
        know(6, 14);
    } else if stands(&[format!("{year}-{month:02}"), format!("{year}/{month:02}"), format!("{year}年{month}月")]) {
        know(6, 12);
    } else if seen.contains(&year.to_string()) {
        know(6, 10);
    }
    for mask in masks(seen) {
        let fits = mask.iter().zip(secret).all(|(shown, digit)| *shown == b'*' || shown.eq_ignore_ascii_case(digit));
        for (at, _) in mask.iter().enumerate().filter(|(_, shown)| fits && **shown != b'*') {
            know(at, at + 1);
        }
    }
    // Whoever knows the person knows the sex: an odd last digit of the sequence is a man's.
    let odd = secret.get(16).is_some_and(|digit| digit % 2 == 1);
    count(&known, odd)
}

/// Every run of eighteen digits and stars that hides something.
fn masks(seen: &str) -> impl Iterator<Item = &[u8]> {
    let runs = seen.split(|c: char| !(c.is_ascii_digit() || matches!(c, '*' | 'X' | 'x')));
    runs.filter(|run| run.len() == 18 && run.contains('*')).map(str::as_bytes)
}

fn born(number: &str) -> Option<(u32, u32, u32)> {
    let part = |from, to| number.get(from..to)?.parse().ok();
    Some((part(6, 10)?, part(10, 12)?, part(12, 14)?))
}

fn count(known: &[u8; 18], odd: bool) -> usize {
    let area: String = known.iter().take(6).map(|digit| char::from(*digit)).collect();
    let mut left = 0;
    for year in 1900..2030 {
        for (month, day) in (1..=12u8).flat_map(|month| (1..=31u8).map(move |day| (month, day))) {
            let before = format!("{area}{year}{month:02}{day:02}");
            let stands = |text: &str| known.iter().zip(text.bytes()).all(|(known, digit)| [0, digit].contains(known));
            if !stands(&before) || Day::from_ymd(year, month, day).is_none() {
                continue;
            }
            for sequence in (0..1_000u32).filter(|sequence| (sequence % 2 == 1) == odd) {
                let body = format!("{before}{sequence:03}");
                let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
                let check = CHECKS.get((sum % 11) as usize).copied().unwrap_or_default();
                let ends = known.last().is_some_and(|known| [0, check].contains(known));
                left += usize::from(ends && stands(&body));
                if left == MANY {
                    return left;
                }
            }
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures of ADR 5.
    #[test]
    fn what_is_left_follows_from_what_is_shown() {
        let number = "99000019600101003X";
        for (seen, left) in [
            ("99000019600101003X", 1..=1),
            ("9900**********003X 1960-01-01", 1..=1),
            ("9900************3X 1960-01-01", 8..=10),
            ("9900**********003X 1960-01", 2..=4),
            ("9900************3X 1960-01", 270..=295),
            ("1960-01-01", 500..=500),
            ("9900************3X", MANY..=MANY),
            ("9900************99 1960-01", MANY..=MANY),
        ] {
            let found = candidates(seen, number);
            assert!(left.contains(&found), "{seen}: {found}");
        }
    }

    #[test]
    fn a_month_and_two_ends_leave_a_hundred_of_anybody() {
        let least = (1..=28).flat_map(|day| (0..100).map(move |n| (day, n)));
        let least = least.filter_map(|(day, n)| {
            let body = format!("990000195902{day:02}{:03}", n * 7 % 1000);
            let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
            let number = format!("{body}{}", char::from(CHECKS[(sum % 11) as usize]));
            (n % 25 == 0).then(|| candidates(&format!("9900************{} 1959-02", &number[16..]), &number))
        });
        let least = least.min().unwrap();
        assert!((200..=280).contains(&least), "the shortest month: {least}");
    }
}
