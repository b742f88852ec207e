//! Neurons with a membrane and a sharp threshold, or a peak, that do not need anything around them.

use std::any::Any;

use get_size2::GetSize;

use super::{Conductance, Neurons};
use crate::neuron::{
    AdEx, ConductanceLif, CountedAdEx, HodgkinHuxley, Izhikevich, Lif, ShapedAdEx,
};

impl Neurons for Lif {
    itself!();
}

impl Neurons for ConductanceLif {
    itself!();

    fn variable_mut(&mut self, name: &str) -> Option<&mut [f32]> {
        match name {
            "v_mv" => Some(self.v_mv_mut()),
            "g_e" => Some(self.g_e_mut()),
            "g_i" => Some(self.g_i_mut()),
            _ => None,
        }
    }

    fn conductance_mut(&mut self, kind: Conductance) -> Option<&mut [f32]> {
        Some(match kind {
            Conductance::Excitatory => self.g_e_mut(),
            Conductance::Inhibitory => self.g_i_mut(),
        })
    }

    fn columns(&self) -> Vec<(&'static str, &[f32])> {
        vec![
            ("membrane potential", self.v_mv()),
            ("excitatory conductance", self.g_e()),
            ("inhibitory conductance", self.g_i()),
        ]
    }
}

/// What exponential neurons have by the same name.
macro_rules! exponential {
    () => {
        copied!();
        fn v_mv(&self) -> &[f32] {
            self.v_mv()
        }
        fn v_mv_mut(&mut self) -> &mut [f32] {
            self.v_mv_mut()
        }
        fn v_th_mv(&self) -> f32 {
            self.fires_at_mv()
        }
        fn integrate(&mut self, drive_mv: &[f32], jump_mv: &[f32]) -> bool {
            self.integrate(drive_mv, jump_mv)
        }
        fn find_crossings(&mut self, _: Option<&[f32]>, crossed: &mut Vec<u32>) {
            self.find_spikes(crossed);
        }
        fn reset_fired(&mut self, fired: &[u32]) {
            self.reset_fired(fired);
        }
        fn reset(&mut self) {
            self.reset();
        }
        fn variable_mut(&mut self, name: &str) -> Option<&mut [f32]> {
            match name {
                "v_mv" => Some(self.v_mv_mut()),
                "w_pa" => Some(self.w_pa_mut()),
                _ => None,
            }
        }
    };
}

/// The potential at which it fires is the peak; nothing raises that. Its drive is R I with R = 1/g_L.
impl Neurons for AdEx {
    exponential!();

    fn columns(&self) -> Vec<(&'static str, &[f32])> {
        vec![("membrane potential", self.v_mv()), ("adaptation current", self.w_pa())]
    }
}

/// They have no reset, and nothing raises the threshold. Their drive is their current, in µA/cm²; of those that a
/// description is built into, it is R I in mV with R = 1/g_L.
impl Neurons for HodgkinHuxley {
    copied!();

    fn v_mv(&self) -> &[f32] {
        self.v_mv()
    }

    fn v_mv_mut(&mut self) -> &mut [f32] {
        self.v_mv_mut()
    }

    fn variable_mut(&mut self, name: &str) -> Option<&mut [f32]> {
        if name == "v_mv" {
            return Some(self.v_mv_mut());
        }
        let gates = ["m", "h", "n"].into_iter().zip(self.gates_mut());
        gates.filter(|(gate, _)| *gate == name).map(|(_, column)| column).next()
    }

    fn v_th_mv(&self) -> f32 {
        self.v_th_mv()
    }

    fn integrate(&mut self, drive: &[f32], jump_mv: &[f32]) -> bool {
        self.integrate(drive, jump_mv)
    }

    fn find_crossings(&mut self, _: Option<&[f32]>, crossed: &mut Vec<u32>) {
        self.find_spikes(crossed);
    }

    fn reset_fired(&mut self, _: &[u32]) {}

    fn reset(&mut self) {
        self.reset();
    }

    fn columns(&self) -> Vec<(&'static str, &[f32])> {
        let [m, h, n] = self.gates();
        vec![("membrane potential", self.v_mv()), ("gate m", m), ("gate h", h), ("gate n", n)]
    }
}

/// The potential at which it fires is the peak. Its drive is R I.
impl Neurons for CountedAdEx {
    copied!();

    fn v_mv(&self) -> &[f32] {
        self.v_mv()
    }

    fn v_mv_mut(&mut self) -> &mut [f32] {
        self.v_mv_mut()
    }

    fn v_th_mv(&self) -> f32 {
        self.v_th_mv()
    }

    fn integrate(&mut self, drive_mv: &[f32], jump_mv: &[f32]) -> bool {
        self.integrate(drive_mv, jump_mv)
    }

    fn find_crossings(&mut self, _: Option<&[f32]>, crossed: &mut Vec<u32>) {
        self.find_spikes(crossed);
    }

    fn reset_fired(&mut self, fired: &[u32]) {
        self.reset_fired(fired);
    }

    fn reset(&mut self) {
        self.reset();
    }

    fn columns(&self) -> Vec<(&'static str, &[f32])> {
        vec![("membrane potential", self.v_mv()), ("adaptation current", self.w_mv())]
    }
}

/// As [`AdEx`]; what raises its threshold is its own.
impl Neurons for ShapedAdEx {
    exponential!();

    fn columns(&self) -> Vec<(&'static str, &[f32])> {
        vec![
            ("membrane potential", self.v_mv()),
            ("adaptation current", self.w_pa()),
            ("after-current", self.z_pa()),
            ("raised threshold", self.theta_mv()),
        ]
    }
}

/// Its drive is the current I of its equation, in mV per ms.
impl Neurons for Izhikevich {
    copied!();

    fn v_mv(&self) -> &[f32] {
        self.v_mv()
    }

    fn v_mv_mut(&mut self) -> &mut [f32] {
        self.v_mv_mut()
    }

    fn variable_mut(&mut self, name: &str) -> Option<&mut [f32]> {
        match name {
            "v_mv" => Some(self.v_mv_mut()),
            "u" => Some(self.u_mut()),
            _ => None,
        }
    }

    fn v_th_mv(&self) -> f32 {
        self.v_peak_mv()
    }

    fn integrate(&mut self, drive: &[f32], jump_mv: &[f32]) -> bool {
        self.integrate_under(drive, jump_mv)
    }

    fn find_crossings(&mut self, _: Option<&[f32]>, crossed: &mut Vec<u32>) {
        self.find_spikes(crossed);
    }

    fn reset_fired(&mut self, fired: &[u32]) {
        Izhikevich::reset(self, fired);
    }

    fn reset(&mut self) {
        self.rest();
    }

    fn columns(&self) -> Vec<(&'static str, &[f32])> {
        vec![("membrane potential", self.v_mv()), ("recovery variable", self.u())]
    }
}
