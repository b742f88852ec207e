//! Modulators as drops above the synapses that hear them, filled as far as they are high.

use plotters::backend::DrawingBackend;

use super::super::pen::{Align, PAD, Pen};
use super::super::theme::{Colour, mix};
use super::batch::Batch;
use super::plan::Plan;
use super::synapses::Lines;
use super::words;
use crate::lab::levels::LevelWithin;
use crate::lab::picture::Picture;
use crate::net::{Baseline, Release, Signal};

/// Half the width of a drop.
const RADIUS: f64 = 8.5;

/// A modulator.
pub(super) struct Drop {
    modulator: u16,
    /// The middle of its round part.
    x: f64,
    y: f64,
    /// The level that fills it.
    full: f64,
    /// Down to where the synapses are that hear it.
    reach: Option<f64>,
}

/// All modulators of the run's own network, with their names.
pub(super) fn all(picture: &Picture, plan: &mut Plan, lines: &Lines) -> Vec<Drop> {
    let network = &picture.network;
    let mut drops: Vec<Drop> = Vec::new();
    for (idx, modulator) in (0..).zip(&network.modulators) {
        if words::is_other(network, modulator) {
            continue;
        }
        let hears = |projection: u16| {
            let rule = network.projections[usize::from(projection)].rule.as_ref();
            let eligibility = rule.and_then(|rule| rule.eligibility.as_ref());
            eligibility.is_some_and(|eligibility| eligibility.modulator == modulator.name)
        };
        let heard: Vec<(f64, f64)> = lines
            .all
            .iter()
            .filter(|line| hears(line.projection))
            .map(|line| line.curve.at(0.5))
            .collect();
        let num = heard.len() as f64;
        let (x, reach) = match heard.is_empty() {
            true => (pen_middle(plan), None),
            false => {
                let x = heard.iter().map(|(x, _)| x).sum::<f64>() / num;
                let top = heard.iter().map(|(_, y)| *y).fold(f64::INFINITY, f64::min);
                (x, Some(top.max(plan.top + 8.0)))
            }
        };
        let x = x + 110.0 * drops.len() as f64;
        let y = plan.top - 19.0;
        let full = match &modulator.signal {
            Signal::Dopamine { tonic, pulse, .. } => (tonic.abs() + pulse.abs()).max(1e-9),
            Signal::Success { .. } => 1.0,
            Signal::Constant { level } => level.abs().max(1e-9),
        };
        let name = modulator.name.replace('_', " ");
        let never = match modulator.release {
            Release::Never => " (never released)",
            _ => "",
        };
        let texts = [format!("{name}{never}{}", counted_from(&modulator.signal)), name.clone()];
        let left = x + RADIUS + 6.0;
        let room = (plan.right() - PAD - left).min(260.0);
        plan.write(&texts, (left, y), Align::Left, false, room);
        drops.push(Drop { modulator: idx, x, y, full, reach });
    }
    drops
}

/// From what a level is counted, where that is not nothing at all.
fn counted_from(signal: &Signal) -> &'static str {
    match signal {
        Signal::Dopamine { tau_mean_ms: Some(_), .. }
        | Signal::Success { baseline: Baseline::Mean { .. }, .. } => ", from its running mean",
        Signal::Success { baseline: Baseline::PerStimulus { .. }, .. } => {
            ", from its stimulus' running mean"
        }
        Signal::Dopamine { .. } | Signal::Success { .. } | Signal::Constant { .. } => "",
    }
}

fn pen_middle(plan: &Plan) -> f64 {
    let blocks = plan.blocks.iter().flatten();
    let ends = blocks.map(|block| block.rect.x + block.rect.width / 2.0);
    let ends =
        ends.fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), x| (low.min(x), high.max(x)));
    if ends.0.is_finite() { (ends.0 + ends.1) / 2.0 } else { 40.0 }
}

impl Drop {
    /// The drop itself, and a dashed line to those who hear it.
    pub fn draw<DB: DrawingBackend>(&self, pen: &Pen<'_, DB>) -> Result<(), String> {
        let theme = pen.theme;
        if let Some(reach) = self.reach {
            let mut dashes = Batch::default();
            let mut y = self.y + RADIUS + 4.0;
            while y + 4.0 < reach {
                dashes.tile(pen, (self.x, y + 2.0), (0.6, 2.0), 0.0);
                y += 7.0;
            }
            dashes.draw(pen, theme.reward, 0.7)?;
        }
        self.empty(pen, theme.reward)
    }

    /// Its rim, with nothing in it.
    fn empty<DB: DrawingBackend>(&self, pen: &Pen<'_, DB>, colour: Colour) -> Result<(), String> {
        self.shape(pen, RADIUS, 1.0).draw(pen, colour, 1.0)?;
        let inside = mix(pen.theme.surface, colour, 0.08);
        self.shape(pen, RADIUS - 1.4, 1.0).draw(pen, inside, 1.0)
    }

    /// How high it is: green with a plus, or red with a minus.
    pub fn draw_level<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        levels: &[LevelWithin],
        at_ms: Option<f32>,
    ) -> Result<(), String> {
        let Some(level) = levels.iter().find(|level| level.modulator == self.modulator) else {
            return Ok(());
        };
        let level = at_ms.map_or(level.farthest, |at_ms| level.at(at_ms));
        let share = f64::from(level) / self.full;
        if !share.is_finite() || share.abs() < 0.02 {
            return Ok(());
        }
        let theme = pen.theme;
        let colour = if share > 0.0 { theme.reward } else { theme.punish };
        // Half of a full level fills well over half, so that little is seen.
        let height = share.abs().min(1.0).sqrt();
        if share < 0.0 {
            self.empty(pen, colour)?;
        }
        self.shape(pen, RADIUS - 1.4, height).draw(pen, colour, 1.0)?;
        let mut sign = Batch::default();
        sign.tile(pen, (self.x, self.y), (3.6, 0.9), 0.0);
        if share > 0.0 {
            sign.tile(pen, (self.x, self.y), (0.9, 3.6), 0.0);
        }
        let ink = if height > 0.5 { theme.surface } else { theme.ink };
        sign.draw(pen, ink, 1.0)
    }

    /// A drop of this radius with its tip up, filled from below up to this share.
    fn shape<DB: DrawingBackend>(&self, pen: &Pen<'_, DB>, radius: f64, share: f64) -> Batch {
        let (tip, bottom) = (self.y - 1.75 * radius, self.y + radius);
        let level = bottom - share * (bottom - tip);
        let half_width = |y: f64| {
            // A circle below its shoulder, and from there a straight line to the tip.
            let shoulder = self.y - 0.57 * radius;
            match y < shoulder {
                true => 0.82 * radius * (y - tip) / (shoulder - tip),
                false => (radius * radius - (y - self.y) * (y - self.y)).max(0.0).sqrt(),
            }
        };
        let steps = 22;
        let rows =
            (0..=steps).map(|step| level + (bottom - level) * f64::from(step) / f64::from(steps));
        let rows: Vec<f64> = rows.collect();
        let left = rows.iter().map(|y| (self.x - half_width(*y), *y));
        let right = rows.iter().rev().map(|y| (self.x + half_width(*y), *y));
        let mut batch = Batch::default();
        batch.outline(pen, left.chain(right));
        batch
    }
}
