//! The accounts behind imported staff records: made before their records, kept to what the records say, closed when the
//! import is taken back. Passwords and codes are made when they are handed out and shown that once.

use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::kind::staff_scope;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::importer::{Importer, PlanError};
use super::known::Known;
use super::rows::{self, PlanRow, WhichRows};
use crate::ServerError;
use crate::auth::enrol;
use crate::auth::password::{NOBODY, Passwords, new_password};
use crate::db::account::{self, Account};
use crate::db::enrol_code;
use crate::role;
use bianfang_sheets::Ledger;

/// Rows looked at in one step.
const PAGE: i64 = 500;

/// What somebody gets to begin with: shown once, kept nowhere.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Handed {
    /// 账号
    pub login: String,
    /// 姓名
    pub name: String,
    /// Code of the role.
    pub role: String,
    /// For the console.
    pub password: String,
    /// For a phone, one time.
    pub code: String,
}

impl Importer<'_> {
    /// Makes the accounts that some rows are about to get a record for. Nobody can sign in to them yet.
    pub(super) async fn open_accounts(&self, page: &[PlanRow]) -> Result<(), ServerError> {
        let mut write = self.desk.db.begin(self.desk.county, self.desk.now_ms).await?;
        for row in page {
            let new = row.verdict.writes.iter().find(|write| write.new && write.kind == "staff");
            let Some(fields) = new.map(|write| &write.fields) else { continue };
            let (Some(id), Some(login)) = (id_in(fields, "account"), row.line.text("login")) else { continue };
            if account::get(write.conn(), self.desk.county, id.0).await?.is_some() {
                continue;
            }
            let account = Account {
                id: id.0,
                login: login.to_owned(),
                name: text_in(fields, "name").unwrap_or_default().to_owned(),
                role: text_in(fields, "role").and_then(role::parse).ok_or(ServerError::Task)?,
                scope: Vec::new(),
                password_hash: NOBODY.to_owned(),
                active: true,
                failed_count: 0,
                locked_until_ms: 0,
            };
            account::insert(write.conn(), self.desk.county, &account, self.desk.now_ms).await?;
            let detail = json!({ "account": account.id, "login": login, "role": role::code(account.role) });
            write.audit(&self.account.to_string(), "USER_ADD", &detail).await?;
        }
        write.commit().await
    }

    /// Brings the accounts of some rows to what their staff records say now. `closed`: those that the rows made are closed.
    pub(super) async fn follow_records(&self, page: &[PlanRow], closed: bool) -> Result<(), ServerError> {
        let county = self.desk.county;
        let mut write = self.desk.db.begin(county, self.desk.now_ms).await?;
        let mut known = Known::default();
        known.load(write.conn(), county, page.iter().filter_map(|row| row.verdict.target).collect()).await?;
        for row in page.iter().filter(|row| !row.verdict.writes.is_empty()) {
            let Some(record) = row.verdict.target.and_then(|id| known.records.get(&id)) else { continue };
            let Some(id) = id_in(&record.doc, "account").map(|id| id.0) else { continue };
            let Some(before) = account::get(write.conn(), county, id).await? else { continue };
            let after = told(before.clone(), record, Day::of(self.desk.now_ms));
            let made = row.verdict.writes.iter().any(|write| write.new) && row.verdict.outcome == super::Outcome::New;
            let (made, returns) = (made || row.verdict.returns(), row.verdict.returns());
            if !closed && returns && !before.active {
                account::update_active(write.conn(), county, id, true).await?;
                write.audit(&self.account.to_string(), "USER_OPEN", &json!({ "account": id })).await?;
            }
            if closed && made && before.active {
                account::update_active(write.conn(), county, id, false).await?;
                write.audit(&self.account.to_string(), "USER_CLOSE", &json!({ "account": id })).await?;
            } else if after != before {
                account::update_work(write.conn(), county, &after).await?;
                let detail = json!({ "account": id, "role": role::code(after.role), "scope": after.scope });
                write.audit(&self.account.to_string(), "USER_CHANGE", &detail).await?;
            }
        }
        write.commit().await
    }

    /// Passwords and one-time codes for the accounts of an import that nobody has used yet. Whoever asks again gets new ones,
    /// and the earlier paper is worth nothing; an account at work is left alone.
    ///
    /// # Errors
    /// [`PlanError::Unknown`] for what is no import of accounts.
    pub async fn hand_out(&self, id: Uuid, passwords: &Passwords, hours: u32) -> Result<Vec<Handed>, PlanError> {
        let county = self.desk.county;
        let mut conn = self.desk.db.pool().acquire().await?;
        let plan = self.plan(&mut conn, id).await?;
        if plan.ledger != Ledger::Staff {
            return Err(PlanError::Unknown);
        }
        let (mut handed, mut after) = (Vec::new(), 0);
        loop {
            let page =
                rows::page(self.desk, &mut conn, (id, plan.ledger.kind()), WhichRows::All, (after, PAGE)).await?;
            let Some(last) = page.last() else { break };
            after = last.n;
            let logins: Vec<String> = page
                .iter()
                .filter(|row| row.verdict.target.is_some())
                .filter_map(|row| row.line.text("login"))
                .map(str::to_owned)
                .collect();
            for account in account::by_logins(&mut conn, county, &logins).await? {
                if account.active && !account::is_used(&mut conn, county, account.id).await? {
                    handed.push(self.hand(account, passwords, hours).await?);
                }
            }
        }
        handed.sort_by(|one, other| one.login.cmp(&other.login));
        Ok(handed)
    }

    async fn hand(&self, account: Account, passwords: &Passwords, hours: u32) -> Result<Handed, ServerError> {
        let random = self.desk.random;
        let password = new_password(random);
        let hash = passwords.hash(&password, random).await?;
        let mut write = self.desk.db.begin(self.desk.county, self.desk.now_ms).await?;
        account::update_password(write.conn(), self.desk.county, account.id, &hash).await?;
        enrol_code::end_unused(write.conn(), self.desk.county, account.id, self.desk.now_ms).await?;
        let by = self.account.to_string();
        let code = enrol::new_code(&mut write, account.id, hours, &by, random).await?;
        write.audit(&by, "USER_HAND_OUT", &json!({ "account": account.id })).await?;
        write.commit().await?;
        let role = role::code(account.role).to_owned();
        Ok(Handed { login: account.login, name: account.name, role, password, code })
    }
}

/// An account as its staff record tells it.
fn told(mut account: Account, record: &Record, today: Day) -> Account {
    if let Some(name) = text_in(&record.doc, "name") {
        name.clone_into(&mut account.name);
    }
    // Administrators are made by hand, and nobody becomes one, or ceases to be, by a sheet.
    let named = text_in(&record.doc, "role").and_then(role::parse);
    if let Some(role) = named.filter(|role| !role.is_administrator() && !account.role.is_administrator()) {
        account.role = role;
    }
    account.scope = staff_scope(record, today);
    account
}
