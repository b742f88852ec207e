//! Elements, all of one type.
//!
//! Leptos' `view!` gives every element, attribute and closure a type of its own, and each is compiled
//! once more: three quarters of the page's size. An [`El`] is the same tree of the same Leptos views
//! with the types erased at once.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::ev;
use leptos::prelude::*;
use leptos::tachys::html::class::class;
use leptos::tachys::html::element::{Custom, custom, inner_html};
use leptos::tachys::html::node_ref::node_ref;
use leptos::tachys::html::property::prop;
use leptos::tachys::html::style::style;
use leptos::tachys::reactive_graph::SharedReactiveFunction;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// Where an element will be found once it is in the document.
pub type ElRef = NodeRef<Custom<&'static str>>;

/// An element on its way to become a view.
#[must_use]
pub struct El(Box<Parts>); // Boxed, since each step below takes it and hands it on.

struct Parts {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element. The name is in upper case, as documents spell it: Leptos compares it with the
/// document's when it updates an element, and would otherwise take it for another.
pub fn el(tag: &'static str) -> El {
    El(Box::new(Parts { tag, attributes: Vec::new(), children: Vec::new() }))
}

/// A button that does `f`.
pub fn button(label: impl Into<Cow<'static, str>>, mut f: impl FnMut() + 'static) -> El {
    el("BUTTON").attr("type", "button").text(label).on("click", move |_| f())
}

fn shared<T: 'static>(f: impl FnMut() -> T + Send + 'static) -> SharedReactiveFunction<T> {
    Arc::new(Mutex::new(f))
}

impl El {
    /// An attribute.
    pub fn attr(self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.add(custom_attribute(name, value.into().into_owned()))
    }

    /// An attribute that follows `f`; none leaves it out.
    pub fn attr_of(
        self,
        name: &'static str,
        f: impl FnMut() -> Option<String> + Send + 'static,
    ) -> Self {
        self.add(custom_attribute(name, shared(f)))
    }

    /// An attribute without a value, there while `f` holds.
    pub fn attr_if(self, name: &'static str, mut f: impl FnMut() -> bool + Send + 'static) -> Self {
        self.attr_of(name, move || f().then(String::new))
    }

    /// Classes.
    pub fn class(self, names: &'static str) -> Self {
        self.attr("class", names)
    }

    /// A class that the element has while `f` holds.
    pub fn class_if(self, name: &'static str, f: impl FnMut() -> bool + Send + 'static) -> Self {
        self.add(class((name, shared(f))))
    }

    /// One property of its style.
    pub fn style(self, name: &'static str, value: String) -> Self {
        self.add(style((name, value)))
    }

    /// What a control shows.
    pub fn value(self, f: impl FnMut() -> String + Send + 'static) -> Self {
        self.add(prop("value", shared(f)))
    }

    /// A box to type into. It shows `text`, also where something else was typed that means the same; what is
    /// refused stays to be mended, until the refusal is gone. `set` is called with what was typed.
    pub fn typed(
        self,
        text: impl Fn() -> String + Copy + 'static,
        is_refused: impl Fn() -> bool + Copy + Send + 'static,
        mut set: impl FnMut(String) + 'static,
    ) -> Self {
        let place = ElRef::new();
        let mut before = None;
        effect(move || {
            let text = text();
            if let Some(input) = place.get()
                && (!is_refused() || before.as_ref().is_some_and(|before| *before != text))
            {
                input.unchecked_into::<HtmlInputElement>().set_value(&text);
            }
            before = Some(text);
        });
        let take = move |typed: String| {
            set(typed);
            if let Some(input) = place.get_untracked()
                && !untrack(is_refused)
            {
                input.unchecked_into::<HtmlInputElement>().set_value(&untrack(text));
            }
        };
        self.place(place)
            .attr_of("aria-invalid", move || is_refused().then(|| "true".into()))
            .on_change(take)
    }

    /// Whether a box is ticked.
    pub fn checked(self, f: impl FnMut() -> bool + Send + 'static) -> Self {
        self.add(prop("checked", shared(f)))
    }

    /// Trusted HTML instead of children.
    pub fn html(self, html: &'static str) -> Self {
        self.add(inner_html(html))
    }

    /// Fills `place` with the element.
    pub fn place(self, place: ElRef) -> Self {
        self.add(node_ref::<Custom<&'static str>, _>(place))
    }

    /// Calls `f` for every event of that name.
    pub fn on(self, event: &'static str, f: impl FnMut(Event) + 'static) -> Self {
        let f: Box<dyn FnMut(Event)> = Box::new(f);
        self.add(ev::on(ev::Custom::<Event>::new(event), f))
    }

    /// Calls `f` with the value that was chosen or typed.
    pub fn on_change(self, mut f: impl FnMut(String) + 'static) -> Self {
        self.on("change", move |event| f(event_target_value(&event)))
    }

    // One copy for each kind of attribute, not one in every caller.
    #[inline(never)]
    fn add(mut self, attribute: impl IntoAnyAttribute) -> Self {
        self.0.attributes.push(attribute.into_any_attr());
        self
    }

    /// A child.
    pub fn child(mut self, child: impl Into<AnyView>) -> Self {
        self.0.children.push(child.into());
        self
    }

    /// A child, if there is one.
    pub fn maybe(self, child: Option<El>) -> Self {
        self.children(child)
    }

    /// Children.
    pub fn children(self, children: impl IntoIterator<Item = El>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Text.
    pub fn text(self, text: impl Into<Cow<'static, str>>) -> Self {
        self.child(text_view(text.into()))
    }

    /// Text that follows `f`.
    pub fn text_of(self, f: impl FnMut() -> String + Send + 'static) -> Self {
        self.child(shared(f).into_any())
    }

    /// Children that follow `f`.
    pub fn children_of<I: IntoIterator<Item = El>>(
        self,
        f: impl FnMut() -> I + Send + 'static,
    ) -> Self {
        self.child(views_of(f))
    }

    /// A child that is there while `f` holds.
    pub fn child_if<V: Into<AnyView>>(
        self,
        f: impl Fn() -> bool + Send + Sync + 'static,
        child: impl Fn() -> V + Send + 'static,
    ) -> Self {
        self.child(view_if(f, child))
    }
}

#[inline(never)]
fn text_view(text: Cow<'static, str>) -> AnyView {
    text.into_owned().into_any()
}

/// Does `f` now, and again whenever a signal changes that it has read.
pub fn effect(f: impl FnMut() + 'static) {
    let mut f: Box<dyn FnMut()> = Box::new(f);
    Effect::new(move |_: Option<()>| f());
}

/// Elements that follow `f`.
pub fn views_of<I: IntoIterator<Item = El>>(mut f: impl FnMut() -> I + Send + 'static) -> AnyView {
    shared(move || f().into_iter().map(AnyView::from).collect::<Vec<_>>()).into_any()
}

/// A view that is there while `f` holds. It is made anew only when that changes.
pub fn view_if<V: Into<AnyView>>(
    f: impl Fn() -> bool + Send + Sync + 'static,
    view: impl Fn() -> V + Send + 'static,
) -> AnyView {
    let f: Box<dyn Fn() -> bool + Send + Sync> = Box::new(f);
    let view: Box<dyn Fn() -> AnyView + Send> = Box::new(move || view().into());
    view_if_boxed(f, view)
}

fn view_if_boxed(
    f: Box<dyn Fn() -> bool + Send + Sync>,
    view: Box<dyn Fn() -> AnyView + Send>,
) -> AnyView {
    let is_there = Memo::new(move |_| f());
    shared(move || is_there.get().then(|| untrack(&view)).into_iter().collect::<Vec<_>>())
        .into_any()
}

impl From<El> for AnyView {
    #[inline(never)]
    fn from(el: El) -> Self {
        let Parts { tag, attributes, children } = *el.0;
        custom(tag).child(children).add_any_attr(attributes).into_any()
    }
}
