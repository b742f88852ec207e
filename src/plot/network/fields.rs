//! Weights as pictures: beside each of a few receivers those onto it, beside a line of senders those to their only
//! receiver, and for very many synapses among neurons a field of dots.

use plotters::backend::DrawingBackend;

use super::super::Rect;
use super::super::pen::Pen;
use super::super::theme::mix;
use super::batch::Batch;
use super::beside::{Beside, LARGEST_CELL, beside, sender_of};
use super::block::Block;
use super::carpet::Carpet;
use super::plan::Plan;
use super::range::{Range, weight_of};
use super::tone::Tone;
use super::words;
use crate::lab::picture::Picture;

/// Shades of a weight.
const SHADES: usize = 12;

/// A place for the mean of some weights.
struct Slot {
    rect: Rect,
    weights: Vec<(u16, u16)>,
}

/// How a weight fills its place.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// By its shade.
    Shade { round: f64 },
    /// From the bottom up.
    Up,
    /// From the left.
    Right,
}

/// Pictures of weights that belong together.
pub(super) struct Field {
    style: Style,
    /// Behind the pictures.
    frames: Vec<Rect>,
    slots: Vec<Slot>,
}

/// All pictures of weights, and the dots of all synapses where there are very many.
pub(super) fn all(picture: &Picture, plan: &mut Plan) -> (Vec<Field>, Option<Carpet>) {
    let (mut fields, mut carpet) = (Vec::new(), None);
    for idx in 0..picture.network.populations.len() {
        let Some(block) = plan.blocks[idx].clone() else { continue };
        if let (Some(room), Some(kind)) = (plan.beside[idx], beside(picture, idx)) {
            if kind == Beside::Dots && carpet.is_none() {
                carpet = Carpet::new(picture, plan, &block, room);
            }
            fields.extend(match kind {
                Beside::Pictures { columns, rows } => {
                    pictures(picture, plan, &block, room, (columns, rows))
                }
                Beside::Profiles => Some(profiles(picture, &block, room)),
                // A dot for each of all synapses is no field of these.
                Beside::Dots if carpet.is_some() => None,
                Beside::Dots => dots(picture, plan, &block, room),
            });
        }
        if let Some(room) = plan.bars[idx] {
            fields.push(bars(picture, &block, room));
        }
    }
    (fields, carpet)
}

/// Synapses onto a population: place in the samples, sender and receiver, counted in their populations.
fn synapses_to(picture: &Picture, name: &str) -> Vec<((u16, u16), String, u32, u32)> {
    let mut all = Vec::new();
    for (projection, (described, sample)) in
        (0..).zip(picture.network.projections.iter().zip(&picture.samples))
    {
        if described.to.population == name && described.from.population != name {
            for (synapse, ends) in (0..).zip(&sample.synapses) {
                let (pre, post) = (described.from.first + ends.pre, described.to.first + ends.post);
                let from = described.from.population.clone();
                all.push(((projection, synapse), from, pre, post));
            }
        }
    }
    all
}

fn pictures(
    picture: &Picture,
    plan: &Plan,
    block: &Block,
    (x, width): (f64, f64),
    (columns, rows): (u32, u32),
) -> Option<Field> {
    let sender = sender_of(picture, block.population)?.0;
    let sender_name = &picture.network.populations[sender].name;
    let senders = plan.blocks[sender].as_ref()?;
    // Complements stand to the right of their pixels.
    let is_doubled = senders.is_doubled();
    let (across, rows) = if is_doubled { (2, rows / 2) } else { (1, rows) };
    let gap = if is_doubled { 0.6 } else { 0.0 };
    let pitch = block.pitch().1;
    let all_columns = f64::from(across * columns) + gap;
    let cell = (width / all_columns).min(pitch * 0.92 / f64::from(rows)).min(LARGEST_CELL);
    let (all_width, height) = (cell * all_columns, cell * f64::from(rows));
    let corner = |receiver: u32| (x, block.place(receiver).1 - height / 2.0);
    let frames = (0..block.size).map(|receiver| {
        let (x, y) = corner(receiver);
        Rect { x: x - 1.0, y: y - 1.0, width: all_width + 2.0, height: height + 2.0 }
    });
    let slots = synapses_to(picture, &picture.network.populations[block.population].name);
    let slots = slots.into_iter().filter(|(_, from, ..)| from == sender_name);
    let slots = slots.map(|(weight, _, pre, post)| {
        let (left, top) = corner(post);
        let (column, row) = senders.cell(pre);
        let beside = if is_doubled && row >= rows { f64::from(columns) + gap } else { 0.0 };
        let column = f64::from(column) + beside;
        let (x, y) = (left + column * cell, top + f64::from(row % rows) * cell);
        Slot { rect: Rect { x, y, width: cell, height: cell }, weights: vec![weight] }
    });
    let style = Style::Shade { round: if cell < 5.0 { 0.0 } else { cell * 0.18 } };
    Some(Field { style, frames: frames.collect(), slots: slots.collect() })
}

/// Bars beside each receiver, with one place for several senders where they are too many.
fn profiles(picture: &Picture, block: &Block, (x, width): (f64, f64)) -> Field {
    let pitch = block.pitch().1;
    let height = (pitch * 0.74).min(46.0);
    let all = synapses_to(picture, &picture.network.populations[block.population].name);
    let (mut frames, mut slots) = (Vec::new(), Vec::new());
    for receiver in 0..block.size {
        let own: Vec<_> = all.iter().filter(|(.., post)| *post == receiver).collect();
        let y = block.place(receiver).1 - height / 2.0;
        frames.push(Rect { x, y, width, height });
        let first = own.iter().map(|(_, _, pre, _)| *pre).min().unwrap_or(0);
        let last = own.iter().map(|(_, _, pre, _)| *pre).max().unwrap_or(0);
        let num = last - first + 1;
        let num_slots = num.min((width / 1.5) as u32).max(1);
        let slot = width / f64::from(num_slots);
        let mut places: Vec<Slot> = (0..num_slots)
            .map(|place| {
                let x = x + f64::from(place) * slot;
                Slot { rect: Rect { x, y, width: slot, height }, weights: Vec::new() }
            })
            .collect();
        for (weight, _, pre, _) in own {
            let place = u64::from(pre - first) * u64::from(num_slots) / u64::from(num);
            places[place as usize].weights.push(*weight);
        }
        slots.extend(places);
    }
    Field { style: Style::Up, frames, slots }
}

/// Bars to the right of each mark of the senders.
fn bars(picture: &Picture, block: &Block, (x, width): (f64, f64)) -> Field {
    let rect = block.rect;
    let num = block.size.min((rect.height / 1.5) as u32).max(1);
    let slot = rect.height / f64::from(num);
    let mut slots: Vec<Slot> = (0..num)
        .map(|place| {
            let y = rect.y + f64::from(place) * slot;
            Slot { rect: Rect { x, y, width, height: slot }, weights: Vec::new() }
        })
        .collect();
    let name = &picture.network.populations[block.population].name;
    for (projection, (described, sample)) in
        (0..).zip(picture.network.projections.iter().zip(&picture.samples))
    {
        if described.from.population == *name {
            for (synapse, ends) in (0..).zip(&sample.synapses) {
                let pre = u64::from(described.from.first + ends.pre);
                let place = pre * u64::from(num) / u64::from(block.size.max(1));
                if let Some(slot) = slots.get_mut(place as usize) {
                    slot.weights.push((projection, synapse));
                }
            }
        }
    }
    let frame = Rect { x, y: rect.y, width, height: rect.height };
    Field { style: Style::Right, frames: vec![frame], slots }
}

/// Synapses among the neurons of a population, sender by sender.
fn dots(
    picture: &Picture,
    plan: &mut Plan,
    block: &Block,
    (x, width): (f64, f64),
) -> Option<Field> {
    let name = &picture.network.populations[block.population].name;
    let projections = (0_u16..).zip(picture.network.projections.iter().zip(&picture.samples));
    let (projection, (_, sample)) = projections
        .filter(|(_, (p, _))| p.from.population == *name && p.to.population == *name)
        .max_by_key(|(_, (_, sample))| sample.synapses.len())?;
    let num = sample.synapses.len() as u32;
    let rect = Rect { x, width, ..block.rect };
    let columns = (f64::from(num) * rect.width / rect.height).sqrt().ceil().max(1.0) as u32;
    let rows = num.div_ceil(columns);
    let cell = (rect.width / f64::from(columns)).min(rect.height / f64::from(rows));
    let top = rect.y + (rect.height - cell * f64::from(rows)) / 2.0;
    let slots = (0..num).map(|place| {
        let (column, row) = (f64::from(place % columns), f64::from(place / columns));
        let rect = Rect { x: x + column * cell, y: top + row * cell, width: cell, height: cell };
        Slot { rect, weights: vec![(projection, place as u16)] }
    });
    let slots = slots.collect();
    let (num, all) = (words::count(num.into()), words::count(sample.num_weights));
    let texts = [
        format!("{num} of {all} synapses, by weight"),
        format!("{num} of {all} synapses"),
        format!("{all} synapses"),
    ];
    let middle = x + cell * f64::from(columns) / 2.0;
    let y = rect.y + rect.height + plan.row() / 2.0 + 2.0;
    plan.write(&texts, (middle, y), super::super::pen::Align::Centre, false, width);
    let frame =
        Rect { x, y: top, width: cell * f64::from(columns), height: cell * f64::from(rows) };
    Some(Field { style: Style::Shade { round: 0.0 }, frames: vec![frame], slots })
}

impl Field {
    /// Draws the weights as they are now; above a base that was drawn with other weights only what differs.
    pub fn draw<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        ranges: &[Range],
        weights: &[Vec<f32>],
        base: Option<&[Vec<f32>]>,
    ) -> Result<(), String> {
        let theme = pen.theme;
        let is_shade = matches!(self.style, Style::Shade { .. });
        let mut behind = Batch::default();
        let mut batches: Vec<Batch> = (0..2 * SHADES).map(|_| Batch::default()).collect();
        if base.is_none() {
            for frame in &self.frames {
                let half = (frame.width / 2.0, frame.height / 2.0);
                behind.tile(pen, (frame.x + half.0, frame.y + half.1), half, 2.0);
            }
        }
        for slot in &self.slots {
            let now = slot.share(ranges, weights);
            if let Some(base) = base {
                if (now - slot.share(ranges, base)).abs() < 0.5 / SHADES as f64 {
                    continue;
                }
                let half = (slot.rect.width / 2.0, slot.rect.height / 2.0);
                behind.tile(pen, (slot.rect.x + half.0, slot.rect.y + half.1), half, 0.0);
            }
            let shade = (now.abs() * (SHADES - 1) as f64).round() as usize;
            let batch = &mut batches[if now < 0.0 { SHADES + shade } else { shade }];
            self.fill(pen, batch, slot.rect, now.abs());
        }
        behind.draw(pen, if is_shade { theme.surface } else { theme.band[1] }, 1.0)?;
        for (place, batch) in batches.into_iter().enumerate() {
            let tone = if place < SHADES { Tone::Output } else { Tone::Inhibit };
            let share = (place % SHADES) as f64 / (SHADES - 1) as f64;
            let share = if is_shade { 0.07 + 0.93 * share } else { 0.45 + 0.55 * share };
            batch.draw(pen, mix(theme.surface, tone.colour(theme), share), 1.0)?;
        }
        Ok(())
    }

    /// Adds what a weight fills of its place.
    fn fill<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        batch: &mut Batch,
        rect: Rect,
        share: f64,
    ) {
        let half = (rect.width / 2.0, rect.height / 2.0);
        let middle = (rect.x + half.0, rect.y + half.1);
        match self.style {
            Style::Shade { round } => {
                batch.tile(pen, middle, (half.0 * 0.94 - 0.1, half.1 * 0.94 - 0.1), round);
            }
            Style::Up => {
                let height = (half.1 * share).max(0.25);
                let middle = (middle.0, rect.bottom() - height);
                batch.tile(pen, middle, ((half.0 * 0.9).max(0.4), height), 0.0);
            }
            Style::Right => {
                let width = (half.0 * share).max(0.25);
                let middle = (rect.x + width, middle.1);
                batch.tile(pen, middle, (width, (half.1 * 0.84).max(0.4)), 0.0);
            }
        }
    }

    /// The weight at a point, where a place has one of its own.
    pub fn at(&self, x: f64, y: f64) -> Option<(u16, u16)> {
        let slot = self.slots.iter().find(|slot| slot.rect.contains(x, y, 0.0))?;
        slot.weights.first().copied()
    }

    /// Where a weight of its own stands.
    pub fn place_of(&self, weight: (u16, u16)) -> Option<Rect> {
        let slot = self.slots.iter().find(|slot| slot.weights.contains(&weight))?;
        Some(slot.rect)
    }

    /// All places that have a weight of their own, with it.
    pub fn own_places(&self) -> impl Iterator<Item = ((u16, u16), Rect)> {
        self.slots.iter().filter_map(|slot| match slot.weights[..] {
            [weight] => Some((weight, slot.rect)),
            _ => None,
        })
    }

    pub fn has_shades(&self) -> bool {
        matches!(self.style, Style::Shade { .. })
    }
}

impl Slot {
    /// The mean weight as a share of the range, from −1 to 1.
    fn share(&self, ranges: &[Range], weights: &[Vec<f32>]) -> f64 {
        let of = |&(projection, synapse): &(u16, u16)| {
            let range = &ranges[usize::from(projection)];
            range.signed_share(weight_of(weights, projection, synapse))
        };
        self.weights.iter().map(of).sum::<f64>() / self.weights.len().max(1) as f64
    }
}
