//! What colours and shapes mean, below a picture that is taken home: on the page words beside the network say it.

use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::super::pen::{Align, PAD, Pen, text_width};
use super::super::{Rect, Scale, Theme};
use super::Scene;
use super::batch::Batch;

/// Between a sign and its words, and between them and the next sign, as shares of the size of the letters.
const AFTER_SIGN: f64 = 0.5;
const BETWEEN: f64 = 1.4;

/// Signs and words in rows, below a scene.
pub struct Legend {
    /// Roles, each with the middle of its sign.
    signs: Vec<(&'static str, f64, f64)>,
    /// Words, each with its left edge and the middle of its row.
    words: Vec<(String, f64, f64)>,
    size: (f64, f64),
    top: f64,
    font: f64,
}

impl Legend {
    /// In rows as wide as the scene; words that are longer than a row go on below.
    pub fn below(scene: &Scene) -> Self {
        let (font, row) = (scene.plan.font, scene.plan.row());
        let (mut signs, mut words) = (Vec::new(), Vec::new());
        let (mut x, mut y) = (PAD, scene.height + row / 2.0);
        for (role, text) in scene.legend() {
            let indent = (1.0 + AFTER_SIGN) * font;
            if x > PAD && x + indent + text_width(&text, font) > scene.width - PAD {
                (x, y) = (PAD, y + row);
            }
            signs.push((role, x + font / 2.0, y));
            x += indent;
            let mut lines = wrapped(&text, scene.width - PAD - x, font).into_iter();
            let mut last = lines.next().unwrap_or_default();
            for line in lines {
                words.push((std::mem::replace(&mut last, line), x, y));
                y += row;
            }
            let width = text_width(&last, font);
            words.push((last, x, y));
            x += width + BETWEEN * font;
        }
        let bottom = if signs.is_empty() { scene.height } else { y + row / 2.0 + PAD };
        Self { signs, words, size: (scene.width, bottom), top: scene.height, font }
    }

    /// Width and height of the scene with its legend, in CSS pixels.
    pub fn size(&self) -> (f64, f64) {
        self.size
    }

    /// Draws it. Fails only where the backend does.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        theme: &Theme,
        scale: Scale,
    ) -> Result<(), String> {
        let pen = Pen::over(area, self.size, theme, scale);
        let (width, height) = self.size;
        pen.fill(Rect { x: 0.0, y: self.top, width, height: height - self.top }, theme.surface)?;
        for (role, x, y) in &self.signs {
            self.sign(&pen, role, (*x, *y))?;
        }
        self.words
            .iter()
            .try_for_each(|(words, x, y)| pen.write(words, *x, *y, Align::Left, theme.muted))
    }

    /// The sign of a role, with its middle there.
    fn sign<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        role: &str,
        (x, y): (f64, f64),
    ) -> Result<(), String> {
        let theme = pen.theme;
        let radius = 0.42 * self.font;
        let disc = |colour, radius: f64| {
            let mut disc = Batch::default();
            disc.disc(pen, (x, y), radius);
            disc.draw(pen, colour, 1.0)
        };
        let bar = |is_upright: bool| {
            let half = (0.62 * radius, 0.16 * radius);
            let mut bar = Batch::default();
            bar.tile(pen, (x, y), if is_upright { (half.1, half.0) } else { half }, 0.0);
            bar.draw(pen, theme.surface, 1.0)
        };
        match role {
            "input" => disc(theme.input, radius),
            "output" => disc(theme.output, radius),
            "excite" => disc(theme.excite, radius),
            "inhibit" => {
                // A synapse with a round end.
                let mut synapse = Batch::default();
                synapse.tile(pen, (x - 0.3 * self.font, y), (0.3 * self.font, 0.8), 0.0);
                synapse.disc(pen, (x + 0.2 * self.font, y), 0.6 * radius);
                synapse.draw(pen, theme.inhibit, 1.0)
            }
            "reward" => {
                disc(theme.reward, radius)?;
                bar(false)?;
                bar(true)
            }
            "punish" => {
                disc(theme.punish, radius)?;
                bar(false)
            }
            "eligible" => {
                disc(theme.reward, radius)?;
                disc(theme.surface, 0.62 * radius)
            }
            _ => disc(theme.control, radius),
        }
    }
}

/// A text in lines no longer than that, where it has blanks.
fn wrapped(text: &str, most: f64, font: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), font) <= most => {
                *line += " ";
                *line += word;
            }
            _ => lines.push(word.into()),
        }
    }
    lines
}
