// The device's clock that nobody sets and that counts sleep: System.nanoTime stops in deep sleep, this one does not.
package bianfang.app

import android.content.ContentResolver
import android.os.Process
import android.os.SystemClock
import android.provider.Settings
import bianfang.data.SteadyClock

class BootClock(private val settings: ContentResolver) : SteadyClock {
    override fun steadyMs(): Long = SystemClock.elapsedRealtime()

    /** A device that does not count its boots gives each process a name of its own: then a restart counts as a boot. */
    override fun boot(): String {
        val count = Settings.Global.getInt(settings, Settings.Global.BOOT_COUNT, -1)
        return if (count >= 0) "boot $count" else "process ${Process.myPid()} ${SystemClock.elapsedRealtime()}"
    }
}
