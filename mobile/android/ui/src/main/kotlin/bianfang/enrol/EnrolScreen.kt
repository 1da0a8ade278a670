// The first screen of a new phone.
package bianfang.enrol

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Button
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import bianfang.text.Texts
import bianfang.text.said

/** `onScan` opens the camera; what the code says comes back to the presenter. */
@Composable
fun EnrolScreen(enrol: EnrolPresenter, onScan: () -> Unit) {
    val state by enrol.state.collectAsState()
    Column(Modifier.fillMaxSize().padding(16.dp), verticalArrangement = Arrangement.spacedBy(12.dp)) {
        Text(Texts.enrolTitle.said(), style = MaterialTheme.typography.headlineSmall)
        Text(Texts.enrolHow.said())
        OutlinedTextField(
            state.invitation, enrol::invitation, Modifier.fillMaxWidth().testTag("invitation"),
            label = { Text(Texts.invitation.said()) }, maxLines = 4,
        )
        state.fault?.let { Text(it.said(), Modifier.testTag("fault"), MaterialTheme.colorScheme.error) }
        Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            OutlinedButton(onScan) { Text(Texts.scan.said()) }
            Button(
                enrol::enrol, Modifier.testTag("enrol"),
                enabled = state.invitation.isNotBlank() && !state.running,
            ) { Text(Texts.enrol.said()) }
        }
    }
}
