//! The link contract: what is written is read back, whatever is given gives a run, and every repair is told.

use proptest::prelude::*;

use stdp_playground::experiments::REGISTRY;
use stdp_playground::lab::form::{ControlKind, controls};
use stdp_playground::lab::link::{self, Autorun, Link, MAX_LENGTH, PageOptions, Theme};
use stdp_playground::lab::param::{
    Alternative, Field, FloatRange, IntRange, ParamVisitor, TextEditor,
};
use stdp_playground::lab::parts::{CARDS, SECTIONS};
use stdp_playground::lab::{Entry, Experiment, Group, Notice, Spec, param::TextRule, values};
use stdp_playground::record::Fingerprint;
use stdp_playground::sim::Stream;

fn parse(text: &str) -> (Link, Vec<Notice>) {
    link::parse(text, REGISTRY)
}

/// The value of parameter `key`, as text.
fn value(link: &Link, key: &str) -> String {
    let pairs = values::pairs(&*link.spec.params);
    let found = pairs.into_iter().find(|(known, _)| *known == key);
    found.unwrap_or_else(|| panic!("no parameter '{key}'")).1
}

/// The one notice of a link that needs one repair.
fn only_notice(text: &str) -> (Link, Notice) {
    let (link, mut notices) = parse(text);
    assert_eq!(notices.len(), 1, "{text}: {notices:?}");
    (link, notices.remove(0))
}

/// Sets every parameter to something allowed, at random.
struct Scramble(Stream);

impl Scramble {
    fn number_in(&mut self, min: f64, max: f64) -> f64 {
        match self.0.below(4) {
            0 => min,
            1 => max,
            2 => (min + (max - min) * f64::from(self.0.below(101)) / 100.0).clamp(min, max),
            _ => (min + (max - min) * f64::from(self.0.uniform())).clamp(min, max),
        }
    }

    fn text_for(&mut self, editor: TextEditor) -> String {
        match editor {
            TextEditor::Line => ('A'..='Z').filter(|_| self.0.chance(0.3)).collect(),
            TextEditor::Bitmaps { columns, rows } => {
                let num = self.0.below(5);
                let words = (0..num).map(|_| {
                    (0..columns * rows)
                        .map(|_| if self.0.chance(0.5) { '1' } else { '0' })
                        .collect()
                });
                words.collect::<Vec<String>>().join(",")
            }
        }
    }
}

impl ParamVisitor for Scramble {
    fn group(&mut self, _: Group) {}
    fn float(&mut self, _: Field, range: FloatRange, value: &mut f64) {
        *value = self.number_in(range.min, range.max);
    }
    fn int(&mut self, _: Field, range: IntRange, value: &mut u32) {
        *value = self.number_in(range.min.into(), range.max.into()) as u32;
    }
    fn flag(&mut self, _: Field, value: &mut bool) {
        *value = self.0.chance(0.5);
    }
    fn choice(&mut self, _: Field, options: &'static [Alternative], value: &mut usize) {
        *value = self.0.below(options.len() as u32) as usize;
    }
    fn text(&mut self, _: Field, editor: TextEditor, rule: TextRule, value: &mut String) {
        if let Ok(canonical) = rule(&self.text_for(editor)) {
            *value = canonical;
        }
    }
}

/// A run with every parameter at random; where that breaks a rule, the default stays.
fn scrambled(seed: u32) -> Spec {
    let entry = Stream::new(seed, "demos").below(REGISTRY.0.len() as u32);
    scrambled_of(&REGISTRY.0[entry as usize], seed)
}

fn scrambled_of(entry: &'static Entry, seed: u32) -> Spec {
    let stream = Stream::new(seed, "links");
    let mut wild = (entry.defaults)();
    wild.visit(&mut Scramble(stream.clone()));
    let pairs = values::pairs(&*wild).into_iter();
    let given: Vec<(String, String)> = pairs.map(|(key, text)| (key.to_string(), text)).collect();
    let mut spec = Spec { seed, ..Spec::of(entry) };
    values::apply(&mut spec.params, &given);
    spec
}

fn page_options() -> impl Strategy<Value = PageOptions> {
    let known: Vec<String> = SECTIONS.iter().chain(&CARDS).map(|word| word.to_string()).collect();
    let words = move || prop::collection::vec(prop::sample::select(known.clone()), 0..4);
    let autorun = prop::sample::select(["0", "1", "visible", "loop"].map(Autorun::of).to_vec());
    let theme = prop::sample::select(vec![Theme::Auto, Theme::Light, Theme::Dark]);
    let rest = (prop::option::of(1.0..1e6), prop::option::of(0.0..1e7), prop::option::of(1_u32..9));
    (any::<bool>(), words(), words(), autorun, theme, rest).prop_map(
        |(embed, show, hide, autorun, theme, (speed, moment_ms, answer))| PageOptions {
            embed,
            show,
            hide,
            autorun,
            theme,
            speed,
            moment_ms,
            answer,
        },
    )
}

/// Text that looks more or less like a link.
fn linkish() -> impl Strategy<Value = String> {
    let key = prop_oneof![prop::sample::select(every_key()), "[a-z_]{0,8}", any::<String>()];
    let value = prop_oneof![
        "[-+]?[0-9]{0,6}(\\.[0-9]{0,4})?(e[0-9]{1,3})?",
        "[A-Za-z0-9,%&#/ -]{0,30}",
        prop::sample::select(vec!["nan", "inf", "-inf", "1e999", "-0", "characters", "coded"])
            .prop_map(String::from),
        any::<String>(),
    ];
    let pair = (key, value).prop_map(|(key, value)| format!("{key}={value}"));
    let pairs = prop::collection::vec(pair, 0..8).prop_map(|pairs| pairs.join("&"));
    (prop::sample::select(vec!["", "?", "https://x.org/a/?", "demo=characters&"]), pairs)
        .prop_map(|(start, pairs)| format!("{start}{pairs}"))
}

fn every_key() -> Vec<String> {
    let mut keys: Vec<String> =
        link::KEYS.into_iter().chain(["b.preset"]).map(String::from).collect();
    for seed in 0..20 {
        let pairs = values::pairs(&*scrambled(seed).params).into_iter();
        keys.extend(pairs.flat_map(|(key, _)| [key.to_string(), format!("b.{key}")]));
    }
    keys.sort();
    keys.dedup();
    keys
}

/// Whatever was given, the run that came out has a link of its own that needs no repair.
fn check_that_a_run_comes_out(text: &str) {
    let (link, _) = parse(text);
    assert_eq!(link.spec.params.check(), [], "{text}");
    for control in controls(&*link.spec.params) {
        let number = || control.text.parse::<f64>().expect("a number");
        let is_in_range = match control.kind {
            ControlKind::Float(range) => (range.min..=range.max).contains(&number()),
            ControlKind::Int(range) => {
                (f64::from(range.min)..=f64::from(range.max)).contains(&number())
            }
            _ => true,
        };
        assert!(is_in_range, "{text} -> {} {}", control.field.key, control.text);
    }
    let own = link.print();
    let (again, notices) = parse(&own);
    assert_eq!(notices, [], "{text} -> {own}");
    assert_eq!(again, link, "{text} -> {own}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_parsed(
        seed: u32,
        other: Option<u32>,
        page in page_options(),
        files: [Option<u32>; 2],
    ) {
        let spec = scrambled(seed);
        let twin = other.map(|other| Spec { seed, ..scrambled_of(spec.entry, other) });
        let mut link = Link { spec, page, twin };
        for (key, name) in ["data", "weights"].into_iter().zip(files) {
            let name = name.map(|bits| Fingerprint(bits.into()));
            let both = std::iter::once(&mut link.spec).chain(&mut link.twin);
            both.for_each(|spec| _ = spec.files.set(key, name));
        }
        let text = link.print();
        let (again, notices) = parse(&text);
        prop_assert_eq!(&notices, &[], "{}", text);
        prop_assert_eq!(again, link, "{}", text);
    }

    #[test]
    fn any_text_gives_a_run(text: String) {
        check_that_a_run_comes_out(&text);
    }

    #[test]
    fn anything_like_a_link_gives_a_run(text in linkish()) {
        check_that_a_run_comes_out(&text);
    }
}

#[test]
fn scrambling_reaches_every_variant() {
    // Otherwise the properties above would be checked for the default model only.
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..200 {
        for control in controls(&*scrambled(seed).params) {
            if let ControlKind::Choice(options) = control.kind {
                seen.insert((control.field.key, control.text));
                assert!(!options.is_empty());
            }
        }
    }
    for (key, option) in [("mode", "paper"), ("mode", "coded"), ("polarity", "background")] {
        assert!(seen.contains(&(key, option.to_string())), "{key}={option} never came up");
    }
}

#[test]
fn a_comparison_names_only_what_differs() {
    let (link, notices) = parse("mode=fixed&epochs=30&compare=1&b.epochs=12");
    assert_eq!(notices, []);
    assert_eq!(link.print(), "demo=characters&v=1&epochs=30&compare=1&b.epochs=12");
    let twin = link.twin.unwrap();
    assert_eq!(
        values::pairs(&*twin.params).iter().filter(|(k, v)| *k == "epochs" && v == "12").count(),
        1
    );
    let (link, notices) = parse("letters=AB&compare=1&seed=5");
    assert_eq!(notices, []);
    assert_eq!(link.twin, Some(link.spec.clone()));
    // Another model: what both have is kept, the rest is left out without a word.
    let (link, notices) = parse("letters=ABE&theta_plus_mv=0.5&b.mode=coded");
    assert_eq!(notices, []);
    assert_eq!(value(&Link { spec: link.twin.clone().unwrap(), ..link.clone() }, "letters"), "ABE");
    // A preset is taken as it is.
    let (link, notices) = parse("letters=AB&b.preset=as_coded");
    assert_eq!(notices, []);
    assert_eq!(link.twin, Some(parse("characters/as_coded").0.spec));
}

#[test]
fn what_is_wrong_with_the_other_run_is_told_with_its_key() {
    let (_, notice) = only_notice("compare=1&b.epochs=1e9");
    assert_eq!(notice.key, "b.epochs");
    let (_, notice) = only_notice("b.preset=nonsense");
    assert_eq!(notice.key, "b.preset");
    // What both share cannot be the other's own.
    let (link, notice) = only_notice("seed=3&compare=1&b.seed=4");
    assert_eq!((notice.key.as_str(), link.twin.unwrap().seed), ("b.seed", 3));
    assert!(notice.rule.contains("the same seed"), "{notice}");
    let (link, notice) = only_notice("compare=perhaps");
    assert_eq!((notice.key.as_str(), link.twin), ("compare", None));
}

#[test]
fn a_bare_id_a_query_and_an_address_name_the_same_run() {
    let forms = [
        "characters/as_coded",
        "demo=characters/as_coded",
        "?demo=characters&preset=as_coded",
        "https://example.org/playground/?demo=characters&v=1&polarity=background&mode=coded#top",
        "  demo=characters&mode=coded&polarity=background  ",
    ];
    for form in forms {
        let (link, notices) = parse(form);
        assert_eq!(notices, [], "{form}");
        assert_eq!(link.print(), "demo=characters&v=1&polarity=background&mode=coded", "{form}");
    }
    assert_eq!(parse("").0.print(), "demo=characters&v=1");
}

#[test]
fn a_links_own_values_win_over_its_preset() {
    let (link, notices) = parse("demo=characters&preset=as_coded&polarity=ink");
    assert_eq!(notices, []);
    assert_eq!((value(&link, "polarity"), value(&link, "mode")), ("ink".into(), "coded".into()));
}

#[test]
fn values_are_defaults_of_the_chosen_model() {
    // The same key has another default in every model, so printing must compare within the model.
    let (fixed, _) = parse("demo=characters&tau_plus_ms=1");
    assert!(fixed.print().contains("tau_plus_ms=1"));
    let (paper, _) = parse("demo=characters&mode=paper&tau_plus_ms=1");
    assert_eq!(paper.print(), "demo=characters&v=1&mode=paper");
}

#[test]
fn an_unknown_key_is_ignored_with_a_hint() {
    let (link, notice) = only_notice("demo=characters&tau_plus=5");
    assert_eq!(link.print(), "demo=characters&v=1");
    assert_eq!((notice.key.as_str(), notice.used.as_str()), ("tau_plus", ""));
    assert!(notice.rule.contains("Did you mean 'tau_plus_ms'?"), "{notice}");
    let (_, notice) = only_notice("demo=characters&zzz=5");
    assert!(!notice.rule.contains("Did you mean"), "{notice}");
}

#[test]
fn a_key_of_another_model_is_told() {
    let (link, notice) = only_notice("demo=characters&mode=paper&homeostasis=0");
    assert_eq!((value(&link, "mode"), notice.key.as_str()), ("paper".into(), "homeostasis"));
}

#[test]
fn of_a_key_given_twice_the_last_counts() {
    let (link, notice) = only_notice("demo=characters&eta=0.1&eta=0.3");
    assert_eq!(value(&link, "eta"), "0.3");
    assert_eq!((notice.given.as_str(), notice.used.as_str()), ("0.1", "0.3"));
}

#[test]
fn numbers_outside_the_range_are_clamped() {
    let cases = [
        ("eta", "7", "1"),
        ("eta", "-7", "0.0001"),
        ("eta", "1e300", "1"),
        ("epochs", "0", "1"),
        ("epochs", "501", "500"),
        ("epochs", "99999999999", "500"),
        ("epochs", "-3", "1"),
    ];
    for (key, given, used) in cases {
        let (link, notice) = only_notice(&format!("demo=characters&{key}={given}"));
        assert_eq!(value(&link, key), used, "{key}={given}");
        assert_eq!((notice.given.as_str(), notice.used.as_str()), (given, used));
        assert!(notice.rule.contains(" to "), "{notice}");
    }
}

#[test]
fn what_is_no_number_leaves_the_default() {
    let cases = [
        ("eta", "fast"),
        ("eta", "NaN"),
        ("eta", "inf"),
        ("eta", ""),
        ("epochs", "2.5"),
        ("epochs", "many"),
        ("homeostasis", "perhaps"),
        ("mode", "cod ed"),
        ("polarity", "inkk"),
        ("letters", "AB7"),
        ("letters", "ABA"),
        ("drawn", "0101"),
    ];
    let plain = parse("demo=characters").0;
    for (key, given) in cases {
        let (link, notice) = only_notice(&format!("demo=characters&{key}={given}"));
        assert_eq!(value(&link, key), value(&plain, key), "{key}={given}");
        assert_eq!((notice.key.as_str(), notice.used), (key, value(&plain, key)));
        assert!(notice.rule.len() > 10, "{}", notice.rule);
    }
}

#[test]
fn another_version_is_read_as_this_one() {
    for version in ["2", "0", "one"] {
        let (link, notice) = only_notice(&format!("demo=characters&v={version}&epochs=3"));
        assert_eq!((notice.key.as_str(), value(&link, "epochs")), ("v", "3".into()));
    }
}

#[test]
fn an_unknown_demo_or_preset_is_told_with_what_there_is() {
    let (link, notice) = only_notice("demo=charcters&epochs=3");
    assert_eq!((link.spec.entry.id, value(&link, "epochs")), ("characters", "3".into()));
    assert_eq!((notice.key.as_str(), notice.used.as_str()), ("demo", "characters"));
    let (link, notice) = only_notice("demo=something_else");
    assert_eq!(link.spec.entry.id, REGISTRY.first().id);
    assert!(notice.rule.contains("characters"), "{notice}");
    let (link, notice) = only_notice("demo=characters/nonsense&epochs=3");
    assert_eq!((notice.key.as_str(), value(&link, "epochs")), ("preset", "3".into()));
    assert!(notice.rule.contains("as_coded"), "{notice}");
}

#[test]
fn a_bad_seed_is_told() {
    for (given, used) in [("abc", 1), ("-1", 1), ("1.5", 1), ("4294967296", u32::MAX)] {
        let (link, notice) = only_notice(&format!("demo=characters&seed={given}"));
        assert_eq!((link.spec.seed, notice.used), (used, used.to_string()), "{given}");
        assert!(notice.rule.contains("4294967295"), "{}", notice.rule);
    }
    assert_eq!(parse("demo=characters&seed=4294967295").0.spec.seed, u32::MAX);
    assert_eq!(parse("demo=characters&seed=0").0.spec.seed, 0);
}

#[test]
fn a_rule_between_parameters_puts_both_back() {
    let text = "demo=characters&mode=coded&w_init_min=0.9&w_init_max=0.1&eta=0.5";
    let (link, notices) = parse(text);
    let told: Vec<&str> = notices.iter().map(|notice| notice.key.as_str()).collect();
    assert_eq!(told, ["w_init_min", "w_init_max"]);
    assert_eq!(
        (value(&link, "w_init_min"), value(&link, "w_init_max")),
        ("0.5".into(), "1".into())
    );
    assert_eq!((value(&link, "eta"), value(&link, "mode")), ("0.5".into(), "coded".into()));
    assert!(notices[0].rule.contains("w_init_min (0.9) must be below w_init_max (0.1)"));
    // One of them alone can break it against the other's default.
    let (link, notice) = only_notice("demo=characters&mode=coded&w_init_max=0.4");
    assert_eq!((notice.key.as_str(), value(&link, "w_init_max")), ("w_init_max", "1".into()));
}

#[test]
fn options_of_the_page_are_read_and_repaired() {
    let (link, notices) =
        parse("demo=characters&embed=1&show=weights,%20hit_rate&autorun=0&theme=dark");
    assert_eq!(notices, []);
    assert!(link.page.embed && link.page.show == ["weights", "hit_rate"]);
    assert_eq!((link.page.autorun, link.page.theme), (Autorun::Off, Theme::Dark));
    for (key, given, used) in [
        ("embed", "perhaps", "0"),
        ("autorun", "2", "visible"),
        ("theme", "pink", "auto"),
        ("speed", "fast", "the demo's own speed"),
    ] {
        let (link, notice) = only_notice(&format!("demo=characters&{key}={given}"));
        assert_eq!((notice.key.as_str(), link.page), (key, PageOptions::default()), "{given}");
        assert_eq!(notice.used, used, "{key}={given}");
    }
    for (given, used) in [("0", 1.0), ("1e9", 1e6)] {
        let (link, notice) = only_notice(&format!("demo=characters&speed={given}"));
        assert_eq!((link.page.speed, notice.used), (Some(used), used.to_string()), "{given}");
    }
}

#[test]
fn a_part_that_is_not_there_is_told() {
    let (link, notice) = only_notice("demo=characters&hide=contols,share");
    assert_eq!((notice.key.as_str(), notice.given.as_str()), ("hide", "contols"));
    assert!(notice.rule.contains("did you mean controls?"), "{notice}");
    assert_eq!(link.page.hide, ["share"]);
    // A key may be meant as one of the page.
    let (_, notice) = only_notice("demo=characters&sede=7");
    assert!(notice.rule.contains("Did you mean 'seed'?"), "{notice}");
    // What another model of the demo has is no mistake.
    let (link, notices) = parse("demo=characters&mode=coded&hide=theta_plus_mv");
    assert_eq!((notices, link.page.hide), (vec![], vec!["theta_plus_mv".to_string()]));
    assert_eq!(parse("demo=characters&show=weights,results,eta&hide=equations").1, []);
}

#[test]
fn show_leaves_out_others_of_its_kind_and_hide_wins() {
    let (panels, params) = (["weights", "inputs", "outputs"], ["eta", "epochs"]);
    let page = parse("demo=characters&show=weights,inputs&hide=inputs").0.page;
    let shown: Vec<bool> = panels.iter().map(|name| page.shows(name, &panels)).collect();
    assert_eq!(shown, [true, false, false]);
    assert!(params.iter().all(|name| page.shows(name, &params)), "another kind stays whole");
}

#[test]
fn the_longest_sensible_link_is_short_enough() {
    for mode in ["fixed", "paper", "coded"] {
        let glyphs = |bits: &str| [bits; 6].join(",");
        let text = format!(
            "demo=characters&seed=4294967295&letters=A-Z&drawn={}&unseen={}&polarity=background\
             &mode={mode}",
            glyphs("101010101010101"),
            glyphs("010101010101010")
        );
        let (mut link, notices) = parse(&text);
        assert_eq!(notices, []);
        set_every_number_awkwardly(&mut link.spec.params);
        link.page.embed = true;
        link.page.show = link.spec.panels().iter().map(|panel| panel.key.into()).collect();
        (link.page.autorun, link.page.theme) = (Autorun::On, Theme::Light);
        link.page.speed = Some(1234.567890123);
        let printed = link.print();
        assert!(printed.len() > 500 && printed.len() <= MAX_LENGTH, "{} {printed}", printed.len());
        assert_eq!(parse(&printed), (link, vec![]));
    }
}

/// As many digits as a slider can give.
fn set_every_number_awkwardly(params: &mut Box<dyn Experiment>) {
    for control in controls(&**params) {
        if let ControlKind::Float(range) = control.kind {
            let text = (range.min + (range.max - range.min) / 3.0).to_string();
            // A rule between two may refuse one of them.
            let _ = values::set(params, control.field.key, &text);
        }
    }
}

#[test]
fn the_form_refuses_what_a_link_would_repair() {
    let mut params = parse("demo=characters&mode=coded").0.spec.params;
    let before = values::pairs(&*params);
    for (key, text) in [("eta", "7"), ("eta", "x"), ("w_init_max", "0.2"), ("nonsense", "1")] {
        let notice = values::set(&mut params, key, text).expect_err(text);
        assert_eq!((notice.key.as_str(), notice.used.as_str()), (key, ""));
        assert_eq!(values::pairs(&*params), before, "{key}={text}");
    }
    values::set(&mut params, "eta", "0.7").expect("in range");
    assert!(values::pairs(&*params).contains(&("eta", "0.7".into())));
}
