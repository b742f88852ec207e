//! What drives a network from outside: inputs that fire, currents and kicks.

use crate::export::script::refused;
use crate::export::script::words::{ident, least_steps, members, number};
use crate::lab::built::Unbuildable;
use crate::net::{Counting, Drive, Network, Population, Recipe, Source};

/// More listed spikes than this make a script that nobody reads.
const MOST_LISTED: usize = 2_000;

/// Inputs, and what makes them fire: a source that Brian 2 has as well, or else the run's own spikes.
pub(super) fn group(net: &Network, population: &Population, is_recorded: bool) -> String {
    let (name, size) = (ident(&population.name), population.size);
    let own: Vec<&Source> =
        net.sources.iter().filter(|of| of.to.population == population.name).collect();
    let drawn = match own[..] {
        _ if is_recorded => None,
        [source] if source.to.size == size => drawn(&source.drive, &name, size, net.dt_ms),
        _ => None,
    };
    let drawn = match is_recorded {
        true => None,
        false => drawn.or_else(|| in_groups(&own, &name, size, net.dt_ms)),
    };
    // Without a delay they act in their own step here, and there in the next.
    let earlier = match is_recorded && least_steps(net, population) == 0 {
        true => format!(
            "times = np.maximum(times - {}, 0)  # acts in its own step\n",
            number(net.dt_ms)
        ),
        false => String::new(),
    };
    let body = drawn.unwrap_or_else(|| {
        format!(
            "neurons, times = recorded(\"{}\")\n{earlier}\
             {name} = SpikeGeneratorGroup({size}, neurons, times*ms)\n",
            population.name
        )
    });
    format!("\n# --- {}: {size} inputs\n{body}", population.name)
}

/// Inputs that are drawn there; none where there is no word for such.
fn drawn(drive: &Drive, name: &str, size: u32, dt_ms: f64) -> Option<String> {
    match drive {
        &Drive::Poisson { rate_hz, counting: Counting::OncePerStep } => {
            Some(format!("{name} = PoissonGroup({size}, {}*Hz)\n", number(rate_hz)))
        }
        &Drive::PoissonSpan { low_hz, high_hz } => Some(format!(
            "{name} = PoissonGroup({size}, np.linspace({}, {}, {size})*Hz)\n",
            number(low_hz),
            number(high_hz)
        )),
        Drive::SpikeTimes { spikes } if spikes.len() <= MOST_LISTED => {
            let on_grid = |ms: f64| number((ms / dt_ms).round() * dt_ms);
            let who: Vec<String> = spikes.iter().map(|(who, _)| who.to_string()).collect();
            let when: Vec<String> = spikes.iter().map(|(_, ms)| on_grid(*ms)).collect();
            Some(format!(
                "{name} = SpikeGeneratorGroup({size}, [{}], [{}]*ms)\n",
                who.join(", "),
                when.join(", ")
            ))
        }
        _ => None,
    }
}

/// How a group of inputs fires in a step: how likely an event of all is, how likely each takes part in one, and how likely
/// each fires besides.
struct Shares {
    event: f64,
    joins: f64,
    alone: f64,
}

fn shares(drive: &Drive, dt_ms: f64) -> Option<Shares> {
    match *drive {
        Drive::Poisson { rate_hz, counting: Counting::OncePerStep } => {
            Some(Shares { event: 0.0, joins: 0.0, alone: rate_hz * dt_ms / 1_000.0 })
        }
        Drive::CommonSource { ref recipe, rate_hz, correlation: c, late_ms: 0.0 } => {
            let p = rate_hz * dt_ms / 1_000.0;
            let joins = match recipe {
                Recipe::SqrtC => c.sqrt(),
                Recipe::Mip => p + c * (1.0 - p),
            };
            Some(match recipe {
                Recipe::SqrtC => Shares { event: p, joins, alone: p * (1.0 - joins) },
                Recipe::Mip => Shares { event: p / joins, joins, alone: 0.0 },
            })
        }
        _ => None,
    }
}

/// Groups of inputs that fire together now and then, drawn there; none where one of them fires in another way.
fn in_groups(own: &[&Source], name: &str, size: u32, dt_ms: f64) -> Option<String> {
    let groups: Option<Vec<(&Source, Shares)>> =
        own.iter().map(|source| Some((*source, shares(&source.drive, dt_ms)?))).collect();
    let groups = groups.filter(|groups| !groups.is_empty())?;
    let mut text = format!(
        "# In each step a group may have an event, in which each of its inputs fires by chance; besides they fire on their own.\n\
         {name} = NeuronGroup(\n    {size},\n    \"\"\"event : boolean\njoins : 1\nalone : 1\"\"\",\n    \
         threshold=\"rand() < alone or (event and rand() < joins)\",\n)\n"
    );
    let mut events = String::new();
    for (source, Shares { event, joins, alone }) in groups {
        let span = format!("[{}:{}]", source.to.first, source.to.first + source.to.size);
        text += &format!("{name}.alone{span} = {}  # {}\n", number(alone), source.name);
        if event > 0.0 {
            text += &format!("{name}.joins{span} = {}\n", number(joins));
            events += &format!("    {name}.event{span} = np.random.rand() < {}\n", number(event));
        }
    }
    if !events.is_empty() {
        text +=
            &format!("\n\n@network_operation(when=\"start\")\ndef {name}_events():\n{events}\n");
    }
    Some(text)
}

/// A current, or kicks; inputs have theirs already.
pub(super) fn drive(net: &Network, source: &Source) -> Result<String, Unbuildable> {
    if !source.drive.is_current() {
        return Ok(String::new());
    }
    let population = net.population(&source.to.population).expect("a population of this name");
    let to = members(&source.to, population.size);
    let head = format!("\n# --- {}: {} onto {to}\n", source.name, source.drive.word());
    Ok(head
        + &match &source.drive {
            &Drive::Current { r_i_mv } => {
                format!("{to}.drive = {}*{}\n", number(r_i_mv), super::neurons::unit_of(population))
            }
            // As many in a step as Poisson's law says; a refractory neuron feels none.
            &Drive::Kicks { rate_hz, size_mv } => format!(
                "{to}.run_regularly(\"v += {}*mV*poisson({})*int(not_refractory)\", when=\"before_thresholds\")\n",
                number(size_mv),
                number(rate_hz * net.dt_ms / 1_000.0)
            ),
            drive => {
                return refused(
                    &source.name,
                    format!("a drive of the kind \"{}\"", drive.word()),
                    "Take a constant current or kicks.",
                );
            }
        })
}
