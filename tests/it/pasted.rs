//! Links as people and scripts bring them: read as meant, and told only where something was not understood.

use stdp_playground::experiments::REGISTRY;
use stdp_playground::lab::form::{ControlKind, controls};
use stdp_playground::lab::link::{self, Autorun, KEYS, Link, Theme};
use stdp_playground::lab::{Notice, Spec, pasted, values};
use stdp_playground::record::Fingerprint;

fn parse(text: &str) -> (Link, Vec<Notice>) {
    link::parse(text, REGISTRY)
}

/// The link of what `text` was understood as, where all of it was.
fn meant(text: &str) -> String {
    let (link, notices) = parse(text);
    assert_eq!(notices, [], "{text}");
    link.print()
}

fn only_notice(text: &str) -> (Link, Notice) {
    let (link, mut notices) = parse(text);
    assert_eq!(notices.len(), 1, "{text}: {notices:?}");
    (link, notices.remove(0))
}

#[test]
fn a_link_out_of_a_text_or_a_page_is_the_link() {
    let link = "https://example.org/p/?demo=characters&v=1&seed=7&eta=0.05&homeostasis=0";
    let plain = meant(link);
    assert_eq!(plain, "demo=characters&v=1&seed=7&homeostasis=0&eta=0.05");
    let source = link.replace('&', "&amp;");
    for text in [
        format!("<{link}>"),
        format!("[the run]({link})."),
        format!("See (“{link}”)!"),
        format!("<a href=\"{source}\">the run</a>"),
        source.clone(),
        link.replace('&', "&#38;"),
        link.replace('&', "&AMP;").replace("https://example.org/p/", ""),
        link.replace("&eta", "\n  &eta"),
        link.replace("homeostasis=0", "homeostasis=False."),
        link.replace("seed=7", "seed=7.0"),
        link.replace("&v=1", "&utm_source=mail&v=1") + "&fbclid=x",
        link.replace("seed=7", "utm_source=mail&SEED=%207%C2%A0"),
    ] {
        assert_eq!(meant(&text), plain, "{text}");
    }
    // The page gets what the browser made of it.
    let search = link.split_once('/').unwrap().1.replace('&', "&amp;");
    assert_eq!(meant(&search[search.find('?').unwrap()..]), plain);
}

#[test]
fn the_end_of_a_sentence_is_not_the_end_of_a_value() {
    for end in
        [".", ",", ";", ":", "!", "?", ")", ").", "]", "}", ">", "\"", "'", "”.", "»", "…", " ."]
    {
        for last in [
            "seed=7",
            "eta=0.05",
            "homeostasis=no",
            "mode=coded",
            "letters=ABE",
            "theme=dark",
            "show=weights,transport",
            "embed=1",
            "compare=1",
            "b.eta=0.2",
            "v=1",
            "autorun=0",
            "speed=50",
            "drawn=010101111101101",
            "preset=as_coded",
            "demo=characters/as_coded",
        ] {
            let text = match last.starts_with("demo=") {
                true => format!("seed=30&{last}"),
                false => format!("demo=characters&{last}"),
            };
            assert_eq!(meant(&format!("{text}{end}")), meant(&text), "{text}{end}");
            let later = format!("{text}{end}&utm_medium=mail");
            assert_eq!(meant(&later), meant(&text), "{later}");
        }
    }
    // Elsewhere it is told, and so is what makes no sense without it either.
    let (link, notice) = only_notice("demo=characters&letters=AB.&seed=7");
    assert_eq!((notice.key.as_str(), link.spec.seed), ("letters", 7));
    let (_, notice) = only_notice("demo=characters&eta=fast.");
    assert_eq!(notice.key, "eta");
    let (link, notice) = only_notice("demo=characters&eta=7).");
    assert_eq!((notice.used.as_str(), link.print().contains("eta=1")), ("1", true));
}

#[test]
fn no_value_of_a_link_ends_like_a_sentence() {
    // This is why the end of a link may be taken for that of a sentence.
    for entry in REGISTRY.0 {
        for preset in entry.presets {
            let spec = parse(&format!("{}/{}", entry.id, preset.id)).0.spec;
            for control in controls(&*spec.params) {
                let mut values = vec![control.text];
                if let ControlKind::Choice(options) = control.kind {
                    values.extend(options.iter().map(|option| option.key.to_string()));
                }
                for value in values {
                    let ends_well = value.is_empty() || value.ends_with(char::is_alphanumeric);
                    assert!(ends_well, "{}: {}={value}", entry.id, control.field.key);
                }
            }
        }
    }
}

#[test]
fn what_scripts_write_is_read() {
    for (text, expected) in [
        ("homeostasis=0", "homeostasis=0"),
        ("homeostasis=1", ""),
        ("homeostasis=no", "homeostasis=0"),
        ("homeostasis=False", "homeostasis=0"),
        ("homeostasis=FALSE&epochs=50.0", "epochs=50&homeostasis=0"),
        ("homeostasis=Off&epochs=1e2", "epochs=100&homeostasis=0"),
        ("homeostasis=True&seed=7.0", "seed=7"),
        ("seed=1e3&compare=true", "seed=1000&compare=1"),
        ("compare=False", ""),
        ("embed=True&autorun=false", "embed=1&autorun=0"),
        ("embed=yes&autorun=TRUE&theme=Dark", "embed=1&autorun=1&theme=dark"),
        ("embed=1.0&autorun=Visible&speed=5e1", "embed=1&speed=50"),
        ("embed=False&v=1.0", ""),
        ("show=['weights', 'transport']", "show=weights,transport"),
        ("show=Weights+transport&hide=share;sources", "show=weights,transport&hide=share,sources"),
        ("mode=Coded", "mode=coded"),
        ("letters=\"abe\"", "letters=ABE"),
        ("eta=5e-02&b.eta=2E-1", "eta=0.05&compare=1&b.eta=0.2"),
    ] {
        let got = meant(&format!("?demo=Characters&{text}"));
        let got = got.strip_prefix("demo=characters&v=1").unwrap();
        assert_eq!(got.trim_start_matches('&'), expected, "{text}");
    }
    assert_eq!(
        meant("demo=correlated_inputs&e_l_mv=−75"),
        meant("demo=correlated_inputs&e_l_mv=-75")
    );
    assert_ne!(meant("demo=correlated_inputs&e_l_mv=−75"), meant("demo=correlated_inputs"));
}

#[test]
fn a_number_is_never_another_one() {
    let rate = |text: &str| {
        let (link, notices) = parse(&format!("demo=correlated_inputs&rate_hz={text}"));
        let pairs = values::pairs(&*link.spec.params).into_iter();
        let (_, rate) = pairs.clone().find(|(key, _)| *key == "rate_hz").unwrap();
        (rate, notices)
    };
    let plain = rate("").0;
    for (text, expected) in
        [("12,5", "12.5"), ("0,625", "0.625"), ("+12.5", "12.5"), ("12%2C5", "12.5")]
    {
        assert_eq!(rate(text), (expected.to_string(), vec![]), "{text}");
    }
    for text in ["1.234,5", "1,234.5", "1,234", "12,500", "1%20000", "1'000", "1.2.3"] {
        let (used, notices) = rate(text);
        assert_eq!((used, notices.len()), (plain.clone(), 1), "{text}");
        assert!(notices[0].rule.contains("one point for decimals"), "{}", notices[0]);
    }
    for text in ["num_inputs=50,5", "num_inputs=2.5", "num_inputs=1,000", "seed=1,5", "seed=1,000"]
    {
        let (link, notice) = only_notice(&format!("demo=correlated_inputs&{text}"));
        assert!(notice.rule.contains("whole number"), "{notice}");
        assert_eq!(link.spec, parse("demo=correlated_inputs").0.spec, "{text}");
    }
}

#[test]
fn trackers_are_silent_and_slips_are_told() {
    let plain = meant("demo=characters&seed=7");
    for tracker in
        ["utm_source=x", "UTM_ID=1", "fbclid=a.b-c", "gclid=1", "mc_cid=2", "ref=hn", "_ga=2.1"]
    {
        assert_eq!(meant(&format!("{tracker}&demo=characters&{tracker}&seed=7&{tracker}")), plain);
    }
    for (slip, near) in
        [("sed=7", "seed"), ("etta=1", "eta"), ("Epoch=3", "epochs"), ("embd=1", "embed")]
    {
        let (_, notice) = only_notice(&format!("demo=characters&{slip}"));
        assert!(notice.rule.contains(&format!("Did you mean '{near}'?")), "{notice}");
    }
}

#[test]
fn no_parameter_has_a_name_of_the_pages_own() {
    for entry in REGISTRY.0 {
        let presets = entry.presets.iter().map(|preset| format!("{}/{}", entry.id, preset.id));
        for id in presets.chain([entry.id.to_string()]) {
            let (link, notices) = parse(&id);
            assert_eq!(notices, [], "{id}");
            for spec in std::iter::once(&link.spec).chain(&link.twin) {
                for spec in every_choice(spec) {
                    for (key, _) in values::pairs(&*spec.params) {
                        let is_plain =
                            key.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_'));
                        assert!(is_plain, "{id}: {key} is read in lower case");
                        assert!(!KEYS.contains(&key), "{id}: {key} is the page's own");
                        assert!(!pasted::is_tracker(key), "{id}: {key} would be passed over");
                    }
                }
            }
        }
    }
}

/// The run with every option of every choice, one at a time.
fn every_choice(spec: &Spec) -> Vec<Spec> {
    let mut all = vec![spec.clone()];
    for control in controls(&*spec.params) {
        let ControlKind::Choice(options) = control.kind else { continue };
        for option in options {
            let mut other = spec.clone();
            if values::set(&mut other.params, control.field.key, option.key).is_ok() {
                all.push(other);
            }
        }
    }
    all
}

#[test]
fn files_are_named_and_later_keys_kept_free() {
    let name = Fingerprint::of_text("a file");
    let (link, notices) = parse(&format!(
        "demo=characters&compare=1&data= {}&weights={name}.",
        name.to_string().to_uppercase()
    ));
    assert_eq!(notices, []);
    assert_eq!(link.spec.files.names(), [("data", name), ("weights", name)]);
    assert!(link.twin.is_some());
    assert_eq!(link.print(), format!("demo=characters&v=1&data={name}&weights={name}&compare=1"));
    assert_eq!(parse(&link.print()), (link, vec![]));
    for key in ["data", "weights"] {
        for wrong in ["mine.csv", "", "zugim-rabid", "zugim-rabid-vizos-zugim", "0"] {
            let (link, notice) = only_notice(&format!("demo=characters&{key}={wrong}"));
            assert_eq!(
                (notice.key.as_str(), link.spec.files),
                (key, Default::default()),
                "{wrong}"
            );
            assert!(notice.rule.contains("three words"), "{notice}");
        }
        let (link, notice) = only_notice(&format!("demo=characters&compare=1&b.{key}={name}"));
        assert_eq!((notice.key, link.spec.files), (format!("b.{key}"), Default::default()));
        assert!(notice.rule.contains(&format!("the same {key}")), "{}", notice.rule);
    }
    for wrong in ["t=soon", "t=-1", "answer=0", "answer=B"] {
        let (link, notice) = only_notice(&format!("demo=characters&{wrong}&seed=7"));
        assert_eq!(link.print(), "demo=characters&v=1&seed=7");
        assert!(notice.rule.contains("ignored"), "{notice}");
    }
    let (link, notices) = parse("demo=characters&t=500.5&answer=2");
    assert_eq!((link.page.moment_ms, link.page.answer, notices.len()), (Some(500.5), Some(2), 0));
    assert_eq!(link.print(), "demo=characters&v=1&t=500.5&answer=2");
}

#[test]
fn switches_of_the_page_are_told_where_they_say_nothing() {
    for key in ["embed", "compare", "autorun"] {
        let (link, notice) = only_notice(&format!("demo=characters&{key}=maybe"));
        assert_eq!((notice.key.as_str(), link.twin.is_some()), (key, false));
        assert_eq!((link.page.embed, link.page.autorun), (false, Autorun::Visible));
    }
    assert_eq!(parse("theme=LIGHT").0.page.theme, Theme::Light);
}
