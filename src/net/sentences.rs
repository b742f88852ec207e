//! A description as a few plain sentences, for readers who cannot see the picture.

use super::modulator::{Modulator, Release};
use super::network::Network;
use super::population::{Competition, Layout, Population, Role};
use super::projection::{Delay, Projection, Receptor, Wiring};
use super::source::Drive;

/// No more than so many sentences.
const MOST: usize = 8;

/// Sender, receiver, and whether the one inhibits the other.
type Ends<'n> = (&'n str, &'n str, bool);

impl Network {
    /// What there is and what it does, in at most eight sentences. Networks that run beside are named, not described.
    pub fn sentences(&self) -> Vec<String> {
        let mut all = Vec::new();
        all.extend(self.inputs());
        all.extend(self.neurons());
        all.extend(self.current());
        let mut projections = self.projection_sentences();
        let rest = MOST.saturating_sub(all.len() + self.modulators.len().min(1) + 2).max(1);
        if projections.len() > rest {
            projections.truncate(rest);
        }
        all.extend(projections);
        all.extend(self.competition());
        all.extend(self.modulators.iter().find(|m| self.is_own(m)).map(|m| self.signal(m)));
        all.extend(self.beside());
        all.truncate(MOST);
        all
    }

    fn own(&self) -> impl Iterator<Item = &Population> {
        self.populations.iter().filter(|population| !is_beside(population))
    }

    /// All inputs, and how they fire.
    fn inputs(&self) -> Option<String> {
        let inputs: Vec<&Population> =
            self.own().filter(|p| role(p) == Some(&Role::Input)).collect();
        let first = inputs.first()?;
        let drives = self.sources.iter().filter(|source| {
            inputs.iter().any(|input| input.name == source.to.population)
                && !matches!(&source.drive, Drive::SpikeTimes { spikes } if spikes.is_empty())
        });
        let mut fire: Vec<String> = drives.map(|source| firing(&source.drive)).collect();
        fire.dedup();
        fire.truncate(1);
        let fire = fire.pop().unwrap_or_else(|| "fire as they are told".into());
        let num: u32 = inputs.iter().map(|input| input.size).sum();
        let who = match (&inputs[..], &first.place.layout) {
            ([input], Layout::Grid { columns, rows }) if columns * rows == input.size => {
                format!("{num} inputs in a grid of {columns} × {rows}")
            }
            ([input], _) if input.size == 1 => "One input".into(),
            ([_], _) => format!("{} inputs", count(num.into())),
            _ => {
                let names: Vec<String> = inputs.iter().map(|input| plain(&input.name)).collect();
                format!("{} inputs ({})", count(num.into()), list(&names))
            }
        };
        let fire = if num == 1 { singular(&fire) } else { fire };
        Some(format!("{who} {fire}."))
    }

    /// All neurons that are no inputs.
    fn neurons(&self) -> Option<String> {
        let others = self.own().filter(|p| role(p) != Some(&Role::Input));
        let named: Vec<String> = others.map(neurons_of).collect();
        let last = named.last()?;
        let verb = if named.len() == 1 && last.starts_with("one ") { "is" } else { "are" };
        Some(format!("There {verb} {}.", list(&named)))
    }

    /// What drives neurons that have no inputs.
    fn current(&self) -> Option<String> {
        if self.own().any(|p| role(p) == Some(&Role::Input)) {
            return None;
        }
        let is_one = |drive: &Drive| {
            matches!(
                drive,
                Drive::Current { .. }
                    | Drive::StepCurrent { .. }
                    | Drive::RampCurrent { .. }
                    | Drive::SineCurrent { .. }
                    | Drive::ColouredNoise { .. }
                    | Drive::CommonCurrent { .. }
            )
        };
        let source = self.sources.iter().find(|source| is_one(&source.drive))?;
        Some(format!("What drives it is a {}.", source.drive.word()))
    }

    /// One sentence for each pair of populations.
    fn projection_sentences(&self) -> Vec<String> {
        let is_own = |name: &str| self.own().any(|population| population.name == name);
        let own = self.projections.iter();
        let own = own.filter(|p| is_own(&p.from.population) && is_own(&p.to.population));
        let mut pairs: Vec<(Ends<'_>, Vec<&Projection>)> = Vec::new();
        for projection in own {
            let inhibits = projection.receptor == Receptor::Inhibitory;
            let key = (&*projection.from.population, &*projection.to.population, inhibits);
            match pairs.iter_mut().find(|(other, _)| *other == key) {
                Some((_, of)) => of.push(projection),
                None => pairs.push((key, vec![projection])),
            }
        }
        pairs.iter().map(|((_, _, inhibits), of)| self.projection(of, *inhibits)).collect()
    }

    fn projection(&self, of: &[&Projection], inhibits: bool) -> String {
        let first = of[0];
        let num: Option<u64> = of.iter().map(|projection| projection.num_weights()).sum();
        // A table of all pairs has a place for each neuron's synapse onto itself.
        let selves = match first.wiring {
            Wiring::AllToOthers => of.iter().map(|p| u64::from(p.to.size.min(p.from.size))).sum(),
            _ => 0,
        };
        let kind = if inhibits { " inhibitory" } else { "" };
        let synapses = match num.map(|num| num.saturating_sub(selves)) {
            Some(1) => format!("one{kind} synapse"),
            Some(num) => format!("{}{kind} synapses", count(num)),
            None => format!("random{kind} synapses"),
        };
        let [from, to] = [&first.from, &first.to].map(|end| {
            let size = of.iter().map(|p| if end == &first.from { &p.from } else { &p.to });
            let sizes: u32 = size.map(|members| members.size).max().unwrap_or(1);
            let population = self.population(&end.population);
            population.map_or_else(|| plain(&end.population), |p| several(p, sizes))
        });
        let is_single = num.map(|num| num.saturating_sub(selves)) == Some(1);
        let ends = match first.from.population == first.to.population {
            true if is_single => format!("leads from one {to} to another"),
            true => format!("connect the {to} with each other"),
            false if is_single => format!("leads from the {from} to the {to}"),
            false => format!("lead from the {from} to the {to}"),
        };
        let learning = match (&first.rule, is_single) {
            (Some(rule), true) => format!("learns by {}", rule.window.word()),
            (Some(rule), false) => format!("learn by {}", rule.window.word()),
            (None, true) => "does not learn".into(),
            (None, false) => "do not learn".into(),
        };
        let delay = match &first.delay {
            Delay::Fixed { delay_ms } if *delay_ms <= 0.0 => String::new(),
            Delay::Fixed { delay_ms } => format!(", with a delay of {} ms", number(*delay_ms)),
            Delay::Uniform { low_ms, high_ms } => {
                format!(", with delays from {} to {} ms", number(*low_ms), number(*high_ms))
            }
        };
        capital(&format!("{synapses} {ends} and {learning}{delay}."))
    }

    /// Who inhibits whom without synapses.
    fn competition(&self) -> Option<String> {
        let competing = self.own().find(|population| population.competition.is_some())?;
        let neurons = plain(&competing.name);
        Some(match competing.competition.as_ref()? {
            Competition::WinnerTakeAll { .. } => {
                format!("When one {neurons} neuron fires, it inhibits the others.")
            }
            Competition::Soft { .. } => {
                format!("When one {neurons} neuron fires, the others lose some of their current.")
            }
            Competition::Race { .. } => {
                format!(
                    "The first {neurons} neuron to reach its threshold wins the trial, and no other neuron fires."
                )
            }
        })
    }

    /// Whether a modulator is the run's own.
    fn is_own(&self, modulator: &Modulator) -> bool {
        let waits = |projection: &&Projection| {
            let eligibility = projection.rule.as_ref().and_then(|rule| rule.eligibility.as_ref());
            eligibility.is_some_and(|eligibility| eligibility.modulator == modulator.name)
        };
        let mut waiting = self.projections.iter().filter(waits).peekable();
        waiting.peek().is_none()
            || waiting.any(|p| self.population(&p.to.population).is_some_and(|p| !is_beside(p)))
    }

    fn signal(&self, modulator: &Modulator) -> String {
        let name = match &*modulator.name {
            "dopamine" => "Dopamine".into(),
            "success" => "The success signal".into(),
            name => format!("The {}", plain(name)),
        };
        let released = match &modulator.release {
            Release::Never => {
                return format!("{name} could change the weights, but it never comes.");
            }
            Release::Always => "is there all the time",
            Release::Pairing { .. } => {
                "is released some time after one chosen synapse sees its input fire just before its output"
            }
            Release::Yoked { .. } => "is released as in another network, not by this one's spikes",
            Release::Shuffled { .. } => "is that of other trials, in shuffled order",
            Release::Every { .. } => "is released by the clock, whatever the neurons do",
            Release::Spikes { .. } => "follows the spikes of one neuron",
            Release::Trials { .. } => "follows some of the trials",
            Release::Verdict { .. } => {
                "comes after each trial and says whether the right neuron fired most"
            }
            Release::EveryTrial { .. } => "comes after every trial, whatever the neurons did",
            Release::Coin { .. } => {
                "comes after each trial, positive or negative by the toss of a coin"
            }
            Release::Score { .. } => {
                "comes after each trial and says how well spikes hit their target times"
            }
        };
        let waits = self.projections.iter().any(|projection| {
            let eligibility = projection.rule.as_ref().and_then(|rule| rule.eligibility.as_ref());
            eligibility.is_some_and(|eligibility| eligibility.modulator == modulator.name)
        });
        match waits {
            true => format!("{name} {released}; weights change only with it."),
            false => format!("{name} {released}."),
        }
    }

    fn beside(&self) -> Option<String> {
        let name = plain(&self.populations.iter().find(|p| is_beside(p))?.name);
        let kind = match name.split(' ').next().unwrap_or_default() {
            "unrewarded" => "a copy without reward",
            "rewarded" => "a copy that is rewarded for its own spikes",
            "frozen" => "a copy whose weights are frozen",
            "leader" => "a neuron whose rate this one is held at",
            "twin" => "a twin that is rewarded for its own spikes",
            _ => "a copy",
        };
        Some(format!("For comparison {kind} runs beside."))
    }
}

fn role(population: &Population) -> Option<&Role> {
    population.parts.first().map(|part| &part.role)
}

fn is_beside(population: &Population) -> bool {
    !population.parts.is_empty() && population.parts.iter().all(|part| part.role == Role::Control)
}

fn plain(name: &str) -> String {
    name.replace('_', " ")
}

/// "4 output neurons", "one output neuron", "800 excitatory and 200 inhibitory neurons".
fn neurons_of(population: &Population) -> String {
    let named = population.parts.iter().filter(|part| !part.name.is_empty());
    if named.count() > 1 {
        let parts = population.parts.iter();
        let parts: Vec<String> = parts
            .map(|part| format!("{} {}", count(part.size.into()), plain(&part.name)))
            .collect();
        return format!("{} neurons", list(&parts));
    }
    let name = match &*population.name {
        "neuron" => String::new(),
        name => format!("{} ", plain(name)),
    };
    match population.size {
        1 => format!("one {name}neuron"),
        size => format!("{} {name}neurons", count(size.into())),
    }
}

/// "inputs", "output neuron".
fn several(population: &Population, size: u32) -> String {
    let name = plain(&population.name);
    let noun = match role(population) {
        Some(Role::Input) if name == "input" => "input".into(),
        Some(Role::Input) => format!("{name} input"),
        _ if name == "neuron" => name,
        _ => format!("{name} neuron"),
    };
    if size == 1 { noun } else { format!("{noun}s") }
}

/// How inputs fire, as the predicate of several.
fn firing(drive: &Drive) -> String {
    let rate = |rate_hz: &f64| format!("{} Hz", number(*rate_hz));
    match drive {
        Drive::Poisson { rate_hz, .. } => {
            format!("fire at random at {}, independently of each other", rate(rate_hz))
        }
        Drive::PoissonSpan { low_hz, high_hz } => {
            format!(
                "fire at random, the first at {} and the last at {}",
                rate(low_hz),
                rate(high_hz)
            )
        }
        Drive::CommonSource { rate_hz, .. } | Drive::Jittered { rate_hz, .. } => {
            format!("fire at random at {}, some of them often together", rate(rate_hz))
        }
        Drive::DoublyStochastic { rate_hz, .. } => {
            format!(
                "fire at random at about {}, some of them with rates that change together",
                rate(rate_hz)
            )
        }
        Drive::Embedded { pattern_ms, .. } => {
            format!(
                "fire at random, and some repeat a pattern of {} ms again and again",
                number(*pattern_ms)
            )
        }
        Drive::HalfGrowing { rate_hz, .. } => {
            format!("fire at random, the last the fastest at {}", rate(rate_hz))
        }
        Drive::Stages { .. } => "fire at random, at a rate that changes".into(),
        Drive::RandomOffsets { .. } => "fire at random, each for one half of the run".into(),
        Drive::Periodic { period_ms } => {
            format!("fire all at once, every {} ms", number(*period_ms))
        }
        Drive::SpikeTimes { .. } => "fire at set times".into(),
        Drive::OncePerTrial { .. } => "fire once in every trial".into(),
        Drive::Shown { stimuli, .. } => {
            format!(
                "fire faster where they belong to what is shown, one of {} patterns",
                stimuli.len()
            )
        }
        Drive::ShownCurrent { stimuli, .. } | Drive::Volley { stimuli, .. } => {
            match stimuli.len() {
                1 => "show one pattern: those that belong to it fire".into(),
                num => {
                    format!("show one of {num} patterns at a time: those that belong to it fire")
                }
            }
        }
        Drive::Frozen { patterns, .. } => {
            format!("repeat one of {patterns} fixed patterns of spikes in every trial")
        }
        Drive::BitTrains { .. } => {
            "fire one of two fixed trains of spikes each, by their bit".into()
        }
        Drive::Signal { .. } => "fire when the modulator is released".into(),
        Drive::Image { .. } | Drive::Pictures { .. } => {
            "fire the faster the brighter their pixel is".into()
        }
        Drive::Coded { code, .. } => {
            format!("fire as the code of a picture says ({code})")
        }
        Drive::File { .. } => "fire as a file of spike times says".into(),
        Drive::Current { .. } => "are driven by a constant current".into(),
        Drive::StepCurrent { .. } => "are driven by a stepwise current".into(),
        Drive::RampCurrent { .. } => "are driven by a ramp of current".into(),
        Drive::SineCurrent { .. } => "are driven by a sine current".into(),
        Drive::CommonCurrent { .. } | Drive::ColouredNoise { .. } => {
            "are driven by noisy currents".into()
        }
        Drive::TrialNoise { .. } | Drive::UniformNoise { .. } | Drive::Kicks { .. } => {
            "are driven by noise".into()
        }
    }
}

/// The same of a single one.
fn singular(predicate: &str) -> String {
    let (verb, rest) = predicate.split_once(' ').unwrap_or((predicate, ""));
    let verb = match verb {
        "are" => "is".into(),
        verb => format!("{verb}s"),
    };
    format!("{verb} {rest}").trim_end().into()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// "a, b and c".
fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A number as it is read: "1,000".
pub fn count(num: u64) -> String {
    let digits = num.to_string();
    let with_comma = |(place, digit): (usize, char)| {
        let is_after = place > 0 && (digits.len() - place).is_multiple_of(3);
        is_after.then_some(',').into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(with_comma).collect()
}

/// With at most three digits that count, without zeros at the end.
fn number(value: f64) -> String {
    let decimals = if value.abs() >= 100.0 { 0 } else { 3 };
    let text = format!("{:.decimals$}", value.abs());
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => text,
    };
    if value < 0.0 && text != "0" { format!("−{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::{Dependence, Model, Reset, Rule, Synapse, Unit, Weights, Window};

    #[test]
    fn a_small_network_reads_well() {
        let mut network = Network::continuous(1.0, 1_000.0);
        let input = Population::input("input", 15).in_grid(3, 5);
        let model = Model::SecondOrder {
            tau_m_ms: 10.0,
            tau_s_ms: 2.0,
            threshold: 1.0,
            t_ref_ms: 0.0,
            reset: Reset::Hard,
        };
        let mut output = Population::new("output", 4, 1, Role::Output, model);
        output.competition = Some(Competition::WinnerTakeAll { inhibition_mv: 5.0, size: 4 });
        network.drive(
            "glyphs",
            input.all(),
            Drive::Volley { at_ms: 0.0, stimuli: vec![vec![0]; 4] },
        );
        let weights = Weights::uniform(0.0, 1.0, Unit::None);
        let synapses = Projection::all_to_all(
            "synapses",
            [&input, &output],
            weights,
            Synapse::Delta { per_weight: 1.0 },
        );
        let rule = Rule::new(Window::pair([1.0, 1.0], [20.0, 20.0]), Dependence::Hard);
        network.projections.push(synapses.delayed(1.0).learning(rule));
        network.populations = vec![input, output];
        assert_eq!(
            network.sentences(),
            [
                "15 inputs in a grid of 3 × 5 show one of 4 patterns at a time: those that belong to it fire.",
                "There are 4 output neurons.",
                "60 synapses lead from the inputs to the output neurons and learn by pair STDP, with a delay of 1 ms.",
                "When one output neuron fires, it inhibits the others.",
            ]
        );
    }
}
