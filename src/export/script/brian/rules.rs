//! Learning rules as what a spike on either side does.

use crate::export::script::refused;
use crate::export::script::words::number;
use crate::lab::built::Unbuildable;
use crate::net::{Coincidence, Dependence, Pairing, Projection, Rule, Window};

/// What a rule adds to its synapses.
pub(super) struct Learning {
    /// Traces.
    pub(super) model: String,
    /// After what the spike does.
    pub(super) on_pre: String,
    pub(super) on_post: String,
    /// Names and values.
    pub(super) constants: String,
    /// Output spikes of a step are learned from before its input spikes.
    pub(super) is_post_first: bool,
}

/// Says a rule.
pub(super) fn learning(of: &Projection, rule: &Rule) -> Result<Learning, Unbuildable> {
    if rule.eligibility.is_some() {
        return refused(
            &of.name,
            "changes that wait for a signal",
            "Take a rule that does not wait.",
        );
    }
    let is_nearest = match rule.pairing {
        Pairing::AllToAll => false,
        Pairing::Nearest => true,
        _ => {
            let what = format!("pairing of the kind \"{}\"", rule.pairing.word());
            return refused(&of.name, what, "Pair all spikes, or the nearest ones.");
        }
    };
    let is_post_first = rule.coincidence == Coincidence::PostFirst;
    let sees_step = matches!(rule.coincidence, Coincidence::Both | Coincidence::Neither);
    if sees_step && (is_nearest || !matches!(rule.window, Window::Pair { .. })) {
        let what =
            format!("spikes of one step of which the rule says: it {}", rule.coincidence.word());
        return refused(&of.name, what, "Let them potentiate or depress, or pair all spikes.");
    }
    let bump = |trace: &str| match is_nearest {
        true => format!("    {trace} = 1\n"),
        false => format!("    {trace} += 1\n"),
    };
    let trace =
        |name: &str, tau: &str| format!("    d{name}/dt = -{name}/{tau} : 1 (event-driven)\n");
    match rule.window {
        Window::Pair { a_plus, a_minus, tau_plus_ms, tau_minus_ms } => {
            let [up, down] = factors(of, &rule.dependence)?;
            let mut learning = Learning {
                model: trace("x", "tau_plus") + &trace("y", "tau_minus"),
                on_pre: format!(
                    "    w = {}\n{}",
                    cut(of, rule, &format!("w - A_minus*y{down}")),
                    bump("x")
                ),
                on_post: String::new(),
                constants: format!(
                    "A_plus={}, A_minus={}, tau_plus={}*ms, tau_minus={}*ms",
                    number(a_plus),
                    number(a_minus),
                    number(tau_plus_ms),
                    number(tau_minus_ms)
                ),
                is_post_first,
            };
            // The input's spike of this very step, which has come before.
            let coincident = "int(abs(t - t_pre) < dt/2)";
            if sees_step {
                learning.model += "    t_pre : second\n";
                learning.on_pre += "    t_pre = t\n";
            }
            let seen = match rule.coincidence {
                Coincidence::Neither => format!("(x - {coincident})"),
                _ => "x".into(),
            };
            learning.on_post +=
                &format!("    w = {}\n", cut(of, rule, &format!("w + A_plus*{seen}{up}")));
            if rule.coincidence == Coincidence::Both {
                let change = format!("w - A_minus*{coincident}{down}");
                learning.on_post += &format!("    w = {}\n", cut(of, rule, &change));
            }
            learning.on_post += &bump("y");
            Ok(learning)
        }
        Window::Inhibitory { eta, target_rate_hz, tau_ms } => Ok(Learning {
            model: trace("x", "tau_stdp") + &trace("y", "tau_stdp"),
            on_pre: format!(
                "    w = {}\n    x += 1\n",
                cut(of, rule, "w + eta*(y - 2*rho_0*tau_stdp)")
            ),
            on_post: format!("    w = {}\n    y += 1\n", cut(of, rule, "w + eta*x")),
            constants: format!(
                "eta={}, rho_0={}*Hz, tau_stdp={}*ms",
                number(eta),
                number(target_rate_hz),
                number(tau_ms)
            ),
            is_post_first: false,
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
            let [up, down] = factors(of, &rule.dependence)?;
            let depress = format!("w - y*(A2_minus + A3_minus*x_slow){down}");
            let potentiate = format!("w + x*(A2_plus + A3_plus*y_slow){up}");
            Ok(Learning {
                model: trace("x", "tau_plus")
                    + &trace("y", "tau_minus")
                    + &trace("x_slow", "tau_x")
                    + &trace("y_slow", "tau_y"),
                on_pre: format!(
                    "    w = {}\n{}{}",
                    cut(of, rule, &depress),
                    bump("x"),
                    bump("x_slow")
                ),
                on_post: format!(
                    "    w = {}\n{}{}",
                    cut(of, rule, &potentiate),
                    bump("y"),
                    bump("y_slow")
                ),
                constants: format!(
                    "A2_plus={}, A3_plus={}, A2_minus={}, A3_minus={}, tau_plus={}*ms, tau_minus={}*ms, tau_x={}*ms, tau_y={}*ms",
                    number(a2_plus),
                    number(a3_plus),
                    number(a2_minus),
                    number(a3_minus),
                    number(tau_plus_ms),
                    number(tau_minus_ms),
                    number(tau_x_ms),
                    number(tau_y_ms)
                ),
                is_post_first,
            })
        }
        _ => refused(
            &of.name,
            format!("the rule \"{}\"", rule.window.word()),
            "Take pair STDP, triplet STDP or inhibitory STDP.",
        ),
    }
}

/// A change within the ends of the weights.
fn cut(of: &Projection, rule: &Rule, change: &str) -> String {
    if matches!(rule.dependence, Dependence::Unbounded) {
        return change.into();
    }
    let low = of.weights.min.map_or("-inf".into(), number);
    let high = of.weights.max.map_or("inf".into(), number);
    format!("clip({change}, {low}, {high})")
}

/// What potentiation and depression are multiplied by.
fn factors(of: &Projection, dependence: &Dependence) -> Result<[String; 2], Unbuildable> {
    let [low, high] = [of.weights.min.unwrap_or(0.0), of.weights.max.unwrap_or(1.0)];
    let [least, most, range] = [low, high, high - low].map(number);
    Ok(match *dependence {
        Dependence::Unbounded | Dependence::Hard => [String::new(), String::new()],
        Dependence::Soft => [format!("*({most} - w)"), format!("*(w - {least})")],
        Dependence::Power { mu_plus, mu_minus, noise: 0.0 } => [
            format!("*clip(({most} - w)/{range}, 0, 1)**{}", number(mu_plus)),
            format!("*clip((w - {least})/{range}, 0, 1)**{}", number(mu_minus)),
        ],
        Dependence::PowerLaw { mu, w_0 } => [
            format!("*{}**(1 - {})*clip(w, 0, inf)**{}", number(w_0), number(mu), number(mu)),
            "*w".into(),
        ],
        ref other => {
            return refused(
                &of.name,
                format!("changes that depend on the weight as \"{}\"", other.word()),
                "Let them be additive, in proportion to the room, or to a power of it.",
            );
        }
    })
}
