// 诉求 in the form of a visit: what was heard at this door, and what was said about what was asked before.
package bianfang.visit

import bianfang.data.NeedDraft
import bianfang.data.NeedLine
import bianfang.data.NeedStepDraft
import bianfang.data.VisitDraft

/** What a form says of needs. */
data class NeedState(
    /** The chip: somebody asks for something. */
    val heard: Boolean = false,
    val type: String = "",
    val urgency: String = "BLUE",
    val asked: String = "",
    /** Answered at the door; it is closed with it. */
    val answered: String = "",
    /** Those of the person that are open. */
    val open: List<NeedLine> = emptyList(),
    /** Of each the step that was taken in this visit. */
    val steps: Map<String, String> = emptyMap(),
    /** What was said with it. */
    val answers: Map<String, String> = emptyMap(),
) {
    /** What the form raises, as far as it was filled in. */
    fun raised(person: String): List<NeedDraft> = if (!heard) emptyList() else listOf(
        NeedDraft(
            person = person, household = null, needType = type, urgency = urgency, asked = asked.trim(),
            answered = answered.trim().ifEmpty { null },
        ),
    )

    /** What it takes further. */
    fun taken(): List<NeedStepDraft> = steps.map { (need, step) ->
        NeedStepDraft(
            need = need, step = step, answer = answers[need]?.trim()?.ifEmpty { null }, to = null,
            satisfied = if (step == "REVISITED") true else null,
        )
    }

    /** Nothing of it was filled in. */
    fun isBlank() = !heard && steps.isEmpty()

    companion object {
        /** As the form was left. */
        fun of(draft: VisitDraft): NeedState {
            val raised = draft.more?.needs?.firstOrNull()
            val steps = draft.more?.needSteps.orEmpty()
            return NeedState(
                heard = raised != null, type = raised?.needType.orEmpty(), urgency = raised?.urgency ?: "BLUE",
                asked = raised?.asked.orEmpty(), answered = raised?.answered.orEmpty(),
                steps = steps.associate { it.need to it.step },
                answers = steps.mapNotNull { step -> step.answer?.let { step.need to it } }.toMap(),
            )
        }
    }
}
