//! A whole `page.md`.

use crate::bibtex;
use crate::fault::{Error, Fault};
use crate::front;
use crate::lists;
use crate::model::{Page, Part, Story};
use crate::outline::{self, Block, Kind, Span};
use crate::section::{Section, cut};
use crate::story;
use crate::when::When;

/// Headings of the demo that are none of a story.
const TABLES: [&str; 4] = ["Measures", "Presets", "Captions", "Cards"];

/// Reads the page of the experiment `id` from the text of `file`, whose name is told in errors.
///
/// # Errors
/// At the first line that is not as it should be.
pub fn read(id: &str, file: &str, text: &str) -> Result<Page, Error> {
    page(id, text).map_err(|fault| Error { file: file.into(), fault })
}

fn page(id: &str, text: &str) -> Result<Page, Fault> {
    let (front, body, first_line) = front::read(text)?;
    let (demo, parts) = cut_parts(outline::read(body, first_line)?)?;
    let mut page = Page {
        id: id.into(),
        title: front.title,
        level: front.level,
        minutes: front.minutes,
        misconception: front.misconception,
        group: front.group,
        order: front.order,
        step: front.step,
        story: Story::default(),
        parts,
        measures: Vec::new(),
        presets: Vec::new(),
        captions: Vec::new(),
        cards: Vec::new(),
    };
    for section in sections(demo)? {
        match &*section.name {
            "Measures" => page.measures = lists::measures(&section)?,
            "Presets" => page.presets = lists::presets(&section)?,
            "Captions" => page.captions = lists::captions(&section)?,
            "Cards" => page.cards = lists::cards(&section)?,
            _ if story::add(&mut page.story, &section)? => {}
            name => return Err(unknown(&section, name, &TABLES)),
        }
    }
    story::check_complete(&page.story)?;
    for (name, is_missing) in
        [("Measures", page.measures.is_empty()), ("Presets", page.presets.is_empty())]
    {
        if is_missing {
            let expected = format!("a heading '## {name}' with a list under it");
            return Err(Fault::new(1, format!("no '{name}'"), expected, "write it"));
        }
    }
    check_presets(&page)?;
    Ok(page)
}

/// The blocks of the demo, and the parts, each under `` # When `condition` {#id} ``.
fn cut_parts(blocks: Vec<Block>) -> Result<(Vec<Block>, Vec<Part>), Fault> {
    let mut demo = Vec::new();
    let mut begun: Vec<(String, When, Vec<Block>)> = Vec::new();
    for block in blocks {
        match &block.kind {
            Kind::Heading(1, id, spans) => {
                let (id, when) = part_heading(id.as_deref(), spans, block.line)?;
                if begun.iter().any(|(before, ..)| *before == id) {
                    let found = format!("'#{id}' a second time");
                    return Err(Fault::new(block.line, found, "ids that differ", "rename one"));
                }
                begun.push((id, when, Vec::new()));
            }
            _ => begun.last_mut().map_or(&mut demo, |(.., blocks)| blocks).push(block),
        }
    }
    let part = |(id, when, blocks)| {
        let mut told = Story::default();
        for section in sections(blocks)? {
            if !story::add(&mut told, &section)? {
                return Err(unknown(&section, &section.name, &[]));
            }
        }
        Ok(Part { id, when, story: told })
    };
    Ok((demo, begun.into_iter().map(part).collect::<Result<_, _>>()?))
}

fn part_heading(id: Option<&str>, spans: &[Span], line: usize) -> Result<(String, When), Fault> {
    let expected = "'# When `key=value` {#id}', or '# When `key=value` or `key>0` {#id}'";
    let odd = |found: &str| Fault::new(line, found, expected, "write it so");
    let Some(id) = id else { return Err(odd("no {#id}")) };
    let mut alternatives = Vec::new();
    for (place, pair) in spans.chunks(2).enumerate() {
        let word = if place == 0 { "When" } else { "or" };
        match pair {
            [Span::Text(found), Span::Code(test)] if found.trim() == word => {
                alternatives.push(When::read_alternative(test).map_err(|why| odd(&why))?);
            }
            // What is left of a blank before the id.
            [Span::Text(rest)] if place > 0 && rest.trim().is_empty() => {}
            _ => return Err(odd("another heading of the first depth")),
        }
    }
    Ok((id.into(), When(alternatives)))
}

/// The sections of a story, each name once.
fn sections(blocks: Vec<Block>) -> Result<Vec<Section>, Fault> {
    let (above, sections) = cut(blocks, 2)?;
    if let Some(block) = above.first() {
        let expected = "a heading such as '## About'";
        return Err(Fault::new(block.line, "text above the first heading", expected, "add one"));
    }
    for (place, section) in sections.iter().enumerate() {
        if sections[..place].iter().any(|before| before.name == section.name) {
            return Err(section.fault("a second section", "each heading once", "join the two"));
        }
    }
    Ok(sections)
}

fn unknown(section: &Section, name: &str, more: &[&str]) -> Fault {
    let known: Vec<&str> = story::HEADINGS.iter().chain(more).copied().collect();
    Fault::unknown(section.line, "heading", name, &known)
}

/// Predictions are to be seen in presets that there are, and cards open such, from sources that there are.
fn check_presets(page: &Page) -> Result<(), Fault> {
    let ids: Vec<&str> = page.all_presets().map(|preset| &*preset.id).collect();
    let stories = std::iter::once(&page.story).chain(page.parts.iter().map(|part| &part.story));
    for story in stories {
        let Some(predict) = &story.predict else {
            match &story.stop {
                None => continue,
                Some(_) => {
                    let cure = "write both under the same heading '# When …'";
                    return Err(Fault::new(
                        1,
                        "a 'Stop' alone",
                        "a 'Predict' in the same story",
                        cure,
                    ));
                }
            }
        };
        if !ids.contains(&&*predict.preset) {
            return Err(Fault::unknown(1, "preset under 'Predict',", &predict.preset, &ids));
        }
    }
    let entries = page.all_sources().filter_map(|source| source.bibtex.as_deref());
    let keys: Vec<&str> = entries.filter_map(bibtex::key).collect();
    for card in &page.cards {
        if !ids.contains(&&*card.preset) {
            return Err(Fault::unknown(1, "preset under 'Cards',", &card.preset, &ids));
        }
        if !keys.contains(&&*card.source) {
            return Err(Fault::unknown(1, "source under 'Cards',", &card.source, &keys));
        }
    }
    Ok(())
}
