//! What does not go together, and what to do about it. Whatever passes can be built (a test tries thousands).

use super::{
    CurrentKind, InputKind, LateralKind, NeuronKind, Playground, SpikeParams, SynapseKind,
    WiringKind,
};
use crate::kit::params::{HomeostasisKind, PairingKind, RuleKind};
use crate::lab::param::Problem;
use crate::sim::neuron::SpikeResponse;

impl Playground {
    pub(super) fn rules(&self) -> Vec<Problem> {
        let mut all = self.neuron_rules();
        all.extend(self.lateral_rules());
        let takes_none = self.current.flows() && !self.neuron.takes_current();
        all.extend(Problem::when(takes_none, &["current"], || {
            "this neuron has no membrane into which a current could flow. Set \"Current\" to none, or choose another neuron."
                .into()
        }));
        if let CurrentKind::Step { on_ms, off_ms, .. } = self.current {
            all.extend(Problem::when(off_ms <= on_ms, &["off_ms", "on_ms"], || {
                format!("the current ends ({off_ms} ms) before it begins ({on_ms} ms). Let it end later.")
            }));
        }
        if let InputKind::Spikes(spikes) = &self.inputs {
            all.extend(self.spike_rules(spikes));
        }
        all
    }

    fn neuron_rules(&self) -> Vec<Problem> {
        let mut all = Vec::new();
        if let Some(lif) = self.neuron.lif() {
            let (v_reset, v_th) = (lif.v_reset_mv, lif.v_th_mv);
            all.extend(Problem::when(v_reset >= v_th, &["v_reset_mv", "v_th_mv"], || {
                format!("the reset potential ({v_reset} mV) must be below the threshold ({v_th} mV), or a spike would not end. Lower the one, or raise the other.")
            }));
        }
        if let NeuronKind::Response(p) = &self.neuron {
            let left = SpikeResponse::after_spike(p.tau_m_ms, p.tau_s_ms, p.t_ref_ms);
            let is_for_ever = left >= 1.0 && p.tau_s_ms < p.tau_m_ms;
            all.extend(Problem::when(is_for_ever, &["t_ref_ms", "tau_m_ms", "tau_s_ms"], || {
                format!(
                    "after the refractory time ({} ms) what a spike leaves is still above the threshold, so that it would fire for ever. Make it longer, or the membrane time constant shorter.",
                    p.t_ref_ms
                )
            }));
        }
        if let NeuronKind::Clopath(c, _, shape) = &self.neuron {
            let (v_th, v_max) = (c.v_th_mv, shape.v_th_max_mv);
            all.extend(Problem::when(v_max < v_th, &["v_th_max_mv", "v_th_mv"], || {
                format!("the threshold after a spike ({v_max} mV) must not be below the threshold at rest ({v_th} mV). Raise it.")
            }));
        }
        let (tau_ms, keys): (f64, &[&'static str]) = match &self.neuron {
            NeuronKind::Exponential(p) | NeuronKind::AdEx(p, _) | NeuronKind::Clopath(p, ..) => {
                (p.c_m_pf / p.g_l_ns, &["c_m_pf", "g_l_ns", "dt_ms"])
            }
            NeuronKind::HodgkinHuxley(p) => (1.0 / p.g_leak, &["g_leak", "dt_ms"]),
            _ => return all,
        };
        all.extend(Problem::when(tau_ms < self.dt_ms, keys, || {
            format!(
                "the membrane time constant, capacitance over leak, is {tau_ms:.2} ms, shorter than the step of {} ms. Make the step shorter, or the leak smaller.",
                self.dt_ms
            )
        }));
        all
    }

    fn lateral_rules(&self) -> Option<Problem> {
        let message = match self.lateral() {
            LateralKind::WinnerTakeAll { .. } if !self.neuron.can_compete() => {
                "winner-take-all needs neurons with a sharp threshold: leaky or second-order ones. Set \"Lateral inhibition\" to by synapses or none, or choose another neuron."
            }
            LateralKind::Synapses { .. } if !self.neuron.has_membrane() => {
                "inhibition in mV needs a membrane. Set \"Lateral inhibition\" to none, or choose another neuron."
            }
            _ => return None,
        };
        Some(Problem { keys: vec!["lateral"], message: message.into() })
    }

    fn spike_rules(&self, spikes: &SpikeParams) -> Vec<Problem> {
        let SpikeParams { w_init_min, w_init_max, num_inputs, delay_ms, .. } = *spikes;
        let dt_ms = self.dt_ms;
        let has_conductances = matches!(self.synapse, SynapseKind::Conductance { .. });
        let takes_none =
            has_conductances && self.neuron.has_membrane() && !self.neuron.takes_conductances();
        let in_degree = match spikes.wiring {
            WiringKind::InDegree { in_degree } => in_degree,
            _ => 0,
        };
        let is_too_long =
            spikes.generator.pattern_ms().is_some_and(|(pattern, every)| pattern > every);
        let is_dense = spikes.wiring == WiringKind::All;
        let learning = &spikes.learning;
        let is_plain = matches!(learning.rule, RuleKind::Fixed)
            || matches!(learning.rule, RuleKind::Pair | RuleKind::PowerLaw { .. })
                && matches!(learning.pairing, PairingKind::AllToAll | PairingKind::Nearest);
        let reads_spike = matches!(learning.rule, RuleKind::Voltage(_));
        let reads_v = learning.reads_potential();
        let is_held = spikes.homeostasis != HomeostasisKind::None;
        let problems = [
            Problem::when(w_init_min > w_init_max, &["w_init_min", "w_init_max"], || {
                format!(
                    "initial weights go from {w_init_min} to {w_init_max}: the lower end must not be above the upper one. Lower it."
                )
            }),
            Problem::when(takes_none, &["synapse"], || {
                "only leaky neurons with a sharp threshold take conductances here. Set \"Synapses\" to current, or choose the leaky neuron.".into()
            }),
            Problem::when(in_degree > num_inputs, &["in_degree"], || {
                format!(
                    "each neuron is to have {in_degree} inputs, and there are {num_inputs}. Ask for fewer, or take more inputs."
                )
            }),
            Problem::when(is_too_long, &["pattern_ms", "pattern_every_ms"], || {
                "the pattern is longer than the time in which it is to come once. Make the pattern shorter, or let it come less often.".into()
            }),
            Problem::when(delay_ms > 0.0 && delay_ms < dt_ms, &["delay_ms"], || {
                format!(
                    "a delay of {delay_ms} ms is shorter than the step of {dt_ms} ms. Set it to 0, which is one step, or to {dt_ms} ms or more."
                )
            }),
            Problem::when(!is_dense && !is_plain, &["wiring"], || {
                "where not all are connected, only pairs learn, all to all or nearest. Set \"Wiring\" to all to all, or choose that rule and pairing.".into()
            }),
            Problem::when(reads_spike && self.neuron.shaped().is_none(), &["rule"], || {
                "this rule reads the potential while a neuron fires, and only neurons with a spike shape show it. Set \"Neuron\" to \"AdEx with spike shape (Clopath)\", or choose another rule.".into()
            }),
            Problem::when(
                reads_v && !self.neuron.has_membrane(),
                &["on_input", "on_output"],
                || {
                    "this neuron has no potential in mV for a formula to read. Write one without v, or choose another neuron.".into()
                },
            ),
            Problem::when(!is_dense && is_held, &["homeostasis"], || {
                "homeostasis needs every input at every neuron. Set \"Wiring\" to all to all, or \"Homeostasis\" to none.".into()
            }),
        ];
        problems.into_iter().flatten().collect()
    }
}
