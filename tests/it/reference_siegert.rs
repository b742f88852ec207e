//! The rate of leaky neurons under white noise against NEST's `siegert_neuron`.

use serde::Deserialize;

use stdp_playground::sim::neuron::{LifParams, siegert};

use crate::reference_neurons::load;

#[derive(Deserialize)]
struct Case {
    tau_m_ms: f64,
    t_ref_ms: f64,
    v_reset_mv: f64,
    v_th_mv: f64,
    mean_mv: f64,
    sd_mv: f64,
    rate_hz: f64,
}

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[test]
fn rates_under_white_noise_are_nests() {
    let file: File = load("siegert_nest.json");
    assert_eq!(file.cases.len(), 48);
    for case in file.cases {
        let Case { tau_m_ms, t_ref_ms, v_reset_mv, v_th_mv, mean_mv, sd_mv, rate_hz } = case;
        let p = LifParams { tau_m_ms, e_l_mv: 0.0, v_th_mv, v_reset_mv, t_ref_ms };
        let found = siegert::rate_hz(&p, mean_mv, sd_mv);
        let far = (found - rate_hz).abs();
        assert!(far < 1e-5 * rate_hz + 1e-6, "{mean_mv} {sd_mv}: {found} {rate_hz}");
    }
}
