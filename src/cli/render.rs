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
/// Of the lines below the figures, and how many letters fit into one.
const FOOT_HEIGHT: u32 = 16;
const FOOT_LETTERS: usize = 170;

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
    let top = y + TITLE_HEIGHT + ROW_HEIGHT + 2 * GAP;
    let lines = provenance(session);
    let height = top + FOOT_HEIGHT * (lines.len() as u32 + 1);
    let foot: String = (1..)
        .zip(&lines)
        .map(|(place, line)| text(GAP, top + FOOT_HEIGHT * place, 11, theme, line))
        .collect();
    let (r, g, b) = theme.background;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SHEET_WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {SHEET_WIDTH} {height}\" font-family=\"sans-serif\">\
         <rect width=\"100%\" height=\"100%\" fill=\"rgb({r},{g},{b})\"/>\n{body}{foot}</svg>\n"
    ))
}

/// The link that the sheet is of, in lines that fit on it, and the fingerprint.
fn provenance(session: &Session) -> Vec<String> {
    let link = format!("?{}", link_of(&session.spec));
    let mut lines = vec![String::new()];
    for part in link.split_inclusive('&') {
        match lines.last_mut() {
            Some(line) if line.is_empty() || line.len() + part.len() <= FOOT_LETTERS => {
                *line += part
            }
            _ => lines.push(part.into()),
        }
    }
    lines.push(format!("fingerprint {}", session.runner.fingerprint()));
    lines
}

fn text(x: u32, y: u32, size: u32, theme: &Theme, text: &str) -> String {
    let (r, g, b) = theme.ink;
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"rgb({r},{g},{b})\">{escaped}</text>"
    )
}
