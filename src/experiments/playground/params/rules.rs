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
            "this neuron has no membrane into which a current could flow. Set current=none, or choose another neuron."
                .into()
        }));
        if let CurrentKind::Step { on_ms, off_ms, .. } = self.current {
            all.extend(Problem::when(off_ms <= on_ms, &["off_ms", "on_ms"], || {
                format!("off_ms ({off_ms}) must be after on_ms ({on_ms}). Raise it.")
            }));
        }
        all.extend(self.current_rules());
        if let InputKind::Spikes(spikes) = &self.inputs {
            all.extend(self.spike_rules(spikes));
        }
        all
    }

    /// Pulses come one after the other.
    fn current_rules(&self) -> Option<Problem> {
        let (pulse_ms, gap_ms, key) = match self.current {
            CurrentKind::Pulses { pulse_ms, gap_ms, .. } => (pulse_ms, gap_ms, "gap_ms"),
            CurrentKind::Pairs { pulse_ms, first_ms, gap_ms, again_ms, .. }
                if again_ms < first_ms + gap_ms + pulse_ms =>
            {
                return Some(Problem {
                    keys: vec!["again_ms", "first_ms", "gap_ms"],
                    message: format!(
                        "again_ms ({again_ms}) must be after the first pair, which ends at {} ms. Raise it.",
                        first_ms + gap_ms + pulse_ms
                    ),
                });
            }
            CurrentKind::Pairs { pulse_ms, gap_ms, again_gap_ms, .. } => {
                match gap_ms < again_gap_ms {
                    true => (pulse_ms, gap_ms, "gap_ms"),
                    false => (pulse_ms, again_gap_ms, "again_gap_ms"),
                }
            }
            CurrentKind::Primed { first_ms, pulse_ms, again_ms, lead_ms, .. }
                if again_ms - lead_ms < first_ms + pulse_ms =>
            {
                return Some(Problem {
                    keys: vec!["again_ms", "lead_ms", "first_ms"],
                    message: format!(
                        "the other pulse would begin at {} ms, before the first one ends at {} ms. Raise again_ms.",
                        again_ms - lead_ms,
                        first_ms + pulse_ms
                    ),
                });
            }
            CurrentKind::Primed { pulse_ms, lead_ms, .. } => (pulse_ms, lead_ms, "lead_ms"),
            CurrentKind::Ramps { slow_ms, again_ms, .. } => {
                return Problem::when(again_ms < slow_ms, &["again_ms", "slow_ms"], || {
                    format!(
                        "again_ms ({again_ms}) must not be before the first ramp ends, at slow_ms ({slow_ms}). Raise it."
                    )
                });
            }
            _ => return None,
        };
        Problem::when(gap_ms < pulse_ms, &[key, "pulse_ms"], || {
            format!("{key} ({gap_ms}) must not be shorter than pulse_ms ({pulse_ms}). Raise it.")
        })
    }

    fn neuron_rules(&self) -> Vec<Problem> {
        let mut all = Vec::new();
        if let Some(lif) = self.neuron.lif() {
            let (v_reset, v_th) = (lif.v_reset_mv, lif.v_th_mv);
            all.extend(Problem::when(v_reset >= v_th, &["v_reset_mv", "v_th_mv"], || {
                format!("v_reset_mv ({v_reset}) must be below v_th_mv ({v_th}), or a spike would not end. Lower v_reset_mv, or raise v_th_mv.")
            }));
        }
        if let NeuronKind::Response(p) = &self.neuron {
            let left = SpikeResponse::after_spike(p.tau_m_ms, p.tau_s_ms, p.t_ref_ms);
            let is_for_ever = left >= 1.0 && p.tau_s_ms < p.tau_m_ms;
            all.extend(Problem::when(is_for_ever, &["t_ref_ms", "tau_m_ms", "tau_s_ms"], || {
                format!(
                    "after t_ref_ms ({}) what a spike leaves is still above the threshold, so that it would fire for ever. Make it longer, or tau_m_ms shorter.",
                    p.t_ref_ms
                )
            }));
        }
        if let NeuronKind::Counted(p) = &self.neuron {
            let (v_reset, v_peak) = (p.v_reset_mv, p.v_peak_mv);
            all.extend(Problem::when(v_reset >= v_peak, &["v_reset_mv", "v_peak_mv"], || {
                format!("v_reset_mv ({v_reset}) must be below v_peak_mv ({v_peak}), or a spike would not end. Lower v_reset_mv, or raise v_peak_mv.")
            }));
        }
        if let NeuronKind::Izhikevich(p) = &self.neuron {
            all.extend(Problem::when(p.a * self.dt_ms >= 1.0, &["izh_a", "dt_ms"], || {
                format!("izh_a ({}) times the step ({} ms) must be below 1, or u would swing. Make one of them smaller.", p.a, self.dt_ms)
            }));
        }
        if let Some(lif) = self.neuron.lif() {
            let (tau_m, dt) = (lif.tau_m_ms, self.dt_ms);
            all.extend(Problem::when(tau_m < dt, &["tau_m_ms", "dt_ms"], || {
                format!("tau_m_ms ({tau_m}) is shorter than the step ({dt} ms). Make it longer, or the step shorter.")
            }));
        }
        let (tau_ms, keys): (f64, &[&'static str]) = match &self.neuron {
            NeuronKind::Exponential(p) | NeuronKind::AdEx(p, _) => {
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
                "winner-take-all needs neurons with a sharp threshold: leaky or second-order ones. Set lateral=synapses or none, or choose another neuron."
            }
            LateralKind::Synapses { .. } if !self.neuron.has_membrane() => {
                "inhibition in mV needs a membrane. Set lateral=none, or choose another neuron."
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
        let is_held = spikes.homeostasis != HomeostasisKind::None;
        let problems = [
            Problem::when(w_init_min > w_init_max, &["w_init_min", "w_init_max"], || {
                format!("w_init_min ({w_init_min}) must not be above w_init_max ({w_init_max}).")
            }),
            Problem::when(takes_none, &["synapse"], || {
                "only leaky neurons with a sharp threshold take conductances here. Set synapse=current, or neuron=lif.".into()
            }),
            Problem::when(in_degree > num_inputs, &["in_degree"], || {
                format!("in_degree ({in_degree}) must not be above num_inputs ({num_inputs}).")
            }),
            Problem::when(is_too_long, &["pattern_ms", "pattern_every_ms"], || {
                "the pattern is longer than the time in which it is to come once. Make pattern_ms smaller, or pattern_every_ms larger.".into()
            }),
            Problem::when(delay_ms > 0.0 && delay_ms < dt_ms, &["delay_ms"], || {
                format!(
                    "delay_ms ({delay_ms}) is shorter than the step ({dt_ms}). Set it to 0, which is one step, or to {dt_ms} or more."
                )
            }),
            Problem::when(!is_dense && !is_plain, &["wiring"], || {
                "where not all are connected, only pairs learn, all to all or nearest. Set wiring=all, or choose that rule and pairing.".into()
            }),
            Problem::when(!is_dense && is_held, &["homeostasis"], || {
                "homeostasis needs every input at every neuron. Set wiring=all, or homeostasis=none.".into()
            }),
        ];
        problems.into_iter().flatten().collect()
    }
}
