// What waits, when the phone last had a complete answer, and the button. It never says "synchronized" of what only left.
package bianfang.today

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Button
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import bianfang.data.stuck
import bianfang.data.words
import bianfang.text.Texts
import bianfang.text.moment
import bianfang.text.said

@Composable
fun SyncBar(state: TodayState, onSynchronize: () -> Unit, onStop: () -> Unit, onSignIn: () -> Unit) {
    // Room for what comes and goes while it runs: a list that jumps takes the tap of another line.
    Column(Modifier.fillMaxWidth().padding(vertical = 8.dp).heightIn(min = 104.dp)) {
        Row(
            Modifier.fillMaxWidth(),
            horizontalArrangement = Arrangement.SpaceBetween,
            verticalAlignment = Alignment.CenterVertically,
        ) {
            Column(Modifier.weight(1f)) {
                Text(state.county.ifBlank { Texts.app.said() }, style = MaterialTheme.typography.titleLarge)
                Waiting(state)
            }
            if (state.running) {
                OutlinedButton(onStop) { Text(Texts.stop.said()) }
            } else {
                Button(onSynchronize, Modifier.testTag("synchronize")) { Text(Texts.synchronize.said()) }
            }
        }
        if (state.running) Going(state)
        state.summary?.let { Text(Texts.done(it.acknowledged, it.received).said(), Modifier.testTag("done")) }
        state.summary?.stuck()?.let { Text(it.said(), color = MaterialTheme.colorScheme.error) }
        state.fault?.let { Text(it.said(), Modifier.testTag("sync-fault"), MaterialTheme.colorScheme.error) }
        if (state.status?.signedOut == true) TextButton(onSignIn) { Text(Texts.signInAgain.said()) }
    }
}

@Composable
private fun Waiting(state: TodayState) {
    val status = state.status ?: return
    val small = MaterialTheme.typography.bodySmall
    Text((status.lastSyncMs?.let { Texts.synchronizedAt(moment(it)) } ?: Texts.neverSynchronized).said(), style = small)
    if (status.waiting > 0u || status.photosWaiting > 0u) {
        Text(Texts.waiting(status.waiting, status.photosWaiting).said(), style = small)
    }
    if (status.held > 0u || status.refused > 0u) {
        Text(Texts.looked(status.held, status.refused).said(), style = small)
    }
}

@Composable
private fun Going(state: TodayState) {
    val progress = state.progress
    if (progress == null || progress.total == 0uL) {
        LinearProgressIndicator(Modifier.fillMaxWidth())
    } else {
        LinearProgressIndicator({ progress.done.toFloat() / progress.total.toFloat() }, Modifier.fillMaxWidth())
        val words = words(progress.stage) + Texts.part(progress.done, progress.total)
        Text(words.said(), style = MaterialTheme.typography.bodySmall)
    }
}
