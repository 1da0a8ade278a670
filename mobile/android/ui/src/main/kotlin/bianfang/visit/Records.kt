// What was done with this person, and how far each record has travelled.
package bianfang.visit

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import bianfang.data.arrived
import bianfang.data.words
import bianfang.text.Codes
import bianfang.text.Texts
import bianfang.text.moment
import bianfang.text.said

@Composable
fun Records(state: VisitState, visit: VisitPresenter) {
    state.plaqueSaved?.let { Text(Texts.plaque.said() + " " + words(it).said(), Modifier.testTag("plaque-state")) }
    Text(Texts.records.said(), style = MaterialTheme.typography.titleMedium)
    if (state.lines.isEmpty()) Text(Texts.noRecords.said())
    for (line in state.lines) {
        HorizontalDivider()
        Record(line, visit)
    }
}

@Composable
private fun Record(line: VisitWithReceipts, visit: VisitPresenter) {
    val row = line.row
    Column(Modifier.fillMaxWidth().padding(vertical = 4.dp).testTag("record")) {
        val time = if (row.doubtful) "${moment(row.atMs)} (${Texts.unknownTime.said()})" else moment(row.atMs)
        Text("$time  ${Codes.method(row.method).said()}  ${Codes.result(row.result).said()}")
        row.note?.let { Text(it, style = MaterialTheme.typography.bodyMedium) }
        val color = MaterialTheme.colorScheme.run { if (row.state.arrived()) tertiary else primary }
        Text(words(row.state).said(), color = color, style = MaterialTheme.typography.labelLarge)
        row.comment?.let { Text(Texts.returned(it).said(), Modifier.testTag("returned"), MaterialTheme.colorScheme.error) }
        if (row.review == "RETURNED") {
            TextButton({ visit.amend(row.id) }, Modifier.testTag("amend")) { Text(Texts.amend.said()) }
        }
        if (row.voided) Text(Texts.voided.said(), style = MaterialTheme.typography.labelLarge)
        if (line.receipts.isNotEmpty()) {
            val there = line.receipts.count { it.receivedMs != null }
            Text(Texts.photosDelivered(there, line.receipts.size).said(), style = MaterialTheme.typography.labelMedium)
        }
    }
}
