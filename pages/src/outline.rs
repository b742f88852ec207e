//! Markdown as a small tree: headings, paragraphs, lists and code, each with its line. What a page has no use for
//! (emphasis, HTML, tables) is a fault here, so that nothing an author writes is lost without a word.

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag, TagEnd};

use crate::fault::Fault;

/// A part of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Where it begins.
    pub line: usize,
    /// What it is.
    pub kind: Kind,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `# …` with its depth and `{#id}`.
    Heading(usize, Option<String>, Vec<Span>),
    /// Text.
    Paragraph(Vec<Span>),
    /// A list, numbered or not.
    List(Vec<Item>),
    /// A fenced block with the word behind its fence.
    Code(String, String),
}

/// A point of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Where it begins.
    pub line: usize,
    /// Whether its box `[x]` is ticked, if it has one.
    pub ticked: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// Plain.
    Text(String),
    /// `` `code` ``.
    Code(String),
    /// `**strong**`.
    Strong(String),
    /// `[text](url)`.
    Link(String, String),
    /// `$$LaTeX$$`.
    Math(String),
}

/// The blocks of `text`, whose first line is number `first_line` of its file.
///
/// # Errors
/// If there is something in it that pages have no use for.
pub fn read(text: &str, first_line: usize) -> Result<Vec<Block>, Fault> {
    let options = Options::ENABLE_MATH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(text, options).into_offset_iter().peekable();
    let mut reader = Reader { text, first_line, events };
    let mut blocks = Vec::new();
    while let Some((event, range)) = reader.events.next() {
        let line = reader.line(&range);
        match event {
            Event::Start(tag) => blocks.push(reader.block(tag, line)?),
            other => return Err(odd(&other, line)),
        }
    }
    Ok(blocks)
}

struct Reader<'t> {
    text: &'t str,
    first_line: usize,
    events: Peekable<OffsetIter<'t>>,
}

impl<'t> Reader<'t> {
    fn line(&self, range: &Range<usize>) -> usize {
        self.first_line + self.text[..range.start].matches('\n').count()
    }

    /// The block that begins with `tag`, up to its end.
    fn block(&mut self, tag: Tag<'t>, line: usize) -> Result<Block, Fault> {
        let kind = match tag {
            Tag::Heading { level, id, .. } => {
                Kind::Heading(level as usize, id.map(String::from), self.spans()?)
            }
            Tag::Paragraph => Kind::Paragraph(self.spans()?),
            Tag::List(_) => Kind::List(self.items()?),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    pulldown_cmark::CodeBlockKind::Fenced(info) => info.to_string(),
                    pulldown_cmark::CodeBlockKind::Indented => String::new(),
                };
                Kind::Code(info, self.plain(TagEnd::CodeBlock)?)
            }
            other => return Err(odd(&Event::Start(other), line)),
        };
        Ok(Block { line, kind })
    }

    fn items(&mut self) -> Result<Vec<Item>, Fault> {
        let mut items = Vec::new();
        while let Some((event, range)) = self.events.next() {
            let line = self.line(&range);
            match event {
                Event::Start(Tag::Item) => items.push(self.item(line)?),
                _ => break,
            }
        }
        Ok(items)
    }

    fn item(&mut self, line: usize) -> Result<Item, Fault> {
        let mut item = Item { line, ticked: None, blocks: Vec::new() };
        loop {
            let next = self.events.peek().map(|(event, range)| (event.clone(), range.clone()));
            let Some((event, range)) = next else { return Ok(item) };
            let line = self.line(&range);
            match event {
                Event::End(TagEnd::Item) => {
                    self.events.next();
                    return Ok(item);
                }
                Event::TaskListMarker(ticked) => {
                    self.events.next();
                    item.ticked = Some(ticked);
                }
                Event::Start(
                    tag @ (Tag::Paragraph | Tag::List(_) | Tag::CodeBlock(_) | Tag::Heading { .. }),
                ) => {
                    self.events.next();
                    // In a list with empty lines between its points the box stands within the paragraph.
                    if let Some((Event::TaskListMarker(ticked), _)) = self.events.peek() {
                        item.ticked = Some(*ticked);
                        self.events.next();
                    }
                    item.blocks.push(self.block(tag, line)?);
                }
                _ => item.blocks.push(Block { line, kind: Kind::Paragraph(self.spans()?) }),
            }
        }
    }

    /// Inline text up to the end of what it stands in, or to the next block in a list without empty lines.
    fn spans(&mut self) -> Result<Vec<Span>, Fault> {
        let mut spans = Vec::new();
        loop {
            match self.events.peek() {
                None
                | Some((
                    Event::End(TagEnd::Item) | Event::Start(Tag::List(_) | Tag::CodeBlock(_)),
                    _,
                )) => return Ok(spans),
                Some(_) => {}
            }
            let Some((event, range)) = self.events.next() else { return Ok(spans) };
            let line = self.line(&range);
            match event {
                Event::End(_) => return Ok(spans),
                Event::Text(text) => push_text(&mut spans, &text),
                Event::SoftBreak | Event::HardBreak => push_text(&mut spans, " "),
                Event::Code(code) => spans.push(Span::Code(code.into())),
                Event::DisplayMath(latex) => spans.push(Span::Math(latex.into())),
                Event::Start(Tag::Strong) => {
                    spans.push(Span::Strong(self.plain(TagEnd::Strong)?));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    spans.push(Span::Link(self.plain(TagEnd::Link)?, dest_url.into()));
                }
                other => return Err(odd(&other, line)),
            }
        }
    }

    /// Text alone, up to `end`.
    fn plain(&mut self, end: TagEnd) -> Result<String, Fault> {
        let mut plain = String::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Text(text) => plain.push_str(&text),
                Event::SoftBreak | Event::HardBreak => plain.push(' '),
                Event::End(found) if found == end => break,
                other => {
                    let line = self.line(&range);
                    return Err(odd(&other, line));
                }
            }
        }
        Ok(plain)
    }
}

/// Adjacent pieces of text become one.
fn push_text(spans: &mut Vec<Span>, text: &str) {
    match spans.last_mut() {
        Some(Span::Text(last)) => last.push_str(text),
        _ => spans.push(Span::Text(text.into())),
    }
}

fn odd(event: &Event<'_>, line: usize) -> Fault {
    let (found, cure) = match event {
        Event::Start(Tag::Emphasis) => ("emphasis", "write \\* or \\_ if the sign itself is meant"),
        Event::Start(Tag::Strong) => ("strong text within other text", "take its ** out"),
        Event::Start(Tag::Strikethrough) => {
            ("struck text", "write \\~ if the sign itself is meant")
        }
        Event::Start(Tag::Image { .. }) => ("a picture", "take it out; figures come from the run"),
        Event::Start(Tag::Table(_)) => ("a table", "make it a list"),
        Event::Start(Tag::BlockQuote(_)) => ("a quotation", "take its > out"),
        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
            ("HTML", "write \\< if the sign itself is meant")
        }
        Event::InlineMath(_) => (
            "an equation within text",
            "put $$ around it under Equations, or write \\$ for the sign",
        ),
        Event::Rule => ("a line across the page", "take it out"),
        _ => ("something a page has no use for", "take it out"),
    };
    Fault::new(line, found, "headings, plain paragraphs, lists and code", cure)
}
