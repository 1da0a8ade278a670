// One person's page and the form of a visit. Every change is kept as a draft at once: phones kill apps in the middle of
// a form. Nothing is forced but a result: no photo, no position, no signature.
package bianfang.visit

import bianfang.data.EntryDraft
import bianfang.data.InkDraft
import bianfang.data.Phone
import bianfang.data.PhotoLine
import bianfang.data.PlaqueDraft
import bianfang.data.VisitDraft
import bianfang.data.arrived
import bianfang.data.attempt
import bianfang.data.masked
import bianfang.data.plaqueToHang
import bianfang.text.Texts
import bianfang.text.Words
import java.util.concurrent.atomic.AtomicBoolean
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

class VisitPresenter(
    private val phone: Phone,
    private val person: String,
    private val scope: CoroutineScope,
    /** The device's clock, UTC milliseconds. */
    private val now: () -> Long,
) {
    private val held = MutableStateFlow(VisitState())
    val state: StateFlow<VisitState> = held.asStateFlow()

    /** Calls that change the form run one after another, in the order of the taps. */
    private val calls = Channel<suspend () -> Unit>(Channel.UNLIMITED)

    /** The form has changed since it was last put to be kept: typing a word waits for one write, not for one a letter. */
    private val unkept = AtomicBoolean()
    private var form = ""
    private var started = 0L

    /** The plaque's record when it was saved on this page. */
    private var plaqueRecord: String? = null

    /** Who is signed in puts up what is put up. */
    private var hanger: String? = null

    init {
        scope.launch { for (call in calls) attempt(::fault, call) }
        inOrder {
            started = now()
            hanger = phone.profile()?.name
            resume()
            load()
            ask()
        }
    }

    fun result(code: String) = edit { it.copy(result = code) }

    /** Somebody else of the household was met too, or not. */
    fun also(id: String) = edit { it.copy(also = if (id in it.also) it.also - id else it.also + (id to null)) }

    /** What came of one of the others, where it differs from the person's. */
    fun alsoResult(id: String, code: String) = edit { state ->
        state.copy(also = state.also + (id to code.takeIf { it != state.result }))
    }

    fun more() = edit { it.copy(more = it.more.copy(open = !it.more.open)) }.also { ask() }

    fun method(code: String) = edit { it.copy(more = it.more.copy(method = code)) }

    /** One visit may serve several kinds of work, and serves at least one. */
    fun work(code: String) {
        edit {
            val work = if (code in it.more.work) it.more.work - code else it.more.work + code
            if (work.isEmpty()) it else it.copy(more = it.more.copy(work = work))
        }
        ask()
    }

    fun needs(needs: NeedState) = edit { it.copy(needs = needs) }

    fun line(line: Line, text: String) = edit { it.copy(more = it.more.copy(lines = it.more.lines + (line to text))) }

    fun answer(set: String, question: String, value: String) {
        edit { it.copy(more = it.more.copy(sets = it.more.sets.map { form -> form.said(set, question, value) })) }
        ask()
    }

    private fun SetForm.said(set: String, question: String, value: String) =
        if (view.code == set) copy(answers = answers + (question to value)) else this

    /** Colleagues see who is on the way there. */
    fun take() = inOrder {
        phone.take(person)
        load()
    }

    fun snooze(until: String, reason: String) = inOrder {
        phone.snooze(person, until, reason)
        held.update { it.copy(fault = null) }
        load()
    }

    fun hung(hung: Boolean) = edit { it.copy(hung = hung, declined = it.declined && !hung) }

    /** 不愿悬挂: nothing more is asked, and the home leaves 待悬挂. */
    fun declined(declined: Boolean) = edit { it.copy(declined = declined, hung = it.hung && !declined) }

    fun position(code: String) = edit { it.copy(position = code) }

    fun unsignedWhy(text: String) = edit { it.copy(unsignedWhy = text) }

    /** What was signed so far; an empty pad takes the signature away. */
    fun sign(ink: InkDraft, ofPlaque: Boolean) = inOrder {
        keep()
        phone.sign(form, ink, ofPlaque)
        held.update { it.copy(photos = phone.photos(form)) }
    }

    /** Opens a saved visit in the form, to mend it. What the form held is left as a draft. */
    fun amend(visit: String) = inOrder {
        keep()
        form = phone.newForm()
        val draft = phone.visitDraft(visit)
        started = draft.startedMs
        held.update {
            VisitState(person = it.person, lines = it.lines, due = it.due, needs = it.needs, note = draft.note.orEmpty()).with(draft, person)
        }
        keep()
    }

    fun amendReason(text: String) = edit { it.copy(amendReason = text) }

    fun note(text: String) = edit { it.copy(note = text) }

    /**
     * A picture's file. What the core cannot read it keeps all the same, and says why. Taken while the form says that a plaque
     * was put up, it most likely shows the plaque.
     */
    fun photo(path: String) = inOrder {
        keep()
        val photo = phone.addPhoto(form, path)
        if (held.value.hung) phone.markPhoto(form, photo.sha256, photo.kind, ofPlaque = true)
        held.update { it.copy(photos = phone.photos(form)) }
    }

    /** What a photo is, and whether it shows the plaque. */
    fun mark(photo: PhotoLine, kind: String, ofPlaque: Boolean) = inOrder {
        phone.markPhoto(form, photo.sha256, kind, ofPlaque)
        held.update { it.copy(photos = phone.photos(form)) }
    }

    fun removePhoto(sha256: String) = inOrder {
        phone.removePhoto(form, sha256)
        held.update { it.copy(photos = phone.photos(form)) }
    }

    fun save() {
        if (held.value.result == null || held.value.saving) return
        held.update { it.copy(saving = true, fault = null) }
        inOrder {
            try {
                // The visit and its plaque are one write: both are there or neither.
                val saved = phone.saveVisit(form, draft(held.value))
                plaqueRecord = saved.plaque ?: plaqueRecord
                form = phone.newForm()
                started = now()
                held.update { VisitState(person = it.person, savedNow = true, hidden = saved.masked()) }
                load()
            } finally {
                held.update { it.copy(saving = false) }
            }
        }
    }

    /** Returns when everything that was tapped so far is done and on disk. */
    suspend fun settled() {
        val done = CompletableDeferred<Unit>()
        inOrder { done.complete(Unit) }
        done.await()
    }

    /** The page is left: what was tapped is still done, and then nothing waits for taps any more. */
    fun close() {
        calls.close()
    }

    /** Reads the records again, after a synchronization. */
    fun refresh() = inOrder { load() }

    /** What happened to the plaque, for the one write of the form; null where nothing did. */
    private fun plaque(state: VisitState): PlaqueDraft? {
        val household = state.person?.takeIf { it.plaqueToHang() }?.row?.household ?: return null
        val said = PlaqueDraft(
            household = household, event = "DECLINE", atMs = maxOf(now(), started), position = null, hanger = null, signature = null,
            noSignature = null, oldReturned = false, contact = null,
        )
        if (!state.hung) return said.takeIf { state.declined }
        return said.copy(
            event = "NEW", position = state.position, hanger = hanger,
            // The rules ask for a signature or the reason why there is none; ink that is there takes the place of the reason.
            noSignature = state.unsignedWhy.trim().ifEmpty { Texts.unsigned.zh },
        )
    }

    private suspend fun resume() {
        val left = phone.drafts().firstNotNullOfOrNull { row ->
            phone.draft(row.form)?.takeIf { it.entries.firstOrNull()?.person == person }?.let { row.form to it }
        }
        form = left?.first ?: phone.newForm()
        val draft = left?.second ?: return
        started = draft.startedMs
        val photos = phone.photos(form)
        held.update { it.copy(photos = photos, note = draft.note.orEmpty()).with(draft, person) }
    }

    private suspend fun load() {
        val view = phone.person(person)
        val lines = view.visits.map { row ->
            // Only where something is still on its way is it asked how far each photo came.
            val receipts = if (row.photos > 0u && !row.state.arrived()) phone.receipts(row.id) else emptyList()
            VisitWithReceipts(row, receipts)
        }
        val plaque = plaqueRecord?.let { phone.state(it) }
        val due = phone.today(0u, EVERYBODY).rows.firstOrNull { it.person == person }
        val open = phone.needs(person).filter { it.closedOn == null }
        held.update {
            it.copy(person = view, lines = lines, plaqueSaved = plaque, due = due, needs = it.needs.copy(open = open))
        }
    }

    private fun edit(change: (VisitState) -> VisitState) {
        // It would be wiped with the form that is being saved.
        if (held.value.saving) return
        held.update { change(it).copy(savedNow = false, hidden = emptyList()) }
        if (unkept.getAndSet(true)) return
        inOrder {
            unkept.set(false)
            keep()
        }
    }

    private suspend fun keep() = phone.keepDraft(form, draft(held.value))

    private fun draft(state: VisitState) = VisitDraft(
        entries = (mapOf<String, String?>(person to null) + state.also).map { (id, own) ->
            EntryDraft(person = id, result = own ?: state.result.orEmpty())
        },
        method = state.more.method,
        workTypes = state.more.work.toList(),
        startedMs = started,
        endedMs = maxOf(now(), started),
        note = state.note.trim().ifEmpty { null },
        place = null,
        more = state.more.draft(person, state.needs),
        plaque = plaque(state),
        amends = state.amends,
        amendReason = state.amendReason.trim().ifEmpty { null },
    )

    /** The sets that fit the work, and what each asks after its answers. */
    private fun ask() = inOrder {
        val more = held.value.more
        if (!more.open) return@inOrder
        val sets = phone.questionSets(person, more.work.toList()).map { view ->
            val known = more.sets.firstOrNull { it.view.code == view.code }
            val left = more.kept.firstOrNull { it.set == view.code }?.values.orEmpty().associate { it.question to it.value }
            // First all that was said: what is asked follows from it.
            val form = SetForm(view, known?.answers ?: left, view.questions.map { it.id })
            form.copy(asked = phone.asked(form.draft(person)))
        }
        held.update { it.copy(more = it.more.copy(sets = sets, kept = it.more.kept.filter { old -> sets.none { s -> s.view.code == old.set } })) }
        keep()
    }

    private fun inOrder(call: suspend () -> Unit) {
        calls.trySend(call)
    }

    private fun fault(words: Words) = held.update { it.copy(fault = words) }

    private companion object {
        /** The core computes all of them anyway. */
        const val EVERYBODY = 100_000u
    }
}
