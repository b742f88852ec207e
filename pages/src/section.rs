//! A page cut at its headings, and what all readers of sections need: plain text, paragraphs, points of lists.

use crate::fault::Fault;
use crate::outline::{Block, Item, Kind, Span};
use crate::when::When;

/// What stands under a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The heading's line.
    pub line: usize,
    /// The heading's text.
    pub name: String,
    /// Everything up to the next heading of this depth.
    pub blocks: Vec<Block>,
}

/// Cuts at the headings of one depth: what stands above the first, and the sections.
pub fn cut(blocks: Vec<Block>, depth: usize) -> Result<(Vec<Block>, Vec<Section>), Fault> {
    let mut above = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    for block in blocks {
        match block.kind {
            Kind::Heading(found, _, spans) if found == depth => {
                let name = text(&spans, block.line)?;
                sections.push(Section { line: block.line, name, blocks: Vec::new() });
            }
            kind => {
                let block = Block { line: block.line, kind };
                match sections.last_mut() {
                    Some(section) => section.blocks.push(block),
                    None => above.push(block),
                }
            }
        }
    }
    Ok((above, sections))
}

impl Section {
    /// A fault of this section.
    pub fn fault(&self, found: &str, expected: &str, cure: &str) -> Fault {
        Fault::new(self.line, format!("{found} under '{}'", self.name), expected, cure)
    }

    /// Its only paragraph.
    pub fn paragraph(&self) -> Result<String, Fault> {
        match &self.blocks[..] {
            [Block { line, kind: Kind::Paragraph(spans) }] => text(spans, *line),
            _ => Err(self.fault(
                &format!("{} blocks", self.blocks.len()),
                "one paragraph",
                "write it without lists and empty lines",
            )),
        }
    }

    /// The points of its only list.
    pub fn items(&self) -> Result<&[Item], Fault> {
        list(&self.blocks).ok_or_else(|| {
            self.fault("something else", "one list", "begin each point with '- ' or '1. '")
        })
    }
}

/// The points, if the blocks are one list.
pub fn list(blocks: &[Block]) -> Option<&[Item]> {
    match blocks {
        [Block { kind: Kind::List(items), .. }] => Some(items),
        _ => None,
    }
}

/// Begins the code that says which tests prove a sentence. It stands at the sentence's end and is not shown.
pub const PROOF: &str = "proof:";

/// The spans without the code that says what proves them.
pub fn without_proof(spans: &[Span]) -> &[Span] {
    match spans {
        [rest @ .., Span::Code(code)] if code.starts_with(PROOF) => rest,
        spans => spans,
    }
}

/// `` `when: rule=triplet` ``.
pub fn condition(code: &str, line: usize) -> Result<When, Fault> {
    let expected = "`when: key=value`, `when: key=one|other&key>0`";
    let Some(test) = code.strip_prefix("when:") else {
        return Err(Fault::new(line, format!("`{code}`"), expected, "write 'when:' before it"));
    };
    match When::read_alternative(test) {
        Ok(tests) => Ok(When(vec![tests])),
        Err(why) => Err(Fault::new(line, why, expected, "mend the condition")),
    }
}

/// Plain text.
pub fn text(spans: &[Span], line: usize) -> Result<String, Fault> {
    match without_proof(spans) {
        [Span::Text(text)] => Ok(text.trim().into()),
        [] => Err(Fault::new(line, "nothing", "text", "write it")),
        _ => {
            let found = spans.iter().find(|span| !matches!(span, Span::Text(_)));
            let found = match found {
                Some(Span::Code(code)) => format!("`{code}`"),
                Some(Span::Strong(strong)) => format!("**{strong}**"),
                Some(Span::Link(text, _)) => format!("a link, [{text}]"),
                Some(Span::Math(_)) => "an equation".into(),
                Some(Span::Text(_)) | None => "pieces of text".into(),
            };
            Err(Fault::new(line, found, "plain text", "write it without marks"))
        }
    }
}

/// The spans of a point that is one paragraph.
pub fn spans(item: &Item) -> Result<&[Span], Fault> {
    match &item.blocks[..] {
        [Block { kind: Kind::Paragraph(spans), .. }] => Ok(spans),
        _ => Err(Fault::new(
            item.line,
            "a point with several paragraphs, lists or code",
            "one paragraph",
            "make it several points",
        )),
    }
}

/// Points that are plain text.
pub fn plain_items(section: &Section) -> Result<Vec<String>, Fault> {
    section.items()?.iter().map(|item| text(spans(item)?, item.line)).collect()
}
