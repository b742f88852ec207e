//! Networks as programs for other simulators: those that were run there, what is refused, and what a parameter changes.

use std::collections::BTreeSet;
use std::path::PathBuf;

use stdp_playground::experiments::describe;
use stdp_playground::export::script::{About, script};
use stdp_playground::lab::lit;
use stdp_playground::lab::{Simulator, Spec};

use crate::runs::{every_preset, link_of, spec_of};

const PLAYGROUND: &str = "playground/correlated?duration_s=20";

/// Scripts that `make scripts` ran with the simulators themselves, beside the runs; it keeps the text of those that passed.
/// Name, link, and whether Brian 2 and NEST have them.
const RUN: [(&str, &str, [bool; 2]); 27] = [
    ("cuba", "balanced_networks/cuba?duration_s=1", [true, true]),
    ("coba", "balanced_networks/coba?duration_s=1", [true, true]),
    ("brunel", "balanced_networks/ai?num_excitatory=2000&duration_s=0.5", [true, true]),
    ("song", "correlated_inputs/song_20hz?duration_s=20", [true, false]),
    ("song_plus", "correlated_inputs/song_20hz?duration_s=20&coincidence=plus", [false, true]),
    ("groups", "correlated_inputs/two_groups?duration_s=20", [true, false]),
    ("vogels", "correlated_inputs/vogels?duration_s=20", [true, true]),
    ("playground", PLAYGROUND, [true, true]),
    ("conductances", "playground/conductances?duration_s=20", [true, true]),
    ("currents", "playground/correlated?duration_s=20&synapse=current", [false, true]),
    ("adex_learns", "playground/adex_learns?duration_s=20", [true, true]),
    ("linear", "playground/linear?duration_s=20", [true, true]),
    ("multiplicative", "playground/correlated?duration_s=20&mu=1", [false, true]),
    ("power", "playground/correlated?duration_s=20&mu=0.2", [false, true]),
    ("power_law", "playground/correlated?duration_s=20&rule=power_law", [false, true]),
    ("nearest", "playground/correlated?duration_s=20&pairing=nearest", [false, true]),
    ("pre_centred", "playground/correlated?duration_s=20&pairing=pre_centred", [false, true]),
    ("triplet", "playground/correlated?duration_s=20&rule=triplet", [true, true]),
    (
        "short_term",
        "playground/correlated?duration_s=20&short_term=tsodyks_markram&jump_total_mv=500&rule=none",
        [false, true],
    ),
    ("delayed", "playground/correlated?duration_s=20&delay_ms=5", [false, true]),
    ("adapting", "playground/adapting", [true, true]),
    ("bursting", "playground/bursting", [false, true]),
    ("chattering", "playground/chattering", [true, true]),
    ("moving_threshold", "playground/adaptive_threshold", [true, false]),
    ("hodgkin_huxley", "playground/hodgkin_huxley", [false, true]),
    ("staircase", "playground/staircase", [false, true]),
    ("ten", "playground/ten?duration_s=10", [false, true]),
];

fn script_of(spec: &Spec, simulator: Simulator, is_recorded: bool) -> Result<String, String> {
    let (title, link) = (spec.entry.title, &link_of(spec));
    let about = About { title, link, seed: spec.seed, is_recorded };
    script(&describe(spec), &about, simulator).map_err(|why| why.to_string())
}

#[test]
fn scripts_are_those_that_were_run() {
    for (name, link, written) in RUN {
        for (simulator, is_written) in Simulator::ALL.into_iter().zip(written) {
            if !is_written {
                continue;
            }
            let text = script_of(&spec_of(link), simulator, false).expect(name);
            let folder =
                if simulator == Simulator::Nest { "tests/scripts/nest" } else { "tests/scripts" };
            let path = PathBuf::from(folder).join(format!("{name}.py"));
            let kept = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                text == kept,
                "{name} for {}: another text than the one that was run. `make scripts`, or tests/scripts/run.py {name}, keeps it if it still does what the run does",
                simulator.name()
            );
        }
    }
}

#[test]
fn every_run_has_a_script_or_a_reason() {
    for (simulator, least) in Simulator::ALL.into_iter().zip([35, 30]) {
        let (mut written, mut refused) = (0, BTreeSet::new());
        for preset in every_preset() {
            match script_of(&preset.spec, simulator, false) {
                Ok(text) => {
                    written += 1;
                    // Every group that is named is made, and nothing of ours is left in the text.
                    assert!(!text.contains("Some(") && !text.contains("NaN"), "{}", preset.id);
                    let spikes = text.contains("recorded(\"");
                    assert_eq!(spikes, text.contains("def recorded("), "{}", preset.id);
                    let runs = text.contains("run(duration") || text.contains("nest.Simulate(");
                    assert!(text.contains(&link_of(&preset.spec)) && runs, "{}", preset.id);
                }
                Err(why) => {
                    assert!(why.ends_with('.') && why.contains(". "), "{}: {why}", preset.id);
                    refused.insert(why.split(". ").last().unwrap_or_default().to_string());
                }
            }
        }
        println!("{}: {written} written, refused: {refused:#?}", simulator.name());
        assert!(written >= least && refused.len() > 3, "{written} {refused:?}");
    }
}

#[test]
fn what_nest_lacks_is_told_with_the_way_to_it() {
    let refused = |link: &str| script_of(&spec_of(link), Simulator::Nest, false).expect_err(link);
    let both = refused("playground/correlated?short_term=tsodyks_markram");
    assert!(
        both.contains("no synapse") && both.ends_with("generate the synapse with NESTML."),
        "{both}"
    );
    let threshold = refused("playground/adaptive_threshold");
    assert!(threshold.contains("a threshold that every spike raises"), "{threshold}");
    let same_step = refused("playground/correlated?coincidence=minus");
    assert!(same_step.contains("Let spikes of one step potentiate"), "{same_step}");
}

#[test]
fn recorded_scripts_read_and_compare() {
    for simulator in Simulator::ALL {
        let spec = spec_of("playground/correlated?delay_ms=5");
        let text = script_of(&spec, simulator, true).expect("a script");
        for part in
            ["recorded(\"input\")", "recorded_synapses(0)", "same_step(\"neuron\"", "weights_apart"]
        {
            assert!(text.contains(part), "{}: {part}", simulator.name());
        }
        let why = script_of(&spec_of("playground/linear"), simulator, true).expect_err("by chance");
        assert!(why.contains("fire by chance") && why.ends_with("a script that draws."), "{why}");
    }
}

#[test]
fn a_parameter_lights_the_lines_that_it_changes() {
    for simulator in Simulator::ALL {
        let of = |link: &str| script_of(&spec_of(link), simulator, false).expect("a script");
        let (before, now) = (of("playground/correlated"), of("playground/correlated?a_plus=0.004"));
        let lines: Vec<&str> = now.lines().collect();
        // The second line is the link.
        let lit = lit::changed(&before, &now);
        let lit: Vec<&str> =
            lit.into_iter().filter(|line| *line > 1).map(|line| lines[line]).collect();
        assert!((1..=3).contains(&lit.len()), "{}: {lit:?}", simulator.name());
        assert!(lit.iter().all(|line| line.contains("0.004")), "{lit:?}");
    }
}
