//! 工作人员账号: each row an account with its staff record. An account is found by its login. What differs from what is there
//! waits for people: a sheet never changes what somebody may do by itself.

use std::collections::HashMap;

use bianfang_domain::actor::Role;
use bianfang_domain::document::{Document, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::staff_id;
use bianfang_domain::record::Record;
use serde_json::{Value, json};
use sqlx::AnyConnection;

use super::{Judge, Known, Line, Note, Outcome, RowVerdict, RowWrite, Why, ruled};
use crate::ServerError;
use crate::clock::new_uuid;
use crate::db::account::{self, Account};
use crate::import::compare::compare;
use crate::import::verdict::RowChoice;
use bianfang_sheets::Weight;

/// Roles that work in the whole county where a sheet names no division.
const COUNTY_WIDE: [&str; 2] = ["SECTION_CLERK", "LEADER"];

/// The accounts that rows name, with their staff records.
#[derive(Default)]
pub(super) struct Accounts {
    by_login: HashMap<String, Account>,
    known: Known,
}

impl Judge<'_> {
    /// The accounts of the logins of some rows.
    pub(super) async fn known_accounts(
        &self,
        conn: &mut AnyConnection,
        lines: &[Line],
    ) -> Result<Accounts, ServerError> {
        let logins: Vec<String> = lines.iter().filter_map(|line| line.text("login")).map(str::to_owned).collect();
        let mut accounts = Accounts::default();
        for account in account::by_logins(conn, self.desk.county, &logins).await? {
            accounts.by_login.insert(account.login.clone(), account);
        }
        let ids = accounts.by_login.values().map(|account| staff_id(account.id)).collect();
        accounts.known.load(conn, self.desk.county, ids).await?;
        Ok(accounts)
    }

    /// What a row of the list of accounts means.
    pub(super) fn staff(&mut self, line: &Line, accounts: &Accounts, decided: Option<RowChoice>) -> RowVerdict {
        if line.weighs(Weight::Refusal) {
            return RowVerdict::refused(Vec::new());
        }
        let role = line.text("role").unwrap_or_default();
        if crate::role::parse(role).is_some_and(Role::is_administrator) {
            return RowVerdict::refused(vec![Why::AdminByHand.on(line, "role", None, None)]);
        }
        let divisions = match self.divisions(line, role) {
            Ok(divisions) => divisions,
            Err(note) => return RowVerdict::refused(vec![*note]),
        };
        let mut fields = line.fields.clone();
        for field in ["login", "scope"] {
            fields.remove(field);
        }
        fields.insert("divisions".to_owned(), json!(divisions));
        match line.text("login").and_then(|login| accounts.by_login.get(login)) {
            None => self.new_staff(line, new_uuid(self.desk.now_ms, self.desk.random), fields, Outcome::New),
            Some(account) => self.known_staff(line, account, &accounts.known, fields, decided),
        }
    }

    fn new_staff(&self, line: &Line, account: uuid::Uuid, mut fields: Document, outcome: Outcome) -> RowVerdict {
        let lies = self.top.map_or(Value::Null, |top| json!(top));
        let lies = if self.blind { json!(RecordId::derived(&["county"])) } else { lies };
        fields.extend([("account".to_owned(), json!(account)), ("division".to_owned(), lies)]);
        let id = staff_id(account);
        let writes = vec![RowWrite::record("staff", id, fields)];
        let notes = ruled(line, &writes).into_iter().collect();
        let mut verdict = RowVerdict::of(Some(id), writes, notes);
        if verdict.outcome == Outcome::New {
            verdict.outcome = outcome;
        }
        verdict
    }

    fn known_staff(
        &self,
        line: &Line,
        account: &Account,
        known: &Known,
        fields: Document,
        decided: Option<RowChoice>,
    ) -> RowVerdict {
        let mut notes = Vec::new();
        let undone = accounts_record(known, account.id).filter(|_| !account.active);
        if let Some(record) = undone.filter(|record| {
            record.value("divisions").as_array().is_some_and(Vec::is_empty)
                && self.undone_by_import(record, "divisions")
        }) {
            return self.returned_staff(line, record, fields);
        }
        if !account.active && decided.is_none() {
            notes.push(Why::AccountInactive.on(line, "login", None, None));
        }
        let id = staff_id(account.id);
        let Some(record) = known.records.get(&id) else {
            // An account from before there were staff records: it gets one.
            let role = crate::role::code(account.role);
            for (field, held) in [("name", account.name.as_str()), ("role", role)] {
                let told = text_in(&fields, field).unwrap_or_default();
                if told != held && decided.is_none() {
                    notes.push(Why::Differs.on(line, field, Some(held.to_owned()), Some(told.to_owned())));
                }
            }
            let mut verdict = self.new_staff(line, account.id, fields, Outcome::Update);
            notes.append(&mut verdict.notes);
            return doubted(RowVerdict::of(verdict.target, verdict.writes, notes), id);
        };
        let mut found = compare(line, &fields, record, None, self.desk.sealer());
        notes.append(&mut found.notes);
        let (mut set, mut before) = (found.set, found.before);
        if decided.is_some() {
            set.extend(found.clash);
            notes.iter_mut().for_each(|note| note.weight = Weight::Note);
        }
        before.retain(|name, _| set.contains_key(name));
        let writes = if set.is_empty() { Vec::new() } else { vec![RowWrite::change(record, set, before)] };
        doubted(RowVerdict::of(Some(id), writes, notes), id)
    }

    /// An account that was closed only because an import was taken back: nobody had used it.
    fn returned_staff(&self, line: &Line, record: &Record, mut fields: Document) -> RowVerdict {
        for kept in ["account", "division"] {
            fields.extend(record.doc.get(kept).map(|held| (kept.to_owned(), held.clone())));
        }
        let (change, mut notes) = self.anew(line, record, &fields);
        notes.push(Why::Returns.on(line, "login", None, None));
        RowVerdict::of(Some(record.id), vec![change], notes).coming_back()
    }

    /// The divisions of a row: 甲镇, 甲镇/东村 or 甲镇东村.
    fn divisions(&self, line: &Line, role: &str) -> Result<Vec<RecordId>, Box<Note>> {
        let named = line.fields.get("scope").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if named.is_empty() {
            let whole = self.top.filter(|_| COUNTY_WIDE.contains(&role));
            let missing = || Box::new(Why::ScopeMissing.on(line, "scope", None, None));
            return if self.blind { Ok(Vec::new()) } else { whole.map(|top| vec![top]).ok_or_else(missing) };
        }
        let one = |name: &str| match self.tree.named(name).as_slice() {
            _ if self.blind => Some(RecordId::derived(&["division", name])),
            [one] => Some(*one),
            [] => self.run_together(name),
            _ => None,
        };
        let named = named.iter().filter_map(Value::as_str);
        let unknown = |name: &str| Box::new(Why::ScopeUnknown.on(line, "scope", Some(name.to_owned()), None));
        named.map(|name| one(name).ok_or_else(|| unknown(name))).collect()
    }

    /// 甲镇东村: the village whose township and name make up the text.
    fn run_together(&self, name: &str) -> Option<RecordId> {
        let called = |id: RecordId| self.tree.called(id).map(|called| called.name.as_str());
        let is = |id: &&RecordId| {
            let above = self.tree.ancestors(**id).first().and_then(|parent| called(*parent));
            above.zip(called(**id)).is_some_and(|(above, own)| name.strip_prefix(above) == Some(own))
        };
        let mut found = self.covered.iter().filter(is);
        found.next().copied().filter(|_| found.next().is_none())
    }
}

fn accounts_record(known: &Known, account: uuid::Uuid) -> Option<&Record> {
    known.records.get(&staff_id(account))
}

/// A doubt about an account may be decided for that account alone.
fn doubted(mut verdict: RowVerdict, id: RecordId) -> RowVerdict {
    if verdict.outcome == Outcome::Doubtful {
        verdict.candidates = vec![id];
    }
    verdict
}
