//! Who may have a plaque 悬挂资格: a pure rule over a household's people and those it is honoured for, with the reason for
//! its answer. Families of martyrs, of those who died on duty or of illness (三属), of serving soldiers and of veterans.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{NOTICE, PlaqueRule};
use crate::category::{self, Scheme};
use crate::document::{Document, id_in, text_in};
use crate::id::RecordId;
use crate::kind::basis_person;
use crate::kind::person::{categories_on, deceased, gone_by, lives_in};
use crate::record::Record;
use crate::rules;
use crate::time::Day;
use crate::world::World;

/// What a household is honoured for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    /// 现役军人: the family keeps and renews, also when the soldier leaves or dies.
    Serving,
    /// 退役军人
    Veteran,
    /// 三属
    Survivor,
}

macro_rules! whys {
    ($($(#[$doc:meta])* $name:ident = $zh:literal, $en:literal;)*) => {
        /// The reason of the answer, a stable code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum EligibilityWhy { $($(#[$doc])* $name,)* }
        impl EligibilityWhy {
            /// 中文.
            #[must_use]
            pub fn zh(self) -> &'static str {
                match self { $(Self::$name => $zh,)* }
            }
            /// English.
            #[must_use]
            pub fn en(self) -> &'static str {
                match self { $(Self::$name => $en,)* }
            }
        }
    };
}

whys! {
    /// A serving soldier's home.
    Serving = "现役军人家庭，主动悬挂。", "A serving soldier's family: hung without an application.";
    /// A serving soldier's parents live apart from them.
    ParentsOfServing = "现役军人父母家庭，可以另挂一块。", "The parents' home of a serving soldier who lives apart: it may have one too.";
    /// A veteran lives here.
    Veteran = "退役军人家庭，主动悬挂。", "A veteran's family: hung without an application.";
    /// Survivors with the certificate.
    Survivor = "烈士、因公牺牲、病故军人遗属家庭，主动悬挂。", "A family of somebody who died in service: hung without an application.";
    /// Survivors without the certificate.
    SurvivorApplies = "遗属未持证明书，由家属申请后悬挂。", "Survivors without the certificate: hung on application.";
    /// All it would honour died, after the notice.
    DiedSince = "符合条件的人已去世：已挂的保留，不再更换。", "Whom it honours has died: a plaque that hangs stays and is not renewed.";
    /// All it would honour died before the notice.
    DiedBeforeNotice = "符合条件的人在2018年7月29日前去世，不悬挂。", "Whom it would honour died before 29 July 2018: not hung.";
    /// Divorced parents: the soldier chose the other home.
    OtherHomeChosen = "军人已选择挂在另一方父母家。", "The soldier chose the other parent's home.";
    /// Nobody here is entitled.
    NoGround = "户内没有符合条件的人。请核对人员类别。", "Nobody in the household is entitled: check the categories.";
    /// Nobody is registered here.
    Nobody = "户内还没有登记人员。", "Nobody is registered in the household yet.";
}

/// How it comes to a plaque.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Basis {
    /// 主动
    Proactive,
    /// 依申请
    Applied,
}

/// The answer. A household that meets two conditions gets one plaque; `who` names all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligibility {
    /// Whether the household may have a plaque.
    pub eligible: bool,
    /// Proactively or on application.
    pub basis: Option<Basis>,
    /// The reason.
    pub why: EligibilityWhy,
    /// People and basis persons it rests on.
    pub who: Vec<RecordId>,
    /// After this day nobody lives whom a new plaque would honour; the one there is stays (invariant 4).
    pub ended: Option<Day>,
    /// Everybody it would honour died before the notice.
    pub before_notice: bool,
}

/// A basis person for whom a household may be honoured.
#[derive(Debug)]
pub struct Honoured<'a> {
    record: &'a Record,
    /// The persons their family relations name; of several records of one person the one that counts.
    kin: BTreeSet<RecordId>,
}

impl<'a> Honoured<'a> {
    /// With whom their relations name, as the world has them. One who is not on this phone is taken as named.
    #[must_use]
    pub fn read(record: &'a Record, world: &World) -> Self {
        let counts = |id| world.find(id).map_or(id, Record::canonical);
        Self { record, kin: related(record).map(counts).collect() }
    }
}

/// One ground for a plaque.
struct FoundGround {
    ground: Ground,
    who: RecordId,
    why: EligibilityWhy,
    died: Option<Day>,
}

/// What a household was entitled to on a day. Who moved away since, or was of another category then, counts as on that day:
/// a closed period moves only by facts about it.
///
/// `people` are the records of persons that ever named the household, `basis` the basis persons that named it as a home.
#[must_use]
pub fn eligibility(
    household: RecordId,
    people: &[&Record],
    basis: &[Honoured<'_>],
    (rule, day): (PlaqueRule, Day),
) -> Eligibility {
    let at_home = |person: &&Record| lives_here(person, household, day);
    let here: Vec<&Record> = people.iter().copied().filter(at_home).collect();
    let basis: Vec<&Honoured<'_>> = basis.iter().filter(|subject| basis_person::stands(subject.record)).collect();
    let mut found: Vec<FoundGround> = here.iter().flat_map(|person| of_person(person, &basis, day)).collect();
    let mut chosen_away = false;
    for subject in &basis {
        let doc = subject.record.doc_on(day);
        let chosen = id_in(&doc, "plaque_at");
        match of_basis(household, (subject, &doc), &here) {
            Some(ground) => found.push(ground),
            None => {
                let theirs =
                    id_in(&doc, "household") == Some(household) || id_in(&doc, "parents_household") == Some(household);
                chosen_away |= theirs && chosen.is_some_and(|chosen| chosen != household);
            }
        }
    }
    let who: Vec<RecordId> = found.iter().map(|ground| ground.who).collect();
    let ends = |ground: &FoundGround| ground.died.filter(|_| ground.ground != Ground::Serving);
    let living = found.iter().filter(|ground| ends(ground).is_none()).min_by_key(|ground| (ground.why, ground.who));
    if let Some(living) = living {
        let applied = living.why == EligibilityWhy::SurvivorApplies;
        let basis = Some(if applied { Basis::Applied } else { Basis::Proactive });
        return Eligibility { eligible: true, basis, why: living.why, who, ended: None, before_notice: false };
    }
    let none =
        |why| Eligibility { eligible: false, basis: None, why, who: who.clone(), ended: None, before_notice: false };
    let Some(ended) = found.iter().filter_map(ends).max() else {
        let why = match (chosen_away, here.is_empty()) {
            (true, _) => EligibilityWhy::OtherHomeChosen,
            (false, true) => EligibilityWhy::Nobody,
            (false, false) => EligibilityWhy::NoGround,
        };
        return none(why);
    };
    let before = ended < NOTICE;
    if before && !rule.died_before_notice {
        return Eligibility { ended: Some(ended), before_notice: true, ..none(EligibilityWhy::DiedBeforeNotice) };
    }
    let basis = Some(Basis::Proactive);
    Eligibility {
        eligible: true,
        basis,
        why: EligibilityWhy::DiedSince,
        who,
        ended: Some(ended),
        before_notice: before,
    }
}

/// The same from a world that holds what is linked to the household.
#[must_use]
pub fn of(household: RecordId, world: &World, day: Day) -> Eligibility {
    let people = world.facts(household, "person");
    let basis = world.facts(household, "basis_person");
    let basis: Vec<Honoured<'_>> = basis.into_iter().map(|record| Honoured::read(record, world)).collect();
    eligibility(household, &people, &basis, (rules::in_force::<PlaqueRule>(world, day), day))
}

/// Whether it is known that nobody was entitled on a day: the soldier chose the other home, or everybody who lived there has
/// categories of ours and none is a ground. Of a family whose categories nobody wrote down yet nothing is known.
pub(super) fn denied(household: RecordId, world: &World, day: Day) -> bool {
    let said = |person: &Record| {
        let codes = categories_on(person, day);
        let ours = |code: &String| Scheme::Collect12.name(code).or(category::pref(code)).is_some();
        !codes.is_empty() && codes.iter().all(ours)
    };
    match of(household, world, day).why {
        EligibilityWhy::OtherHomeChosen => true,
        EligibilityWhy::NoGround => {
            let people = world.facts(household, "person").into_iter();
            people.filter(|person| lives_here(person, household, day)).all(said)
        }
        _ => false,
    }
}

/// Lives there and is of the register.
fn lives_here(person: &Record, household: RecordId, day: Day) -> bool {
    lives_in(person, household, day) && registered(person, day)
}

/// Removed for another reason than death is elsewhere. One who was turned down never was there.
fn registered(person: &Record, day: Day) -> bool {
    if text_in(&person.doc, "register") == Some("REJECTED") {
        return false;
    }
    let removed = person.value_on("register", day).as_str() == Some("REMOVED");
    !removed || person.value_on("removed_for", day).as_str() == Some("DIED") || deceased(person)
}

/// The day somebody died, as far as it is known: one who came into the register dead died before that.
fn died(person: &Record) -> Option<Day> {
    let removed = text_in(&person.doc, "removed_for") == Some("DIED");
    let taken_out = || person.since("removed_for").unwrap_or(Day::of(person.meta.origin.written.ms));
    gone_by(person).or_else(|| removed.then(taken_out))
}

fn of_person(person: &Record, basis: &[&Honoured<'_>], day: Day) -> Vec<FoundGround> {
    let died = died(person);
    let ground = |ground: Ground| {
        let why = match ground {
            Ground::Serving => EligibilityWhy::Serving,
            Ground::Veteran => EligibilityWhy::Veteran,
            Ground::Survivor if applies(person.id, basis) => EligibilityWhy::SurvivorApplies,
            Ground::Survivor => EligibilityWhy::Survivor,
        };
        FoundGround { ground, who: person.id, why, died }
    };
    let mut grounds: Vec<Ground> = categories_on(person, day).iter().filter_map(|code| of_category(code)).collect();
    grounds.sort();
    grounds.dedup();
    grounds.into_iter().map(ground).collect()
}

/// What a category stands for: COLLECT12, and the codes of the preferential scheme (PREF).
fn of_category(category: &str) -> Option<Ground> {
    match category.strip_prefix("PREF_").unwrap_or(category) {
        "TRANSFERRED_CADRE" | "DISCHARGED_SOLDIER" | "RETIRED_CADRE" | "RED_ARMY" | "DEMOBILIZED" | "DISABLED"
        | "11" | "31" | "32" | "33" | "41" | "42" | "51" | "61" | "81" => Some(Ground::Veteran),
        "MARTYR_SURVIVOR" | "DUTY_SURVIVOR" | "ILLNESS_SURVIVOR" | "21" | "22" | "23" | "B1" => Some(Ground::Survivor),
        "SERVING_FAMILY" | "71" => Some(Ground::Serving),
        _ => None,
    }
}

const FALLEN: [&str; 3] = ["MARTYR", "ON_DUTY", "ILLNESS"];

/// Whether a survivor must apply: the one who died is known here, and nobody has the certificate.
fn applies(person: RecordId, basis: &[&Honoured<'_>]) -> bool {
    let fallen = |record: &&Record| text_in(&record.doc, "basis").is_some_and(|basis| FALLEN.contains(&basis));
    let of = basis.iter().filter(|subject| subject.kin.contains(&person)).map(|subject| subject.record);
    let mut theirs = of.filter(fallen).peekable();
    theirs.peek().is_some() && theirs.all(|record| text_in(&record.doc, "certificate_no").is_none())
}

fn related(subject: &Record) -> impl Iterator<Item = RecordId> {
    let relations = subject.value("relations").as_array().map(Vec::as_slice).unwrap_or_default();
    relations.iter().filter_map(|relation| id_in(relation.as_object()?, "person"))
}

/// What a basis person gives to this household.
fn of_basis(household: RecordId, (subject, doc): (&Honoured<'_>, &Document), here: &[&Record]) -> Option<FoundGround> {
    let home = id_in(doc, "household") == Some(household);
    let basis = text_in(doc, "basis")?;
    let found = |ground, why, died| Some(FoundGround { ground, who: subject.record.id, why, died });
    if basis == "SERVING" && !home {
        // One of the parents' homes; where they are divorced the one the soldier chose.
        let here = id_in(doc, "plaque_at").or(id_in(doc, "parents_household")) == Some(household);
        return here.then_some(()).and_then(|()| found(Ground::Serving, EligibilityWhy::ParentsOfServing, None));
    }
    if !home {
        return None;
    }
    let day = |field: &str| doc.get(field).and_then(serde_json::Value::as_i64).and_then(|day| i32::try_from(day).ok());
    match basis {
        "SERVING" => found(Ground::Serving, EligibilityWhy::Serving, None),
        "VETERAN" => found(Ground::Veteran, EligibilityWhy::Veteran, day("died_on").map(Day)),
        fallen if FALLEN.contains(&fallen) => {
            let certified = text_in(doc, "certificate_no").is_some();
            let why = if certified { EligibilityWhy::Survivor } else { EligibilityWhy::SurvivorApplies };
            // It ends with the last survivor that is registered here.
            let survivors = here.iter().filter(|person| subject.kin.contains(&person.id));
            let survivors: Vec<Option<Day>> = survivors.map(|person| died(person)).collect();
            let last = survivors.iter().copied().collect::<Option<Vec<Day>>>().and_then(|days| days.into_iter().max());
            found(Ground::Survivor, why, last)
        }
        _ => None,
    }
}
