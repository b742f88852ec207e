//! What puts a run into other people's pages, and into a list of references: plain text, made of its link.

/// A frame with a run in it.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What it shows, for those who cannot see it.
    pub title: String,
    /// The address of the embed.
    pub src: String,
    /// The address of the same run on a page of its own.
    pub full: String,
    /// The address of a picture of it.
    pub poster: String,
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
}

/// A place to paste a run into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page of HTML.
    Html,
    /// Markdown, which has no frames.
    Markdown,
    /// MyST, of which Jupyter Book is made.
    Myst,
    /// A slide of Quarto.
    Quarto,
    /// A slide of reveal.js.
    Reveal,
    /// The HTML that the editors of Moodle and Canvas keep.
    Course,
}

impl Format {
    /// All, in the order of the menu.
    pub const ALL: [Self; 6] =
        [Self::Html, Self::Markdown, Self::Myst, Self::Quarto, Self::Reveal, Self::Course];

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Markdown => "Markdown",
            Self::Myst => "MyST, Jupyter Book",
            Self::Quarto => "Quarto slides",
            Self::Reveal => "reveal.js",
            Self::Course => "Moodle, Canvas",
        }
    }

    /// What its reader has to know.
    pub fn note(self) -> &'static str {
        match self {
            Self::Html => "Paste this into your page.",
            Self::Markdown => "Markdown has no frames: a picture links to the run instead.",
            Self::Myst => {
                "For MyST and Jupyter Book 2. Jupyter Book 1: put the HTML into {raw} html."
            }
            Self::Quarto => "The run fills the slide. Write your heading in front of the bracket.",
            Self::Reveal => "Loads when its slide is near, and stops when it is far.",
            Self::Course => "Paste it in the editor's HTML view. Your site must allow frames.",
        }
    }

    /// The text to paste.
    pub fn of(self, frame: &Frame) -> String {
        let Frame { src, full, title, poster, width, height } = frame;
        let attributes = |address: &str| {
            let (src, title) = (html(src), html(title));
            format!("{address}=\"{src}\" title=\"{title}\" width=\"{width}\" height=\"{height}\"")
        };
        match self {
            Self::Html => format!(
                "<iframe {}\n  loading=\"lazy\" allow=\"clipboard-write\" style=\"border: 0; max-width: 100%\"></iframe>",
                attributes("src")
            ),
            Self::Markdown => {
                let title = markdown(title);
                format!("[![{title}]({})]({})", destination(poster), destination(full))
            }
            Self::Myst => {
                let (title, full) = (markdown(title), destination(full));
                format!(":::{{iframe}} {src}\n:width: 100%\n{title}. [Open it]({full})\n:::")
            }
            Self::Quarto => {
                // A quotation mark would end the attribute; in an address it can be spelled in another way.
                let src = src.replace('"', "%22");
                format!("## {{background-iframe=\"{src}\" background-interactive=\"true\"}}")
            }
            Self::Reveal => format!(
                "<section>\n  <iframe {}\n    allow=\"clipboard-write\" style=\"border: 0\"></iframe>\n</section>",
                attributes("data-src")
            ),
            Self::Course => {
                let (full, title) = (html(full), html(title));
                format!(
                    "<p><iframe {} style=\"border: 0\"></iframe></p>\n<p><a href=\"{full}\">{title}</a></p>",
                    attributes("src")
                )
            }
        }
    }
}

/// For a page around embeds: each frame becomes as high as what is in it.
pub const HEIGHT_SCRIPT: &str = "<script>
addEventListener(\"message\", ({ data, source }) => data?.snn === 1 && data.event === \"height\" && Number.isFinite(data.px) &&
  document.querySelectorAll(\"iframe\").forEach((frame) =>
    frame.contentWindow === source && (frame.style.height = `${data.px}px`)));
</script>";

/// A run to be cited.
#[derive(Clone, Debug)]
pub struct Cited {
    /// Its demo.
    pub title: String,
    /// The demo's id.
    pub id: String,
    /// Its address.
    pub link: String,
    /// Its fingerprint, once it is finished.
    pub fingerprint: Option<String>,
}

impl Cited {
    /// For a list of references.
    pub fn text(&self) -> String {
        let Self { title, link, .. } = self;
        let version = env!("CARGO_PKG_VERSION");
        let print = self.print().map_or(String::new(), |print| format!(" {print}."));
        format!(
            "STDP Playground, version {version}. {title} [interactive simulation].{print} {link} (accessed [date])."
        )
    }

    /// For BibTeX and biblatex.
    pub fn bibtex(&self) -> String {
        let Self { title, link, id, .. } = self;
        let version = env!("CARGO_PKG_VERSION");
        let print = self.print().map_or(String::new(), |print| format!(". {print}"));
        format!(
            "@misc{{stdp_playground_{id},\n  title   = {{{{STDP Playground}}: {}}},\n  version = {{{version}}},\n  \
             note    = {{Interactive simulation, version {version}{print}}},\n  url     = {{{link}}},\n  \
             urldate = {{YYYY-MM-DD}}\n}}",
            tex(title)
        )
    }

    fn print(&self) -> Option<String> {
        self.fingerprint.as_ref().map(|print| format!("Fingerprint: {print}"))
    }
}

/// Text between tags or quotation marks.
fn html(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            c => out.push(c),
        }
    }
    out
}

/// Text in which nothing is markup.
fn markdown(text: &str) -> String {
    escaped(text, "\\`*_{}[]<>#$@^~&!|")
}

fn tex(text: &str) -> String {
    escaped(text, "&%$#_{}")
}

fn escaped(text: &str, special: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if special.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Where a Markdown link goes. A bracket in the address would end it.
fn destination(address: &str) -> String {
    address.replace('(', "%28").replace(')', "%29")
}
