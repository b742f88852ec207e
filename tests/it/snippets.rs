//! Snippets, read as the places read them that they are pasted into; and links that show exactly the chosen parts.

use stdp_playground::experiments::REGISTRY;
use stdp_playground::lab::embed::{Kind, Part, compact, parts_of, showing, shown};
use stdp_playground::lab::link::{self, Link};
use stdp_playground::lab::qr::Qr;
use stdp_playground::lab::snippet::{Cited, Format, Frame, HEIGHT_SCRIPT};

use crate::floors::read;
use crate::runs::{every_preset, link_of};

/// Everything in it means something somewhere.
const TITLE: &str = "A \"b\" <c> & 'd' [e] *f* _g_ `h` {i} $j$ #k \\ ]( 100 %";
const SRC: &str =
    "https://a.example/~u(1)/x.html?v=1&lt=3&letters=%22A%22%3Cb%3E&show=hit_rate,transport&amp=1";

fn frame() -> Frame {
    Frame {
        title: TITLE.into(),
        src: SRC.into(),
        full: format!("{SRC}&full=1"),
        poster: "https://a.example/~u(1)/posters/x.svg".into(),
        width: 700,
        height: 500,
    }
}

/// The attributes of the first element of this name, as a browser reads them.
fn attributes(html: &str, element: &str) -> Vec<(String, String)> {
    let start = html.find(&format!("<{element} ")).expect("such an element") + element.len() + 1;
    let (mut rest, mut found) = (&html[start..], Vec::new());
    loop {
        rest = rest.trim_start();
        if rest.starts_with('>') {
            return found;
        }
        let (name, value) = rest.split_once("=\"").expect("an attribute with a value");
        let (value, after) = value.split_once('"').expect("the end of a value");
        let value = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        // An ampersand that begins no entity would stand for itself in a browser, or not: none may be left.
        let loose = value.match_indices('&').find(|(at, _)| !value[*at..].starts_with("&amp;"));
        assert_eq!(loose, None, "{value}");
        found.push((name.into(), value.replace("&amp;", "&")));
        rest = after;
    }
}

fn attribute(html: &str, element: &str, name: &str) -> String {
    let found = attributes(html, element).into_iter().find(|(key, _)| key == name);
    found.unwrap_or_else(|| panic!("{element} has no {name}: {html}")).1
}

#[test]
fn html_has_the_link_and_the_title_as_they_are() {
    let frame = frame();
    for (format, address) in
        [(Format::Html, "src"), (Format::Course, "src"), (Format::Reveal, "data-src")]
    {
        let html = format.of(&frame);
        assert_eq!(attribute(&html, "iframe", address), SRC, "{format:?}");
        assert_eq!(attribute(&html, "iframe", "title"), TITLE, "{format:?}");
        assert_eq!(attribute(&html, "iframe", "width"), "700");
        assert_eq!(attribute(&html, "iframe", "height"), "500");
        assert!(attribute(&html, "iframe", "style").starts_with("border: 0"));
        assert_eq!(html.matches("<iframe").count(), html.matches("</iframe>").count());
    }
    let html = Format::Html.of(&frame);
    assert_eq!(attribute(&html, "iframe", "loading"), "lazy");
    assert_eq!(attribute(&html, "iframe", "allow"), "clipboard-write");
    // reveal.js loads it when its time has come, not when the page is read.
    assert!(attributes(&Format::Reveal.of(&frame), "iframe").iter().all(|(key, _)| key != "src"));
    // Where a course's site takes the frame out, the link is left.
    assert_eq!(attribute(&Format::Course.of(&frame), "a", "href"), frame.full);
    // What the sanitizer of Canvas keeps: everything else it would take out.
    let kept = ["src", "title", "width", "height", "style"];
    for (name, _) in attributes(&Format::Course.of(&frame), "iframe") {
        assert!(kept.contains(&name.as_str()), "{name}");
    }
}

/// Text up to the first bracket that closes it, without backslashes, and what is behind the bracket.
fn bracketed(text: &str) -> (String, &str) {
    let (mut out, mut depth) = (String::new(), 0);
    let mut letters = text.char_indices();
    while let Some((at, c)) = letters.next() {
        match c {
            '\\' => {
                let (_, c) = letters.next().expect("something behind a backslash");
                assert!(c.is_ascii_punctuation(), "a backslash before {c} stays");
                out.push(c);
            }
            ']' if depth == 0 => return (out, &text[at + 1..]),
            c => {
                depth += i32::from(c == '[') - i32::from(c == ']');
                assert!(!"*_`<>$&".contains(c), "{c} is markup");
                out.push(c);
            }
        }
    }
    panic!("no end: {text}");
}

fn target(text: &str) -> (&str, &str) {
    let inside = text.strip_prefix('(').expect("a target");
    inside.split_once(')').expect("the end of a target")
}

/// Both spell the same address.
fn same(one: &str, other: &str) {
    let plain = |text: &str| text.replace("%28", "(").replace("%29", ")");
    assert_eq!(plain(one), plain(other));
}

#[test]
fn markdown_links_a_picture() {
    let frame = frame();
    let text = Format::Markdown.of(&frame);
    let (title, rest) = bracketed(text.strip_prefix("[![").expect("a picture in a link"));
    assert_eq!(title, TITLE);
    let (poster, rest) = target(rest);
    same(poster, &frame.poster);
    let (full, rest) = target(rest.strip_prefix(']').expect("the end of the link"));
    same(full, &frame.full);
    assert_eq!(rest, "");
}

#[test]
fn myst_has_a_directive_and_a_caption() {
    let text = Format::Myst.of(&frame());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0].strip_prefix(":::{iframe} "), Some(SRC));
    assert_eq!((lines[1], lines[3]), (":width: 100%", ":::"));
    let caption = lines[2].rsplit_once(" [").expect("a link").0;
    assert_eq!(bracketed(&format!("{caption}]")).0, format!("{TITLE}."));
    same(target(lines[2].rsplit_once(']').expect("a link").1).0, &frame().full);
}

#[test]
fn quarto_has_a_slide_with_a_background() {
    let text = Format::Quarto.of(&frame());
    let inside = text.strip_prefix("## {").and_then(|rest| rest.strip_suffix('}'));
    let inside = format!("<slide {}>", inside.expect("attributes of a heading"));
    // Pandoc reads references such as &lt; in it too, but only with a semicolon.
    assert!(!SRC.contains(';') && inside.contains(&format!("background-iframe=\"{SRC}\"")));
    assert!(inside.contains(" background-interactive=\"true\">"));
}

#[test]
fn every_format_says_what_to_do_with_it() {
    for format in Format::ALL {
        assert!(!format.label().is_empty());
        let words = format.note().split_whitespace().count();
        assert!((3..=15).contains(&words), "{format:?}: {words} words");
    }
}

#[test]
fn the_readme_has_the_script_for_heights() {
    let readme = read("README.md".as_ref());
    assert!(readme.contains(HEIGHT_SCRIPT), "README.md has another script than the page");
}

#[test]
fn a_citation_says_what_and_where() {
    let mut cited = Cited {
        title: "50 % of {X} & Y_1".into(),
        id: "characters".into(),
        link: "https://a.example/characters.html?v=1&letters=A%20B".into(),
        fingerprint: Some("amber-fox-river".into()),
    };
    let version = env!("CARGO_PKG_VERSION");
    for text in [cited.text(), cited.bibtex()] {
        for part in ["STDP Playground", version, &cited.link, "amber-fox-river"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    let bibtex = cited.bibtex();
    assert!(bibtex.contains("50 \\% of \\{X\\} \\& Y\\_1") && bibtex.contains("YYYY-MM-DD"));
    let plain = bibtex.replace("\\{", "").replace("\\}", "");
    assert_eq!(plain.matches('{').count(), plain.matches('}').count(), "{bibtex}");
    cited.fingerprint = None;
    assert!(!cited.text().contains("Fingerprint") && !cited.bibtex().contains("Fingerprint"));
}

/// The squares of a path, as rows.
fn grid(qr: &Qr) -> Vec<Vec<bool>> {
    let size = qr.size as usize;
    let mut rows = vec![vec![false; size]; size];
    for run in qr.path.split_terminator('z') {
        let (place, rest) = run[1..].split_once('h').expect("a run");
        let (x, y) = place.split_once(' ').expect("a place");
        let length: usize = rest.split_once('v').expect("a height").0.parse().expect("a length");
        let (x, y): (usize, usize) = (x.parse().expect("x"), y.parse().expect("y"));
        assert_eq!(rest, format!("{length}v1h-{length}"));
        rows[y][x..x + length].fill(true);
    }
    rows
}

#[test]
fn a_qr_code_has_its_marks_and_refuses_what_is_too_long() {
    let qr = Qr::of(SRC).expect("short enough");
    let rows = grid(&qr);
    let far = rows.len() - 7;
    for (x, y) in [(0, 0), (far, 0), (0, far)] {
        for (row, text) in rows[y..y + 7]
            .iter()
            .zip(["#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######"])
        {
            let drawn: String =
                row[x..x + 7].iter().map(|dark| if *dark { '#' } else { ' ' }).collect();
            assert_eq!(drawn, text, "at {x}, {y}");
        }
    }
    assert!((8..far).all(|at| rows[6][at] == (at % 2 == 0)), "no timing row");
    // 117 modules hold 1,273 bytes and no more.
    assert_eq!(Qr::of(&"x".repeat(1_273)).expect("the longest").size, 117);
    assert_eq!(Qr::of(&"x".repeat(1_274)), None);
    assert_eq!(Qr::of(&"x".repeat(10_000)), None);
}

fn parse(text: &str) -> Link {
    let (link, notices) = link::parse(text, REGISTRY);
    assert_eq!(notices, [], "{text}");
    link
}

/// The link of an embed with these parts opens with exactly them.
fn check(link: &Link, parts: &[Part], chosen: &[&'static str]) -> usize {
    let page = showing(link, parts, chosen);
    assert!(page.embed);
    let text = Link { page, ..link.clone() }.print();
    let opened = parse(&text);
    assert_eq!(opened.spec, link.spec, "{text}");
    assert_eq!(shown(&opened, &parts_of(&opened)), chosen, "{text}");
    text.len()
}

fn all_links() -> Vec<Link> {
    let presets = every_preset().into_iter().map(|preset| link_of(&preset.spec));
    let defaults = REGISTRY.0.iter().map(|entry| format!("demo={}", entry.id));
    let compared = REGISTRY.0.iter().map(|entry| format!("demo={}&compare=1", entry.id));
    presets.chain(defaults).chain(compared).map(|text| parse(&text)).collect()
}

#[test]
fn an_embed_shows_exactly_what_was_chosen() {
    let links = all_links();
    assert!(links.len() > 20, "{}", links.len());
    for (turn, link) in links.iter().enumerate() {
        let parts = parts_of(link);
        let names: Vec<&str> = parts.iter().map(|part| part.name).collect();
        assert_eq!(shown(link, &parts), names, "a page shows everything");
        check(link, &parts, &names);
        let few = compact(link, &parts);
        assert!(few.contains(&"transport") && (3..=8).contains(&few.len()), "{few:?}");
        let few: Vec<&str> = names.iter().copied().filter(|name| few.contains(name)).collect();
        check(link, &parts, &few);
        // Single parts, and all others: not for every part of every preset, which would take long.
        for (place, part) in
            parts.iter().enumerate().filter(|(place, _)| (place + 5 * turn) % 23 == 0)
        {
            check(link, &parts, &[part.name]);
            let others: Vec<&str> = names.iter().copied().filter(|n| *n != part.name).collect();
            check(link, &parts, &others);
            let some = parts.iter().enumerate().filter(|(other, _)| (other * (place + 2)) % 3 == 0);
            let some: Vec<&str> = some.map(|(_, part)| part.name).collect();
            check(link, &parts, &some);
        }
    }
}

#[test]
fn the_link_of_an_embed_is_short() {
    let link = parse("demo=characters");
    let parts = parts_of(&link);
    let few = compact(&link, &parts);
    for part in ["opening", "network", "hit_rate", "homeostasis", "transport"] {
        assert!(few.contains(&part), "{part} is not in {few:?}");
    }
    let every: Vec<&str> = parts.iter().map(|part| part.name).collect();
    assert!(showing(&link, &parts, &every).show.is_empty());
    assert!(showing(&link, &parts, &every).hide.is_empty());
    let without = |name: &str| every.iter().copied().filter(|n| *n != name).collect::<Vec<_>>();
    assert_eq!(showing(&link, &parts, &without("share")).hide, ["share"]);
    let figures = parts.iter().filter(|part| part.kind == Kind::Figure).map(|part| part.name);
    let no_figure: Vec<&str> =
        every.iter().copied().filter(|name| figures.clone().all(|f| f != *name)).collect();
    assert_eq!(showing(&link, &parts, &no_figure).hide, ["figures"]);
    // What else a link says of the page stays.
    let dark = parse("demo=characters&theme=dark&autorun=0");
    let page = showing(&dark, &parts, &["hit_rate"]);
    assert_eq!((page.theme, page.autorun), (dark.page.theme, dark.page.autorun));
    assert_eq!(page.show, ["figures", "hit_rate"]);
}
