//! An enum's variants as `impl Figures` and `impl Draw`.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Data, DeriveInput, Error, Ident, LitStr, Result, Token};

use crate::attr::{Words, up_to_comma};
use crate::choice::snake_case;
use crate::line::home;
use crate::params::{gather, refuse_generics};

/// The word for each shape, and its name as a variant of `PanelKind` and of `Figure`.
const KINDS: [(&str, &str); 6] = [
    ("raster", "Raster"),
    ("trace", "Trace"),
    ("fields", "Fields"),
    ("curve", "Curve"),
    ("matrix", "Matrix"),
    ("lamps", "Lamps"),
];
const SHAPES: &str =
    "curve(x, y), trace(x, y), raster(x, y), fields(x, y), matrix(x, y) or lamps(x, y)";

/// A figure as its attribute declares it.
struct Declared<'a> {
    ident: &'a Ident,
    key: LitStr,
    /// An expression for its `Panel`.
    panel: TokenStream,
    kind: Ident,
    /// Makes it.
    draw: TokenStream,
    /// Finds the neuron that a click picks.
    pick: Option<TokenStream>,
}

/// What `#[derive(Figures)]` writes. Panels and what draws them stand in two impls: the page, which only shows
/// panels, does not carry the runs.
pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new(input.ident.span(), "figures are the variants of an enum"));
    };
    refuse_generics(input)?;
    let (run, figures) = (run(input)?, gather(data.variants.iter().map(declared))?);
    if figures.is_empty() {
        return Err(Error::new(input.ident.span(), "no figure to show"));
    }
    check_keys(&figures)?;
    let (lab, name, num) = (lab(), &input.ident, figures.len());
    let idents = figures.iter().map(|figure| figure.ident);
    let panels = figures.iter().map(|figure| &figure.panel);
    let draw = draw(&run, &figures);
    Ok(quote! {
        #[automatically_derived]
        impl #lab::Figures for #name {
            const ALL: &'static [Self] = &[#(Self::#idents),*];
            fn panel(self) -> #lab::Panel {
                static PANELS: [#lab::Panel; #num] = [#(#panels),*];
                PANELS[self as usize]
            }
        }
        #[automatically_derived]
        impl #lab::Draw<#run> for #name {
            #draw
        }
    })
}

fn lab() -> TokenStream {
    quote!(::stdp_playground::lab)
}

/// Whose figures they are.
fn run(input: &DeriveInput) -> Result<TokenStream> {
    let attr = input.attrs.iter().find(|attr| attr.path().is_ident("figures"));
    let mut words = attr.map_or_else(|| Ok(Words::none()), Words::of)?;
    let run = words.value("of")?;
    let span = attr.map_or(input.ident.span(), |_| words.span);
    words.finish("all figures")?;
    run.ok_or_else(|| Error::new(span, "whose figures? write #[figures(of = TheRun)]"))
}

fn declared(variant: &syn::Variant) -> Result<Declared<'_>> {
    let (ident, span) = (&variant.ident, variant.ident.span());
    if !variant.fields.is_empty() || variant.discriminant.is_some() {
        return Err(Error::new(span, "a figure is a name: without fields and without a number"));
    }
    let how = "#[figure(\"Title\", curve(x, y), draw = its_maker)]";
    let Some(attr) = variant.attrs.iter().find(|attr| attr.path().is_ident("figure")) else {
        return Err(Error::new(span, format!("what does it show? write {how}")));
    };
    let mut words = Words::of(attr)?;
    let title = match &words.texts[..] {
        [title] => title.clone(),
        [] => return Err(Error::new(words.span, format!("no title: write {how}"))),
        [_, more, ..] => return Err(Error::new(more.span(), "one title is enough")),
    };
    let key = match words.value("key")? {
        Some(key) => syn::parse2(key)?,
        None => LitStr::new(&snake_case(&ident.unraw().to_string()), span),
    };
    let (kind, axes) = kind_and_axes(&mut words)?;
    let draw = words.value("draw")?.ok_or_else(|| {
        let message = format!("who makes it? write `draw = f`, of fn(&TheRun, Tick) -> {kind}");
        Error::new(words.span, message)
    })?;
    let pick = words.value("pick")?;
    let panel = panel(&mut words, (&key, &title), (&kind, axes), pick.is_some())?;
    words.finish("a figure")?;
    Ok(Declared { ident, key, panel, kind, draw, pick })
}

/// Which shape of figure it is, and its two axes.
fn kind_and_axes(words: &mut Words) -> Result<(Ident, [TokenStream; 2])> {
    let mut found = None;
    for (word, kind) in KINDS {
        let Some((name, list)) = words.list(word)? else { continue };
        if found.is_some() {
            return Err(Error::new(name.span(), "one shape is enough"));
        }
        let axes = match &Parser::parse2(axes, list)?[..] {
            [x, y] => [x.clone(), y.clone()],
            _ => {
                let message = format!("two axes: write `{word}(horizontal, vertical)`");
                return Err(Error::new(name.span(), message));
            }
        };
        found = Some((format_ident!("{kind}"), axes));
    }
    found.ok_or_else(|| Error::new(words.span, format!("which shape? write {SHAPES}")))
}

fn axes(input: ParseStream) -> Result<Vec<TokenStream>> {
    let mut axes = Vec::new();
    while !input.is_empty() {
        axes.push(axis(up_to_comma(input)?)?);
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(axes)
}

/// `"quantity"`, `"quantity" in Unit`, or an expression.
fn axis(tokens: TokenStream) -> Result<TokenStream> {
    let Some(TokenTree::Literal(_)) = tokens.clone().into_iter().next() else { return Ok(tokens) };
    let parse = |input: ParseStream| {
        let label: LitStr = input.parse()?;
        if input.is_empty() {
            return Ok((label, quote!(None)));
        }
        let how = |error: Error| Error::new(error.span(), "write `\"quantity\" in Unit`");
        input.parse::<Token![in]>().map_err(how)?;
        Ok((label, input.parse::<Ident>().map_err(how)?.into_token_stream()))
    };
    let ((label, unit), lab, home) = (parse.parse2(tokens)?, lab(), home());
    Ok(quote!(#lab::Axis::new(#label, #home::Unit::#unit)))
}

fn panel(
    words: &mut Words,
    (key, title): (&LitStr, &LitStr),
    (kind, [x, y]): (&Ident, [TokenStream; 2]),
    pickable: bool,
) -> Result<TokenStream> {
    let lab = lab();
    let value = match words.value("value")? {
        Some(value) => axis(value)?,
        None => quote!(#lab::Axis::NONE),
    };
    let width = words.value("width")?.unwrap_or_else(|| quote!(Half));
    let other_seeds = words.flag("other_seeds")?;
    let hero = words.flag("hero")?;
    let grey = words.flag("grey")?;
    let drag = match words.value("drag")? {
        Some(drag) => quote!(::core::option::Option::Some(#drag)),
        None => quote!(::core::option::Option::None),
    };
    let plane = match words.value("plane")? {
        Some(plane) => quote!(::core::option::Option::Some(#plane)),
        None => quote!(::core::option::Option::None),
    };
    let neurons = words.value("neurons")?.unwrap_or_else(|| quote!(&[]));
    Ok(quote! {
        #lab::Panel {
            key: #key,
            title: #title,
            kind: #lab::PanelKind::#kind,
            x: #x,
            y: #y,
            value: #value,
            width: #lab::panel::Width::#width,
            pickable: #pickable,
            shows_other_seeds: #other_seeds,
            is_hero: #hero,
            is_grey: #grey,
            drag: #drag,
            plane: #plane,
            neurons: #neurons,
        }
    })
}

/// A key is a name in links: two figures of one would be one.
fn check_keys(figures: &[Declared]) -> Result<()> {
    for (place, figure) in figures.iter().enumerate() {
        let key = figure.key.value();
        if figures[..place].iter().any(|other| other.key.value() == key) {
            let message = format!("there is a figure `{key}` already");
            return Err(Error::new(figure.key.span(), message));
        }
    }
    Ok(())
}

/// The methods of `Draw`. Makers are named with the type that they must have, so that the compiler tells of another at
/// their names.
fn draw(run: &TokenStream, figures: &[Declared]) -> TokenStream {
    let tick = quote!(::stdp_playground::sim::Tick);
    let record = quote!(::stdp_playground::record);
    let makers = figures.iter().map(|Declared { ident, kind, draw, .. }| {
        quote! {
            Self::#ident => {
                let draw: fn(&#run, #tick) -> #record::figure::#kind = #draw;
                #record::Figure::#kind(draw(run, now))
            }
        }
    });
    let picks = figures.iter().filter_map(|Declared { ident, pick, .. }| {
        let pick = pick.as_ref()?;
        Some(quote! {
            Self::#ident => {
                let pick: fn(&#run, u32) -> ::core::option::Option<u32> = #pick;
                pick(run, item)
            }
        })
    });
    let picks: Vec<_> = picks.collect();
    let rest = (picks.len() < figures.len()).then(|| quote!(_ => ::core::option::Option::None,));
    let neuron_at = (!picks.is_empty()).then(|| {
        quote! {
            fn neuron_at(self, run: &#run, item: u32) -> ::core::option::Option<u32> {
                match self {
                    #(#picks)*
                    #rest
                }
            }
        }
    });
    quote! {
        fn draw(self, run: &#run, now: #tick) -> #record::Figure {
            match self {
                #(#makers)*
            }
        }
        #neuron_at
    }
}
