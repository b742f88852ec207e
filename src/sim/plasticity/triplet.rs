//! Triplets of spikes: how much a pair changes a weight depends on the spikes before it.
//!
//! **Equations.** Each input has traces r₁ (τ₊) and r₂ (τ_x), each output o₁ (τ₋) and o₂ (τ_y). An input
//! spike depresses, w ← w − o₁ (A₂⁻ + A₃⁻ r₂); an output spike potentiates, w ← w + r₁ (A₂⁺ + A₃⁺ o₂). r₂ and
//! o₂ are read before the spike itself adds to them. A spike adds 1 to its traces (all-to-all) or sets
//! them to 1 (nearest).
//!
//! **Coincidence.** Δt = 0 is a pair of a chosen order. With the input first, as the rows of [`ROWS`] have it, it is the
//! limit of Δt → 0 from above: r₁ has the input spike in it already, o₁ not yet the output spike, and the pair
//! potentiates. With [`TripletParams::is_post_first`] it is the limit from below and depresses. r₂ and o₂ know earlier
//! ticks only, in either order.
//!
//! **State.** `r1 r2 o1 o2`.
//!
//! **Source.** Pfister and Gerstner (2006, doi:10.1523/JNEUROSCI.1425-06.2006). Amplitudes, slow time constants
//! and pairing were fitted together: take one of [`ROWS`] whole. They are shares of the weight before
//! the protocol, so they suit weights around 1.
//!
//! **Method.** Exact on the grid, and between grid points with [`Triplet::jump_ms`]. On a grid of 1 ms the
//! order of updates costs some 6 % at 50 Hz.

use get_size2::GetSize;

use super::pair_stdp::column;
use super::traces::Traces;
use super::weight_dependence::{Bound, WeightDependence};
use crate::TimeGrid;

/// The constants of the rule.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct TripletParams {
    /// Potentiation of a pair.
    pub a2_plus: f64,
    /// Potentiation of an output-input-output triplet.
    pub a3_plus: f64,
    /// Depression of a pair.
    pub a2_minus: f64,
    /// Depression of an input-output-input triplet.
    pub a3_minus: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// Memory of the inputs' earlier spikes.
    pub tau_x_ms: f64,
    /// Memory of the outputs' earlier spikes.
    pub tau_y_ms: f64,
    /// Only the latest spike counts.
    pub is_nearest: bool,
    /// Least weight.
    pub w_min: f64,
    /// Greatest weight.
    pub w_max: f64,
    /// Dependence on the weight; the source has none.
    pub bound: Bound,
    /// Spikes of one tick depress; otherwise they potentiate.
    pub is_post_first: bool,
}

/// One published set of constants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TripletRow {
    /// Name, as in a menu.
    pub name: &'static str,
    /// How well its numbers are known.
    pub origin: &'static str,
    /// `[A₂⁺, A₃⁺, A₂⁻, A₃⁻]`
    pub amplitudes: [f64; 4],
    /// τ_x; where A₃⁻ is 0 it does nothing.
    pub tau_x_ms: f64,
    /// τ_y
    pub tau_y_ms: f64,
    /// Pairing.
    pub is_nearest: bool,
}

/// Where a row's numbers come from: they agree in several independent rebuilds.
const REBUILT: &str = "read in independent rebuilds";
/// The time constants from rebuilds; the amplitudes are confirmed by the fit's error alone.
const FITTED: &str = "amplitudes confirmed by the published error of the fit";
/// Not verified against another source.
const RECALLED: &str = "recalled, not verified";

/// τ₊ and τ₋ of all rows.
pub const WINDOWS_MS: [f64; 2] = [16.8, 33.7];

/// All fits of Pfister and Gerstner: four to visual cortex (Sjöström et al. 2001), four to hippocampus
/// (Wang et al. 2005).
pub const ROWS: &[TripletRow] = &[
    TripletRow {
        name: "visual cortex, all-to-all, full",
        origin: REBUILT,
        amplitudes: [5e-10, 6.2e-3, 7e-3, 2.3e-4],
        tau_x_ms: 101.0,
        tau_y_ms: 125.0,
        is_nearest: false,
    },
    TripletRow {
        name: "visual cortex, all-to-all, minimal",
        origin: REBUILT,
        amplitudes: [0.0, 6.5e-3, 7.1e-3, 0.0],
        tau_x_ms: 101.0,
        tau_y_ms: 114.0,
        is_nearest: false,
    },
    TripletRow {
        name: "visual cortex, nearest, full",
        origin: FITTED,
        amplitudes: [8.8e-11, 5.3e-2, 6.6e-3, 3.1e-3],
        tau_x_ms: 714.0,
        tau_y_ms: 40.0,
        is_nearest: true,
    },
    TripletRow {
        name: "visual cortex, nearest, minimal",
        origin: REBUILT,
        amplitudes: [0.0, 5e-2, 8e-3, 0.0],
        tau_x_ms: 714.0,
        tau_y_ms: 40.0,
        is_nearest: true,
    },
    TripletRow {
        name: "hippocampus, all-to-all, full",
        origin: REBUILT,
        amplitudes: [6.1e-3, 6.7e-3, 1.6e-3, 1.4e-3],
        tau_x_ms: 946.0,
        tau_y_ms: 27.0,
        is_nearest: false,
    },
    TripletRow {
        name: "hippocampus, all-to-all, minimal",
        origin: REBUILT,
        amplitudes: [5.3e-3, 8e-3, 3.5e-3, 0.0],
        tau_x_ms: 946.0,
        tau_y_ms: 40.0,
        is_nearest: false,
    },
    TripletRow {
        name: "hippocampus, nearest, full",
        origin: REBUILT,
        amplitudes: [4.6e-3, 9.1e-3, 3e-3, 7.5e-9],
        tau_x_ms: 575.0,
        tau_y_ms: 47.0,
        is_nearest: true,
    },
    TripletRow {
        name: "hippocampus, nearest, minimal",
        origin: RECALLED,
        amplitudes: [4.6e-3, 9.1e-3, 3e-3, 0.0],
        tau_x_ms: 575.0,
        tau_y_ms: 48.0,
        is_nearest: true,
    },
];

impl TripletRow {
    /// The row as it was fitted: additive and unbounded, spikes of one tick potentiate.
    pub fn params(&self) -> TripletParams {
        let [a2_plus, a3_plus, a2_minus, a3_minus] = self.amplitudes;
        let [tau_plus_ms, tau_minus_ms] = WINDOWS_MS;
        TripletParams {
            a2_plus,
            a3_plus,
            a2_minus,
            a3_minus,
            tau_plus_ms,
            tau_minus_ms,
            tau_x_ms: self.tau_x_ms,
            tau_y_ms: self.tau_y_ms,
            is_nearest: self.is_nearest,
            w_min: 0.0,
            w_max: 1.0,
            bound: Bound::Unbounded,
            is_post_first: false,
        }
    }
}

/// The traces of one projection.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Triplet {
    params: TripletParams,
    dependence: WeightDependence,
    num_post: u32,
    r1: Traces,
    r2: Traces,
    o1: Traces,
    o2: Traces,
}

impl Triplet {
    /// A rule without any spike behind it.
    pub fn new(num_pre: usize, num_post: usize, params: TripletParams, grid: TimeGrid) -> Self {
        Self {
            dependence: WeightDependence::new(params.bound, params.w_min, params.w_max),
            num_post: num_post as u32,
            r1: Traces::new(num_pre, params.tau_plus_ms, grid),
            r2: Traces::new(num_pre, params.tau_x_ms, grid),
            o1: Traces::new(num_post, params.tau_minus_ms, grid),
            o2: Traces::new(num_post, params.tau_y_ms, grid),
            params,
        }
    }

    /// Takes over other amplitudes and bounds; time constants, pairing and order stay.
    pub fn set_params(&mut self, params: TripletParams) {
        let old = self.params;
        self.dependence = WeightDependence::new(params.bound, params.w_min, params.w_max);
        self.params = TripletParams {
            tau_plus_ms: old.tau_plus_ms,
            tau_minus_ms: old.tau_minus_ms,
            tau_x_ms: old.tau_x_ms,
            tau_y_ms: old.tau_y_ms,
            is_nearest: old.is_nearest,
            is_post_first: old.is_post_first,
            ..params
        };
    }

    /// r₁, o₁, r₂, o₂ of this input and this output.
    pub fn traces(&self, pre: usize, post: usize) -> [f32; 4] {
        let Self { r1, o1, r2, o2, .. } = self;
        [r1.value(pre), o1.value(post), r2.value(pre), o2.value(post)]
    }

    /// Output spikes of a tick are to be handed over before its input spikes, not after them.
    pub fn is_post_first(&self) -> bool {
        self.params.is_post_first
    }

    /// Lets the traces decay by one tick.
    #[inline]
    pub fn tick(&mut self) {
        self.r1.tick();
        self.r2.tick();
        self.o1.tick();
        self.o2.tick();
    }

    /// Lets the traces decay by any time.
    pub fn jump_ms(&mut self, ms: f64) {
        self.r1.jump_ms(ms);
        self.r2.jump_ms(ms);
        self.o1.jump_ms(ms);
        self.o2.jump_ms(ms);
    }

    /// An input spike: depresses `row`, its weights to every output.
    pub fn pre_spike(&mut self, pre: usize, row: &mut [f32]) {
        let amplitude =
            self.params.a2_minus as f32 + self.params.a3_minus as f32 * self.r2.value(pre);
        let (o1, factor) = self.o1.scaled();
        self.dependence.depress(row.iter_mut().zip(o1), amplitude * factor);
        bump(&mut self.r1, pre, self.params.is_nearest);
        bump(&mut self.r2, pre, self.params.is_nearest);
    }

    /// An output spike: potentiates its column of `weights[pre × num_post + post]`.
    pub fn post_spike(&mut self, post: usize, weights: &mut [f32]) {
        let amplitude =
            self.params.a2_plus as f32 + self.params.a3_plus as f32 * self.o2.value(post);
        let (r1, factor) = self.r1.scaled();
        let gain = amplitude * factor;
        if self.num_post == 1 {
            // The same as below; contiguous loops vectorise.
            self.dependence.potentiate(weights.iter_mut().zip(r1), gain);
        } else {
            let column = column(weights, post, self.num_post as usize);
            self.dependence.potentiate(column.zip(r1), gain);
        }
        bump(&mut self.o1, post, self.params.is_nearest);
        bump(&mut self.o2, post, self.params.is_nearest);
    }

    /// Forgets all spikes.
    pub fn reset(&mut self) {
        self.r1.clear_all();
        self.r2.clear_all();
        self.o1.clear_all();
        self.o2.clear_all();
    }
}

fn bump(traces: &mut Traces, i: usize, is_nearest: bool) {
    if is_nearest {
        traces.set(i, 1.0);
    } else {
        traces.add(i, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math;

    /// w after spikes at these times: `true` is an input spike.
    fn weight(row: usize, spikes: &[(f64, bool)]) -> f64 {
        let mut rule = Triplet::new(1, 1, ROWS[row].params(), TimeGrid::new(1.0));
        let (mut w, mut now_ms) = ([0.0_f32], 0.0);
        for &(at_ms, is_pre) in spikes {
            rule.jump_ms(at_ms - now_ms);
            now_ms = at_ms;
            if is_pre {
                rule.pre_spike(0, &mut w);
            } else {
                rule.post_spike(0, &mut w);
            }
        }
        f64::from(w[0])
    }

    #[test]
    fn a_triplet_is_its_closed_form() {
        let e = |ms: f64, tau: f64| math::exp_f64(-ms / tau);
        // Output, input, output: o₂ of the first output spike counts, that of the second does not.
        let got = weight(4, &[(0.0, false), (5.0, true), (12.0, false)]);
        let expected = -1.6e-3 * e(5.0, 33.7) + e(7.0, 16.8) * (6.1e-3 + 6.7e-3 * e(12.0, 27.0));
        assert!((got - expected).abs() < 1e-8, "{got} {expected}");
        // Input, output, input.
        let got = weight(4, &[(0.0, true), (5.0, false), (12.0, true)]);
        let expected = 6.1e-3 * e(5.0, 16.8) - e(7.0, 33.7) * (1.6e-3 + 1.4e-3 * e(12.0, 946.0));
        assert!((got - expected).abs() < 1e-8, "{got} {expected}");
    }

    #[test]
    fn nearest_pairing_forgets_all_but_the_last_spike() {
        let twice = [(0.0, true), (3.0, true), (8.0, false)];
        let once = [(3.0, true), (8.0, false)];
        assert!((weight(6, &twice) - weight(6, &once)).abs() < 1e-9);
        assert!(weight(4, &twice) > 1.5 * weight(4, &once));
    }
}
