//! Where each person stands in a question: the statement that `coverage` and `list` go on with, from the text of
//! `coverage.sql` and the categories of the rule.

use bianfang_domain::coverage::CoverageRule;
use bianfang_domain::kind::Method;

use super::FigureQuestion;
use crate::db::sql::Statement;

/// Begins a statement that may select from `standing`: `person`, `division`, `counted` (in the denominator), `in_register`
/// (would be, whomever the rule asks about), `entered_after`, `level`, `reviewed`,
/// `told` (0: all that reaches them was assumed), `held`.
pub(super) fn of(ask: FigureQuestion<'_>) -> Statement {
    let begun = Statement::new(include_str!("coverage.sql"))
        .with(ask.county)
        .with(i64::from(ask.window.from.0))
        .with(i64::from(ask.window.to.0))
        .with(i64::from(ask.rule.family_counts))
        .with(switched_on(ask.rule))
        .with(ask.filter.work_type.clone().unwrap_or_default())
        .with(ask.filter.method.clone().unwrap_or_default())
        .with(ask.filter.category.clone().unwrap_or_default())
        .with(i64::from(ask.accepted_upto.0))
        .then(", standing as (select p.*, case when p.in_register = 1 and (");
    asked_about(begun, ask.rule).then(") then 1 else 0 end as counted from placed p) ")
}

/// Codes of the methods between blanks, so that one code is found whole.
fn switched_on(rule: &CoverageRule) -> String {
    let known = rule.methods.iter().filter(|method| **method != Method::Other);
    known.fold(" ".to_owned(), |text, method| text + method.code() + " ")
}

/// One of the categories, each found whole; any where the rule names none.
fn asked_about(begun: Statement, rule: &CoverageRule) -> Statement {
    let mut asked = begun.then(if rule.categories.is_empty() { "1 = 1" } else { "1 = 0" });
    for code in &rule.categories {
        asked = asked.then(" or replace(p.categories, ").bind(format!(" {code} ")).then(", '') <> p.categories");
    }
    asked
}
