//! Which of NEST's plastic synapses a rule is, and how our constants are named there.
//!
//! **Time.** NEST's delays are dendritic: a synapse with delay d sees an input spike when it is sent, and an output spike d
//! after it. With the least delay, one step h, the input spike of time T lifts the potential in the step after T, whose output
//! spike is told at T + h and seen at T + 2 h: pairs are n = 2 steps further apart than here, and 3 where spikes bring currents
//! or conductances. Exponential windows are stretched for it exactly, but for pairs with the output up to n steps before the
//! input: those should depress, and NEST strengthens them or lets them be. So depression is raised by what such pairs would
//! have brought, that chance pairs drift as they do here.
//!
//! NEST's spike acts with the weight that it has just depressed, here with the one from before: at 50 Hz and additive changes of
//! 0.0055 spikes are 1 % weaker there, and rates 2 to 5 % lower. That is left as it is.

use crate::export::script::refused;
use crate::export::script::words::number;
use crate::lab::built::Unbuildable;
use crate::net::{Coincidence, Dependence, Pairing, Projection, Rule, Window};

/// A plastic synapse of NEST's.
pub(super) struct Plastic {
    /// Its model.
    pub model: &'static str,
    /// What is worked out before.
    pub before: String,
    /// Names and values.
    pub params: Vec<(&'static str, String)>,
    /// Memories of the output, which belong to the receiving neuron there.
    pub tau_minus: Vec<(&'static str, f64)>,
    /// What is set to 0 so that a last input spike does not depress.
    pub silenced: &'static [&'static str],
    /// Its properties belong to all of a model, not to each synapse.
    pub is_common: bool,
}

const NESTML: &str =
    "Take pair STDP, triplet STDP or inhibitory STDP, or generate the synapse with NESTML.";

/// Says a rule. `place`: that of the projection; `n`: by how many steps pairs are further apart.
pub(super) fn plastic(
    of: &Projection,
    rule: &Rule,
    (place, n): (usize, u32),
) -> Result<Plastic, Unbuildable> {
    if rule.eligibility.is_some() {
        let remedy = "Take a rule that does not wait.";
        return refused(&of.name, "changes that wait for a signal", remedy);
    }
    if of.weights.min.unwrap_or(0.0) != 0.0 {
        let what = "weights whose least is not 0, where NEST's end";
        return refused(&of.name, what, "Set the least weight to 0.");
    }
    if matches!(rule.dependence, Dependence::Unbounded) {
        let what = "weights without ends; in NEST they end at 0 and at Wmax";
        return refused(&of.name, what, "Give them ends.");
    }
    let most = format!("{}*weight_{place}", of.weights.max.map_or("1e9".into(), number));
    let scaled = |value: f64| format!("{}*abs(weight_{place})", number(value));
    match rule.window {
        Window::Pair { .. } => pair(of, rule, (place, n), most),
        Window::Inhibitory { eta, target_rate_hz, tau_ms } => Ok(Plastic {
            model: "vogels_sprekeler_synapse",
            before: String::new(),
            params: vec![
                ("eta", scaled(eta)),
                ("alpha", number(2.0 * target_rate_hz / 1_000.0 * tau_ms)),
                ("tau", number(tau_ms)),
                ("Wmax", most),
            ],
            tau_minus: vec![("tau_minus", tau_ms)],
            silenced: &["alpha"],
            is_common: false,
        }),
        Window::Triplet {
            a2_plus,
            a3_plus,
            a2_minus,
            a3_minus,
            tau_plus_ms,
            tau_minus_ms,
            tau_x_ms,
            tau_y_ms,
        } => {
            if rule.pairing != Pairing::AllToAll || rule.dependence != Dependence::Hard {
                let what = "a triplet rule other than of all spikes and additive";
                return refused(&of.name, what, "Pair all spikes, and let changes be additive.");
            }
            let up =
                |value: f64| format!("{}*np.exp({n}*dt/{})", scaled(value), number(tau_plus_ms));
            let down =
                |value: f64| format!("{}*np.exp(-{n}*dt/{})", scaled(value), number(tau_minus_ms));
            Ok(Plastic {
                model: "stdp_triplet_synapse",
                before: String::new(),
                params: vec![
                    ("Aplus", up(a2_plus)),
                    ("Aplus_triplet", up(a3_plus)),
                    ("Aminus", down(a2_minus)),
                    ("Aminus_triplet", down(a3_minus)),
                    ("tau_plus", number(tau_plus_ms)),
                    ("tau_plus_triplet", number(tau_x_ms)),
                    ("Wmax", most),
                ],
                tau_minus: vec![("tau_minus", tau_minus_ms), ("tau_minus_triplet", tau_y_ms)],
                silenced: &["Aminus", "Aminus_triplet"],
                is_common: false,
            })
        }
        _ => refused(&of.name, format!("the rule \"{}\"", rule.window.word()), NESTML),
    }
}

/// Which of the synapses that learn from pairs.
fn model_of(of: &Projection, rule: &Rule) -> Result<&'static str, Unbuildable> {
    if rule.coincidence != Coincidence::PreFirst {
        let what = format!(
            "spikes of one step of which the rule says: it {}. In NEST an input that makes its neuron fire is strengthened",
            rule.coincidence.word()
        );
        return refused(&of.name, what, "Let spikes of one step potentiate.");
    }
    Ok(match (&rule.pairing, &rule.dependence) {
        (Pairing::AllToAll, Dependence::PowerLaw { .. }) => "stdp_pl_synapse_hom",
        (_, Dependence::PowerLaw { .. }) => {
            let what = "a power law with pairs of nearest spikes only";
            return refused(&of.name, what, "Pair all spikes.");
        }
        (Pairing::AllToAll, _) => "stdp_synapse",
        (Pairing::Nearest, _) => "stdp_nn_symm_synapse",
        (Pairing::PresynapticCentred, _) => "stdp_nn_pre_centered_synapse",
        (Pairing::Reduced, _) => "stdp_nn_restr_synapse",
        (Pairing::Neighbours, _) => {
            let what = format!("pairing of the kind \"{}\"", rule.pairing.word());
            return refused(&of.name, what, "Pair all spikes, or the nearest ones.");
        }
    })
}

fn pair(
    of: &Projection,
    rule: &Rule,
    (place, n): (usize, u32),
    most: String,
) -> Result<Plastic, Unbuildable> {
    let Window::Pair { a_plus, a_minus, tau_plus_ms, tau_minus_ms } = rule.window else {
        unreachable!("asked for pairs")
    };
    if a_plus <= 0.0 || a_minus < 0.0 {
        let what = "a window that does not strengthen inputs that come first and weaken those that come last: NEST's does, with depression in units of potentiation";
        return refused(&of.name, what, "Give both branches their usual signs.");
    }
    let model = model_of(of, rule)?;
    let [a_plus, a_minus, plus, minus] = [a_plus, a_minus, tau_plus_ms, tau_minus_ms].map(number);
    let mut before = format!(
        "# Pairs are {n} steps further apart than in the description: amplitudes make up for it.\n\
         up = {a_plus}*np.exp({n}*dt/{plus})\n"
    );
    before += &match rule.dependence == Dependence::Hard {
        // What the pairs that change sides would have brought.
        true => {
            format!(
                "down = {a_minus} + {a_plus}*sum(np.exp(m*dt/{plus}) for m in range(1, {n}))*(np.exp(dt/{minus}) - 1)\n"
            )
        }
        false => format!("down = {a_minus}*np.exp(-{n}*dt/{minus})\n"),
    };
    let max = of.weights.max.map(number);
    let mut params = vec![("tau_plus", number(tau_plus_ms))];
    // In units of the largest weight, but for the power law, which has none.
    let (lambda, exponents) = match (&rule.dependence, max) {
        (Dependence::PowerLaw { mu, w_0 }, _) => {
            params.push(("mu", number(*mu)));
            let law = format!("up*({}*abs(weight_{place}))**(1 - {})", number(*w_0), number(*mu));
            (law, None)
        }
        (Dependence::Soft, Some(_)) => ("up".into(), Some([1.0, 1.0])),
        (Dependence::Hard, Some(max)) => (format!("up/{max}"), Some([0.0, 0.0])),
        (&Dependence::Power { mu_plus, mu_minus, noise: 0.0 }, Some(max)) => {
            (format!("up/{max}"), Some([mu_plus, mu_minus]))
        }
        (other, _) => {
            return refused(
                &of.name,
                format!("changes that depend on the weight as \"{}\"", other.word()),
                "Let them be additive, in proportion to the room, or to a power of it, between ends.",
            );
        }
    };
    let down = match rule.dependence {
        Dependence::PowerLaw { .. } => format!("down/({lambda})"),
        _ => "down/up".into(),
    };
    params.extend([("lambda", lambda), ("alpha", down)]);
    if let Some([mu_plus, mu_minus]) = exponents {
        params.extend([("mu_plus", number(mu_plus)), ("mu_minus", number(mu_minus))]);
        params.push(("Wmax", most));
    }
    let (tau_minus, is_common) = (vec![("tau_minus", tau_minus_ms)], exponents.is_none());
    Ok(Plastic { model, before, params, tau_minus, silenced: &["alpha"], is_common })
}
