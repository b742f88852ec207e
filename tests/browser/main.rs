//! The simulator inside a real browser: the same bits as natively.
//! What the page does with it is tested end to end, in `tests/e2e`.
#![cfg(target_arch = "wasm32")]

use std::hint::black_box;

use stdp_playground::experiments::{self, REGISTRY};
use stdp_playground::lab::{Session, link};
use stdp_playground::sim::math;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const GOLDEN: &str = include_str!("../golden/fingerprints.json");

/// What native code gave for a preset from seed 1.
fn golden(id: &str) -> String {
    let all: serde_json::Value = serde_json::from_str(GOLDEN).expect("the golden file is JSON");
    all[id]["seed_1"].as_str().expect("a fingerprint").into()
}

fn session(id: &str) -> Session {
    let (link, notices) = link::parse(id, REGISTRY);
    assert_eq!(notices, []);
    Session::new(link.spec, experiments::build)
}

fn fingerprint(session: &Session) -> String {
    session.runner.fingerprint().to_string()
}

#[wasm_bindgen_test]
fn transcendental_functions_have_the_native_bits() {
    // The same numbers as in the unit test of `sim::math`; hidden from the compiler, which would fold them.
    assert_eq!(math::exp(black_box(-0.05)).to_bits(), 0x3f73_83c6);
    assert_eq!(math::ln(black_box(0.3)).to_bits(), 0xbf9a_1bc8);
    assert_eq!(math::powf(black_box(15.0), black_box(1.071_428_6)).to_bits(), 0x4191_9be0);
    assert_eq!(math::exp_f64(black_box(-0.05)).to_bits(), 0x3fee_7078_b0a7_26a6);
}

#[wasm_bindgen_test]
fn every_model_gives_the_native_fingerprint() {
    for id in ["characters/mended", "characters/as_coded", "characters/as_paper"] {
        let mut session = session(id);
        session.run_to_end();
        assert_eq!(fingerprint(&session), golden(id), "{id}");
    }
}
