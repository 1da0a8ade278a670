//! The clocks of a device as real ones behave: they stop in sleep, begin anew at a boot, jump when somebody or the network sets
//! them, and run wrong by some parts per million. What is true is the time of the server.

use bianfang_domain::clock::ClockReading;

/// All clocks of one device, and the truth beside them.
#[derive(Debug, Clone)]
pub struct DeviceClocks {
    /// The true time, UTC milliseconds.
    pub true_ms: i64,
    wall_ms: i64,
    /// Counts sleep: CLOCK_BOOTTIME, mach_continuous_time.
    boot_ms: i64,
    /// Stops in sleep: CLOCK_MONOTONIC, CLOCK_UPTIME_RAW, and so `std::time::Instant`.
    awake_ms: i64,
    boots: u32,
    drift_ppm: i64,
}

impl DeviceClocks {
    /// All right, a day after the device was switched on.
    pub fn right(true_ms: i64) -> Self {
        let up = 86_400_000;
        Self { true_ms, wall_ms: true_ms, boot_ms: up, awake_ms: up, boots: 1, drift_ppm: 0 }
    }

    /// What a device gives that has such clocks.
    pub fn reading(&self) -> ClockReading {
        ClockReading { wall_ms: self.wall_ms, steady_ms: self.boot_ms, boot: format!("boot {}", self.boots) }
    }

    /// The same of a device whose steady clock is the one that stops in sleep.
    pub fn reading_awake(&self) -> ClockReading {
        ClockReading { steady_ms: self.awake_ms, ..self.reading() }
    }

    /// Time passes while it is awake.
    pub fn pass(&mut self, ms: i64) {
        let counted = self.counted(ms);
        self.awake_ms += counted;
        self.sleep(ms);
    }

    /// Time passes while it sleeps.
    pub fn sleep(&mut self, ms: i64) {
        let counted = self.counted(ms);
        self.true_ms += ms;
        self.wall_ms += counted;
        self.boot_ms += counted;
    }

    /// Somebody or the network moves the wall clock by so much.
    pub fn step(&mut self, ms: i64) {
        self.wall_ms += ms;
    }

    /// Somebody or the network sets the wall clock.
    pub fn set(&mut self, wall_ms: i64) {
        self.wall_ms = wall_ms;
    }

    /// It was off for so long and is on again; a clock of its own went on meanwhile.
    pub fn reboot(&mut self, off_ms: i64) {
        let counted = self.counted(off_ms);
        self.true_ms += off_ms;
        self.wall_ms += counted;
        (self.boot_ms, self.awake_ms) = (20_000, 20_000);
        self.boots += 1;
    }

    /// From now on it runs too fast by so many parts per million.
    pub fn drift(&mut self, ppm: i64) {
        self.drift_ppm = ppm;
    }

    fn counted(&self, ms: i64) -> i64 {
        ms + ms * self.drift_ppm / 1_000_000
    }
}
