//! Networks as programs for other simulators: those that were run there, and what is refused.

use std::path::PathBuf;

use stdp_playground::experiments::describe;
use stdp_playground::export::script::{About, brian2};
use stdp_playground::lab::Spec;

use crate::runs::{every_preset, link_of, spec_of};

/// Scripts that `make scripts` runs with Brian 2, beside the runs themselves.
const RUN: [(&str, &str); 11] = [
    ("cuba", "balanced_networks/cuba?duration_s=1"),
    ("coba", "balanced_networks/coba?duration_s=1"),
    ("brunel", "balanced_networks/ai?num_excitatory=2000&duration_s=0.5"),
    ("song", "correlated_inputs/song_20hz?duration_s=20"),
    ("groups", "correlated_inputs/two_groups?duration_s=20"),
    ("vogels", "correlated_inputs/vogels?duration_s=20"),
    ("playground", "playground/correlated?duration_s=20"),
    ("conductances", "playground/conductances?duration_s=20"),
    ("adapting", "playground/adapting"),
    ("chattering", "playground/chattering"),
    ("moving_threshold", "playground/adaptive_threshold"),
];

fn script_of(spec: &Spec) -> Result<String, String> {
    let about = About { title: spec.entry.title, link: &link_of(spec), seed: spec.seed };
    brian2(&describe(spec), &about).map_err(|why| why.to_string())
}

#[test]
fn scripts_are_those_that_were_run() {
    let folder = PathBuf::from("tests/scripts");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for (name, link) in RUN {
        let text = script_of(&spec_of(link)).expect("a script");
        let path = folder.join(format!("{name}.py"));
        if update {
            std::fs::write(&path, &text).expect("it can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            text == kept,
            "{name}: run the tests with UPDATE_GOLDEN=1, and then `make scripts` to see that it still does what the run does"
        );
    }
}

#[test]
fn every_run_has_a_script_or_a_reason() {
    let (mut written, mut refused) = (0, std::collections::BTreeSet::new());
    for preset in every_preset() {
        match script_of(&preset.spec) {
            Ok(text) => {
                written += 1;
                // Every group that is named is made, and nothing of ours is left in the text.
                assert!(!text.contains("Some(") && !text.contains("NaN"), "{}", preset.id);
                let spikes = text.contains("recorded(\"");
                assert_eq!(spikes, text.contains("def recorded("), "{}", preset.id);
                let about = link_of(&preset.spec);
                assert!(text.contains(&about) && text.contains("run(duration"), "{}", preset.id);
            }
            Err(why) => {
                assert!(why.ends_with('.') && why.contains(". "), "{}: {why}", preset.id);
                refused.insert(why.split(". ").last().unwrap_or_default().to_string());
            }
        }
    }
    println!("{written} written, refused: {refused:#?}");
    assert!(written > 35 && refused.len() > 3, "{written} {refused:?}");
}
