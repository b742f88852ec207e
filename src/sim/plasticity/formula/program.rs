//! Steps of a stack machine, and what they come to.

use get_size2::GetSize;

use crate::math;

/// Numbers on the stack at most.
pub(super) const MOST_DEEP: usize = 24;

/// What a formula can name: for each synapse its traces, its weight, and the potential of its receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Variable {
    /// Trace of the input.
    X,
    /// Slow trace of the input.
    XSlow,
    /// Trace of the output.
    Y,
    /// Slow trace of the output.
    YSlow,
    /// The weight.
    W,
    /// The greatest weight.
    WMax,
    /// The potential of the output in mV.
    V,
}

/// A value for each [`Variable`], in their order.
pub type Values = [f32; 7];

/// A step of the stack machine: takes what it needs from the top, and puts its result there.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub(super) enum Step {
    Number(f32),
    Variable(Variable),
    Negative,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Exp,
    Log,
    Sqrt,
    Abs,
    /// 1 above 0, else 0.
    Heaviside,
    /// What is below 0 is 0.
    Positive,
    Min,
    Max,
    AtMost,
    AtLeast,
    Equal,
    Unequal,
    Below,
    Above,
}

impl Step {
    /// By how many the numbers on the stack become more.
    pub(super) fn adds(self) -> isize {
        match self {
            Self::Number(_) | Self::Variable(_) => 1,
            Self::Negative
            | Self::Exp
            | Self::Log
            | Self::Sqrt
            | Self::Abs
            | Self::Heaviside
            | Self::Positive => 0,
            _ => -1,
        }
    }
}

/// A formula that makes sense: steps that never take more than there is, and leave one number.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Formula {
    pub(super) steps: Vec<Step>,
}

impl Formula {
    /// Whether it names this.
    pub fn uses(&self, variable: Variable) -> bool {
        self.steps.contains(&Step::Variable(variable))
    }

    /// What it comes to. Not a number where it is none.
    pub fn eval(&self, values: &Values) -> f32 {
        let mut stack = [0.0_f32; MOST_DEEP];
        let mut num = 0;
        for step in &self.steps {
            match *step {
                Step::Number(number) => {
                    stack[num] = number;
                    num += 1;
                }
                Step::Variable(variable) => {
                    stack[num] = values[variable as usize];
                    num += 1;
                }
                _ if step.adds() == 0 => stack[num - 1] = of_one(*step, stack[num - 1]),
                _ => {
                    stack[num - 2] = of_two(*step, stack[num - 2], stack[num - 1]);
                    num -= 1;
                }
            }
        }
        stack[0]
    }
}

impl Formula {
    /// The same in the words of Brian 2, where comparisons are no numbers by themselves, and the potential has a unit.
    pub fn in_brian(&self, w_max: &str) -> String {
        let mut stack: Vec<String> = Vec::new();
        for step in &self.steps {
            let b = if step.adds() < 1 { stack.pop().unwrap_or_default() } else { String::new() };
            let a = if step.adds() < 0 { stack.pop().unwrap_or_default() } else { String::new() };
            let of = |name: &str| format!("{name}({b})");
            let between = |sign: &str| format!("({a} {sign} {b})");
            let is = |sign: &str| format!("int({a} {sign} {b})");
            stack.push(match *step {
                Step::Number(number) => number.to_string(),
                Step::Variable(variable) => match variable {
                    Variable::X => "x".into(),
                    Variable::XSlow => "x_slow".into(),
                    Variable::Y => "y".into(),
                    Variable::YSlow => "y_slow".into(),
                    Variable::W => "w".into(),
                    Variable::WMax => w_max.into(),
                    Variable::V => "(v_post/mV)".into(),
                },
                Step::Negative => format!("(-{b})"),
                Step::Add => between("+"),
                Step::Subtract => between("-"),
                Step::Multiply => between("*"),
                Step::Divide => between("/"),
                Step::Power => between("**"),
                Step::Exp => of("exp"),
                Step::Log => of("log"),
                Step::Sqrt => of("sqrt"),
                Step::Abs => of("abs"),
                Step::Heaviside => format!("int({b} > 0)"),
                Step::Positive => format!("clip({b}, 0, inf)"),
                Step::Min => format!("clip({a}, -inf, {b})"),
                Step::Max => format!("clip({a}, {b}, inf)"),
                Step::AtMost => is("<="),
                Step::AtLeast => is(">="),
                Step::Equal => is("=="),
                Step::Unequal => is("!="),
                Step::Below => is("<"),
                Step::Above => is(">"),
            });
        }
        stack.pop().unwrap_or_default()
    }
}

fn of_one(step: Step, a: f32) -> f32 {
    match step {
        Step::Negative => -a,
        Step::Exp => math::exp(a),
        Step::Log => math::ln(a),
        // Exact on every platform.
        Step::Sqrt => a.sqrt(),
        Step::Abs => a.abs(),
        Step::Heaviside if a.is_nan() => a,
        Step::Heaviside => truth(a > 0.0),
        // Not a number stays so.
        _ if a < 0.0 => 0.0,
        _ => a,
    }
}

fn of_two(step: Step, a: f32, b: f32) -> f32 {
    match step {
        Step::Add => a + b,
        Step::Subtract => a - b,
        Step::Multiply => a * b,
        Step::Divide => a / b,
        Step::Power => math::powf(a, b),
        // What is not a number must not be lost.
        _ if a.is_nan() || b.is_nan() => f32::NAN,
        Step::Min => {
            if a < b {
                a
            } else {
                b
            }
        }
        Step::Max => {
            if a > b {
                a
            } else {
                b
            }
        }
        Step::AtMost => truth(a <= b),
        Step::AtLeast => truth(a >= b),
        Step::Equal => truth(a == b),
        Step::Unequal => truth(a != b),
        Step::Below => truth(a < b),
        _ => truth(a > b),
    }
}

fn truth(is_true: bool) -> f32 {
    f32::from(u8::from(is_true))
}
