//! Bursts: the brighter a pixel, the more spikes it fires and the closer they follow one another.
//!
//! **Equations.** ⌈N x⌉ spikes from the onset on, at intervals of ⌈T_max − (T_max − T_min) x⌉ steps; x = 0 stays silent.
//! T_min is 2 steps; T_max is as long as every burst fits into the presentation. A reader takes the mean interval, and holds
//! the result within what the number of spikes allows. A pixel with a single spike has no interval and is read as ½/N, so
//! the darkest pixels are read worst.
//!
//! **Source.** Guo, Fouda, Eltawil and Salama (2021, doi:10.3389/fnins.2021.638474), after Eyherabide et al. (2009,
//! doi:10.3389/neuro.01.002.2009).

use get_size2::GetSize;

/// The shortest interval.
const T_MIN: f64 = 2.0;

/// A burst code for presentations of some length.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct Burst {
    most: u32,
    t_max: f64,
}

impl Burst {
    /// Up to `most` spikes within `num_steps`.
    pub fn new(most: u32, num_steps: u32) -> Self {
        let fits = |t_max: u32| {
            let burst = Self { most, t_max: f64::from(t_max) };
            // The longest burst of each number of spikes is that of its darkest pixel.
            (1..=most).all(|num| {
                let darkest = f64::from(num - 1) / f64::from(most);
                (num - 1) * burst.interval(darkest) < num_steps
            })
        };
        let longest = (3..=num_steps).rev().find(|t_max| fits(*t_max)).unwrap_or(3);
        Self { most, t_max: f64::from(longest) }
    }

    /// Spikes of a pixel.
    pub fn num_spikes(&self, x: f64) -> u32 {
        (x * f64::from(self.most)).ceil() as u32
    }

    /// Steps from one spike of a pixel to the next.
    pub fn interval(&self, x: f64) -> u32 {
        (self.t_max - (self.t_max - T_MIN) * x).ceil() as u32
    }

    /// The steps of a pixel's spikes.
    pub fn steps(&self, x: f64) -> impl Iterator<Item = u32> + use<> {
        let interval = self.interval(x);
        (0..self.num_spikes(x)).map(move |spike| spike * interval)
    }

    /// What a pixel is read as that has fired `num` times, in steps `first` to `last`, after `done` steps.
    pub fn read(&self, num: u32, (first, last): (u32, u32), done: u32) -> f64 {
        if num == 0 {
            // Every burst begins with the picture.
            return if done == 0 { 0.5 } else { 0.0 };
        }
        let most = f64::from(self.most);
        let of_interval = |interval: f64| (self.t_max - interval + 0.5) / (self.t_max - T_MIN);
        if num == 1 {
            let waited = f64::from(done - first.min(done));
            return (of_interval(waited) / 2.0).clamp(0.5 / most, 0.5);
        }
        let interval = f64::from(last - first) / f64::from(num - 1);
        let is_over = f64::from(done) > f64::from(last) + interval + 1.0;
        let low = f64::from(num - 1) / most;
        let high = if is_over { f64::from(num) / most } else { 1.0 };
        // More spikes than there can be: some are noise.
        of_interval(interval).clamp(low.min(1.0), high.clamp(low.min(1.0), 1.0))
    }
}
