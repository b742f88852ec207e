//! Neurons of one kind, with what acts on all of them: input, thresholds that move, competition.

use get_size2::GetSize;

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
        }
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
        self.jump_mv.fill(0.0);
        self.current_mv.fill(0.0);
    }

    pub(super) fn integrate_and_fire(&mut self) {
        if self.competition.is_some() {
            self.before_mv.copy_from_slice(self.neurons.v_mv());
        }
        let is_any_above = if self.current_mv.is_empty() {
            self.neurons.integrate(&self.drive_mv, &self.jump_mv)
        } else {
            let both = self.current_mv.iter_mut().zip(&self.drive_mv);
            both.for_each(|(current, drive)| *current += drive);
            let is_any_above = self.neurons.integrate(&self.current_mv, &self.jump_mv);
            self.current_mv.fill(0.0);
            is_any_above
        };
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
