//! The one place that looks at the machine's clocks.

use std::time::Instant;

use cpu_time::ProcessTime;

/// Milliseconds since it was made.
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[expect(clippy::disallowed_methods, reason = "the command line is where the clock comes from")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn ms(&self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1_000.0
    }
}

/// Seconds that the machine's processors spend on `work`, whatever else they do meanwhile.
pub fn cpu_s<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = ProcessTime::now();
    let done = work();
    (start.elapsed().as_secs_f64(), done)
}
