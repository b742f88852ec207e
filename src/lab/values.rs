//! Parameters as text and back: the link, the form and the command line all go through here.

use super::notice::Notice;
use super::param::{
    Alternative, Experiment, Field, FloatRange, Group, IntRange, ParamVisitor, TextEditor, TextRule,
};
use super::reading::{self, Misread};

/// Every parameter with its value, in the order of the page.
pub fn pairs(params: &dyn Experiment) -> Vec<(&'static str, String)> {
    struct Collect(Vec<(&'static str, String)>);
    impl ParamVisitor for Collect {
        fn group(&mut self, _: Group) {}
        fn float(&mut self, field: Field, _: FloatRange, value: &mut f64) {
            self.0.push((field.key, value.to_string()));
        }
        fn int(&mut self, field: Field, _: IntRange, value: &mut u32) {
            self.0.push((field.key, value.to_string()));
        }
        fn flag(&mut self, field: Field, value: &mut bool) {
            self.0.push((field.key, flag_text(*value).into()));
        }
        fn choice(&mut self, field: Field, options: &'static [Alternative], value: &mut usize) {
            self.0.push((field.key, options[*value].key.into()));
        }
        fn text(&mut self, field: Field, _: TextEditor, _: TextRule, value: &mut String) {
            self.0.push((field.key, value.clone()));
        }
    }
    let mut collect = Collect(Vec::new());
    params.boxed_clone().visit(&mut collect);
    collect.0
}

/// The parameters that differ from the defaults of the chosen variants, in the order of the page.
/// `defaults` are the experiment's own; its choices are set to those of `params` first.
pub fn differing(
    params: &dyn Experiment,
    mut defaults: Box<dyn Experiment>,
) -> Vec<(&'static str, String)> {
    let given = pairs(params);
    let plain = pairs(&*defaults);
    let choices: Vec<(String, String)> = choice_keys(params, false)
        .iter()
        .filter_map(|key| given.iter().find(|(k, _)| k == key))
        .map(|(k, v)| (k.to_string(), v.clone()))
        .collect();
    apply(&mut defaults, &choices);
    let base = pairs(&*defaults);
    given
        .into_iter()
        .filter(|pair| {
            let is_choice = choices.iter().any(|(key, _)| key == pair.0);
            !(if is_choice { &plain } else { &base }).contains(pair)
        })
        .collect()
}

/// What each of these parameters is by default, with the choices before it as they are. `defaults` are the experiment's
/// own.
pub fn defaults_at(
    params: &dyn Experiment,
    mut defaults: Box<dyn Experiment>,
) -> Vec<(&'static str, String)> {
    let given = pairs(params);
    let mut found = Vec::new();
    // A choice changes what comes after it, so each is read before it is made.
    for key in choice_keys(params, true) {
        found.extend(pairs(&*defaults).into_iter().find(|(known, _)| *known == key));
        let chosen = given.iter().find(|(known, _)| *known == key);
        if let Some((key, value)) = chosen {
            apply(&mut defaults, &[(key.to_string(), value.clone())]);
        }
    }
    let rest = pairs(&*defaults);
    let rest = rest.into_iter().filter(|(key, _)| found.iter().all(|(choice, _)| choice != key));
    let rest: Vec<_> = rest.collect();
    found.extend(rest);
    found
}

/// Choices, and with `has_switches` switches as well: what other parameters can depend on.
fn choice_keys(params: &dyn Experiment, has_switches: bool) -> Vec<&'static str> {
    struct ChoiceKeys(Vec<&'static str>, bool);
    impl ParamVisitor for ChoiceKeys {
        fn group(&mut self, _: Group) {}
        fn float(&mut self, _: Field, _: FloatRange, _: &mut f64) {}
        fn int(&mut self, _: Field, _: IntRange, _: &mut u32) {}
        fn flag(&mut self, field: Field, _: &mut bool) {
            if self.1 {
                self.0.push(field.key);
            }
        }
        fn choice(&mut self, field: Field, _: &'static [Alternative], _: &mut usize) {
            self.0.push(field.key);
        }
        fn text(&mut self, _: Field, _: TextEditor, _: TextRule, _: &mut String) {}
    }
    let mut choices = ChoiceKeys(Vec::new(), has_switches);
    params.boxed_clone().visit(&mut choices);
    choices.0
}

/// Sets every parameter that `given` names, mending values that are not allowed, and tells what was
/// mended or not known. Where a rule between parameters is broken, those that break it keep the
/// value they had, so the result always passes every check.
pub fn apply(params: &mut Box<dyn Experiment>, given: &[(String, String)]) -> Vec<Notice> {
    let mut kept = given.to_vec();
    let mut refused: Vec<(String, String, String)> = Vec::new();
    loop {
        let mut changed = params.boxed_clone();
        let mut reader = Reader::new(&kept);
        changed.visit(&mut reader);
        let mut notices = reader.finish();
        let problem = changed.check().into_iter().next();
        let Some(problem) = problem.filter(|_| !kept.is_empty()) else {
            let used = pairs(&*changed);
            notices.extend(refused.into_iter().map(|(key, given, rule)| {
                let used = used.iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone());
                Notice { key, given, used: used.unwrap_or_default(), rule }
            }));
            *params = changed;
            return notices;
        };
        // A problem whose keys are all defaults comes from a choice: then nothing given is safe.
        let names_it = |key: &str| problem.keys.contains(&key);
        let is_named = kept.iter().any(|(key, _)| names_it(key));
        kept.retain(|(key, value)| {
            let drop = !is_named || names_it(key);
            if drop {
                refused.push((key.clone(), value.clone(), problem.message.clone()));
            }
            !drop
        });
    }
}

/// Sets one parameter as the form does: nothing changes when the value is not allowed.
pub fn set(params: &mut Box<dyn Experiment>, key: &str, text: &str) -> Result<(), Notice> {
    let mut changed = params.boxed_clone();
    let pair = [(key.to_string(), text.to_string())];
    let mut reader = Reader::new(&pair);
    changed.visit(&mut reader);
    if let Some(notice) = reader.finish().pop() {
        return Err(Notice { used: String::new(), ..notice });
    }
    if let Some(problem) = changed.check().into_iter().next() {
        return Err(Notice {
            key: key.into(),
            given: text.into(),
            used: String::new(),
            rule: problem.message,
        });
    }
    *params = changed;
    Ok(())
}

fn flag_text(value: bool) -> &'static str {
    if value { "1" } else { "0" }
}

/// A key and its text. A map would be larger than all the rest of this file in the page.
struct Given<'a> {
    key: &'a str,
    text: &'a str,
    is_taken: bool,
}

/// Takes values from text while visiting.
struct Reader<'a> {
    given: Vec<Given<'a>>,
    known: Vec<&'static str>,
    notices: Vec<Notice>,
}

impl<'a> Reader<'a> {
    fn new(given: &'a [(String, String)]) -> Self {
        let given = given.iter().map(|(key, text)| Given { key, text, is_taken: false }).collect();
        Self { given, known: Vec::new(), notices: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<&'a str> {
        self.known.push(key);
        let mut text = None;
        for given in self.given.iter_mut().filter(|given| given.key == key) {
            given.is_taken = true;
            // The last of a key counts.
            text = Some(given.text);
        }
        text
    }

    fn tell(&mut self, key: &str, given: &str, used: &str, rule: String) {
        self.notices.push(Notice { key: key.into(), given: given.into(), used: used.into(), rule });
    }

    /// Takes a number, mends it, and tells if it had to.
    fn number<T>(
        &mut self,
        field: Field,
        parse: fn(&str) -> Result<T, Misread>,
        range: (T, T),
        value: &mut T,
    ) where
        T: Copy + PartialOrd + std::fmt::Display + Into<f64>,
    {
        let Some(text) = self.take(field.key) else { return };
        let (min, max) = range;
        let unit = field.unit.symbol();
        let rule = format!("{min} to {max} {unit}").trim_end().to_string();
        let read = parse(text);
        if let Ok(number) = read
            && number.into().is_finite()
        {
            *value = if number < min {
                min
            } else if number > max {
                max
            } else {
                number
            };
            if *value != number {
                let used = value.to_string();
                self.tell(field.key, text, &used, format!("outside {rule}."));
            }
            return;
        }
        // A whole number that is too large for its type, or has a fraction, still says which way.
        let used = match reading::number(text) {
            Ok(wide) if wide.is_finite() && wide > max.into() => max,
            Ok(wide) if wide.is_finite() && wide < min.into() => min,
            _ => *value,
        };
        *value = used;
        let kind = if std::any::type_name::<T>() == "u32" { "whole number" } else { "number" };
        let hint = match read {
            Err(Misread::TwoWays) => format!(": {}", reading::TWO_WAYS),
            _ => String::new(),
        };
        self.tell(field.key, text, &used.to_string(), format!("not a {kind} from {rule}{hint}."));
    }

    fn finish(mut self) -> Vec<Notice> {
        for Given { key, text, is_taken } in std::mem::take(&mut self.given) {
            if is_taken {
                continue;
            }
            let rule = match nearest(key, self.known.iter().copied()) {
                Some(known) => did_you_mean(known),
                None => UNKNOWN.into(),
            };
            self.tell(key, text, "", rule);
        }
        self.notices
    }
}

/// What is said of a key that is no parameter.
pub const UNKNOWN: &str = "no such parameter here; ignored.";

/// The same, where one is like it.
pub fn did_you_mean(known: &str) -> String {
    format!("{UNKNOWN} Did you mean '{known}'?")
}

/// The most similar of `known`, if any is similar at all.
pub fn nearest<'k>(key: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    // Very long junk costs quadratic time and resembles nothing.
    if key.len() > 64 {
        return None;
    }
    known
        .map(|candidate| (strsim::jaro_winkler(key, candidate), candidate))
        .filter(|(similarity, _)| *similarity > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

impl ParamVisitor for Reader<'_> {
    fn group(&mut self, _: Group) {}

    fn float(&mut self, field: Field, range: FloatRange, value: &mut f64) {
        self.number(field, reading::number, (range.min, range.max), value);
    }

    fn int(&mut self, field: Field, range: IntRange, value: &mut u32) {
        self.number(field, reading::whole, (range.min, range.max), value);
    }

    fn flag(&mut self, field: Field, value: &mut bool) {
        let Some(text) = self.take(field.key) else { return };
        match reading::switch(text) {
            Some(meant) => *value = meant,
            None => self.tell(field.key, text, flag_text(*value), reading::SWITCH.into()),
        }
    }

    fn choice(&mut self, field: Field, options: &'static [Alternative], value: &mut usize) {
        let Some(text) = self.take(field.key) else { return };
        match options.iter().position(|option| option.key.eq_ignore_ascii_case(text.trim())) {
            Some(found) => *value = found,
            None => {
                let allowed: Vec<&str> = options.iter().map(|option| option.key).collect();
                let hint = match nearest(text, allowed.iter().copied()) {
                    Some(known) => format!(" Did you mean '{known}'?"),
                    None => String::new(),
                };
                let rule = format!("one of {}.{hint}", allowed.join(", "));
                self.tell(field.key, text, options[*value].key, rule);
            }
        }
    }

    fn text(&mut self, field: Field, _: TextEditor, rule: TextRule, value: &mut String) {
        let Some(text) = self.take(field.key) else { return };
        match rule(text) {
            Ok(canonical) => *value = canonical,
            Err(broken) => {
                let used = value.clone();
                self.tell(field.key, text, &used, broken);
            }
        }
    }
}
