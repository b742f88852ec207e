//! What drives a network from outside, as NEST's generators.
//!
//! A generator's spikes reach a learning synapse only through a neuron: inputs are parrots, which repeat what they hear, or
//! where spikes are listed injectors, which fire by a list.

use super::cells::{self, Cell};
use crate::export::script::refused;
use crate::export::script::words::{ident, least_steps, members, number, population as of_members};
use crate::lab::built::Unbuildable;
use crate::net::{Counting, Drive, Network, Population, Recipe, Source};

/// More listed spikes than this make a script that nobody reads.
const MOST_LISTED: usize = 2_000;

/// Inputs, and what makes them fire: NEST's own generators, or else the run's own spikes.
pub(super) fn group(
    net: &Network,
    population: &Population,
    is_recorded: bool,
) -> Result<String, Unbuildable> {
    let (name, size) = (ident(&population.name), population.size);
    let own = net.sources.iter().filter(|of| of.to.population == population.name);
    let own: Vec<&Source> = own.collect();
    let head = format!("\n# --- {}: {size} inputs\n", population.name);
    let drawn: Option<Vec<String>> = own.iter().map(|source| drawn(source, population)).collect();
    let drawn = drawn.filter(|drawn| !drawn.is_empty() && !is_recorded);
    let mut sent = net.projections.iter().filter(|of| of.from.population == population.name);
    let learns = sent.any(|of| of.is_plastic());
    if let Some(drawn) = drawn {
        let text = head
            + &format!("{name} = nest.Create(\"parrot_neuron\", {size})\n")
            + &drawn.concat()
            + &match learns {
                true => format!("nest.Connect(flush, {name}, syn_spec={{\"delay\": dt}})\n"),
                false => String::new(),
            };
        return Ok(text);
    }
    let listed = match own[..] {
        [Source { drive: Drive::SpikeTimes { spikes }, .. }] if spikes.len() <= MOST_LISTED => {
            let who: Vec<String> = spikes.iter().map(|(who, _)| who.to_string()).collect();
            let when: Vec<String> = spikes.iter().map(|(_, ms)| number(*ms)).collect();
            let [who, when] = [who, when].map(|all| all.join(", "));
            format!("neurons, times = np.array([{who}]), np.array([{when}])\n")
        }
        _ => format!("neurons, times = recorded(\"{}\")\n", population.name),
    };
    // A delay that NEST does not have is made up for by firing earlier.
    let earlier = 1 + late(net, population)? - i64::from(least_steps(net, population));
    let when = match 1 - earlier.max(0) {
        0 => "times".into(),
        1 => "times + dt".into(),
        steps => format!("times - {}*dt", -steps),
    };
    Ok(head
        + &listed
        + &format!(
            "{name} = nest.Create(\"spike_train_injector\", {size}, params=trains(neurons, {when}, {size}))\n"
        ))
}

/// By how many steps the neurons that hear them feel spikes later than others.
fn late(net: &Network, population: &Population) -> Result<i64, Unbuildable> {
    let sent = net.projections.iter().filter(|of| of.from.population == population.name);
    let mut most = 0;
    for of in sent {
        most = most.max(i64::from(cells::cell(net, of_members(net, &of.to))?.late));
    }
    Ok(most)
}

/// A source that NEST has as well, of inputs that repeat it; none where there is no word for such.
fn drawn(source: &Source, population: &Population) -> Option<String> {
    let to = members(&source.to, population.size);
    let connect = |generator: &str, rule: &str| {
        format!("nest.Connect({generator}, {to}{rule}, syn_spec={{\"delay\": dt}})\n")
    };
    let poisson = |rate: &str| {
        format!(
            "poisson = nest.Create(\"poisson_generator\", params={{\"rate\": {rate}, \"stop\": duration}})\n"
        ) + &connect("poisson", "")
    };
    let remark = format!("# {}\n", source.name);
    Some(match source.drive {
        Drive::Poisson { rate_hz, counting: Counting::OncePerStep } => {
            remark + &poisson(&number(rate_hz))
        }
        Drive::PoissonSpan { low_hz, high_hz } => {
            let num = source.to.size;
            let rates = format!(
                "[{{\"rate\": rate, \"stop\": duration}} for rate in np.linspace({}, {}, {num})]",
                number(low_hz),
                number(high_hz)
            );
            remark
                + &format!(
                    "poisson = nest.Create(\"poisson_generator\", {num}, params={rates})\n{}",
                    connect("poisson", ", \"one_to_one\"")
                )
        }
        Drive::CommonSource { rate_hz, correlation: 0.0, late_ms: 0.0, .. } => {
            remark + &poisson(&number(rate_hz))
        }
        Drive::CommonSource { ref recipe, rate_hz, correlation, late_ms: 0.0 } => {
            let (mother_hz, p_copy) = match recipe {
                Recipe::SqrtC => (rate_hz, correlation.sqrt()),
                Recipe::Mip => (rate_hz / correlation, correlation),
            };
            let mother = format!(
                "mother = nest.Create(\n    \"mip_generator\", params={{\"rate\": {}, \"p_copy\": {}, \"stop\": duration}}\n)\n",
                number(mother_hz),
                number(p_copy)
            );
            let alone = match recipe {
                Recipe::SqrtC => poisson(&number(rate_hz * (1.0 - p_copy))),
                Recipe::Mip => String::new(),
            };
            remark + &mother + &connect("mother", "") + &alone
        }
        _ => return None,
    })
}

/// A current, or kicks; inputs have theirs already. Currents that flow all the time are told by the neuron.
pub(super) fn drive(net: &Network, source: &Source, cell: &Cell) -> Result<String, Unbuildable> {
    let population = of_members(net, &source.to);
    let to = members(&source.to, population.size);
    let head = format!("\n# --- {}: {} onto {to}\n", source.name, source.drive.word());
    let pa = |mv: f64| number(mv * cell.per_mv);
    Ok(head
        + &match &source.drive {
            &Drive::Current { r_i_mv } => format!("{to}.I_e = {}\n", pa(r_i_mv)),
            Drive::StepCurrent { levels } => {
                // What a generator changes is felt a step and a delay later.
                let at = |ms: f64| (ms / net.dt_ms).round() * net.dt_ms - net.dt_ms;
                let now = levels.iter().take_while(|(ms, _)| at(*ms) < net.dt_ms / 2.0).last();
                let base = now.map_or(0.0, |(_, level)| *level);
                let later: Vec<&(f64, f64)> =
                    levels.iter().filter(|(ms, _)| at(*ms) >= net.dt_ms / 2.0).collect();
                let times: Vec<String> = later.iter().map(|(ms, _)| number(at(*ms))).collect();
                let values: Vec<String> = later.iter().map(|(_, mv)| pa(mv - base)).collect();
                format!(
                    "{to}.I_e = {}  # and the generator adds to it\n\
                     steps = nest.Create(\n    \"step_current_generator\",\n    \
                     params={{\"amplitude_times\": [{}], \"amplitude_values\": [{}]}},\n)\n\
                     nest.Connect(steps, {to}, syn_spec={{\"delay\": dt}})\n",
                    pa(base),
                    times.join(", "),
                    values.join(", ")
                )
            }
            &Drive::SineCurrent { mean_mv, amplitude_mv, frequency_hz } => format!(
                "sine = nest.Create(\"ac_generator\", params={{\"amplitude\": {}, \"offset\": {}, \"frequency\": {}}})\n\
                 nest.Connect(sine, {to}, syn_spec={{\"delay\": dt}})\n",
                pa(amplitude_mv),
                pa(mean_mv),
                number(frequency_hz)
            ),
            &Drive::Kicks { rate_hz, size_mv } => {
                format!(
                    "kicks = nest.Create(\"poisson_generator\", params={{\"rate\": {}}})\n\
                     nest.Connect(kicks, {to}, syn_spec={{\"weight\": {}, \"delay\": dt}})\n",
                    number(rate_hz),
                    number(size_mv)
                )
            }
            drive => {
                return refused(
                    &source.name,
                    format!(
                        "a drive of the kind \"{}\", which NEST has no generator for",
                        drive.word()
                    ),
                    "Take a constant, stepwise or sine current, or kicks.",
                );
            }
        })
}
