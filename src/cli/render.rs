//! `stdp render`: the figures of a finished run, as one SVG file.

use std::path::PathBuf;

use super::{link_of, open, write_file};
use crate::experiments;
use crate::lab::panel::Width;
use crate::lab::{Panel, Session};
use crate::plot::{self, Theme};
use crate::record::Figure;

/// Size of the sheet and of the rows on it.
const SHEET_WIDTH: u32 = 1_200;
const ROW_HEIGHT: u32 = 260;
const TITLE_HEIGHT: u32 = 40;
const GAP: u32 = 20;

#[derive(clap::Args)]
pub struct Args {
    /// A link, its query, or an id.
    link: String,
    /// The SVG file.
    #[arg(long, value_name = "FIG.svg")]
    out: PathBuf,
    /// Light on dark.
    #[arg(long)]
    dark: bool,
}

pub fn render(args: &Args) -> Result<(), String> {
    let (link, notices) = open(&args.link, None)?;
    for notice in &notices {
        eprintln!("stdp: {notice}");
    }
    let mut session = Session::new(link.spec, experiments::build);
    session.run_to_end();
    let theme = if args.dark { Theme::dark() } else { Theme::light() };
    write_file(&args.out, &sheet(&session, &theme)?)
}

/// One figure by itself.
pub fn one_figure(
    panel: &Panel,
    figure: &Figure,
    stopped_ms: Option<f64>,
) -> Result<String, String> {
    plot::svg(panel, figure, stopped_ms, &Theme::light(), width_of(panel), ROW_HEIGHT)
}

fn width_of(panel: &Panel) -> u32 {
    match panel.width {
        Width::Narrow => SHEET_WIDTH / 4,
        Width::Half => SHEET_WIDTH / 2,
        Width::Wide => SHEET_WIDTH * 3 / 4,
        Width::Full => SHEET_WIDTH,
    }
}

/// All figures in rows, with their titles, and the link below as provenance.
fn sheet(session: &Session, theme: &Theme) -> Result<String, String> {
    let panels = session.spec.panels();
    let (mut x, mut y) = (0, GAP);
    let mut body = String::new();
    for (idx, figure) in session.runner.figures(&|_| true) {
        let panel = &panels[idx as usize];
        let width = width_of(panel);
        if x + width > SHEET_WIDTH {
            (x, y) = (0, y + TITLE_HEIGHT + ROW_HEIGHT + GAP);
        }
        let svg = plot::svg(panel, &figure, session.stopped_ms(), theme, width - GAP, ROW_HEIGHT)?;
        let title = text(x + GAP, y + 22, 15, theme, panel.title);
        let (left, top) = (x + GAP / 2, y + TITLE_HEIGHT);
        body.push_str(&format!("{title}<g transform=\"translate({left} {top})\">{svg}</g>\n"));
        x += width;
    }
    let height = y + TITLE_HEIGHT + ROW_HEIGHT + 2 * GAP + 20;
    let fingerprint = session.runner.fingerprint();
    let provenance = format!("?{}   fingerprint {fingerprint}", link_of(&session.spec));
    let foot = text(GAP, height - 14, 11, theme, &provenance);
    let (r, g, b) = theme.background;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SHEET_WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {SHEET_WIDTH} {height}\" font-family=\"sans-serif\">\
         <rect width=\"100%\" height=\"100%\" fill=\"rgb({r},{g},{b})\"/>\n{body}{foot}</svg>\n"
    ))
}

fn text(x: u32, y: u32, size: u32, theme: &Theme, text: &str) -> String {
    let (r, g, b) = theme.ink;
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"rgb({r},{g},{b})\">{escaped}</text>"
    )
}
