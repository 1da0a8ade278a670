// The clock of this computer that nobody sets and that counts sleep, as Linux tells it.
package bianfang

import bianfang.data.SteadyClock
import java.nio.file.Path
import kotlin.io.path.readText

class BootClock : SteadyClock {
    override fun steadyMs(): Long = (Path.of("/proc/uptime").readText().substringBefore(' ').toDouble() * 1000).toLong()

    override fun boot(): String = Path.of("/proc/sys/kernel/random/boot_id").readText().trim()
}
