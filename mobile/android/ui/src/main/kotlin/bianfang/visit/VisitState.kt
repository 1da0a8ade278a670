// What the visit's screen shows.
package bianfang.visit

import bianfang.data.DueLine
import bianfang.data.PersonView
import bianfang.data.PhotoLine
import bianfang.data.ReceiptLine
import bianfang.data.RecordState
import bianfang.data.VisitDraft
import bianfang.data.VisitLine
import bianfang.text.Texts
import bianfang.text.Words

/** One visit of the time line, with how far each of its photos came. */
data class VisitWithReceipts(val row: VisitLine, val receipts: List<ReceiptLine>)

/** A photo of this kind is a signature, not a picture. */
const val SIGNATURE = "SIGNATURE"

data class VisitState(
    val person: PersonView? = null,
    val lines: List<VisitWithReceipts> = emptyList(),
    val result: String? = null,
    /** Others of the household, each with a result of their own; null: the same as the person's. */
    val also: Map<String, String?> = emptyMap(),
    /** Why this person is due, and who has taken them today. */
    val due: DueLine? = null,
    val more: MoreState = MoreState(),
    val needs: NeedState = NeedState(),
    val hung: Boolean = false,
    /** The family does not want a plaque. */
    val declined: Boolean = false,
    val position: String = "GATE",
    /** Why nobody of the family signed for the plaque. */
    val unsignedWhy: String = "",
    val note: String = "",
    val photos: List<PhotoLine> = emptyList(),
    /** The saved visit that the form mends. */
    val amends: String? = null,
    val amendReason: String = "",
    val saving: Boolean = false,
    val savedNow: Boolean = false,
    /** Numbers that were masked in what was saved just now, each with what to do instead. */
    val hidden: List<Words> = emptyList(),
    /** How far the plaque's record of this page has travelled, when one was saved. */
    val plaqueSaved: RecordState? = null,
    val fault: Words? = null,
) {
    /** Somebody signed with the finger: for the plaque, or for the visit. */
    fun signed(ofPlaque: Boolean) = photos.any { it.kind == SIGNATURE && it.ofPlaque == ofPlaque }

    /** The form as it was left; what the draft does not hold keeps its default. */
    fun with(draft: VisitDraft, person: String) = copy(
        result = draft.entries.firstOrNull { it.person == person }?.result?.ifEmpty { null },
        also = draft.entries.filter { it.person != person }.associate { entry ->
            val own = draft.entries.firstOrNull { it.person == person }?.result
            entry.person to entry.result.ifEmpty { null }.takeIf { it != own }
        },
        more = MoreState.of(draft),
        needs = NeedState.of(draft).copy(open = needs.open),
        amends = draft.amends,
        amendReason = draft.amendReason.orEmpty(),
        hung = draft.plaque?.event == "NEW",
        declined = draft.plaque?.event == "DECLINE",
        position = draft.plaque?.position ?: position,
        unsignedWhy = draft.plaque?.noSignature?.takeIf { it != Texts.unsigned.zh }.orEmpty(),
    )
}
