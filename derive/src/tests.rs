//! Every mistake has its message, at the word that is wrong.

use syn::{DeriveInput, parse_str};

use crate::{choice, params};

/// The first error of a declaration, and the word it points at.
fn error(source: &str) -> (String, String) {
    let input: DeriveInput = parse_str(source).expect("Rust");
    let result = match &input.data {
        syn::Data::Enum(_) => choice::derive(&input),
        _ => params::derive(&input),
    };
    let error = result.expect_err("a mistake").into_iter().next().expect("an error");
    let start = error.span().start();
    let line: Vec<char> = source.lines().nth(start.line - 1).expect("a line").chars().collect();
    let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
    let word = line[start.column..].iter().take_while(|c| is_word(c)).collect();
    (error.to_string(), word)
}

fn of_field(attributes: &str, ty: &str) -> (String, String) {
    error(&format!("struct P {{\n    /// Help.\n    {attributes}\n    rate: {ty},\n}}"))
}

#[track_caller]
fn says((message, word): (String, String), part: &str, at: &str) {
    assert!(message.contains(part), "{message}");
    assert_eq!(word, at, "{message}");
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
    says(of_field("#[param(\"Rate\", \"More\", default = true)]", "bool"), "one label", "");
    says(of_field("#[nest(live)]", "Net"), "`live` says nothing about a nest", "live");
    says(of_field("#[nest] #[param(\"Rate\")]", "Net"), "is enough", "");
}

#[test]
fn a_range_is_one_of_its_kind() {
    says(of_field("#[param(\"R\", range = 0.0..=1.0, default = 1.0)]", "f64"), "needs a step", "");
    says(of_field("#[param(\"R\", range = 0..1, default = 1)]", "u32"), "both ends", "");
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
}

#[test]
fn a_type_derives_what_fits_it() {
    let tuple = "struct P(f64);";
    says(error(tuple), "use named fields", "P");
    says(error("struct P<T> { rate: T }"), "cannot be generic", "");
    let nameless =
        "enum C {\n    /// Help.\n    #[choice(\"pair\")]\n    Pair(#[param(\"P\")] f64) }";
    says(error(nameless), "is a nest", "param");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let input: DeriveInput = parse_str("struct P { a: f64, b: f64 }").expect("Rust");
    let error = params::derive(&input).expect_err("two mistakes");
    assert_eq!(error.into_iter().count(), 2);
}
