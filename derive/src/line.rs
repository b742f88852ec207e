//! One field's attributes as lines of the table.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Ident, LitStr, Member, Result, Token, Type};

use crate::attr::{Words, doc};

/// Where everything is that generated code names.
pub fn home() -> TokenStream {
    quote!(::stdp_playground::lab::param)
}

/// One line of the table.
pub struct Line {
    /// A group begins here.
    group: Option<TokenStream>,
    field: TokenStream,
    kind: TokenStream,
    /// The variant of `Slot` behind it.
    pub slot: Ident,
    /// The field of the type behind it.
    pub member: Member,
    /// Shown only then.
    pub when: Option<TokenStream>,
    /// What `#[variant_of]` names.
    pub variant_of: Option<Ident>,
}

impl Line {
    /// As an item of the table.
    pub fn row(&self) -> TokenStream {
        let (home, Self { field, kind, .. }) = (home(), self);
        let group = match &self.group {
            Some(group) => quote!(::core::option::Option::Some(#group)),
            None => quote!(::core::option::Option::None),
        };
        quote!(#home::Row { group: #group, field: #field, kind: #home::Kind::#kind })
    }
}

/// A value that depends on choices of the same struct.
pub struct ByChoice {
    /// Those choices; all of them if none are named.
    pub choices: Option<Vec<Ident>>,
    /// The value.
    pub value: TokenStream,
    /// Where it is said.
    pub span: Span,
}

/// A field as its attributes declare it.
pub struct Declared {
    /// Its lines in the order of the page.
    pub lines: Vec<Line>,
    /// Its value by default.
    pub default: TokenStream,
    /// What its value becomes when a choice is made.
    pub by_choice: Option<ByChoice>,
    /// A choice, and whether its variants' parameters come elsewhere.
    pub choice: Option<bool>,
}

/// What the value of a parameter is.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Float,
    Int,
    Flag,
    Text,
    Choice,
}

impl Of {
    fn type_(ty: &Type) -> Self {
        let Type::Path(path) = ty else { return Self::Choice };
        let name = path.path.segments.last().map(|segment| segment.ident.to_string());
        match name.as_deref() {
            Some("f64") => Self::Float,
            Some("u32") => Self::Int,
            Some("bool") => Self::Flag,
            Some("String") => Self::Text,
            _ => Self::Choice,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Float => "a number",
            Self::Int => "a whole number",
            Self::Flag => "a switch",
            Self::Text => "a text",
            Self::Choice => "a choice",
        }
    }

    fn slot(self) -> Ident {
        let name = match self {
            Self::Float => "Float",
            Self::Int => "Int",
            Self::Flag => "Flag",
            Self::Text => "Text",
            Self::Choice => "Choice",
        };
        format_ident!("{name}")
    }
}

/// What `field` declares. A field of a struct may say more than one of an enum's variant, which knows nothing of
/// its neighbours.
pub fn declared(field: &syn::Field, member: &Member, is_of_struct: bool) -> Result<Declared> {
    let (mut before, mut after, mut found) = (Vec::new(), Vec::new(), None);
    let mut group = None;
    for attr in &field.attrs {
        if attr.path().is_ident("group") {
            group = Some(group_of(attr)?);
        } else if attr.path().is_ident("variant_of") {
            let lines = if found.is_none() { &mut before } else { &mut after };
            lines.push(variant_line(attr, group.take(), is_of_struct)?);
        } else if attr.path().is_ident("param") || attr.path().is_ident("nest") {
            if found.is_some() {
                return Err(Error::new_spanned(attr, "one #[param] or #[nest] is enough"));
            }
            let is_nest = attr.path().is_ident("nest");
            let (declare, words) = (if is_nest { nest } else { param }, Words::of(attr)?);
            found = Some(declare(words, field, member, group.take(), is_of_struct)?);
        }
    }
    // What has no name can only be a nest, and need not say so.
    if found.is_none() && field.ident.is_none() {
        found = Some(nest(Words::none(), field, member, group.take(), is_of_struct)?);
    }
    let Some(mut found) = found else {
        let message = format!("`{}` has neither #[param(…)] nor #[nest]", name_of(member));
        return Err(Error::new(span_of(field), message));
    };
    if group.is_some() {
        return Err(Error::new(span_of(field), "nothing stands behind its #[group]"));
    }
    before.append(&mut found.lines);
    before.append(&mut after);
    Ok(Declared { lines: before, ..found })
}

fn span_of(field: &syn::Field) -> Span {
    match &field.ident {
        Some(ident) => ident.span(),
        None => field
            .ty
            .to_token_stream()
            .into_iter()
            .next()
            .map_or_else(Span::call_site, |token| token.span()),
    }
}

fn name_of(member: &Member) -> String {
    match member {
        Member::Named(ident) => ident.unraw().to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    }
}

fn group_of(attr: &Attribute) -> Result<TokenStream> {
    let words = Words::of(attr)?;
    let home = home();
    match &words.texts[..] {
        [key, label] => {
            let group = quote!(#home::Group { key: #key, label: #label });
            words.finish("a group")?;
            Ok(group)
        }
        _ => Err(Error::new(words.span, "write #[group(\"key\", \"Label\")]")),
    }
}

/// A table's line that has no value of its own needs no more than a name.
fn plain_field(key: &str) -> TokenStream {
    let home = home();
    quote!(#home::Field::new(#key, "", ""))
}

fn variant_line(attr: &Attribute, group: Option<TokenStream>, is_of_struct: bool) -> Result<Line> {
    let choice: Ident = attr.parse_args()?;
    if !is_of_struct {
        return Err(Error::new(choice.span(), "a variant has no choices beside it"));
    }
    Ok(Line {
        group,
        field: plain_field(&choice.unraw().to_string()),
        kind: quote!(VariantOf),
        slot: format_ident!("Choice"),
        member: choice.clone().into(),
        when: None,
        variant_of: Some(choice),
    })
}

fn nest(
    mut words: Words,
    _field: &syn::Field,
    member: &Member,
    group: Option<TokenStream>,
    is_of_struct: bool,
) -> Result<Declared> {
    let behind = match words.list("behind")? {
        Some((_, list)) => {
            let keys = Punctuated::<LitStr, Token![,]>::parse_terminated.parse2(list)?;
            keys.to_token_stream()
        }
        None => TokenStream::new(),
    };
    let default = words.value("default")?;
    let when = if is_of_struct { words.value("when")? } else { None };
    if let Some(text) = words.texts.first() {
        return Err(Error::new(text.span(), "a nest has no label; a #[group] has"));
    }
    words.finish("a nest")?;
    let line = Line {
        group,
        field: plain_field(&name_of(member)),
        kind: quote!(Nest { behind: &[#behind] }),
        slot: format_ident!("Nest"),
        member: member.clone(),
        when,
        variant_of: None,
    };
    let default = default.unwrap_or_else(by_itself);
    Ok(Declared { lines: vec![line], default, by_choice: None, choice: None })
}

fn by_itself() -> TokenStream {
    quote!(::core::default::Default::default())
}

fn param(
    mut words: Words,
    field: &syn::Field,
    member: &Member,
    group: Option<TokenStream>,
    is_of_struct: bool,
) -> Result<Declared> {
    if field.ident.is_none() {
        return Err(Error::new(words.span, "what has no name is a nest"));
    }
    let of = Of::type_(&field.ty);
    let field_row = field_row(&mut words, field, member)?;
    let is_split = is_of_struct && of == Of::Choice && words.flag("split")?;
    let kind = kind(of, is_split, &mut words)?;
    let mut when = None;
    let mut by_choice = None;
    if is_of_struct {
        when = words.value("when")?;
        by_choice = by_choice_of(&mut words)?;
    }
    let default = match (words.value("default")?, &by_choice) {
        (Some(_), Some(by_choice)) => {
            return Err(Error::new(by_choice.span, "either `default` or `by_choice`"));
        }
        (None, None) if of != Of::Choice => {
            return Err(Error::new(span_of(field), "no default: write `default = …`"));
        }
        (Some(value), None) if of == Of::Text => quote!(::std::string::String::from(#value)),
        (Some(value), None) => value,
        (None, _) => by_itself(),
    };
    words.finish(of.word())?;
    let line = Line {
        group,
        field: field_row,
        kind,
        slot: of.slot(),
        member: member.clone(),
        when,
        variant_of: None,
    };
    Ok(Declared {
        lines: vec![line],
        default,
        by_choice,
        choice: (of == Of::Choice).then_some(is_split),
    })
}

fn by_choice_of(words: &mut Words) -> Result<Option<ByChoice>> {
    let Some((name, list, value)) = words.list_and_value("by_choice")? else { return Ok(None) };
    let parse = Punctuated::<Ident, Token![,]>::parse_terminated;
    let choices = match list {
        Some(list) => Some(parse.parse2(list)?.into_iter().collect()),
        None => None,
    };
    Ok(Some(ByChoice { choices, value, span: name.span() }))
}

/// All but the value.
fn field_row(words: &mut Words, field: &syn::Field, member: &Member) -> Result<TokenStream> {
    let home = home();
    let label = words.label()?;
    let key = match words.value("key")? {
        Some(key) => key,
        None => name_of(member).to_token_stream(),
    };
    let symbol = words.value("symbol")?.unwrap_or_else(|| quote!(""));
    let unit = words.value("unit")?.unwrap_or_else(|| quote!(None));
    let (live, main) = (words.flag("live")?, words.flag("main")?);
    let help = doc(&field.attrs).ok_or_else(|| {
        Error::new(span_of(field), "no help: write a doc comment, which the page shows")
    })?;
    Ok(quote!(#home::Field {
        key: #key,
        label: #label,
        symbol: #symbol,
        unit: #home::Unit::#unit,
        help: #help,
        live: #live,
        main: #main,
    }))
}

fn kind(of: Of, is_split: bool, words: &mut Words) -> Result<TokenStream> {
    let home = home();
    let span = words.span;
    let mut range = |how: &str| {
        let missing = || Error::new(span, format!("no range: write `range = {how}`"));
        words.value("range")?.ok_or_else(missing)
    };
    Ok(match of {
        Of::Float => {
            let range = float_range(range("linear(least, greatest, step)")?)?;
            quote!(Float(#range))
        }
        Of::Int => {
            let range = int_range(range("least..=greatest")?)?;
            quote!(Int(#range))
        }
        Of::Flag => quote!(Flag),
        Of::Text => {
            let rule = words
                .value("text")?
                .ok_or_else(|| Error::new(span, "no rule: write `text = its::rule`"))?;
            let line = || quote!(#home::TextEditor::Line);
            let editor = words.value("editor")?.unwrap_or_else(line);
            quote!(Text(#editor, #rule))
        }
        Of::Choice if is_split => quote!(SplitChoice),
        Of::Choice => quote!(Choice),
    })
}

/// `linear(…)` and `log(…)` are those of `FloatRange`; anything else is an expression.
fn float_range(range: TokenStream) -> Result<TokenStream> {
    if let Some((dots, _, _)) = split_at_dots(&range) {
        let message = "a slider needs a step: write linear(least, greatest, step) or log(…)";
        return Err(Error::new(dots, message));
    }
    let tokens: Vec<TokenTree> = range.clone().into_iter().collect();
    match &tokens[..] {
        [TokenTree::Ident(how), TokenTree::Group(_)] if how == "linear" || how == "log" => {
            let home = home();
            Ok(quote!(#home::FloatRange::#range))
        }
        _ => Ok(range),
    }
}

/// `least..=greatest`, or any expression.
fn int_range(range: TokenStream) -> Result<TokenStream> {
    let home = home();
    match split_at_dots(&range) {
        Some((_, min, Some(max))) => Ok(quote!(#home::IntRange { min: #min, max: #max })),
        Some((dots, _, None)) => Err(Error::new(dots, "both ends belong to it: write `..=`")),
        None => Ok(range),
    }
}

/// Where the dots are, and what is before and behind `..=`; nothing behind if the dots are others.
fn split_at_dots(range: &TokenStream) -> Option<(Span, TokenStream, Option<TokenStream>)> {
    let tokens: Vec<TokenTree> = range.clone().into_iter().collect();
    let is = |place: usize, wanted: char| matches!(tokens.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted);
    let at = (0..tokens.len()).find(|at| is(*at, '.') && is(at + 1, '.'))?;
    let before = tokens[..at].iter().cloned().collect();
    let behind = is(at + 2, '=').then(|| tokens[at + 3..].iter().cloned().collect());
    Some((tokens[at].span(), before, behind))
}
