//! What `stdp describe` prints of the network behind a link.

use serde_json::Value;

use crate::cli::{json, one_line, output, stdp, text};
use crate::runs::every_preset;

#[test]
fn a_network_is_printed_as_tables_with_units() {
    let printed = output(&["describe", "reward_baseline"]);
    for title in
        ["Populations", "Sources", "Projections", "Modulators", "Schedule", "Step", "Quantities"]
    {
        assert!(printed.lines().any(|line| line == title), "no {title} in\n{printed}");
    }
    let row = |of: &str, quantity: &str| {
        let found = printed.lines().find(|line| {
            let mut words = line.split("  ").map(str::trim).filter(|word| !word.is_empty());
            words.next() == Some(of) && words.next() == Some(quantity)
        });
        found.unwrap_or_else(|| panic!("no {quantity} of {of} in\n{printed}")).to_string()
    };
    let words = |row: String| row.split_whitespace().map(String::from).collect::<Vec<_>>();
    assert_eq!(words(row("output", "parts[0].model.v_th_mv"))[2..4], ["-55", "mV"]);
    assert_eq!(words(row("synapses", "rule.eligibility.tau_e_ms"))[2..4], ["200", "ms"]);
    // 1.5 times 0.8, without the last digits of the product.
    assert_eq!(words(row("synapses", "weights.start.high"))[2], "1.2");
    assert!(printed.contains("pair STDP × success"), "{printed}");
    assert!(printed.contains("running mean per stimulus"), "{printed}");
}

#[test]
fn json_has_every_quantity_with_its_unit() {
    let whole = json(&["describe", "distal_reward/yoked", "--json"]);
    assert_eq!(whole["id"], "distal_reward");
    let net = &whole["network"];
    assert_eq!(net["dt_ms"]["value"], 1.0);
    assert_eq!(net["dt_ms"]["unit"], "ms");
    let neuron = &net["populations"][0]["parts"][0];
    assert_eq!(neuron["model"]["kind"], "Izhikevich");
    assert_eq!(neuron["model"]["v_peak_mv"]["value"], 30.0);
    let excitation = &net["projections"][0];
    assert_eq!(excitation["wiring"]["num"], 100.0);
    assert_eq!(excitation["weights"]["max"], 4.0);
    assert_eq!(excitation["rule"]["eligibility"]["modulator"], "dopamine");
    assert_eq!(excitation["short_term"], Value::Null);
    assert_eq!(net["modulators"][0]["release"]["leader"], "twin");
    assert_eq!(net["update"]["source"], "Izhikevich (2007), daspnet");
}

#[test]
fn a_link_decides_what_is_described_and_a_wrong_one_is_refused() {
    let of = |link: &str| json(&["describe", link, "--json"])["network"].clone();
    let net = of("demo=xor_reward&gamma_mv=0.5&num_hidden=7");
    assert_eq!(net["populations"][1]["size"], 7.0);
    assert_eq!(net["projections"][0]["rule"]["eligibility"]["eta"], 0.5);
    assert_ne!(of("characters"), of("characters/as_coded"));
    assert!(one_line(&["describe", "charcters"]).contains("charcters"));
}

#[test]
fn every_preset_can_be_described() {
    // One of each experiment is enough for the program; the rest is checked without it.
    let mut seen = Vec::new();
    for preset in every_preset() {
        if seen.contains(&preset.entry.id) {
            continue;
        }
        seen.push(preset.entry.id);
        let done = stdp(&["describe", &preset.id]);
        assert!(done.status.success() && done.stderr.is_empty(), "{}", text(&done.stderr));
        assert!(text(&done.stdout).contains("Populations"), "{}", preset.id);
    }
    assert!(seen.len() >= 7, "{seen:?}");
}

#[test]
fn kinds_of_homeostasis_are_told_and_zero_has_no_sign() {
    let of = |link: &str| output(&["describe", link]);
    assert!(of("demo=correlated_inputs&homeostasis=scaling").contains("synaptic scaling"));
    assert!(of("demo=correlated_inputs&homeostasis=normalisation").contains("fixed sum"));
    let window = of("stdp_window");
    assert!(window.contains(" in [0, ") && !window.contains("-0"), "{window}");
}
