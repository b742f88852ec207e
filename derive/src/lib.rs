//! `#[derive(Params)]` and `#[derive(Choice)]`: a parameter is declared once, at its field. `#[derive(Figures)]`: a
//! figure is declared once, at its name.
//!
//! The first two write a table of rows and a way to get at the value behind each row; the loops over the tables
//! are in `stdp_playground::lab::param`, once for all experiments, so that the page does not grow with every
//! parameter. The third writes a table of panels. Nothing here knows an experiment.
//!
//! ```text
//! attr     words of an attribute, such as `unit = Ms` in #[param("Window", unit = Ms)]
//! line     one field's attributes as lines of the table
//! params   a struct's lines as `impl Params` and `impl Default`
//! choice   an enum's variants as `impl Choice`, `impl Params` and `impl Default`
//! figures  an enum's variants as `impl Figures` and `impl Draw`
//! ```
//! What may be written is shown in `stdp_playground::lab::param` and `stdp_playground::lab::panel`.

mod attr;
mod choice;
mod figures;
mod line;
mod params;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// The parameters that a struct's fields declare.
#[proc_macro_derive(Params, attributes(param, nest, group, variant_of, params))]
pub fn derive_params(input: TokenStream) -> TokenStream {
    written(syn::parse(input).and_then(|input| params::derive(&input)))
}

/// The alternatives that an enum's variants declare, and the parameters that each brings.
#[proc_macro_derive(Choice, attributes(choice, param, nest, group, params, default))]
pub fn derive_choice(input: TokenStream) -> TokenStream {
    written(syn::parse(input).and_then(|input| choice::derive(&input)))
}

/// The figures that an enum's variants declare.
#[proc_macro_derive(Figures, attributes(figure, figures))]
pub fn derive_figures(input: TokenStream) -> TokenStream {
    written(syn::parse(input).and_then(|input| figures::derive(&input)))
}

fn written(result: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    result.unwrap_or_else(syn::Error::into_compile_error).into()
}
