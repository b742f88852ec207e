//! Neurons: at rest, and as they fire.

use plotters::backend::DrawingBackend;

use super::super::Rect;
use super::super::pen::Pen;
use super::super::theme::{Colour, mix};
use super::batch::Batch;
use super::block::{Block, Shape};
use super::tone::{Tone, tone_of};
use crate::lab::picture::Picture;

/// Steps of light.
const SHADES: usize = 4;

/// A population at rest.
pub(super) fn draw_rest<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    picture: &Picture,
    block: &Block,
) -> Result<(), String> {
    if block.shape != Shape::Dot && block.pitch().0 < block.rect.width {
        // Synapses of those behind do not show between those in front.
        pen.fill(block.rect, pen.theme.surface)?;
    }
    for tone in Tone::ALL {
        let is_own = |neuron: u32| tone_of(picture, block.population, neuron) == tone;
        let marks = (0..block.marks.len()).filter(|mark| is_own(block.marks[*mark]));
        let marks: Vec<usize> = marks.collect();
        let colour = tone.colour(pen.theme);
        let paint =
            |batch: Batch, share: f64| batch.draw(pen, mix(pen.theme.surface, colour, share), 1.0);
        let of = |half: (f64, f64)| {
            let mut batch = Batch::default();
            marks.iter().for_each(|mark| block.shape_at(&mut batch, pen, *mark, half));
            batch
        };
        let (width, height) = block.half;
        match block.shape {
            Shape::Dot => {
                let mut all = Batch::default();
                let neurons = (0..block.size).filter(|neuron| is_own(*neuron));
                neurons.for_each(|neuron| {
                    all.tile(pen, block.place(neuron), (width * 0.62, height * 0.62), 9.0);
                });
                paint(all, 0.26)?;
                paint(of((width, height)), 0.6)?;
            }
            Shape::Tick => paint(of((width, height)), 0.36)?,
            Shape::Pixel => {
                paint(of((width, height)), 0.55)?;
                paint(of((width - 1.2, height - 1.2)), 0.07)?;
            }
            Shape::Disc => {
                let edge = (width * 0.14).clamp(1.0, 2.4);
                paint(of((width, height)), 1.0)?;
                paint(of((width - edge, height - edge)), 0.06)?;
            }
        }
    }
    Ok(())
}

/// Neurons that fired: marks with how much, from 0 to 1.
pub(super) fn draw_fired<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    picture: &Picture,
    block: &Block,
    fired: &[(usize, f64)],
) -> Result<(), String> {
    for tone in Tone::ALL {
        let mut batches: Vec<Batch> = (0..SHADES).map(|_| Batch::default()).collect();
        let mut halo = Batch::default();
        for (mark, level) in fired {
            if tone_of(picture, block.population, block.marks[*mark]) != tone {
                continue;
            }
            let shade = (level.clamp(0.0, 1.0) * (SHADES - 1) as f64).round() as usize;
            let grow = if block.shape == Shape::Dot { 1.0 } else { 0.0 };
            let half = (block.half.0 + grow, block.half.1 + grow);
            block.shape_at(&mut batches[shade], pen, *mark, half);
            if matches!(block.shape, Shape::Disc) && shade + 1 >= SHADES / 2 {
                let radius = (block.half.0 * 1.4).min(block.half.0 + 7.0);
                halo.disc(pen, block.mark_place(*mark), radius);
            }
        }
        let colour = tone.colour(pen.theme);
        halo.draw(pen, colour, 0.16)?;
        for (shade, batch) in batches.into_iter().enumerate() {
            let share = shade as f64 / (SHADES - 1) as f64;
            batch.draw(pen, colour, 0.32 + 0.58 * share)?;
        }
    }
    Ok(())
}

/// How active a population is of which only some neurons are followed: a tint behind all of them.
pub(super) fn draw_tint<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    block: &Block,
    colour: Colour,
    rate_hz: f64,
) -> Result<(), String> {
    let level = rate_hz / (rate_hz + 20.0);
    if !level.is_finite() || level < 0.02 {
        return Ok(());
    }
    let Rect { x, y, width, height } = block.rect;
    let mut batch = Batch::default();
    let half = (width / 2.0 + 2.0, height / 2.0 + 2.0);
    batch.tile(pen, (x + width / 2.0, y + height / 2.0), half, 5.0);
    batch.draw(pen, colour, 0.22 * level)
}

/// A ring around what is followed.
pub(super) fn draw_ring<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
) -> Result<(), String> {
    let num = 40;
    let turn = std::f64::consts::TAU / f64::from(num);
    let points = (0..=num).map(|step| {
        let angle = f64::from(step) * turn;
        pen.at(x + (width + 4.0) * libm::cos(angle), y + (height + 4.0) * libm::sin(angle))
    });
    pen.stroke(points.collect(), 2.0, pen.theme.ink, 0.9)
}

impl Block {
    /// Adds the shape of a mark.
    pub fn shape_at<DB: DrawingBackend>(
        &self,
        batch: &mut Batch,
        pen: &Pen<'_, DB>,
        mark: usize,
        half: (f64, f64),
    ) {
        let place = self.mark_place(mark);
        match self.shape {
            Shape::Disc | Shape::Dot => batch.disc(pen, place, half.0.max(0.5)),
            Shape::Pixel => batch.tile(pen, place, half, self.half.0 * 0.34),
            Shape::Tick => batch.tile(pen, place, half, 1.5),
        }
    }
}
