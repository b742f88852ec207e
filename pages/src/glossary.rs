//! The site's terms, each explained where a story first uses it: shown on hover and focus, and read out.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::fault::{Error, Fault};
use crate::html::escape;
use crate::outline::{self, Kind, Span};
use crate::prose::prose;
use crate::section::text;

/// Terms with their definitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Glossary {
    /// The longest first, so that MSTDP is not taken for STDP.
    terms: Vec<(String, String)>,
}

impl Glossary {
    /// Reads a list of `- **term** Definition.` under a heading.
    ///
    /// # Errors
    /// At the first line that is not as it should be.
    pub fn read(file: &str, markdown: &str) -> Result<Self, Error> {
        terms(markdown)
            .map(|terms| Self { terms })
            .map_err(|fault| Error { file: file.into(), fault })
    }
}

fn terms(markdown: &str) -> Result<Vec<(String, String)>, Fault> {
    let mut terms = Vec::new();
    for block in outline::read(markdown, 1)? {
        let Kind::List(items) = block.kind else { continue };
        for item in items {
            let spans = crate::section::spans(&item)?;
            let [Span::Strong(term), rest @ ..] = spans else {
                let expected = "'- **term** Definition.'";
                return Err(Fault::new(
                    item.line,
                    "a point without a term",
                    expected,
                    "write it so",
                ));
            };
            terms.push((term.clone(), text(rest, item.line)?));
        }
    }
    terms.sort_by_key(|(term, _)| std::cmp::Reverse(term.len()));
    Ok(terms)
}

/// Explains terms in one page: in each story the first use of each.
pub struct Explainer<'g> {
    glossary: &'g Glossary,
    explained: RefCell<BTreeSet<(String, usize)>>,
}

impl<'g> Explainer<'g> {
    /// Nothing is explained yet.
    pub fn new(glossary: &'g Glossary) -> Self {
        Self { glossary, explained: RefCell::default() }
    }

    /// Text of a story as HTML, with its new terms explained.
    pub fn html(&self, story: &str, text: &str) -> String {
        // Where an explained term stands, so that a shorter one within it is left alone.
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (place, (term, _)) in self.glossary.terms.iter().enumerate() {
            let Some((from, to)) = find(text, term) else { continue };
            if found.iter().any(|(_, before, end)| from < *end && *before < to) {
                continue;
            }
            if self.explained.borrow_mut().insert((story.into(), place)) {
                found.push((place, from, to));
            }
        }
        found.sort_by_key(|(_, from, _)| *from);
        let (mut html, mut done) = (String::new(), 0);
        for (place, from, to) in found {
            let (term, definition) =
                (escape(&text[from..to]), escape(&self.glossary.terms[place].1));
            html += &prose(&text[done..from]);
            html += &format!(
                "<dfn tabindex=\"0\">{term}<span class=\"definition\"> ({definition})</span></dfn>"
            );
            done = to;
        }
        html + &prose(&text[done..])
    }
}

/// The first place where `term` stands as words of their own, in capitals or not.
fn find(text: &str, term: &str) -> Option<(usize, usize)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    // Terms and texts with other letters keep their length in lower case, or are not found.
    let (lower, wanted) = (text.to_lowercase(), term.to_lowercase());
    if lower.len() != text.len() {
        return text.find(term).map(|from| (from, from + term.len()));
    }
    lower
        .match_indices(&wanted)
        .map(|(from, _)| (from, from + wanted.len()))
        .find(|&(from, to)| !text[..from].ends_with(is_part) && !text[to..].starts_with(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glossary() -> Glossary {
        let text =
            "# Terms\n\n- **STDP** A rule.\n- **MSTDP** Another & more.\n- **frozen twin** A copy.";
        Glossary::read("glossary.md", text).expect("a glossary")
    }

    #[test]
    fn a_term_is_explained_once_in_each_story() {
        let glossary = glossary();
        let explainer = Explainer::new(&glossary);
        let first = explainer.html("demo", "MSTDP, then STDP < STDP; a Frozen twin");
        assert_eq!(
            first,
            "<dfn tabindex=\"0\">MSTDP<span class=\"definition\"> (Another &amp; more.)</span></dfn>, then \
             <dfn tabindex=\"0\">STDP<span class=\"definition\"> (A rule.)</span></dfn> &lt; STDP; a \
             <dfn tabindex=\"0\">Frozen twin<span class=\"definition\"> (A copy.)</span></dfn>"
        );
        assert_eq!(explainer.html("demo", "STDP"), "STDP");
        assert!(explainer.html("other", "STDP").contains("dfn"));
    }

    #[test]
    fn parts_of_words_are_no_terms_and_slips_are_told() {
        let glossary = glossary();
        let explainer = Explainer::new(&glossary);
        assert_eq!(explainer.html("demo", "R-STDP and STDPs"), "R-STDP and STDPs");
        let error = Glossary::read("glossary.md", "- STDP A rule.").expect_err("no term");
        assert!(error.to_string().contains("glossary.md:1"), "{error}");
    }
}
