//! The loops over tables, on parameters that have everything.

use super::*;

const MEMORY: FloatRange = FloatRange::log(1.0, 100.0, 0.5);
const NAMED: [(&str, &str); 2] = [("first row", "Its origin."), ("second row", "Another.")];

#[derive(Clone, Debug, PartialEq, Params)]
#[params(check = Self::rules)]
struct All {
    /// Help of
    /// two lines.
    #[group("task", "Task")]
    #[param("Coding", main, split)]
    coding: Coding,
    /// Help.
    #[param("Rule", live, key = "law")]
    rule: Rule,
    /// Help.
    #[param("Rate", symbol = "γ", unit = Mv, range = linear(0.0, 2.0, 0.1), live, main,
            by_choice(coding, rule) = if self.rule == Rule::Fast { 1.0 } else { 0.5 })]
    gamma_mv: f64,
    /// Help.
    #[param("Fit", default = Fit::Second)]
    fit: Fit,
    /// Help.
    #[param("Epochs", range = 1..=1_000, default = 200)]
    #[variant_of(coding)]
    epochs: u32,
    /// Help.
    #[group("rest", "Rest")]
    #[param("Memory", range = MEMORY, default = 2.0, when = self.is_open)]
    memory: f64,
    /// Help.
    #[param("Open", default = false, live)]
    is_open: bool,
    /// Help.
    #[param("Name", text = upper, default = "A")]
    name: String,
    #[nest(default = Net { size: 7, ..Net::default() }, behind("size"))]
    net: Net,
}

impl All {
    fn rules(&self) -> Vec<Problem> {
        let is_wrong = self.epochs == 13;
        is_wrong
            .then(|| Problem { keys: vec!["epochs"], message: "13".into() })
            .into_iter()
            .collect()
    }
}

fn upper(text: &str) -> Result<String, String> {
    Ok(text.to_uppercase())
}

#[derive(Clone, Debug, PartialEq, Params)]
#[params(check = Self::rules)]
struct Net {
    /// Help.
    #[param("Size", range = 1..=9, default = 3, main)]
    size: u32,
    /// Help.
    #[param("Gain", range = MEMORY, default = 1.0, live, main)]
    gain: f64,
}

impl Net {
    fn rules(&self) -> Vec<Problem> {
        let is_wrong = self.size == 9;
        is_wrong.then(|| Problem { keys: vec!["size"], message: "9".into() }).into_iter().collect()
    }
}

#[derive(Clone, Debug, PartialEq, Choice)]
enum Coding {
    /// Help.
    #[choice("by rate")]
    Rate {
        /// Help.
        #[param("Rate", range = MEMORY, default = 40.0, live)]
        rate_hz: f64,
    },
    /// Help.
    #[choice("two nests")]
    TwoNests(Net, #[nest(default = Deep { depth: 5 })] Deep),
    /// Help.
    #[choice("none", key = "none")]
    Off,
}

#[derive(Clone, Debug, PartialEq, Params)]
struct Deep {
    /// Help.
    #[group("deep", "Deep")]
    #[param("Depth", range = IntRange { min: 0, max: 5 }, default = 0)]
    depth: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Choice)]
enum Rule {
    /// Help.
    #[choice("slow")]
    VerySlow,
    /// Help.
    #[choice("fast")]
    #[default]
    Fast,
}

#[derive(Clone, Copy, Debug, PartialEq, Choice)]
enum Fit {
    #[choice(label = NAMED[0].0, help = NAMED[0].1)]
    First,
    #[choice(label = NAMED[1].0, help = NAMED[1].1, key = "two")]
    Second,
}

/// What was visited, a word each: `key=value`, with `!` behind keys that are main, and `[group]`. And sets some.
#[derive(Default)]
struct Words {
    seen: Vec<String>,
    set: Vec<(&'static str, &'static str)>,
}

impl Words {
    fn see(&mut self, field: Field, text: String) -> Option<&'static str> {
        self.seen.push(format!("{}{}={text}", field.key, if field.main { "!" } else { "" }));
        self.set.iter().find(|(key, _)| *key == field.key).map(|(_, text)| *text)
    }
}

impl ParamVisitor for Words {
    fn group(&mut self, group: Group) {
        self.seen.push(format!("[{}]", group.key));
    }
    fn float(&mut self, field: Field, _: FloatRange, value: &mut f64) {
        if let Some(text) = self.see(field, value.to_string()) {
            *value = text.parse().expect("a number");
        }
    }
    fn int(&mut self, field: Field, _: IntRange, value: &mut u32) {
        if let Some(text) = self.see(field, value.to_string()) {
            *value = text.parse().expect("a number");
        }
    }
    fn flag(&mut self, field: Field, value: &mut bool) {
        if let Some(text) = self.see(field, value.to_string()) {
            *value = text == "true";
        }
    }
    fn choice(&mut self, field: Field, options: &'static [Alternative], value: &mut usize) {
        if let Some(text) = self.see(field, options[*value].key.into()) {
            *value = options.iter().position(|option| option.key == text).expect("an alternative");
        }
    }
    fn text(&mut self, field: Field, _: TextEditor, rule: TextRule, value: &mut String) {
        if let Some(text) = self.see(field, value.clone()) {
            *value = rule(text).expect("a text");
        }
    }
}

fn words(params: &mut dyn Params) -> String {
    let mut words = Words::default();
    visit(params, &mut words);
    words.seen.join(" ")
}

fn set(params: &mut All, key: &'static str, text: &'static str) {
    visit(params, &mut Words { set: vec![(key, text)], ..Words::default() });
}

#[test]
fn parameters_come_in_the_order_of_the_page_with_their_defaults() {
    assert_eq!(
        words(&mut All::default()),
        "[task] coding!=rate law=fast gamma_mv!=1 fit=two epochs=200 rate_hz=40 \
         [rest] is_open=false name=A size=7 gain!=1"
    );
    let field = All::default().rows()[0].field;
    assert_eq!((field.label, field.help), ("Coding", "Help of two lines."));
    let field = All::default().rows()[2].field;
    assert_eq!((field.symbol, field.unit, field.live), ("γ", Unit::Mv, true));
}

#[test]
fn a_variant_brings_its_own_parameters() {
    let mut params = All::default();
    set(&mut params, "coding", "two_nests");
    assert_eq!(params.coding, Coding::TwoNests(Net::default(), Deep { depth: 5 }));
    assert!(words(&mut params).contains("epochs=200 size!=3 gain!=1 [deep] depth=5 [rest]"));
    set(&mut params, "depth", "2");
    set(&mut params, "coding", "two_nests");
    assert_eq!(params.coding, Coding::TwoNests(Net::default(), Deep { depth: 2 }), "it is kept");
    set(&mut params, "coding", "none");
    assert!(words(&mut params).contains("epochs=200 [rest]"));
}

#[test]
fn what_does_not_matter_is_not_shown() {
    let mut params = All { is_open: true, memory: 5.0, ..All::default() };
    assert!(words(&mut params).contains("[rest] memory=5 is_open=true"));
    params.is_open = false;
    assert!(words(&mut params).contains("[rest] is_open=false"));
}

#[test]
fn values_follow_the_choices_that_set_them_and_no_others() {
    let mut params = All { gamma_mv: 0.1, ..All::default() };
    set(&mut params, "fit", "first");
    set(&mut params, "law", "fast");
    assert_eq!(params.gamma_mv, 0.1);
    set(&mut params, "law", "very_slow");
    assert_eq!(params.gamma_mv, 0.5);
    params.gamma_mv = 0.1;
    set(&mut params, "coding", "none");
    assert_eq!(params.gamma_mv, 0.5);
    // The choice is read first, so that what a link gives counts.
    let both = vec![("gamma_mv", "0.3"), ("law", "fast")];
    visit(&mut params, &mut Words { set: both, ..Words::default() });
    assert_eq!(params.gamma_mv, 0.3);
}

#[test]
fn alternatives_have_the_names_of_their_variants() {
    let keys =
        |options: &[Alternative]| options.iter().map(|option| option.key).collect::<Vec<_>>();
    assert_eq!(keys(Rule::ALTERNATIVES), ["very_slow", "fast"]);
    assert_eq!(keys(Coding::ALTERNATIVES), ["rate", "two_nests", "none"]);
    let Alternative { key, label, help } = Fit::ALTERNATIVES[1];
    assert_eq!((key, label, help), ("two", "second row", "Another."));
    let mut rule = Rule::default();
    assert_eq!(rule.place(), 1);
    rule.set_place(0);
    assert_eq!(rule, Rule::VerySlow);
}

#[test]
fn problems_are_those_of_all_that_is_shown_its_own_first() {
    let keys = |params: &All| -> Vec<_> {
        problems(&mut params.clone()).into_iter().flat_map(|problem| problem.keys).collect()
    };
    let mut params = All::default();
    assert_eq!(keys(&params), [""; 0]);
    params.net.size = 9;
    params.epochs = 13;
    assert_eq!(keys(&params), ["epochs", "size"]);
    params.coding = Coding::TwoNests(Net { size: 9, gain: 1.0 }, Deep::default());
    assert_eq!(keys(&params), ["epochs", "size", "size"]);
}

#[test]
fn only_live_values_are_adopted() {
    let mut from = All { gamma_mv: 0.2, epochs: 5, is_open: true, ..All::default() };
    from.net = Net { size: 1, gain: 3.0 };
    from.coding = Coding::Rate { rate_hz: 50.0 };
    let mut to = All::default();
    adopt_live(&mut to, &mut from);
    let net = Net { size: 7, gain: 3.0 };
    let coding = Coding::Rate { rate_hz: 50.0 };
    assert_eq!(to, All { gamma_mv: 0.2, is_open: true, net, coding, ..All::default() });
    // Also from a whole into one of its parts.
    let mut part = Net::default();
    adopt_live(&mut part, &mut from);
    assert_eq!(part, Net { size: 3, gain: 3.0 });
}

#[test]
fn a_live_choice_is_adopted_before_the_values_that_it_sets() {
    let mut from = All { rule: Rule::VerySlow, gamma_mv: 0.2, ..All::default() };
    // One that is not live stays, and with it what its variant holds.
    from.coding = Coding::Off;
    let mut to = All::default();
    adopt_live(&mut to, &mut from);
    assert_eq!((to.rule, to.gamma_mv), (Rule::VerySlow, 0.2));
    assert_eq!(to.coding, Coding::default());
}
