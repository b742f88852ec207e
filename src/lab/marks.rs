//! Moments of a run that a bar over its time marks: where phases begin, and rounds of all stimuli.

use crate::net::{Network, Phase};

/// More rounds than this are a pattern, not marks.
const MOST_ROUNDS: u32 = 60;

/// A moment worth marking.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// When, in simulated milliseconds.
    pub ms: f64,
    /// What begins there; empty for one round of many.
    pub label: String,
}

/// The moments of a network's schedule, without its beginning. None after a pause that is drawn by chance.
pub fn moments(network: &Network) -> Vec<Moment> {
    let mut moments = Vec::new();
    let mut start_ms = 0.0;
    for phase in &network.schedule.phases {
        if start_ms > 0.0 {
            moments.push(Moment { ms: start_ms, label: phase.name.clone() });
        }
        let round = phase.stimuli.len() as u32;
        let num_rounds = phase.num_trials.checked_div(round).unwrap_or(0);
        if is_regular(phase) && (2..=MOST_ROUNDS).contains(&num_rounds) {
            let round_ms = f64::from(round) * (phase.shown_ms + phase.pause_ms);
            let starts = (1..num_rounds).map(|nth| start_ms + f64::from(nth) * round_ms);
            moments.extend(starts.map(|ms| Moment { ms, label: String::new() }));
        }
        if !is_regular(phase) {
            break;
        }
        start_ms += f64::from(phase.num_trials) * (phase.shown_ms + phase.pause_ms);
    }
    moments
}

/// Its trials take the time that the description says.
fn is_regular(phase: &Phase) -> bool {
    phase.pause_max_ms.is_none() && phase.repeat.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Schedule;

    #[test]
    fn phases_and_rounds_are_marked() {
        let mut training = Phase::new("training", 6, 200.0);
        training.pause_ms = 100.0;
        training.stimuli = vec!["A".into(), "B".into()];
        let test = Phase::new("test", 2, 300.0);
        let mut network = Network::new(1.0, Schedule { phases: vec![training, test] });
        let told = |network: &Network| {
            moments(network).into_iter().map(|m| (m.ms, m.label)).collect::<Vec<_>>()
        };
        let [round, next, test] = [(600.0, ""), (1_200.0, ""), (1_800.0, "test")]
            .map(|(ms, label)| (ms, label.to_string()));
        assert_eq!(told(&network), [round, next, test]);
        // After pauses that are drawn nobody knows when the test begins.
        network.schedule.phases[0].pause_max_ms = Some(500.0);
        assert_eq!(told(&network), []);
    }
}
