//! A struct's lines as `impl Params` and `impl Default`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident, Result};

use crate::attr::Words;
use crate::line::{ByChoice, Declared, Line, declared, home};

/// What `#[derive(Params)]` writes.
pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => &fields.named,
            _ => {
                return Err(Error::new(
                    input.ident.span(),
                    "parameters have names: use named fields",
                ));
            }
        },
        _ => return Err(Error::new(input.ident.span(), "an enum derives Choice")),
    };
    refuse_generics(input)?;
    let found = gather(fields.iter().map(|field| {
        let name = field.ident.clone().expect("a named field");
        Ok((name.clone(), declared(field, &name.into(), true)?))
    }))?;
    let mut lines = Vec::new();
    for (_, declared) in &found {
        lines.extend(&declared.lines);
    }
    check_splits(&found, &lines)?;
    let by_choice = by_choice(&found)?;
    let (slot, is_shown) = (slot(&lines), is_shown(&lines));
    let problems = own_problems(&input.attrs)?;
    let default = default(input, &found);
    let (home, name) = (home(), &input.ident);
    let rows = lines.iter().map(|line| line.row());
    Ok(quote! {
        #default
        #[automatically_derived]
        impl #home::Params for #name {
            fn rows(&self) -> &'static [#home::Row] {
                const { &[#(#rows),*] as &[#home::Row] }
            }
            #slot
            #is_shown
            #by_choice
            #problems
        }
    })
}

/// All of them, or all errors.
pub fn gather<T>(results: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    let mut found = Vec::new();
    let mut error: Option<Error> = None;
    for result in results {
        match (result, &mut error) {
            (Ok(one), _) => found.push(one),
            (Err(one), Some(all)) => all.combine(one),
            (Err(one), none) => *none = Some(one),
        }
    }
    error.map_or(Ok(found), Err)
}

/// There is one table for a type.
pub fn refuse_generics(input: &DeriveInput) -> Result<()> {
    if input.generics.params.is_empty() {
        return Ok(());
    }
    Err(Error::new_spanned(&input.generics, "there is one table for a type: it cannot be generic"))
}

/// The rules that `#[params(check = …)]` of a type names.
pub fn own_problems(attrs: &[Attribute]) -> Result<TokenStream> {
    let Some(attr) = attrs.iter().find(|attr| attr.path().is_ident("params")) else {
        return Ok(TokenStream::new());
    };
    let mut words = Words::of(attr)?;
    let check = words.value("check")?;
    let span = words.span;
    words.finish("a whole type")?;
    let check = check.ok_or_else(|| Error::new(span, "write #[params(check = Self::rules)]"))?;
    let home = home();
    Ok(quote! {
        fn own_problems(&self) -> ::std::vec::Vec<#home::Problem> {
            (#check)(self)
        }
    })
}

/// Every choice whose variants' parameters come elsewhere says where, once.
fn check_splits(found: &[(Ident, Declared)], lines: &[&Line]) -> Result<()> {
    let is_split = |name: &Ident| {
        found.iter().any(|(other, declared)| other == name && declared.choice == Some(true))
    };
    let named: Vec<&Ident> = lines.iter().filter_map(|line| line.variant_of.as_ref()).collect();
    for (place, name) in named.iter().enumerate() {
        if !is_split(name) {
            let message = format!("there is no choice `{name}` here that is marked `split`");
            return Err(Error::new(name.span(), message));
        }
        if named[..place].contains(name) {
            return Err(Error::new(name.span(), format!("the parameters of `{name}` stand twice")));
        }
    }
    for (name, declared) in found {
        if declared.choice == Some(true) && !named.contains(&name) {
            let message = format!(
                "`{name}` is split, but no #[variant_of({name})] says where its parameters stand"
            );
            return Err(Error::new(name.span(), message));
        }
    }
    Ok(())
}

fn slot(lines: &[&Line]) -> TokenStream {
    let home = home();
    let arms = lines.iter().enumerate().map(|(idx, line)| {
        let Line { slot, member, .. } = line;
        quote!(#idx => #home::Slot::#slot(&mut self.#member))
    });
    quote! {
        fn slot(&mut self, idx: usize) -> #home::Slot<'_> {
            match idx {
                #(#arms,)*
                _ => #home::no_slot(idx),
            }
        }
    }
}

/// What a choice brings is shown only where the choice is.
fn is_shown(lines: &[&Line]) -> TokenStream {
    let when_of = |line: &Line| match &line.variant_of {
        None => line.when.clone(),
        Some(_) => {
            let choice = lines
                .iter()
                .find(|other| other.variant_of.is_none() && other.member == line.member);
            choice.and_then(|choice| choice.when.clone())
        }
    };
    let arms: Vec<_> = lines
        .iter()
        .enumerate()
        .filter_map(|(idx, line)| when_of(line).map(|when| quote!(#idx => #when)))
        .collect();
    if arms.is_empty() {
        return TokenStream::new();
    }
    quote! {
        fn is_shown(&self, idx: usize) -> bool {
            match idx {
                #(#arms,)*
                _ => true,
            }
        }
    }
}

/// The rows of the choices that set this value, each of which stands in front of it: the value of a link would be
/// overwritten by a choice that is read after it.
fn rows_of_choices(
    places: &BTreeMap<String, (usize, bool)>,
    name: &Ident,
    by: &ByChoice,
) -> Result<Vec<usize>> {
    let (own, _) = places[&name.to_string()];
    let mut rows = Vec::new();
    let later = |choice: &str| {
        format!(
            "`{choice}` stands behind `{name}`, and a link that names both would lose the latter's value; \
             name the choices that set it, by_choice(one, other) = …, and put them in front"
        )
    };
    match &by.choices {
        Some(choices) => {
            for choice in choices {
                match places.get(&choice.to_string()) {
                    Some((row, true)) if *row < own => rows.push(*row),
                    Some((_, true)) => {
                        return Err(Error::new(choice.span(), later(&choice.to_string())));
                    }
                    _ => {
                        return Err(Error::new(
                            choice.span(),
                            format!("there is no choice `{choice}` here"),
                        ));
                    }
                }
            }
        }
        None => {
            for (choice, (row, _)) in places.iter().filter(|(_, (_, is_choice))| *is_choice) {
                if *row > own {
                    return Err(Error::new(by.span, later(choice)));
                }
                rows.push(*row);
            }
            rows.sort_unstable();
        }
    }
    if rows.is_empty() {
        return Err(Error::new(by.span, "there is no choice here that could set it"));
    }
    Ok(rows)
}

fn by_choice(found: &[(Ident, Declared)]) -> Result<TokenStream> {
    // The row of each field's own line, and whether it is a choice.
    let mut places = BTreeMap::new();
    let mut row = 0;
    for (name, declared) in found {
        let own = declared.lines.iter().position(|line| line.variant_of.is_none()).unwrap_or(0);
        places.insert(name.to_string(), (row + own, declared.choice.is_some()));
        row += declared.lines.len();
    }
    let home = home();
    let depending =
        found.iter().filter_map(|(name, declared)| Some((name, declared.by_choice.as_ref()?)));
    let sets = gather(depending.map(|(name, by)| {
        let rows = rows_of_choices(&places, name, by)?;
        let value = &by.value;
        Ok(quote! {
            if matches!(idx, #(#rows)|* | #home::EVERY_CHOICE) {
                self.#name = #value;
            }
        })
    }))?;
    if sets.is_empty() {
        return Ok(TokenStream::new());
    }
    Ok(quote! {
        fn on_choice(&mut self, idx: usize) {
            #(#sets)*
        }
    })
}

fn default(input: &DeriveInput, found: &[(Ident, Declared)]) -> TokenStream {
    let (home, name) = (home(), &input.ident);
    let fields = found.iter().map(|(field, declared)| {
        let value = &declared.default;
        quote!(#field: #value)
    });
    let params = format_ident!("params");
    let body = match found.iter().any(|(_, declared)| declared.by_choice.is_some()) {
        false => quote!(Self { #(#fields),* }),
        true => quote! {
            let mut #params = Self { #(#fields),* };
            #home::Params::on_choice(&mut #params, #home::EVERY_CHOICE);
            #params
        },
    };
    quote! {
        #[automatically_derived]
        impl ::core::default::Default for #name {
            fn default() -> Self {
                #body
            }
        }
    }
}
