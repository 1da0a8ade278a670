// Whom something asks for today: each line says why, since when and until when, and who is already on the way there.
package bianfang.today

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import bianfang.data.DueLineReason
import bianfang.data.DueLine
import bianfang.text.Codes
import bianfang.text.Texts
import bianfang.text.Words
import bianfang.text.said

@Composable
fun Tasks(rows: List<DueLine>, none: Words, onPerson: (String) -> Unit) {
    if (rows.isEmpty()) {
        Text(none.said(), Modifier.padding(vertical = 32.dp), style = MaterialTheme.typography.bodyLarge)
        return
    }
    LazyColumn(Modifier.fillMaxSize().testTag("task-list")) {
        items(rows, key = { it.person }) { row ->
            Column(Modifier.fillMaxWidth().clickable { onPerson(row.person) }.padding(vertical = 12.dp).testTag("task")) {
                Text(row.name, style = MaterialTheme.typography.titleMedium)
                Reasons(row)
            }
            HorizontalDivider()
        }
    }
}

/** Every reason in a line of its own; then who has taken the person or the household today. */
@Composable
fun Reasons(row: DueLine) {
    for (due in row.due) {
        val color = MaterialTheme.colorScheme.run { if (due.why in PRESSING) error else onSurfaceVariant }
        Text(reason(due).said(), Modifier.testTag("reason"), color, style = MaterialTheme.typography.bodyMedium)
    }
    if (row.taken.isNotEmpty()) {
        val names = row.taken.joinToString("、")
        Text(Texts.taken(names).said(), Modifier.testTag("taken"), MaterialTheme.colorScheme.tertiary)
    }
}

/** In the core's words; a code of the bureau's own stands beside them as it is. */
fun reason(due: DueLineReason): Words {
    val code = due.code?.let(Codes::due)
    val which = code?.let { Words("（${it.zh}）", " (${it.en})") } ?: Words("", "")
    return Words(due.zh + which.zh, due.en + which.en) + Texts.since(due.since, due.by)
}

private val PRESSING = setOf("RETURNED", "MUST")
