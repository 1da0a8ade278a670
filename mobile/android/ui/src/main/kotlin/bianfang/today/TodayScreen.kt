// "Who is due today", with search, villages, and what still waits to be sent.
package bianfang.today

import androidx.compose.foundation.clickable
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.FilterChip
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import bianfang.data.PersonLine
import bianfang.text.Codes
import bianfang.text.Texts
import bianfang.text.said

@Composable
fun TodayScreen(today: TodayPresenter, onPerson: (String) -> Unit, onSuggest: () -> Unit, onSignIn: () -> Unit) {
    val state by today.state.collectAsState()
    Column(Modifier.fillMaxSize().padding(horizontal = 16.dp)) {
        SyncBar(state, onSynchronize = today::synchronize, onStop = today::stop, onSignIn = onSignIn)
        OutlinedTextField(
            value = state.asked.search,
            onValueChange = today::search,
            label = { Text(Texts.search.said()) },
            singleLine = true,
            modifier = Modifier.fillMaxWidth().testTag("search"),
        )
        Filters(state, today)
        if (!state.atWork) Text(Texts.notAtWork.said(), Modifier.testTag("not-at-work"), MaterialTheme.colorScheme.error)
        val tasks = state.tasks.takeIf { state.asked.tasks }
        val counts = if (tasks != null) Texts.tasks(state.taskTotal) else Texts.counts(state.due, state.total)
        Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Alignment.CenterVertically) {
            Text(counts.said(), style = MaterialTheme.typography.labelLarge)
            TextButton(onSuggest, Modifier.testTag("suggestions")) { Text(Texts.suggestions.said()) }
        }
        when {
            state.asked.troubles -> Troubles(state.troubles, onPerson)
            tasks != null -> Tasks(tasks, none(state), onPerson)
            else -> People(state, onPerson, today::more)
        }
    }
}

@Composable
private fun Filters(state: TodayState, today: TodayPresenter) {
    Row(Modifier.horizontalScroll(rememberScrollState()), horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        FilterChip(state.asked.tasks, { today.tasks() }, { Text(Texts.today.said()) }, Modifier.testTag("tasks"))
        val register = !state.asked.tasks && !state.asked.troubles
        if (state.troubles.isNotEmpty() || state.asked.troubles) {
            val label = Texts.troubles(state.troubles.size)
            FilterChip(state.asked.troubles, { today.troubles() }, { Text(label.said()) }, Modifier.testTag("troubles"))
        }
        FilterChip(register && state.asked.onlyDue, { today.onlyDue(true) }, { Text(Texts.due.said()) }, Modifier.testTag("due"))
        FilterChip(register && !state.asked.onlyDue, { today.onlyDue(false) }, { Text(Texts.all.said()) }, Modifier.testTag("all"))
        // One village leaves nothing to choose.
        if (state.villages.size > 1) {
            FilterChip(state.asked.village == null, { today.village(null) }, { Text(Texts.allVillages.said()) })
            for (village in state.villages) {
                FilterChip(state.asked.village == village.id, { today.village(village.id) }, { Text(village.name) })
            }
        }
    }
}

@Composable
private fun People(state: TodayState, onPerson: (String) -> Unit, onEnd: () -> Unit) {
    val rows = state.rows ?: return
    if (rows.isEmpty()) {
        Text(empty(state).said(), Modifier.padding(vertical = 32.dp), style = MaterialTheme.typography.bodyLarge)
        return
    }
    LazyColumn(Modifier.fillMaxSize().testTag("people")) {
        items(rows, key = { it.id }) { row ->
            PersonItem(row, onPerson)
            HorizontalDivider()
        }
        if (state.next != null) {
            item(key = state.next) { LaunchedEffect(state.next) { onEnd() } }
        }
    }
}

/** An empty list says why it is empty, and what to do. */
private fun empty(state: TodayState) = when {
    state.status?.lastSyncMs == null -> Texts.nobodyYet
    state.asked.onlyDue && state.total > 0u -> Texts.nobodyDue
    else -> Texts.nobodyFound
}

private fun none(state: TodayState) = when {
    state.status?.lastSyncMs == null -> Texts.nobodyYet
    state.asked.search.isNotBlank() -> Texts.nobodyFound
    else -> Texts.noTasks
}

@Composable
private fun PersonItem(row: PersonLine, onPerson: (String) -> Unit) {
    Row(
        Modifier.fillMaxWidth().clickable { onPerson(row.id) }.padding(vertical = 12.dp).testTag("person"),
        horizontalArrangement = Arrangement.SpaceBetween,
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Column(Modifier.weight(1f)) {
            Text(row.name, style = MaterialTheme.typography.titleMedium)
            Text(
                listOf(row.village, row.address).filter(String::isNotBlank).joinToString(" · "),
                style = MaterialTheme.typography.bodyMedium,
                color = MaterialTheme.colorScheme.onSurfaceVariant,
            )
        }
        Column(horizontalAlignment = Alignment.End) {
            // Who lives here but is owed the visit by another village is neither.
            if (row.reached) Text(Texts.reached.said(), color = MaterialTheme.colorScheme.tertiary)
            if (row.due) Text(Texts.due.said(), color = MaterialTheme.colorScheme.primary)
            if (row.waiting) Text(Texts.waits.said(), style = MaterialTheme.typography.labelMedium)
            row.lastContact?.let { Text(Texts.last(it).said(), style = MaterialTheme.typography.labelMedium) }
            row.plaque?.let { Text(Codes.plaque(it).said(), style = MaterialTheme.typography.labelMedium) }
        }
    }
}
