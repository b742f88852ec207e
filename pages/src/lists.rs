//! The sections that are tables: measures, presets, captions and cards.

use crate::fault::Fault;
use crate::model::{Caption, Card, Measure, Preset, PresetGroup, Unit};
use crate::outline::{Item, Span};
use crate::section::{Section, condition, cut, list, spans, text};

/// `` - `name` **Label** (unit, main) What was measured. ``
pub fn measures(section: &Section) -> Result<Vec<Measure>, Fault> {
    let measures: Vec<Measure> = section.items()?.iter().map(measure).collect::<Result<_, _>>()?;
    check_unique(section, measures.iter().map(|measure| &*measure.name))?;
    Ok(measures)
}

fn measure(item: &Item) -> Result<Measure, Fault> {
    let odd = |found: &str| {
        let expected = "'- `name` **Label** (unit) What was measured.', or '(unit, main)'";
        Fault::new(item.line, found, expected, "write it so")
    };
    let (name, label, rest) = named(item).ok_or_else(|| odd("a point without name or label"))?;
    let rest = text(rest, item.line)?;
    let unit_and_help = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let (inside, help) = unit_and_help.ok_or_else(|| odd("no unit in brackets"))?;
    let (unit, main) = match inside.split_once(',') {
        Some((unit, word)) if word.trim() == "main" => (unit, true),
        Some((_, word)) => return Err(odd(&format!("'{}' behind the unit", word.trim()))),
        None => (inside, false),
    };
    let unit = Unit::ALL.into_iter().find(|known| known.text == unit.trim()).ok_or_else(|| {
        Fault::unknown(item.line, "unit", unit, &Unit::ALL.map(|known| known.text))
    })?;
    Ok(Measure { name, label, unit, main, help: help.trim().into() })
}

/// Presets, those above the first `###` without a group.
pub fn presets(section: &Section) -> Result<Vec<PresetGroup>, Fault> {
    let (above, groups) = cut(section.blocks.clone(), 3)?;
    let mut all = Vec::new();
    if !above.is_empty() || groups.is_empty() {
        let ungrouped = Section { blocks: above, ..section.clone() };
        all.push(PresetGroup { name: String::new(), presets: group(&ungrouped)? });
    }
    for section in &groups {
        all.push(PresetGroup { name: section.name.clone(), presets: group(section)? });
    }
    let ids = all.iter().flat_map(|group| &group.presets).map(|preset| &*preset.id);
    check_unique(section, ids)?;
    Ok(all)
}

fn group(section: &Section) -> Result<Vec<Preset>, Fault> {
    section.items()?.iter().map(preset).collect()
}

/// `` - `id` **Label** What it shows. `key=value&key=value` ``
fn preset(item: &Item) -> Result<Preset, Fault> {
    let odd = |found: &str| {
        let expected = "'- `id` **Label** What it shows. `key=value&key=value`'";
        Fault::new(item.line, found, expected, "write it so; leave the last out for the defaults")
    };
    let (id, label, rest) = named(item).ok_or_else(|| odd("a point without id or label"))?;
    let (rest, link) = match rest {
        [rest @ .., Span::Code(link)] => (rest, link.split_whitespace().collect()),
        rest => (rest, String::new()),
    };
    // So that a slip of the keyboard is found here, with its line, and not by a run that is another one.
    if let Some(pair) = link.split('&').find(|pair| !link.is_empty() && !pair.contains('=')) {
        return Err(odd(&format!("'{pair}', which sets nothing")));
    }
    Ok(Preset { id, label, help: text(rest, item.line)?, link })
}

/// `` - `figure` What to see in it. ``, or `` - `figure` `when: key=value` What to see in it. ``
pub fn captions(section: &Section) -> Result<Vec<Caption>, Fault> {
    let caption = |item: &Item| match spans(item)? {
        [Span::Code(figure), rest @ ..] => {
            let (when, rest) = match rest {
                [Span::Text(gap), Span::Code(code), rest @ ..] if gap.trim().is_empty() => {
                    (Some(condition(code, item.line)?), rest)
                }
                rest => (None, rest),
            };
            Ok(Caption { figure: figure.clone(), when, text: text(rest, item.line)? })
        }
        _ => {
            Err(Fault::new(item.line, "a point without a key", "'- `figure` Text.'", "write it so"))
        }
    };
    let captions: Vec<Caption> =
        list(&section.blocks).unwrap_or_default().iter().map(caption).collect::<Result<_, _>>()?;
    for (place, caption) in captions.iter().enumerate() {
        let is_same =
            |other: &Caption| (&other.figure, &other.when) == (&caption.figure, &caption.when);
        if captions[..place].iter().any(is_same) {
            let found = format!("`{}` twice", caption.figure);
            return Err(section.fault(&found, "one caption for each run", "give one a `when:`"));
        }
    }
    Ok(captions)
}

/// `` - `preset` **Title** (key2007) The question it asks. ``
pub fn cards(section: &Section) -> Result<Vec<Card>, Fault> {
    let cards: Vec<Card> = section.items()?.iter().map(card).collect::<Result<_, _>>()?;
    check_unique(section, cards.iter().map(|card| &*card.preset))?;
    Ok(cards)
}

fn card(item: &Item) -> Result<Card, Fault> {
    let odd = |found: &str| {
        let expected = "'- `preset` **Title** (key of a BibTeX entry) The question it asks.'";
        Fault::new(item.line, found, expected, "write it so")
    };
    let (preset, title, rest) =
        named(item).ok_or_else(|| odd("a point without preset or title"))?;
    let rest = text(rest, item.line)?;
    let source_and_question = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let (source, question) = source_and_question.ok_or_else(|| odd("no source in brackets"))?;
    Ok(Card { preset, title, source: source.trim().into(), question: question.trim().into() })
}

/// The beginning `` `name` **Label** `` of a point, and the rest.
fn named(item: &Item) -> Option<(String, String, &[Span])> {
    let (name, rest) = match spans(item).ok()? {
        [Span::Code(name), rest @ ..] => (name, rest),
        _ => return None,
    };
    match rest {
        [Span::Text(gap), Span::Strong(label), rest @ ..] if gap.trim().is_empty() => {
            Some((name.clone(), label.clone(), rest))
        }
        _ => None,
    }
}

fn check_unique<'n>(section: &Section, names: impl Iterator<Item = &'n str>) -> Result<(), Fault> {
    let mut seen = Vec::new();
    for name in names {
        if seen.contains(&name) {
            let found = format!("`{name}` twice");
            return Err(section.fault(&found, "names that differ", "rename one"));
        }
        seen.push(name);
    }
    Ok(())
}
