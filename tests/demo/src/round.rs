//! One phone's round without a signal: visits with photos, plaques, a corrected address.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bianfang_client::{
    EntryDraft, HouseholdDraft, NeedDraft, PeopleQuery, PersonLine, Phone, PlaqueDraft, VisitDraft, VisitMore,
};

use crate::error::DemoError;
use crate::photos::Photos;
use crate::report::RefusedPhoto;

/// What a phone was told to do.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Its place among the phones that share a township: they visit different people.
    pub turn: usize,
    /// Visits.
    pub visits: usize,
    /// Plaques.
    pub plaques: usize,
}

/// What a phone did.
#[derive(Debug, Clone, Default)]
pub struct Done {
    /// Visits saved.
    pub visits: u64,
    /// Plaques recorded.
    pub plaques: u64,
    /// Photos given.
    pub photos: u64,
    /// Records with photos, and how many of these are to be sent.
    pub evidence: Vec<(String, u64)>,
    /// Photos that cannot be sent.
    pub refused: Vec<RefusedPhoto>,
}

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// How visits end, in turn: mostly somebody is met.
const OUTCOMES: [(&str, &str); 8] = [
    ("HOME", "MET"),
    ("HOME", "MET"),
    ("HOME", "MET_FAMILY"),
    ("PHONE", "MET"),
    ("HOME", "MET"),
    ("HOME", "NOT_HOME"),
    ("STATION", "MET"),
    ("HOME", "AWAY"),
];

/// Everybody whom the phone knows, by name.
///
/// # Errors
/// [`DemoError::Phone`].
pub async fn people(phone: &Phone) -> Result<Vec<PersonLine>, DemoError> {
    let mut query = PeopleQuery { search: String::new(), village: None, only_due: false, after: None, limit: 200 };
    let mut people = Vec::new();
    loop {
        let page = phone.people(query.clone()).await?;
        people.extend(page.rows);
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(people),
        }
    }
}

/// Works through the plan. The photos are spread evenly over visits and plaques.
///
/// # Errors
/// [`DemoError::Phone`].
pub async fn work(
    phone: &Phone,
    people: &[PersonLine],
    plan: Plan,
    photos: &mut Photos,
    now_ms: i64,
    mut progress: impl FnMut(),
) -> Result<Done, DemoError> {
    let mut done = Done::default();
    let mut mine: Vec<&PersonLine> = people.iter().collect();
    // Two who share a township begin at its two ends.
    if plan.turn % 2 == 1 {
        mine.reverse();
    }
    let mut seen = BTreeSet::new();
    let homes = mine.iter().filter_map(|person| person.household.as_deref()).filter(|home| seen.insert(*home));
    let homes: Vec<&str> = homes.take(plan.plaques).collect();
    let visits = plan.visits.min(people.len());
    let mut shares = Shares { photos: photos.left(), slots: visits + homes.len(), at: 0 };
    for (at, person) in mine.iter().take(visits).enumerate() {
        let form = phone.new_form().await?;
        let sends = give(phone, &form, photos.take(shares.next()), &mut done).await?;
        let saved = phone.save_visit(&form, visit(person, at, now_ms)).await?;
        done.evidence.push((saved.id, sends));
        done.visits += 1;
        progress();
    }
    for (at, home) in homes.into_iter().enumerate() {
        let form = phone.new_form().await?;
        let sends = give(phone, &form, photos.take(shares.next()), &mut done).await?;
        // The youngest is some minutes old: whoever hangs one now comes after them all.
        let saved = phone.record_plaque(&form, plaque(home, at, now_ms - 5 * MINUTE_MS)).await?;
        done.evidence.push((saved.id, sends));
        done.plaques += 1;
        progress();
    }
    Ok(done)
}

/// So many photos over so many slots, as evenly as whole numbers go.
struct Shares {
    photos: usize,
    slots: usize,
    at: usize,
}

impl Shares {
    fn next(&mut self) -> usize {
        let upto = |at: usize| at * self.photos / self.slots.max(1);
        let share = upto(self.at + 1) - upto(self.at);
        self.at += 1;
        share
    }
}

/// Adds photos to a form; how many of them will be sent.
async fn give(phone: &Phone, form: &str, files: Vec<PathBuf>, done: &mut Done) -> Result<u64, DemoError> {
    let mut sends = 0;
    for file in files {
        done.photos += 1;
        let name = Path::new(&file).file_name().unwrap_or_default().to_string_lossy().into_owned();
        match phone.add_photo(form, &file.to_string_lossy()).await {
            Ok(kept) if kept.sends => sends += 1,
            Ok(kept) => done.refused.push(RefusedPhoto { file: name, code: kept.code.unwrap_or_default() }),
            Err(error) => done.refused.push(RefusedPhoto { file: name, code: error.code().to_owned() }),
        }
    }
    Ok(sends)
}

/// How many of the photos that are to be sent the server has, by its receipts.
///
/// # Errors
/// [`DemoError::Phone`].
pub async fn stored(phone: &Phone, done: &Done) -> Result<u64, DemoError> {
    let mut stored = 0;
    for (record, photos) in done.evidence.iter().filter(|(_, photos)| *photos > 0) {
        let files = phone.receipts(record).await?;
        // A photo may owe a copy and its original: it is stored when nothing of its record is missing.
        if files.iter().filter(|file| file.zh.is_none()).all(|file| file.received_ms.is_some()) {
            stored += photos;
        }
    }
    Ok(stored)
}

fn visit(person: &PersonLine, at: usize, now_ms: i64) -> VisitDraft {
    let (method, result) = OUTCOMES.get(at % OUTCOMES.len()).copied().unwrap_or(("HOME", "MET"));
    // Three days without a signal, twenty minutes a door.
    let ended_ms = now_ms - DAY_MS * i64::try_from(at % 3).unwrap_or(0) - MINUTE_MS * i64::try_from(at).unwrap_or(0);
    VisitDraft {
        entries: vec![EntryDraft { person: person.id.clone(), result: result.to_owned(), died_on: None }],
        method: method.to_owned(),
        work_types: vec!["ROUND".to_owned()],
        started_ms: ended_ms - 20 * MINUTE_MS,
        ended_ms,
        note: (result == "MET").then(|| "生活平稳，身体尚好。".to_owned()),
        place: None,
        more: needs(person, at).filter(|_| result == "MET"),
        plaque: None,
        amends: None,
        amend_reason: None,
    }
}

/// What is asked for at some doors: every third of them has the answer at once.
const ASKED: [(&str, &str, &str, Option<&str>); 6] = [
    ("MEDICAL", "YELLOW", "慢性病门诊费用怎么报销", None),
    ("POLICY", "BLUE", "询问优待证年审", Some("已告知带身份证到站里办理")),
    ("HOUSING", "RED", "房屋漏雨，想申请修缮", None),
    ("EMPLOYMENT", "YELLOW", "儿子退伍返乡，想参加技能培训", None),
    ("INSURANCE", "BLUE", "询问养老保险补缴", Some("已说明政策和办理窗口")),
    ("LIVELIHOOD", "YELLOW", "老伴住院，生活困难", None),
];

fn needs(person: &PersonLine, at: usize) -> Option<VisitMore> {
    let turn = at.checked_sub(3).filter(|turn| turn.is_multiple_of(7))? / 7;
    let (need_type, urgency, asked, answered) = ASKED.get(turn % ASKED.len()).copied()?;
    let need = NeedDraft {
        person: Some(person.id.clone()),
        household: None,
        need_type: need_type.to_owned(),
        urgency: urgency.to_owned(),
        asked: asked.to_owned(),
        answered: answered.map(str::to_owned),
    };
    Some(VisitMore { needs: vec![need], ..VisitMore::default() })
}

/// A new plaque by the gate; every fifth family does not sign, which is no fault.
fn plaque(household: &str, at: usize, now_ms: i64) -> PlaqueDraft {
    let signs = at % 5 != 4;
    PlaqueDraft {
        household: household.to_owned(),
        event: "NEW".to_owned(),
        at_ms: now_ms - MINUTE_MS * i64::try_from(at + 1).unwrap_or(0),
        position: Some("GATE".to_owned()),
        hanger: Some("村站".to_owned()),
        signature: signs.then(|| "户主".to_owned()),
        no_signature: (!signs).then(|| "家属不便签字".to_owned()),
        old_returned: false,
        ..PlaqueDraft::default()
    }
}

/// Corrects a household's address.
///
/// # Errors
/// [`DemoError::Phone`].
pub async fn correct(phone: &Phone, household: &str, address: &str) -> Result<(), DemoError> {
    let draft =
        HouseholdDraft { household: household.to_owned(), address: Some(address.to_owned()), ..Default::default() };
    phone.change_household(draft).await?;
    Ok(())
}

/// Hangs a plaque on a household that somebody else may have reached already.
///
/// # Errors
/// [`DemoError::Phone`].
pub async fn hang(
    phone: &Phone,
    household: &str,
    photos: &mut Photos,
    now_ms: i64,
    done: &mut Done,
) -> Result<(), DemoError> {
    let form = phone.new_form().await?;
    let sends = give(phone, &form, photos.take(1), done).await?;
    let saved = phone.record_plaque(&form, plaque(household, 0, now_ms)).await?;
    done.evidence.push((saved.id, sends));
    done.plaques += 1;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_photo_finds_its_slot() {
        for (photos, slots) in [(0, 5), (3, 5), (5, 5), (16, 5), (105, 180), (7, 1)] {
            let mut shares = Shares { photos, slots, at: 0 };
            let given: Vec<usize> = (0..slots).map(|_| shares.next()).collect();
            assert_eq!(given.iter().sum::<usize>(), photos);
            assert!(given.iter().max().unwrap_or(&0) - given.iter().min().unwrap_or(&0) <= 1, "{given:?}");
        }
    }
}
