//! From a reward to a success signal: how much better than expected.
//!
//! **Equations.** S = R − b + o σ_R. The baseline b is zero, the mean reward of all trials, or the mean
//! reward of this stimulus (a critic). Means run: R̄ ← R̄ + (R − R̄)/τ. σ_R² is the running mean of
//! (R − R̄_k)², with R̄_k the mean of the trial's own stimulus k whichever baseline is in use. The offset
//! o is an error made on purpose, in standard deviations of the reward.
//!
//! **State.** The running means and how many trials are in each: while there are fewer than τ, a mean
//! is that of all trials so far. The trial's own reward enters after it was judged; the first one of a
//! mean is its own baseline.
//!
//! **Source.** Frémaux, Sprekeler and Gerstner (2010, doi:10.1523/JNEUROSCI.6249-09.2010).
//!
//! **Method.** The recursion itself, in double precision.

use get_size2::GetSize;

/// What is taken off the reward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Baseline {
    /// Nothing.
    None,
    /// The mean reward of all trials.
    RunningMean,
    /// The mean reward of the trials with this stimulus.
    PerStimulus,
}

/// The constants of a success signal.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct SuccessParams {
    /// What is taken off.
    pub baseline: Baseline,
    /// Time constant τ of the means, in trials that enter them; at least 1.
    pub tau_trials: f64,
    /// What is added on purpose, in units of σ_R.
    pub offset: f64,
}

/// A running mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, GetSize)]
struct Mean {
    value: f64,
    num: u32,
}

impl Mean {
    fn add(&mut self, value: f64, tau: f64) {
        self.num = self.num.saturating_add(1);
        let weight = f64::from(self.num);
        self.value += (value - self.value) / if weight < tau { weight } else { tau };
    }

    /// The mean, or `first` before there is one.
    fn or(&self, first: f64) -> f64 {
        if self.num > 0 { self.value } else { first }
    }
}

/// Judges rewards.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct SuccessSignal {
    params: SuccessParams,
    all: Mean,
    per_stimulus: Vec<Mean>,
    variance: Mean,
}

impl SuccessSignal {
    /// A signal that has seen no reward yet.
    pub fn new(num_stimuli: usize, params: SuccessParams) -> Self {
        let per_stimulus = vec![Mean::default(); num_stimuli];
        Self { params, all: Mean::default(), per_stimulus, variance: Mean::default() }
    }

    /// Takes over other constants; the means stay.
    pub fn set_params(&mut self, params: SuccessParams) {
        self.params = params;
    }

    /// The success of a trial, whose reward enters the means afterwards.
    pub fn judge(&mut self, stimulus: usize, reward: f64) -> f64 {
        let SuccessParams { baseline, tau_trials, offset } = self.params;
        let own = self.per_stimulus[stimulus].or(reward);
        let expected = match baseline {
            Baseline::None => 0.0,
            Baseline::RunningMean => self.all.or(reward),
            Baseline::PerStimulus => own,
        };
        let success = reward - expected + offset * self.sigma();
        if self.per_stimulus[stimulus].num > 0 {
            self.variance.add((reward - own) * (reward - own), tau_trials);
        }
        self.all.add(reward, tau_trials);
        self.per_stimulus[stimulus].add(reward, tau_trials);
        success
    }

    /// What would be taken off the reward of the next trial with this stimulus.
    pub fn baseline(&self, stimulus: usize) -> f64 {
        match self.params.baseline {
            Baseline::None => 0.0,
            Baseline::RunningMean => self.all.value,
            Baseline::PerStimulus => self.per_stimulus[stimulus].value,
        }
    }

    /// σ_R: the standard deviation of the reward around the mean of its stimulus.
    pub fn sigma(&self) -> f64 {
        self.variance.value.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal(baseline: Baseline, tau_trials: f64, offset: f64) -> SuccessSignal {
        SuccessSignal::new(2, SuccessParams { baseline, tau_trials, offset })
    }

    #[test]
    fn a_mean_forgets_a_step_of_the_reward_as_a_power() {
        let mut signal = signal(Baseline::RunningMean, 10.0, 0.0);
        let successes: Vec<f64> = (0..50).map(|_| signal.judge(0, 2.0)).collect();
        assert_eq!(successes, [0.0; 50]);
        assert_eq!(signal.baseline(0), 2.0);
        // After n trials at 3 the mean is 3 − 0.9ⁿ, and trial n + 1 is judged by that.
        let mut gap = 1.0;
        for n in 0..100 {
            let success = signal.judge(1, 3.0);
            assert!((success - gap).abs() < 1e-12, "trial {n}: {success}, not {gap}");
            gap *= 0.9;
        }
    }

    #[test]
    fn until_tau_trials_a_mean_is_that_of_all() {
        let mut signal = signal(Baseline::PerStimulus, 10.0, 0.0);
        for (n, reward) in [4.0, 1.0, 7.0, 0.0].into_iter().enumerate() {
            let expected = if n == 0 { 0.0 } else { reward - [4.0, 2.5, 4.0][n - 1] };
            assert!((signal.judge(1, reward) - expected).abs() < 1e-12, "trial {n}");
        }
        assert_eq!((signal.baseline(0), signal.baseline(1)), (0.0, 3.0));
    }

    #[test]
    fn only_the_critic_has_no_mean_success_for_either_stimulus() {
        // Stimulus 0 pays 0.8 ± 0.1, stimulus 1 pays 0.2 ± 0.1, in turn.
        let rewards = [(0, 0.9), (1, 0.3), (0, 0.7), (1, 0.1)];
        let expected = [
            (Baseline::None, [0.8, 0.2]),
            (Baseline::RunningMean, [0.3, -0.3]),
            (Baseline::PerStimulus, [0.0, 0.0]),
        ];
        for (baseline, means) in expected {
            let mut signal = signal(baseline, 1_000.0, 0.0);
            let mut sums = [0.0; 2];
            for round in 0..20_000 {
                for (stimulus, reward) in rewards {
                    let success = signal.judge(stimulus, reward);
                    if round >= 10_000 {
                        sums[stimulus] += success / 20_000.0;
                    }
                }
            }
            for (sum, mean) in sums.into_iter().zip(means) {
                assert!((sum - mean).abs() < 1e-3, "{baseline:?}: {sums:?}");
            }
        }
    }

    #[test]
    fn an_offset_is_that_many_standard_deviations() {
        // ±0.1 around means of their own: σ_R = 0.1 whatever the means are.
        for baseline in [Baseline::None, Baseline::RunningMean, Baseline::PerStimulus] {
            let (mut with, mut without) =
                (signal(baseline, 500.0, -0.4), signal(baseline, 500.0, 0.0));
            let mut difference = 0.0;
            for round in 0..20_000 {
                let sign = if round / 2 % 2 == 0 { 0.1 } else { -0.1 };
                let reward = [0.8, 0.2][round % 2] + sign;
                difference = with.judge(round % 2, reward) - without.judge(round % 2, reward);
            }
            assert!((with.sigma() - 0.1).abs() < 2e-4, "{}", with.sigma());
            assert!((difference + 0.04).abs() < 1e-4, "{difference}");
        }
    }
}
