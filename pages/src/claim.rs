//! What a page claims, and what proves it: `` A sentence. `proof: file::test` ``, with commas between several tests.

use crate::fault::{Error, Fault};
use crate::front;
use crate::outline::{self, Block, Item, Kind, Span};
use crate::section::PROOF;

/// A sentence, or a few, with what proves them.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The heading it stands under.
    pub section: String,
    /// Its line in the file.
    pub line: usize,
    /// What it says.
    pub text: String,
    /// The tests behind it, as `file::function`.
    pub proofs: Vec<String>,
}

/// Everything in a `page.md` that claims something: what to notice, why a prediction is right, and whatever else names
/// a proof.
///
/// # Errors
/// If the file cannot be read.
pub fn claims(file: &str, text: &str) -> Result<Vec<Claim>, Error> {
    let blocks = front::read(text).and_then(|(_, body, line)| outline::read(body, line));
    let blocks = blocks.map_err(|fault: Fault| Error { file: file.into(), fault })?;
    let mut all = Vec::new();
    let mut section = String::new();
    for Block { line, kind } in blocks {
        match kind {
            Kind::Heading(_, _, spans) => section = plain(&spans),
            Kind::Paragraph(spans) => add(&mut all, &section, line, &spans),
            Kind::List(items) => {
                for Item { line, blocks, .. } in items {
                    if let [Block { kind: Kind::Paragraph(spans), .. }, ..] = &blocks[..] {
                        add(&mut all, &section, line, spans);
                    }
                }
            }
            Kind::Code(..) => {}
        }
    }
    Ok(all)
}

fn add(all: &mut Vec<Claim>, section: &str, line: usize, spans: &[Span]) {
    let text = plain(spans);
    let named = match spans.last() {
        Some(Span::Code(code)) => code.strip_prefix(PROOF),
        _ => None,
    };
    let proofs = named.unwrap_or_default().split(',').map(|name| name.trim().to_string());
    let proofs: Vec<String> = proofs.filter(|name| !name.is_empty()).collect();
    if section == "Notice" || text.starts_with("Because:") || !proofs.is_empty() {
        all.push(Claim { section: section.into(), line, text, proofs });
    }
}

/// Text without marks and conditions.
fn plain(spans: &[Span]) -> String {
    let words = spans.iter().map(|span| match span {
        Span::Text(text) | Span::Strong(text) | Span::Link(text, _) => text.as_str(),
        Span::Code(_) | Span::Math(_) => "",
    });
    words.collect::<String>().trim().into()
}
