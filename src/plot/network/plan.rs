//! Where populations stand on the surface: layers from left to right, with room for labels and for pictures of weights.

use super::super::Rect;
use super::super::pen::{Align, PAD, text_width};
use super::beside::{self, Beside};
use super::block::{Block, Shape};
use super::words;
use crate::lab::picture::Picture;
use crate::net::Projection;

/// Room for a modulator above the synapses.
const DROP_BAND: f64 = 34.0;
/// Between neurons and what stands beside them.
const GAP: f64 = 10.0;
/// Arcs of inhibition between neurons.
const ARCS: f64 = 24.0;
/// The least room for synapses.
const LEAST_GAP: f64 = 56.0;

/// A text that begins at `x`, with the vertical middle of its letters at `y`.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub text: String,
    pub x: f64,
    pub y: f64,
    pub is_strong: bool,
}

/// Where everything stands.
pub(super) struct Plan {
    pub font: f64,
    /// For each population; none of those that are left out.
    pub blocks: Vec<Option<Block>>,
    /// For each population: where pictures of the weights onto its neurons stand, from the left edge on, and how wide
    /// they may be.
    pub beside: Vec<Option<(f64, f64)>>,
    /// The same to the right of senders with bars.
    pub bars: Vec<Option<(f64, f64)>>,
    pub labels: Vec<Label>,
    /// Above and below all populations.
    pub top: f64,
    pub bottom: f64,
    width: f64,
    is_single_layer: bool,
}

/// A population and what belongs to it.
struct Item {
    idx: usize,
    block: Block,
    left: f64,
    arcs: f64,
    beside: f64,
    bars: f64,
    has_own_label: bool,
    /// Ways to name it, the longest first.
    texts: Vec<String>,
    /// Groups of its members: name, first, size.
    groups: Vec<(String, u32, u32)>,
}

impl Plan {
    pub fn new(picture: &Picture, (width, height): (f64, f64), font: f64) -> Self {
        let network = &picture.network;
        let row = font * 1.45;
        let left_out = words::left_out(network);
        let has_drops = network.modulators.iter().any(|m| !words::is_other(network, m));
        let notes = if left_out.is_empty() { 0.0 } else { row };
        let top = PAD + row + if has_drops { DROP_BAND } else { 4.0 };
        let bottom = (height - PAD - row - notes).max(top + 20.0);
        let num = network.populations.len();
        let mut plan = Self {
            font,
            blocks: vec![None; num],
            beside: vec![None; num],
            bars: vec![None; num],
            labels: Vec::new(),
            top,
            bottom,
            width,
            is_single_layer: false,
        };
        let columns = plan.columns(picture);
        plan.place(columns);
        plan.write(&left_out, (PAD, height - PAD - row / 2.0), Align::Left, false, width);
        plan
    }

    /// The right edge of the surface.
    pub fn right(&self) -> f64 {
        self.width
    }

    /// Names bundles of synapses below them: how many, how they learn, how long spikes take.
    pub fn name_bundles(&mut self, picture: &Picture, height: f64) {
        let network = &picture.network;
        let mut bundles: Vec<([usize; 2], Vec<usize>)> = Vec::new();
        for (idx, projection) in network.projections.iter().enumerate() {
            let place = |name: &str| network.populations.iter().position(|p| p.name == name);
            let ends = [&projection.from, &projection.to].map(|end| place(&end.population));
            let [Some(from), Some(to)] = ends else { continue };
            match bundles.iter_mut().find(|(ends, _)| *ends == [from, to]) {
                Some((_, projections)) => projections.push(idx),
                None => bundles.push(([from, to], vec![idx])),
            }
        }
        let notes = if words::left_out(network).is_empty() { 0.0 } else { self.row() };
        let y = height - PAD - notes - self.row() / 2.0;
        for ([from, to], projections) in bundles {
            let (Some(from), Some(to)) = (&self.blocks[from], &self.blocks[to]) else { continue };
            let is_among = from.population == to.population;
            let (from, to) = (from.rect, to.rect);
            let (x, most) = match is_among {
                true => (from.x + from.width / 2.0, self.width),
                // As wide as from the middle of one population to that of the other.
                false => {
                    let x = (from.x + from.width + to.x) / 2.0;
                    let room = (to.x + to.width / 2.0 - from.x - from.width / 2.0).abs();
                    (x, room.max(self.width * 0.42))
                }
            };
            self.write(
                &words::below_bundle(network, &projections),
                (x, y),
                Align::Centre,
                true,
                most,
            );
        }
    }

    /// Whether a text has room there, beside all labels.
    pub fn is_free(&self, rect: &Rect) -> bool {
        !self.labels.iter().any(|label| label.meets(rect, self.font))
    }

    /// Height of a row of text.
    pub fn row(&self) -> f64 {
        self.font * 1.45
    }

    /// Populations by layers; a single layer is spread out.
    fn columns(&mut self, picture: &Picture) -> Vec<Vec<Item>> {
        let populations = &picture.network.populations;
        let shown: Vec<usize> =
            (0..populations.len()).filter(|idx| !words::is_beside(&populations[*idx])).collect();
        let mut layers: Vec<u32> = shown.iter().map(|idx| populations[*idx].place.layer).collect();
        layers.sort_unstable();
        layers.dedup();
        self.is_single_layer = layers.len() == 1;
        let groups: Vec<Vec<usize>> = match layers.len() {
            1 => shown.iter().map(|idx| vec![*idx]).collect(),
            _ => {
                let of = |layer: &u32| {
                    let of = shown.iter().copied();
                    of.filter(|idx| populations[*idx].place.layer == *layer).collect()
                };
                layers.iter().map(of).collect()
            }
        };
        let num_columns = groups.len() as f64;
        let share = if groups.len() == 1 { 0.46 } else { (0.62 / num_columns).min(0.30) };
        let room = (self.width - 2.0 * PAD) * share;
        let item = |idx: &usize, of: usize| {
            let height = (self.bottom - self.top) / of as f64 - self.row() - 2.0;
            self.item(picture, *idx, room, height.max(8.0))
        };
        groups
            .iter()
            .map(|group| group.iter().map(|idx| item(idx, group.len())).collect())
            .collect()
    }

    fn item(&self, picture: &Picture, idx: usize, width: f64, height: f64) -> Item {
        let network = &picture.network;
        let population = &network.populations[idx];
        let block = Block::new(picture, idx, width, height);
        let is_lateral = words::competes(population).is_some()
            || network.projections.iter().any(|projection| {
                projection.from.population == population.name
                    && projection.to.population == population.name
            });
        let arcs = if is_lateral && population.size <= 12 { ARCS } else { 0.0 };
        // Beside a single synapse stands its weight.
        let is_single = |p: &Projection| {
            p.from.population == population.name
                && p.to.population == population.name
                && p.num_weights() == Some(1)
        };
        let number = network.projections.iter().any(is_single);
        let arcs = if number { arcs + self.number_room() } else { arcs };
        let kind = beside::beside(picture, idx);
        let has_own_label = kind == Some(Beside::Dots);
        let beside = match kind {
            Some(Beside::Pictures { columns, rows }) => {
                let is_doubled = beside::has_complements(picture, idx);
                let ideal = beside::picture_width((columns, rows), is_doubled, block.pitch().1);
                GAP + ideal.min(self.width * 0.3)
            }
            Some(Beside::Profiles) => GAP + (self.width * 0.17).clamp(44.0, 120.0),
            Some(Beside::Dots) => (4.0 * GAP).min(0.06 * self.width) + width,
            None => 0.0,
        };
        let bars = if beside::has_bars(picture, idx) { (self.width * 0.14).min(84.0) } else { 0.0 };
        let groups = words::groups(network, population);
        let widest = groups.iter().map(|group| text_width(&group.0, self.font)).fold(0.0, f64::max);
        let is_roomy = self.width >= 440.0 && block.shape == Shape::Tick && widest < 130.0;
        let left = if is_roomy && !groups.is_empty() { widest + 8.0 } else { 0.0 };
        Item {
            idx,
            texts: words::below(population, &block),
            block,
            left,
            arcs,
            beside,
            bars,
            has_own_label,
            groups,
        }
    }

    /// Room for a weight in numbers beside an arc.
    pub fn number_room(&self) -> f64 {
        self.width_of_text("weight −0.0001").min(self.width * 0.16)
    }

    /// Leaves pictures of weights out, the widest first, until synapses have room.
    fn make_room(&self, columns: &mut [Vec<Item>], inner: f64) {
        let least = LEAST_GAP * columns.len().saturating_sub(1) as f64;
        for _ in 0..columns.len() {
            let width: f64 = columns.iter().map(|column| self.width_of(column)).sum();
            if width + least <= inner {
                return;
            }
            let extra = |item: &Item| item.beside + item.bars;
            let items = columns.iter_mut().flatten();
            let Some(widest) = items.max_by(|a, b| extra(a).total_cmp(&extra(b))) else { return };
            (widest.beside, widest.bars, widest.left) = (0.0, 0.0, 0.0);
        }
    }

    fn place(&mut self, mut columns: Vec<Vec<Item>>) {
        let inner = self.width - 2.0 * PAD;
        self.make_room(&mut columns, inner);
        let widths: Vec<f64> = columns.iter().map(|column| self.width_of(column)).collect();
        let num_gaps = columns.len().saturating_sub(1);
        let free = (inner - widths.iter().sum::<f64>()).max(0.0);
        // Synapses need room, and too much of it leaves the ends apart.
        let gap = if num_gaps == 0 { 0.0 } else { (free / num_gaps as f64).min(self.width * 0.55) };
        // Columns of a single layer have nothing between them.
        let gap = if self.is_single_layer { (free / (num_gaps + 2) as f64).min(gap) } else { gap };
        let mut x = PAD + (free - gap * num_gaps as f64) / 2.0;
        let last = columns.len().saturating_sub(1);
        for (place, (column, width)) in columns.into_iter().zip(widths).enumerate() {
            let side = if last == 0 { 0.5 } else { place as f64 / last as f64 };
            self.place_column(column, (x, width), side);
            x += width + gap;
        }
    }

    fn width_of(&self, column: &[Item]) -> f64 {
        let of = |item: &Item| {
            let content = item.content();
            let text = item.texts.iter().rev().nth(1).map_or(0.0, |text| self.width_of_text(text));
            // On a narrow surface a shorter label has to do.
            content.max(if self.width < 440.0 { text.min(self.width * 0.2) } else { text })
        };
        column.iter().map(of).fold(0.0, f64::max)
    }

    fn width_of_text(&self, text: &str) -> f64 {
        text_width(text, self.font)
    }

    /// `side`: 0 for the column on the left, 1 for the one on the right.
    fn place_column(&mut self, column: Vec<Item>, (x, width): (f64, f64), side: f64) {
        let row = self.row();
        let num = column.len() as f64;
        let share = (self.bottom - self.top) / num;
        for (place, mut item) in (0..).zip(column) {
            let top = self.top + f64::from(place) * share;
            let left = x + (width - item.content()) * side + item.left;
            let rect = &mut item.block.rect;
            (rect.x, rect.y) = (left, top + (share - row - rect.height).max(0.0) / 2.0);
            let rect = *rect;
            let after = rect.right() + item.arcs;
            self.beside[item.idx] = (item.beside > 0.0).then_some((after + GAP, item.beside - GAP));
            self.bars[item.idx] =
                (item.bars > 0.0).then_some((rect.right() + 4.0, item.bars - 8.0));
            // A field of synapses has a label of its own.
            let middle = match item.has_own_label {
                true => left + rect.width / 2.0,
                false => left + (item.content() - item.left) / 2.0,
            };
            let y = (rect.bottom() + row / 2.0 + 2.0).min(self.bottom - row / 2.0 + 2.0);
            self.write(
                &item.texts,
                (middle, y),
                Align::Centre,
                false,
                width.max(self.width * 0.46),
            );
            if item.left > 0.0 {
                self.name_groups(&item, left);
            }
            self.blocks[item.idx] = Some(item.block);
        }
    }

    /// Names groups of inputs to the left of them.
    fn name_groups(&mut self, item: &Item, left: f64) {
        for (name, first, size) in &item.groups {
            let [top, bottom] = [*first, first + size - 1].map(|input| item.block.place(input).1);
            let place = (left - 8.0, (top + bottom) / 2.0);
            self.write(std::slice::from_ref(name), place, Align::Right, false, item.left);
        }
    }

    /// Writes the first of some texts that fits, moved into the area if need be. Gives where it stands.
    pub fn write(
        &mut self,
        texts: &[String],
        (x, y): (f64, f64),
        align: Align,
        is_strong: bool,
        most: f64,
    ) -> Option<Rect> {
        let most = most.min(self.width - 2.0 * PAD);
        for text in texts.iter().filter(|text| !text.is_empty()) {
            let width = self.width_of_text(text);
            if width > most {
                continue;
            }
            let left = match align {
                Align::Left => x,
                Align::Centre => x - width / 2.0,
                Align::Right => x - width,
            };
            let left = left.min(self.width - PAD - width).max(PAD);
            let rect = Rect { x: left, y: y - self.row() / 2.0, width, height: self.row() };
            if !self.is_free(&rect) {
                continue;
            }
            self.labels.push(Label { text: text.clone(), x: left, y, is_strong });
            return Some(rect);
        }
        None
    }
}

impl Item {
    fn content(&self) -> f64 {
        self.left + self.block.rect.width + self.arcs + self.beside + self.bars
    }
}

impl Label {
    /// Whether it comes too near to a place.
    fn meets(&self, rect: &Rect, font: f64) -> bool {
        let (width, half) = (text_width(&self.text, font), font * 0.6);
        self.x < rect.x + rect.width + 4.0
            && rect.x < self.x + width + 4.0
            && self.y - half < rect.y + rect.height - font * 0.2
            && rect.y + font * 0.2 < self.y + half
    }
}
