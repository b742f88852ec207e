//! The home page: a network that learns, and every demo as a card. It reads without any script; `public/home.js` adds the
//! live network and the initials.

use std::fmt::Write;

use crate::bibtex;
use crate::course::{GROUPS, PATHS, Path};
use crate::frame::{FOOTER, Menu, facts, header, in_order};
use crate::html::escape;
use crate::model::{Card, Page};
use crate::prose::prose;

/// What stands within `body`.
pub fn body(pages: &[&Page], menu: &Menu) -> String {
    let pages = in_order(pages);
    let mut out = header(menu, "");
    out.push_str("<main id=\"page\" class=\"home\">\n");
    out.push_str(HERO);
    out.push_str("<section id=\"paths\" class=\"paths\" aria-label=\"Two paths\">\n");
    for (place, path) in PATHS.iter().enumerate() {
        marked_path(&mut out, &pages, place, path);
    }
    out.push_str(
        "</section>\n<section id=\"demos\">\n<h2>All demos</h2>\n<div class=\"course\">\n",
    );
    for (place, group) in GROUPS.iter().enumerate() {
        let cards: Vec<String> = pages
            .iter()
            .filter(|page| page.group == place)
            .map(|page| demo(page))
            .chain(
                pages
                    .iter()
                    .filter(|page| page.group == place)
                    .flat_map(|page| page.cards.iter().map(|card| part(page, card))),
            )
            .collect();
        if !cards.is_empty() {
            let _ = writeln!(
                out,
                "<section class=\"chapter\" data-num=\"{}\">\n<h3>{}</h3>\n<div class=\"cards\">\n{}</div>\n</section>",
                cards.len(),
                group.name,
                cards.concat()
            );
        }
    }
    out.push_str("</div>\n</section>\n");
    out.push_str(FOR_WHOM);
    out.push_str("</main>\n");
    out.push_str(FOOTER);
    out
}

/// The still lies behind the frame that the script puts in, so that nothing moves when it comes.
const HERO: &str = "<section class=\"hero\" id=\"hero\">\n<div class=\"pitch\">\n<h1>See spiking networks learn</h1>\n\
    <p class=\"lead\">Fifteen pixels, four neurons, and no teacher to say what a letter is. Watch them find out.</p>\n\
    <form action=\"characters.html\" class=\"initials\">\n<input type=\"hidden\" name=\"v\" value=\"1\"/>\n\
    <label for=\"initials\">Type your initials</label>\n\
    <div class=\"row\"><input id=\"initials\" name=\"letters\" type=\"text\" required=\"\" minlength=\"2\" maxlength=\"5\" \
    pattern=\"[A-Z]{2,5}\" title=\"2 to 5 capital letters, each once\" placeholder=\"ABCD\" autocomplete=\"off\" \
    autocapitalize=\"characters\" spellcheck=\"false\" aria-describedby=\"initials-note\"/>\n\
    <button type=\"submit\" class=\"primary\">Learn them</button></div>\n\
    <p id=\"initials-note\" class=\"note\">2 to 5 letters, A to Z, each once</p>\n</form>\n\
    <p class=\"links\"><a class=\"button\" id=\"draw\" href=\"characters.html?v=1#drawn\">Draw a letter</a>\n\
    <a class=\"button\" id=\"open\" href=\"characters.html?v=1\">Open this demo</a></p>\n\
    <p class=\"note\">Runs in this tab. Every run is a link that replays spike for spike.</p>\n</div>\n\
    <div class=\"live\" id=\"live\"><img src=\"posters/home.svg\" width=\"680\" height=\"360\" alt=\"Fifteen pixels feed four \
    output neurons. After learning, the strong synapses of each neuron draw one of the letters A, B, C and D.\"/></div>\n</section>\n";

const FOR_WHOM: &str = "<section class=\"whom\" id=\"whom\">\n<h2>What it is for</h2>\n<ul>\n\
    <li><b>Student:</b> predict, run, see why. <a href=\"stdp_window.html?v=1\">Begin with one pair of spikes</a></li>\n\
    <li><b>Lecturer:</b> each demo is a link or a frame for slides. \
    <a href=\"characters.html?v=1&amp;embed=1\">See one as a frame shows it</a></li>\n\
    <li><b>Researcher:</b> published models re-created as coded, with tests. \
    <a href=\"characters.html?v=1#sources\">See where we differ</a></li>\n</ul>\n</section>\n";

fn marked_path(out: &mut String, pages: &[&Page], place: usize, path: &Path) {
    let mut steps: Vec<(u32, &Page)> = pages
        .iter()
        .filter_map(|page| Some((page.step.filter(|step| step.path == place)?.place, *page)))
        .collect();
    steps.sort_by_key(|(place, _)| *place);
    if steps.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "<div class=\"path\" data-path=\"{}\">\n<h2>{}</h2>\n<p>{}</p>\n<ol>",
        path.key, path.name, path.promise
    );
    for (_, page) in steps {
        let (id, title) = (escape(&page.id), escape(&page.title));
        let _ = writeln!(out, "<li><a href=\"{id}.html?v=1\">{title}</a></li>");
    }
    out.push_str("</ol>\n</div>\n");
}

/// The card of a demo.
fn demo(page: &Page) -> String {
    let from = page.story.sources.iter().find_map(|source| source.bibtex.as_deref());
    let badge = page.step.map_or_else(String::new, |step| {
        let Path { key, name, .. } = &PATHS[step.path];
        let place = step.place;
        format!(
            "<p class=\"badge\" data-path=\"{key}\"><span>Path “{name}”, step </span>{place}</p>"
        )
    });
    card(&Shown {
        href: &format!("{}.html?v=1", page.id),
        poster: &page.id,
        title: &page.title,
        question: page.story.question.as_deref().unwrap_or_default(),
        facts: &facts(page),
        source: from,
        badge: &badge,
    })
}

/// The card of a part with an entry of its own: it opens that part's preset.
fn part(page: &Page, told: &Card) -> String {
    let preset = page.all_presets().find(|preset| preset.id == told.preset);
    let query = preset.map_or("", |preset| &preset.link);
    let sign = if query.is_empty() { "" } else { "&" };
    let entries = page.all_sources().filter_map(|source| source.bibtex.as_deref());
    card(&Shown {
        href: &format!("{}.html?v=1{sign}{query}", page.id),
        poster: &format!("{}-{}", page.id, told.preset),
        title: &told.title,
        question: &told.question,
        facts: &format!("Part of {}", page.title),
        source: entries.into_iter().find(|entry| bibtex::key(entry) == Some(&*told.source)),
        badge: "",
    })
}

/// What a card shows.
struct Shown<'a> {
    href: &'a str,
    poster: &'a str,
    title: &'a str,
    question: &'a str,
    facts: &'a str,
    source: Option<&'a str>,
    badge: &'a str,
}

fn card(of: &Shown<'_>) -> String {
    let (href, picture, title) = (escape(of.href), card_picture(of.poster), escape(of.title));
    let source = of.source.and_then(bibtex::short);
    let source = source.map_or_else(String::new, |short| {
        format!("<p class=\"source\">After {}</p>\n", escape(&short))
    });
    format!(
        "<article class=\"card\">\n<img src=\"{picture}\" width=\"360\" height=\"200\" loading=\"lazy\" alt=\"\"/>\n\
         <div class=\"words\">\n{}<p class=\"facts\">{}</p>\n<h4><a href=\"{href}\">{title}</a></h4>\n<p class=\"asked\">{}</p>\n\
         {source}</div>\n</article>\n",
        of.badge,
        escape(of.facts),
        prose(of.question)
    )
}

/// Where the picture of a card lies.
pub fn card_picture(name: &str) -> String {
    format!("posters/card-{}.svg", escape(name))
}

/// The pictures that the home page of these pages needs.
pub fn pictures(pages: &[&Page]) -> Vec<String> {
    let still = std::iter::once("posters/home.svg".into());
    let parts = |page: &Page| {
        let own =
            page.cards.iter().map(|card| card_picture(&format!("{}-{}", page.id, card.preset)));
        own.chain([card_picture(&page.id)]).collect::<Vec<_>>()
    };
    still.chain(pages.iter().flat_map(|page| parts(page))).collect()
}
