//! A rule of the visitor's own: what an input spike and what an output spike do to a weight, as formulas.
//!
//! **Equations.** An input spike makes w ← w + f(…), an output spike w ← w + g(…), cut off at the ends of the weights, where f
//! and g are formulas over traces x and x_slow of the input, y and y_slow of the output, the weight w, its greatest value
//! w_max, and the potential v of the output. Traces are those of earlier spikes: a spike is added to its own after it was
//! learned from. Of nearest pairs a spike sets its fast trace to 1, else it adds 1; slow traces always add.
//!
//! **The potential** is that of the spike's own step, before it is reset; there is one before the first step, 0.
//!
//! **State.** The traces, and where a formula reads it the potential of each output. The first result that is not a finite
//! number changes nothing and is kept: the run stops at it.
//!
//! **Source.** The formulas are the visitor's. Which known rules are such: pair and triplet STDP, Song's and Gütig's weight
//! dependence, Oja (1982, doi:10.1007/BF00275687), Bienenstock, Cooper and Munro (1982,
//! doi:10.1523/JNEUROSCI.02-01-00032.1982), each with spikes in place of rates.
//!
//! **Method.** Traces are exact; formulas are worked out in single precision ([`language`]).

use get_size2::GetSize;

use super::traces::Traces;
use crate::TimeGrid;

pub mod language;
mod program;

pub use language::Misread;
pub use program::{Formula, Values, Variable};

/// The constants of the rule.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct FormulaParams {
    /// What an input spike adds to a weight.
    pub on_input: Formula,
    /// What an output spike adds to a weight.
    pub on_output: Formula,
    /// Memory of the input.
    pub tau_x_ms: f64,
    /// Slow memory of the input.
    pub tau_x_slow_ms: f64,
    /// Memory of the output.
    pub tau_y_ms: f64,
    /// Slow memory of the output.
    pub tau_y_slow_ms: f64,
    /// A spike sets fast traces to 1 instead of adding 1.
    pub is_nearest: bool,
    /// Output spikes of a step are learned from before its input spikes.
    pub is_post_first: bool,
    /// Least weight.
    pub w_min: f64,
    /// Greatest weight.
    pub w_max: f64,
}

impl FormulaParams {
    fn reads_potential(&self) -> bool {
        [&self.on_input, &self.on_output].iter().any(|formula| formula.uses(Variable::V))
    }
}

/// A formula that gave no finite number.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct Undefined {
    /// It is the one for input spikes.
    pub is_on_input: bool,
    /// What it gave.
    pub result: f32,
    /// Of what.
    pub values: Values,
}

impl std::fmt::Display for Undefined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let side = if self.is_on_input { "input" } else { "output" };
        let [x, x_slow, y, y_slow, w, _, v] = self.values;
        write!(
            f,
            "the formula for {side} spikes gave {} at x = {x}, x_slow = {x_slow}, y = {y}, y_slow = {y_slow}, w = {w}, v = {v}",
            self.result
        )
    }
}

/// The traces of one projection.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct FormulaRule {
    params: FormulaParams,
    reads_potential: bool,
    num_post: u32,
    x: Traces,
    x_slow: Traces,
    y: Traces,
    y_slow: Traces,
    v_mv: Vec<f32>,
    undefined: Option<Undefined>,
}

impl FormulaRule {
    /// A rule without any spike behind it.
    pub fn new(num_pre: usize, num_post: usize, params: FormulaParams, grid: TimeGrid) -> Self {
        Self {
            reads_potential: params.reads_potential(),
            num_post: num_post as u32,
            x: Traces::new(num_pre, params.tau_x_ms, grid),
            x_slow: Traces::new(num_pre, params.tau_x_slow_ms, grid),
            y: Traces::new(num_post, params.tau_y_ms, grid),
            y_slow: Traces::new(num_post, params.tau_y_slow_ms, grid),
            v_mv: vec![0.0; num_post],
            undefined: None,
            params,
        }
    }

    /// Output spikes of a tick are to be handed over before its input spikes, not after them.
    pub fn is_post_first(&self) -> bool {
        self.params.is_post_first
    }

    /// Whether it has to be shown the potentials of a tick before its spikes.
    pub fn reads_potential(&self) -> bool {
        self.reads_potential
    }

    /// The first result that was not a finite number.
    pub fn undefined(&self) -> Option<Undefined> {
        self.undefined
    }

    fn all(&mut self) -> [&mut Traces; 4] {
        [&mut self.x, &mut self.x_slow, &mut self.y, &mut self.y_slow]
    }

    /// Lets the traces decay by one tick.
    #[inline]
    pub fn tick(&mut self) {
        self.all().into_iter().for_each(Traces::tick);
    }

    /// Lets the traces decay by any time.
    pub fn jump_ms(&mut self, ms: f64) {
        self.all().into_iter().for_each(|of| of.jump_ms(ms));
    }

    /// The potentials of this tick, before they are reset.
    pub fn observe(&mut self, v_mv: &[f32]) {
        self.v_mv.copy_from_slice(v_mv);
    }

    /// x, y, x_slow and y_slow of this input and this output.
    pub fn traces(&self, pre: usize, post: usize) -> [f32; 4] {
        let [x, x_slow] = [&self.x, &self.x_slow].map(|of| of.value(pre));
        let [y, y_slow] = [&self.y, &self.y_slow].map(|of| of.value(post));
        [x, y, x_slow, y_slow]
    }

    /// What a spike on one side does to a weight.
    fn learn(&mut self, [pre, post]: [usize; 2], is_on_input: bool, w: &mut f32) {
        let [x, y, x_slow, y_slow] = self.traces(pre, post);
        let p = &self.params;
        let values = [x, x_slow, y, y_slow, *w, p.w_max as f32, self.v_mv[post]];
        let formula = if is_on_input { &p.on_input } else { &p.on_output };
        let result = formula.eval(&values);
        if !result.is_finite() {
            self.undefined = self.undefined.or(Some(Undefined { is_on_input, result, values }));
            return;
        }
        let (low, high) = (p.w_min as f32, p.w_max as f32);
        let changed = *w + result;
        let changed = if changed < low { low } else { changed };
        *w = if changed > high { high } else { changed };
    }

    /// An input spike: changes `row`, its weights to every output.
    pub fn pre_spike(&mut self, pre: usize, row: &mut [f32]) {
        for (post, w) in row.iter_mut().enumerate() {
            self.learn([pre, post], true, w);
        }
        match self.params.is_nearest {
            true => self.x.set(pre, 1.0),
            false => self.x.add(pre, 1.0),
        }
        self.x_slow.add(pre, 1.0);
    }

    /// An output spike: changes its column of `weights[pre × num_post + post]`.
    pub fn post_spike(&mut self, post: usize, weights: &mut [f32]) {
        let num_post = self.num_post as usize;
        for (pre, w) in weights[post..].iter_mut().step_by(num_post).enumerate() {
            self.learn([pre, post], false, w);
        }
        match self.params.is_nearest {
            true => self.y.set(post, 1.0),
            false => self.y.add(post, 1.0),
        }
        self.y_slow.add(post, 1.0);
    }

    /// Forgets all spikes.
    pub fn reset(&mut self) {
        self.all().into_iter().for_each(Traces::clear_all);
        self.v_mv.fill(0.0);
        self.undefined = None;
    }
}

#[cfg(test)]
mod tests;
