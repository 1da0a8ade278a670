// The list "who is due": search, village, pages, and the synchronization that fills it. Pure Kotlin: no screen is needed to test it.
package bianfang.today

import bianfang.data.DivisionLine
import bianfang.data.DueLine
import bianfang.data.PeopleQuery
import bianfang.data.PersonLine
import bianfang.data.Phone
import bianfang.data.Progress
import bianfang.data.Status
import bianfang.data.Step
import bianfang.data.SyncSummary
import bianfang.data.TroubleLine
import bianfang.data.attempt
import bianfang.data.synchronizing
import bianfang.text.Codes
import bianfang.text.Words
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** What is asked of the list. */
data class Asked(
    val search: String = "",
    val village: String? = null,
    val onlyDue: Boolean = true,
    /** Whom something asks for today, each with its reason; it is what the day begins with. Else the register. */
    val tasks: Boolean = true,
    /** What was held, refused or could not be sent, each with what to do. */
    val troubles: Boolean = false,
)

/** Everything the screen shows. */
data class TodayState(
    val county: String = "",
    val villages: List<DivisionLine> = emptyList(),
    val asked: Asked = Asked(),
    /** Null until the first page is there: an empty list and an unknown one are not the same. */
    val rows: List<PersonLine>? = null,
    /** The most pressing first, while they are asked for. */
    val tasks: List<DueLine>? = null,
    val taskTotal: ULong = 0u,
    val troubles: List<TroubleLine> = emptyList(),
    /** The staff record gives this phone divisions today. */
    val atWork: Boolean = true,
    val next: String? = null,
    val total: ULong = 0u,
    val due: ULong = 0u,
    val status: Status? = null,
    /** While a synchronization runs. */
    val progress: Progress? = null,
    val running: Boolean = false,
    /** The sum of the last one. */
    val summary: SyncSummary? = null,
    val fault: Words? = null,
)

class TodayPresenter(private val phone: Phone, private val scope: CoroutineScope) {
    private val held = MutableStateFlow(TodayState())
    val state: StateFlow<TodayState> = held.asStateFlow()

    private var asking: Job? = null
    private var paging: Job? = null
    private var synchronization: Job? = null

    fun search(text: String) = ask { it.copy(search = text) }

    fun village(id: String?) = ask { it.copy(village = id) }

    fun onlyDue(only: Boolean) = ask { it.copy(onlyDue = only, tasks = false, troubles = false) }

    /** What needs a look. */
    fun troubles() = ask { it.copy(troubles = true, tasks = false) }

    /** Whom something asks for today, with the reason. */
    fun tasks() = ask { it.copy(tasks = true, troubles = false) }

    /** Reads again what the screen shows, after a visit or a synchronization. */
    fun refresh() = ask { it }

    /** The next page, when the end of the list comes into sight. */
    fun more() {
        val now = held.value
        val after = now.next ?: return
        if (paging?.isActive == true) return
        paging = scope.launch {
            attempt(::fault) {
                val page = phone.people(query(now.asked, after))
                // A page of an older question must not be added to the answer of a newer one.
                held.update {
                    if (it.asked != now.asked || it.next != after) it else it.copy(rows = it.rows.orEmpty() + page.rows, next = page.next)
                }
            }
        }
    }

    fun synchronize() {
        if (synchronization?.isActive == true) return
        held.update { it.copy(running = true, progress = null, summary = null, fault = null) }
        synchronization = scope.launch {
            try {
                attempt(::fault) { phone.synchronizing().collect(::follow) }
                attempt(::fault) { Codes.tell(phone.codes()) }
            } finally {
                held.update { it.copy(running = false, progress = null) }
            }
            refresh()
        }
    }

    fun stop() {
        synchronization?.cancel()
        refresh()
    }

    private fun follow(step: Step) = when (step) {
        is Step.Going -> held.update { it.copy(progress = step.progress) }
        is Step.Done -> held.update { it.copy(summary = step.summary) }
    }

    private fun ask(change: (Asked) -> Asked) {
        held.update { it.copy(asked = change(it.asked)) }
        asking?.cancel()
        asking = scope.launch { attempt(::fault) { load(held.value.asked) } }
    }

    private suspend fun load(asked: Asked) {
        val page = phone.people(query(asked, after = null))
        val status = phone.status()
        val villages = phone.divisions().filter { it.level == "VILLAGE" }
        val profile = phone.profile()
        // Computed from the store at every reading: a due list is never kept.
        val tasks = if (asked.tasks) phone.today(0u, TASKS) else null
        val troubles = phone.troubles()
        held.update {
            it.copy(
                troubles = troubles,
                county = profile?.county.orEmpty(), atWork = profile?.atWork ?: true, villages = villages, status = status,
                tasks = tasks?.rows?.filter { row -> asked.search.isBlank() || asked.search.trim() in row.name },
                taskTotal = tasks?.total ?: 0u,
                rows = page.rows, next = page.next, total = page.total, due = page.due,
            )
        }
    }

    private fun fault(words: Words) = held.update { it.copy(fault = words) }

    private fun query(asked: Asked, after: String?) = PeopleQuery(
        search = asked.search.trim(), village = asked.village, onlyDue = asked.onlyDue, after = after, limit = PAGE,
    )

    private companion object {
        /** A page that fills several screens and crosses to the core in a few hundred microseconds. */
        const val PAGE = 100u

        /** More than a day's way; the figure of all stands above. */
        const val TASKS = 200u
    }
}
