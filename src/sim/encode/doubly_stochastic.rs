//! Inputs whose rates fluctuate together: doubly stochastic, so spikes are correlated only through
//! their rates.
//!
//! **Equations.** Every interval, exponentially long with mean τ_c, draws y for each group and x_a
//! for every input, all standard normal. Until the next, input a fires with rate r_a = r (1 + σ (√c
//! y + √(1 − c) x_a)), or not at all where that is negative. So rates have correlation c and the
//! cross-covariance of the trains is r² σ² c e^(−|s|/τ_c); counts have a much smaller correlation,
//! which grows with the bin. Cutting off negative rates raises the mean by 0.4 % at σ = 0.5.
//!
//! **State.** The rates, when they change, and when each input fires next.
//!
//! **Source.** Song and Abbott (2001, doi:10.1016/S0896-6273(01)00451-2), there with σ = 0.3 √2 and
//! c = 0.5.
//!
//! **Method.** Exact waiting times, drawn anew with every change of rate, see
//! [`waiting`](super::waiting).

use get_size2::GetSize;

use super::Group;
use super::poisson::{Counting, Poisson};
use super::waiting::geometric_ticks;
use crate::{Stream, Tick, TimeGrid, math};

/// What the inputs have in common.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct RateParams {
    /// Mean rate, but for the cut.
    pub rate_hz: f32,
    /// Standard deviation of a rate, in units of the mean.
    pub sigma: f32,
    /// Mean length of an interval.
    pub tau_ms: f64,
}

/// Inputs with common fluctuations of rate within each group.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct DoublyStochastic {
    params: RateParams,
    tau_ticks: f32,
    groups: Vec<Group>,
    rates_hz: Vec<f32>,
    next_change: Tick,
    inputs: Poisson,
    stream: Stream,
}

impl DoublyStochastic {
    /// `num_inputs` inputs; the groups follow one another from input 0 on. Random numbers come from
    /// the streams `name` and `name` + " rates".
    pub fn new(
        params: RateParams,
        num_inputs: usize,
        groups: &[Group],
        grid: TimeGrid,
        (seed, name): (u32, &str),
    ) -> Self {
        let rates_hz = vec![0.0; num_inputs];
        Self {
            params,
            tau_ticks: (params.tau_ms / grid.dt_ms()) as f32,
            groups: groups.into(),
            inputs: Poisson::new(Counting::OncePerTick, &rates_hz, grid, Stream::new(seed, name)),
            rates_hz,
            next_change: 0,
            stream: Stream::new(seed, &[name, " rates"].concat()),
        }
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        self.inputs.num_inputs()
    }

    /// The present rates.
    pub fn rates_hz(&self) -> &[f32] {
        &self.rates_hz
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        "common fluctuations of rate (doubly stochastic)"
    }

    /// The inputs that fire in this tick, ascending.
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        if tick >= self.next_change {
            self.draw_rates();
            self.inputs.set_rates(&self.rates_hz, tick);
            self.next_change = tick + geometric_ticks(&mut self.stream, self.tau_ticks);
        }
        self.inputs.fire(tick, spikes);
    }

    fn draw_rates(&mut self) {
        let RateParams { rate_hz, sigma, .. } = self.params;
        // Those in no group have only fluctuations of their own.
        let rest = Group { size: u32::MAX, correlation: 0.0 };
        let mut rates = self.rates_hz.iter_mut();
        for group in self.groups.iter().chain([&rest]) {
            let c = group.correlation.clamp(0.0, 1.0);
            let (common, own) = (c.sqrt() * self.stream.normal(), (1.0 - c).sqrt());
            for rate in rates.by_ref().take(group.size as usize) {
                let z = common + own * self.stream.normal();
                *rate = (rate_hz * (1.0 + sigma * z)).max(0.0);
            }
        }
    }

    /// No input fires in `from..` this tick.
    pub fn next_tick(&self, from: Tick) -> Tick {
        self.inputs.next_tick(from).min(self.next_change.max(from))
    }

    /// Correlation of the counts of two inputs of a group in bins of `bin_ms`, but for the cut.
    pub fn expected_correlation(&self, group: usize, bin_ms: f64) -> f64 {
        let RateParams { rate_hz, sigma, tau_ms } = self.params;
        let (rate, bins) = (f64::from(rate_hz) / 1_000.0, bin_ms / tau_ms);
        let area = 2.0 * tau_ms * tau_ms * (bins - 1.0 + math::exp_f64(-bins));
        let common = rate * rate * f64::from(sigma * sigma) * area;
        f64::from(self.groups[group].correlation) * common / (rate * bin_ms + common)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::tests::count;

    #[test]
    fn rates_and_correlations_follow_theory() {
        let params = RateParams { rate_hz: 40.0, sigma: 0.4, tau_ms: 20.0 };
        for (bin_ticks, correlation) in [(20, 0.5), (200, 0.5), (200, 1.0)] {
            let groups = [Group { size: 4, correlation }];
            let grid = TimeGrid::new(1.0);
            let mut source = DoublyStochastic::new(params, 8, &groups, grid, (2, "input"));
            let fire = |tick, spikes: &mut Vec<u32>| source.fire(tick, spikes);
            let found = count(8, 2_000_000, bin_ticks, fire);
            let theory = source.expected_correlation(0, bin_ticks as f64);
            let measured = found.mean_correlation(0..4);
            assert!((measured - theory).abs() < 0.015, "{bin_ticks}: {measured} for {theory}");
            assert!(theory > 0.02, "{theory}");
            assert!(found.mean_correlation(4..8).abs() < 0.01);
            for rate in found.rates_hz(1.0) {
                assert!((rate / 40.0 - 1.0).abs() < 0.03, "{rate} Hz");
            }
        }
    }

    #[test]
    fn rates_fluctuate_as_asked() {
        let params = RateParams { rate_hz: 10.0, sigma: 0.2, tau_ms: 5.0 };
        let groups = [Group { size: 50, correlation: 0.5 }];
        let grid = TimeGrid::new(1.0);
        let mut source = DoublyStochastic::new(params, 100, &groups, grid, (2, "input"));
        let (mut sum, mut square, mut product, mut n) = (0.0, 0.0, 0.0, 0.0);
        let mut spikes = Vec::new();
        for tick in 0..100_000 {
            source.fire(tick, &mut spikes);
            let of = |input: usize| f64::from(source.rates_hz()[input]) - 10.0;
            sum += of(0);
            square += of(0) * of(0);
            product += of(0) * of(1);
            n += 1.0;
        }
        assert!((sum / n).abs() < 0.1, "{}", sum / n);
        assert!((square / n / 4.0 - 1.0).abs() < 0.05, "{}", square / n);
        assert!((product / square - 0.5).abs() < 0.03, "{}", product / square);
    }
}
