//! The site's documents, made of the document that Trunk has built, which names styles and modules, and the words.

use std::fmt::Write;

use crate::frame::Menu;
use crate::glossary::Glossary;
use crate::home;
use crate::html::{body, escape};
use crate::model::Page;

/// A document that is not as it is expected.
pub type Missing = String;

/// The page of one demo. `address` is where the site will be, with a slash at its end, if that is known: services that show
/// a preview of a link want whole addresses of pictures.
///
/// # Errors
/// What `template` has not got.
pub fn demo(
    template: &str,
    page: &Page,
    (menu, glossary): (&Menu, &Glossary),
    address: Option<&str>,
) -> Result<String, Missing> {
    let id = escape(&page.id);
    let about = page.story.about.as_deref().unwrap_or_default();
    let head =
        head(&page.title, about, &format!("{id}.html"), &format!("previews/{id}.png"), address);
    let html = replace(template, &TITLE, &format!("{head}{}", demos(menu)))?;
    let html = replace(&html, &ROOT, &format!("<html lang=\"en\" data-demo=\"{id}\">"))?;
    Ok(at_the_end(&html, &body(page, menu, glossary)))
}

/// The document at the root of the site: what this is, and the demos to choose from. It needs no module and no card that
/// says what is wrong.
///
/// # Errors
/// What `template` has not got.
pub fn root(
    template: &str,
    pages: &[&Page],
    menu: &Menu,
    address: Option<&str>,
) -> Result<String, Missing> {
    let picture = format!("previews/{}.png", escape(&menu.first));
    let head = head("See spiking networks learn", ABOUT, "", &picture, address);
    let script = "<script src=\"home.js\" defer=\"\"></script>";
    let html = replace(template, &TITLE, &format!("{head}{}{script}", demos(menu)))?;
    let html = replace(&html, &MODULES, "")?;
    let html = replace(&html, &CARD, "")?;
    let html = replace(&html, &ROOT, "<html lang=\"en\" data-home=\"\">")?;
    Ok(at_the_end(&html, &home::body(pages, menu)))
}

const ABOUT: &str = "See spiking networks learn, in your browser: every run is a link that replays spike for spike.";

/// Which demos there are, for the script that sends old links to their pages.
/// The first is the one that links without a demo are of.
fn demos(menu: &Menu) -> String {
    let rest = menu.entries.iter().map(|entry| &*entry.id).filter(|id| *id != menu.first);
    let ids: Vec<&str> = std::iter::once(&*menu.first).chain(rest).collect();
    format!("<meta name=\"demos\" content=\"{}\"/>", escape(&ids.join(" ")))
}

fn head(title: &str, about: &str, file: &str, picture: &str, address: Option<&str>) -> String {
    let (title, about) = (escape(title), escape(about));
    let base = escape(address.unwrap_or_default());
    let mut out = format!(
        "<title>{title} · STDP Playground</title>\
         <meta name=\"description\" content=\"{about}\"/>\
         <meta property=\"og:type\" content=\"article\"/>\
         <meta property=\"og:site_name\" content=\"STDP Playground\"/>\
         <meta property=\"og:title\" content=\"{title}\"/>\
         <meta property=\"og:description\" content=\"{about}\"/>\
         <meta property=\"og:image\" content=\"{base}{picture}\"/>\
         <meta property=\"og:image:width\" content=\"1200\"/>\
         <meta property=\"og:image:height\" content=\"630\"/>\
         <meta name=\"twitter:card\" content=\"summary_large_image\"/>"
    );
    if address.is_some() {
        let _ = write!(out, "<meta property=\"og:url\" content=\"{base}{file}\"/>");
    }
    out
}

/// A piece of the template: how it begins, in the ways in which it may be written, and ends.
struct Piece {
    starts: &'static [&'static str],
    end: &'static str,
}

const ROOT: Piece = Piece { starts: &["<html"], end: ">" };
const TITLE: Piece = Piece { starts: &["<title"], end: "</title>" };
const MODULES: Piece = Piece {
    starts: &[
        "<script type=\"module\"",
        "<script type=module",
        "<script data-js",
        "<script src=load.js",
        "<script src=\"load.js\"",
    ],
    end: "</script>",
};

const CARD: Piece =
    Piece { starts: &["<section class=\"plain\"", "<section class=plain"], end: "</section>" };

/// Below the card that says what is wrong where no script runs, so that it is seen first.
fn at_the_end(html: &str, words: &str) -> String {
    // What may be left out is left out of small documents.
    let end = ["</body>", "</html>"].iter().find_map(|end| html.find(end)).unwrap_or(html.len());
    format!("{}{words}{}", &html[..end], &html[end..])
}

fn replace(html: &str, piece: &Piece, with: &str) -> Result<String, Missing> {
    let start = piece.starts.iter().find_map(|start| html.find(start));
    let found = start.and_then(|at| Some((at, at + html[at..].find(piece.end)? + piece.end.len())));
    let (from, to) =
        found.ok_or_else(|| format!("no {}…{} in index.html", piece.starts[0], piece.end))?;
    Ok(format!("{}{with}{}", &html[..from], &html[to..]))
}
