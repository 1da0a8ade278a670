// Enrolling the phone with the administrator's invitation, and signing in again with a new one.
package bianfang.enrol

import bianfang.data.Phone
import bianfang.data.attempt
import bianfang.text.Words
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

data class EnrolState(val invitation: String = "", val running: Boolean = false, val fault: Words? = null)

class EnrolPresenter(
    private val phone: Phone,
    private val scope: CoroutineScope,
    /** What the list of devices shows of this phone: its model. */
    private val device: String,
    private val onEnrolled: () -> Unit,
) {
    private val held = MutableStateFlow(EnrolState())
    val state: StateFlow<EnrolState> = held.asStateFlow()

    /** What a scanned code says, or what was pasted. */
    fun invitation(text: String) = held.update { it.copy(invitation = text, fault = null) }

    fun enrol() {
        if (held.value.running) return
        held.update { it.copy(running = true, fault = null) }
        scope.launch {
            try {
                attempt({ words -> held.update { it.copy(fault = words) } }) {
                    phone.enrol(held.value.invitation.trim(), device)
                    onEnrolled()
                }
            } finally {
                held.update { it.copy(running = false) }
            }
        }
    }
}
