// What was held or refused, and pictures that cannot be sent: each with whom it is about and what to do. The work is kept.
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
import bianfang.data.TroubleLine
import bianfang.text.Texts
import bianfang.text.Words
import bianfang.text.said

@Composable
fun Troubles(rows: List<TroubleLine>, onPerson: (String) -> Unit) {
    if (rows.isEmpty()) {
        Text(Texts.noTroubles.said(), Modifier.padding(vertical = 32.dp), style = MaterialTheme.typography.bodyLarge)
        return
    }
    LazyColumn(Modifier.fillMaxSize().testTag("trouble-list")) {
        items(rows, key = { it.op }) { row ->
            val person = row.person
            val open = if (person == null) Modifier else Modifier.clickable { onPerson(person) }
            Column(Modifier.fillMaxWidth().then(open).padding(vertical = 12.dp).testTag("trouble")) {
                if (row.about.isNotBlank()) Text(row.about, style = MaterialTheme.typography.titleMedium)
                Text((what(row) + Words(row.zh, row.en)).said(), color = MaterialTheme.colorScheme.error)
            }
            HorizontalDivider()
        }
    }
}

private fun what(row: TroubleLine) = when (row.what) {
    "HELD" -> Texts.held
    "REFUSED" -> Texts.refused
    else -> Texts.photoStuck
}
