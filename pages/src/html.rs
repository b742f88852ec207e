//! A page as HTML that reads without any program. What belongs to a part or a choice carries its condition (`data-when`)
//! and is hidden, so that until a program attaches the demo's own story is on screen.
//!
//! What a program can rely on: `main#page`, in it `#machine`, an empty place for what runs, and the sections `#opening`,
//! `#predict`, `#try`, `#notice`, `#equations`, `#sources`, `#presets`. An element with `data-of` is one story's version of
//! that part of a story, and `data-story` names the story. `#stories` lists the stories of parts, each with its
//! condition: the first that holds is told, with the demo's own version (`demo`) of what it has not got. `#captions` has the
//! figures' texts. Alternatives in `data-when` are parted by blanks, tests of one by `&`; a test is `key=one|other`, `key<number` or
//! `key>number`.

use std::fmt::{self, Write};

use crate::frame::{FOOTER, Menu, facts, header};
use crate::glossary::{Explainer, Glossary};
use crate::model::{
    Ask, Caption, Equation, Notice, Page, Prediction, Preset, PresetGroup, Source, Stop, Story,
};
use crate::prose::prose;
use crate::when::When;

/// The name of the demo's own story in `data-story`; parts have their ids.
const DEMO: &str = "demo";
/// Points of a list that are seen at once; one that is hardly longer is seen whole.
const NUM_SEEN: usize = 5;

/// What stands within `body`: the site's header with its menu, the page, the footer.
pub fn body(page: &Page, menu: &Menu, glossary: &Glossary) -> String {
    let explainer = Explainer::new(glossary);
    let mut out = header(menu, &page.id);
    let _ = writeln!(out, "<main id=\"page\" data-demo=\"{}\">", escape(&page.id));
    opening(&mut out, page, &explainer);
    let _ = writeln!(
        out,
        "<figure id=\"poster\"><img src=\"{}\" width=\"720\" height=\"400\" alt=\"{}\"/></figure>",
        poster(&page.id),
        escape(&format!("{}, before it has learned anything", page.title))
    );
    section(&mut out, "predict", "Predict first", |out| {
        each(
            out,
            page,
            "predict",
            |story| Some((story.predict.as_ref()?, story.stop.as_ref())),
            |out, of, (predict, stop)| {
                prediction(out, of, predict, &explainer);
                // Under the same name: a story with a question of its own has no other's stop.
                stop.into_iter().for_each(|it| halt(out, of, it, &explainer));
            },
        );
    });
    out.push_str("<div id=\"machine\"></div>\n<div class=\"closing\">\n");
    section(&mut out, "try", "Try this first", |out| {
        each(
            out,
            page,
            "try",
            |story| some(&story.try_first),
            |out, of, texts| {
                let explained = texts.iter().map(|text| explainer.html(of.story, text));
                items(out, "ol", of, explained.map(|html| (String::new(), html)));
            },
        );
    });
    section(&mut out, "notice", "What to notice", |out| {
        each(
            out,
            page,
            "notice",
            |story| some(&story.notice),
            |out, of, seen| {
                // What many believe is about the demo itself; a part that sees something else does not answer it.
                if let Some(belief) = page.misconception.as_ref().filter(|_| of.story == DEMO) {
                    let belief = prose(belief);
                    let _ = writeln!(
                        out,
                        "<p class=\"belief\"{of}>Many believe: {belief} Does it hold here?</p>"
                    );
                }
                let point = |seen: &Notice| {
                    (when(seen.when.as_ref()), explainer.html(of.story, &seen.text))
                };
                items(out, "ul", of, seen.iter().map(point));
            },
        );
    });
    section(&mut out, "equations", "Equations", |out| {
        each(out, page, "equations", |story| some(&story.equations), equations);
    });
    section(&mut out, "sources", "Sources, and where this differs", |out| {
        each(
            out,
            page,
            "sources",
            |story| some(&story.sources),
            |out, of, sources| {
                items(out, "ul", of, sources.iter().map(|it| (String::new(), source(it))));
            },
        );
        each(out, page, "deviations", |story| some(&story.deviations), folded);
    });
    section(&mut out, "presets", "Presets", |out| {
        page.presets.iter().for_each(|group| presets(out, &page.id, group));
    });
    out.push_str("</div>\n");
    told_by_conditions(&mut out, page);
    out.push_str("</main>\n");
    out.push_str(FOOTER);
    out
}

/// Where the picture of a demo before it has learned anything lies.
pub fn poster(id: &str) -> String {
    format!("posters/{}.svg", escape(id))
}

fn opening(out: &mut String, page: &Page, explainer: &Explainer<'_>) {
    let title = escape(&page.title);
    let _ = writeln!(out, "<header id=\"opening\" class=\"opening\">\n<h1>{title}</h1>");
    paragraphs(out, page, explainer, "about", |story| story.about.as_ref());
    paragraphs(out, page, explainer, "question", |story| story.question.as_ref());
    let facts = facts(page);
    if !facts.is_empty() {
        let _ = writeln!(out, "<p class=\"facts\">{}</p>", escape(&facts));
    }
    out.push_str("</header>\n");
}

fn paragraphs(
    out: &mut String,
    page: &Page,
    explainer: &Explainer<'_>,
    part: &str,
    of: impl Fn(&Story) -> Option<&String>,
) {
    each(out, page, part, of, |out, of, text| {
        let text = explainer.html(of.story, text);
        let _ = writeln!(out, "<p class=\"{part}\"{of}>{text}</p>");
    });
}

fn section(out: &mut String, id: &str, heading: &str, inside: impl FnOnce(&mut String)) {
    let _ = writeln!(out, "<section id=\"{id}\">\n<h2>{heading}</h2>");
    inside(out);
    out.push_str("</section>\n");
}

/// Whose version of a part of a story an element is.
struct Of<'a> {
    story: &'a str,
    part: &'a str,
}

impl fmt::Display for Of<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = if self.story == DEMO { "" } else { " hidden=\"\"" };
        let Self { story, part } = self;
        write!(f, " data-of=\"{part}\" data-story=\"{}\"{hidden}", escape(story))
    }
}

/// Writes every story's own version of a part.
fn each<'p, T>(
    out: &mut String,
    page: &'p Page,
    part: &str,
    part_of: impl Fn(&'p Story) -> Option<T>,
    mut write: impl FnMut(&mut String, &Of<'_>, T),
) {
    if let Some(told) = part_of(&page.story) {
        write(out, &Of { story: DEMO, part }, told);
    }
    for other in &page.parts {
        if let Some(told) = part_of(&other.story) {
            write(out, &Of { story: &other.id, part }, told);
        }
    }
}

/// A list, unless it is empty: then a part has none of its own.
fn some<T>(list: &[T]) -> Option<&[T]> {
    (!list.is_empty()).then_some(list)
}

/// What a program needs to tell a run's own story.
fn told_by_conditions(out: &mut String, page: &Page) {
    out.push_str("<ul id=\"stories\" hidden=\"\">\n");
    for part in &page.parts {
        let _ = writeln!(
            out,
            "<li data-story=\"{}\"{}></li>",
            escape(&part.id),
            when(Some(&part.when))
        );
    }
    out.push_str("</ul>\n<ul id=\"captions\" hidden=\"\">\n");
    for Caption { figure, when: condition, text } in &page.captions {
        let (figure, text) = (escape(figure), escape(text));
        let _ =
            writeln!(out, "<li data-figure=\"{figure}\"{}>{text}</li>", when(condition.as_ref()));
    }
    out.push_str("</ul>\n");
}

fn when(condition: Option<&When>) -> String {
    condition
        .map_or_else(String::new, |when| format!(" data-when=\"{}\"", escape(&when.to_string())))
}

fn prediction(out: &mut String, of: &Of<'_>, predict: &Prediction, explainer: &Explainer<'_>) {
    let Prediction { ask, preset } = predict;
    let (answer, preset) = (ask.answer, escape(preset));
    let _ = writeln!(
        out,
        "<fieldset class=\"prediction\"{of} data-answer=\"{answer}\" data-preset=\"{preset}\">\n\
         <legend>{}</legend>",
        explainer.html(of.story, &ask.question)
    );
    answers(out, &format!("predict-{}", escape(of.story)), ask);
    out.push_str(
        "<label class=\"reason\">Why? (optional) <input type=\"text\" name=\"reason\" maxlength=\"200\" \
         autocomplete=\"off\"/></label>\n<p role=\"status\"></p>\n\
         <button type=\"button\" class=\"small see\" hidden=\"\">See it</button>\n\
         <button type=\"button\" class=\"small skip\" hidden=\"\">Skip</button>\n</fieldset>\n",
    );
}

/// What is asked where the film stops.
fn halt(out: &mut String, of: &Of<'_>, stop: &Stop, explainer: &Explainer<'_>) {
    let Stop { ask, at_ms } = stop;
    let _ = writeln!(
        out,
        "<fieldset class=\"stop\" tabindex=\"-1\"{of} data-answer=\"{}\" data-at-ms=\"{at_ms}\">\n\
         <legend>After {} s: {}</legend>",
        ask.answer,
        at_ms / 1e3,
        explainer.html(of.story, &ask.question)
    );
    answers(out, &format!("stop-{}", escape(of.story)), ask);
    out.push_str(
        "<p role=\"status\"></p>\n\
         <button type=\"button\" class=\"small go\" hidden=\"\">Go on</button>\n</fieldset>\n",
    );
}

/// The answers to choose from, a group of their own, and the right one.
fn answers(out: &mut String, name: &str, ask: &Ask) {
    for (place, option) in ask.options.iter().enumerate() {
        let _ = writeln!(
            out,
            "<label class=\"inline\"><input type=\"radio\" name=\"{name}\" value=\"{place}\"/> {}</label>",
            prose(option)
        );
    }
    // The answer is there to be read without a program, but not before somebody wants it.
    let _ = writeln!(
        out,
        "<details><summary>Answer</summary><p><span class=\"answer\">{}</span>. <span class=\"because\">{}</span></p>\
         </details>",
        prose(&ask.options[ask.answer]),
        prose(&ask.because)
    );
}

/// A list from attributes and content of its points.
fn items(
    out: &mut String,
    tag: &str,
    of: &dyn fmt::Display,
    points: impl Iterator<Item = (String, String)>,
) {
    let _ = writeln!(out, "<{tag}{of}>");
    for (attributes, content) in points {
        let _ = writeln!(out, "<li{attributes}>{content}</li>");
    }
    let _ = writeln!(out, "</{tag}>");
}

/// A list of which the first points are seen at once, and the rest when somebody wants more.
fn folded(out: &mut String, of: &Of<'_>, texts: &[String]) {
    let num_seen = if texts.len() > NUM_SEEN + 2 { NUM_SEEN } else { texts.len() };
    let (first, more) = texts.split_at(num_seen);
    let _ = writeln!(out, "<div{of}>");
    items(out, "ul", &"", first.iter().map(|text| plain(text)));
    if !more.is_empty() {
        let _ = writeln!(out, "<details><summary>{} more</summary>", more.len());
        items(out, "ul", &"", more.iter().map(|text| plain(text)));
        out.push_str("</details>\n");
    }
    out.push_str("</div>\n");
}

fn plain(text: &str) -> (String, String) {
    (String::new(), prose(text))
}

fn equations(out: &mut String, of: &Of<'_>, equations: &[Equation]) {
    let _ = writeln!(out, "<dl class=\"equations\"{of}>");
    for Equation { mathml, when: condition, sentence, .. } in equations {
        // An equation scrolls on a small screen, and so must be reached by keyboard.
        let (sentence, when) = (prose(sentence), when(condition.as_ref()));
        let _ = writeln!(out, "<dt tabindex=\"0\"{when}>{mathml}</dt>\n<dd{when}>{sentence}</dd>");
    }
    out.push_str("</dl>\n");
}

fn source(source: &Source) -> String {
    let text = escape(&source.text);
    let mut html = match &*source.url {
        "" => text,
        url => format!("<a href=\"{}\" rel=\"noopener\">{text}</a>", escape(url)),
    };
    if let Some(bibtex) = &source.bibtex {
        let _ = write!(
            html,
            "<details class=\"bibtex\"><summary>BibTeX</summary><pre tabindex=\"0\">{}</pre></details>",
            escape(bibtex)
        );
    }
    html
}

fn presets(out: &mut String, id: &str, group: &PresetGroup) {
    if !group.name.is_empty() {
        let _ = writeln!(out, "<h3>{}</h3>", escape(&group.name));
    }
    let item = |preset: &Preset| {
        let query =
            if preset.link.is_empty() { String::new() } else { format!("&{}", preset.link) };
        let href = escape(&format!("{id}.html?v=1{query}"));
        let (label, help) = (prose(&preset.label), prose(&preset.help));
        let attributes = format!(" data-preset=\"{}\"", escape(&preset.id));
        (attributes, format!("<a href=\"{href}\">{label}</a> {help}"))
    };
    items(out, "ul", &"", group.presets.iter().map(item));
}

/// Text as it may stand within elements and attributes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
