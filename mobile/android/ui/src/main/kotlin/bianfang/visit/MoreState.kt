// The further lines of the form: how, for what work, who went along, what was said and promised, and the questions asked.
package bianfang.visit

import bianfang.data.AnswerDraft
import bianfang.data.AnswersDraft
import bianfang.data.QuestionSetView
import bianfang.data.VisitDraft
import bianfang.data.VisitMore
import bianfang.data.VisitorDraft

/** A question set with the answers so far and which of its questions are asked after them. */
data class SetForm(val view: QuestionSetView, val answers: Map<String, String> = emptyMap(), val asked: List<String> = emptyList()) {
    fun draft(person: String) = AnswersDraft(
        set = view.code, version = view.version, person = person,
        // What is asked no more after another answer is not kept from before.
        values = answers.filter { it.key in asked && it.value.isNotBlank() }.map { AnswerDraft(it.key, it.value) },
    )
}

/** The lines of text of the form, in its order. */
enum class Line { TRIGGER, VISITORS, COMPANIONS, OTHERS, DIFFICULTIES, CAUSE, MEASURES, ANSWERED, TO_SOLVE, FOLLOW_UP }

data class MoreState(
    val open: Boolean = false,
    val method: String = "HOME",
    val work: Set<String> = setOf("ROUND"),
    val lines: Map<Line, String> = emptyMap(),
    val sets: List<SetForm> = emptyList(),
    /** Answers of sets that were begun and are not listed now. */
    val kept: List<AnswersDraft> = emptyList(),
) {
    private fun line(line: Line) = lines[line]?.trim()?.ifEmpty { null }

    private fun names(line: Line) = line(line)?.split('、', '，', ',').orEmpty().map(String::trim).filter(String::isNotEmpty)

    /** Null while nothing of it was filled in. */
    fun draft(person: String, needs: NeedState): VisitMore? {
        val answers = sets.map { it.draft(person) }.filter { it.values.isNotEmpty() } + kept
        val people = names(Line.VISITORS)
        if (lines.values.all(String::isBlank) && answers.isEmpty() && needs.isBlank()) return null
        return VisitMore(
            unit = null, mustTrigger = line(Line.TRIGGER), visitors = people.map { VisitorDraft(account = null, name = it) },
            companions = line(Line.COMPANIONS), others = names(Line.OTHERS), thoughts = null, difficulties = line(Line.DIFFICULTIES), cause = line(Line.CAUSE),
            measures = line(Line.MEASURES), answered = line(Line.ANSWERED), toSolve = line(Line.TO_SOLVE),
            followUpOn = line(Line.FOLLOW_UP), signature = null, noSignature = null, noPhoto = null, noPlace = null,
            enteredBy = null, giftsText = null, needsText = null, answers = answers, needs = needs.raised(person),
            needSteps = needs.taken(),
        )
    }

    companion object {
        /** The form as it was left. */
        fun of(draft: VisitDraft): MoreState {
            val more = draft.more
            val lines = mapOf(
                Line.TRIGGER to more?.mustTrigger, Line.VISITORS to more?.visitors?.mapNotNull { it.name }?.joinToString("、"),
                Line.COMPANIONS to more?.companions,
                Line.OTHERS to more?.others?.joinToString("、"), Line.DIFFICULTIES to more?.difficulties, Line.CAUSE to more?.cause,
                Line.MEASURES to more?.measures, Line.ANSWERED to more?.answered, Line.TO_SOLVE to more?.toSolve,
                Line.FOLLOW_UP to more?.followUpOn,
            )
            val work = draft.workTypes.filter { it !in setOf("PLAQUE", "NEED") }.toSet()
            return MoreState(
                open = more != null || draft.method != "HOME" || work != setOf("ROUND"),
                method = draft.method, work = work.ifEmpty { setOf("ROUND") },
                lines = lines.mapNotNull { (line, text) -> text?.let { line to it } }.toMap(), kept = more?.answers.orEmpty(),
            )
        }
    }
}
