//! Synapses among the many neurons of a population, which are too many to be drawn: an arc from each kind of neuron to each
//! kind that it reaches, excitation on the right and inhibition on the left, with the end that single synapses have.

use plotters::backend::DrawingBackend;

use super::super::pen::Pen;
use super::batch::Batch;
use super::block::{Block, Shape};
use super::curve::Curve;
use super::plan::Plan;
use super::tone::{Tone, tone_of};
use crate::lab::picture::Picture;
use crate::net::{Members, Population, Receptor};

/// From the dots to the beginning of an arc.
const GAP: f64 = 5.0;
/// An arc bulges by this share of its height, at least and at most by so many pixels.
const BULGE: f64 = 0.22;
const BULGES: (f64, f64) = (16.0, 64.0);
/// Without room for this much there are none.
const LEAST_ROOM: f64 = 30.0;
const THICKNESS: f64 = 2.2;

/// An arc from some neurons to others.
struct Loop {
    curve: Curve,
    tone: Tone,
    inhibits: bool,
}

/// All of them.
pub(super) struct Loops(Vec<Loop>);

impl Loops {
    pub fn new(picture: &Picture, plan: &Plan) -> Self {
        let mut all = Vec::new();
        // Where there is a dot for each synapse, those tell more.
        if picture.shades.is_some() {
            return Self(all);
        }
        for block in plan.blocks.iter().flatten().filter(|block| block.shape == Shape::Dot) {
            let population = &picture.network.populations[block.population];
            let is_among = |of: &Members| of.population == population.name;
            let room = block.rect.x.min(plan.right() - block.rect.x - block.rect.width);
            let projections = picture.network.projections.iter();
            for projection in projections.filter(|p| is_among(&p.from) && is_among(&p.to)) {
                let tone = tone_of(picture, block.population, projection.from.first);
                let inhibits = projection.receptor == Receptor::Inhibitory;
                for part in parts(population).filter(|_| room >= LEAST_ROOM) {
                    let Some(to) = common(&part, &projection.to) else { continue };
                    let from = (projection.from.first, projection.from.size);
                    let curve = arc(block, from, to, inhibits, room - GAP - 8.0);
                    all.push(Loop { curve, tone, inhibits });
                }
            }
        }
        Self(all)
    }

    pub fn draw<DB: DrawingBackend>(&self, pen: &Pen<'_, DB>) -> Result<(), String> {
        for Loop { curve, tone, inhibits } in &self.0 {
            let mut batch = Batch::default();
            match inhibits {
                true => {
                    batch.ribbon(pen, (curve, 24), THICKNESS);
                    batch.disc(pen, curve.end(), 2.0 * THICKNESS);
                }
                false => batch.arrow(pen, curve, THICKNESS, 4.5 * THICKNESS),
            }
            let tone = if *inhibits { Tone::Inhibit } else { *tone };
            batch.draw(pen, tone.colour(pen.theme), 0.75)?;
        }
        Ok(())
    }
}

/// First and size of each part.
fn parts(population: &Population) -> impl Iterator<Item = (u32, u32)> {
    let mut first = 0;
    population.parts.iter().map(move |part| {
        let own = (first, part.size);
        first += part.size;
        own
    })
}

/// The members of a part that are among these.
fn common(&(first, size): &(u32, u32), members: &Members) -> Option<(u32, u32)> {
    let from = first.max(members.first);
    let to = (first + size).min(members.first + members.size);
    (from < to).then(|| (from, to - from))
}

/// Beside the rows of the first to beside those of the second; within the same rows a part of the way down.
fn arc(block: &Block, from: (u32, u32), to: (u32, u32), is_left: bool, room: f64) -> Curve {
    let row = |(first, size): (u32, u32), share: f64| {
        block.place(first + (f64::from(size - 1) * share) as u32).1
    };
    let (from_y, to_y) = match from == to {
        true => (row(from, 0.3), row(to, 0.7)),
        // Where others of its ends are not.
        false if from < to => (row(from, 0.85), row(to, 0.5)),
        false => (row(from, 0.15), row(to, 0.85)),
    };
    let bulge = (BULGE * (to_y - from_y).abs()).clamp(BULGES.0, BULGES.1).min(room);
    let (x, bulge) = match is_left {
        true => (block.rect.x - GAP, -bulge),
        false => (block.rect.x + block.rect.width + GAP, bulge),
    };
    Curve::arc((x, from_y), (x, to_y), bulge)
}
