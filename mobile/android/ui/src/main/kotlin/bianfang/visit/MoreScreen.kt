// The further lines of the form, folded away until somebody opens them: a plain visit stays at four taps.
package bianfang.visit

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.FilterChip
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import bianfang.data.QuestionLine
import bianfang.text.Codes
import bianfang.text.Texts
import bianfang.text.said
import bianfang.today.Reasons

/** Plaque and needs have forms of their own, and a garrison is no person. */
private val ELSEWHERE = setOf("PLAQUE", "NEED", "FORCES")
private val LINES = mapOf(
    Line.TRIGGER to Texts.trigger, Line.VISITORS to Texts.visitors, Line.COMPANIONS to Texts.companions, Line.OTHERS to Texts.others,
    Line.DIFFICULTIES to Texts.difficulties, Line.CAUSE to Texts.cause, Line.MEASURES to Texts.measures,
    Line.ANSWERED to Texts.answered, Line.TO_SOLVE to Texts.toSolve, Line.FOLLOW_UP to Texts.followUp,
)

/** Why the person is due; going there today, or putting it off with a reason. */
@Composable
fun Task(state: VisitState, visit: VisitPresenter) {
    val due = state.due ?: return
    Reasons(due)
    TextButton(visit::take, Modifier.testTag("take")) { Text(Texts.take.said()) }
    var until by rememberSaveable { mutableStateOf("") }
    var reason by rememberSaveable { mutableStateOf("") }
    OutlinedTextField(
        until, { until = it }, Modifier.fillMaxWidth().testTag("snooze-until"), label = { Text(Texts.snoozeUntil.said()) },
    )
    OutlinedTextField(
        reason, { reason = it }, Modifier.fillMaxWidth().testTag("snooze-reason"), label = { Text(Texts.snoozeReason.said()) },
    )
    TextButton({ visit.snooze(until, reason) }, Modifier.testTag("snooze")) { Text(Texts.snooze.said()) }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
fun More(state: VisitState, visit: VisitPresenter) {
    val more = state.more
    FilterChip(more.open, visit::more, { Text(Texts.more.said()) }, Modifier.testTag("more"))
    if (!more.open) return
    Task(state, visit)
    Text(Texts.method.said(), style = MaterialTheme.typography.labelLarge)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        for ((code, words) in Codes.offered("METHOD")) {
            FilterChip(more.method == code, { visit.method(code) }, { Text(words.said()) }, Modifier.testTag(code))
        }
    }
    Text(Texts.work.said(), style = MaterialTheme.typography.labelLarge)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        for ((code, words) in Codes.offered("WORK_TYPE") - ELSEWHERE) {
            FilterChip(code in more.work, { visit.work(code) }, { Text(words.said()) }, Modifier.testTag("work-$code"))
        }
    }
    for ((line, words) in LINES) {
        if (line == Line.TRIGGER && "MUST" !in more.work) continue
        OutlinedTextField(
            more.lines[line].orEmpty(), { visit.line(line, it) }, Modifier.fillMaxWidth().testTag(line.name),
            label = { Text(words.said()) },
        )
    }
    InkPad("ink-visit", state.signed(ofPlaque = false)) { visit.sign(it, ofPlaque = false) }
    for (set in more.sets) Questions(set, visit)
}

@Composable
private fun Questions(set: SetForm, visit: VisitPresenter) = Column(Modifier.testTag("set-${set.view.code}")) {
    Text(set.view.title, style = MaterialTheme.typography.titleMedium)
    for (question in set.view.questions.filter { it.id in set.asked }) Question(set, question, visit)
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Question(set: SetForm, question: QuestionLine, visit: VisitPresenter) {
    val tag = "${set.view.code}-${question.id}"
    val said = set.answers[question.id].orEmpty()
    if (question.kind != "CHOICE") {
        OutlinedTextField(
            said, { visit.answer(set.view.code, question.id, it) }, Modifier.fillMaxWidth().testTag(tag),
            label = { Text(question.text) },
        )
        return
    }
    Text(question.text, style = MaterialTheme.typography.labelLarge)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        for (option in question.options) {
            val chosen = said == option.code
            val choose = { visit.answer(set.view.code, question.id, if (chosen) "" else option.code) }
            FilterChip(chosen, choose, { Text(option.text) }, Modifier.testTag("$tag-${option.code}"))
        }
    }
}
