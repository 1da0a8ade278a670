// The one activity. Photos are picked with the system's picker, which needs no permission and offers the camera's folder.
package bianfang.app

import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.compose.setContent
import androidx.activity.result.PickVisualMediaRequest
import androidx.activity.result.contract.ActivityResultContracts.PickVisualMedia
import androidx.activity.viewModels
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import bianfang.shell.App
import bianfang.shell.Screen
import bianfang.shell.Shell
import java.io.File

class MainActivity : ComponentActivity() {
    private val app: AppModel by viewModels()

    private val pick = registerForActivityResult(PickVisualMedia()) { uri ->
        val taken = app.waiting ?: return@registerForActivityResult
        app.waiting = null
        if (uri == null) return@registerForActivityResult
        // The core takes a file; it keeps its own encrypted copy, so this one goes when the app is next started.
        val file = File.createTempFile("photo", null, cacheDir)
        contentResolver.openInputStream(uri)?.use { from -> file.outputStream().use(from::copyTo) }
        taken(file.path)
    }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        app.pick = { pick.launch(PickVisualMediaRequest(PickVisualMedia.ImageOnly)) }
        setContent {
            val shell by app.shell.collectAsState()
            shell?.let { Shown(it) }
        }
    }

    override fun onDestroy() {
        app.pick = {}
        super.onDestroy()
    }
}

@androidx.compose.runtime.Composable
private fun Shown(shell: Shell) {
    val screen by shell.screen.collectAsState()
    BackHandler(enabled = screen is Screen.Visit) { shell.home() }
    App(shell)
}
