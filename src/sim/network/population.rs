//! Neurons of one kind, with what acts on all of them: input, thresholds that move, competition.

use get_size2::GetSize;

use super::beside::Beside;
use super::neurons::{AnyNeurons, Neurons};
use crate::Tick;
use crate::competition::Competition;
use crate::fault::{Fault, LOOK_TICKS, SpikeCount};
use crate::plasticity::AdaptiveThreshold;

/// No neuron that is modelled here fires faster for long.
const RATE_LIMIT_HZ: f32 = 900.0;
/// For so long; in a shorter time a few spikes of a lone neuron may be more.
const LONG_MS: f64 = 25.6;

/// Neurons of one kind.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Population {
    /// Its name in messages.
    pub name: String,
    /// The neurons.
    pub neurons: AnyNeurons,
    /// R I of each neuron's constant input current.
    pub drive_mv: Vec<f32>,
    /// Raises thresholds, if they adapt.
    pub threshold: Option<AdaptiveThreshold>,
    /// Lateral inhibition, if there is any.
    pub competition: Option<Competition>,
    pub(super) fired: Vec<u32>,
    /// By how much each potential jumps in this step.
    jump_mv: Vec<f32>,
    /// Something may have been added to that.
    jumps: bool,
    /// What synapses and sources add to the drive in this step; empty where none does.
    current_mv: Vec<f32>,
    before_mv: Vec<f32>,
    spikes_since_look: SpikeCount,
    beside: Option<Beside>,
}

impl Population {
    /// Neurons without input.
    pub fn new(name: &str, neurons: impl Neurons + 'static) -> Self {
        let num = neurons.v_mv().len();
        Self {
            name: name.into(),
            neurons: AnyNeurons::new(neurons),
            drive_mv: vec![0.0; num],
            threshold: None,
            competition: None,
            fired: Vec::new(),
            jump_mv: vec![0.0; num],
            jumps: false,
            current_mv: Vec::new(),
            before_mv: vec![0.0; num],
            spikes_since_look: SpikeCount::default(),
            beside: None,
        }
    }

    /// From now on what flows into the neurons is kept, and where potentials would be without spikes, if it `has_free`: of
    /// leaky membranes only, since others run off.
    pub fn look_beside(&mut self, has_free: bool) {
        self.beside = Some(Beside::new(&self.neurons, has_free));
    }

    /// What is seen beside the neurons, if anybody looks.
    pub fn beside(&self) -> Option<&Beside> {
        self.beside.as_ref()
    }

    /// The neurons that fired in the last step, in order.
    pub fn fired(&self) -> &[u32] {
        &self.fired
    }

    /// Number of neurons.
    pub fn len(&self) -> usize {
        self.drive_mv.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.drive_mv.is_empty()
    }

    /// By how much potentials jump in this step, to add to.
    #[inline]
    pub(super) fn jump_mut(&mut self) -> &mut [f32] {
        self.jumps = true;
        &mut self.jump_mv
    }

    /// What is added to the drive in this step.
    pub(super) fn current_mut(&mut self) -> &mut [f32] {
        self.current_mv.resize(self.drive_mv.len(), 0.0);
        &mut self.current_mv
    }

    /// Forgets what was to act in the next step.
    pub(super) fn quiet(&mut self) {
        self.neurons.reset();
        self.beside.iter_mut().for_each(Beside::reset);
        self.jump_mv.fill(0.0);
        self.current_mv.fill(0.0);
    }

    pub(super) fn integrate_and_fire(&mut self) {
        if self.competition.is_some() {
            self.before_mv.copy_from_slice(self.neurons.v_mv());
        }
        let has_current = !self.current_mv.is_empty();
        if has_current {
            let both = self.current_mv.iter_mut().zip(&self.drive_mv);
            both.for_each(|(current, drive)| *current += drive);
        }
        let drive_mv = if has_current { &self.current_mv } else { &self.drive_mv };
        if let Some(beside) = &mut self.beside {
            beside.step(&mut self.neurons, drive_mv, &self.jump_mv);
        }
        let is_any_above = self.neurons.integrate(drive_mv, &self.jump_mv);
        if has_current {
            self.current_mv.fill(0.0);
        }
        // Of a thousand inputs nobody makes a potential jump.
        if std::mem::take(&mut self.jumps) {
            self.jump_mv.fill(0.0);
        }
        let theta = self.threshold.as_ref().map(AdaptiveThreshold::theta_mv);
        self.fired.clear();
        if is_any_above || theta.is_some() {
            self.neurons.find_crossings(theta, &mut self.fired);
        }
        match &mut self.competition {
            None => {}
            Some(Competition::WinnerTakeAll(first)) => {
                let base = self.neurons.v_th_mv();
                let threshold = |n: usize| base + theta.map_or(0.0, |theta| theta[n]);
                first.decide(&mut self.fired, &self.before_mv, self.neurons.v_mv_mut(), threshold);
            }
            Some(Competition::Soft(soft)) => {
                // A copy, since a model lends one column at a time.
                self.before_mv.copy_from_slice(self.neurons.v_mv());
                let current = self.neurons.variable_mut("current");
                soft.act(&self.fired, &self.before_mv, current.unwrap_or_default());
            }
        }
        self.spikes_since_look.add(self.fired.len());
    }

    pub(super) fn look(&mut self, tick: Tick, dt_ms: f64) -> Option<Fault> {
        let spikes = self.spikes_since_look.take_per_tick(tick, LOOK_TICKS);
        let rate_hz = spikes / self.len().max(1) as f64 / dt_ms * 1_000.0;
        let limit_hz = RATE_LIMIT_HZ * (LONG_MS / (LOOK_TICKS as f64 * dt_ms)).max(1.0) as f32;
        // Inputs fire as they are told.
        let is_told = self.neurons.told_mut().is_some();
        Fault::non_finite(tick, &self.name, self.neurons.columns()).or_else(|| {
            Fault::runaway(tick, &self.name, rate_hz as f32, limit_hz).filter(|_| !is_told)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neuron::{Lif, LifParams};
    use crate::{TimeGrid, math};

    /// Under a constant current it goes to E_L + R I as the closed form has it, whatever the neuron does.
    #[test]
    fn a_potential_without_spikes_is_the_membranes_answer() {
        let p = LifParams {
            tau_m_ms: 20.0,
            e_l_mv: -70.0,
            v_th_mv: -54.0,
            v_reset_mv: -60.0,
            t_ref_ms: 2.0,
        };
        let mut population = Population::new("neuron", Lif::new(1, &p, TimeGrid::new(0.1)));
        population.look_beside(true);
        population.drive_mv[0] = 30.0;
        let mut num_spikes = 0;
        for step in 1..=2_000 {
            population.integrate_and_fire();
            let fired = population.fired.clone();
            population.neurons.reset_fired(&fired);
            num_spikes += fired.len();
            let beside = population.beside().expect("it is looked at");
            let expected = -70.0 + 30.0 * (1.0 - math::exp_f64(-0.1 * f64::from(step) / 20.0));
            let found = f64::from(beside.free_mv().expect("a leaky membrane")[0]);
            assert!((found - expected).abs() < 1e-3, "{step}: {found} {expected}");
            assert_eq!(beside.drive_mv(), [30.0]);
        }
        assert!(num_spikes > 5, "{num_spikes}");
    }
}
