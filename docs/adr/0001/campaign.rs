//! Campaign 专项行动 (paper trial for ADR 1): a basis document, a window, whom it aims at. Flows DOWN to every phone below.
//! Who is due is computed from the rule; only what somebody added or took out by hand is stored, as facts about the person.

pub struct Campaign;
pub struct CampaignTarget;

impl Kind for Campaign {
    fn name(&self) -> &'static str { "campaign" }
    fn nature(&self) -> Nature { Nature::Shared }
    fn flows(&self) -> Flow { Flow::Down }
    fn fields(&self) -> &'static [Field] {
        const { &[
            Field::new("title", Sets::Only(Right::County)),
            Field::new("basis", Sets::Only(Right::County)),
            Field::new("from_day", Sets::Only(Right::County)),
            Field::new("to_day", Sets::Only(Right::County)),
            Field::new("rule", Sets::Only(Right::County)),
            Field::new("target_percent", Sets::Only(Right::County)),
            Field::new("division", Sets::Only(Right::County)),
        ] }
    }
    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "title").ok_or_else(|| Fault::missing("title"))?;
        id_in(doc, "division").ok_or_else(|| Fault::missing("division"))?;
        match (int_in(doc, "from_day"), int_in(doc, "to_day")) {
            (Some(from), Some(to)) if from <= to => Ok(()),
            (Some(_), Some(_)) => Err(Fault::malformed("to_day")),
            _ => Err(Fault::missing("to_day")),
        }
    }
    fn divisions(&self, record: &Record) -> Vec<RecordId> { id_in(&record.doc, "division").into_iter().collect() }
    fn tables(&self) -> &'static [Table] {
        const { &[Table {
            name: "campaign",
            columns: &[text("title"), int("from_day"), int("to_day"), text("division"), int("target_percent")],
            indexes: &[("window", "from_day, to_day")],
            unique: &[],
        }] }
    }
    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        vec![Row { table: "campaign", owner: record.id.to_string(), cells: vec![
            text_in(doc, "title").into(), int_in(doc, "from_day").into(), int_in(doc, "to_day").into(),
            id_in(doc, "division").into(), int_in(doc, "target_percent").into(),
        ] }]
    }
}

/// {campaign, person, aim: IN | OUT, reason?}: the last of a person's facts for a campaign holds.
impl Kind for CampaignTarget {
    fn name(&self) -> &'static str { "campaign_target" }
    fn nature(&self) -> Nature { Nature::Fact }
    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "campaign").ok_or_else(|| Fault::missing("campaign"))?;
        id_in(doc, "person").ok_or_else(|| Fault::missing("person"))?;
        match text_in(doc, "aim") {
            Some("IN") => Ok(()),
            Some("OUT") => text_in(doc, "reason").map(|_| ()).ok_or_else(|| Fault::missing("reason")),
            _ => Err(Fault::malformed("aim")),
        }
    }
    fn subjects(&self, doc: &Document) -> Vec<RecordId> { id_in(doc, "person").into_iter().collect() }
    fn tables(&self) -> &'static [Table] {
        const { &[Table {
            name: "campaign_target",
            columns: &[text("campaign"), text("aim"), int("at_ms")],
            indexes: &[("campaign", "campaign, owner")],
            unique: &[],
        }] }
    }
    fn fold_rows(&self, person: RecordId, facts: &[&Record]) -> Vec<Row> {
        let mut last: BTreeMap<RecordId, &Record> = BTreeMap::new();
        for fact in facts.iter().filter(|fact| fact.counts(&Part::Whole)) {
            if let Some(campaign) = id_in(&fact.doc, "campaign") { last.insert(campaign, fact); }
        }
        last.into_iter().map(|(campaign, fact)| Row { table: "campaign_target", owner: person.to_string(), cells: vec![
            campaign.into(), text_in(&fact.doc, "aim").into(), fact.meta.origin.happened.ms.into(),
        ] }).collect()
    }
}
