//! Bank cards by their numbers: the issuer's first digits, the length that issuer gives its cards, and the Luhn check (ISO/IEC
//! 7812-1). All three, for one number in ten passes the check alone: certificates, plaques and notices have numbers too.

/// First digits from … to …, and the lengths of the cards under them. UnionPay, Visa, Mastercard, JCB and American Express by
/// their own ranges; below them the cards that Chinese banks issued before UnionPay's 62, as the list of bins in
/// github.com/hexindai/bcbc (data/bin.csv) has them, without first digits that are shorter than five.
const ISSUERS: [(&str, &str, &[usize]); 28] = [
    ("62", "62", &[16, 17, 18, 19]),
    ("4", "4", &[16, 19]),
    ("51", "55", &[16]),
    ("2221", "2720", &[16]),
    ("3528", "3589", &[16]),
    ("34", "34", &[15]),
    ("37", "37", &[15]),
    ("405512", "405512", &[17]),
    ("438588", "438589", &[18]),
    ("601382", "601382", &[19]),
    ("601427", "601427", &[19]),
    ("601428", "601428", &[17]),
    ("602907", "602907", &[16]),
    ("602969", "602969", &[16]),
    ("603265", "603265", &[16]),
    ("603367", "603367", &[18]),
    ("609120", "609120", &[18]),
    ("69580", "69580", &[18]),
    ("90030", "90030", &[16]),
    ("90592", "90592", &[16]),
    ("955100", "955100", &[19]),
    ("95555", "95555", &[16]),
    ("95588", "95588", &[19]),
    ("95595", "95599", &[19]),
    ("966666", "966666", &[18]),
    ("968807", "968809", &[16]),
    ("984301", "984303", &[16]),
    ("998800", "998802", &[16]),
];

/// Whether digits are the number of a bank card.
pub(super) fn is_card(digits: &str) -> bool {
    let issued = |(first, last, lengths): &(&str, &str, &[usize])| {
        let begins = digits.get(..first.len()).is_some_and(|begins| (*first..=*last).contains(&begins));
        begins && lengths.contains(&digits.len())
    };
    ISSUERS.iter().any(issued) && luhn(digits)
}

fn luhn(digits: &str) -> bool {
    let digit = |(place, c): (usize, char)| {
        let digit = c.to_digit(10)?;
        let twice = digit * 2;
        Some(if place % 2 == 0 { digit } else { twice / 10 + twice % 10 })
    };
    digits.chars().rev().enumerate().map(digit).sum::<Option<u32>>().is_some_and(|sum| sum % 10 == 0)
}
