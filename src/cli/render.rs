//! `stdp render`: the figures of a finished run, as one SVG file; of two runs that are compared, first those of A. Or one
//! figure alone, or the picture of the network at the run's end.

use std::path::PathBuf;

use super::files::{self, FileArgs};
use super::{Failure, open, stopped, write_file};
use crate::experiments;
use crate::lab::link::{Link, PageOptions};
use crate::lab::pair::{self, Figures};
use crate::lab::panel::Width;
use crate::lab::{Panel, Session, values};
use crate::plot::{self, Theme};

/// Size of the sheet and of the rows on it.
const SHEET_WIDTH: u32 = 1_200;
const ROW_HEIGHT: u32 = 260;
const TITLE_HEIGHT: u32 = 40;
const GAP: u32 = 20;
/// Of the lines below the figures, and how many letters fit into one.
const FOOT_HEIGHT: u32 = 16;
const FOOT_LETTERS: usize = 170;
/// The key of the network's picture, and its size.
pub const NETWORK: &str = "network";
const NETWORK_SIZE: (u32, u32) = (720, 480);

#[derive(clap::Args)]
pub struct Args {
    /// A link, its query, or an id.
    link: String,
    /// The SVG file.
    #[arg(long, value_name = "FIG.svg")]
    out: PathBuf,
    /// One figure alone, by its key (see `stdp list --panels`), or `network`: the picture of the network with its weights
    /// at the end. Of a comparison, that of A.
    #[arg(long, value_name = "KEY")]
    figure: Option<String>,
    /// Light on dark.
    #[arg(long)]
    dark: bool,
    #[command(flatten)]
    files: FileArgs,
}

pub fn render(args: &Args) -> Result<(), Failure> {
    let (mut link, notices) = open(&args.link, None)?;
    for notice in &notices {
        eprintln!("stdp: {notice}");
    }
    args.files.load(&mut link)?;
    let whole_link = Link { page: PageOptions::default(), ..link.clone() }.print();
    let specs = std::iter::once(link.spec).chain(link.twin);
    let mut sessions: Vec<Session> =
        specs.map(|spec| Session::new(spec, experiments::build)).collect();
    files::tell(&args.files, &sessions.iter().collect::<Vec<_>>())?;
    if let Some(key) = &args.figure {
        sessions.truncate(1);
        let Some(session) = sessions.first_mut() else { return Ok(()) };
        write_file(&args.out, &alone(session, key, args.dark)?)?;
        return stopped(&[&*session]);
    }
    sessions.iter_mut().for_each(|session| _ = session.run_to_end());
    let theme = if args.dark { Theme::dark() } else { Theme::light() };
    write_file(&args.out, &sheet(&sessions, &whole_link, &theme)?)?;
    stopped(&sessions.iter().collect::<Vec<_>>())
}

/// The figure of this key at the end of a run.
fn alone(session: &mut Session, key: &str, dark: bool) -> Result<String, String> {
    let theme = if dark { Theme::dark() } else { Theme::light() };
    if key == NETWORK {
        return network(session, &theme);
    }
    let panels = session.spec.panels();
    let Some(place) = panels.iter().position(|panel| panel.key == key) else {
        let keys = || panels.iter().map(|panel| panel.key).chain([NETWORK]);
        let cure = match values::nearest(key, keys()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("there are {}", keys().collect::<Vec<_>>().join(", ")),
        };
        return Err(format!("--figure {key}: this run has no such figure; {cure}"));
    };
    session.run_to_end();
    let figures = session.runner.figures(&|idx| idx as usize == place);
    let Some((_, figure)) = figures.first() else {
        return Err(format!("--figure {key}: the run has not made this figure"));
    };
    let panel = &panels[place];
    plot::svg(panel, figure, session.stopped_ms(), &theme, width_of(panel), ROW_HEIGHT)
}

/// The network with its weights and modulators at the end of the run.
fn network(session: &mut Session, theme: &Theme) -> Result<String, String> {
    session.follow(experiments::describe);
    session.run_to_end();
    let (picture, snapshot) = session.snapshot().ok_or("the run has no network")?;
    let (width, height) = NETWORK_SIZE;
    plot::network::svg(picture, &snapshot, theme, width, height)
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
fn sheet(sessions: &[Session], whole_link: &str, theme: &Theme) -> Result<String, String> {
    let mut figures: Vec<Figures> =
        sessions.iter().map(|session| session.runner.figures(&|_| true)).collect();
    if let ([a, b], [figures, others]) = (sessions, &mut figures[..]) {
        pair::link_axes((&a.spec, figures), (&b.spec, others));
    }
    let (mut body, mut y) = (String::new(), GAP);
    for (place, (session, figures)) in sessions.iter().zip(&figures).enumerate() {
        let side = if sessions.len() > 1 { ["A · ", "B · "][place] } else { "" };
        y = rows(session, figures, side, y, theme, &mut body)?;
    }
    let top = y + GAP;
    let lines = provenance(sessions, whole_link);
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

/// Puts the figures of a run on the sheet, from height `y` down; gives the height below them.
fn rows(
    session: &Session,
    figures: &Figures,
    side: &str,
    mut y: u32,
    theme: &Theme,
    body: &mut String,
) -> Result<u32, String> {
    let panels = session.spec.panels();
    let mut x = 0;
    for (idx, figure) in figures {
        let panel = &panels[*idx as usize];
        let width = width_of(panel);
        if x + width > SHEET_WIDTH {
            (x, y) = (0, y + TITLE_HEIGHT + ROW_HEIGHT + GAP);
        }
        let svg = plot::svg(panel, figure, session.stopped_ms(), theme, width - GAP, ROW_HEIGHT)?;
        let title = text(x + GAP, y + 22, 15, theme, &format!("{side}{}", panel.title));
        let (left, top) = (x + GAP / 2, y + TITLE_HEIGHT);
        body.push_str(&format!("{title}<g transform=\"translate({left} {top})\">{svg}</g>\n"));
        x += width;
    }
    Ok(y + TITLE_HEIGHT + ROW_HEIGHT + GAP)
}

/// The link that the sheet is of, in lines that fit on it, the fingerprint of each run, and where one stopped.
fn provenance(sessions: &[Session], whole_link: &str) -> Vec<String> {
    let link = format!("?{whole_link}");
    let mut lines = vec![String::new()];
    for part in link.split_inclusive('&') {
        match lines.last_mut() {
            Some(line) if line.is_empty() || line.len() + part.len() <= FOOT_LETTERS => {
                *line += part
            }
            _ => lines.push(part.into()),
        }
    }
    for (place, session) in sessions.iter().enumerate() {
        let side = if sessions.len() > 1 { ["A: ", "B: "][place] } else { "" };
        let stopped =
            session.stopped_ms().map_or(String::new(), |ms| format!(", stopped at {ms} ms"));
        lines.push(format!("{side}fingerprint {}{stopped}", session.runner.fingerprint()));
    }
    lines
}

fn text(x: u32, y: u32, size: u32, theme: &Theme, text: &str) -> String {
    let (r, g, b) = theme.ink;
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"rgb({r},{g},{b})\">{escaped}</text>"
    )
}
