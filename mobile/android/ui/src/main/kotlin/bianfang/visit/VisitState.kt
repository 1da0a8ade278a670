// What the visit's screen shows.
package bianfang.visit

import bianfang.data.PersonView
import bianfang.data.PhotoRow
import bianfang.data.ReceiptRow
import bianfang.data.RecordState
import bianfang.data.VisitDraft
import bianfang.data.VisitRow
import bianfang.text.Words

/** One visit of the time line, with how far each of its photos came. */
data class VisitLine(val row: VisitRow, val receipts: List<ReceiptRow>)

data class VisitState(
    val person: PersonView? = null,
    val lines: List<VisitLine> = emptyList(),
    val result: String? = null,
    /** Others of the household to whom the same result applies. */
    val also: Set<String> = emptySet(),
    val hung: Boolean = false,
    val position: String = "GATE",
    val signature: String = "",
    val note: String = "",
    val photos: List<PhotoRow> = emptyList(),
    val saving: Boolean = false,
    val savedNow: Boolean = false,
    /** How far the plaque's record of this page has travelled, when one was saved. */
    val plaqueSaved: RecordState? = null,
    val fault: Words? = null,
) {
    /** The form as it was left; what the draft does not hold keeps its default. */
    fun with(draft: VisitDraft, person: String) = copy(
        result = draft.entries.firstOrNull { it.person == person }?.result?.ifEmpty { null },
        also = draft.entries.map { it.person }.filter { it != person }.toSet(),
        hung = "PLAQUE" in draft.workTypes,
    )
}
