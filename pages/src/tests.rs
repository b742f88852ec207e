//! A whole page is read, each slip is told with its line and a cure, and tables and HTML hold what was written.

use crate::frame::Menu;
use crate::model::{Notice, Page};
use crate::{Glossary, claims, home, read, site, tables};

const PAGE: &str = r"---
title: Distal reward
level: second year
minutes: 20
misconception: Dopamine strengthens what is active now.
group: reward
order: 2
path: reward 1
---

## About

Reward comes *late*, as
the page says.

## Question

Can it be found?

## Predict

What becomes of it?

- [ ] it climbs
- [x] it stays
  weak

Because: Nothing was earned.

See: `yoked`

## Stop

The reward has come. What now?

- [x] it waits
- [ ] it climbs

Because: It is early.

At: `2.5 s`

## Try

1. Press Run.
2. Set the reward to yoked.

## Notice

- It climbs in steps, σ_R and all.
- `when: reward=yoked|none` It does not climb.

## Equations

$$\frac{ds}{dt} = c\,d$$
The weight moves.

$$d = 0$$
`when: reward=none` There is no dopamine.

## Sources

- [A. Author (2007). A title. J. Things 1, 2.](https://doi.org/10.1/x)

  ```bibtex
  @article{author2007, author = {Author, A.}, year = {2007}, title = {A title}, doi = {10.1/x}}
  ```

- A book without an address.

## Deviations

- The twin is ours.

## Measures

- `weight` **Chosen synapse** (mV, main) Its weight now.
- `share` **… near the cap** (share) Of all.

## Presets

- `hour` **One hour** The full protocol.

### Controls

- `yoked` **Yoked: other times** As many rewards.
  `reward=yoked
  &duration_s=60`

## Captions

- `raster` Spikes over time.

## Cards

- `yoked` **Other times** (author2007) Does it still climb, and to w_max?

# When `part=pairing` or `mu>0` {#pairing}

## About

One synapse.
";

fn page_text() -> String {
    PAGE.replace("*late*", "late")
}

fn fault(text: &str) -> String {
    read("distal_reward", "page.md", text).expect_err("a fault").to_string()
}

/// The number of the first line of `text` that has `part` in it.
fn line_of(text: &str, part: &str) -> usize {
    text.lines().position(|line| line.contains(part)).expect("it is there") + 1
}

#[test]
fn a_page_is_read() {
    let page = read("distal_reward", "page.md", &page_text()).expect("a page");
    assert_eq!(
        (&*page.id, &*page.title, page.minutes),
        ("distal_reward", "Distal reward", Some(20))
    );
    let story = &page.story;
    assert_eq!(story.about.as_deref(), Some("Reward comes late, as the page says."));
    let predict = story.predict.as_ref().expect("a prediction");
    assert_eq!((predict.ask.answer, &*predict.preset), (1, "yoked"));
    assert_eq!(predict.ask.options, ["it climbs", "it stays weak"]);
    assert_eq!(predict.ask.because, "Nothing was earned.");
    let stop = story.stop.as_ref().expect("a stop");
    assert_eq!((stop.at_ms, stop.ask.answer, stop.ask.options.len()), (2_500.0, 0, 2));
    assert_eq!(story.try_first.len(), 2);
    let [Notice { when: None, text }, Notice { when: Some(when), .. }] = &story.notice[..] else {
        panic!("{:?}", story.notice)
    };
    assert_eq!(text, "It climbs in steps, σ_R and all.");
    assert_eq!(when.to_string(), "reward=yoked|none");
    assert!(story.equations[0].mathml.starts_with("<math"), "{:?}", story.equations);
    assert_eq!(story.equations[0].sentence, "The weight moves.");
    assert_eq!(story.equations[0].when, None);
    assert_eq!(story.equations[1].sentence, "There is no dopamine.");
    let when = story.equations[1].when.as_ref().expect("a condition");
    assert_eq!(when.to_string(), "reward=none");
    assert!(story.sources[0].bibtex.is_some() && story.sources[1].url.is_empty());
    assert_eq!(page.measures[1].label, "… near the cap");
    assert!(page.measures[0].main && page.measures[0].unit.variant == "Mv");
    assert_eq!(page.presets[1].name, "Controls");
    assert_eq!(page.presets[1].presets[0].link, "reward=yoked&duration_s=60");
    assert_eq!(page.captions[0].figure, "raster");
    let card = &page.cards[0];
    assert_eq!(
        (&*card.preset, &*card.title, &*card.source),
        ("yoked", "Other times", "author2007")
    );
    assert_eq!(page.step.map(|step| (step.path, step.place)), Some((1, 1)));
    assert_eq!(page.parts[0].when.to_string(), "part=pairing mu>0");
    assert_eq!(page.parts[0].story.question, None);
}

#[test]
fn tables_are_constants() {
    let page = read("distal_reward", "page.md", &page_text()).expect("a page");
    let code = tables(&page);
    for piece in [
        "pub const TITLE: &str = \"Distal reward\";",
        "Measure::new(\"weight\", \"Chosen synapse\", Unit::Mv, \"Its weight now.\").main()",
        "Preset { id: \"yoked\", group: \"Controls\", label: \"Yoked: other times\", \
         help: \"As many rewards.\", link: \"reward=yoked&duration_s=60\" }",
        "Condition(&[&[Test::OneOf(\"part\", &[\"pairing\"])], &[Test::Above(\"mu\", 0.0)]])",
        "Story { about: \"One synapse.\", ..STORY }",
        "captions: &[Caption { figure: ",
    ] {
        assert!(code.contains(piece), "{piece} in {code}");
    }
}

#[test]
fn slips_are_told_with_their_line_and_a_cure() {
    let text = page_text();
    for (right, wrong, told) in [
        ("## Notice", "## Notise", "did you mean 'Notice'?"),
        ("minutes: 20", "minuts: 20", "did you mean 'minutes'?"),
        ("minutes: 20", "minutes: many", "whole number"),
        ("level: second year", "title: Again", "each key once"),
        ("group: reward", "group: rewards", "did you mean 'reward'?"),
        ("order: 2", "order: second", "whole number"),
        ("path: reward 1", "path: reward", "write 'timing 2'"),
        ("path: reward 1", "path: rewarded 1", "did you mean 'reward'?"),
        ("(author2007) Does", "Does", "no source in brackets"),
        ("comes late", "comes *late*", "emphasis"),
        ("comes late", "comes <b>late</b>", "HTML"),
        ("- [x] it stays", "- [ ] it stays", "0 right answers"),
        ("`when: reward=yoked|none`", "`when: yoked`", "neither = nor >"),
        ("`when: reward=yoked|none`", "`reward=yoked`", "write 'when:'"),
        (r"$$\frac{ds}{dt} = c\,d$$", r"$$\frac{ds}$$", "an equation in LaTeX"),
        ("doi = {10.1/x}", "doi = {10.1/y}", "the doi 10.1/y"),
        ("(https://doi.org/10.1/x)", "(http://doi.org/10.1/x)", "the address http:"),
        ("(mV, main)", "(mv, main)", "did you mean 'mV'?"),
        ("(mV, main)", "(mV, mian)", "'mian' behind the unit"),
        ("  `reward=yoked\n", "  `yoked\n", "which sets nothing"),
        ("# When `part=pairing`", "# Where `part=pairing`", "another heading"),
        (" {#pairing}", "", "no {#id}"),
    ] {
        assert!(text.contains(right), "{right}");
        let slip = text.replacen(right, wrong, 1);
        let message = fault(&slip);
        assert!(message.contains(told), "{wrong}: {message}");
        let line = message.split(':').nth(1).and_then(|line| line.parse::<usize>().ok());
        let expected =
            line_of(&slip, wrong.lines().next().filter(|w| !w.is_empty()).unwrap_or("# When"));
        // A fault of a whole paragraph or list stands at its beginning.
        let line = line.expect("a line");
        assert!((expected.saturating_sub(7)..=expected).contains(&line), "{expected}: {message}");
    }
}

#[test]
fn what_is_missing_or_twice_is_told() {
    let text = page_text();
    let without = text.replace("## Question\n\nCan it be found?\n", "");
    assert!(fault(&without).contains("no 'Question'"), "{}", fault(&without));
    let twice = text.replace("## Question", "## About");
    assert!(fault(&twice).contains("second section"), "{}", fault(&twice));
    let same = text.replace("`share` **…", "`weight` **…");
    assert!(fault(&same).contains("`weight` twice"), "{}", fault(&same));
    let unseen = text.replace("See: `yoked`", "See: `yokes`");
    assert!(fault(&unseen).contains("did you mean 'yoked'?"), "{}", fault(&unseen));
    let untimed = text.replace("At: `2.5 s`", "At: `2.5`");
    assert!(fault(&untimed).contains("such as '12.5 s'"), "{}", fault(&untimed));
    let alone = text.replace(
        "One synapse.",
        "One synapse.\n\n## Stop\n\nWhy?\n\n- [x] so\n- [ ] not\n\nBecause: It is.\n\nAt: `1 s`",
    );
    assert!(fault(&alone).contains("a 'Stop' alone"), "{}", fault(&alone));
    let unknown = text.replace("(author2007)", "(author2008)");
    assert!(fault(&unknown).contains("did you mean 'author2007'?"), "{}", fault(&unknown));
    let closed = text.replace("- `yoked` **Other", "- `yokes` **Other");
    assert!(fault(&closed).contains("did you mean 'yoked'?"), "{}", fault(&closed));
    let nowhere = text.replace("group: reward\n", "");
    assert!(fault(&nowhere).contains("no group"), "{}", fault(&nowhere));
    let no_front = text.replacen("---", "", 1);
    assert!(fault(&no_front).starts_with("page.md:1:"), "{}", fault(&no_front));
    let in_part = text.replace("One synapse.", "One synapse.\n\n## Measures\n\n- `a` **A** (s) B.");
    assert!(fault(&in_part).contains("heading 'Measures'"), "{}", fault(&in_part));
}

/// Whether every element is closed in its order, and what of its text is no markup.
fn text_of(html: &str) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut text = String::new();
    let mut pieces = html.strip_prefix("<!doctype html>").expect("a document").split('<');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (tag, after) = piece.split_once('>').unwrap_or_else(|| panic!("'<{piece}' has no end"));
        assert!(!after.contains('>'), "a bare > in '{after}'");
        assert_eq!(tag.matches('"').count() % 2, 0, "quotes in <{tag}>");
        let name = tag.split([' ', '/']).find(|name| !name.is_empty()).expect("a name");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> closes it");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        text.push_str(after);
    }
    assert!(open.is_empty(), "{open:?} are never closed");
    text
}

const TEMPLATE: &str = "<!doctype html><html lang=\"en\"><head><title>T</title><script type=\"module\" src=\"load.js\"></script></head><body><section class=\"plain\"><p>A card.</p></section></body></html>";

fn document(text: &str, address: Option<&str>) -> String {
    let page = read("distal_reward", "page.md", text).expect("a page");
    let letters = Page { id: "characters".into(), group: 4, ..page.clone() };
    let menu = Menu::of(&[&letters, &page]);
    site::demo(TEMPLATE, &page, (&menu, &Glossary::default()), address)
        .expect("the template has all")
}

#[test]
fn html_is_whole_and_well_formed() {
    let html = document(&page_text(), Some("https://example.org/p/"));
    let text = text_of(&html);
    for told in
        ["Distal reward", "Can it be found?", "it stays weak", "The weight moves.", "One synapse."]
    {
        assert!(text.contains(told), "{told} in {text}");
    }
    for piece in [
        "<meta property=\"og:title\" content=\"Distal reward\"/>",
        "<p class=\"about\" data-of=\"about\" data-story=\"pairing\" hidden=\"\">One synapse.</p>",
        "<li data-story=\"pairing\" data-when=\"part=pairing mu&gt;0\"></li>",
        "<html lang=\"en\" data-demo=\"distal_reward\">",
        "<meta name=\"demos\" content=\"characters distal_reward\"/>",
        "<meta property=\"og:image\" content=\"https://example.org/p/previews/distal_reward.png\"/>",
        "<a href=\"distal_reward.html?v=1\" aria-current=\"page\">Distal reward <small>second year · 20 min</small></a>",
        "<details class=\"demos\"><summary>All demos</summary>",
        "It climbs in steps, <var>σ<sub>R</sub></var> and all.",
        "<input type=\"text\" name=\"reason\"",
        "class=\"small skip\" hidden=\"\"",
        "<p>A card.</p>",
        "<li data-when=\"reward=yoked|none\">It does not climb.</li>",
        "data-answer=\"1\" data-preset=\"yoked\"",
        "<dt tabindex=\"0\"><math",
        "<dt tabindex=\"0\" data-when=\"reward=none\"><math",
        "<dd data-when=\"reward=none\">There is no dopamine.</dd>",
        "<a href=\"distal_reward.html?v=1&amp;reward=yoked&amp;duration_s=60\">Yoked: other times</a>",
        "<h3>Controls</h3>",
    ] {
        assert!(html.contains(piece), "{piece} in {html}");
    }
    let place = |piece: &str| html.find(piece).unwrap_or_else(|| panic!("no {piece}"));
    let order = [
        "id=\"opening\"",
        "id=\"poster\"",
        "id=\"predict\"",
        "id=\"machine\"",
        "class=\"closing\"",
    ];
    assert!(order.map(place).is_sorted(), "{html}");
    // What a part has not got of its own is there once.
    assert_eq!(html.matches("Can it be found?").count(), 1);
    assert!(html.contains("load.js"));
}

#[test]
fn the_root_lists_the_demos_as_a_course_and_loads_no_module() {
    let page = read("distal_reward", "page.md", &page_text()).expect("a page");
    // In the order of the registry; the course has another one.
    let other = |id: &str, group, order, step| {
        let (id, title, cards) = (id.into(), format!("Title of {id}"), Vec::new());
        Page { id, title, group, order, step, cards, ..page.clone() }
    };
    let (last, first) = (other("late", 6, 3, None), other("early", 2, 1, None));
    let pages = [&last, &page, &first];
    let html = site::root(TEMPLATE, &pages, &Menu::of(&pages), None).expect("a template");
    text_of(&html);
    for piece in [
        "<h4><a href=\"distal_reward.html?v=1\">Distal reward</a></h4>",
        "<h4><a href=\"distal_reward.html?v=1&amp;reward=yoked&amp;duration_s=60\">Other times</a></h4>",
        "<p class=\"asked\">Does it still climb, and to <var>w<sub>max</sub></var>?</p>",
        "<p class=\"source\">After Author 2007</p>",
        "<p class=\"facts\">second year · 20 min</p>",
        "<section class=\"chapter\" data-num=\"3\">\n<h3>Reward</h3>",
        "<li><a href=\"distal_reward.html?v=1\">Distal reward</a></li>\n</ol>",
        "<meta name=\"demos\" content=\"late early distal_reward\"/>",
        "data-home",
        "<script src=\"home.js\"",
    ] {
        assert!(html.contains(piece), "{piece} in {html}");
    }
    let place = |title: &str| html.find(&format!("\">{title}</a></h4>")).expect("a card");
    assert!(["Title of early", "Distal reward", "Title of late"].map(place).is_sorted(), "{html}");
    assert!(!html.contains("load.js") && !html.contains("A card."), "{html}");
    // Chapters without demos, and paths that nobody is on, are not shown.
    assert!(!html.contains("Competition") && !html.contains("How timing"), "{html}");
    let pictures = home::pictures(&pages);
    for picture in
        ["posters/home.svg", "posters/card-late.svg", "posters/card-distal_reward-yoked.svg"]
    {
        assert!(pictures.iter().any(|file| file == picture), "{picture} in {pictures:?}");
    }
    for picture in pictures {
        assert!(html.contains(&format!("src=\"{picture}\"")), "{picture} in {html}");
    }
    let error = site::root("<html><title>A</title>", &[], &Menu::of(&[]), None);
    let error = error.expect_err("no modules");
    assert!(error.contains("load.js") || error.contains("module"), "{error}");
}

#[test]
fn claims_name_their_proofs_and_pages_do_not_show_them() {
    let text = page_text().replace(
        "It climbs in steps, σ_R and all.",
        "It climbs. `proof: distal::climbs, distal::steps`",
    );
    let claims = claims("page.md", &text).expect("a page");
    let climbs = claims.iter().find(|claim| claim.text == "It climbs.").expect("a claim");
    assert_eq!(climbs.proofs, ["distal::climbs", "distal::steps"]);
    assert_eq!(
        text.lines().nth(climbs.line - 1).map(|line| line.contains("It climbs.")),
        Some(true)
    );
    assert!(claims.iter().any(|claim| claim.section == "Notice" && claim.proofs.is_empty()));
    assert!(claims.iter().any(|claim| claim.section == "Predict"));
    let html = document(&text, None);
    assert!(html.contains("It climbs.</li>") && !html.contains("proof"));
}

#[test]
fn signs_of_html_are_escaped() {
    let text = page_text()
        .replace("comes late", r#"comes \<late> & "says" so"#)
        .replace("title: Distal reward", "title: A < \"B\"")
        .replace("A title. J.", "A \\<title\\> & J.");
    let text = text.replace("A <title\\>", "A \\<title\\>");
    let html = document(&text, None);
    text_of(&html);
    assert!(html.contains("comes &lt;late&gt; &amp; &quot;says&quot; so"), "{html}");
    assert!(html.contains("<title>A &lt; &quot;B&quot; · STDP Playground</title>"), "{html}");
    assert!(html.contains("A &lt;title&gt; &amp; J."), "{html}");
}
