//! Parameters as a form: everything the page needs to draw and label the controls.

use super::param::{
    Alternative, Experiment, Field, FloatRange, Group, IntRange, ParamVisitor, TextEditor, TextRule,
};

/// One control.
#[derive(Clone, Debug)]
pub struct Control {
    /// The group it stands in.
    pub group: Group,
    /// Its parameter.
    pub field: Field,
    /// Its value as a link would have it.
    pub text: String,
    /// What kind of control.
    pub kind: ControlKind,
}

/// The kinds of control.
#[derive(Clone, Copy, Debug)]
pub enum ControlKind {
    /// Slider and number box.
    Float(FloatRange),
    /// Slider and number box in whole numbers.
    Int(IntRange),
    /// Tick box.
    Flag,
    /// List of options.
    Choice(&'static [Alternative]),
    /// Text, or a grid of pixels.
    Text(TextEditor),
}

/// The controls for these parameters, in order.
pub fn controls(params: &dyn Experiment) -> Vec<Control> {
    struct Form {
        group: Group,
        controls: Vec<Control>,
    }
    impl Form {
        fn add(&mut self, field: Field, text: String, kind: ControlKind) {
            self.controls.push(Control { group: self.group, field, text, kind });
        }
    }
    impl ParamVisitor for Form {
        fn group(&mut self, group: Group) {
            self.group = group;
        }
        fn float(&mut self, field: Field, range: FloatRange, value: &mut f64) {
            self.add(field, value.to_string(), ControlKind::Float(range));
        }
        fn int(&mut self, field: Field, range: IntRange, value: &mut u32) {
            self.add(field, value.to_string(), ControlKind::Int(range));
        }
        fn flag(&mut self, field: Field, value: &mut bool) {
            self.add(field, if *value { "1" } else { "0" }.into(), ControlKind::Flag);
        }
        fn choice(&mut self, field: Field, options: &'static [Alternative], value: &mut usize) {
            self.add(field, options[*value].key.into(), ControlKind::Choice(options));
        }
        fn text(&mut self, field: Field, editor: TextEditor, _: TextRule, value: &mut String) {
            self.add(field, value.clone(), ControlKind::Text(editor));
        }
    }
    let mut form = Form { group: Group { key: "", label: "" }, controls: Vec::new() };
    params.boxed_clone().visit(&mut form);
    form.controls
}
