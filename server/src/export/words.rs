//! Codes as the bureau's sheets write them, in the county's words. A code that nobody knows is shown as it is, never dropped.

use bianfang_domain::codes::{CATEGORY, Codes, PREF, SEX};
use bianfang_domain::time::Day;

/// 性别
#[must_use]
pub fn sex(codes: &Codes, code: &str) -> String {
    let code = match code {
        "M" | "男" => "MALE",
        "F" | "女" => "FEMALE",
        other => other,
    };
    codes.word(&SEX, code).to_owned()
}

/// Whether a category is one of 优抚.
#[must_use]
pub fn is_pref(codes: &Codes, code: &str) -> bool {
    codes.items(&PREF).iter().any(|item| item.code == code)
}

/// 人员类别 of either scheme.
#[must_use]
pub fn category<'a>(codes: &'a Codes, code: &'a str) -> &'a str {
    codes.word(if is_pref(codes, code) { &PREF } else { &CATEGORY }, code)
}

/// `2026-05-09 14:05` in Shanghai: two visits of one day are two.
#[must_use]
pub fn minute(ms: i64) -> String {
    let day = Day::of(ms);
    let minutes = ms.saturating_sub(day.start_ms()) / 60_000;
    format!("{day} {:02}:{:02}", minutes / 60, minutes % 60)
}
