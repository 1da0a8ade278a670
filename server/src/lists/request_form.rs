//! 更换/补发申请表: one request with the headers of the field's own form and a line to write on wherever nothing is known; a
//! page to print ([`html`]) or a sheet to fill in ([`xlsx`]), both A4.

use std::fmt::Write as _;

use bianfang_domain::actor::Actor;
use bianfang_domain::codes::{PLAQUE_HANGING, PLAQUE_REASON};
use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::op::Part;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_sheets::write::{self, FormLine};

use super::{codes, timeline};
use crate::ServerError;
use crate::county::Desk;
use crate::feed;

const STYLE: &str = "@page{size:A4;margin:20mm}body{font:14pt/1.6 serif;color:#000}h1{font-size:20pt;text-align:center}\
table{width:100%;border-collapse:collapse}td,th{border:1px solid #000;padding:3mm;text-align:left;vertical-align:top}\
th{width:32%;font-weight:normal}.opinion{height:26mm}.sign{margin-top:6mm;text-align:right}";

/// A filled-in form.
struct Filled {
    /// 光荣牌更换申请表 …
    title: String,
    /// Whose it is.
    applicant: String,
    /// As the field's own form has them.
    lines: Vec<FormLine>,
}

/// The last line of the form.
const SIGN: &str = "申请人签字：________________　　日期：____年__月__日";

/// The form; None where the caller sees no such request.
async fn filled(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<Filled>, ServerError> {
    let Some(request) = feed::masked(desk, caller, id).await?.filter(|record| record.kind == "plaque_request") else {
        return Ok(None);
    };
    let household = match id_in(&request.doc, "household") {
        Some(household) => feed::masked(desk, caller, household).await?,
        None => None,
    };
    let person = match id_in(&request.doc, "person") {
        Some(person) => feed::masked(desk, caller, person).await?,
        None => None,
    };
    let conn = &mut *desk.db.pool().acquire().await?;
    let codes = codes::of(conn, desk.county).await?;
    let steps = timeline::facts(conn, desk.county, (id, "plaque_request_step")).await?;
    let fulfilled = timeline::facts(conn, desk.county, (id, "plaque_event")).await?;
    let hung = match &household {
        Some(household) => {
            super::house::plaque(conn, desk.county, household.id).await?.and_then(|plaque| plaque.hung_on)
        }
        None => None,
    };
    let doc = &request.doc;
    let given = |doc: &Document, field: &str| text_in(doc, field).unwrap_or_default().to_owned();
    let of = |record: &Option<Record>, field: &str| record.as_ref().map(|r| given(&r.doc, field)).unwrap_or_default();
    let ask = match text_in(doc, "ask").unwrap_or_default() {
        "NEW" => "新挂（依申请）",
        ask => codes.word(&PLAQUE_HANGING, ask),
    };
    let reason = codes.word(&PLAQUE_REASON, text_in(doc, "reason").unwrap_or_default());
    let back = doc.get("old_returned").and_then(serde_json::Value::as_bool);
    let issued = fulfilled.iter().find(|event| event.counts(&Part::Whole));
    let hung = if given(doc, "old_hung_on").is_empty() { hung.unwrap_or_default() } else { given(doc, "old_hung_on") };
    let mut lines: Vec<_> = [
        ("姓名", given(doc, "applicant")),
        ("身份证", of(&person, "id_number")),
        ("户主姓名", of(&household, "head_name")),
        ("家庭住址", of(&household, "address")),
        ("原悬挂时间", hung),
        ("申请事项", ask.to_owned()),
        ("原因", reason.to_owned()),
        ("旧牌是否上交", back.map_or(String::new(), |back| if back { "是" } else { "否" }.to_owned())),
        ("申请时间", day(&request)),
    ]
    .into_iter()
    .map(|(name, known)| FormLine { name, known, tall: false })
    .collect();
    for (name, code) in [("村（社区）意见", "VILLAGE_OK"), ("乡镇（街道）意见", "TOWN_OK"), ("县局意见", "COUNTY_OK")]
    {
        let step = steps.iter().find(|step| step.counts(&Part::Whole) && text_in(&step.doc, "step") == Some(code));
        let words =
            step.map(|step| format!("{}\n{} {}", given(&step.doc, "opinion"), given(&step.doc, "by"), day(step)));
        lines.push(FormLine { name, known: words.unwrap_or_default(), tall: true });
    }
    let receiver = issued.map(|event| given(&event.doc, "receiver")).unwrap_or_default();
    for (name, known) in [("新牌发放时间", issued.map(day).unwrap_or_default()), ("领取人", receiver)] {
        lines.push(FormLine { name, known, tall: false });
    }
    Ok(Some(Filled { title: format!("光荣牌{ask}申请表"), applicant: given(doc, "applicant"), lines }))
}

/// The page; None where the caller sees no such request.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn html(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<String>, ServerError> {
    let Some(form) = filled(desk, caller, id).await? else { return Ok(None) };
    let title = escaped(&form.title);
    let mut page = format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><h1>{title}</h1><table>"
    );
    for one in &form.lines {
        line(&mut page, one.name, &one.known, if one.tall { "opinion" } else { "" });
    }
    // A String takes everything that is written to it.
    let _ = write!(page, "</table><p class=\"sign\">{SIGN}</p></body></html>");
    Ok(Some(page))
}

/// A name for the file and its bytes; None where the caller sees no such request.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`], [`ServerError::Sheet`].
pub async fn xlsx(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<(String, Vec<u8>)>, ServerError> {
    let Some(form) = filled(desk, caller, id).await? else { return Ok(None) };
    let plain: String = form.applicant.chars().filter(|c| c.is_alphanumeric()).take(40).collect();
    Ok(Some((format!("{}_{plain}.xlsx", form.title), write::form(("申请表", &form.title), &form.lines, SIGN)?)))
}

fn day(fact: &Record) -> String {
    Day::of(fact.meta.origin.happened.ms).to_string()
}

fn line(page: &mut String, name: &str, value: &str, class: &str) {
    let value = escaped(value).replace('\n', "<br>");
    let _ = write!(page, "<tr><th>{name}</th><td class=\"{class}\">{value}</td></tr>");
}

/// What people typed is text, never markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
