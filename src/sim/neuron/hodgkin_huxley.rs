//! Hodgkin and Huxley's neurons: spikes made by sodium and potassium channels that open and close.
//!
//! **Equations.** C dV/dt = g_Na m³h (E_Na − V) + g_K n⁴ (E_K − V) + g_L (E_L − V) + I. Each of m, h and n is a share of gates
//! that are open, dx/dt = α_x(V) (1 − x) − β_x(V) x, with rates per ms and V in mV:
//!
//! | | α | β |
//! |---|---|---|
//! | m | 0.1 (V + 40)/(1 − e^(−(V + 40)/10)) | 4 e^(−(V + 65)/18) |
//! | h | 0.07 e^(−(V + 65)/20) | 1/(1 + e^(−(V + 35)/10)) |
//! | n | 0.01 (V + 55)/(1 − e^(−(V + 55)/10)) | 0.125 e^(−(V + 65)/80) |
//!
//! There is no reset and no refractory time: both are in the equations. A spike is counted where V crosses V_th upwards,
//! once for each upstroke; input that lifts V through V_th on a spike's way down counts once more. Per area, as in the original: mV, ms, µF/cm², mS/cm², µA/cm².
//!
//! **State.** `v_mv` and the gates `m`, `h` and `n`, which begin where nothing moves.
//!
//! **Source.** Hodgkin and Huxley (1952, doi:10.1113/jphysiol.1952.sp004764), the giant axon of the squid at 6.3 °C. They
//! count V downwards from rest, and current inwards; here both have today's sign, and their rest is −65 mV. Their leak pulls
//! to 10.613 mV above rest, and here to the textbooks' −54.4 mV. V rests at −64.9997 mV.
//!
//! **What it does.** From rest it goes on firing under 6.27 µA/cm² and more, and at once with 51 Hz: Hodgkin's class 2.
//! Between 60 and 65 µA/cm² oscillations sink below 0 mV, and spikes are no longer counted. The end of a long inhibition
//! makes it fire.
//!
//! **Method.** Strang's splitting, in parts of at most 0.0125 ms whatever the step. With gates held, V goes exponentially to
//! where the channels pull it; with V held, so do the gates. V takes half a part, the gates a whole one, V the other half.
//! Each moves towards something within bounds and never beyond it, so that no step and no current makes it unstable, and
//! rest stays rest. For e^(−x) of a move there is 1/(1 + x + x²/2 + x³/6 + x⁴/24), which is as good here, and never wild. The
//! error is of order 2 in the part: at steps of 0.1 ms, under 10 µA/cm², every spike adds 0.0015 ms, a ten-thousandth of
//! the period; potentials, upstrokes among them, are within 0.11 mV for 30 ms, and with parts twice as long within 0.43 mV.
//! Crossings are found part by part, so that none is lost in a long step, and told when the step ends. Single precision
//! keeps gates from settling nearer than 2e-5.

use get_size2::GetSize;

use crate::lanes::widely;
use crate::{TimeGrid, math};

/// No part of a step is longer.
const LONGEST_PART_MS: f64 = 0.0125;
/// Beyond these potentials gates are as good as open or closed at once, and their rates stay as they are there.
const RATES_MV: [f32; 2] = [-250.0, 250.0];

/// What the neurons of a population have in common.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct HodgkinHuxleyParams {
    /// Capacitance C, above 0.
    pub c_m_uf_per_cm2: f64,
    /// Conductance of all sodium channels, were they open; at least 0.
    pub g_na_msiemens_per_cm2: f64,
    /// The same of potassium.
    pub g_k_msiemens_per_cm2: f64,
    /// Leak conductance, above 0.
    pub g_l_msiemens_per_cm2: f64,
    /// Reversal potential of sodium.
    pub e_na_mv: f64,
    /// Reversal potential of potassium.
    pub e_k_mv: f64,
    /// Reversal potential of the leak.
    pub e_l_mv: f64,
    /// Potential at which a spike is counted, on the way up: below E_Na.
    pub v_th_mv: f64,
}

/// A rule that parameters break.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HodgkinHuxleyBroken {
    /// A number that is not in its range.
    Range {
        /// The parameter's name.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What it must be.
        rule: &'static str,
    },
    /// No spike gets as far as the threshold.
    ThresholdOutOfReach {
        /// Potential at which a spike is counted.
        v_th_mv: f64,
        /// Where sodium pulls to.
        e_na_mv: f64,
    },
}

impl std::fmt::Display for HodgkinHuxleyBroken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Range { name, value, rule } => {
                write!(f, "{name}: {value}, and it must be {rule}. Give such a number.")
            }
            Self::ThresholdOutOfReach { v_th_mv, e_na_mv } => write!(
                f,
                "v_th_mv: {v_th_mv}, and it must be below e_na_mv = {e_na_mv}, where spikes end. Lower it."
            ),
        }
    }
}

impl HodgkinHuxleyParams {
    /// The squid's giant axon at 6.3 °C.
    pub const SQUID: Self = Self {
        c_m_uf_per_cm2: 1.0,
        g_na_msiemens_per_cm2: 120.0,
        g_k_msiemens_per_cm2: 36.0,
        g_l_msiemens_per_cm2: 0.3,
        e_na_mv: 50.0,
        e_k_mv: -77.0,
        e_l_mv: -54.4,
        v_th_mv: 0.0,
    };

    /// Every rule that is broken; empty if all fits.
    pub fn check(&self) -> Vec<HodgkinHuxleyBroken> {
        const ABOVE_0: Option<(f64, &str)> = Some((f64::MIN_POSITIVE, "above 0"));
        const AT_LEAST_0: Option<(f64, &str)> = Some((0.0, "0 or larger"));
        let numbers = [
            ("c_m_uf_per_cm2", self.c_m_uf_per_cm2, ABOVE_0),
            ("g_na_msiemens_per_cm2", self.g_na_msiemens_per_cm2, AT_LEAST_0),
            ("g_k_msiemens_per_cm2", self.g_k_msiemens_per_cm2, AT_LEAST_0),
            ("g_l_msiemens_per_cm2", self.g_l_msiemens_per_cm2, ABOVE_0),
            ("e_na_mv", self.e_na_mv, None),
            ("e_k_mv", self.e_k_mv, None),
            ("e_l_mv", self.e_l_mv, None),
            ("v_th_mv", self.v_th_mv, None),
        ];
        let mut broken = Vec::new();
        for (name, value, least) in numbers {
            let rule = match least {
                _ if !value.is_finite() => "a finite number",
                Some((least, rule)) if value < least => rule,
                _ => continue,
            };
            broken.push(HodgkinHuxleyBroken::Range { name, value, rule });
        }
        let Self { v_th_mv, e_na_mv, .. } = *self;
        if v_th_mv >= e_na_mv {
            broken.push(HodgkinHuxleyBroken::ThresholdOutOfReach { v_th_mv, e_na_mv });
        }
        broken
    }

    /// The lowest potential at which all currents cancel, the gates having settled, with m, h and n there.
    pub fn rest(&self) -> (f64, [f32; 3]) {
        let membrane = Membrane::new(self);
        let is_below_rest = |v: f64| {
            let (g, pulled) = membrane.pull(settled(v as f32));
            f64::from(pulled) > v * f64::from(g)
        };
        // At the lowest of them every current leads upwards, at the highest downwards.
        let all_mv = [self.e_na_mv, self.e_k_mv, self.e_l_mv];
        let [low, high] = [f64::min, f64::max].map(|of| all_mv.into_iter().reduce(of).unwrap());
        let at = |n: u32| low + (high - low) * f64::from(n) / 1_000.0;
        let first = (1..1_000).find(|n| !is_below_rest(at(*n))).unwrap_or(1_000);
        let (mut low, mut high) = (at(first - 1), at(first));
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            (low, high) = if is_below_rest(middle) { (middle, high) } else { (low, middle) };
        }
        (low, settled(low as f32))
    }
}

/// Exponents of a tenth, an eightieth and an eighteenth, whose exponentials [`rates`] takes.
#[inline(always)]
fn exponents(v_mv: f32) -> [f32; 3] {
    [(v_mv + 40.0) * -0.1, (v_mv + 65.0) * -0.0125, (v_mv + 65.0) * (-1.0 / 18.0)]
}

/// α and β of m, h and n per ms, at a potential within [`RATES_MV`].
#[inline(always)]
fn rates(v_mv: f32, [tenth, eightieth, eighteenth]: [f32; 3]) -> [[f32; 2]; 3] {
    // Exponents that are tenths differ by constants, and a twentieth is four eightieths.
    let [from_35, from_55] = [1.648_721_3, 0.223_130_16];
    let square = eightieth * eightieth;
    [
        [over_1_minus(0.1 * (v_mv + 40.0), tenth), 4.0 * eighteenth],
        [0.07 * square * square, 1.0 / (1.0 + tenth * from_35)],
        [0.1 * over_1_minus(0.1 * (v_mv + 55.0), tenth * from_55), 0.125 * eightieth],
    ]
}

/// x/(1 − e⁻ˣ), given e⁻ˣ. Around 0, where both vanish, by its series: there the difference has lost digits.
#[inline(always)]
fn over_1_minus(x: f32, exp_minus_x: f32) -> f32 {
    let square = x * x;
    let series = 1.0 + x * 0.5 + square * (1.0 / 12.0 - square * (1.0 / 720.0 - square / 30_240.0));
    if x.abs() < 0.5 { series } else { x / (1.0 - exp_minus_x) }
}

/// Where m, h and n end up at this potential.
fn settled(v_mv: f32) -> [f32; 3] {
    let v = v_mv.clamp(RATES_MV[0], RATES_MV[1]);
    rates(v, exponents(v).map(math::exp)).map(|[alpha, beta]| alpha / (alpha + beta))
}

/// 1 − e⁻ˣ for x ≥ 0, nearly, without losing digits where x is small: at least 0, below 1, and growing.
#[inline(always)]
fn share(x: f32) -> f32 {
    let x = if x < 1e3 { x } else { 1e3 };
    let power = x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0))));
    power / (1.0 + power)
}

/// A gate after `ms` at rates that stay as they are.
#[inline(always)]
fn moved(gate: f32, [alpha, beta]: [f32; 2], ms: f32) -> f32 {
    let both = alpha + beta;
    gate + (alpha / both - gate) * share(both * ms)
}

/// Conductances and where they pull to.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
struct Membrane {
    g_na: f32,
    g_k: f32,
    g_l: f32,
    /// Conductance times reversal potential.
    pull_na: f32,
    pull_k: f32,
    pull_l: f32,
}

impl Membrane {
    fn new(params: &HodgkinHuxleyParams) -> Self {
        let [g_na, g_k, g_l] = [
            params.g_na_msiemens_per_cm2,
            params.g_k_msiemens_per_cm2,
            params.g_l_msiemens_per_cm2,
        ];
        Self {
            g_na: g_na as f32,
            g_k: g_k as f32,
            g_l: g_l as f32,
            pull_na: (g_na * params.e_na_mv) as f32,
            pull_k: (g_k * params.e_k_mv) as f32,
            pull_l: (g_l * params.e_l_mv) as f32,
        }
    }

    /// The sum of all conductances, and that of their currents at 0 mV.
    #[inline(always)]
    fn pull(&self, [m, h, n]: [f32; 3]) -> (f32, f32) {
        let [na, k] = [m * m * m * h, n * n * (n * n)];
        let g = self.g_na * na + self.g_k * k + self.g_l;
        (g, self.pull_na * na + self.pull_k * k + self.pull_l)
    }
}

/// How neurons move on.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
struct Law {
    membrane: Membrane,
    /// Of each step.
    num_parts: u32,
    part_ms: f32,
    /// A part over C.
    part_per_c: f32,
    /// What a unit of the drive is in µA/cm².
    per_drive: f32,
    v_th_mv: f32,
}

/// So many neurons go together.
const BLOCK: usize = 16;

/// Neurons within a step.
struct Block {
    start_mv: [f32; BLOCK],
    /// Since the start. Small changes are summed before they meet V, so that V is rounded once in a step.
    change_mv: [f32; BLOCK],
    gates: [[f32; BLOCK]; 3],
    current: [f32; BLOCK],
}

impl Block {
    /// V goes to where the channels pull it.
    #[inline(always)]
    fn move_v(&mut self, membrane: &Membrane, part_per_c: f32) {
        let [m, h, n] = &self.gates;
        for idx in 0..BLOCK {
            let (g, pulled) = membrane.pull([m[idx], h[idx], n[idx]]);
            let away =
                (pulled + self.current[idx]) / g - (self.start_mv[idx] + self.change_mv[idx]);
            self.change_mv[idx] += away * share(g * part_per_c);
        }
    }

    /// Gates go to where V pulls them.
    #[inline(always)]
    fn move_gates(&mut self, part_ms: f32) {
        let [mut v, mut tenth, mut eightieth, mut eighteenth] = [[0.0; BLOCK]; 4];
        for idx in 0..BLOCK {
            v[idx] = (self.start_mv[idx] + self.change_mv[idx]).clamp(RATES_MV[0], RATES_MV[1]);
            [tenth[idx], eightieth[idx], eighteenth[idx]] = exponents(v[idx]);
        }
        math::exp_all(&mut tenth);
        math::exp_all(&mut eightieth);
        math::exp_all(&mut eighteenth);
        let [m, h, n] = &mut self.gates;
        for idx in 0..BLOCK {
            let rates = rates(v[idx], [tenth[idx], eightieth[idx], eighteenth[idx]]);
            m[idx] = moved(m[idx], rates[0], part_ms);
            h[idx] = moved(h[idx], rates[1], part_ms);
            n[idx] = moved(n[idx], rates[2], part_ms);
        }
    }
}

widely! {
    /// Moves V, m, h and n on by one step under a drive and, at its end, jumps. Tells who crosses the threshold upwards,
    /// and whether anybody does.
    fn advance(
        law: &Law,
        states: [&mut [f32]; 4],
        inputs: [&[f32]; 2],
        has_crossed: &mut [bool],
    ) -> bool {
        let mut is_any = false;
        for first in (0..has_crossed.len()).step_by(BLOCK) {
            let own = first..has_crossed.len().min(first + BLOCK);
            let block_of = |column: &[f32]| {
                let mut some = [0.0; BLOCK];
                some[..own.len()].copy_from_slice(&column[own.clone()]);
                some
            };
            let [drive, jump_mv] = inputs.map(block_of);
            let [start_mv, m, h, n] = [0, 1, 2, 3].map(|column| block_of(states[column]));
            let mut block = Block {
                start_mv,
                change_mv: [0.0; BLOCK],
                gates: [m, h, n],
                current: drive.map(|drive| drive * law.per_drive),
            };
            let (mut before_mv, mut crossed) = (start_mv, [0.0_f32; BLOCK]);
            block.move_v(&law.membrane, 0.5 * law.part_per_c);
            for part in 1..=law.num_parts {
                block.move_gates(law.part_ms);
                // The half after a part and the half before the next are one.
                let is_last = part == law.num_parts;
                let share = if is_last { 0.5 } else { 1.0 };
                block.move_v(&law.membrane, share * law.part_per_c);
                for idx in 0..BLOCK {
                    block.change_mv[idx] += if is_last { jump_mv[idx] } else { 0.0 };
                    let now_mv = block.start_mv[idx] + block.change_mv[idx];
                    let is_crossing = (before_mv[idx] < law.v_th_mv) & (now_mv >= law.v_th_mv);
                    crossed[idx] = if is_crossing { 1.0 } else { crossed[idx] };
                    before_mv[idx] = now_mv;
                }
            }
            let [m, h, n] = &block.gates;
            for (column, found) in [&before_mv, m, h, n].into_iter().enumerate() {
                states[column][own.clone()].copy_from_slice(&found[..own.len()]);
            }
            for (has_crossed, crossed) in has_crossed[own].iter_mut().zip(crossed) {
                *has_crossed = crossed > 0.0;
                is_any |= *has_crossed;
            }
        }
        is_any
    }
}

/// A population of Hodgkin and Huxley's neurons.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct HodgkinHuxley {
    law: Law,
    rest_mv: f32,
    rest_gates: [f32; 3],
    v_mv: Vec<f32>,
    m: Vec<f32>,
    h: Vec<f32>,
    n: Vec<f32>,
    has_crossed: Vec<bool>,
}

impl HodgkinHuxley {
    /// `num_neurons` neurons at rest.
    ///
    /// # Panics
    /// If a rule is broken; [`HodgkinHuxleyParams::check`] says so before.
    pub fn new(num_neurons: usize, params: &HodgkinHuxleyParams, grid: TimeGrid) -> Self {
        let num_parts = (grid.dt_ms() / LONGEST_PART_MS).ceil().max(1.0);
        Self::in_parts(num_neurons, params, grid, num_parts as u32)
    }

    fn in_parts(num: usize, params: &HodgkinHuxleyParams, grid: TimeGrid, num_parts: u32) -> Self {
        let broken = params.check();
        assert!(broken.is_empty(), "{}", broken[0]);
        let part_ms = grid.dt_ms() / f64::from(num_parts);
        let (rest_mv, rest_gates) = params.rest();
        let [m, h, n] = rest_gates.map(|gate| vec![gate; num]);
        let law = Law {
            membrane: Membrane::new(params),
            num_parts,
            part_ms: part_ms as f32,
            part_per_c: (part_ms / params.c_m_uf_per_cm2) as f32,
            per_drive: 1.0,
            v_th_mv: params.v_th_mv as f32,
        };
        Self {
            law,
            rest_mv: rest_mv as f32,
            rest_gates,
            v_mv: vec![rest_mv as f32; num],
            m,
            h,
            n,
            has_crossed: vec![false; num],
        }
    }

    /// Membrane potentials.
    pub fn v_mv(&self) -> &[f32] {
        &self.v_mv
    }

    /// Membrane potentials, for a start that is not at rest.
    pub fn v_mv_mut(&mut self) -> &mut [f32] {
        &mut self.v_mv
    }

    /// The gates m, h and n, each between 0 and 1.
    pub fn gates(&self) -> [&[f32]; 3] {
        [&self.m, &self.h, &self.n]
    }

    /// The gates, for a start that is not at rest: between 0 and 1.
    pub fn gates_mut(&mut self) -> [&mut [f32]; 3] {
        [&mut self.m, &mut self.h, &mut self.n]
    }

    /// Potential at which a spike is counted.
    pub fn v_th_mv(&self) -> f32 {
        self.law.v_th_mv
    }

    /// The same neurons, which take their current as R I in mV, with R = 1/g_L.
    pub fn driven_in_mv(mut self) -> Self {
        self.law.per_drive = self.law.membrane.g_l;
        self
    }

    /// Moves all neurons on by one step under the current `drive`, in µA/cm², and, at its end, `jump_mv`, one of each per
    /// neuron. Says whether any of them has crossed the threshold upwards.
    pub fn integrate(&mut self, drive: &[f32], jump_mv: &[f32]) -> bool {
        let states = [&mut *self.v_mv, &mut *self.m, &mut *self.h, &mut *self.n];
        advance(&self.law, states, [drive, jump_mv], &mut self.has_crossed)
    }

    /// Gathers the neurons that have crossed the threshold upwards in the last step.
    pub fn find_spikes(&self, fired: &mut Vec<u32>) {
        fired.clear();
        let crossed = self.has_crossed.iter().enumerate().filter(|(_, crossed)| **crossed);
        fired.extend(crossed.map(|(neuron, _)| neuron as u32));
    }

    /// Puts every neuron back to rest.
    pub fn reset(&mut self) {
        self.v_mv.fill(self.rest_mv);
        let rest = self.rest_gates;
        self.gates_mut().into_iter().zip(rest).for_each(|(gates, rest)| gates.fill(rest));
        self.has_crossed.fill(false);
    }
}

#[cfg(test)]
mod tests;
