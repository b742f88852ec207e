//! Every mistake has its message, at the words that are wrong.
//!
//! Spans are read here and not from what the compiler prints: for that each case would be a crate that needs all of
//! `stdp_playground`, which the derives name.

use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_str};

use crate::{choice, figures, params};

type Derive = fn(&DeriveInput) -> syn::Result<TokenStream>;

/// The first error of a declaration, and what it points at.
fn error_of(derive: Derive, source: &str) -> (String, String) {
    let input: DeriveInput = parse_str(source).expect("Rust");
    let error = derive(&input).expect_err("a mistake").into_iter().next().expect("an error");
    let (start, end) = (error.span().start(), error.span().end());
    assert_eq!(start.line, end.line, "{error}");
    let line = source.lines().nth(start.line - 1).expect("a line");
    let at = line.chars().skip(start.column).take(end.column - start.column);
    (error.to_string(), at.collect())
}

/// Of parameters.
fn error(source: &str) -> (String, String) {
    let is_enum = source.split_whitespace().any(|word| word == "enum");
    error_of(if is_enum { choice::derive } else { params::derive }, source)
}

/// Of the figure that `attributes` declare, behind another.
fn of_figure(attributes: &str, variant: &str) -> (String, String) {
    let first = "#[figure(\"First\", curve(X, Y), draw = first)]\n    First,";
    let all = format!(
        "#[figures(of = Run)]\nenum Fig {{\n    {first}\n    {attributes}\n    {variant} }}"
    );
    error_of(figures::derive, &all)
}

fn of_field(attributes: &str, ty: &str) -> (String, String) {
    error(&format!("struct P {{\n    /// Help.\n    {attributes}\n    rate: {ty},\n}}"))
}

#[track_caller]
fn says((message, place): (String, String), part: &str, at: &str) {
    assert!(message.contains(part), "{message}");
    assert_eq!(place, at, "{message}");
}

#[test]
fn what_is_missing_is_named() {
    says(of_field("#[param(range = R, default = 1.0)]", "f64"), "no label", "param");
    says(of_field("#[param(\"Rate\", default = 1.0)]", "f64"), "range = linear(", "param");
    says(of_field("#[param(\"Rate\", default = 1)]", "u32"), "range = least..=", "param");
    says(of_field("#[param(\"Rate\", range = R)]", "f64"), "no default", "rate");
    says(of_field("#[param(\"Rate\")]", "bool"), "no default", "rate");
    says(of_field("#[param(\"Rate\", default = \"\")]", "String"), "no rule", "param");
    says(of_field("", "f64"), "neither #[param(…)] nor #[nest]", "rate");
    let late = of_field("#[nest] #[group(\"key\", \"Label\")]", "Net");
    says(late, "nothing stands behind its #[group]", "rate");
    says(of_field("#[group(\"key\")] #[nest]", "Net"), "#[group(\"key\", \"Label\")]", "group");
    let without_help =
        "struct P {\n    #[param(\"Rate\", range = R, default = 1.0)]\n    rate: f64 }";
    says(error(without_help), "no help", "rate");
    says(error("#[params()] struct P {}"), "check = Self::rules", "params");
}

#[test]
fn words_that_say_nothing_are_refused() {
    let float = |more: &str| {
        of_field(&format!("#[param(\"Rate\", range = R, default = 1.0, {more})]"), "f64")
    };
    says(float("lively"), "`lively` says nothing about a number", "lively");
    says(float("split"), "`split` says nothing about a number", "split");
    says(float("live = true"), "`live` stands alone", "live");
    says(float("symbol"), "write `symbol = …`", "symbol");
    says(float("unit ="), "nothing behind `unit =`", "unit");
    says(of_field("#[param(\"Rate\", range = R)]", "Coding"), "about a choice", "range");
    says(of_field("#[param(\"Rate\", \"More\", default = true)]", "bool"), "one label", "\"More\"");
    says(of_field("#[nest(live)]", "Net"), "`live` says nothing about a nest", "live");
    says(of_field("#[nest(behind)]", "Net"), "write `behind(…)`", "behind");
    says(of_field("#[nest(\"Net\")]", "Net"), "has no label", "\"Net\"");
    let twice = of_field("#[nest] #[param(\"Rate\")]", "Net");
    says(twice, "is enough", "#[param(\"Rate\")]");
}

#[test]
fn a_range_is_one_of_its_kind() {
    says(of_field("#[param(\"R\", range = 0.0..=1.0, default = 1.0)]", "f64"), "needs a step", ".");
    says(of_field("#[param(\"R\", range = 0..1, default = 1)]", "u32"), "both ends", ".");
}

/// A choice, a value and another choice.
fn between(value: &str) -> (String, String) {
    error(&format!(
        "struct P {{
            /// Help.
            #[param(\"Coding\")] coding: Coding,
            /// Help.
            #[param(\"Rate\", range = R, {value})] rate: f64,
            /// Help.
            #[param(\"Rule\")] rule: Rule,
        }}"
    ))
}

#[test]
fn what_choices_set_stands_behind_them() {
    says(between("by_choice(rule) = 1.0"), "stands behind `rate`", "rule");
    says(between("by_choice = 1.0"), "`rule` stands behind `rate`", "by_choice");
    says(between("by_choice(coding, other) = 1.0"), "no choice `other`", "other");
    says(between("by_choice(coding)"), "write `by_choice(a_choice) = …`", "by_choice");
    says(between("by_choice(coding) = 1.0, default = 1.0"), "either", "by_choice");
    let alone = of_field("#[param(\"Rate\", range = R, by_choice = 1.0)]", "f64");
    says(alone, "no choice here that could set it", "by_choice");
}

#[test]
fn a_split_choice_stands_in_two_places() {
    says(of_field("#[param(\"Coding\", split)]", "Coding"), "no #[variant_of(rate)]", "rate");
    says(of_field("#[variant_of(coding)] #[nest]", "Net"), "no choice `coding`", "coding");
    let twice = "#[param(\"Coding\", split)] #[variant_of(rate)]\n#[variant_of(rate)]";
    says(of_field(twice, "Coding"), "stand twice", "rate");
}

#[test]
fn alternatives_are_described() {
    says(error("enum C {\n    /// Help.\n    Rate }"), "no label", "Rate");
    says(error("enum C {\n    #[choice(\"rate\")]\n    Rate }"), "no help", "Rate");
    says(
        error("enum C {\n    /// Help.\n    #[choice(key = \"a\")]\n    Rate }"),
        "no label",
        "choice",
    );
    says(
        error("enum C {\n    /// Help.\n    #[choice(\"rate\", live)]\n    Rate }"),
        "alternative",
        "live",
    );
    says(error("enum C {}"), "nothing to choose from", "C");
    let of_variant = |field: &str| {
        error(&format!(
            "enum C {{\n    /// Help.\n    #[choice(\"rate\")]\n    Rate {{\n    {field} }} }}"
        ))
    };
    says(of_variant("rate_hz: f64"), "neither", "rate_hz");
    let conditional =
        "/// Help.\n #[param(\"R\", range = R, default = 1.0, when = self.x)] rate: f64";
    says(of_variant(conditional), "`when` says nothing", "when");
    says(of_variant("#[variant_of(rule)] #[nest] net: Net"), "no choices beside it", "rule");
}

#[test]
fn a_type_derives_what_fits_it() {
    says(error_of(choice::derive, "struct P {}"), "a struct derives Params", "P");
    says(error_of(params::derive, "enum C { Rate }"), "an enum derives Choice", "C");
    says(error_of(figures::derive, "struct Fig {}"), "the variants of an enum", "Fig");
    says(error_of(figures::derive, "enum Fig<T> { A }"), "cannot be generic", "<T>");
    let tuple = "struct P(f64);";
    says(error(tuple), "use named fields", "P");
    says(error("struct P<T> { rate: T }"), "cannot be generic", "<T>");
    let nameless =
        "enum C {\n    /// Help.\n    #[choice(\"pair\")]\n    Pair(#[param(\"P\")] f64) }";
    says(error(nameless), "is a nest", "param");
}

#[test]
fn figures_are_of_a_run() {
    says(error_of(figures::derive, "enum Fig { A }"), "#[figures(of = TheRun)]", "Fig");
    says(error_of(figures::derive, "#[figures()] enum Fig { A }"), "whose figures?", "figures");
    let more = "#[figures(of = Run, width = Full)] enum Fig { A }";
    says(error_of(figures::derive, more), "`width` says nothing about all figures", "width");
    says(error_of(figures::derive, "#[figures(of = Run)] enum Fig {}"), "no figure to show", "Fig");
}

#[test]
fn what_a_figure_is_missing_is_named() {
    says(of_figure("", "Rate"), "write #[figure(\"Title\", curve(x, y)", "Rate");
    says(of_figure("#[figure(curve(X, Y), draw = f)]", "Rate"), "no title", "figure");
    says(of_figure("#[figure(\"Rate\", draw = f)]", "Rate"), "write curve(x, y), trace(", "figure");
    let undrawn = of_figure("#[figure(\"Rate\", trace(X, Y))]", "Rate");
    says(undrawn, "`draw = f`, of fn(&TheRun, Tick) -> Trace", "figure");
    let drawn = "#[figure(\"Rate\", curve(X, Y), draw = f)]";
    says(of_figure(drawn, "Rate(f64)"), "without fields", "Rate");
    says(of_figure(drawn, "Rate = 7"), "without a number", "Rate");
}

#[test]
fn what_a_figure_cannot_be_is_refused() {
    let figure = |more: &str| {
        of_figure(&format!("#[figure(\"Rate\", curve(X, Y), draw = f, {more})]"), "Rate")
    };
    says(figure("wide"), "`wide` says nothing about a figure", "wide");
    says(figure("other_seeds = true"), "`other_seeds` stands alone", "other_seeds");
    says(figure("width(Full)"), "write `width = …`", "width");
    says(figure("raster(X, Y)"), "one shape is enough", "curve");
    says(figure("\"More\""), "one title is enough", "\"More\"");
    says(figure("key = first"), "expected string literal", "first");
    says(figure("key = \"first\""), "there is a figure `first` already", "\"first\"");
    says(figure("value = \"rate\" as Hz"), "write `\"quantity\" in Unit`", "as");
}

#[test]
fn a_figure_has_two_axes() {
    let axes = |axes: &str| of_figure(&format!("#[figure(\"Rate\", {axes}, draw = f)]"), "Rate");
    says(axes("curve"), "write `curve(…)`", "curve");
    says(axes("curve(X)"), "two axes: write `curve(horizontal, vertical)`", "curve");
    says(axes("matrix(X, Y, Z)"), "two axes", "matrix");
    says(axes("curve(X, \"rate\" Hz)"), "write `\"quantity\" in Unit`", "Hz");
    says(axes("curve(X, \"rate\" in 7)"), "write `\"quantity\" in Unit`", "7");
}

#[test]
fn figures_are_written_with_their_keys_and_axes() {
    let source = "#[figures(of = Run)] enum Fig {
        #[figure(\"Hit rate\", curve(EPOCH, \"hit rate\" in Share), draw = f, pick = g)] HitRate,
        #[figure(\"Table\", key = \"table\", matrix(\"output\", Axis::NONE), width = Full, draw = h)] T
    }";
    let written = figures::derive(&parse_str(source).expect("Rust")).expect("no mistake");
    let written: String = written.to_string().split_whitespace().collect();
    for part in [
        "key:\"hit_rate\",title:\"Hitrate\"",
        "x:EPOCH,y:::stdp_playground::lab::Axis::new(\"hitrate\",::stdp_playground::lab::param::Unit::Share)",
        "width:::stdp_playground::lab::panel::Width::Half,pickable:true",
        "key:\"table\",title:\"Table\"",
        "Unit::None),y:Axis::NONE",
        "Width::Full,pickable:false",
    ] {
        assert!(written.contains(part), "{part} in {written}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let input: DeriveInput = parse_str("struct P { a: f64, b: f64 }").expect("Rust");
    let error = params::derive(&input).expect_err("two mistakes");
    assert_eq!(error.into_iter().count(), 2);
}
