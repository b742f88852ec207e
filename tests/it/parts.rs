//! `show=` and `hide=`: what of the page is there.

use std::sync::atomic::{AtomicUsize, Ordering};

use stdp_playground::experiments::{REGISTRY, stdp_window};
use stdp_playground::lab::link::{self, Link};
use stdp_playground::lab::param::{FloatRange, Kind, Row, Slot};
use stdp_playground::lab::parts::{self, SECTIONS};
use stdp_playground::lab::{
    Contrast, Entry, Experiment, Field, Notice, Panel, Params, Spec, form, parts::CARDS,
};

fn parse(text: &str) -> (Link, Vec<Notice>) {
    link::parse(text, REGISTRY)
}

fn sections(link: &Link) -> String {
    let shown = SECTIONS.iter().filter(|section| parts::shows_section(link, section));
    shown.copied().collect::<Vec<_>>().join(",")
}

/// Figures and cards that are on the page.
fn figures(link: &Link) -> String {
    let panels = link.spec.panels().into_iter().map(|panel| panel.key).chain(CARDS);
    let shown = panels
        .filter(|key| parts::shows_section(link, "figures") && parts::shows_figure(link, key));
    shown.collect::<Vec<_>>().join(",")
}

/// Parameters that are on the page, with a star where the link names them.
fn parameters(link: &Link) -> String {
    let shown = parts::shown_controls(link, &link.spec).into_iter();
    let shown = shown.filter(|_| parts::shows_section(link, "controls"));
    let star = |is_named| if is_named { "*" } else { "" };
    let names = shown.map(|(control, is_named)| control.field.key.to_owned() + star(is_named));
    names.collect::<Vec<_>>().join(",")
}

#[test]
fn what_is_named_brings_its_section() {
    let all = parse("stdp_window").0;
    let (all_figures, all_parameters) = (figures(&all), parameters(&all));
    let all_sections = SECTIONS.join(",");
    assert!(
        all_figures.contains(",window,") && all_figures.ends_with(",results,seeds"),
        "{all_figures}"
    );
    assert!(all_parameters.contains("tau_plus_ms") && all_parameters.contains("w_init"));
    let all = |text: &str| match text {
        "all sections" => all_sections.clone(),
        "all figures" => all_figures.clone(),
        "all parameters" => all_parameters.clone(),
        text => text.to_string(),
    };
    for (options, sections_shown, figures_shown, parameters_shown) in [
        ("", "all sections", "all figures", "all parameters"),
        ("show=window,transport", "figures,transport", "window", ""),
        ("show=transport,window", "figures,transport", "window", ""),
        ("show=figures,window", "figures", "window", ""),
        ("show=transport", "transport", "", ""),
        ("show=figures", "figures", "all figures", ""),
        ("show=controls", "controls", "", "all parameters"),
        ("show=window", "all sections", "window", "all parameters"),
        ("show=w_init", "all sections", "all figures", "w_init*"),
        ("show=w_init,transport", "controls,transport", "", "w_init*"),
        ("show=tau_plus_ms,share", "controls,share", "", "tau_plus_ms*"),
        ("show=window,w_init,transport", "figures,controls,transport", "window", "w_init*"),
        ("show=results,transport", "figures,transport", "results", ""),
        ("show=seeds,results,try", "figures,try", "results,seeds", ""),
        ("show=controls,w_init", "controls", "", "w_init*"),
        ("show=window,transport&hide=window", "transport", "", ""),
        ("show=window,transport&hide=figures", "transport", "", ""),
        ("show=window,results,transport&hide=results", "figures,transport", "window", ""),
        ("show=w_init,transport&hide=controls", "transport", "", ""),
        ("show=w_init,transport&hide=w_init", "transport", "", ""),
        ("show=transport,share&hide=share", "transport", "", ""),
        ("show=figures&hide=figures", "", "", ""),
        ("compare=1&b.w_init=0.3&show=window,transport", "figures,transport", "window", ""),
    ] {
        let (link, notices) = parse(&format!("demo=stdp_window&embed=1&{options}"));
        assert_eq!(notices, [], "{options}");
        assert_eq!(sections(&link), all(sections_shown), "{options}");
        assert_eq!(figures(&link), all(figures_shown), "{options}");
        assert_eq!(parameters(&link), all(parameters_shown), "{options}");
        // None of it is written into the link.
        assert_eq!(parse(&link.print()), (link, vec![]), "{options}");
    }
}

#[test]
fn every_figure_parameter_and_group_of_every_demo_brings_its_section() {
    for entry in REGISTRY.0 {
        let plain = parse(entry.id).0;
        let show = |name: &str| {
            let (link, notices) = parse(&format!("demo={}&show={name},transport", entry.id));
            assert_eq!(notices, [], "{}: {name}", entry.id);
            assert!(parts::shows_section(&link, "transport"));
            assert!(SECTIONS.contains(&name) || !parts::shows_section(&link, "sources"));
            link
        };
        for key in plain.spec.panels().iter().map(|panel| panel.key).chain(CARDS) {
            let shown = figures(&show(key));
            assert_eq!(shown, key, "{}", entry.id);
        }
        for control in form::controls(&*plain.spec.params) {
            let (group, key) = (control.group.key, control.field.key);
            assert!(parameters(&show(key)).contains(&format!("{key}*")), "{}: {key}", entry.id);
            let link = show(group);
            assert!(parameters(&link).contains(&format!("{key}*")), "{}: {group}", entry.id);
            let hidden = parse(&format!("{}&hide={group}", link.print())).0;
            assert_eq!(parameters(&hidden), "", "{}: {group}", entry.id);
        }
    }
}

#[test]
fn an_unknown_name_is_told_with_the_nearest() {
    for (word, near) in [
        ("transprot", "transport"),
        ("windw", "window"),
        ("result", "results"),
        ("seed", "seeds"),
        ("w_int", "w_init"),
        ("learnin", "learning"),
    ] {
        for key in ["show", "hide"] {
            let (link, notices) = parse(&format!("demo=stdp_window&{key}=share,{word}"));
            assert_eq!(notices.len(), 1, "{word}: {notices:?}");
            let Notice { key: told, given, rule, .. } = &notices[0];
            assert_eq!((told.as_str(), given.as_str()), (key, word));
            assert!(rule.contains(&format!("did you mean {near}?")), "{rule}");
            assert_eq!(link.page.show.len() + link.page.hide.len(), 1);
        }
    }
    let (_, notices) = parse("demo=stdp_window&show=qqq");
    assert!(notices[0].rule.contains("parts are opening, figures"), "{}", notices[0]);
}

#[test]
fn a_name_of_another_demo_is_told_as_such() {
    for (text, home) in [
        ("demo=stdp_window&show=hit_rate,transport", "characters"),
        ("demo=stdp_window&hide=num_inputs", "correlated_inputs"),
        ("demo=characters&show=window", "stdp_window"),
    ] {
        let (_, notices) = parse(text);
        assert_eq!(notices.len(), 1, "{text}: {notices:?}");
        let rule = &notices[0].rule;
        assert!(rule.starts_with("not of this demo but of ") && rule.contains(home), "{rule}");
    }
}

static PASSES: AtomicUsize = AtomicUsize::new(0);

/// Parameters that count how often they are gone through.
#[derive(Clone)]
struct Counting(f64);

impl Params for Counting {
    fn rows(&self) -> &'static [Row] {
        PASSES.fetch_add(1, Ordering::Relaxed);
        const RATE: Field = Field::new("rate_hz", "Rate", "Of every input.");
        const RANGE: FloatRange = FloatRange::linear(0.0, 9.0, 1.0);
        const { &[Row { group: None, field: RATE, kind: Kind::Float(RANGE) }] }
    }
    fn slot(&mut self, _: usize) -> Slot<'_> {
        Slot::Float(&mut self.0)
    }
}

impl Experiment for Counting {
    fn panels(&self) -> Vec<Panel> {
        Vec::new()
    }
    fn contrasts(&self) -> &'static [Contrast] {
        &[]
    }
}

#[test]
fn the_form_is_read_in_one_pass() {
    static ENTRY: Entry = Entry { defaults: || Box::new(Counting(1.0)), ..stdp_window::ENTRY };
    let link = Link { spec: Spec::of(&ENTRY), ..parse("stdp_window").0 };
    let before = PASSES.load(Ordering::Relaxed);
    let shown = parts::shown_controls(&link, &link.spec);
    assert_eq!((shown.len(), &shown[0].0.text[..]), (1, "1"));
    assert_eq!(PASSES.load(Ordering::Relaxed) - before, 1);
}
