//! Inputs of a network: populations that fire as they are told.

use std::any::Any;

use get_size2::GetSize;

use super::Neurons;

/// Inputs: they have no state, and fire when their source says so.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct SpikeSource {
    /// In order.
    told: Vec<u32>,
    /// There is no membrane; what asks for one finds it at rest.
    v_mv: Vec<f32>,
}

impl SpikeSource {
    /// Inputs that are silent so far.
    pub fn new(num: usize) -> Self {
        Self { told: Vec::new(), v_mv: vec![0.0; num] }
    }
}

impl Neurons for SpikeSource {
    copied!();

    fn v_mv(&self) -> &[f32] {
        &self.v_mv
    }

    fn v_mv_mut(&mut self) -> &mut [f32] {
        &mut self.v_mv
    }

    fn v_th_mv(&self) -> f32 {
        f32::INFINITY
    }

    fn told_mut(&mut self) -> Option<&mut Vec<u32>> {
        Some(&mut self.told)
    }

    fn integrate(&mut self, _: &[f32], _: &[f32]) -> bool {
        !self.told.is_empty()
    }

    fn find_crossings(&mut self, _: Option<&[f32]>, crossed: &mut Vec<u32>) {
        std::mem::swap(crossed, &mut self.told);
    }

    fn reset_fired(&mut self, _: &[u32]) {
        self.told.clear();
    }

    fn reset(&mut self) {
        self.told.clear();
    }

    /// Nothing in them can blow up.
    fn columns(&self) -> Vec<(&'static str, &[f32])> {
        Vec::new()
    }
}
