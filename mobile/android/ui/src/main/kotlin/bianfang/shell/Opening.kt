// Nothing to see unless the store does not answer; then why.
package bianfang.shell

import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import bianfang.text.Texts
import bianfang.text.said

@Composable
fun Opening(shell: Shell) {
    val fault by shell.fault.collectAsState()
    Text((fault ?: Texts.app).said(), Modifier.padding(16.dp))
}
