//! Neurons that fire by chance, and those whose equations are pure numbers.

use std::any::Any;

use get_size2::GetSize;

use super::Neurons;
use crate::neuron::{EscapeRate, Lif, LinearPoisson, SpikeResponse, SynapticLif};

/// Leaky neurons that fire by chance, the likelier the higher their potential.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Escaping {
    membrane: Lif,
    law: EscapeRate,
}

impl Escaping {
    /// These, by this law.
    pub fn new(membrane: Lif, law: EscapeRate) -> Self {
        Self { membrane, law }
    }
}

impl Neurons for Escaping {
    copied!();

    fn v_mv(&self) -> &[f32] {
        self.membrane.v_mv()
    }

    fn v_mv_mut(&mut self) -> &mut [f32] {
        self.membrane.v_mv_mut()
    }

    fn v_th_mv(&self) -> f32 {
        self.membrane.v_th_mv()
    }

    /// There is a chance in every step.
    fn integrate(&mut self, drive_mv: &[f32], jump_mv: &[f32]) -> bool {
        self.membrane.integrate(drive_mv, jump_mv);
        true
    }

    fn find_crossings(&mut self, theta_mv: Option<&[f32]>, crossed: &mut Vec<u32>) {
        self.law.fire(&self.membrane, theta_mv, crossed);
    }

    fn reset_fired(&mut self, fired: &[u32]) {
        self.membrane.reset_fired(fired);
    }

    fn reset(&mut self) {
        self.membrane.reset();
        self.law.reset();
    }
}

/// They have no membrane: what makes potentials jump is the sum of weights that decides.
impl Neurons for LinearPoisson {
    copied!();

    fn v_mv(&self) -> &[f32] {
        self.input()
    }

    fn v_mv_mut(&mut self) -> &mut [f32] {
        self.input_mut()
    }

    fn variable_mut(&mut self, _: &str) -> Option<&mut [f32]> {
        None
    }

    fn v_th_mv(&self) -> f32 {
        f32::INFINITY
    }

    fn integrate(&mut self, _: &[f32], jump_mv: &[f32]) -> bool {
        self.receive(jump_mv);
        jump_mv.iter().any(|input| *input > 0.0)
    }

    fn find_crossings(&mut self, _: Option<&[f32]>, crossed: &mut Vec<u32>) {
        self.fire(crossed);
    }

    /// What inhibits in a step without a spike that excites is not kept for the next.
    fn reset_fired(&mut self, _: &[u32]) {
        LinearPoisson::reset(self);
    }

    fn reset(&mut self) {
        LinearPoisson::reset(self);
    }

    /// Nothing in them lasts.
    fn columns(&self) -> Vec<(&'static str, &[f32])> {
        Vec::new()
    }
}

/// Their potential and current are pure numbers; the drive is what a step adds to the current.
impl Neurons for SynapticLif {
    copied!();

    fn v_mv(&self) -> &[f32] {
        self.v()
    }

    fn v_mv_mut(&mut self) -> &mut [f32] {
        self.v_mut()
    }

    fn variable_mut(&mut self, name: &str) -> Option<&mut [f32]> {
        match name {
            "v_mv" => Some(self.v_mut()),
            "current" => Some(self.current_mut()),
            _ => None,
        }
    }

    fn v_th_mv(&self) -> f32 {
        self.threshold()
    }

    fn integrate(&mut self, drive: &[f32], _: &[f32]) -> bool {
        self.integrate(drive);
        true
    }

    fn find_crossings(&mut self, theta: Option<&[f32]>, crossed: &mut Vec<u32>) {
        SynapticLif::find_crossings(self, theta, crossed);
    }

    fn reset_fired(&mut self, fired: &[u32]) {
        self.reset_fired(fired);
    }

    fn reset(&mut self) {
        self.reset();
    }

    fn columns(&self) -> Vec<(&'static str, &[f32])> {
        vec![("potential", self.v()), ("current", self.current())]
    }
}

/// Neurons of the spike response kind, each on its own; the sum of weights is what makes potentials jump.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Responses {
    each: Vec<SpikeResponse>,
    u: Vec<f32>,
    fired: Vec<u32>,
    begin: SpikeResponse,
}

impl Responses {
    /// So many of these.
    pub fn new(num: usize, one: SpikeResponse) -> Self {
        Self { each: vec![one.clone(); num], u: vec![0.0; num], fired: Vec::new(), begin: one }
    }
}

impl Neurons for Responses {
    copied!();

    fn v_mv(&self) -> &[f32] {
        &self.u
    }

    fn v_mv_mut(&mut self) -> &mut [f32] {
        &mut self.u
    }

    fn variable_mut(&mut self, _: &str) -> Option<&mut [f32]> {
        None
    }

    fn v_th_mv(&self) -> f32 {
        f32::INFINITY
    }

    fn integrate(&mut self, _: &[f32], jump_mv: &[f32]) -> bool {
        self.fired.clear();
        let mut fired = Vec::new();
        let neurons = self.each.iter_mut().zip(&mut self.u).zip(jump_mv);
        for (neuron, ((one, u), input)) in neurons.enumerate() {
            one.step(*input, &mut fired);
            *u = one.u();
            self.fired.extend(fired.iter().map(|_| neuron as u32));
        }
        !self.fired.is_empty()
    }

    fn find_crossings(&mut self, _: Option<&[f32]>, crossed: &mut Vec<u32>) {
        crossed.clone_from(&self.fired);
    }

    /// They have reset themselves.
    fn reset_fired(&mut self, _: &[u32]) {}

    fn reset(&mut self) {
        self.each.fill(self.begin.clone());
        self.u.fill(0.0);
        self.fired.clear();
    }
}
