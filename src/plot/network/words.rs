//! Words in and beside the picture: names of populations, synapses and roles.

use crate::net::{
    Competition, Delay, Drive, Modulator, Network, Population, Projection, Receptor, Release, Role,
    Wiring,
};

use super::block::{Block, role_of};
use crate::lab::shades::Shades;
pub(super) use crate::net::count;

/// A number with as many digits as it needs: "0.0667", "12.5", "−3".
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "not a number".into();
    }
    let magnitude = value.abs();
    let decimals = if magnitude == 0.0 || magnitude >= 99.95 {
        0
    } else {
        (2 - libm::floor(libm::log10(magnitude)) as i32).clamp(0, 5) as usize
    };
    let text = format!("{magnitude:.decimals$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    if value < 0.0 && text != "0" { format!("−{text}") } else { text.into() }
}

/// A weight as exactly as it is told: a change by less than a two-hundredth of its range is not.
pub(super) fn told(weight: f64, range: f64) -> String {
    let step = range / 40.0;
    if !(step.is_finite() && step > 0.0 && weight.is_finite()) {
        return number(weight);
    }
    let decimals = (-libm::floor(libm::log10(step))).clamp(0.0, 6.0) as usize;
    let text = format!("{:.decimals$}", weight.abs());
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if weight < 0.0 && text != "0" { format!("−{text}") } else { text.into() }
}

/// What members of a population are called: "input", "output neuron".
fn noun(population: &Population) -> String {
    let name = population.name.replace('_', " ");
    match role_of(population, 0) {
        Role::Input if name == "input" => "input".into(),
        Role::Input if name == "reward" => "reward".into(),
        Role::Input => format!("{name} input"),
        _ if name.ends_with("neuron") => name,
        Role::Inhibitory if name == "inhibition" => "inhibitory neuron".into(),
        _ => format!("{name} neuron"),
    }
}

/// What stands below a population, from the longest way to say it to the shortest.
pub(super) fn below(population: &Population, block: &Block) -> Vec<String> {
    let noun = noun(population);
    let several = if population.size == 1 { noun } else { format!("{noun}s") };
    let plain = match population.size {
        1 => several.clone(),
        size => format!("{} {several}", count(size.into())),
    };
    let mut all = Vec::new();
    if let Some((columns, rows)) = block.grid() {
        match block.is_doubled() {
            true => {
                let half = rows / 2;
                all.push(format!("{columns} × {half} pixels, and their complements"));
            }
            false => all.push(format!("{} pixels", population.size)),
        }
    }
    if population.parts.iter().filter(|part| !part.name.is_empty()).count() > 1 {
        let parts = population.parts.iter();
        let parts: Vec<String> =
            parts.map(|part| format!("{} {}", count(part.size.into()), part.name)).collect();
        all.push(format!("{plain}: {}", parts.join(", ")));
    } else if (block.marks.len() as u32) < population.size {
        all.push(format!("{plain} ({} shown)", block.marks.len()));
    }
    all.push(plain);
    all.push(count(population.size.into()));
    all
}

/// What stands below a bundle of synapses, from the longest way to say it to the shortest.
pub(super) fn below_bundle(network: &Network, projections: &[usize]) -> Vec<String> {
    let all = || projections.iter().map(|idx| &network.projections[*idx]);
    let (plastic, fixed): (Vec<_>, Vec<_>) = all().partition(|projection| projection.is_plastic());
    let rule = plastic.iter().find_map(|p| p.rule.as_ref());
    let num = counted(if plastic.is_empty() { &fixed } else { &plastic });
    let others = (!plastic.is_empty() && !fixed.is_empty())
        .then(|| format!("{} fixed", counted(&fixed).replace(" synapses", "")));
    // What its changes wait for belongs to its name, however little room there is.
    let named = |window: &str| {
        let waits = rule?.eligibility.as_ref().map(|waiting| &waiting.modulator);
        let waits = waits.map_or(String::new(), |modulator| format!(" × {modulator}"));
        Some(format!("{window}{waits}").replace('_', " "))
    };
    let long = rule.and_then(|rule| named(rule.window.word()));
    let short = named("STDP").filter(|_| long.as_ref().is_some_and(|long| long.contains("STDP")));
    let delay = all().find_map(|p| delay(&p.delay));
    let long_delay = delay.as_ref().map(|delay| format!("delay {delay}"));
    let join = |parts: &[&Option<String>]| {
        let parts = parts.iter().filter_map(|part| part.as_deref());
        parts.collect::<Vec<_>>().join(" · ")
    };
    let num = Some(num);
    let mut texts = vec![
        join(&[&num, &long, &others, &long_delay]),
        join(&[&num, &long, &others, &delay]),
        join(&[&num, &long, &others]),
        join(&[&num, &long]),
        join(&[&num, &short]),
        join(&[&long]),
        join(&[&short]),
    ];
    if rule.is_none() {
        texts.push(join(&[&num]));
    }
    texts.retain(|text| !text.is_empty());
    texts.dedup();
    texts
}

/// How many synapses these are: a table of all pairs has a place for each neuron's synapse onto itself.
fn counted(projections: &[&Projection]) -> String {
    let of = |p: &&Projection| {
        let selves = match p.wiring {
            Wiring::AllToOthers => u64::from(p.to.size.min(p.from.size)),
            _ => 0,
        };
        // Of what is left to chance, as many as are expected.
        let expected = match p.wiring {
            Wiring::Probability { p: chance } => {
                Some((f64::from(p.from.size) * f64::from(p.to.size) * chance).round() as u64)
            }
            _ => None,
        };
        p.num_weights().or(expected).map(|num| num.saturating_sub(selves))
    };
    let is_by_chance = |p: &&Projection| matches!(p.wiring, Wiring::Probability { .. });
    let about = if projections.iter().any(is_by_chance) { "about " } else { "" };
    match projections.iter().map(of).sum::<Option<u64>>() {
        Some(1) => "1 synapse".into(),
        Some(num) => format!("{about}{} synapses", count(num)),
        None => "synapses".into(),
    }
}

/// What stands below a dot for each synapse, from the longest way to say it to the shortest.
pub(super) fn below_carpet(shades: &Shades) -> Vec<String> {
    let (all, own) = (count(shades.num_synapses.into()), shades.per_sender);
    vec![
        format!("{all} synapses, a dot each: {own} of a neuron side by side, shade by weight"),
        format!("{all} synapses, a dot each, shade by weight"),
        format!("{all} synapses by weight"),
        format!("{all} synapses"),
    ]
}

/// The synapses that a neuron sends, to read beside the pointer.
pub(super) fn of_sender(name: &str, num: u32, range: Option<(f32, f32)>) -> String {
    let weights = range.map_or(String::new(), |(low, high)| match low == high {
        true => format!(": weights about {}", number(low.into())),
        false => format!(": weights from about {} to {}", number(low.into()), number(high.into())),
    });
    format!("{num} synapses of {name}{weights}")
}

/// "1 ms"; nothing where spikes arrive at once.
fn delay(delay: &Delay) -> Option<String> {
    match delay {
        Delay::Fixed { delay_ms } if *delay_ms <= 0.0 => None,
        Delay::Fixed { delay_ms } => Some(format!("{} ms", number(*delay_ms))),
        Delay::Uniform { low_ms, high_ms } => {
            Some(format!("{}–{} ms", number(*low_ms), number(*high_ms)))
        }
    }
}

/// A population that belongs to a network beside the run's.
pub(super) fn is_beside(population: &Population) -> bool {
    population.parts.iter().all(|part| part.role == Role::Control) && !population.parts.is_empty()
}

/// What is left out of the picture; empty where nothing is.
pub(super) fn left_out(network: &Network) -> Vec<String> {
    let beside = network.populations.iter().filter(|population| is_beside(population));
    let names: Vec<String> = beside.map(|population| population.name.replace('_', " ")).collect();
    let Some(first) = names.first() else { return Vec::new() };
    let kind = match first.split(' ').next().unwrap_or_default() {
        "unrewarded" => "a copy without reward",
        "rewarded" => "a rewarded copy",
        "frozen" => "a frozen copy",
        "leader" => "the neuron whose rate is copied",
        "twin" => "the rewarded twin",
        _ => "a copy for comparison",
    };
    vec![format!("Runs beside, not drawn: {kind}."), format!("Not drawn: {kind}."), kind.into()]
}

/// One neuron, to read beside the pointer.
pub(super) fn neuron(network: &Network, block: &Block, neuron: u32) -> String {
    let population = &network.populations[block.population];
    if let Some((columns, rows)) = block.grid() {
        let (column, row) = block.cell(neuron);
        let half = rows / 2;
        let (kind, row) = match block.is_doubled() {
            true if row >= half => ("complement of pixel", row - half),
            _ => ("pixel", row),
        };
        let num = row * columns + column + 1;
        return format!("{kind} {num}: row {}, column {}", row + 1, column + 1);
    }
    let noun = noun(population);
    let role = role_of(population, neuron);
    let kind = match role {
        Role::Inhibitory if !noun.contains("inhib") => ", inhibitory",
        _ => "",
    };
    let is_silent =
        population.parts.iter().any(|part| part.name == "silent") && neuron + 1 == population.size;
    match population.size {
        1 => noun,
        _ if is_silent => format!("silent {noun}"),
        _ => format!("{noun} {}{kind}", neuron + 1),
    }
}

/// One synapse with its weight.
pub(super) fn synapse(projection: &Projection, ends: [String; 2], weight: f64) -> String {
    let unit = projection.weights.unit.symbol();
    let weight = match unit {
        "" => number(weight),
        unit => format!("{} {unit}", number(weight)),
    };
    let short = |end: &str| end.split(':').next().unwrap_or_default().to_string();
    let [from, to] = ends.map(|end| short(&end));
    format!("{from} → {to}: weight {weight}")
}

/// What waits at a synapse.
pub(super) fn eligibility(value: f32) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    format!("; eligibility {sign}{}", number(value.into()))
}

/// What colours mean in this network.
pub(super) fn legend(network: &Network, has_pictures: bool) -> Vec<(&'static str, String)> {
    let shown = || network.populations.iter().filter(|population| !is_beside(population));
    let roles = || shown().flat_map(|population| population.parts.iter().map(|part| &part.role));
    let has = |role: &Role| roles().any(|other| other == role);
    let beside = |projection: &Projection| {
        network.population(&projection.from.population).is_some_and(is_beside)
    };
    let synapses = || network.projections.iter().filter(|projection| !beside(projection));
    let mut all = Vec::new();
    if has(&Role::Input) {
        all.push(("input", "input".to_string()));
    }
    let pictures = if has_pictures { ", and its weights as a picture" } else { "" };
    if has(&Role::Output) {
        let noun = if has(&Role::Hidden) { "output neuron" } else { "neuron" };
        all.push(("output", format!("{noun}{pictures}")));
    }
    if has(&Role::Hidden) {
        all.push(("excite", "hidden neuron".into()));
    }
    if has(&Role::Excitatory) {
        all.push(("excite", "excitatory neuron".into()));
    }
    let inhibits = synapses().any(|p| p.receptor != Receptor::Excitatory)
        || has(&Role::Inhibitory)
        || shown().any(|population| population.competition.is_some());
    if inhibits {
        // Arcs are drawn between neighbours only.
        let is_of_all = shown().any(|population| competes(population).is_some());
        let whom = if is_of_all { ": each of all others" } else { "" };
        all.push(("inhibit", format!("inhibition{whom}")));
    }
    let modulators = || network.modulators.iter().filter(|m| !is_other(network, m));
    if modulators().any(|m| !matches!(m.release, Release::Never)) {
        all.push(("reward", "reward (+)".into()));
        if modulators().any(can_be_negative) {
            all.push(("punish", "punishment (−)".into()));
        }
    }
    let is_awaited = |modulator: &Modulator| {
        synapses()
            .filter_map(|p| p.rule.as_ref()?.eligibility.as_ref())
            .any(|waiting| waiting.modulator == modulator.name)
    };
    if modulators().any(is_awaited) {
        all.push(("eligible", "halo: eligibility (dashed: below 0)".into()));
    }
    all
}

fn can_be_negative(modulator: &Modulator) -> bool {
    use crate::net::Signal;
    match &modulator.signal {
        Signal::Success { .. } => true,
        Signal::Dopamine { tau_mean_ms, .. } => tau_mean_ms.is_some(),
        Signal::Constant { level } => *level < 0.0,
    }
}

/// Whether only a network beside hears it.
pub(super) fn is_other(network: &Network, modulator: &Modulator) -> bool {
    let waits = |projection: &&Projection| {
        let rule = projection.rule.as_ref().and_then(|rule| rule.eligibility.as_ref());
        rule.is_some_and(|eligibility| eligibility.modulator == modulator.name)
    };
    let mut waiting = network.projections.iter().filter(waits).peekable();
    waiting.peek().is_some()
        && waiting.all(|p| network.population(&p.to.population).is_some_and(is_beside))
}

/// Whether neurons of a population inhibit each other without synapses.
pub(super) fn competes(population: &Population) -> Option<u32> {
    match population.competition.as_ref()? {
        Competition::WinnerTakeAll { size, .. } => Some(*size),
        Competition::Race { .. } | Competition::Soft { .. } => Some(population.size),
    }
}

/// Sources that drive only some of the members, with their names: groups of inputs.
pub(super) fn groups(network: &Network, population: &Population) -> Vec<(String, u32, u32)> {
    let sources = network.sources.iter();
    let parts = sources.filter(|source| {
        source.to.population == population.name
            && source.to.size < population.size
            && !source.drive.is_current()
            && !matches!(&source.drive, Drive::SpikeTimes { spikes } if spikes.is_empty())
    });
    let parts = parts.map(|source| {
        let name = source.name.strip_suffix(" inputs").unwrap_or(&source.name);
        (name.replace('_', " "), source.to.first, source.to.size.max(1))
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_long_as_they_need() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (0.5, "0.5"),
            (0.066_666, "0.0667"),
            (12.345, "12.3"),
            (100.0, "100"),
            (-3.0, "−3"),
            (0.000_001, "0"),
            (f64::NAN, "not a number"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
        assert_eq!([count(7), count(800), count(100_000)], ["7", "800", "100,000"]);
    }
}
