//! What looks wrong in a person's document and may still be right (invariant 13): shown before saving and in imports,
//! never a refusal. A discharge before the enlistment is more than a warning: it waits beside the field.

use serde::Serialize;

use crate::document::{Document, text_in};
use crate::id_number::{IdNumber, Sex};
use crate::reason::Reason;
use crate::time::{Day, date};

/// Something to look at twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Warning {
    /// The birth date is not the id number's.
    Birth,
    /// The sex is not the id number's.
    Sex,
    /// Enlisted before the fourteenth birthday (the Red Army's youngest were).
    EnlistedYoung,
    /// Discharged before enlisted.
    DischargeBeforeEnlistment,
    /// No id number, or one that cannot be checked.
    NoIdNumber,
}

impl Warning {
    /// The field it is about.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Birth => "birth",
            Self::Sex => "sex",
            Self::EnlistedYoung => "enlisted",
            Self::DischargeBeforeEnlistment => "discharged",
            Self::NoIdNumber => "id_number",
        }
    }

    /// 中文.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::Birth => "出生日期与身份证号不一致，请核对。",
            Self::Sex => "性别与身份证号不一致，请核对。",
            Self::EnlistedYoung => "入伍时不满十四岁，请核对（老红军可如实填写）。",
            Self::DischargeBeforeEnlistment => "退役时间早于入伍时间，请对照证件。",
            Self::NoIdNumber => "没有可核对的身份证号，以后请补录。",
        }
    }

    /// English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Self::Birth => "The birth date differs from the id number's: compare them.",
            Self::Sex => "The sex differs from the id number's: compare them.",
            Self::EnlistedYoung => "Enlisted before the age of fourteen: compare (right for some of the Red Army).",
            Self::DischargeBeforeEnlistment => "The discharge is before the enlistment: compare with the papers.",
            Self::NoIdNumber => "There is no id number that can be checked: add it later.",
        }
    }
}

/// The first and the last day that a date may mean.
fn span(text: &str) -> Option<(Day, Day)> {
    let (year, month, day) = date(text)?;
    let first = Day::from_ymd(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(12) | None, None) => Day(Day::from_ymd(year + 1, 1, 1)?.0 - 1),
        (Some(month), None) => Day(Day::from_ymd(year, month + 1, 1)?.0 - 1),
    };
    Some((first, last))
}

/// The first and the last day that a field's date may mean.
pub(crate) fn dated(doc: &Document, field: &str) -> Option<(Day, Day)> {
    span(text_in(doc, field)?)
}

/// Fields that cannot both be right. Of two phones each may have written one, so a reviewer chooses.
#[must_use]
pub fn contradictions(doc: &Document) -> Vec<(&'static str, Reason)> {
    let (enlisted, discharged) = (dated(doc, "enlisted"), dated(doc, "discharged"));
    let wrong = enlisted.zip(discharged).is_some_and(|(enlisted, discharged)| discharged.1 < enlisted.0);
    if wrong {
        vec![("discharged", Reason::DischargeBeforeEnlistment), ("enlisted", Reason::DischargeBeforeEnlistment)]
    } else {
        Vec::new()
    }
}

/// Everything to look at twice, in a fixed order. The id number is read where it is in the clear.
#[must_use]
pub fn warnings(doc: &Document) -> Vec<Warning> {
    let mut found = Vec::new();
    let number = text_in(doc, "id_number");
    let parsed = number.and_then(|number| IdNumber::parse(number).ok());
    if let Some(parsed) = &parsed {
        let birth = dated(doc, "birth").zip(parsed.birth());
        if birth.is_some_and(|((first, last), told)| told < first || told > last) {
            found.push(Warning::Birth);
        }
        let told = if parsed.sex() == Sex::Male { "MALE" } else { "FEMALE" };
        if text_in(doc, "sex").is_some_and(|sex| ["MALE", "FEMALE"].contains(&sex) && sex != told) {
            found.push(Warning::Sex);
        }
    }
    let young = dated(doc, "birth").zip(dated(doc, "enlisted")).is_some_and(|(birth, enlisted)| {
        let at_14 = birth.0.ymd().and_then(|(year, month, day)| Day::from_ymd(year + 14, month, day.min(28)));
        at_14.is_some_and(|at_14| enlisted.1 < at_14)
    });
    if young {
        found.push(Warning::EnlistedYoung);
    }
    if !contradictions(doc).is_empty() {
        found.push(Warning::DischargeBeforeEnlistment);
    }
    // A masked number stands for one that was checked.
    if parsed.is_none() && number.is_none_or(|number| !number.contains('*')) {
        found.push(Warning::NoIdNumber);
    }
    found
}
