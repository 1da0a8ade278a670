// The form above, what was said before below it; an answer asks whether it is right.
package bianfang.suggestion

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Button
import androidx.compose.material3.FilterChip
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import bianfang.data.SuggestionLine
import bianfang.text.Codes
import bianfang.text.Texts
import bianfang.text.said

@Composable
fun SuggestionScreen(suggestions: SuggestionPresenter, onBack: () -> Unit) {
    val state by suggestions.state.collectAsState()
    Column(Modifier.fillMaxSize()) {
        TextButton(onBack, Modifier.testTag("back")) { Text("‹ " + Texts.back.said()) }
        Column(
            Modifier.weight(1f).verticalScroll(rememberScrollState()).padding(horizontal = 16.dp),
            verticalArrangement = Arrangement.spacedBy(8.dp),
        ) {
            Text(Texts.suggestions.said(), style = MaterialTheme.typography.headlineSmall)
            Text(Texts.suggestionsGo.said(), style = MaterialTheme.typography.bodyMedium)
            Form(state, suggestions)
            HorizontalDivider()
            if (state.lines?.isEmpty() == true) Text(Texts.noSuggestions.said())
            for (line in state.lines.orEmpty()) Said(line, suggestions)
        }
    }
}

@Composable
private fun Form(state: SuggestionState, suggestions: SuggestionPresenter) {
    Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        for ((code, words) in Codes.offered("SUGGESTION_TYPE")) {
            FilterChip(state.type == code, { suggestions.type(code) }, { Text(words.said()) }, Modifier.testTag("suggestion-$code"))
        }
        FilterChip(state.unnamed, { suggestions.unnamed(!state.unnamed) }, { Text(Texts.unnamed.said()) }, Modifier.testTag("unnamed"))
    }
    OutlinedTextField(
        state.words, suggestions::words, Modifier.fillMaxWidth().testTag("suggestion-words"), minLines = 3,
        label = { Text(Texts.suggestionWords.said()) },
    )
    state.fault?.let { Text(it.said(), color = MaterialTheme.colorScheme.error) }
    if (state.saved) Text(Texts.savedNow.said(), Modifier.testTag("suggestion-saved"))
    for (line in state.hidden) Text(line.said(), Modifier.testTag("hidden"), MaterialTheme.colorScheme.error)
    Button(suggestions::save, Modifier.testTag("suggest"), enabled = !state.saving && state.words.isNotBlank()) {
        Text(Texts.submit.said())
    }
}

@Composable
private fun Said(line: SuggestionLine, suggestions: SuggestionPresenter) = Column(Modifier.testTag("suggestion")) {
    val about = listOf(line.saidOn, Codes.of("SUGGESTION_TYPE", line.suggestionType).said()) +
        (if (line.unnamed) listOf(Texts.unnamed.said()) else emptyList())
    Text(about.joinToString(" · "), style = MaterialTheme.typography.labelLarge)
    Text(line.words)
    val answer = line.answer
    if (answer == null) {
        Text(Codes.of("SUGGESTION_STEP", line.state).said(), color = MaterialTheme.colorScheme.onSurfaceVariant)
        return@Column
    }
    Text(Texts.countyAnswered(line.answeredOn.orEmpty(), answer).said(), color = MaterialTheme.colorScheme.tertiary)
    Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        for ((satisfied, words) in listOf(true to Texts.satisfied, false to Texts.dissatisfied)) {
            val rate = { suggestions.rate(line.id, satisfied) }
            FilterChip(line.satisfied == satisfied, rate, { Text(words.said()) }, Modifier.testTag("rate-$satisfied"))
        }
    }
}
