"""The clock of this computer that nobody sets and that counts sleep."""

import os
import time

from .bianfang_ffi import SteadyClock

# On macOS the clock of the second name counts sleep.
CLOCK = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


class BootClock(SteadyClock):
    def steady_ms(self):
        return time.clock_gettime_ns(CLOCK) // 1_000_000

    def boot(self):
        try:
            with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as told:
                return told.read().strip()
        except OSError:
            return f"process {os.getpid()}"
