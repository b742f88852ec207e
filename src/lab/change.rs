//! What has changed from one run to the next, in a few words: for undo and redo.

use super::form::{Control, ControlKind, controls};
use super::link::Link;
use super::spec::Spec;

/// What makes the run, or the two runs, of `after` others than those of `before`: "Learning rate 0.1". None if they are
/// the same.
pub fn told(before: &Link, after: &Link) -> Option<String> {
    if before.spec == after.spec && before.twin == after.twin {
        return None;
    }
    if before.spec.entry.id != after.spec.entry.id {
        return Some(after.spec.entry.title.into());
    }
    if before.spec.seed != after.spec.seed {
        return Some(format!("Seed {}", after.spec.seed));
    }
    let (a, b) = match (&before.twin, &after.twin) {
        (None, Some(_)) => return Some("Compare A|B".into()),
        (Some(_), None) => return Some("One run alone".into()),
        (Some(a), Some(b)) => (of_spec(&before.spec, &after.spec), of_spec(a, b)),
        (None, None) => return Some(of_spec(&before.spec, &after.spec).unwrap_or_default()),
    };
    Some(match (a, b) {
        (Some(a), Some(b)) if a != b => "A and B".into(),
        (Some(both), Some(_)) => both,
        (Some(a), None) => format!("A: {a}"),
        (None, b) => format!("B: {}", b.unwrap_or_default()),
    })
}

fn of_spec(before: &Spec, after: &Spec) -> Option<String> {
    let [old, new] = [before, after].map(|spec| controls(&*spec.params));
    let is_new = |new: &&Control| {
        let old = old.iter().find(|old| old.field.key == new.field.key);
        old.is_none_or(|old| old.text != new.text)
    };
    let changed: Vec<&Control> = new.iter().filter(is_new).collect();
    let named = match &changed[..] {
        [] if before.files != after.files => return Some("Files".into()),
        // Only what is no longer there has changed.
        [] if before == after => return None,
        [] => return Some("Parameters".into()),
        [only] => only,
        // A choice brings more that is new.
        [first, ..] if matches!(first.kind, ControlKind::Choice(_)) => first,
        [..] => return Some(format!("{} parameters", changed.len())),
    };
    Some(value_of(named))
}

/// A control with its value: "Learning rate 0.1", "Homeostasis off", "Rule: MSTDP".
pub fn value_of(control: &Control) -> String {
    let Control { field, text, kind, .. } = control;
    let label = field.label;
    match kind {
        ControlKind::Flag => format!("{label} {}", if text == "1" { "on" } else { "off" }),
        ControlKind::Choice(_) => format!("{label}: {}", value_text(control)),
        ControlKind::Text(_) => label.into(),
        ControlKind::Float(_) | ControlKind::Int(_) => format!("{label} {}", value_text(control)),
    }
}

/// A value as people read it: a number with its unit, an option by its name.
pub fn value_text(control: &Control) -> String {
    let Control { field, text, kind, .. } = control;
    match kind {
        ControlKind::Flag => (if text == "1" { "on" } else { "off" }).into(),
        ControlKind::Choice(options) => {
            let option = options.iter().find(|option| option.key == text);
            option.map_or(text.as_str(), |option| option.label).into()
        }
        ControlKind::Float(_) | ControlKind::Int(_) if !field.unit.symbol().is_empty() => {
            format!("{text} {}", field.unit.symbol())
        }
        _ => text.clone(),
    }
}
