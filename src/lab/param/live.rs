//! What may change while the network runs, taken over into the parameters of a run.

use super::{
    Alternative, Field, FloatRange, Group, IntRange, ParamVisitor, Params, TextEditor, TextRule,
    visit,
};

/// Gives `to` the live values of `from`, by their keys; the two need not be of one type. All else stays as it is,
/// also what a chosen variant holds if the choice is the same.
pub fn adopt_live(to: &mut dyn Params, from: &mut dyn Params) {
    let mut live = Live { values: Vec::new(), is_read: false };
    visit(from, &mut live);
    live.is_read = true;
    visit(to, &mut live);
}

enum Value {
    Float(f64),
    Int(u32),
    Flag(bool),
    Choice(usize),
    Text(String),
}

/// Collects live values, and once all are read, writes them.
struct Live {
    values: Vec<(&'static str, Value)>,
    is_read: bool,
}

impl Live {
    /// What to write into this field; nothing while collecting, when what stands there is kept.
    fn exchange(&mut self, field: Field, present: impl FnOnce() -> Value) -> Option<&Value> {
        if !field.live {
            return None;
        }
        if self.is_read {
            return self.values.iter().find(|(key, _)| *key == field.key).map(|(_, value)| value);
        }
        self.values.push((field.key, present()));
        None
    }
}

impl ParamVisitor for Live {
    fn group(&mut self, _: Group) {}

    fn float(&mut self, field: Field, _: FloatRange, value: &mut f64) {
        if let Some(Value::Float(new)) = self.exchange(field, || Value::Float(*value)) {
            *value = *new;
        }
    }

    fn int(&mut self, field: Field, _: IntRange, value: &mut u32) {
        if let Some(Value::Int(new)) = self.exchange(field, || Value::Int(*value)) {
            *value = *new;
        }
    }

    fn flag(&mut self, field: Field, value: &mut bool) {
        if let Some(Value::Flag(new)) = self.exchange(field, || Value::Flag(*value)) {
            *value = *new;
        }
    }

    fn choice(&mut self, field: Field, options: &'static [Alternative], value: &mut usize) {
        if let Some(Value::Choice(new)) = self.exchange(field, || Value::Choice(*value))
            && *new < options.len()
        {
            *value = *new;
        }
    }

    fn text(&mut self, field: Field, _: TextEditor, _: TextRule, value: &mut String) {
        if let Some(Value::Text(new)) = self.exchange(field, || Value::Text(value.clone())) {
            value.clone_from(new);
        }
    }
}
