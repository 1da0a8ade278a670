//! The list: whom this phone serves, who of them is due, and the way to one of them.

use bianfang_domain::coverage::{CoverageRule, Window, reaches};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{Method, VisitResult};
use bianfang_domain::time::Day;
use bianfang_store::{PeopleAsk, PersonListed, Store};
use serde::Serialize;

use crate::error::ClientError;
use crate::ids;
use crate::phone::Phone;
use crate::today::rule;
use crate::view::{PeopleQuery, PersonLine, PersonLines};

/// Rows on the longest page: a view of 500 people crosses to Kotlin in 10 ms.
const LONGEST: u32 = 500;
/// Between name and id in [`PersonLines::next`]; no name holds it.
const SEPARATOR: char = '\u{1f}';

const RESULTS: [VisitResult; 7] = [
    VisitResult::Met,
    VisitResult::MetFamily,
    VisitResult::NotHome,
    VisitResult::Refused,
    VisitResult::WrongAddress,
    VisitResult::Away,
    VisitResult::Died,
];

impl Phone {
    /// A page of people in the order of their names.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] for a village or page that is none, [`ClientError::Locked`].
    pub async fn people(&self, query: PeopleQuery) -> Result<PersonLines, ClientError> {
        let store = self.store().await?;
        let division = query.village.as_deref().map(|id| ids::given(id, "village")).transpose()?;
        let after = query.after.as_deref().map(after).transpose()?;
        let limit = query.limit.clamp(1, LONGEST);
        let all = Asking::new(self, &store).await?;
        let ask = PeopleAsk { division, search: &query.search, ..all.ask() };
        let (total, due) = store.count_people(&ask).await?;
        let after = after.as_ref().map(|(key, id)| (key.as_str(), *id));
        let mut listed = store.people(&ask, query.only_due, after, limit + 1).await?;
        let more = listed.len() > limit as usize;
        listed.truncate(limit as usize);
        let last = listed.last().filter(|_| more);
        let next = last.map(|last| format!("{}{SEPARATOR}{}", last.name_key, last.id));
        Ok(PersonLines { rows: listed.into_iter().map(row).collect(), next, total, due })
    }
}

fn after(text: &str) -> Result<(String, RecordId), ClientError> {
    let parts = text.rsplit_once(SEPARATOR).and_then(|(key, id)| Some((key.to_owned(), id.parse().ok()?)));
    parts.ok_or_else(|| ClientError::invalid("after", "页码无效，请从头查看。", "There is no such page: begin again."))
}

/// What every question about people holds: the phone's divisions, this year, and the rule of who was reached.
pub(crate) struct Asking {
    scope: Vec<RecordId>,
    window: Option<(Day, Day)>,
    reaching: Vec<String>,
    methods: Vec<String>,
    categories: Vec<String>,
}

impl Asking {
    pub(crate) async fn new(phone: &Phone, store: &Store) -> Result<Self, ClientError> {
        let window = Window::year_of(phone.now_ms()).map(|window| (window.from, window.to));
        // As it holds on the window's last day, like every figure of it.
        let rule: CoverageRule = rule(store, window.map_or(Day::MAX, |window| window.1)).await?;
        Ok(Self {
            scope: phone.scope(store).await?,
            window,
            reaching: reaching(&rule),
            methods: Method::ALL.iter().map(code).collect(),
            categories: rule.categories,
        })
    }

    pub(crate) fn ask(&self) -> PeopleAsk<'_> {
        PeopleAsk {
            scope: &self.scope,
            window: self.window,
            reaching: &self.reaching,
            methods: &self.methods,
            categories: &self.categories,
            ..PeopleAsk::default()
        }
    }
}

/// The rule as the codes it lets through.
fn reaching(rule: &CoverageRule) -> Vec<String> {
    let methods = Method::ALL.into_iter().chain([Method::Other]);
    let pairs = methods.flat_map(|method| RESULTS.into_iter().map(move |result| (method, result)));
    let counting = pairs.filter(|(method, result)| reaches(rule, *method, *result).is_some());
    counting.map(|(method, result)| format!("{} {}", code(&method), code(&result))).collect()
}

/// The code of an enumeration as it stands in documents.
pub(crate) fn code(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(crate) fn row(listed: PersonListed) -> PersonLine {
    PersonLine {
        id: listed.id.to_string(),
        name: listed.name,
        // Where nothing ever happened to a plaque, the household waits for one.
        plaque: listed.household.map(|_| listed.plaque.unwrap_or_else(|| "PENDING".into())),
        household: listed.household.map(|id| id.to_string()),
        village: listed.village.unwrap_or_default(),
        address: listed.address.unwrap_or_default(),
        reached: listed.reached,
        due: listed.owed && !listed.reached,
        last_contact: listed.last_contact.map(|day| day.to_string()),
        waiting: listed.waiting,
        birth: listed.birth,
        phone: listed.phone,
        id_number: listed.id_masked,
    }
}
