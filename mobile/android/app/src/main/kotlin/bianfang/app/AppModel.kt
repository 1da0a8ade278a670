// What outlives the activity: the open store and where the user is. Turning the phone must not close a form.
package bianfang.app

import android.app.Application
import android.os.Build
import androidx.lifecycle.AndroidViewModel
import androidx.lifecycle.viewModelScope
import bianfang.data.openPhone
import bianfang.shell.Device
import bianfang.shell.Shell
import java.io.File
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch

class AppModel(application: Application) : AndroidViewModel(application), Device {
    private val opened = MutableStateFlow<Shell?>(null)
    val shell: StateFlow<Shell?> = opened.asStateFlow()

    /** Who waits for a photo while the picker is open. */
    var waiting: ((String) -> Unit)? = null

    /** Opens the picker of the activity that is there now. */
    var pick: () -> Unit = {}

    private var close: () -> Unit = {}

    init {
        viewModelScope.launch {
            application.cacheDir.listFiles { file -> file.name.startsWith("photo") }?.forEach(File::delete)
            val key = StoreKey(application).get()
            val phone = openPhone(File(application.filesDir, "store").path, key, BootClock(application.contentResolver))
            key.fill(0)
            close = phone::close
            opened.value = Shell(phone, viewModelScope, this@AppModel)
        }
    }

    override val model: String = "${Build.MANUFACTURER} ${Build.MODEL}"

    override fun now(): Long = System.currentTimeMillis()

    override fun photo(taken: (path: String) -> Unit) {
        waiting = taken
        pick()
    }

    /** Not there yet: the invitation is pasted. */
    override fun scan(read: (text: String) -> Unit) = Unit

    override fun onCleared() = close()
}
