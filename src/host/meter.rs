//! How fast a run goes.

/// Simulated time per real time over about the last second.
#[derive(Default)]
pub struct SpeedMeter {
    start_ms: Option<f64>,
    sim_ms: f64,
}

impl SpeedMeter {
    /// So much was simulated up to this moment.
    pub fn add(&mut self, sim_ms: f64, now_ms: f64) {
        let start_ms = *self.start_ms.get_or_insert(now_ms);
        self.sim_ms += sim_ms;
        if now_ms - start_ms > 1_000.0 {
            // Halving both keeps the ratio and lets old times fade.
            self.sim_ms /= 2.0;
            self.start_ms = Some(now_ms - (now_ms - start_ms) / 2.0);
        }
    }

    /// Simulated milliseconds per real one.
    pub fn ratio(&self, now_ms: f64) -> f64 {
        let elapsed_ms = now_ms - self.start_ms.unwrap_or(now_ms);
        if elapsed_ms > 0.0 { self.sim_ms / elapsed_ms } else { 0.0 }
    }
}
