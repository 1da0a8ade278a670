//! PlaqueEvent 光荣牌记录: what happened to a household's plaque. The plaque itself is the fold of these facts.
//! Rules: 国办发〔2018〕72号 and the 2020 trial rules (invariants 2, 3, 5 and 6 of the product).

use serde::{Deserialize, Serialize};

use super::{Fault, Judgement, Kind, Nature};
use crate::actor::Right;
use crate::decision::{Case, CaseKind};
use crate::document::{Document, id_in, int_in, text_in};
use crate::fold::{Fold, Folded, fold};
use crate::id::RecordId;
use crate::op::Part;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::World;

/// The kind. Document: {household, event, at, position?, hanger?, signature? | no_signature?, reason?, old_returned?,
/// exception?, document?, contact?}.
pub struct PlaqueEvent;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum $name { $($(#[$vdoc])* $variant),* }
    };
}

codes! {
    /// What was done to the plaque.
    PlaqueAct {
        /// 发放 handed out, not yet on the wall
        Issue,
        /// 新挂
        New,
        /// 补发
        Reissue,
        /// 更换
        Replace,
        /// 收回
        TakeBack,
        /// 取下暂存
        TakeDown,
        /// 报失
        ReportLost,
        /// 不愿悬挂
        Decline,
        /// 待更换
        MarkDue,
        /// 取消
        Cancel,
        /// 恢复
        Restore,
        /// 巡查
        Inspect,
        /// A code of a newer version: held until this version knows it.
        #[serde(other)]
        Other,
    }
}

codes! {
    /// Where a household's plaque stands.
    PlaqueState {
        /// 待悬挂
        Pending,
        /// 已悬挂
        Hung,
        /// 已领未挂
        IssuedNotHung,
        /// 暂存家中
        TakenDownKept,
        /// 待更换
        ReplaceDue,
        /// 遗失
        Lost,
        /// 已收回
        Returned,
        /// 已取消
        Cancelled,
        /// 不愿悬挂
        Declined,
    }
}

/// The folded plaque of a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plaque {
    /// Its state.
    pub state: PlaqueState,
    /// GATE or INDOOR while it hangs.
    pub position: Option<String>,
    /// Since when it hangs.
    pub hung_on: Option<Day>,
    /// The event that put it up.
    pub hung_by: Option<RecordId>,
    /// How often it was reissued.
    pub reissued: u32,
    /// Why it was cancelled.
    pub cancelled_for: Option<String>,
}

impl Default for Plaque {
    fn default() -> Self {
        Self {
            state: PlaqueState::Pending,
            position: None,
            hung_on: None,
            hung_by: None,
            reissued: 0,
            cancelled_for: None,
        }
    }
}

impl PlaqueState {
    /// HUNG and REPLACE_DUE hang on the wall and count as hung (figure S18b).
    #[must_use]
    pub fn on_wall(self) -> bool {
        matches!(self, Self::Hung | Self::ReplaceDue)
    }

    /// The family has it, on the wall or not.
    fn in_family(self) -> bool {
        self.on_wall() || matches!(self, Self::TakenDownKept | Self::IssuedNotHung)
    }
}

fn act(doc: &Document) -> Option<PlaqueAct> {
    serde_json::from_value(doc.get("event")?.clone()).ok()
}

impl Fold for PlaqueEvent {
    type State = Plaque;

    fn check(&self, plaque: &Plaque, fact: &Record) -> Result<(), Reason> {
        let doc = &fact.doc;
        let county = fact.meta.origin.actor.role.may(Right::County);
        let Some(act) = act(doc) else { return Err(Reason::Malformed) };
        let state = plaque.state;
        let unless = |fine: bool, reason: Reason| if fine { Ok(()) } else { Err(reason) };
        match act {
            PlaqueAct::New | PlaqueAct::Issue | PlaqueAct::Reissue | PlaqueAct::Replace
                if state == PlaqueState::Cancelled =>
            {
                Err(Reason::CountyOnly)
            }
            // Hanging again right after a lost or returned one is REISSUE or REPLACE, but a wall without a plaque may get one.
            PlaqueAct::New | PlaqueAct::Issue => unless(!state.on_wall(), Reason::AlreadyHung),
            PlaqueAct::Replace if state == PlaqueState::Returned => Ok(()),
            PlaqueAct::Replace if !state.on_wall() && state != PlaqueState::TakenDownKept => Err(Reason::NotHung),
            PlaqueAct::Replace => {
                let exception = county && text_in(doc, "exception").is_some();
                unless(flag(doc, "old_returned") || exception, Reason::OldPlaqueMissing)
            }
            PlaqueAct::Reissue if state != PlaqueState::Lost => Err(Reason::NotLost),
            PlaqueAct::Reissue => unless(plaque.reissued < 2, Reason::ReissuedTwice),
            PlaqueAct::Cancel | PlaqueAct::Restore if !county || text_in(doc, "document").is_none() => {
                Err(Reason::CountyOnly)
            }
            PlaqueAct::Restore => {
                let order = plaque.cancelled_for.as_deref() == Some("PUBLIC_ORDER");
                unless(state == PlaqueState::Cancelled && order, Reason::NotRestorable)
            }
            // The county cancels on paper; the village then takes the plaque off the wall.
            PlaqueAct::TakeBack if state == PlaqueState::Cancelled => Ok(()),
            PlaqueAct::TakeBack | PlaqueAct::ReportLost => unless(state.in_family(), Reason::NotHung),
            PlaqueAct::TakeDown | PlaqueAct::MarkDue => unless(state.on_wall(), Reason::NotHung),
            PlaqueAct::Other => Err(Reason::KindUnknown),
            PlaqueAct::Cancel | PlaqueAct::Decline | PlaqueAct::Inspect => Ok(()),
        }
    }

    fn evolve(&self, mut plaque: Plaque, fact: &Record) -> Plaque {
        let doc = &fact.doc;
        let Some(act) = act(doc) else { return plaque };
        plaque.state = match act {
            PlaqueAct::Issue => PlaqueState::IssuedNotHung,
            PlaqueAct::New | PlaqueAct::Reissue | PlaqueAct::Replace => PlaqueState::Hung,
            PlaqueAct::TakeBack if plaque.state == PlaqueState::Cancelled => PlaqueState::Cancelled,
            PlaqueAct::TakeBack => PlaqueState::Returned,
            PlaqueAct::TakeDown => PlaqueState::TakenDownKept,
            PlaqueAct::ReportLost => PlaqueState::Lost,
            PlaqueAct::Decline => PlaqueState::Declined,
            PlaqueAct::MarkDue => PlaqueState::ReplaceDue,
            PlaqueAct::Cancel => PlaqueState::Cancelled,
            PlaqueAct::Restore => PlaqueState::Pending,
            PlaqueAct::Inspect | PlaqueAct::Other => return plaque,
        };
        if act == PlaqueAct::Reissue {
            plaque.reissued += 1;
        }
        if act == PlaqueAct::Cancel {
            plaque.cancelled_for = text_in(doc, "reason").map(str::to_owned);
        }
        if plaque.state == PlaqueState::Hung {
            plaque.position = text_in(doc, "position").map(str::to_owned);
            plaque.hung_on = Some(Day::of(fact.meta.origin.happened.ms));
            plaque.hung_by = Some(fact.id);
        } else if !plaque.state.on_wall() {
            (plaque.position, plaque.hung_on, plaque.hung_by) = (None, None, None);
        }
        plaque
    }
}

fn flag(doc: &Document, field: &str) -> bool {
    doc.get(field).and_then(serde_json::Value::as_bool).unwrap_or(false)
}

impl PlaqueEvent {
    /// The plaque of a household, from all facts about it.
    #[must_use]
    pub fn plaque(facts: &[&Record]) -> Folded<Plaque> {
        fold(&Self, facts, &Part::Whole)
    }
}

impl Kind for PlaqueEvent {
    fn name(&self) -> &'static str {
        "plaque_event"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "household").ok_or_else(|| Fault::missing("household"))?;
        int_in(doc, "at").ok_or_else(|| Fault::missing("at"))?;
        let act = act(doc).ok_or_else(|| Fault::malformed("event"))?;
        if matches!(act, PlaqueAct::New | PlaqueAct::Reissue | PlaqueAct::Replace) {
            // Invariant 6: position, date, hanger, and signature or the reason why not.
            match text_in(doc, "position") {
                Some("GATE" | "INDOOR") => {}
                Some(_) => return Err(Fault::malformed("position")),
                None => return Err(Fault::missing("position")),
            }
            text_in(doc, "hanger").ok_or_else(|| Fault::missing("hanger"))?;
            text_in(doc, "signature").or(text_in(doc, "no_signature")).ok_or_else(|| Fault::missing("no_signature"))?;
        }
        Ok(())
    }

    fn subjects(&self, doc: &Document) -> Vec<RecordId> {
        id_in(doc, "household").into_iter().collect()
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    fn judge(&self, household: &Record, facts: &[&Record], _world: &World) -> Judgement {
        let folded = Self::plaque(facts);
        let doubles = folded.held.iter().filter(|(_, reason)| **reason == Reason::AlreadyHung);
        let cases =
            doubles.map(|(fact, _)| Case { kind: CaseKind::Double, subjects: vec![household.id], facts: vec![*fact] });
        Judgement { cases: cases.collect(), held: folded.held, ..Judgement::default() }
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[
                Table {
                    name: "plaque",
                    columns: &[text("state"), text("position"), int("hung_on"), text("hung_by"), int("on_wall")],
                    indexes: &[],
                    unique: &[("one_on_wall", "owner", "on_wall = 1")],
                },
                Table {
                    name: "plaque_flow",
                    columns: &[text("household"), text("event"), int("day"), int("counts")],
                    indexes: &[("day", "day")],
                    unique: &[],
                },
            ]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        vec![Row {
            table: "plaque_flow",
            owner: record.id.to_string(),
            cells: vec![
                id_in(doc, "household").into(),
                text_in(doc, "event").into(),
                Day::of(record.meta.origin.happened.ms).into(),
                record.counts(&Part::Whole).into(),
            ],
        }]
    }

    fn folds(&self) -> bool {
        true
    }

    fn fold_rows(&self, household: RecordId, world: &World) -> Vec<Row> {
        let facts = world.facts(household, self.name());
        if facts.is_empty() {
            return Vec::new();
        }
        // The state as decided: what is held by the decision (unknown household, out of scope) does not count either.
        let counted: Vec<&Record> = facts.into_iter().filter(|fact| fact.counts(&Part::Whole)).collect();
        let plaque = Self::plaque(&counted).state;
        let state = serde_json::to_value(plaque.state).ok().and_then(|v| v.as_str().map(str::to_owned));
        vec![Row {
            table: "plaque",
            owner: household.to_string(),
            cells: vec![
                state.into(),
                plaque.position.into(),
                plaque.hung_on.into(),
                plaque.hung_by.into(),
                plaque.state.on_wall().into(),
            ],
        }]
    }
}
