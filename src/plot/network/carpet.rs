//! All synapses among very many neurons, one dot each, its shade the weight: sender by sender, in the order in which they
//! stand in the run.
//!
//! Tens of thousands of dots are no shapes but a picture of their own, a pixel each, which is laid under what happens: a
//! canvas makes it larger, and an SVG holds it as a PNG.

use plotters::backend::DrawingBackend;

use super::super::pen::{Align, Pen};
use super::super::theme::{Colour, mix};
use super::super::{Rect, Theme, png};
use super::batch::Batch;
use super::block::Block;
use super::marks;
use super::plan::Plan;
use super::tone::{Tone, tone_of};
use super::words;
use crate::lab::picture::{Picture, SampledSynapse};
use crate::lab::shades::{NUM_SHADES, Shades};
use crate::net::Draw;

/// No dot is wider than so many times its height, or higher.
const MOST_STRETCH: f64 = 1.8;

/// How wide the halo of a dot is.
const HALO: f64 = 6.0;

/// The dots of a population's synapses.
pub struct Carpet {
    /// Where it stands, in CSS pixels.
    pub rect: Rect,
    /// How many dots there are across.
    pub columns: u32,
    /// And down.
    pub rows: u32,
    population: usize,
    shades: Shades,
    tone: Tone,
    /// The synapse that begins unlike the others.
    chosen: Option<u32>,
    /// Where its weight in numbers begins, in the middle of the row.
    pub(super) number_place: Option<(f64, f64)>,
}

impl Carpet {
    /// Beside a population, if its synapses have shades.
    pub(super) fn new(
        picture: &Picture,
        plan: &mut Plan,
        block: &Block,
        (x, width): (f64, f64),
    ) -> Option<Self> {
        let shades = picture.shades.clone()?;
        let projection = picture.network.projections.get(usize::from(shades.projection))?;
        if projection.from.population != picture.network.populations[block.population].name {
            return None;
        }
        let height = block.rect.height;
        let num = f64::from(shades.num_synapses);
        // Whole senders side by side, as many as make dots largest.
        let size = |senders: u32| {
            let columns = f64::from(senders * shades.per_sender);
            (width / columns).min(height / (num / columns).ceil())
        };
        let senders = (1..=40).max_by(|a, b| size(*a).total_cmp(&size(*b)))?;
        let columns = senders * shades.per_sender;
        let rows = shades.num_synapses.div_ceil(columns);
        let most = size(senders) * MOST_STRETCH;
        let dot =
            [(width, columns), (height, rows)].map(|(room, num)| (room / f64::from(num)).min(most));
        let (wide, high) = (dot[0] * f64::from(columns), dot[1] * f64::from(rows));
        let y = block.rect.y + (height - high) / 2.0;
        let rect = Rect { x, y, width: wide, height: high };
        let middle = (x + wide / 2.0, block.rect.bottom() + plan.row() / 2.0 + 2.0);
        let texts = words::below_carpet(&shades);
        plan.write(&texts, middle, Align::Centre, false, width.max(wide) + 20.0);
        let tone = tone_of(picture, block.population, projection.from.first);
        let chosen = match projection.weights.start {
            Draw::FixedButOne { .. } => chosen(picture, &shades),
            _ => None,
        };
        let mut number_place = None;
        if chosen.is_some_and(|synapse| synapse < columns) {
            // It is in the first row, beside which there is nothing above.
            let names = ["chosen synapse:", "chosen:"].map(String::from);
            let place = (x + 9.0, y - plan.row() / 2.0 - 1.0);
            let room = wide - plan.number_room();
            let name = plan.write(&names, place, Align::Left, true, room);
            number_place = name.map(|name| (name.right() + 6.0, place.1));
        }
        let population = block.population;
        Some(Self { rect, columns, rows, population, shades, tone, chosen, number_place })
    }

    /// The colours of the shades, from the first on.
    fn palette(&self, theme: &Theme) -> Vec<Colour> {
        let colour = |shade: u8| {
            let share = f64::from(shade) / f64::from(NUM_SHADES - 1);
            mix(theme.surface, self.tone.colour(theme), 0.04 + 0.96 * share)
        };
        (0..NUM_SHADES).map(colour).collect()
    }

    /// Red, green, blue and alpha of each dot, row by row; the end of the last row is seen through.
    pub fn pixels(&self, shades: &[u8], theme: &Theme) -> Vec<u8> {
        let palette = self.palette(theme);
        let mut pixels = vec![0; (4 * self.columns * self.rows) as usize];
        for (pixel, shade) in pixels.chunks_exact_mut(4).zip(shades) {
            let (r, g, b) = palette[usize::from(*shade).min(palette.len() - 1)];
            pixel.copy_from_slice(&[r, g, b, 255]);
        }
        pixels
    }

    /// As an element of an SVG in which a CSS pixel is so many units.
    pub(super) fn image(&self, shades: &[u8], theme: &Theme, units: f64) -> String {
        let address = png::address(self.columns, shades, &self.palette(theme));
        let Rect { x, y, width, height } = self.rect;
        let [x, y, width, height] = [x, y, width, height].map(|length| (length * units).round());
        format!(
            "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\" \
             style=\"image-rendering:pixelated\" href=\"{address}\"/>\n"
        )
    }

    /// Where a synapse's dot is.
    fn dot(&self, synapse: u32) -> Rect {
        let (width, height) = self.size();
        let (column, row) = (synapse % self.columns, synapse / self.columns);
        let (x, y) = (f64::from(column) * width, f64::from(row) * height);
        Rect { x: self.rect.x + x, y: self.rect.y + y, width, height }
    }

    /// Where the synapses are that are followed one by one: around each dot, which is too small to have an edge.
    pub(super) fn own_places(&self, picture: &Picture) -> Vec<((u16, u16), Rect)> {
        let projection = self.shades.projection;
        let sample = picture.samples.get(usize::from(projection));
        let synapses = sample.map_or(&[][..], |sample| &sample.synapses);
        let first = synapses.first().map_or(0, |synapse| synapse.place);
        let around = |(synapse, of): (u16, &SampledSynapse)| {
            let dot = self.dot(of.place - first);
            let (x, y) = (dot.x + dot.width / 2.0, dot.y + dot.height / 2.0);
            let half = HALO / 2.0;
            let rect = Rect { x: x - half, y: y - half, width: HALO, height: HALO };
            ((projection, synapse), rect)
        };
        (0..).zip(synapses).map(around).collect()
    }

    fn size(&self) -> (f64, f64) {
        (self.rect.width / f64::from(self.columns), self.rect.height / f64::from(self.rows))
    }

    /// The population and the neuron whose synapses stand at a point.
    pub(super) fn sender_at(&self, x: f64, y: f64) -> Option<(usize, u32)> {
        if !self.rect.contains(x, y, 0.0) {
            return None;
        }
        let (width, height) = self.size();
        let column = (((x - self.rect.x) / width) as u32).min(self.columns - 1);
        let row = (((y - self.rect.y) / height) as u32).min(self.rows - 1);
        let synapse = row * self.columns + column;
        let is_one = synapse < self.shades.num_synapses;
        is_one.then(|| (self.population, synapse / self.shades.per_sender))
    }

    /// What weights a neuron's synapses have, from the least to the greatest.
    pub(super) fn range_of(&self, sender: u32, shades: &[u8]) -> Option<(f32, f32)> {
        let first = (sender * self.shades.per_sender) as usize;
        let own = shades.get(first..first + self.shades.per_sender as usize)?;
        let (low, high) = (own.iter().min()?, own.iter().max()?);
        Some((self.shades.weight_of(*low), self.shades.weight_of(*high)))
    }

    /// Marks the synapse that begins unlike the others, and those of a neuron that is followed.
    pub(super) fn draw_marks<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        shades: &[u8],
        followed: Option<(usize, u32)>,
    ) -> Result<(), String> {
        if let Some((population, sender)) = followed
            && population == self.population
            && (sender + 1) * self.shades.per_sender <= self.shades.num_synapses
        {
            let first = self.dot(sender * self.shades.per_sender);
            let width = first.width * f64::from(self.shades.per_sender);
            pen.frame(Rect { width, ..first }, 1.5, pen.theme.ink)?;
        }
        let Some(chosen) = self.chosen else { return Ok(()) };
        let dot = self.dot(chosen);
        let middle = (dot.x + dot.width / 2.0, dot.y + dot.height / 2.0);
        // Large enough to be seen changing.
        let shade = shades.get(chosen as usize).copied().unwrap_or(0);
        let (mut plate, mut disc) = (Batch::default(), Batch::default());
        plate.disc(pen, middle, 5.0);
        plate.draw(pen, pen.theme.surface, 1.0)?;
        disc.disc(pen, middle, 4.0);
        let palette = self.palette(pen.theme);
        disc.draw(pen, palette[usize::from(shade).min(palette.len() - 1)], 1.0)?;
        marks::draw_ring(pen, middle, (1.0, 1.0))
    }
}

/// The first synapse of the first neuron that leads to another one.
fn chosen(picture: &Picture, shades: &Shades) -> Option<u32> {
    let sample = picture.samples.get(usize::from(shades.projection))?;
    let first = sample.synapses.first()?.place;
    let mut own = sample.synapses.iter().filter(|synapse| synapse.pre == 0 && synapse.post != 0);
    own.next().map(|synapse| synapse.place - first)
}
