//! Tables of parameters, which the derives write, and the loops over them, which are here once for all: code
//! for every parameter of every experiment would be a large part of what visitors download.

use super::{
    Alternative, Field, FloatRange, Group, IntRange, ParamVisitor, Problem, TextEditor, TextRule,
};

/// One line of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// A group that begins in front of it.
    pub group: Option<Group>,
    /// What is known of the parameter; of other kinds than parameters, only a name.
    pub field: Field,
    /// What stands here.
    pub kind: Kind,
}

/// What a line stands for.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A number.
    Float(FloatRange),
    /// A whole number.
    Int(IntRange),
    /// A switch.
    Flag,
    /// A text.
    Text(TextEditor, TextRule),
    /// A choice, with what its variant brings right behind it.
    Choice,
    /// A choice alone.
    SplitChoice,
    /// What the variant of a choice brings that stands elsewhere.
    VariantOf,
    /// The parameters of another struct.
    Nest {
        /// Keys that are not `main` here.
        behind: &'static [&'static str],
    },
}

/// The value behind a line.
pub enum Slot<'a> {
    /// A number.
    Float(&'a mut f64),
    /// A whole number.
    Int(&'a mut u32),
    /// A switch.
    Flag(&'a mut bool),
    /// A text.
    Text(&'a mut String),
    /// A choice, or what its variant brings.
    Choice(&'a mut dyn Choice),
    /// Another struct.
    Nest(&'a mut dyn Params),
}

/// What `#[derive(Params)]` writes for a struct, and `#[derive(Choice)]` for an enum.
pub trait Params {
    /// The lines in the order of the page; of an enum, those of the present variant.
    fn rows(&self) -> &'static [Row] {
        &[]
    }

    /// The value behind a line.
    fn slot(&mut self, idx: usize) -> Slot<'_> {
        no_slot(idx)
    }

    /// Whether a line matters with the other values as they are; else nobody sees it.
    fn is_shown(&self, _idx: usize) -> bool {
        true
    }

    /// The choice in line `idx`, or [`EVERY_CHOICE`], was changed: sets the values that depend on it.
    fn on_choice(&mut self, _idx: usize) {}

    /// The broken rules of this type alone.
    fn own_problems(&self) -> Vec<Problem> {
        Vec::new()
    }
}

/// One of several alternatives, each of which may bring parameters of its own: those of [`Params`].
pub trait Choice: Params {
    /// All of them, in the order of the form.
    fn alternatives(&self) -> &'static [Alternative];

    /// Which of them it is.
    fn place(&self) -> usize;

    /// Becomes this one of them, with its defaults.
    fn set_place(&mut self, place: usize);
}

/// Instead of a line's number in [`Params::on_choice`]: all choices are new.
pub const EVERY_CHOICE: usize = usize::MAX;

/// For the derives.
///
/// # Panics
/// Always: a table and its values do not fit.
#[cold]
pub fn no_slot(idx: usize) -> ! {
    panic!("no parameter in line {idx}")
}

/// For the derives.
///
/// # Panics
/// Always: a visitor chose what is not there.
#[cold]
pub fn no_place(place: usize) -> ! {
    panic!("no alternative {place}")
}

/// Shows every parameter to `visitor`, in the order of the page.
pub fn visit(params: &mut dyn Params, visitor: &mut dyn ParamVisitor) {
    visit_nested(params, None, visitor);
}

/// Keys that are not `main` in a nest, and those of the nests around it.
struct Behind<'a> {
    keys: &'static [&'static str],
    around: Option<&'a Behind<'a>>,
}

fn visit_nested(params: &mut dyn Params, behind: Option<&Behind>, visitor: &mut dyn ParamVisitor) {
    for (idx, row) in params.rows().iter().enumerate() {
        // A group begins even where its first parameter is not shown.
        if let Some(group) = row.group {
            visitor.group(group);
        }
        if !params.is_shown(idx) {
            continue;
        }
        let mut field = row.field;
        let mut nests = behind;
        while let Some(nest) = nests {
            field.main &= !nest.keys.contains(&field.key);
            nests = nest.around;
        }
        match (row.kind, params.slot(idx)) {
            (Kind::Float(range), Slot::Float(value)) => visitor.float(field, range, value),
            (Kind::Int(range), Slot::Int(value)) => visitor.int(field, range, value),
            (Kind::Flag, Slot::Flag(value)) => visitor.flag(field, value),
            (Kind::Text(editor, rule), Slot::Text(value)) => {
                visitor.text(field, editor, rule, value);
            }
            (Kind::Choice | Kind::SplitChoice, Slot::Choice(choice)) => {
                if visit_choice(choice, field, visitor) {
                    params.on_choice(idx);
                }
                if let (Kind::Choice, Slot::Choice(variant)) = (row.kind, params.slot(idx)) {
                    visit_nested(variant, behind, visitor);
                }
            }
            (Kind::VariantOf, Slot::Choice(variant)) => visit_nested(variant, behind, visitor),
            (Kind::Nest { behind: keys }, Slot::Nest(nested)) => {
                visit_nested(nested, Some(&Behind { keys, around: behind }), visitor);
            }
            _ => no_slot(idx),
        }
    }
}

/// Whether the visitor chose something else. What stays keeps the values that its variant has.
fn visit_choice(choice: &mut dyn Choice, field: Field, visitor: &mut dyn ParamVisitor) -> bool {
    let before = choice.place();
    let mut chosen = before;
    visitor.choice(field, choice.alternatives(), &mut chosen);
    if chosen != before {
        choice.set_place(chosen);
    }
    chosen != before
}

/// The broken rules of all types in it that are shown, its own first. It changes nothing.
pub fn problems(params: &mut dyn Params) -> Vec<Problem> {
    let mut problems = params.own_problems();
    for (idx, row) in params.rows().iter().enumerate() {
        if !params.is_shown(idx) {
            continue;
        }
        match (row.kind, params.slot(idx)) {
            (Kind::Choice | Kind::VariantOf, Slot::Choice(variant)) => {
                problems.extend(self::problems(variant));
            }
            (Kind::Nest { .. }, Slot::Nest(nested)) => problems.extend(self::problems(nested)),
            _ => {}
        }
    }
    problems
}
