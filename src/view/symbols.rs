//! A parameter and its symbol in the equations light up together, whichever of them is pointed at or has the focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::dom;

/// What a control carries its symbols in.
pub const ATTRIBUTE: &str = "data-symbols";
/// Where a symbol can stand in an equation: by itself, or with an index.
const IN_EQUATIONS: &str = ".equations msub, .equations mi";
const LIT: &str = "lit";

/// The symbols of a parameter as equations spell them: `A₋/A₊` has two, and `τ_m` is τ with an m below.
pub fn symbols_of(symbol: &str) -> String {
    let spelled = |c| match c {
        '₋' => '−',
        '₊' => '+',
        '₀' => '0',
        '₂' => '2',
        '/' => ' ',
        c => c,
    };
    symbol.chars().filter(|c| *c != '_').map(spelled).collect()
}

/// Follows pointer and focus on the page.
pub fn follow() {
    let Some(main) = dom::page() else { return };
    for event in ["pointerover", "focusin"] {
        let below = main.clone();
        dom::listen_to(&main, event, move |event| light(&below, &event));
    }
}

fn light(main: &Element, event: &Event) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let wanted = symbols_at(&target);
    dom::each(main, "[data-symbols]", |control| {
        let own = control.get_attribute(ATTRIBUTE).unwrap_or_default();
        mark(control, own.split(' ').any(|symbol| wanted.iter().any(|other| other == symbol)));
    });
    dom::each(main, IN_EQUATIONS, |term| {
        let text = term.text_content().unwrap_or_default();
        mark(term, !is_base(term) && wanted.contains(&text));
    });
}

/// The symbols of the control or of the term at this place.
fn symbols_at(target: &Element) -> Vec<String> {
    let closest = |selector| target.closest(selector).ok().flatten();
    if let Some(control) = closest("[data-symbols]") {
        let own = control.get_attribute(ATTRIBUTE).unwrap_or_default();
        return own.split_whitespace().map(String::from).collect();
    }
    let term = closest(".equations msub").or_else(|| closest(".equations mi"));
    term.and_then(|term| term.text_content()).into_iter().collect()
}

/// The τ of τ_m is not the symbol τ.
fn is_base(term: &Element) -> bool {
    term.parent_element().is_some_and(|parent| parent.local_name().starts_with("msu"))
}

fn mark(element: &Element, is_lit: bool) {
    _ = element.class_list().toggle_with_force(LIT, is_lit);
}
