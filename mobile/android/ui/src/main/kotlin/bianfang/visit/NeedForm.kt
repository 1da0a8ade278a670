// The chip 有诉求 and what it opens; above it the needs of before, each with the steps that may be taken at this door.
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
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import bianfang.data.NeedLine
import bianfang.text.Codes
import bianfang.text.Texts
import bianfang.text.Words
import bianfang.text.said

@Composable
fun Needs(state: VisitState, visit: VisitPresenter) {
    val needs = state.needs
    for (need in needs.open) OpenNeed(need, needs, visit)
    // A form that mends a visit raises nothing new.
    if (state.amends != null) return
    FilterChip(needs.heard, { visit.needs(needs.copy(heard = !needs.heard)) }, { Text(Texts.hasNeed.said()) }, Modifier.testTag("need"))
    if (!needs.heard) return
    Choice("need-type", "NEED_TYPE", needs.type) { visit.needs(needs.copy(type = it)) }
    Choice("need-urgency", "URGENCY", needs.urgency) { visit.needs(needs.copy(urgency = it)) }
    Line("need-asked", needs.asked, Texts.needAsked) { visit.needs(needs.copy(asked = it)) }
    Line("need-answered", needs.answered, Texts.needAnswered) { visit.needs(needs.copy(answered = it)) }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun OpenNeed(need: NeedLine, needs: NeedState, visit: VisitPresenter) = Column(Modifier.testTag("open-need")) {
    val said = listOf(Codes.of("URGENCY", need.urgency).said(), Codes.of("NEED_TYPE", need.needType).said(), need.asked)
    Text(said.joinToString(" · "), style = MaterialTheme.typography.bodyLarge)
    need.dueOn?.let { day ->
        val words = if (need.overdue) Texts.overdueSince(day) else Texts.dueBy(day)
        val colour = if (need.overdue) MaterialTheme.colorScheme.error else MaterialTheme.colorScheme.onSurfaceVariant
        Text(words.said(), color = colour, style = MaterialTheme.typography.bodyMedium)
    }
    val chosen = needs.steps[need.id]
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        for (step in need.offers.filter { it in AT_THE_DOOR }) {
            val steps = if (chosen == step) needs.steps - need.id else needs.steps + (need.id to step)
            FilterChip(
                chosen == step, { visit.needs(needs.copy(steps = steps)) }, { Text(Codes.of("NEED_STEP", step).said()) },
                Modifier.testTag("need-$step"),
            )
        }
    }
    if (chosen != null) {
        Line("need-answer", needs.answers[need.id].orEmpty(), Texts.needAnswer) {
            visit.needs(needs.copy(answers = needs.answers + (need.id to it)))
        }
    }
}

/** Registering and referring are done at a desk. */
private val AT_THE_DOOR = setOf("HANDLING", "RESOLVED", "REVISITED")

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Choice(tag: String, table: String, chosen: String, choose: (String) -> Unit) =
    FlowRow(Modifier.testTag(tag), horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        for ((code, words) in Codes.offered(table)) {
            FilterChip(chosen == code, { choose(code) }, { Text(words.said()) }, Modifier.testTag("$tag-$code"))
        }
    }

@Composable
private fun Line(tag: String, text: String, label: Words, type: (String) -> Unit) = OutlinedTextField(
    text, type, Modifier.fillMaxWidth().testTag(tag), label = { Text(label.said()) },
)
