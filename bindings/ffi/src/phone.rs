//! The phone core's calls, one to one.

use std::path::Path;
use std::sync::Arc;

use bianfang_client::{
    AnswersDraft, BasisPersonDraft, BasisPersonLine, ClientError, CodeTableLine, DivisionLine, DraftLine,
    FormFieldLine, HouseholdDraft, HouseholdView, InkDraft, LetterDraft, LetterLine, LetterStepDraft, MergeDraft,
    MoveDraft, PairView, PeopleQuery, PersonDraft, PersonLines, PersonView, PhotoLine, PlaqueDraft, PlaqueLotLine,
    PlaqueOpinionDraft, PlaqueRequestDraft, PlaqueRequestLine, ProfileView, QuestionSetView, ReceiptLine, RecordState,
    SameLine, Saved, SplitDraft, Status, SyncSummary, TodayPage, TroubleLine, UnitDraft, UnitLine, VisitDraft,
    WarningLine,
};

use crate::host::SystemHost;
use crate::key::key;
use crate::watch::{Relay, Watch};

pub(crate) type Result<T> = std::result::Result<T, ClientError>;

/// One account's phone: its encrypted store, its queue and its way to the server. Every call may come from any thread.
#[derive(uniffi::Object)]
pub struct Phone(pub(crate) bianfang_client::Phone);

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// Opens the phone in a folder under its key of 32 random bytes, and makes it where there is none.
    ///
    /// # Errors
    /// Locked: another key. Invalid: `key` has another length, `folder` is open elsewhere. `OutOfDate`, `StorageFull`.
    #[uniffi::constructor]
    pub async fn open(folder: String, key_bytes: Vec<u8>) -> Result<Self> {
        let host = Arc::new(SystemHost::new());
        bianfang_client::Phone::open(Path::new(&folder), key(&key_bytes)?, host).await.map(Self)
    }

    /// Ends a running session, waits for calls under way and closes the store; every later call is Locked. Not named
    /// `close`: that is how generated Kotlin objects free themselves.
    ///
    /// # Errors
    /// Internal; the store is closed all the same.
    pub async fn shut(&self) -> Result<()> {
        self.0.close().await
    }

    /// Redeems an invitation, the JSON of its QR; on an enrolled phone it signs in again and keeps everything.
    ///
    /// # Errors
    /// Invalid: `invitation` (unreadable, used, expired, another account's) or `server`. Offline, `OutOfDate`.
    pub async fn enrol(&self, invitation: String, device: String) -> Result<ProfileView> {
        self.0.enrol(&invitation, &device).await
    }

    /// Whose phone this is; none before the enrolment.
    ///
    /// # Errors
    /// Locked.
    pub async fn profile(&self) -> Result<Option<ProfileView>> {
        self.0.profile().await
    }

    /// The words for every code, the bureau's over the shipped ones.
    ///
    /// # Errors
    /// Locked.
    pub async fn codes(&self) -> Result<Vec<CodeTableLine>> {
        self.0.codes().await
    }

    /// The fields of a kind of record, in the order in which a form asks for them.
    ///
    /// # Errors
    /// Locked.
    pub async fn fields(&self, kind: String) -> Result<Vec<FormFieldLine>> {
        self.0.fields(&kind).await
    }

    /// The divisions this phone covers, in tree order.
    ///
    /// # Errors
    /// Locked.
    pub async fn divisions(&self) -> Result<Vec<DivisionLine>> {
        self.0.divisions().await
    }

    /// A page of people in the order of their names.
    ///
    /// # Errors
    /// Invalid: a village or page that is none. Locked.
    pub async fn people(&self, query: PeopleQuery) -> Result<PersonLines> {
        self.0.people(query).await
    }

    /// A person's page.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn person(&self, id: String) -> Result<PersonView> {
        self.0.person(&id).await
    }

    /// A household's page.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn household(&self, id: String) -> Result<HouseholdView> {
        self.0.household(&id).await
    }

    /// A name for a new form; the record it becomes has it as its id.
    ///
    /// # Errors
    /// Internal: the device gives no randomness.
    pub async fn new_form(&self) -> Result<String> {
        self.0.new_form().await
    }

    /// Keeps a form's state; durable when it returns.
    ///
    /// # Errors
    /// `StorageFull`, Locked.
    pub async fn keep_draft(&self, form: String, draft: VisitDraft) -> Result<()> {
        self.0.keep_draft(&form, draft).await
    }

    /// A form's state as it was last kept.
    ///
    /// # Errors
    /// Locked.
    pub async fn draft(&self, form: String) -> Result<Option<VisitDraft>> {
        self.0.draft(&form).await
    }

    /// Half-filled forms, newest first.
    ///
    /// # Errors
    /// Locked.
    pub async fn drafts(&self) -> Result<Vec<DraftLine>> {
        self.0.drafts().await
    }

    /// Throws a form away, with its photos.
    ///
    /// # Errors
    /// Locked.
    pub async fn discard(&self, form: String) -> Result<()> {
        self.0.discard(&form).await
    }

    /// Keeps a photo of a form; durable when it returns. A broken picture is kept too and says what is wrong with it.
    ///
    /// # Errors
    /// Invalid: no such file, nothing in it. `StorageFull`.
    pub async fn add_photo(&self, form: String, path: String) -> Result<PhotoLine> {
        self.0.add_photo(&form, &path).await
    }

    /// The photos of a form, in the order they were added.
    ///
    /// # Errors
    /// Locked.
    pub async fn photos(&self, form: String) -> Result<Vec<PhotoLine>> {
        self.0.photos(&form).await
    }

    /// Keeps a signature with a form, in the place of one that was written before.
    ///
    /// # Errors
    /// `StorageFull`.
    pub async fn sign(&self, form: String, ink: InkDraft, of_plaque: bool) -> Result<Option<PhotoLine>> {
        self.0.sign(&form, ink, of_plaque).await
    }

    /// Says what a photo of a form is, and whether it shows the plaque.
    ///
    /// # Errors
    /// `NotFound`. Invalid for what is no code.
    pub async fn mark_photo(&self, form: String, sha256: String, kind: String, of_plaque: bool) -> Result<PhotoLine> {
        self.0.mark_photo(&form, &sha256, (&kind, of_plaque)).await
    }

    /// Takes a photo out of a form.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn remove_photo(&self, form: String, sha256: String) -> Result<()> {
        self.0.remove_photo(&form, &sha256).await
    }

    /// Saves a visit with the photos of its form; durable when it returns. A form saved before is not saved again.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut` before the enrolment. `StorageFull`.
    pub async fn save_visit(&self, form: String, draft: VisitDraft) -> Result<Saved> {
        self.0.save_visit(&form, draft).await
    }

    /// A saved visit as its form.
    ///
    /// # Errors
    /// `NotFound`. Locked.
    pub async fn visit_draft(&self, visit: String) -> Result<VisitDraft> {
        self.0.visit_draft(&visit).await
    }

    /// Records what happened to a plaque with the photos of its form.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut` before the enrolment. `StorageFull`.
    pub async fn record_plaque(&self, form: String, draft: PlaqueDraft) -> Result<Saved> {
        self.0.record_plaque(&form, draft).await
    }

    /// Enters somebody new from a form, as a draft of this worker; durable when it returns.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut`, `StorageFull`.
    pub async fn new_person(&self, form: String, draft: PersonDraft) -> Result<Saved> {
        self.0.new_person(&form, draft).await
    }

    /// Changes somebody, field by field.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn change_person(&self, id: String, draft: PersonDraft) -> Result<Saved> {
        self.0.change_person(&id, draft).await
    }

    /// What looks wrong in a draft and may still be right.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn check_person(&self, id: Option<String>, draft: PersonDraft) -> Result<Vec<WarningLine>> {
        self.0.check_person(id, draft).await
    }

    /// Makes some of a household one of their own; the old one keeps its plaque.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn split_household(&self, form: String, draft: SplitDraft) -> Result<Saved> {
        self.0.split_household(&form, draft).await
    }

    /// Merges a household into another.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn merge_household(&self, draft: MergeDraft) -> Result<Saved> {
        self.0.merge_household(draft).await
    }

    /// Moves a household from a day on.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn move_household(&self, draft: MoveDraft) -> Result<Saved> {
        self.0.move_household(draft).await
    }

    /// The lots of this phone's divisions, newest first, with what is left as far as it knows.
    ///
    /// # Errors
    /// Locked.
    pub async fn plaque_lots(&self) -> Result<Vec<PlaqueLotLine>> {
        self.0.plaque_lots().await
    }

    /// Records a family's request for a plaque with the photos of its form.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut` before the enrolment. `StorageFull`.
    pub async fn request_plaque(&self, form: String, draft: PlaqueRequestDraft) -> Result<Saved> {
        self.0.request_plaque(&form, draft).await
    }

    /// Gives an opinion on a request.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut` before the enrolment.
    pub async fn give_opinion(&self, form: String, draft: PlaqueOpinionDraft) -> Result<Saved> {
        self.0.give_opinion(&form, draft).await
    }

    /// The requests of this phone's divisions, newest first.
    ///
    /// # Errors
    /// Locked.
    pub async fn plaque_requests(&self) -> Result<Vec<PlaqueRequestLine>> {
        self.0.plaque_requests().await
    }

    /// The merit letters of this phone's divisions, in one state or (blank) all.
    ///
    /// # Errors
    /// Locked.
    pub async fn letters(&self, state: String) -> Result<Vec<LetterLine>> {
        self.0.letters(&state).await
    }

    /// The basis persons of a household, by name.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn basis_persons(&self, household: String) -> Result<Vec<BasisPersonLine>> {
        self.0.basis_persons(&household).await
    }

    /// Enters a basis person from a form.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut`, `StorageFull`.
    pub async fn new_basis_person(&self, form: String, draft: BasisPersonDraft) -> Result<Saved> {
        self.0.new_basis_person(&form, draft).await
    }

    /// Changes a basis person, field by field; a discharge opens a draft of the person who comes home.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn change_basis_person(&self, id: String, draft: BasisPersonDraft) -> Result<Saved> {
        self.0.change_basis_person(&id, draft).await
    }

    /// The units of this phone's divisions whose name holds a text (blank: all), by name.
    ///
    /// # Errors
    /// Locked.
    pub async fn units(&self, search: String) -> Result<Vec<UnitLine>> {
        self.0.units(&search).await
    }

    /// Enters a unit from a form.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut`, `StorageFull`.
    pub async fn new_unit(&self, form: String, draft: UnitDraft) -> Result<Saved> {
        self.0.new_unit(&form, draft).await
    }

    /// Changes a unit, field by field.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn change_unit(&self, id: String, draft: UnitDraft) -> Result<Saved> {
        self.0.change_unit(&id, draft).await
    }

    /// Two records of people side by side, and what was said about the two.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn compare(&self, one: String, other: String) -> Result<PairView> {
        self.0.compare(&one, &other).await
    }

    /// What was said about who else somebody is; `void` takes a word back.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn same(&self, person: String) -> Result<Vec<SameLine>> {
        self.0.same(&person).await
    }

    /// Says that a record is the duplicate of another, which stays.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`.
    pub async fn say_same(&self, form: String, person: String, kept: String) -> Result<Saved> {
        self.0.say_same(&form, &person, &kept).await
    }

    /// The question sets that are asked of somebody in a visit of this work; without a person, those of the work.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn question_sets(&self, person: Option<String>, work_types: Vec<String>) -> Result<Vec<QuestionSetView>> {
        self.0.question_sets(person, work_types).await
    }

    /// The questions to be asked after the answers so far, in their order.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn asked(&self, answers: AnswersDraft) -> Result<Vec<String>> {
        self.0.asked(answers).await
    }

    /// What in the answers does not fit, each with its question.
    ///
    /// # Errors
    /// Locked.
    pub async fn check_answers(&self, answers: AnswersDraft) -> Result<Vec<WarningLine>> {
        self.0.check_answers(answers).await
    }

    /// Enters a letter from a form with its photos; a village worker enters what the family shows.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut`, `StorageFull`.
    pub async fn new_letter(&self, form: String, draft: LetterDraft) -> Result<Saved> {
        self.0.new_letter(&form, draft).await
    }

    /// What is unusual about who delivers a letter, to be shown before it is saved.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn letter_warnings(&self, draft: LetterStepDraft) -> Result<Vec<WarningLine>> {
        self.0.letter_warnings(draft).await
    }

    /// Records a step of a letter with the photos of its form.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut` before the enrolment. `StorageFull`.
    pub async fn record_letter(&self, form: String, draft: LetterStepDraft) -> Result<Saved> {
        self.0.record_letter(&form, draft).await
    }

    /// Changes a household, field by field.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut` before the enrolment.
    pub async fn change_household(&self, draft: HouseholdDraft) -> Result<Saved> {
        self.0.change_household(draft).await
    }

    /// Moves a visit that was saved on the wrong person to the right one, with everything that hangs on it.
    ///
    /// # Errors
    /// `NotFound`; Invalid without a reason, or where `from` is not in it or `to` is already.
    pub async fn retarget(&self, visit: String, from: String, to: String, reason: String) -> Result<Saved> {
        self.0.retarget(&visit, &from, &to, &reason).await
    }

    /// Who of this phone's divisions is due today, why and since when: at most `limit`, after the first `skip`.
    ///
    /// # Errors
    /// Locked.
    pub async fn today(&self, skip: u32, limit: u32) -> Result<TodayPage> {
        self.0.today(skip, limit).await
    }

    /// Puts somebody off until a day (`2026-01-31`), with the reason. `void` takes it back.
    ///
    /// # Errors
    /// `NotFound`; Invalid without a reason, or for a day that is none or past.
    pub async fn snooze(&self, person: String, until: String, reason: String) -> Result<Saved> {
        self.0.snooze(&person, &until, &reason).await
    }

    /// Takes a person or a household for today, so that colleagues see who is on the way there.
    ///
    /// # Errors
    /// `NotFound`, `SignedOut` before the enrolment.
    pub async fn take(&self, person_or_household: String) -> Result<Saved> {
        self.0.take(&person_or_household).await
    }

    /// Asks that somebody be visited, by a day where there is one.
    ///
    /// # Errors
    /// `NotFound`, Invalid.
    pub async fn assign(&self, person: String, why: String, due_on: Option<String>) -> Result<Saved> {
        self.0.assign(&person, &why, due_on).await
    }

    /// Takes a record back, with the reason. Nothing is deleted.
    ///
    /// # Errors
    /// `NotFound`; Invalid without a reason or right.
    pub async fn void(&self, record: String, reason: String) -> Result<Saved> {
        self.0.void(&record, &reason).await
    }

    /// How far a record has travelled.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn state(&self, record: String) -> Result<RecordState> {
        self.0.state(&record).await
    }

    /// The files of a record that the server must get, with its receipts.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn receipts(&self, record: String) -> Result<Vec<ReceiptLine>> {
        self.0.receipts(&record).await
    }

    /// What was held or refused, and photos that cannot be sent, newest first.
    ///
    /// # Errors
    /// Locked.
    pub async fn troubles(&self) -> Result<Vec<TroubleLine>> {
        self.0.troubles().await
    }

    /// What waits, for the foot of every screen.
    ///
    /// # Errors
    /// Locked.
    pub async fn status(&self) -> Result<Status> {
        self.0.status().await
    }

    /// One session with the server. What was acknowledged stays so, however it ends.
    ///
    /// # Errors
    /// Offline, `SignedOut`, `OutOfDate`, Cancelled, `StorageFull`; Invalid: `session` (another runs), `server`.
    pub async fn synchronize(&self, watch: Arc<dyn Watch>) -> Result<SyncSummary> {
        self.0.synchronize(Arc::new(Relay(watch))).await
    }

    /// Ends a running session soon. Cancelling the caller's coroutine or task alone would not.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}
