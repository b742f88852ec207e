//! Synapses of a description as the simulator's.

use super::cells::drawn;
use super::{MOST_RECEIVERS, Unbuildable, effects, refused, rules, span};
use crate::net::{self, Delay, Draw, Homeostasis, Layout, Synapse, Wiring};
use crate::sim::network::{Bundled, Projection, Sparse};
use crate::sim::plasticity::{self, Normalisation, SynapticScaling, SynapticScalingParams};
use crate::sim::synapse::{ShortTerm, ShortTermParams};
use crate::sim::{Stream, TimeGrid, connect, math};

/// What synapses take, before they are drawn: two bytes for a sparse one's receiver, four for a weight of its own, and
/// twelve more where it learns, to be found from its receiver.
pub(super) fn num_bytes(of: &net::Projection) -> u64 {
    let [from, to] = [&of.from, &of.to].map(|members| u64::from(members.size));
    let has_own = of.rule.is_some() || !matches!(of.weights.start, Draw::Fixed { .. });
    let each = if has_own { 4 } else { 0 };
    match &of.wiring {
        Wiring::AllToAll | Wiring::AllToOthers if !is_delayed_each(of) => from * to * 4,
        wiring => {
            let num = match wiring {
                Wiring::Probability { p } => (from as f64 * to as f64 * p) as u64,
                _ => of.num_weights().unwrap_or(from * to),
            };
            let more = if of.rule.is_some() { 8 } else { 0 };
            num * (2 + each + more + if is_delayed_each(of) { 6 } else { 0 })
        }
    }
}

/// A projection.
pub(super) fn projection(
    of: &net::Projection,
    (ends, [sender, receiver]): ([usize; 2], [&net::Population; 2]),
    grid: TimeGrid,
    (seed, wiring): (u32, &mut Stream),
) -> Result<Projection, Unbuildable> {
    let is_dense = match of.wiring {
        _ if is_delayed_each(of) => false,
        Wiring::AllToAll => is_of_wholes(of, sender, receiver) && rules::inhibitory(of).is_none(),
        Wiring::AllToOthers => is_of_wholes(of, sender, receiver),
        _ => false,
    };
    let mut projection = match is_dense {
        true => dense(of, (ends, receiver), grid, (seed, wiring))?,
        false => sparse(of, (ends, [sender, receiver]), grid, wiring)?,
    };
    arrange(of, &mut projection)?;
    effects::add(of, receiver, grid, &mut projection)?;
    projection.short_term = short_term(of, grid, wiring)?;
    match of.homeostasis[..] {
        [] => {}
        [
            ref kind @ (Homeostasis::NormaliseAtSpikes { total, from_start }
            | Homeostasis::NormalisePerTrial { total, from_start }),
        ] if is_dense => {
            projection.normalise_to = Some(total as f32);
            // Weights that have their sum already keep it at spikes.
            let is_at_spikes = matches!(kind, Homeostasis::NormaliseAtSpikes { .. });
            projection.normalises_at_spikes = is_at_spikes || from_start;
            if from_start {
                projection.normalise_all();
            }
        }
        [ref one] if is_dense => projection.homeostasis = homeostasis(of, one, grid)?,
        _ => {
            return refused(
                &of.name,
                "homeostasis of several kinds, or of sparse synapses",
                "Take one kind, and connect all of one population to all of another; or leave it out.",
            );
        }
    }
    Ok(projection)
}

/// What goes on beside learning.
fn homeostasis(
    of: &net::Projection,
    kind: &Homeostasis,
    grid: TimeGrid,
) -> Result<plasticity::Homeostasis, Unbuildable> {
    let (num, w_max) = (of.to.size as usize, of.weights.max.unwrap_or(f64::INFINITY));
    Ok(match *kind {
        Homeostasis::NormaliseEvery { total, every_ms } => plasticity::Homeostasis::Normalisation(
            Normalisation::new(num, total, w_max, every_ms, grid),
        ),
        Homeostasis::Scaling { target_rate_hz, tau_rate_ms, tau_scaling_ms, every_ms } => {
            let interval_ms = every_ms;
            let params = SynapticScalingParams {
                target_rate_hz,
                tau_rate_ms,
                tau_scaling_ms,
                interval_ms,
                w_max,
            };
            plasticity::Homeostasis::Scaling(SynapticScaling::new(num, &params, grid))
        }
        _ => {
            return refused(
                &of.name,
                "homeostasis of a kind that is not built",
                "Take synaptic scaling or a fixed sum of the weights, or leave it out.",
            );
        }
    })
}

/// From all of one population to all of another.
fn is_of_wholes(
    of: &net::Projection,
    sender: &net::Population,
    receiver: &net::Population,
) -> bool {
    of.from == sender.all() && of.to == receiver.all()
}

/// Whether synapses have delays of their own.
fn is_delayed_each(of: &net::Projection) -> bool {
    matches!(of.delay, Delay::Uniform { .. })
}

/// Every pair, of whole populations.
fn dense(
    of: &net::Projection,
    ([pre, post], receiver): ([usize; 2], &net::Population),
    grid: TimeGrid,
    (seed, stream): (u32, &mut Stream),
) -> Result<Projection, Unbuildable> {
    let [num_pre, num] = [of.from.size as usize, of.to.size as usize];
    let is_to_others = of.wiring == Wiring::AllToOthers;
    let weights = match of.weights.start {
        Draw::Fixed { value } => vec![value as f32; num_pre * num],
        Draw::Uniform { low, high } if is_to_others => {
            connect::all_to_others(num, low as f32, high as f32, stream)
        }
        _ => start_weights(of, num_pre * num, stream)?,
    };
    let ticks = ticks(of, grid);
    let mut projection = Projection::new(pre as u8, post as u8, num, weights, ticks);
    projection.stdp = rules::dense(of, receiver, grid, seed)?;
    Ok(if is_to_others { projection.but_itself() } else { projection })
}

/// Weights that depend on each other, or on who sends.
fn arrange(of: &net::Projection, projection: &mut Projection) -> Result<(), Unbuildable> {
    match &of.weights.start {
        Draw::Scaled { mean, .. } => {
            let ends = [
                of.weights.min.unwrap_or(f64::NEG_INFINITY) as f32,
                of.weights.max.unwrap_or(f64::INFINITY) as f32,
            ];
            projection.scale_each_receiver(*mean as f32, ends);
        }
        Draw::BySender { values } if values.len() == of.from.size as usize => {
            let values: Vec<f32> = values.iter().map(|value| *value as f32).collect();
            projection.set_weights_of_senders(&values);
        }
        Draw::BySender { values } => {
            let what = format!("{} weights for {} senders", values.len(), of.from.size);
            return refused(&of.name, what, "List one for each sender.");
        }
        _ => {}
    }
    Ok(())
}

/// Where so many weights begin.
fn start_weights(
    of: &net::Projection,
    num: usize,
    stream: &mut Stream,
) -> Result<Vec<f32>, Unbuildable> {
    if let Draw::Listed { values } = &of.weights.start {
        return match values.len() == num {
            true => Ok(values.iter().map(|value| *value as f32).collect()),
            false => refused(
                &of.name,
                format!("{} listed weights for {num} synapses", values.len()),
                "List one for each synapse.",
            ),
        };
    }
    let each: Option<Vec<f32>> = (0..num).map(|_| drawn(&of.weights.start, stream)).collect();
    match each {
        Some(weights) => Ok(weights),
        None => refused(
            &of.name,
            "weights that are not drawn synapse by synapse",
            "Draw them fixed, uniform or normal, or list them.",
        ),
    }
}

/// Some pairs.
fn sparse(
    of: &net::Projection,
    ([pre, post], populations): ([usize; 2], [&net::Population; 2]),
    grid: TimeGrid,
    stream: &mut Stream,
) -> Result<Projection, Unbuildable> {
    if of.to.size as usize > MOST_RECEIVERS {
        return refused(&of.name, "more than 65,536 receivers", "Make the population smaller.");
    }
    let wired = wired(of, populations, stream)?;
    let fixed = match of.weights.start {
        Draw::Fixed { value } => Some(value as f32),
        _ => None,
    };
    let each = match fixed {
        Some(_) => Vec::new(),
        None => start_weights(of, wired.len(), stream)?,
    };
    let (ends, weight) = ([pre as u8, post as u8], fixed.unwrap_or(0.0));
    let spans = [&of.from, &of.to].map(span);
    let mut projection = match &of.delay {
        Delay::Fixed { .. } => {
            let projection = Projection::sparse(ends, spans, wired, weight, ticks(of, grid));
            with_weights(projection, each)
        }
        Delay::Uniform { low_ms, high_ms } => {
            let mut tick = || {
                let ms = f64::from(stream.between(*low_ms as f32, *high_ms as f32));
                grid.ticks_from_ms(ms) as u16
            };
            let delays: Vec<u16> = (0..wired.len()).map(|_| tick()).collect();
            let bundled = Bundled::new(&wired, &delays);
            let place = |synapse: &u32| each.get(*synapse as usize).copied();
            let each = bundled.order.iter().filter_map(place).collect();
            with_weights(Projection::of_bundles(ends, spans, bundled, weight), each)
        }
    };
    if let Some(rule) = &of.rule {
        let num = [projection.num_pre(), of.to.size as usize, projection.num_synapses()];
        projection = projection.learning(rules::sparse(of, rule, num, grid)?);
    }
    Ok(projection)
}

/// The same with these weights, if there are any.
fn with_weights(mut projection: Projection, each: Vec<f32>) -> Projection {
    if !each.is_empty() {
        projection.set_weights(&each);
    }
    projection
}

/// Who is connected to whom.
fn wired(
    of: &net::Projection,
    populations: [&net::Population; 2],
    stream: &mut Stream,
) -> Result<Sparse, Unbuildable> {
    let num = [of.from.size as usize, of.to.size as usize];
    // Within a population nobody is connected to itself.
    let but_itself = of.from == of.to;
    let others = num[1] - usize::from(but_itself && of.wiring != Wiring::AllToAll);
    Ok(match &of.wiring {
        Wiring::Probability { p } => Sparse::by_chance(num, *p, but_itself, stream),
        Wiring::InDegree { num: each } => {
            let most = num[0] - usize::from(but_itself);
            if *each as usize > most {
                let what = format!("{each} senders for each receiver, of {most}");
                return refused(&of.name, what, "Ask for fewer, or make the senders more.");
            }
            Sparse::of_in_degree(num, *each as usize, but_itself, stream)
        }
        Wiring::OutDegree { num: each } if others > 0 => {
            Sparse::of_out_degree(num, *each as usize, but_itself, stream)
        }
        Wiring::ByDistance { lambda } => {
            let Some(places) = grids(of, populations) else {
                return refused(
                    &of.name,
                    "wiring by distance of neurons that do not stand in a grid",
                    "Lay both populations out as grids, or connect them by chance.",
                );
            };
            let p = |pre: u32, post: u32| {
                let [(x, y), (x_to, y_to)] = [places[0](pre), places[1](post)];
                let far = ((x - x_to) * (x - x_to) + (y - y_to) * (y - y_to)).sqrt();
                let is_itself = but_itself && pre == post;
                if is_itself { 0.0 } else { lambda * math::exp_f64(-lambda * far) }
            };
            Sparse::by_law(num, p, stream)
        }
        Wiring::AllToAll => Sparse::all(num),
        Wiring::AllToOthers => {
            let others = |idx: u32| (0..of.to.size).filter(move |to| *to != idx).collect();
            Sparse::of_rows((0..of.from.size).map(others))
        }
        Wiring::OneToOne => Sparse::of_rows((0..of.from.size).map(|idx| vec![idx])),
        Wiring::Listed { pairs } => Sparse::of_pairs(num[0], pairs.iter().copied()),
        Wiring::OutDegree { .. } | Wiring::ByCircuit { .. } => {
            return refused(
                &of.name,
                "wiring of a kind that is not built, or to nobody",
                "Connect all to all, by chance, by distance, with a fixed in-degree or out-degree, one to one, or by a list.",
            );
        }
    })
}

/// Where a member stands: its column and row.
type Place = Box<dyn Fn(u32) -> (f64, f64)>;

/// Where senders and receivers stand, if both stand in grids.
fn grids(of: &net::Projection, populations: [&net::Population; 2]) -> Option<[Place; 2]> {
    let place = |population: &net::Population, first: u32| match population.place.layout {
        Layout::Grid { columns, .. } => {
            let at = move |member: u32| {
                let idx = first + member;
                (f64::from(idx % columns), f64::from(idx / columns))
            };
            Some(Box::new(at) as Place)
        }
        _ => None,
    };
    let [from, to] = populations;
    Some([place(from, of.from.first)?, place(to, of.to.first)?])
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
    if is_delayed_each(of) {
        let remedy = "Give all its synapses one delay, or leave it out.";
        return refused(&of.name, "short-term plasticity of synapses with own delays", remedy);
    }
    let params = ShortTermParams { u, tau_d_ms, tau_f_ms, sd, tau_least_ms };
    if let Some(broken) = params.check().first() {
        return refused(&of.name, broken.to_string(), "Mend that constant.");
    }
    Ok(Some(ShortTerm::new(of.from.size as usize, &params, grid, stream)))
}

/// The one delay of all synapses, at least a step.
fn ticks(of: &net::Projection, grid: TimeGrid) -> u64 {
    match of.delay {
        Delay::Fixed { delay_ms } => grid.ticks_from_ms(delay_ms),
        Delay::Uniform { .. } => 1,
    }
}
