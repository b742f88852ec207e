//! From the constants of the simulator's parts to their description, so that each is read from where it acts.

use crate::net::{
    self, Adaptation, Dependence, Draw, Firing, Method, Model, Recovery, Reset, Rule, Unit,
    Weights, Window,
};
use crate::sim::neuron::{Escape, HodgkinHuxleyParams, IzhikevichParams, LifParams};
use crate::sim::plasticity::{
    AdaptiveThresholdParams, Bound, Coincidence, InhibitoryStdpParams, PairStdpParams, Pairing,
    PublishedVariant, RelaxingThresholdParams, TripletParams,
};

/// Where a weight without ends stops under the rules of the study "STDP-research", so that it stays a number.
pub const FARTHEST: f64 = 1e6;
/// How far the asymptotic rule's upper end is ahead of the largest weight.
const LEAD: f64 = 0.1;

/// A leaky neuron that fires at its threshold and is reset hard.
pub fn lif(p: &LifParams) -> Model {
    Model::Lif {
        tau_m_ms: p.tau_m_ms,
        e_l_mv: p.e_l_mv,
        v_th_mv: p.v_th_mv,
        v_reset_mv: p.v_reset_mv,
        t_ref_ms: p.t_ref_ms,
        reset: Reset::Hard,
        firing: Firing::Sharp,
        method: Method::Exact,
    }
}

/// Izhikevich's neuron with the numbers of its program.
pub fn izhikevich(p: &IzhikevichParams) -> Model {
    Model::Izhikevich {
        a: p.a,
        b: p.b,
        c_mv: p.c_mv,
        d: p.d,
        v_peak_mv: 30.0,
        quadratic: 0.04,
        linear: 5.0,
        constant: 140.0,
        recovery: Recovery::Follows,
        method: Method::TwoHalves,
    }
}

/// Hodgkin and Huxley's neuron.
pub fn hodgkin_huxley(p: &HodgkinHuxleyParams) -> Model {
    Model::HodgkinHuxley {
        c_m_uf_per_cm2: p.c_m_uf_per_cm2,
        g_na_msiemens_per_cm2: p.g_na_msiemens_per_cm2,
        g_k_msiemens_per_cm2: p.g_k_msiemens_per_cm2,
        g_l_msiemens_per_cm2: p.g_l_msiemens_per_cm2,
        e_na_mv: p.e_na_mv,
        e_k_mv: p.e_k_mv,
        e_l_mv: p.e_l_mv,
        v_th_mv: p.v_th_mv,
        method: Method::Splitting,
    }
}

/// A threshold that sinks steadily, from no rise on.
pub fn steady(p: &AdaptiveThresholdParams, array: Option<&str>) -> Adaptation {
    Adaptation::Steady {
        theta_plus_mv: p.theta_plus_mv,
        target_rate_hz: p.target_rate_hz,
        theta_min_mv: p.theta_min_mv,
        theta_start_mv: 0.0,
        array: array.map(String::from),
    }
}

/// A threshold that relaxes, from no rise on.
pub fn relaxing(p: &RelaxingThresholdParams) -> Adaptation {
    Adaptation::Relaxing {
        theta_plus_mv: p.theta_plus_mv,
        ratio: p.ratio,
        distance_mv: p.distance_mv,
        tau_theta_ms: p.tau_ms,
        theta_start_mv: 0.0,
        array: None,
    }
}

/// What makes a neuron fire by chance.
pub fn by_chance(escape: Escape) -> Firing {
    match escape {
        Escape::LinearPerStep { gain } => Firing::LinearPerStep { gain },
        Escape::Linear { slope_hz_per_mv } => Firing::Linear { slope_hz_per_mv },
        Escape::Exponential { delta_mv, tau_ms } => Firing::Exponential { delta_mv, tau_ms },
    }
}

/// Pair STDP.
pub fn pair_rule(p: &PairStdpParams) -> Rule {
    let window = Window::pair([p.a_plus, p.a_minus], [p.tau_plus_ms, p.tau_minus_ms]);
    Rule {
        pairing: match p.pairing {
            Pairing::AllToAll => net::Pairing::AllToAll,
            Pairing::Nearest => net::Pairing::Nearest,
            Pairing::PresynapticCentred => net::Pairing::PresynapticCentred,
            Pairing::Reduced => net::Pairing::Reduced,
        },
        coincidence: match p.coincidence {
            Coincidence::PreFirst => net::Coincidence::PreFirst,
            Coincidence::PostFirst => net::Coincidence::PostFirst,
            Coincidence::Both => net::Coincidence::Both,
            Coincidence::Neither => net::Coincidence::Neither,
        },
        ..Rule::new(window, dependence(p.bound))
    }
}

/// How changes depend on the weight.
pub fn dependence(bound: Bound) -> Dependence {
    match bound {
        Bound::Unbounded => Dependence::Unbounded,
        Bound::Hard => Dependence::Hard,
        Bound::Soft => Dependence::Soft,
        Bound::Gate => Dependence::Gate,
        Bound::Power { mu_plus, mu_minus } => Dependence::Power { mu_plus, mu_minus, noise: 0.0 },
        Bound::PowerLaw { mu, w_0 } => Dependence::PowerLaw { mu, w_0 },
    }
}

/// Weights under pair STDP: without ends where the rule has none.
pub fn pair_weights(p: &PairStdpParams, start: Draw, unit: Unit) -> Weights {
    let weights = Weights::new(start, unit);
    if p.bound == Bound::Unbounded { weights } else { weights.within(p.w_min, p.w_max) }
}

/// Triplet STDP.
pub fn triplet_rule(p: &TripletParams) -> Rule {
    let window = Window::Triplet {
        a2_plus: p.a2_plus,
        a3_plus: p.a3_plus,
        a2_minus: p.a2_minus,
        a3_minus: p.a3_minus,
        tau_plus_ms: p.tau_plus_ms,
        tau_minus_ms: p.tau_minus_ms,
        tau_x_ms: p.tau_x_ms,
        tau_y_ms: p.tau_y_ms,
    };
    let (nearest, all) = (net::Pairing::Nearest, net::Pairing::AllToAll);
    let (post, pre) = (net::Coincidence::PostFirst, net::Coincidence::PreFirst);
    Rule {
        pairing: if p.is_nearest { nearest } else { all },
        coincidence: if p.is_post_first { post } else { pre },
        ..Rule::new(window, dependence(p.bound))
    }
}

/// Inhibitory STDP, cut off at the ends.
pub fn inhibitory_rule(p: &InhibitoryStdpParams) -> Rule {
    let InhibitoryStdpParams { eta, target_rate_hz, tau_ms, .. } = *p;
    Rule::new(Window::Inhibitory { eta, target_rate_hz, tau_ms }, Dependence::Hard)
}

/// The rules of the study "STDP-research", with their memories of input and output.
pub fn published_rule(variant: &PublishedVariant, [tau_plus_ms, tau_minus_ms]: [f64; 2]) -> Rule {
    let (window, dependence) = match *variant {
        PublishedVariant::Classic { a_plus, a_minus } => {
            (Window::Pair { a_plus, a_minus, tau_plus_ms, tau_minus_ms }, Dependence::Hard)
        }
        PublishedVariant::Offset { learning_rate, offset, w_max } => {
            let window = Window::Offset { learning_rate, offset, w_max, tau_plus_ms };
            (window, Dependence::Unbounded)
        }
        PublishedVariant::Asymptotic { a_plus, a_minus, w_min } => {
            let lead = LEAD;
            let window =
                Window::Asymptotic { a_plus, a_minus, w_min, lead, tau_plus_ms, tau_minus_ms };
            (window, Dependence::Unbounded)
        }
    };
    Rule { coincidence: net::Coincidence::PostFirst, ..Rule::new(window, dependence) }
}
