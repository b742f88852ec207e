//! What undo says it takes back, and what a control goes back to.

use stdp_playground::experiments::REGISTRY;
use stdp_playground::lab::{change, link, values};

use crate::runs::{every_preset, spec_of};

#[test]
fn a_change_is_named_by_what_is_new() {
    for (before, after, told) in [
        ("characters", "demo=characters&embed=1&theme=dark", None),
        ("characters", "demo=characters&seed=7", Some("Seed 7")),
        ("characters", "demo=characters&tau_m_ms=30", Some("Membrane time constant 30 ms")),
        ("characters", "demo=characters&homeostasis=0", Some("Homeostasis off")),
        ("characters", "demo=characters&letters=ABC", Some("Letters")),
        ("characters", "demo=characters&mode=paper", Some("Model: As the paper")),
        ("characters", "demo=characters&letters=ABC&tau_m_ms=30", Some("2 parameters")),
        ("characters", "xor_reward", Some("XOR")),
        ("characters", "demo=characters&compare=1&b.homeostasis=0", Some("Compare A|B")),
        ("demo=characters&compare=1", "characters", Some("One run alone")),
        (
            "demo=characters&compare=1",
            "demo=characters&compare=1&b.homeostasis=0",
            Some("B: Homeostasis off"),
        ),
        (
            "demo=characters&compare=1&b.homeostasis=0",
            "demo=characters&epochs=9&compare=1&b.homeostasis=0",
            Some("Epochs 9"),
        ),
        (
            "demo=characters&compare=1&b.homeostasis=0",
            "demo=characters&homeostasis=0&compare=1&b.homeostasis=0",
            Some("A: Homeostasis off"),
        ),
    ] {
        let [old, new] = [before, after].map(|text| link::parse(text, REGISTRY).0);
        let found = change::told(&old, &new);
        match told {
            Some(told) => assert!(
                found.as_ref().is_some_and(|found| found.contains(told)),
                "{before} to {after}: {found:?}"
            ),
            None => assert_eq!(found, None, "{before} to {after}"),
        }
    }
}

#[test]
fn every_parameter_has_a_default_to_go_back_to() {
    for preset in every_preset() {
        let spec = preset.spec;
        let defaults = values::defaults_at(&*spec.params, (spec.entry.defaults)());
        for (key, _) in values::pairs(&*spec.params) {
            let mut changed = spec.params.boxed_clone();
            let (_, default) = defaults.iter().find(|(known, _)| *known == key).expect(key);
            // A rule between parameters may forbid it; then the control says so.
            if values::set(&mut changed, key, default).is_ok() {
                let now = values::pairs(&*changed);
                let (_, value) = now.iter().find(|(known, _)| *known == key).expect(key);
                assert_eq!(value, default, "{}: {key}", preset.id);
            }
        }
    }
    let spec = spec_of("demo=xor_reward&rule=mstdp&gamma_mv=0.3");
    let defaults = values::defaults_at(&*spec.params, (spec.entry.defaults)());
    let of = |key: &str| defaults.iter().find(|(known, _)| *known == key).expect("known").1.clone();
    assert_eq!((of("rule").as_str(), of("gamma_mv").as_str()), ("mstdpet", "0.1"));
}
