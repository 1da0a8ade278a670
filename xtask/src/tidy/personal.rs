//! No real person's id number enters this repository, not even in a test. Samples are written with area codes that were
//! never assigned: GB/T 2260 knows none that begins with 99.

use super::Finding;

/// Published with the standard as examples; everybody's tests use them.
const SAMPLES: &[&str] = &["11010519491231002X", "440524188001010014", "34052419800101001X"];

const NEVER_ASSIGNED: &str = "99";

/// Every number that could be a living person's: 18 places, a possible day of birth, the right check digit.
pub fn check(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in text.lines().enumerate() {
        // A number inside a longer word (a hash, a base64 text) is none.
        for word in line.split(|letter: char| !letter.is_ascii_alphanumeric()) {
            if could_be_a_persons(&word.to_ascii_uppercase()) {
                findings.push(Finding {
                    place: format!("{path}:{}", number + 1),
                    what: "可能是真实的身份证号码，示例请用 99 开头 / may be a real id number; begin samples with 99"
                        .into(),
                });
            }
        }
    }
    findings
}

fn could_be_a_persons(word: &str) -> bool {
    !SAMPLES.contains(&word) && !word.starts_with(NEVER_ASSIGNED) && possible_birth(word) && check_digit_fits(word)
}

/// Without this one in eleven of all 18-digit amounts, times and keys would be found.
fn possible_birth(word: &str) -> bool {
    let part = |from: usize, to: usize| word.get(from..to).and_then(|digits| digits.parse::<u32>().ok()).unwrap_or(0);
    (1800..2100).contains(&part(6, 10)) && (1..=12).contains(&part(10, 12)) && (1..=31).contains(&part(12, 14))
}

/// GB 11643, after ISO 7064 MOD 11-2: the weight of place i counted from the right is 2^i mod 11, the sum is 1.
fn check_digit_fits(word: &str) -> bool {
    if word.len() != 18 {
        return false;
    }
    let mut sum = 0;
    let mut weight = 1;
    for (place, letter) in word.chars().rev().enumerate() {
        let value = match letter {
            'X' if place == 0 => 10,
            _ => match letter.to_digit(10) {
                Some(value) => value,
                None => return false,
            },
        };
        sum += value * weight;
        weight = weight * 2 % 11;
    }
    sum % 11 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A valid number of this area, put together here so that none stands in the file.
    fn planted(area: &str) -> String {
        let open = format!("{area}19700102{}", "123");
        let digits = (0..=10).map(|last| if last == 10 { "X".to_string() } else { last.to_string() });
        digits.map(|last| format!("{open}{last}")).find(|number| check_digit_fits(number)).unwrap()
    }

    #[test]
    fn number_that_could_be_real_is_found_with_its_line() {
        let findings = check("tests/a.csv", &format!("姓名,号码\n张三,{}\n", planted("150426")));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].place, "tests/a.csv:2");
    }

    #[test]
    fn small_check_letter_hides_nothing() {
        let small =
            (0..100).map(|area| planted(&format!("1504{area:02}"))).find(|number| number.ends_with('X')).unwrap();
        assert_eq!(check("a", &small.to_lowercase()).len(), 1);
    }

    #[test]
    fn never_assigned_area_passes() {
        assert_eq!(check("a", &planted("990426")), []);
    }

    #[test]
    fn published_samples_pass() {
        for sample in SAMPLES {
            assert!(check_digit_fits(sample));
            assert_eq!(check("a", sample), []);
        }
    }

    #[test]
    fn wrong_check_digit_impossible_day_and_longer_words_pass() {
        let number = planted("150426");
        let wrong = format!("{}{}", &number[..17], if number.ends_with('0') { '1' } else { '0' });
        assert_eq!(check("a", &wrong), []);
        assert_eq!(check("a", &format!("a{number}")), []);
        assert_eq!(check("a", &format!("{number}0")), []);
        assert!(!possible_birth("150426197013311234"));
    }
}
