//! An enum's variants as `impl Choice`, `impl Params` and `impl Default`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Error, Ident, Member, Result};

use crate::attr::{Words, doc};
use crate::line::{Declared, Line, declared, home};
use crate::params::{gather, own_problems, refuse_generics};

/// A variant as its attributes declare it.
struct Variant<'a> {
    ident: &'a Ident,
    alternative: TokenStream,
    fields: Vec<(Member, Declared)>,
    is_default: bool,
}

impl Variant<'_> {
    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.fields.iter().flat_map(|(_, declared)| &declared.lines)
    }

    /// The variant with its own defaults.
    fn value(&self) -> TokenStream {
        let ident = self.ident;
        let fields = self.fields.iter().map(|(member, declared)| {
            let value = &declared.default;
            quote!(#member: #value)
        });
        quote!(Self::#ident { #(#fields),* })
    }
}

/// What `#[derive(Choice)]` writes.
pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new(input.ident.span(), "a struct derives Params"));
    };
    refuse_generics(input)?;
    let variants = gather(data.variants.iter().map(variant))?;
    let Some(first) = variants.first() else {
        return Err(Error::new(input.ident.span(), "nothing to choose from"));
    };
    let default = variants.iter().find(|variant| variant.is_default).unwrap_or(first).value();
    let (rows, problems) = (rows_and_slot(&variants), own_problems(&input.attrs)?);
    let choice = choice(&input.ident, &variants);
    let (home, name) = (home(), &input.ident);
    let alternatives = variants.iter().map(|variant| &variant.alternative);
    Ok(quote! {
        impl #name {
            /// Its alternatives, in the order of the form.
            pub const ALTERNATIVES: &'static [#home::Alternative] = &[#(#alternatives),*];
        }
        #[automatically_derived]
        impl ::core::default::Default for #name {
            fn default() -> Self {
                #default
            }
        }
        #[automatically_derived]
        impl #home::Params for #name {
            #rows
            #problems
        }
        #choice
    })
}

fn variant(variant: &syn::Variant) -> Result<Variant<'_>> {
    let fields = gather(variant.fields.iter().enumerate().map(|(place, field)| {
        let member: Member = match &field.ident {
            Some(name) => name.clone().into(),
            None => place.into(),
        };
        Ok((member.clone(), declared(field, &member, false)?))
    }));
    let alternative = match (alternative(variant), &fields) {
        (Ok(alternative), _) => alternative,
        (Err(error), Ok(_)) => return Err(error),
        (Err(mut error), Err(more)) => {
            error.combine(more.clone());
            return Err(error);
        }
    };
    let is_default = variant.attrs.iter().any(|attr| attr.path().is_ident("default"));
    Ok(Variant { ident: &variant.ident, alternative, fields: fields?, is_default })
}

fn alternative(variant: &syn::Variant) -> Result<TokenStream> {
    let span = variant.ident.span();
    let Some(attr) = variant.attrs.iter().find(|attr| attr.path().is_ident("choice")) else {
        return Err(Error::new(span, "no label: write #[choice(\"label\")]"));
    };
    let mut words = Words::of(attr)?;
    let label = words.label()?;
    let key = match words.value("key")? {
        Some(key) => key,
        None => snake_case(&variant.ident.unraw().to_string()).to_token_stream(),
    };
    let help = match (words.value("help")?, doc(&variant.attrs)) {
        (Some(help), _) => help,
        (None, Some(help)) => help.to_token_stream(),
        (None, None) => {
            return Err(Error::new(span, "no help: write a doc comment, which the page shows"));
        }
    };
    words.finish("an alternative")?;
    let home = home();
    Ok(quote!(#home::Alternative { key: #key, label: #label, help: #help }))
}

/// The key of a name that has none of its own.
pub fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (place, c) in name.chars().enumerate() {
        if place > 0 && c.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

/// The table of the present variant; nothing where no variant has any.
fn rows_and_slot(variants: &[Variant]) -> TokenStream {
    if variants.iter().all(|variant| variant.fields.is_empty()) {
        return TokenStream::new();
    }
    let home = home();
    let (mut tables, mut slots) = (Vec::new(), Vec::new());
    for variant in variants.iter().filter(|variant| !variant.fields.is_empty()) {
        let ident = variant.ident;
        let rows = variant.lines().map(Line::row);
        tables.push(quote!(Self::#ident { .. } => const { &[#(#rows),*] as &[#home::Row] }));
        for (idx, line) in variant.lines().enumerate() {
            let Line { slot, member, .. } = line;
            slots.push(
                quote!((Self::#ident { #member: value, .. }, #idx) => #home::Slot::#slot(value)),
            );
        }
    }
    if tables.len() < variants.len() {
        tables.push(quote!(_ => &[]));
    }
    quote! {
        fn rows(&self) -> &'static [#home::Row] {
            match self {
                #(#tables,)*
            }
        }
        fn slot(&mut self, idx: usize) -> #home::Slot<'_> {
            match (self, idx) {
                #(#slots,)*
                _ => #home::no_slot(idx),
            }
        }
    }
}

fn choice(name: &Ident, variants: &[Variant]) -> TokenStream {
    let home = home();
    let places = variants
        .iter()
        .enumerate()
        .map(|(place, Variant { ident, .. })| quote!(Self::#ident { .. } => #place));
    let values = variants.iter().enumerate().map(|(place, variant)| {
        let value = variant.value();
        quote!(#place => #value)
    });
    quote! {
        #[automatically_derived]
        impl #home::Choice for #name {
            fn alternatives(&self) -> &'static [#home::Alternative] {
                Self::ALTERNATIVES
            }
            fn place(&self) -> usize {
                match self {
                    #(#places,)*
                }
            }
            fn set_place(&mut self, place: usize) {
                *self = match place {
                    #(#values,)*
                    _ => #home::no_place(place),
                };
            }
        }
    }
}
