//! The network: inputs on a layer of leaky neurons with a soft threshold, and their synapses.

use get_size2::GetSize;

use super::params::CellParams;
use crate::record::WeightsFile;
use crate::sim::neuron::{Escape, EscapeRate, Lif, LifParams};
use crate::sim::plasticity::{GatedStdp, GatedStdpParams};
use crate::sim::synapse::ExponentialCurrent;
use crate::sim::{Fault, Stream, Tick, TimeGrid, math};

/// Who fires, in the order of the fingerprint; inputs stand beside it.
pub const POPULATIONS: [&str; 2] = ["output", "input"];

/// Rest, and the potential after a spike.
pub const E_L_MV: f64 = -70.0;
/// The middle of the soft threshold.
pub const V_TH_MV: f64 = -55.0;
/// The weights' name in a file.
pub const WEIGHTS: &str = "input_to_output";
pub(super) const TAU_S_MS: f64 = 5.0;
pub(super) const T_REF_MS: f64 = 5.0;

/// Inputs, outputs and what is between them.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Net {
    num_outputs: u32,
    w_max: f32,
    current: ExponentialCurrent,
    lif: Lif,
    law: EscapeRate,
    rule: GatedStdp,
    /// `weights[input × num_outputs + output]`: the height of a postsynaptic potential in mV.
    pub weights: Vec<f32>,
    /// The outputs that fired in the last step.
    pub fired: Vec<u32>,
    drive: Vec<f32>,
    jump: Vec<f32>,
}

impl Net {
    /// A network of `shape` inputs and outputs at rest; two streams draw its weights and its spikes.
    pub fn new(
        shape: [u32; 2],
        p: &CellParams,
        rule: GatedStdpParams,
        grid: TimeGrid,
        [mut initial, output]: [Stream; 2],
    ) -> Self {
        let [num_inputs, num_outputs] = shape;
        let (inputs, outputs) = (num_inputs as usize, num_outputs as usize);
        let membrane = LifParams {
            tau_m_ms: p.tau_m_ms,
            e_l_mv: E_L_MV,
            v_th_mv: V_TH_MV,
            v_reset_mv: E_L_MV,
            t_ref_ms: T_REF_MS,
        };
        let escape = Escape::Exponential { delta_mv: p.delta_mv, tau_ms: p.tau_escape_ms };
        let w = p.w_init_mv as f32;
        Self {
            num_outputs,
            w_max: p.w_max_mv as f32,
            current: ExponentialCurrent::new(
                outputs,
                TAU_S_MS,
                p.tau_m_ms,
                per_peak(p.tau_m_ms),
                grid,
            ),
            lif: Lif::new(outputs, &membrane, grid),
            law: EscapeRate::new(outputs, escape, T_REF_MS, grid, output),
            rule: GatedStdp::new(inputs, outputs, rule, grid),
            weights: (0..inputs * outputs).map(|_| initial.between(0.5 * w, 1.5 * w)).collect(),
            fired: Vec::new(),
            drive: vec![0.0; outputs],
            jump: vec![0.0; outputs],
        }
    }

    /// One step, in which these inputs fire.
    pub fn step(&mut self, spikes: impl Iterator<Item = u32>) {
        self.rule.tick();
        let num = self.num_outputs as usize;
        for input in spikes {
            let input = input as usize;
            self.current.receive(&self.weights[input * num..(input + 1) * num]);
            self.rule.pre_spike(input);
        }
        self.jump.fill(0.0);
        self.current.advance(&mut self.jump);
        self.lif.integrate(&self.drive, &self.jump);
        self.law.fire(&self.lif, None, &mut self.fired);
        self.lif.reset_fired(&self.fired);
        for &output in &self.fired {
            self.rule.post_spike(output as usize);
        }
    }

    /// Turns eligibility into weights; `gain` = η S.
    pub fn gate(&mut self, gain: f32) {
        self.rule.gate(gain, (0.0, self.w_max), &mut self.weights);
    }

    /// Back to rest, with the weights as they are.
    pub fn rest(&mut self) {
        self.current.clear();
        self.lif.reset();
        self.law.reset();
        self.rule.clear();
    }

    /// Looks for values that are not finite.
    pub fn find_fault(&self, tick: Tick) -> Option<Fault> {
        let columns = [("V", self.lif.v_mv()), ("weight", &self.weights[..])];
        Fault::non_finite(tick, "outputs", columns)
    }
}

/// The weights in a file, if they have this shape and every one is possible.
pub fn weights_of<'a>(
    file: &'a WeightsFile,
    shape: [u32; 2],
    p: &CellParams,
) -> Result<&'a [f32], String> {
    let weights = file.array(WEIGHTS, &shape)?;
    let w_max = p.w_max_mv;
    if let Some(w) = weights.iter().find(|w| !(0.0..=w_max as f32).contains(*w)) {
        return Err(format!("a weight is {w}; weights lie between 0 and {w_max} mV here"));
    }
    Ok(weights)
}

/// The resistance at which a spike of weight 1 makes a potential 1 mV high.
pub(super) fn per_peak(tau_m_ms: f64) -> f64 {
    // V(t) = R (e^(−t/τ_m) − e^(−t/τ_s))/(τ_m − τ_s) is highest where its slope is 0; equal time constants have the limit.
    let gap = tau_m_ms - TAU_S_MS;
    if gap.abs() < 1e-6 {
        return tau_m_ms * math::exp_f64(1.0);
    }
    let at = math::ln_f64(tau_m_ms / TAU_S_MS) * tau_m_ms * TAU_S_MS / gap;
    gap / (math::exp_f64(-at / tau_m_ms) - math::exp_f64(-at / TAU_S_MS))
}
