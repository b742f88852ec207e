//! What does not go together, and what to do about it. Whatever passes can be built (a test tries thousands).

use super::drawn::{MOST_IN_ALL, SpikePoints};
use super::start::StartKind;
use super::{
    CurrentKind, FurtherKind, InputKind, LateralKind, NeuronKind, Playground, ShortTermKind,
    SpikeParams, SynapseKind, WiringKind,
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
        all.extend(self.current_rules());
        if let InputKind::Spikes(spikes) = &self.inputs {
            all.extend(self.spike_rules(spikes));
            all.extend(self.further_rules(spikes));
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
        if let NeuronKind::Counted(p) = &self.neuron {
            let (v_reset, v_peak) = (p.v_reset_mv, p.v_peak_mv);
            all.extend(Problem::when(v_reset >= v_peak, &["v_reset_mv", "v_peak_mv"], || {
                format!("the reset potential ({v_reset} mV) must be below the peak ({v_peak} mV), or a spike would not end. Lower it, or raise the peak.")
            }));
        }
        if let NeuronKind::Izhikevich(p) = &self.neuron {
            all.extend(Problem::when(p.a * self.dt_ms >= 1.0, &["izh_a", "dt_ms"], || {
                format!("a ({}) times the step ({} ms) must be below 1, or u would swing. Make one of them smaller.", p.a, self.dt_ms)
            }));
        }
        if let Some(lif) = self.neuron.lif() {
            let (tau_m, dt) = (lif.tau_m_ms, self.dt_ms);
            all.extend(Problem::when(tau_m < dt, &["tau_m_ms", "dt_ms"], || {
                format!("the membrane time constant ({tau_m} ms) is shorter than the step ({dt} ms). Make it longer, or the step shorter.")
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
            LateralKind::Soft { .. } if !matches!(self.neuron, NeuronKind::SecondOrder(_)) => {
                "soft inhibition takes synaptic current away, which only second-order neurons keep. Choose that neuron, or another inhibition."
            }
            LateralKind::Synapses { .. } | LateralKind::Interneurons { .. }
                if !self.neuron.has_membrane() =>
            {
                "inhibition in mV needs a membrane. Set \"Lateral inhibition\" to none, or choose another neuron."
            }
            _ => return None,
        };
        Some(Problem { keys: vec!["lateral"], message: message.into() })
    }

    fn spike_rules(&self, spikes: &SpikeParams) -> Vec<Problem> {
        let SpikeParams { delay_ms, delay_spread_ms, .. } = *spikes;
        let num_inputs = spikes.num_all();
        let (w_init_min, w_init_max) = match spikes.w_init {
            StartKind::Uniform { w_init_min, w_init_max } => (w_init_min, w_init_max),
            _ => (0.0, 0.0),
        };
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
        // Delays that differ are those of single synapses.
        let is_dense = spikes.wiring == WiringKind::All && delay_spread_ms == 0.0;
        let key = if spikes.wiring == WiringKind::All { "delay_spread_ms" } else { "wiring" };
        let learning = &spikes.learning;
        let is_plain = matches!(learning.rule, RuleKind::Fixed)
            || matches!(learning.rule, RuleKind::Pair | RuleKind::PowerLaw { .. })
                && matches!(learning.pairing, PairingKind::AllToAll | PairingKind::Nearest);
        let is_short = spikes.short_term != ShortTermKind::None;
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
            Problem::when(!is_dense && !is_plain, &[key], || {
                "where not all are connected, or delays differ, only pairs learn, all to all or nearest. Set \"Wiring\" to all to all and \"Spread of delays\" to 0, or choose that rule and pairing.".into()
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
                "homeostasis needs every input at every neuron, with one delay. Set \"Wiring\" to all to all and \"Spread of delays\" to 0, or \"Homeostasis\" to none.".into()
            }),
            Problem::when(delay_spread_ms > 0.0 && is_short, &["short_term"], || {
                "short-term plasticity needs one delay for all synapses. Set \"Spread of delays\" to 0, or \"Short-term plasticity\" to none.".into()
            }),
        ];
        problems.into_iter().flatten().collect()
    }

    /// What a third group asks for.
    fn further_rules(&self, spikes: &SpikeParams) -> Vec<Problem> {
        let is_empty = spikes.num_all() == 0;
        let mut all: Vec<Problem> = Problem::when(is_empty, &["num_inputs"], || {
            "there are no inputs. Take some, add another group, or set \"Input spikes\" to none."
                .into()
        })
        .into_iter()
        .collect();
        if let FurtherKind::Spikes { added_num, ref added_spikes, added_every_ms } = spikes.added {
            let points = SpikePoints::read(added_spikes).unwrap_or_default();
            let highest = points.highest().unwrap_or(0);
            all.extend(Problem::when(highest >= added_num, &["added_spikes", "added_num"], || {
                format!("a spike is drawn for input {highest}, but the group has {added_num}, from 0 to {}. Take more of them, or draw it lower.", added_num - 1)
            }));
            let last_ms = points.last_ms();
            let overlaps = added_every_ms > 0.0 && last_ms >= added_every_ms;
            all.extend(Problem::when(overlaps, &["added_every_ms"], || {
                format!("the last spike is drawn at {last_ms} ms, after the whole is to come again ({added_every_ms} ms). Raise \"Again after\", or set it to 0.")
            }));
            let num = points.num_in(added_every_ms, self.duration_s * 1_000.0);
            all.extend(Problem::when(num > MOST_IN_ALL, &["added_every_ms"], || {
                format!("the drawn spikes come {num} times in all, more than {MOST_IN_ALL}. Raise \"Again after\", or make the run shorter.")
            }));
        }
        all
    }
}
