//! Finds what does not fit together in a description.

use super::broken::Broken;
use super::modulator::{Modulator, Release};
use super::network::Network;
use super::population::{Layout, Members, Model, Population};
use super::projection::{Projection, Wiring};
use super::rule::Homeostasis;
use super::schedule::{Phase, Repeat};
use super::source::{Drive, Source};
use super::tell::{Quantity, Tell, Unit, Value};
use super::weights::Draw;

impl Network {
    /// Every rule that is broken; empty if all fits.
    pub fn check(&self) -> Vec<Broken> {
        let mut broken = Vec::new();
        self.check_names(&mut broken);
        self.populations.iter().for_each(|p| self.check_population(p, &mut broken));
        self.sources.iter().for_each(|source| self.check_source(source, &mut broken));
        self.projections.iter().for_each(|p| self.check_projection(p, &mut broken));
        self.modulators.iter().for_each(|m| self.check_modulator(m, &mut broken));
        if self.schedule.phases.is_empty() {
            broken.push(Broken::Empty { what: "phases of the schedule".into() });
        }
        self.schedule.phases.iter().for_each(|phase| self.check_phase(phase, &mut broken));
        if self.dt_ms <= 0.0 {
            let what = "dt_ms".into();
            broken.push(Broken::Range { what, value: self.dt_ms, rule: "must be above 0" });
        }
        self.check_numbers(&mut broken);
        broken
    }

    fn check_names(&self, broken: &mut Vec<Broken>) {
        let mut unique = |what: &'static str, names: Vec<&String>| {
            if names.is_empty() && what == "populations" {
                broken.push(Broken::Empty { what: what.into() });
            }
            for (place, name) in names.iter().enumerate() {
                if names[..place].contains(name) {
                    broken.push(Broken::Twice { what, name: name.to_string() });
                }
            }
        };
        unique("populations", self.populations.iter().map(|p| &p.name).collect());
        unique("sources", self.sources.iter().map(|s| &s.name).collect());
        unique("projections", self.projections.iter().map(|p| &p.name).collect());
        unique("modulators", self.modulators.iter().map(|m| &m.name).collect());
        for population in &self.populations {
            unique("parts", population.parts.iter().map(|part| &part.name).collect());
        }
    }

    fn check_population(&self, population: &Population, broken: &mut Vec<Broken>) {
        let Population { name, size, parts, place, .. } = population;
        if *size == 0 {
            broken.push(Broken::Empty { what: format!("size of {name}") });
        }
        let mut must = |what: String, has: u32, rule| {
            if has != *size {
                broken.push(Broken::Count { what, has, must: *size, rule });
            }
        };
        let in_parts = parts.iter().map(|part| part.size).sum();
        must(format!("sizes of the parts of {name}"), in_parts, "parts make up the population");
        match &place.layout {
            Layout::Column => {}
            Layout::Grid { columns, rows } => {
                let rule = "every member has its place in the grid";
                must(format!("places in the grid of {name}"), columns * rows, rule);
            }
            Layout::Circuits { columns, rows, sizes } => {
                let rule = "every member belongs to a circuit";
                must(format!("sizes of the circuits of {name}"), sizes.iter().sum(), rule);
                if sizes.len() as u32 != columns * rows {
                    let (has, must) = (sizes.len() as u32, columns * rows);
                    let what = format!("circuits of {name}");
                    let rule = "every place in the grid has a circuit";
                    broken.push(Broken::Count { what, has, must, rule });
                }
            }
        }
        for part in parts.iter().filter(|part| matches!(part.model, Model::SpikeSource)) {
            let first: u32 = parts.iter().take_while(|other| *other != part).map(|p| p.size).sum();
            let members = population.some(first, part.size);
            let is_driven =
                |source: &Source| !source.drive.is_current() && overlap(&source.to, &members);
            if !self.sources.iter().any(is_driven) {
                broken.push(Broken::Silent { population: name.clone() });
            }
        }
    }

    /// Members must be there.
    fn check_members(&self, what: &str, members: &Members, broken: &mut Vec<Broken>) {
        match self.population(&members.population) {
            None => broken.push(self.unknown_population(what, &members.population)),
            Some(_) if members.size == 0 => {
                broken.push(Broken::Empty { what: format!("members of {what}") });
            }
            Some(Population { size, .. }) if members.first + members.size > *size => {
                let end = members.first + members.size;
                broken.push(Broken::Beyond { what: what.into(), end, size: *size });
            }
            Some(_) => {}
        }
    }

    fn unknown_population(&self, what: &str, name: &str) -> Broken {
        let known = self.populations.iter().map(|p| p.name.clone()).collect();
        Broken::Unknown { what: what.into(), name: name.into(), known }
    }

    fn check_source(&self, source: &Source, broken: &mut Vec<Broken>) {
        self.check_members(&source.name, &source.to, broken);
        if let Drive::Signal { modulator } = &source.drive {
            self.check_signal(&source.name, modulator, broken);
        }
        let Some(population) = self.population(&source.to.population) else { return };
        let mut first = 0;
        for part in &population.parts {
            let members = population.some(first, part.size);
            first += part.size;
            let is_relay = matches!(part.model, Model::SpikeSource);
            if overlap(&source.to, &members) && is_relay == source.drive.is_current() {
                let makes = if is_relay { "a current" } else { "spikes" };
                let (source, to) = (source.name.clone(), population.name.clone());
                broken.push(Broken::Misplaced { source, to, makes });
                return;
            }
        }
    }

    fn check_projection(&self, projection: &Projection, broken: &mut Vec<Broken>) {
        let Projection { name, from, to, wiring, weights, .. } = projection;
        self.check_members(name, from, broken);
        self.check_members(name, to, broken);
        match wiring {
            Wiring::OneToOne | Wiring::AllToOthers if from.size != to.size => {
                let (projection, from, to) = (name.clone(), from.size, to.size);
                broken.push(Broken::Unequal { projection, from, to });
            }
            Wiring::Listed { pairs } => {
                for (pre, post) in pairs {
                    let ends = [(pre + 1, from.size), (post + 1, to.size)];
                    for (end, size) in ends.into_iter().filter(|(end, size)| end > size) {
                        broken.push(Broken::Beyond { what: name.clone(), end, size });
                    }
                }
            }
            _ => {}
        }
        if let (Draw::Listed { values }, Some(num)) = (&weights.start, projection.num_weights())
            && values.len() as u64 != num
        {
            let (has, must) = (values.len() as u32, num as u32);
            let what = format!("listed weights of {name}");
            broken.push(Broken::Count { what, has, must, rule: "every synapse has a weight" });
        }
        if let Draw::SameAs { projection: other } = &weights.start
            && !self.projections.iter().any(|p| p.name == *other)
        {
            let known = self.projections.iter().map(|p| p.name.clone()).collect();
            let what = format!("weights of {name}");
            broken.push(Broken::Unknown { what, name: other.clone(), known });
        }
        self.check_bounds(projection, broken);
        if let Some(eligibility) =
            projection.rule.as_ref().and_then(|rule| rule.eligibility.as_ref())
        {
            self.check_signal(&format!("rule of {name}"), &eligibility.modulator, broken);
        }
        for homeostasis in &projection.homeostasis {
            if let Homeostasis::Yoke { leader, .. } = homeostasis
                && self.population(leader).is_none()
            {
                broken.push(self.unknown_population(&format!("yoke of {name}"), leader));
            }
        }
    }

    fn check_signal(&self, what: &str, name: &str, broken: &mut Vec<Broken>) {
        if !self.modulators.iter().any(|modulator| modulator.name == name) {
            let known = self.modulators.iter().map(|m| m.name.clone()).collect();
            broken.push(Broken::Unknown { what: what.into(), name: name.into(), known });
        }
    }

    fn check_bounds(&self, projection: &Projection, broken: &mut Vec<Broken>) {
        let weights = &projection.weights;
        let bounds =
            (weights.min.unwrap_or(f64::NEG_INFINITY), weights.max.unwrap_or(f64::INFINITY));
        let name = &projection.name;
        if bounds.0 > bounds.1 {
            let what = format!("least weight of {name}");
            let rule = "must not be above the greatest weight";
            broken.push(Broken::Range { what, value: bounds.0, rule });
        }
        let (low, high) = weights.start.range();
        if low > high {
            let what = format!("least initial weight of {name}");
            let rule = "must not be above the greatest";
            broken.push(Broken::Range { what, value: low, rule });
        }
        // An open end of a draw may be anywhere: what it draws is cut off.
        let outside = |value: &f64| value.is_finite() && !(bounds.0..=bounds.1).contains(value);
        if let Some(value) = [low, high].into_iter().find(|value| outside(value)) {
            broken.push(Broken::Weight { projection: name.clone(), value, bounds });
        }
    }

    fn check_modulator(&self, modulator: &Modulator, broken: &mut Vec<Broken>) {
        let what = &modulator.name;
        match &modulator.release {
            Release::Pairing { pre, post, .. } => {
                self.check_members(what, pre, broken);
                post.iter().for_each(|post| self.check_members(what, post, broken));
            }
            Release::Spikes { of, .. } => self.check_members(what, of, broken),
            Release::Yoked { leader: of, .. } | Release::Shuffled { of }
                if self.population(of).is_none() =>
            {
                broken.push(self.unknown_population(what, of));
            }
            _ => {}
        }
    }

    fn check_phase(&self, phase: &Phase, broken: &mut Vec<Broken>) {
        let name = &phase.name;
        if phase.num_trials == 0 {
            broken.push(Broken::Empty { what: format!("trials of {name}") });
        }
        if phase.shown_ms <= 0.0 {
            let what = format!("shown_ms of {name}");
            broken.push(Broken::Range { what, value: phase.shown_ms, rule: "must be above 0" });
        }
        let Some(Repeat { population, source, .. }) = &phase.repeat else { return };
        if self.population(population).is_none() {
            broken.push(self.unknown_population(&format!("repeats of {name}"), population));
        }
        if !self.sources.iter().any(|other| other.name == *source) {
            let known = self.sources.iter().map(|source| source.name.clone()).collect();
            let (what, name) = (format!("repeats of {name}"), source.clone());
            broken.push(Broken::Unknown { what, name, known });
        }
    }

    /// Every number is finite and within what its unit and its name allow.
    fn check_numbers(&self, broken: &mut Vec<Broken>) {
        let owners = [
            named(&self.populations, |p| &p.name),
            named(&self.sources, |s| &s.name),
            named(&self.projections, |p| &p.name),
            named(&self.modulators, |m| &m.name),
            named(&self.schedule.phases, |p| &p.name),
            vec![("the network", self.dt_ms.tell())],
        ];
        for (owner, value) in owners.iter().flatten() {
            value.walk("", &mut |path, quantity| {
                let what = || format!("{path} of {owner}");
                for value in numbers(&quantity.value) {
                    if let Some(rule) = rule_broken(quantity, value) {
                        broken.push(Broken::Range { what: what(), value, rule });
                    }
                }
            });
        }
    }
}

/// Things with their names, told.
fn named<T: Tell>(all: &[T], name: fn(&T) -> &String) -> Vec<(&str, Value)> {
    all.iter().map(|one| (name(one).as_str(), one.tell())).collect()
}

/// Whether two choices of members have one in common.
fn overlap(one: &Members, other: &Members) -> bool {
    one.population == other.population
        && one.first < other.first + other.size
        && other.first < one.first + one.size
}

/// A number, or those of a list.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Number(number) => vec![*number],
        Value::List(members) => members.iter().flat_map(numbers).collect(),
        Value::Nothing | Value::Flag(_) | Value::Word(_) | Value::Kind(..) => Vec::new(),
    }
}

fn rule_broken(quantity: &Quantity, value: f64) -> Option<&'static str> {
    let is_tau = quantity.name.starts_with("tau_");
    match quantity.unit {
        _ if !value.is_finite() => Some("must be a finite number"),
        Unit::Ms if is_tau && value <= 0.0 => Some("must be above 0"),
        Unit::Share if !(0.0..=1.0).contains(&value) => Some("must lie between 0 and 1"),
        // Two spikes may come in either order.
        Unit::Ms if quantity.name == "lags_ms" => None,
        Unit::Ms
        | Unit::Hz
        | Unit::Pf
        | Unit::Ns
        | Unit::UfPerCm2
        | Unit::MsiemensPerCm2
        | Unit::Trials
            if value < 0.0 =>
        {
            Some("must not be negative")
        }
        _ => None,
    }
}
