//! One command on one phone, and what it answers as JSON.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;

use bianfang_client::{
    DelivererDraft, EntryDraft, Host, HouseholdDraft, LetterStepDraft, MergeDraft, MoveDraft, PeopleQuery, Phone,
    PhotoLine, PlaqueDraft, PlaqueOpinionDraft, PlaqueRequestDraft, Progress, SplitDraft, VisitDraft, Watch,
};
use clap::Parser;
use serde::Serialize;
use serde_json::{Value, json};

use crate::args::{Command, Letter, Line, Plaque, Visit};
use crate::{PhoneError, mask, typed};

/// Does one command. What the answer says is durable when it returns.
///
/// # Errors
/// [`PhoneError`].
pub async fn call(phone: &Phone, host: &dyn Host, command: Command) -> Result<Value, PhoneError> {
    let mut answer = match command {
        Command::Enrol { code, device } => {
            let code = if code.trim_start().starts_with('{') { code } else { std::fs::read_to_string(code)? };
            value(&phone.enrol(&code, &device).await?)?
        }
        Command::People { search, village, due, after, limit } => {
            value(&phone.people(PeopleQuery { search, village, only_due: due, after, limit }).await?)?
        }
        Command::Person { id } => value(&phone.person(&id).await?)?,
        Command::NewPerson { form, set, add } => {
            let form = form_or_new(phone, form).await?;
            let draft = typed::person(&set, &add, &[], None)?;
            let warnings = value(&phone.check_person(None, draft.clone()).await?)?;
            let saved = phone.new_person(&form, draft).await?;
            json!({ "form": form, "id": saved.id, "state": value(&saved.state)?, "warnings": warnings })
        }
        Command::ChangePerson { id, set, add, remove, since } => {
            let draft = typed::person(&set, &add, &remove, since)?;
            let warnings = value(&phone.check_person(Some(id.clone()), draft.clone()).await?)?;
            let saved = phone.change_person(&id, draft).await?;
            json!({ "id": saved.id, "state": value(&saved.state)?, "warnings": warnings })
        }
        Command::Split { household, head, address, members, form } => {
            let form = form_or_new(phone, form).await?;
            let draft = SplitDraft { household, head_name: head, address, members };
            value(&phone.split_household(&form, draft).await?)?
        }
        Command::Merge { household, into } => value(&phone.merge_household(MergeDraft { household, into }).await?)?,
        Command::Move { household, village, address, since } => {
            value(&phone.move_household(MoveDraft { household, village, address, since }).await?)?
        }
        Command::Visit(visit) => save_visit(phone, host, visit).await?,
        Command::Photo { form, files } => {
            let form = form_or_new(phone, form).await?;
            let photos = add_photos(phone, &form, &files).await?;
            json!({ "form": form, "photos": value(&photos)? })
        }
        Command::Drafts => json!({ "drafts": value(&phone.drafts().await?)? }),
        Command::Discard { form } => {
            phone.discard(&form).await?;
            json!({ "discarded": form })
        }
        Command::Plaque(plaque) => record_plaque(phone, host, plaque).await?,
        Command::Lots => json!({ "lots": value(&phone.plaque_lots().await?)? }),
        Command::Requests { household: None, .. } => json!({ "requests": value(&phone.plaque_requests().await?)? }),
        Command::Requests { household: Some(household), ask, applicant, reason } => {
            let (ask, applicant) = (ask.unwrap_or_default(), applicant.unwrap_or_default());
            let at_ms = host.now_ms();
            let draft =
                PlaqueRequestDraft { household, ask, applicant, reason, at_ms, ..PlaqueRequestDraft::default() };
            value(&phone.request_plaque(&phone.new_form().await?, draft).await?)?
        }
        Command::Opinion { request, step, opinion } => {
            let draft = PlaqueOpinionDraft { request, step, opinion, by: None, at_ms: host.now_ms() };
            value(&phone.give_opinion(&phone.new_form().await?, draft).await?)?
        }
        Command::Letters { state } => json!({ "letters": value(&phone.letters(&state).await?)? }),
        Command::Letter(letter) => record_letter(phone, host, letter).await?,
        Command::Household { id, address: None, way_note: None } => value(&phone.household(&id).await?)?,
        Command::Household { id, address, way_note } => {
            value(&phone.change_household(HouseholdDraft { household: id, address, way_note }).await?)?
        }
        Command::Today { limit } => value(&phone.today(0, limit).await?)?,
        Command::Snooze { person, until, reason } => value(&phone.snooze(&person, &until, &reason).await?)?,
        Command::Take { id } => value(&phone.take(&id).await?)?,
        Command::Assign { person, why, due_on } => value(&phone.assign(&person, &why, due_on).await?)?,
        Command::Retarget { visit, from, to, reason } => value(&phone.retarget(&visit, &from, &to, &reason).await?)?,
        Command::Void { id, reason } => value(&phone.void(&id, &reason).await?)?,
        Command::State { id } => {
            let (state, receipts) = (phone.state(&id).await?, phone.receipts(&id).await?);
            json!({ "id": id, "state": value(&state)?, "receipts": value(&receipts)? })
        }
        Command::Status => value(&phone.status().await?)?,
        Command::Troubles => json!({ "troubles": value(&phone.troubles().await?)? }),
        Command::Sync => synchronize(phone).await?,
        // A batch in a batch would wait for the same input.
        Command::Batch => json!({}),
    };
    mask::personal(&mut answer);
    Ok(answer)
}

/// Does the commands of standard input one after another on one open phone: each line a JSON list of words, each answered
/// by one line when it is durable. A command that fails answers with its error, and the next one goes on.
///
/// # Errors
/// [`PhoneError::File`] when input or output end in the middle.
pub async fn batch(phone: &Phone, host: &dyn Host) -> Result<(), PhoneError> {
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let done = match words(&line) {
            Ok(command) => call(phone, host, command).await,
            Err(error) => Err(error),
        };
        let answer = done.unwrap_or_else(|error| error.json());
        let mut out = std::io::stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn words(line: &str) -> Result<Command, PhoneError> {
    let words: Vec<String> = serde_json::from_str(line)?;
    Ok(Line::try_parse_from(words)?.command)
}

fn value(answer: &impl Serialize) -> Result<Value, PhoneError> {
    Ok(serde_json::to_value(answer)?)
}

async fn form_or_new(phone: &Phone, form: Option<String>) -> Result<String, PhoneError> {
    Ok(match form {
        Some(form) => form,
        None => phone.new_form().await?,
    })
}

async fn add_photos(phone: &Phone, form: &str, files: &[PathBuf]) -> Result<Vec<PhotoLine>, PhoneError> {
    let mut rows = Vec::new();
    for file in files {
        rows.push(phone.add_photo(form, &file.to_string_lossy()).await?);
    }
    Ok(rows)
}

async fn save_visit(phone: &Phone, host: &dyn Host, visit: Visit) -> Result<Value, PhoneError> {
    let (people, results) = (visit.people.len(), visit.results.len());
    if results != 1 && results != people {
        return Err(PhoneError::Results { people, results });
    }
    let results = visit.results.iter().cycle();
    let entries = visit.people.iter().zip(results);
    let ended_ms = visit.at.unwrap_or_else(|| host.now_ms());
    let draft = VisitDraft {
        entries: entries
            .map(|(person, result)| EntryDraft { person: person.clone(), result: result.clone(), died_on: None })
            .collect(),
        method: visit.method,
        work_types: visit.work_types,
        started_ms: ended_ms,
        ended_ms,
        note: visit.note,
        place: None,
        more: None,
        plaque: None,
        amends: None,
        amend_reason: None,
    };
    let form = form_or_new(phone, visit.form).await?;
    phone.keep_draft(&form, draft.clone()).await?;
    let photos = add_photos(phone, &form, &visit.photos).await?;
    if visit.draft {
        return Ok(json!({ "form": form, "photos": value(&photos)? }));
    }
    let saved = phone.save_visit(&form, draft).await?;
    Ok(json!({ "form": form, "id": saved.id, "state": value(&saved.state)?, "photos": value(&photos)? }))
}

async fn record_plaque(phone: &Phone, host: &dyn Host, plaque: Plaque) -> Result<Value, PhoneError> {
    let form = form_or_new(phone, plaque.form).await?;
    let photos = add_photos(phone, &form, &plaque.photos).await?;
    let draft = PlaqueDraft {
        household: plaque.household,
        event: plaque.event,
        at_ms: plaque.at.unwrap_or_else(|| host.now_ms()),
        position: plaque.position,
        hanger: plaque.hanger,
        signature: plaque.signature,
        no_signature: plaque.no_signature,
        old_returned: plaque.old_returned,
        contact: plaque.contact,
        reason: plaque.reason,
        lot: plaque.lot,
        request: plaque.request,
        exception: plaque.exception,
        document: plaque.document,
        ..PlaqueDraft::default()
    };
    let saved = phone.record_plaque(&form, draft).await?;
    Ok(json!({ "form": form, "id": saved.id, "state": value(&saved.state)?, "photos": value(&photos)? }))
}

async fn record_letter(phone: &Phone, host: &dyn Host, letter: Letter) -> Result<Value, PhoneError> {
    let form = form_or_new(phone, letter.form).await?;
    let photos = add_photos(phone, &form, &letter.photos).await?;
    let by = letter.by.iter().map(|told| {
        let mut parts = told.split(':').map(str::to_owned);
        DelivererDraft { name: parts.next().unwrap_or_default(), of: parts.next(), level: parts.next() }
    });
    let draft = LetterStepDraft {
        letter: letter.letter,
        step: letter.step,
        at_ms: letter.at.unwrap_or_else(|| host.now_ms()),
        delivered_by: by.collect(),
        signature: letter.signature,
        no_signature: letter.no_signature,
        award_fen: letter.award_fen,
        goods_fen: letter.goods_fen,
        reason: letter.reason,
        to_county: letter.to_county,
        note: None,
    };
    let warnings = value(&phone.letter_warnings(draft.clone()).await?)?;
    let saved = phone.record_letter(&form, draft).await?;
    let state = value(&saved.state)?;
    Ok(json!({ "form": form, "id": saved.id, "state": state, "warnings": warnings, "photos": value(&photos)? }))
}

struct Silent;

impl Watch for Silent {
    fn progress(&self, _: Progress) {}
}

/// Ctrl-C ends the session as the app's button does: what was acknowledged is kept.
async fn synchronize(phone: &Phone) -> Result<Value, PhoneError> {
    let session = phone.synchronize(Arc::new(Silent));
    let mut session = std::pin::pin!(session);
    let summary = tokio::select! {
        summary = &mut session => summary?,
        _ = tokio::signal::ctrl_c() => {
            phone.cancel();
            session.await?
        }
    };
    value(&summary)
}
