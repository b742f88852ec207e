//! What can be changed. Keys and defaults are part of the link contract.

mod task;

use serde::{Deserialize, Serialize};

pub use task::{CellParams, RuleParams, TaskParams};

use crate::lab::param::{ParamVisitor, Problem};

/// All parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RewardBaseline {
    /// The task.
    pub task: TaskParams,
}

impl RewardBaseline {
    /// Shows every parameter.
    pub fn visit_all(&mut self, v: &mut dyn ParamVisitor) {
        let Self { task } = self;
        task.visit(v);
    }

    /// Rules between parameters.
    pub fn check_all(&self) -> Vec<Problem> {
        Vec::new()
    }
}
