//! A page as HTML that reads without any program. What belongs to a part or a choice carries its condition
//! (`data-when`) and is hidden, so that until a program attaches the demo's own story is on screen.

use std::fmt::Write;

use crate::model::{Equation, Page, Prediction, PresetGroup, Source, Story};

/// The name of the demo's own story in `data-story`; parts have their ids.
const DEMO: &str = "demo";

/// The whole document.
///
/// Ids that a program can rely on: `opening`, `predict`, `try`, `notice`, `equations`, `sources`, `presets`. Within
/// them every element with `data-story` is one story's version, of which one is to be shown: that of the first part
/// whose condition holds, else, or where that one has none, the one named `demo`. Alternatives in `data-when` are
/// parted by blanks, tests of one by `&`; a test is `key=one|other` or `key>number`.
pub fn html(page: &Page) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n");
    head(&mut out, page);
    let _ = writeln!(out, "<body>\n<main id=\"page\" data-demo=\"{}\">", escape(&page.id));
    let _ = writeln!(out, "<header id=\"opening\">\n<h1>{}</h1>", escape(&page.title));
    each(
        &mut out,
        page,
        |story| story.about.as_ref(),
        |out, of, about| {
            let _ = writeln!(out, "<p class=\"about\"{of}>{}</p>", escape(about));
        },
    );
    each(
        &mut out,
        page,
        |story| story.question.as_ref(),
        |out, of, question| {
            let _ = writeln!(out, "<p class=\"question\"{of}>{}</p>", escape(question));
        },
    );
    out.push_str("</header>\n");
    section(&mut out, "predict", "Predict first", |out| {
        each(out, page, |story| story.predict.as_ref(), prediction);
    });
    section(&mut out, "try", "Try this first", |out| {
        each(
            out,
            page,
            |story| some(&story.try_first),
            |out, of, texts| {
                items(out, "ol", of, texts.iter().map(|text| (String::new(), escape(text))));
            },
        );
    });
    section(&mut out, "notice", "What to notice", |out| notice(out, page));
    section(&mut out, "equations", "Equations", |out| {
        each(out, page, |story| some(&story.equations), equations);
    });
    section(&mut out, "sources", "Sources, and where this differs", |out| {
        each(
            out,
            page,
            |story| some(&story.sources),
            |out, of, sources| {
                items(out, "ul", of, sources.iter().map(|it| (String::new(), source(it))));
            },
        );
        each(
            out,
            page,
            |story| some(&story.deviations),
            |out, of, texts| {
                items(out, "ul", of, texts.iter().map(|text| (String::new(), escape(text))));
            },
        );
    });
    section(&mut out, "presets", "Presets", |out| {
        page.presets.iter().for_each(|group| presets(out, &page.id, group));
    });
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn head(out: &mut String, page: &Page) {
    let title = escape(&page.title);
    let about = escape(page.story.about.as_deref().unwrap_or_default());
    let _ = write!(
        out,
        "<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <title>{title} · STDP Playground</title>\n\
         <meta name=\"description\" content=\"{about}\"/>\n\
         <meta property=\"og:type\" content=\"article\"/>\n\
         <meta property=\"og:site_name\" content=\"STDP Playground\"/>\n\
         <meta property=\"og:title\" content=\"{title}\"/>\n\
         <meta property=\"og:description\" content=\"{about}\"/>\n</head>\n"
    );
}

fn section(out: &mut String, id: &str, heading: &str, inside: impl FnOnce(&mut String)) {
    let _ = writeln!(out, "<section id=\"{id}\">\n<h2>{heading}</h2>");
    inside(out);
    out.push_str("</section>\n");
}

/// Writes every story's own version of something, with the attributes that say whose it is.
fn each<'p, T>(
    out: &mut String,
    page: &'p Page,
    part_of: impl Fn(&'p Story) -> Option<T>,
    mut write: impl FnMut(&mut String, &str, T),
) {
    if let Some(told) = part_of(&page.story) {
        write(out, &format!(" data-story=\"{DEMO}\""), told);
    }
    for part in &page.parts {
        if let Some(told) = part_of(&part.story) {
            let (id, when) = (escape(&part.id), escape(&part.when.to_string()));
            let of = format!(" data-story=\"{id}\" data-when=\"{when}\" hidden=\"\"");
            write(out, &of, told);
        }
    }
}

/// A list, unless it is empty: then a part has none of its own.
fn some<T>(list: &[T]) -> Option<&[T]> {
    (!list.is_empty()).then_some(list)
}

fn prediction(out: &mut String, of: &str, predict: &Prediction) {
    let Prediction { question, options, answer, because, preset } = predict;
    let preset = escape(preset);
    let _ = writeln!(
        out,
        "<fieldset class=\"prediction\"{of} data-answer=\"{answer}\" data-preset=\"{preset}\">\n\
         <legend>{}</legend>",
        escape(question)
    );
    for (place, option) in options.iter().enumerate() {
        // Each prediction is a group of its own.
        let name = format!("predict-{preset}");
        let _ = writeln!(
            out,
            "<label class=\"inline\"><input type=\"radio\" name=\"{name}\" value=\"{place}\"/> {}</label>",
            escape(option)
        );
    }
    // The answer is there to be read without a program, but not before somebody wants it.
    let _ = writeln!(
        out,
        "<details><summary>Answer</summary><p>{}: {}</p></details>\n</fieldset>",
        escape(&options[*answer]),
        escape(because)
    );
}

fn notice(out: &mut String, page: &Page) {
    each(
        out,
        page,
        |story| some(&story.notice),
        |out, of, seen| {
            let item = |seen: &crate::model::Notice| {
                let when = seen.when.as_ref().map(|when| escape(&when.to_string()));
                let when = when.map_or_else(String::new, |when| format!(" data-when=\"{when}\""));
                (when, escape(&seen.text))
            };
            items(out, "ul", of, seen.iter().map(item));
        },
    );
}

/// A list from attributes and content of its points.
fn items(out: &mut String, tag: &str, of: &str, points: impl Iterator<Item = (String, String)>) {
    let _ = writeln!(out, "<{tag}{of}>");
    for (attributes, content) in points {
        let _ = writeln!(out, "<li{attributes}>{content}</li>");
    }
    let _ = writeln!(out, "</{tag}>");
}

fn equations(out: &mut String, of: &str, equations: &[Equation]) {
    let _ = writeln!(out, "<dl class=\"equations\"{of}>");
    for Equation { mathml, sentence, .. } in equations {
        // An equation scrolls on a small screen, and so must be reached by keyboard.
        let sentence = escape(sentence);
        let _ = writeln!(out, "<dt tabindex=\"0\">{mathml}</dt>\n<dd>{sentence}</dd>");
    }
    out.push_str("</dl>\n");
}

fn source(source: &Source) -> String {
    let text = escape(&source.text);
    match &*source.url {
        "" => text,
        url => format!("<a href=\"{}\" rel=\"noopener\">{text}</a>", escape(url)),
    }
}

fn presets(out: &mut String, id: &str, group: &PresetGroup) {
    if !group.name.is_empty() {
        let _ = writeln!(out, "<h3>{}</h3>", escape(&group.name));
    }
    let item = |preset: &crate::model::Preset| {
        let query =
            if preset.link.is_empty() { String::new() } else { format!("&{}", preset.link) };
        let href = escape(&format!("{id}.html?v=1{query}"));
        let (label, help) = (escape(&preset.label), escape(&preset.help));
        let attributes = format!(" data-preset=\"{}\"", escape(&preset.id));
        (attributes, format!("<a href=\"{href}\">{label}</a> {help}"))
    };
    items(out, "ul", "", group.presets.iter().map(item));
}

/// Text as it may stand within elements and attributes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
