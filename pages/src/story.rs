//! The sections that make a story: from "About" to "Deviations".

use crate::bibtex;
use crate::fault::Fault;
use crate::math;
use crate::model::{Ask, Equation, Notice, Prediction, Source, Stop, Story};
use crate::outline::{Block, Item, Kind, Span};
use crate::section::{Section, condition, list, plain_items, spans, text};

/// The headings of a story.
pub const HEADINGS: [&str; 9] =
    ["About", "Question", "Predict", "Stop", "Try", "Notice", "Equations", "Sources", "Deviations"];

/// Takes one section in; false if it is none of a story's.
pub fn add(story: &mut Story, section: &Section) -> Result<bool, Fault> {
    match &*section.name {
        "About" => story.about = Some(section.paragraph()?),
        "Question" => story.question = Some(section.paragraph()?),
        "Predict" => story.predict = Some(prediction(section)?),
        "Stop" => story.stop = Some(stop(section)?),
        "Try" => story.try_first = plain_items(section)?,
        "Notice" => story.notice = section.items()?.iter().map(notice).collect::<Result<_, _>>()?,
        "Equations" => {
            story.equations = section.blocks.iter().map(equation).collect::<Result<_, _>>()?;
        }
        "Sources" => {
            story.sources = section.items()?.iter().map(source).collect::<Result<_, _>>()?
        }
        "Deviations" => story.deviations = plain_items(section)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// A story that nothing may be missing from.
pub fn check_complete(story: &Story) -> Result<(), Fault> {
    let there = [
        story.about.is_some(),
        story.question.is_some(),
        story.predict.is_some(),
        true, // A film need not stop.
        !story.try_first.is_empty(),
        !story.notice.is_empty(),
        !story.equations.is_empty(),
        !story.sources.is_empty(),
        !story.deviations.is_empty(),
    ];
    match HEADINGS.iter().zip(there).find(|(_, is_there)| !is_there) {
        None => Ok(()),
        Some((name, _)) => {
            let expected = format!("a heading '## {name}' with text under it");
            Err(Fault::new(1, format!("no '{name}'"), expected, "write it"))
        }
    }
}

/// A question, a list of boxes of which one is ticked, "Because: …" and "See: `preset`".
fn prediction(section: &Section) -> Result<Prediction, Fault> {
    let (ask, preset) = asked(section, "See:", "preset")?;
    Ok(Prediction { ask, preset })
}

/// The same with "At: `12.5 s`", the simulated time.
fn stop(section: &Section) -> Result<Stop, Fault> {
    let (ask, at) = asked(section, "At:", "12.5 s")?;
    let seconds = at.strip_suffix(" s").and_then(|number| number.parse::<f64>().ok());
    match seconds.filter(|seconds| seconds.is_finite() && *seconds > 0.0) {
        // Written in seconds, kept in whole thousandths of a millisecond.
        Some(seconds) => Ok(Stop { ask, at_ms: (seconds * 1e6).round() / 1e3 }),
        None => Err(section.fault(&at, "a time of the run such as '12.5 s'", "write it so")),
    }
}

/// A question, its answers and why, and what stands as code behind `word`.
fn asked(section: &Section, word: &str, example: &str) -> Result<(Ask, String), Fault> {
    let last_part = format!("'{word} `{example}`'");
    let odd = |found: &str| {
        let four = "a question, a list of '- [ ] answer' with one '- [x]', 'Because: …',";
        let cure = "write these four, with empty lines between them";
        section.fault(found, &format!("{four} {last_part}"), cure)
    };
    let [question, options, because, last] = &section.blocks[..] else {
        return Err(odd("other parts"));
    };
    let items = list(std::slice::from_ref(options)).ok_or_else(|| odd("no list of answers"))?;
    let ticked: Vec<usize> = (0..items.len()).filter(|i| items[*i].ticked == Some(true)).collect();
    let &[answer] = &ticked[..] else {
        return Err(odd(&format!("{} right answers", ticked.len())));
    };
    let because_text = paragraph(because, section)?;
    let because = because_text.strip_prefix("Because:").ok_or_else(|| odd("no 'Because:'"))?;
    let named = match &last.kind {
        Kind::Paragraph(spans) => match &spans[..] {
            [Span::Text(text), Span::Code(named)] if text.trim() == word => Some(named),
            _ => None,
        },
        _ => None,
    };
    let named = named.ok_or_else(|| odd(&format!("no {last_part}")))?.clone();
    let options = items.iter().map(|item| text(spans(item)?, item.line));
    let ask = Ask {
        question: paragraph(question, section)?,
        options: options.collect::<Result<_, _>>()?,
        answer,
        because: because.trim().into(),
    };
    Ok((ask, named))
}

fn paragraph(block: &Block, section: &Section) -> Result<String, Fault> {
    match &block.kind {
        Kind::Paragraph(spans) => text(spans, block.line),
        _ => Err(section.fault("a list or code", "a paragraph", "write it as one")),
    }
}

/// Plain text, which may begin with `` `when: rule=triplet` ``.
fn notice(item: &Item) -> Result<Notice, Fault> {
    let (when, rest) = match spans(item)? {
        [Span::Code(code), rest @ ..] => (Some(condition(code, item.line)?), rest),
        rest => (None, rest),
    };
    Ok(Notice { when, text: text(rest, item.line)? })
}

/// `$$LaTeX$$` and a sentence, which may begin with `` `when: neuron=lif` ``.
fn equation(block: &Block) -> Result<Equation, Fault> {
    let expected = "a paragraph of $$LaTeX$$ and, on the next line, what it says";
    let Kind::Paragraph(spans) = &block.kind else {
        return Err(Fault::new(block.line, "a list or code", expected, "write it as a paragraph"));
    };
    let [Span::Math(latex), rest @ ..] = &spans[..] else {
        return Err(Fault::new(block.line, "text", expected, "put $$ around the equation"));
    };
    let latex = latex.trim();
    let mathml = math::mathml(latex)
        .map_err(|why| Fault::new(block.line, latex, "an equation in LaTeX", why))?;
    let (when, rest) = match rest {
        [Span::Text(gap), Span::Code(code), rest @ ..] if gap.trim().is_empty() => {
            (Some(condition(code, block.line)?), rest)
        }
        [Span::Code(code), rest @ ..] => (Some(condition(code, block.line)?), rest),
        rest => (None, rest),
    };
    if rest.is_empty() {
        let found = "an equation without its sentence";
        return Err(Fault::new(block.line, found, expected, "say what it says"));
    }
    Ok(Equation { latex: latex.into(), mathml, when, sentence: text(rest, block.line)? })
}

/// `[Text](address)` or plain text, and a fenced block of BibTeX if there is an entry.
fn source(item: &Item) -> Result<Source, Fault> {
    let expected =
        "'[Authors (year). Title. Where.](https://…)' and perhaps a fenced block 'bibtex'";
    let odd = |found: &str| Fault::new(item.line, found, expected, "write it so");
    let (first, bibtex) = match &item.blocks[..] {
        [first] => (first, None),
        [first, Block { line, kind: Kind::Code(info, code) }] if info == "bibtex" => {
            (first, Some((*line, code.trim())))
        }
        _ => return Err(odd("other parts")),
    };
    let Kind::Paragraph(spans) = &first.kind else { return Err(odd("a list or code")) };
    let (text, url) = match &spans[..] {
        [Span::Link(text, url)] => (text.clone(), url.clone()),
        spans => (text(spans, item.line)?, String::new()),
    };
    if !url.is_empty() && !url.starts_with("https://") {
        return Err(odd(&format!("the address {url}")));
    }
    if let Some((line, entry)) = bibtex {
        bibtex::check(entry, &url).map_err(|(found, cure)| {
            Fault::new(line, found, "a BibTeX entry of this source", cure)
        })?;
    }
    Ok(Source { text, url, bibtex: bibtex.map(|(_, entry)| entry.into()) })
}
