// The app as one composable: which screen is shown, and the presenters behind it. What only a device has (camera, code
// scanner, clock) comes in as functions, so that the same app runs on a desktop's test.
package bianfang.shell

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.graphics.Color
import bianfang.data.Phone
import bianfang.data.attempt
import bianfang.enrol.EnrolPresenter
import bianfang.enrol.EnrolScreen
import bianfang.suggestion.SuggestionPresenter
import bianfang.suggestion.SuggestionScreen
import bianfang.text.Codes
import bianfang.text.Words
import bianfang.today.TodayPresenter
import bianfang.today.TodayScreen
import bianfang.visit.VisitPresenter
import bianfang.visit.VisitScreen
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch

/** What the device does for the app. A picture or a code that the user did not take gives no call. */
interface Device {
    /** Its model, for the list of devices. */
    val model: String

    /** UTC milliseconds. */
    fun now(): Long

    /** Takes or picks a photo; its file's path. */
    fun photo(taken: (path: String) -> Unit)

    /** Scans a code; its text. */
    fun scan(read: (text: String) -> Unit)
}

sealed interface Screen {
    data object Opening : Screen

    data class Enrol(val presenter: EnrolPresenter) : Screen

    data object Today : Screen

    data class Visit(val presenter: VisitPresenter) : Screen

    data class Suggestions(val presenter: SuggestionPresenter) : Screen
}

/** Where the user is. It outlives the composition: turning the phone must not empty a form. */
class Shell(private val phone: Phone, private val scope: CoroutineScope, val device: Device) {
    private val shown = MutableStateFlow<Screen>(Screen.Opening)
    val screen: StateFlow<Screen> = shown.asStateFlow()
    private val said = MutableStateFlow<Words?>(null)
    val fault: StateFlow<Words?> = said.asStateFlow()
    val today = TodayPresenter(phone, scope)

    init {
        scope.launch {
            attempt({ said.value = it }) {
                Codes.tell(phone.codes())
                if (phone.profile() == null) enrol() else home()
            }
        }
    }

    fun home() {
        (shown.value as? Screen.Visit)?.presenter?.close()
        shown.value = Screen.Today
        today.refresh()
    }

    fun enrol() {
        shown.value = Screen.Enrol(EnrolPresenter(phone, scope, device.model, onEnrolled = ::home))
    }

    fun suggestions() {
        shown.value = Screen.Suggestions(SuggestionPresenter(phone, scope))
    }

    fun visit(person: String) {
        shown.value = Screen.Visit(VisitPresenter(phone, person, scope, device::now))
    }
}

@Composable
fun App(shell: Shell) = MaterialTheme(colors) {
    Surface {
        val screen by shell.screen.collectAsState()
        when (val now = screen) {
            is Screen.Opening -> Opening(shell)
            is Screen.Enrol -> EnrolScreen(now.presenter) { shell.device.scan(now.presenter::invitation) }
            is Screen.Today -> TodayScreen(shell.today, shell::visit, shell::suggestions, onSignIn = shell::enrol)
            is Screen.Suggestions -> SuggestionScreen(now.presenter, shell::home)
            is Screen.Visit -> VisitScreen(now.presenter, { shell.device.photo(now.presenter::photo) }, shell::home)
        }
    }
}

/** The red and gold of the plaque, dark enough for white text in the sun. */
private val colors = lightColorScheme(
    primary = Color(0xFF9E1B1B), onPrimary = Color.White, secondaryContainer = Color(0xFFF6D9A8),
    tertiary = Color(0xFF1E6B3A), background = Color(0xFFFFFBF7), surface = Color(0xFFFFFBF7),
)
