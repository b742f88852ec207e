//! What refractory time and reset do to every neuron of the correlated inputs.

use crate::runs::{finished, number, spec_of};

const NEURON: &str = "demo=correlated_inputs&part=neuron";

#[test]
fn a_refractory_time_lowers_the_rate_and_the_soft_reset_raises_it() {
    for (cell, w) in [
        ("conductance", 1.0),
        ("adaptive", 1.0),
        ("escape", 1.0),
        ("second_order", 0.05),
        ("response&threshold=3", 1.0),
    ] {
        let link =
            format!("{NEURON}&cell={cell}&rule=none&w_init_min={w}&w_init_max={w}&duration_s=20");
        let rate_hz = |rest: &str| {
            number(&finished(&spec_of(&format!("{link}{rest}"))), "output_rate_hz_overall")
        };
        let (free_hz, held_hz) = (rate_hz(""), rate_hz("&t_ref_ms=20"));
        println!("{cell}: {free_hz} Hz, with a refractory time {held_hz} Hz");
        assert!(held_hz < 50.0 && held_hz < 0.95 * free_hz, "{cell}: {free_hz}, {held_hz} Hz");
        assert!(held_hz > 1.0, "{cell}: {held_hz} Hz");
        if !cell.starts_with("response") {
            let soft_hz = rate_hz("&reset=soft");
            println!("{cell}: with the soft reset {soft_hz} Hz");
            assert!(soft_hz > free_hz, "{cell}: {free_hz}, {soft_hz} Hz");
        }
    }
}
