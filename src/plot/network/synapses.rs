//! Synapses as curves: thickness by weight, colour and ends by sign.

use std::collections::BTreeMap;

use plotters::backend::DrawingBackend;

use super::super::pen::Pen;
use super::batch::Batch;
use super::block::{Block, Shape};
use super::curve::Curve;
use super::plan::Plan;
use super::range::{Range, weight_of};
use super::tone::{Tone, tone_of};
use super::words;
use crate::lab::picture::{Picture, Sample};
use crate::net::{Draw, Projection, Receptor, Wiring};

/// Steps of alpha.
const SHADES: usize = 5;
/// Schematic synapses, where a run does not tell weights, are no more than so many.
const MOST_SCHEMATIC: u32 = 400;

/// A synapse that is drawn.
pub(super) struct Line {
    pub projection: u16,
    /// Its place in the sample; none where the run does not tell its weight.
    pub synapse: Option<u16>,
    pub ends: [(u16, u32); 2],
    pub curve: Curve,
    tone: Tone,
    inhibits: bool,
    /// Its share where no weight is told.
    share: f64,
    /// Alone between its neurons, and in a network of few synapses.
    pub is_big: bool,
    /// Drawn above the neurons, among which it runs.
    pub is_above: bool,
    /// No thicker than this.
    most: f64,
}

/// All of them.
pub(super) struct Lines {
    pub all: Vec<Line>,
    pub ranges: Vec<Range>,
    /// Arcs of competition, round at both ends.
    arcs: Vec<Curve>,
    thickest: f64,
    strongest: f64,
}

impl Lines {
    pub fn new(picture: &Picture, plan: &Plan) -> Self {
        let network = &picture.network;
        let place = |name: &str| network.populations.iter().position(|p| p.name == name);
        let mut all = Vec::new();
        for (idx, (projection, sample)) in
            (0..).zip(network.projections.iter().zip(&picture.samples))
        {
            let ends = [&projection.from, &projection.to].map(|members| {
                place(&members.population)
                    .and_then(|population| Some((plan.blocks[population].as_ref()?, population)))
            });
            if let [Some(from), Some(to)] = ends {
                let ends = Ends { picture, plan, idx, from: from.0, to: to.0 };
                ends.lines(projection, sample, &mut all);
            }
        }
        let pairs = network.projections.iter().zip(&picture.samples);
        let ranges = pairs.map(|(projection, sample)| Range::new(projection, sample)).collect();
        let num = all.len().max(1) as f64;
        let is_big = all.len() <= 4;
        all.iter_mut().for_each(|line| line.is_big = is_big);
        // So that those of a sender stand together.
        all.sort_by_key(|line| line.ends[0]);
        Self {
            arcs: arcs(picture, plan),
            all,
            ranges,
            thickest: if is_big {
                16.0
            } else {
                (4.2 * libm::pow(60.0 / num, 0.42)).clamp(0.7, 4.6)
            },
            strongest: (0.62 * libm::pow(60.0 / num, 0.2)).clamp(0.22, 0.8),
        }
    }

    /// Its weight as a share of the range, and whether it inhibits.
    pub fn share(&self, line: &Line, weights: &[Vec<f32>]) -> (f64, bool) {
        let Some(synapse) = line.synapse else { return (line.share, line.inhibits) };
        let range = &self.ranges[usize::from(line.projection)];
        let share = range.signed_share(weight_of(weights, line.projection, synapse));
        (share.abs(), line.inhibits || share < 0.0)
    }

    /// How thick a synapse is with this share of its range.
    pub fn thickness(&self, line: &Line, share: f64) -> f64 {
        let thickest = self.thickest.min(line.most);
        let thinnest = (thickest * 0.12).max(0.35);
        thinnest + (thickest - thinnest) * share
    }

    /// Pieces of a curve: many where there are few curves.
    pub fn pieces(&self) -> usize {
        if self.all.len() <= 300 { 26 } else { 14 }
    }

    /// Those of a sender.
    pub fn of_sender(&self, sender: (u16, u32)) -> &[Line] {
        let first = self.all.partition_point(|line| line.ends[0] < sender);
        let rest = &self.all[first..];
        &rest[..rest.partition_point(|line| line.ends[0] == sender)]
    }

    /// Draws some of the lines; `stress` makes them stand out.
    pub fn draw<'l, DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        lines: impl Iterator<Item = &'l Line>,
        weights: &[Vec<f32>],
        stress: f64,
    ) -> Result<(), String> {
        let mut batches: BTreeMap<(Tone, usize), Batch> = BTreeMap::new();
        for line in lines {
            let (share, inhibits) = self.share(line, weights);
            let tone = if inhibits { Tone::Inhibit } else { line.tone };
            let shade = (share * (SHADES - 1) as f64).round() as usize;
            let batch = batches.entry((tone, shade)).or_default();
            let thickness = self.thickness(line, share);
            batch.ribbon(pen, (&line.curve, self.pieces()), thickness);
            if inhibits {
                let least = if self.all.len() <= 150 { 2.4 } else { 0.8 };
                batch.disc(pen, line.curve.end(), (thickness * 0.8).max(least));
            }
        }
        for ((tone, shade), batch) in batches {
            let share = shade as f64 / (SHADES - 1) as f64;
            let alpha = self.strongest * (0.26 + 0.74 * share);
            batch.draw(pen, tone.colour(pen.theme), (alpha + stress).min(1.0))?;
        }
        Ok(())
    }

    /// Draws the arcs of competition.
    pub fn draw_arcs<DB: DrawingBackend>(&self, pen: &Pen<'_, DB>) -> Result<(), String> {
        let mut batch = Batch::default();
        for arc in &self.arcs {
            batch.ribbon(pen, (arc, 16), 1.6);
            batch.disc(pen, arc.at(0.0), 3.4);
            batch.disc(pen, arc.end(), 3.4);
        }
        batch.draw(pen, pen.theme.inhibit, 0.75)
    }
}

/// Between neighbours that compete.
fn arcs(picture: &Picture, plan: &Plan) -> Vec<Curve> {
    let mut all = Vec::new();
    for block in plan.blocks.iter().flatten() {
        let population = &picture.network.populations[block.population];
        let Some(num) = words::competes(population).filter(|_| population.size <= 12) else {
            continue;
        };
        for neuron in 1..num.min(population.size) {
            let [above, below] = [neuron - 1, neuron].map(|neuron| block.place(neuron));
            let x = above.0 + block.half.0 + 4.0;
            let inset = block.half.1 * 0.55;
            all.push(Curve::arc((x, above.1 + inset), (x, below.1 - inset), 13.0));
        }
    }
    all
}

/// Both ends of a projection.
struct Ends<'p> {
    picture: &'p Picture,
    plan: &'p Plan,
    idx: u16,
    from: &'p Block,
    to: &'p Block,
}

impl Ends<'_> {
    fn lines(&self, projection: &Projection, sample: &Sample, all: &mut Vec<Line>) {
        let is_among = self.from.population == self.to.population;
        if is_among && self.from.size > 12 {
            return all.extend(self.chosen(projection, sample));
        }
        if sample.synapses.is_empty() {
            let pairs = schematic(projection).into_iter();
            return all.extend(pairs.map(|(pre, post)| self.line(projection, None, pre, post)));
        }
        let synapses = (0..).zip(&sample.synapses);
        all.extend(
            synapses.map(|(place, synapse)| {
                self.line(projection, Some(place), synapse.pre, synapse.post)
            }),
        );
    }

    /// Of synapses among many neurons the one that begins unlike the others.
    fn chosen(&self, projection: &Projection, sample: &Sample) -> Option<Line> {
        let Draw::FixedButOne { .. } = projection.weights.start else { return None };
        let synapses = (0..).zip(&sample.synapses);
        let mut own = synapses.filter(|(_, synapse)| synapse.pre == 0 && synapse.post != 0);
        own.next().map(|(place, synapse)| {
            let mut line = self.line(projection, Some(place), synapse.pre, synapse.post);
            let [from, to] = [synapse.pre, synapse.post].map(|neuron| self.from.place(neuron));
            line.curve = Curve::across(from, to);
            line.is_above = true;
            line
        })
    }

    fn line(&self, projection: &Projection, synapse: Option<u16>, pre: u32, post: u32) -> Line {
        let (pre, post) = (projection.from.first + pre, projection.to.first + post);
        let (from, to) = (self.from.place(pre), self.to.place(post));
        let inhibits = projection.receptor == Receptor::Inhibitory;
        let is_across = self.from.rect.x + self.from.rect.width < self.to.rect.x;
        let curve = if is_across {
            let bars = self.plan.bars[self.from.population].map_or(0.0, |(_, width)| width + 8.0);
            let from = (from.0 + self.from.half.0 + bars, from.1);
            let end = if inhibits { 4.0 } else { 1.0 };
            // Ends spread over the side of a neuron that faces the senders.
            let order = f64::from(pre) / f64::from(self.from.size.max(2) - 1) - 0.5;
            let (radius, down) = (self.to.half.0, order * 1.5 * self.to.half.1);
            let down = if self.from.size > 1 { down } else { 0.0 };
            let facing = (radius * radius - down * down).max(0.0).sqrt();
            Curve::across(from, (to.0 - facing - end, to.1 + down))
        } else {
            let away = (pre.abs_diff(post).min(4)) as f64;
            let side = if to.1 > from.1 { 0.35 } else { -0.35 };
            let from = (from.0 + self.from.half.0, from.1 + side * self.from.half.1);
            let x = to.0 + self.to.half.0 + if inhibits { 3.0 } else { 0.0 };
            Curve::arc(from, (x, to.1 - side * self.to.half.1), 7.0 + 2.6 * away)
        };
        let populations = [self.from.population, self.to.population].map(|idx| idx as u16);
        Line {
            projection: self.idx,
            synapse,
            ends: [(populations[0], pre), (populations[1], post)],
            curve,
            tone: tone_of(self.picture, self.from.population, pre),
            inhibits,
            share: 0.5,
            is_big: false,
            is_above: false,
            most: match is_across {
                false => 3.4,
                // Those of close senders stay apart.
                true if self.from.shape == Shape::Tick => (0.75 * self.from.pitch().1).max(0.5),
                true => f64::INFINITY,
            },
        }
    }
}

/// Who is connected to whom, where the wiring says so and they are few.
fn schematic(projection: &Projection) -> Vec<(u32, u32)> {
    let [from, to] = [projection.from.size, projection.to.size];
    let all = (0..from).flat_map(|pre| (0..to).map(move |post| (pre, post)));
    match &projection.wiring {
        Wiring::AllToAll if from * to <= MOST_SCHEMATIC => all.collect(),
        Wiring::AllToOthers if from * to <= MOST_SCHEMATIC => {
            all.filter(|(pre, post)| pre != post).collect()
        }
        Wiring::OneToOne => (0..from.min(MOST_SCHEMATIC)).map(|idx| (idx, idx)).collect(),
        Wiring::Listed { pairs } => pairs.iter().copied().take(MOST_SCHEMATIC as usize).collect(),
        // A sample that says that there are some.
        Wiring::AllToAll | Wiring::AllToOthers => {
            let step = (from * to / 60).max(1) as usize;
            all.step_by(step).collect()
        }
        _ => Vec::new(),
    }
}
