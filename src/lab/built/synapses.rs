//! Synapses of a description as the simulator's.

use super::cells::{drawn, kind_of, lif};
use super::{MOST_RECEIVERS, Unbuildable, refused, rules, span};
use crate::net::{self, Delay, Draw, Homeostasis, Receptor, Synapse, Wiring};
use crate::sim::network::{Effect, Projection, Sparse};
use crate::sim::neuron::adds::{AddsParams, Dendrites};
use crate::sim::plasticity::InhibitoryStdp;
use crate::sim::synapse::{ExponentialCurrent, ShortTerm, ShortTermParams};
use crate::sim::{Stream, TimeGrid, connect};

/// What synapses take, before they are drawn: two bytes for a sparse one's receiver, four for a weight of its own, and
/// twelve more where it learns, to be found from its receiver.
pub(super) fn num_bytes(of: &net::Projection) -> u64 {
    let [from, to] = [&of.from, &of.to].map(|members| u64::from(members.size));
    let has_own = of.rule.is_some() || !matches!(of.weights.start, Draw::Fixed { .. });
    let each = if has_own { 4 } else { 0 };
    match &of.wiring {
        Wiring::AllToAll | Wiring::AllToOthers => from * to * 4,
        wiring => {
            let num = match wiring {
                Wiring::Probability { p } => (from as f64 * to as f64 * p) as u64,
                _ => of.num_weights().unwrap_or(from * to),
            };
            num * (2 + each + if of.rule.is_some() { 8 } else { 0 })
        }
    }
}

/// A projection.
pub(super) fn projection(
    of: &net::Projection,
    (ends, [sender, receiver]): ([usize; 2], [&net::Population; 2]),
    grid: TimeGrid,
    wiring: &mut Stream,
) -> Result<Projection, Unbuildable> {
    let is_dense = match of.wiring {
        Wiring::AllToAll => is_of_wholes(of, sender, receiver) && rules::inhibitory(of).is_none(),
        Wiring::AllToOthers => true,
        _ => false,
    };
    let mut projection = match is_dense {
        true => dense(of, ends, [sender, receiver], grid, wiring)?,
        false => sparse(of, ends, grid, wiring)?,
    };
    add_effects(of, receiver, grid, &mut projection)?;
    projection.short_term = short_term(of, grid, wiring)?;
    match of.homeostasis[..] {
        [] => {}
        [
            Homeostasis::NormaliseAtSpikes { total, from_start }
            | Homeostasis::NormalisePerTrial { total, from_start },
        ] if is_dense => {
            projection.normalise_to = Some(total as f32);
            if from_start {
                projection.normalise_all();
            }
        }
        _ => {
            return refused(
                &of.name,
                "homeostasis of a kind that is not built, or of sparse synapses",
                "Take a fixed sum of the weights, and connect all to all; or leave it out.",
            );
        }
    }
    Ok(projection)
}

/// From all of one population to all of another.
fn is_of_wholes(
    of: &net::Projection,
    sender: &net::Population,
    receiver: &net::Population,
) -> bool {
    of.from == sender.all() && of.to == receiver.all()
}

/// Every pair, of whole populations.
fn dense(
    of: &net::Projection,
    [pre, post]: [usize; 2],
    [sender, receiver]: [&net::Population; 2],
    grid: TimeGrid,
    wiring: &mut Stream,
) -> Result<Projection, Unbuildable> {
    let [num_pre, num] = [of.from.size as usize, of.to.size as usize];
    if !is_of_wholes(of, sender, receiver) {
        return refused(
            &of.name,
            "all but its own number, between parts of populations",
            "Connect whole populations, or all to all.",
        );
    }
    let (low, high) = match of.weights.start {
        Draw::Uniform { low, high } => (low as f32, high as f32),
        Draw::Fixed { value } => (value as f32, value as f32),
        _ => {
            return refused(
                &of.name,
                "all to all with weights that are drawn in another way than uniformly",
                "Draw them uniformly, or make them all the same.",
            );
        }
    };
    let weights = match of.wiring {
        Wiring::AllToOthers => connect::all_to_others(num, low, high, wiring),
        _ => connect::all_to_all(num_pre, num, low, high, wiring),
    };
    let ticks = ticks(of, grid)?;
    let mut projection = Projection::new(pre as u8, post as u8, num, weights, ticks);
    projection.stdp = rules::dense(of, grid)?;
    Ok(projection)
}

/// Some pairs.
fn sparse(
    of: &net::Projection,
    [pre, post]: [usize; 2],
    grid: TimeGrid,
    stream: &mut Stream,
) -> Result<Projection, Unbuildable> {
    let num = [of.from.size as usize, of.to.size as usize];
    if num[1] > MOST_RECEIVERS {
        return refused(&of.name, "more than 65,536 receivers", "Make the population smaller.");
    }
    // Within a population nobody is connected to itself.
    let but_itself = of.from == of.to;
    let wired = match &of.wiring {
        Wiring::Probability { p } => Sparse::by_chance(num, *p, but_itself, stream),
        Wiring::InDegree { num: each } => {
            let most = num[0] - usize::from(but_itself);
            if *each as usize > most {
                let what = format!("{each} senders for each receiver, of {most}");
                return refused(&of.name, what, "Ask for fewer, or make the senders more.");
            }
            Sparse::of_in_degree(num, *each as usize, but_itself, stream)
        }
        Wiring::AllToAll => Sparse::all(num),
        Wiring::OneToOne => Sparse::of_rows((0..of.from.size).map(|idx| vec![idx])),
        Wiring::Listed { pairs } => Sparse::of_pairs(num[0], pairs.iter().copied()),
        _ => {
            return refused(
                &of.name,
                "wiring of a kind that is not built",
                "Connect all to all, by chance, with a fixed in-degree, one to one, or by a list.",
            );
        }
    };
    let weight = match of.weights.start {
        Draw::Fixed { value } => value as f32,
        _ => 0.0,
    };
    let spans = [&of.from, &of.to].map(span);
    let ticks = ticks(of, grid)?;
    let mut projection = Projection::sparse([pre as u8, post as u8], spans, wired, weight, ticks);
    if !matches!(of.weights.start, Draw::Fixed { .. }) {
        let each = (0..projection.num_synapses()).map(|_| drawn(&of.weights.start, stream));
        let Some(weights) = each.collect::<Option<Vec<f32>>>() else {
            return refused(
                &of.name,
                "weights that are not drawn synapse by synapse",
                "Draw them fixed, uniform or normal.",
            );
        };
        projection.set_weights(&weights);
    }
    match (&of.rule, rules::inhibitory(of)) {
        (Some(_), Some(params)) => {
            let rule = InhibitoryStdp::new(num[0], num[1], params, grid);
            Ok(projection.learning_inhibition(rule))
        }
        (Some(_), None) => refused(
            &of.name,
            "a rule that sparse synapses do not learn by here",
            "Connect all to all, or take inhibitory STDP.",
        ),
        (None, _) => Ok(projection),
    }
}

/// What a sender's spikes do to those after them.
fn short_term(
    of: &net::Projection,
    grid: TimeGrid,
    stream: &mut Stream,
) -> Result<Option<ShortTerm>, Unbuildable> {
    let Some(net::ShortTerm { u, tau_d_ms, tau_f_ms, sd, tau_least_ms }) = of.short_term else {
        return Ok(None);
    };
    if matches!(of.synapse, Synapse::Dendrite { .. }) {
        let remedy = "Let spikes bring currents or conductances, or leave it out.";
        return refused(&of.name, "short-term plasticity of active dendrites", remedy);
    }
    let params = ShortTermParams { u, tau_d_ms, tau_f_ms, sd, tau_least_ms };
    if let Some(broken) = params.check().first() {
        return refused(&of.name, broken.to_string(), "Mend that constant.");
    }
    Ok(Some(ShortTerm::new(of.from.size as usize, &params, grid, stream)))
}

/// A delay, at least a step.
fn ticks(of: &net::Projection, grid: TimeGrid) -> Result<u64, Unbuildable> {
    match of.delay {
        Delay::Fixed { delay_ms } => Ok(grid.ticks_from_ms(delay_ms)),
        Delay::Uniform { .. } => {
            refused(&of.name, "delays that are drawn", "Give all its synapses one delay.")
        }
    }
}

/// What a spike does.
fn add_effects(
    of: &net::Projection,
    receiver: &net::Population,
    grid: TimeGrid,
    projection: &mut Projection,
) -> Result<(), Unbuildable> {
    let num = of.to.size as usize;
    // Inhibition is told by strengths, by weights that may be negative themselves, or by what a weight of 1 does.
    let least = of.weights.min.unwrap_or(0.0).min(of.weights.start.range().0);
    let is_strength = of.receptor == Receptor::Inhibitory && least >= 0.0;
    let signed = |of_weight: f64| if is_strength { -of_weight.abs() } else { of_weight };
    let current = |tau_s_ms, area_mv_ms: f64| {
        let tau_m_ms = lif(receiver)?.tau_m_ms;
        let current = ExponentialCurrent::new(num, tau_s_ms, tau_m_ms, signed(area_mv_ms), grid);
        Ok(Effect::Current(current))
    };
    projection.effects = match of.synapse {
        Synapse::Nothing => Vec::new(),
        Synapse::Delta { per_weight } => vec![Effect::Jump(signed(per_weight) as f32)],
        Synapse::Current { tau_s_ms, area_mv_ms } => vec![current(tau_s_ms, area_mv_ms)?],
        Synapse::Conductance { per_weight, .. } => {
            vec![Effect::Conductance(kind_of(of), per_weight as f32)]
        }
        Synapse::Dendrite {
            tau_min_ms, tau_max_ms, r_m, impulse, tau_s_ms, area_mv_ms, ..
        } => {
            let crate::sim::neuron::LifParams { tau_m_ms, v_th_mv, .. } = lif(receiver)?;
            let p = AddsParams { tau_min_ms, tau_max_ms, tau_m_ms, v_th_mv, r_m, impulse };
            let dendrites = Dendrites::new(num, projection.weights(), p, grid);
            vec![current(tau_s_ms, area_mv_ms)?, Effect::Dendrites(dendrites)]
        }
        _ => {
            return refused(
                &of.name,
                "synapses of a kind that is not built",
                "Let spikes lift potentials, currents or conductances.",
            );
        }
    };
    Ok(())
}
