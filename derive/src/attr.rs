//! The words of an attribute: `("Label", unit = Ms, behind("a", "b"), live)`.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Error, Ident, LitStr, Result, Token, parenthesized};

/// `name`, `name = value`, `name(list)` or `name(list) = value`.
struct Word {
    name: Ident,
    list: Option<TokenStream>,
    value: Option<TokenStream>,
}

/// What an attribute says. Words are taken out one after the other; one that nobody takes is an error.
pub struct Words {
    /// The literals in front.
    pub texts: Vec<LitStr>,
    words: Vec<Word>,
    /// Where the attribute is.
    pub span: Span,
}

impl Words {
    /// Those of an attribute that is not there.
    pub fn none() -> Self {
        Self { texts: Vec::new(), words: Vec::new(), span: Span::call_site() }
    }

    /// Those of this attribute; none of one without parentheses.
    pub fn of(attr: &Attribute) -> Result<Self> {
        let span = attr.path().get_ident().map_or_else(Span::call_site, Ident::span);
        if let syn::Meta::Path(_) = attr.meta {
            return Ok(Self { span, ..Self::none() });
        }
        let words: Self = attr.parse_args()?;
        Ok(Self { span, ..words })
    }

    fn take(&mut self, name: &str) -> Option<Word> {
        let place = self.words.iter().position(|word| word.name == name)?;
        Some(self.words.remove(place))
    }

    /// Whether `name` is there, which has no value.
    pub fn flag(&mut self, name: &str) -> Result<bool> {
        match self.take(name) {
            None => Ok(false),
            Some(Word { list: None, value: None, .. }) => Ok(true),
            Some(word) => Err(Error::new(word.name.span(), format!("`{name}` stands alone"))),
        }
    }

    /// What stands behind `name =`.
    pub fn value(&mut self, name: &str) -> Result<Option<TokenStream>> {
        match self.take(name) {
            None => Ok(None),
            Some(Word { list: None, value: Some(value), .. }) => Ok(Some(value)),
            Some(word) => Err(Error::new(word.name.span(), format!("write `{name} = …`"))),
        }
    }

    /// The name itself and what stands in `name(…)`.
    pub fn list(&mut self, name: &str) -> Result<Option<(Ident, TokenStream)>> {
        match self.take(name) {
            None => Ok(None),
            Some(Word { name, list: Some(list), value: None }) => Ok(Some((name, list))),
            Some(word) => Err(Error::new(word.name.span(), format!("write `{name}(…)`"))),
        }
    }

    /// The name itself, the list and the value of `name = …` or `name(…) = …`.
    pub fn list_and_value(
        &mut self,
        name: &str,
    ) -> Result<Option<(Ident, Option<TokenStream>, TokenStream)>> {
        match self.take(name) {
            None => Ok(None),
            Some(Word { name, list, value: Some(value) }) => Ok(Some((name, list, value))),
            Some(word) => {
                Err(Error::new(word.name.span(), format!("write `{name}(a_choice) = …`")))
            }
        }
    }

    /// The one literal in front, or what stands behind `label =`.
    pub fn label(&mut self) -> Result<TokenStream> {
        if let Some(label) = self.value("label")? {
            return Ok(label);
        }
        match &self.texts[..] {
            [label] => Ok(label.to_token_stream()),
            [] => Err(Error::new(self.span, "no label: write it in front, as in (\"Label\", …)")),
            [_, more, ..] => Err(Error::new(more.span(), "one label is enough")),
        }
    }

    /// Refuses what nobody took. `whose` is what the attribute is about.
    pub fn finish(self, whose: &str) -> Result<()> {
        let Some(word) = self.words.first() else { return Ok(()) };
        let message = format!("`{}` says nothing about {whose}", word.name);
        Err(Error::new(word.name.span(), message))
    }
}

impl Parse for Words {
    fn parse(input: ParseStream) -> Result<Self> {
        let (mut texts, mut words) = (Vec::new(), Vec::new());
        while !input.is_empty() {
            if input.peek(LitStr) {
                texts.push(input.parse()?);
            } else {
                words.push(word(input)?);
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(Self { texts, words, span: Span::call_site() })
    }
}

fn word(input: ParseStream) -> Result<Word> {
    let name = input.call(Ident::parse_any)?;
    let mut list = None;
    if input.peek(syn::token::Paren) {
        let content;
        parenthesized!(content in input);
        list = Some(content.parse::<TokenStream>()?);
    }
    let mut value = None;
    if input.parse::<Option<Token![=]>>()?.is_some() {
        value = Some(up_to_comma(input)?);
        if value.as_ref().is_some_and(TokenStream::is_empty) {
            return Err(Error::new(name.span(), format!("nothing behind `{name} =`")));
        }
    }
    Ok(Word { name, list, value })
}

/// An expression is left to the compiler, so that this crate can do without all of Rust's grammar: it ends at
/// the next comma outside brackets.
pub fn up_to_comma(input: ParseStream) -> Result<TokenStream> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    Ok(tokens)
}

/// The doc comment's lines in one; none if there is no text.
pub fn doc(attrs: &[Attribute]) -> Option<String> {
    let mut text = String::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        if let syn::Meta::NameValue(pair) = &attr.meta
            && let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }) = &pair.value
        {
            text.push_str(line.value().trim());
            text.push(' ');
        }
    }
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_string())
}
