//! Voltage-based plasticity: what a weight learns depends on the potential of its receiver, not on the receiver's spikes.
//!
//! **Equations.** Each output has its potential u, filtered twice, τ∓ dū∓/dt = u − ū∓; each input a trace x̄, to which a
//! spike adds 1/τ_x and which decays with τ_x. An input spike depresses,
//! w ← w − A_LTD [ū₋ − θ₋]₊, and what is depolarised potentiates all the time,
//! dw/dt = A_LTP x̄ [u − θ₊]₊ [ū₊ − θ₋]₊. Both filtered potentials are read as they were a lag ago. With homeostasis A_LTD
//! is multiplied by ⟨(u − E_L)²⟩/u_ref², whose mean is taken over τ_u.
//!
//! **The lag** keeps a spike from potentiating by its own depolarisation: a filter of 7 ms moves by 26 mV during a spike
//! of 2 ms. The paper's text has none; the authors' program (ModelDB 144566, `VoTri.m`) reads filters of 4 ms before, and
//! so does [`VoltageStdpParams::VISUAL_CORTEX`]. NEST's `clopath_synapse` has it as `delay_u_bars`, by default 5 ms, and 4 ms
//! in its example. Without it every pair at +10 ms potentiates at any rate, which the data do not.
//!
//! **What it needs.** A potential that shows spikes: of neurons that are reset at threshold it sees nothing above θ₊. How
//! long a spike is counts as much as how high, so take neurons that hold it ([`SpikeShape`](crate::neuron::SpikeShape)).
//!
//! **Homeostasis.** The mean is of the square, as in the program; the paper writes it as ū̄², and NEST squares a filtered
//! ū₋ that is not relative to rest.
//!
//! **State.** x̄ of each input; ū₋, ū₊ and the mean square of each output, and the first two for the time of the lag.
//!
//! **Source.** Clopath, Büsing, Vasilaki and Gerstner (2010, doi:10.1038/nn.2479).
//!
//! **Method.** A tick is [`VoltageStdp::tick`], [`VoltageStdp::observe`] and then the input spikes, as in the program. Each
//! observed potential stands for the whole of its tick, and x̄ is integrated over it exactly; the lagged ū₊ is taken as it
//! was. So weights are exact where potentials stand still, and off by order dt where they move. Pairings at +10 ms and 0.1,
//! 10, 20, 40 and 50 Hz leave 100, 103, 115, 145 and 165 % of the weight, at −10 ms 73, 59, 59, 103 and 146 % (a test has
//! them). With Euler steps of 1 ms, as the program takes them, it is 100, 103, 116, 146, 165 and 79, 67, 67, 103, 138 %.

use get_size2::GetSize;

use super::pair_stdp::column;
use super::traces::Traces;
use super::weight_dependence::{Bound, WeightDependence};
use crate::{TimeGrid, math};

/// The constants of the rule.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct VoltageStdpParams {
    /// A_LTD, depression by an input spike for each mV; with homeostasis at the reference.
    pub a_ltd: f64,
    /// A_LTP, potentiation for each mV² by an x̄ that lasts with 1 spike per ms for 1 ms.
    pub a_ltp: f64,
    /// θ₋, above which filtered potentials count.
    pub theta_minus_mv: f64,
    /// θ₊, above which the potential counts.
    pub theta_plus_mv: f64,
    /// Filter of the potential that depresses.
    pub tau_minus_ms: f64,
    /// Filter of the potential that potentiates.
    pub tau_plus_ms: f64,
    /// Memory of the input.
    pub tau_x_ms: f64,
    /// How much older the filtered potentials are than the potential, at least 0.
    pub lag_ms: f64,
    /// E_L, where potentials begin, and from which depolarisation is measured for the homeostasis.
    pub e_l_mv: f64,
    /// u_ref², the mean square depolarisation at which depression is A_LTD; none: it does not change.
    pub u_ref_mv2: Option<f64>,
    /// Time over which that mean is taken.
    pub tau_u_ms: f64,
    /// Least weight.
    pub w_min: f64,
    /// Greatest weight.
    pub w_max: f64,
}

impl VoltageStdpParams {
    /// Visual cortex, as in the authors' program for the pairings of Sjöström et al. (2001): without homeostasis.
    pub const VISUAL_CORTEX: Self = Self {
        a_ltd: 14e-5,
        a_ltp: 8e-5,
        theta_minus_mv: -70.6,
        theta_plus_mv: -45.3,
        tau_minus_ms: 10.0,
        tau_plus_ms: 7.0,
        tau_x_ms: 15.0,
        lag_ms: 4.0,
        e_l_mv: -70.6,
        u_ref_mv2: None,
        tau_u_ms: 1_200.0,
        w_min: 0.0,
        w_max: 1.0,
    };
}

/// The traces of one projection.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct VoltageStdp {
    dependence: WeightDependence,
    num_post: u32,
    a_ltd: f32,
    /// A_LTP times the integral over a tick of an x̄ that ends it at 1/τ_x.
    a_ltp: f32,
    theta_minus_mv: f32,
    theta_plus_mv: f32,
    e_l_mv: f32,
    per_reference: Option<f32>,
    /// How much of the way to the potential filters go in a tick: ū₋, ū₊, mean square.
    shares: [f32; 3],
    /// In units of 1/τ_x.
    x: Traces,
    /// ū₋ − θ₋ and ū₊ − θ₋.
    filtered_mv: Vec<[f32; 2]>,
    mean_square_mv2: Vec<f32>,
    /// What of these is above 0, for the ticks of the lag and the one that is now.
    past_mv: Vec<[f32; 2]>,
    /// Where the oldest begins.
    oldest: u32,
    /// What an input spike depresses each output's weights by, over A_LTD.
    depression_mv: Vec<f32>,
}

impl VoltageStdp {
    /// A rule at rest, without any spike behind it.
    pub fn new(
        num_pre: usize,
        num_post: usize,
        params: &VoltageStdpParams,
        grid: TimeGrid,
    ) -> Self {
        let dt_ms = grid.dt_ms();
        let share = |tau_ms: f64| (1.0 - math::exp_f64(-dt_ms / tau_ms)) as f32;
        let integral = math::exp_f64(dt_ms / params.tau_x_ms) - 1.0;
        let num_kept = grid.ticks_from_ms(params.lag_ms) as usize + 1;
        let mut rule = Self {
            dependence: WeightDependence::new(Bound::Hard, params.w_min, params.w_max),
            num_post: num_post as u32,
            a_ltd: params.a_ltd as f32,
            a_ltp: (params.a_ltp * integral) as f32,
            theta_minus_mv: params.theta_minus_mv as f32,
            theta_plus_mv: params.theta_plus_mv as f32,
            e_l_mv: params.e_l_mv as f32,
            per_reference: params.u_ref_mv2.map(|reference| 1.0 / reference as f32),
            shares: [params.tau_minus_ms, params.tau_plus_ms, params.tau_u_ms].map(share),
            x: Traces::new(num_pre, params.tau_x_ms, grid),
            filtered_mv: vec![[0.0; 2]; num_post],
            mean_square_mv2: vec![0.0; num_post],
            past_mv: vec![[0.0; 2]; num_kept * num_post],
            oldest: 0,
            depression_mv: vec![0.0; num_post],
        };
        rule.reset();
        rule
    }

    /// x̄ of this input in units of 1/τ_x, and ū₋ − θ₋ and ū₊ − θ₋ of this output without a lag.
    pub fn traces(&self, pre: usize, post: usize) -> [f32; 3] {
        let [minus, plus] = self.filtered_mv[post];
        [self.x.value(pre), minus, plus]
    }

    /// The mean square depolarisation of each output, which homeostasis looks at.
    pub fn mean_square_mv2(&self) -> &[f32] {
        &self.mean_square_mv2
    }

    /// Lets the inputs' traces decay by one tick.
    #[inline]
    pub fn tick(&mut self) {
        self.x.tick();
    }

    /// Lets the inputs' traces decay by any time, in which no potential is observed.
    pub fn jump_ms(&mut self, ms: f64) {
        self.x.jump_ms(ms);
    }

    /// The potentials of this tick, before they are reset: moves the filters, and potentiates
    /// `weights[pre × num_post + post]` of outputs above θ₊. Whether there were any.
    pub fn observe(&mut self, v_mv: &[f32], weights: &mut [f32]) -> bool {
        let num_post = self.num_post as usize;
        let now = self.oldest as usize;
        let lagged = if now + num_post < self.past_mv.len() { now + num_post } else { 0 };
        self.oldest = lagged as u32;
        let [to_minus, to_plus, to_square] = self.shares;
        let mut is_any = false;
        for (post, v) in v_mv.iter().enumerate() {
            let [minus, plus] = &mut self.filtered_mv[post];
            let u = v - self.theta_minus_mv;
            *minus += (u - *minus) * to_minus;
            *plus += (u - *plus) * to_plus;
            let square = &mut self.mean_square_mv2[post];
            let depolarised = v - self.e_l_mv;
            *square += (depolarised * depolarised - *square) * to_square;
            self.past_mv[now + post] = [math::larger(*minus, 0.0), math::larger(*plus, 0.0)];
            let [minus, plus] = self.past_mv[lagged + post];
            self.depression_mv[post] = match self.per_reference {
                Some(per_reference) => minus * *square * per_reference,
                None => minus,
            };
            let above = v - self.theta_plus_mv;
            if above > 0.0 && plus > 0.0 {
                is_any = true;
                let (x, factor) = self.x.scaled();
                let gain = self.a_ltp * above * plus * factor;
                self.dependence.potentiate(column(weights, post, num_post).zip(x), gain);
            }
        }
        is_any
    }

    /// An input spike: depresses `row`, its weights to every output.
    pub fn pre_spike(&mut self, pre: usize, row: &mut [f32]) {
        self.dependence.depress(row.iter_mut().zip(&self.depression_mv), self.a_ltd);
        self.x.add(pre, 1.0);
    }

    /// Forgets all spikes; potentials are at rest, and have been for as long as filters remember.
    pub fn reset(&mut self) {
        let rest_mv = self.e_l_mv - self.theta_minus_mv;
        let read_mv = math::larger(rest_mv, 0.0);
        self.x.clear_all();
        self.filtered_mv.fill([rest_mv; 2]);
        self.mean_square_mv2.fill(0.0);
        self.past_mv.fill([read_mv; 2]);
        self.depression_mv.fill(if self.per_reference.is_some() { 0.0 } else { read_mv });
        self.oldest = 0;
    }
}

#[cfg(test)]
mod tests;
