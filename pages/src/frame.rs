//! What stands around every page: the header with all demos to choose from, and the footer.

use std::fmt::Write;

use crate::course::GROUPS;
use crate::html::escape;
use crate::model::Page;

/// A demo as the menu lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The demo's id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Level and minutes.
    pub facts: String,
    /// Its chapter, as a place in [`GROUPS`].
    pub group: usize,
}

/// The demos to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// Every demo, in the order of the course.
    pub entries: Vec<Entry>,
    /// The demo that links to the site's root are of if they name none: the first of the registry.
    pub first: String,
}

impl Menu {
    /// The menu of these pages, which come in the order of the registry.
    pub fn of(pages: &[&Page]) -> Self {
        let entry = |page: &Page| Entry {
            id: page.id.clone(),
            title: page.title.clone(),
            facts: facts(page),
            group: page.group,
        };
        Self {
            entries: in_order(pages).into_iter().map(entry).collect(),
            first: pages.first().map(|page| page.id.clone()).unwrap_or_default(),
        }
    }
}

/// The pages in the order of the course: by chapter, within one by order, then as they came.
pub fn in_order<'p>(pages: &[&'p Page]) -> Vec<&'p Page> {
    let mut pages = pages.to_vec();
    pages.sort_by_key(|page| (page.group, page.order));
    pages
}

/// Level and minutes in one line.
pub fn facts(page: &Page) -> String {
    let minutes = page.minutes.map(|minutes| format!("{minutes} min"));
    page.level.iter().cloned().chain(minutes).collect::<Vec<_>>().join(" · ")
}

/// The site's name, a menu that opens without any script, and a place for the choice of theme. `here` is the demo shown.
pub fn header(menu: &Menu, here: &str) -> String {
    let mut out = String::from(
        "<header class=\"site\">\n<a class=\"brand\" href=\"./\">STDP Playground</a>\n\
         <details class=\"demos\"><summary>All demos</summary>\n<nav aria-label=\"Demos\">\n",
    );
    for (place, group) in GROUPS.iter().enumerate() {
        let entries: Vec<&Entry> =
            menu.entries.iter().filter(|entry| entry.group == place).collect();
        if entries.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "<p id=\"demos-{0}\">{1}</p>\n<ul aria-labelledby=\"demos-{0}\">",
            group.key, group.name
        );
        for Entry { id, title, facts, .. } in entries {
            let current = if id == here { " aria-current=\"page\"" } else { "" };
            let (id, title, facts) = (escape(id), escape(title), escape(facts));
            let _ = writeln!(
                out,
                "<li><a href=\"{id}.html?v=1\"{current}>{title} <small>{facts}</small></a></li>"
            );
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</nav>\n</details>\n<div id=\"theme\"></div>\n</header>\n");
    out
}

/// What the site promises.
pub const FOOTER: &str = "<footer class=\"site\">\n<p>No cookies. Nothing leaves your browser: every run is computed in \
                          this tab.</p>\n<p>Open source, MIT or Apache 2.0. Equations are set in STIX Two Math \
                          (<a href=\"face/LICENSE.txt\">Open Font License</a>).</p>\n</footer>\n";
