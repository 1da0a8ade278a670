//! Resident identity numbers (GB 11643-1999): normalising, the ISO 7064 MOD 11-2 check digit, and 15-digit cards.
//! The address part is that of the first registration and may be abolished, so it is never judged here.

use crate::alike::{is_hyphen, is_unseen};
use crate::time::Day;

/// A number that passed the check: 17 digits and a check character.
#[derive(Clone, PartialEq, Eq)]
pub struct IdNumber(String);

/// Why a text is no id number. The text itself is not in the error: it may be most of somebody's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    /// Neither 15 nor 18 characters after normalising.
    #[error("an id number has 18 characters (old cards 15)")]
    Length,
    /// A character that is neither digit nor X at the end.
    #[error("an id number has digits only, the last may be X")]
    Character,
    /// The part for the birth date is no day of the calendar.
    #[error("the birth date in the id number does not exist")]
    Birth,
    /// The last character does not fit the others.
    #[error("the check digit does not fit: one digit is wrong or two are swapped")]
    Check,
}

/// Sex as the number tells it: odd sequence numbers are male.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// Full-width forms, the several crosses people type for X, blanks, hyphens, a leading apostrophe and marks nobody sees.
fn normalise(text: &str) -> String {
    let marks = |c: &char| matches!(c, '\'' | '’' | '‘') || c.is_whitespace() || is_unseen(*c) || is_hyphen(*c);
    text.chars()
        .filter(|c| !marks(c))
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            'x' | '×' | 'Ｘ' | 'ｘ' | 'Х' | 'х' | '✕' => 'X',
            other => other,
        })
        .collect()
}

fn check_character(digits: &str) -> Option<char> {
    let sum: u32 =
        digits.chars().zip(WEIGHTS).map(|(c, weight)| c.to_digit(10).map(|d| d * weight)).sum::<Option<u32>>()?;
    CHECKS.get((sum % 11) as usize).copied()
}

impl IdNumber {
    /// Reads a number as people write it. A 15-digit card becomes 18 by the century 19 and the check character.
    ///
    /// # Errors
    /// [`IdNumberError`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, IdNumberError> {
        let mut number = normalise(text);
        match number.chars().count() {
            18 => {}
            15 if number.chars().all(|c| c.is_ascii_digit()) => {
                number.insert_str(6, "19");
                number.push(check_character(&number).ok_or(IdNumberError::Character)?);
            }
            15 => return Err(IdNumberError::Character),
            _ => return Err(IdNumberError::Length),
        }
        let body: String = number.chars().take(17).collect();
        let last = number.chars().last().unwrap_or('?');
        if !body.chars().all(|c| c.is_ascii_digit()) || !(last.is_ascii_digit() || last == 'X') {
            return Err(IdNumberError::Character);
        }
        let parsed = Self(number);
        if parsed.birth().is_none() {
            return Err(IdNumberError::Birth);
        }
        if check_character(&body) != Some(last) {
            return Err(IdNumberError::Check);
        }
        Ok(parsed)
    }

    /// The whole number. Only for sealing, hashing and audited exports.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn slice<T: std::str::FromStr>(&self, from: usize, to: usize) -> Option<T> {
        self.0.get(from..to)?.parse().ok()
    }

    /// The birth date the number carries.
    #[must_use]
    pub fn birth(&self) -> Option<Day> {
        Day::from_ymd(self.slice(6, 10)?, self.slice(10, 12)?, self.slice(12, 14)?)
    }

    /// The sex the number carries.
    #[must_use]
    pub fn sex(&self) -> Sex {
        match self.slice::<u32>(16, 17) {
            Some(digit) if digit % 2 == 1 => Sex::Male,
            _ => Sex::Female,
        }
    }
}

impl std::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&crate::mask::id_number(&self.0))
    }
}
