//! The picture of a network: populations from inputs on the left to outputs on the right, synapses as curves, and above
//! them what happens from frame to frame.
//!
//! A [`Scene`] knows where everything stands; it is made once for a picture and a size. It draws two layers: the base,
//! in steps that fit into animation frames, and the moment, on a transparent surface above it.
//!
//! Curves need finer places than pixels. A canvas therefore gets a transform, `scale(1 / FINE, 1 / FINE)`, and is drawn
//! on with `Scale::canvas(FINE * device pixels per CSS pixel)`; the SVG backend is used in the same way.

mod batch;
mod beside;
mod block;
mod carpet;
mod curve;
mod drops;
mod fields;
mod halo;
mod legend;
mod loops;
mod marks;
mod moment;
mod plan;
mod range;
mod synapses;
mod tone;
mod words;

use std::cell::RefCell;

use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::pen::{Align, PAD, Pen, font_for};
use super::svg::drawn;
use super::{Rect, Scale, Theme};
pub use crate::lab::Followed;
use crate::lab::Snapshot;
use crate::lab::eligible::Eligible;
use crate::lab::picture::{Activity, Picture};
pub use carpet::Carpet;
pub use legend::Legend;
use plan::Plan;
use synapses::Lines;

/// How many units of drawing there should be to a device pixel.
pub const FINE: f64 = 8.0;
/// Synapses of a step.
const STEP: usize = 500;

/// What is drawn above the base.
#[derive(Clone, Copy, Default)]
pub struct Moment<'a> {
    /// Weights now, per projection and sampled synapse.
    pub weights: &'a [Vec<f32>],
    /// Shades now of all weights that have some: see [`crate::lab::shades`].
    pub shades: &'a [u8],
    /// What happened in a stretch of time.
    pub activity: Option<&'a Activity>,
    /// Slow motion: a moment in that stretch, in ms from its beginning, so that spikes travel. None: all of the stretch
    /// at once.
    pub at_ms: Option<f32>,
    /// Levels are those of this moment in the stretch. None: as far as they went in all of it.
    pub level_at_ms: Option<f32>,
    /// Who is followed.
    pub followed: Option<Followed>,
    /// What is shown, in words: "letter B". May be empty.
    pub shown: &'a str,
}

/// Where everything stands.
pub struct Scene {
    picture: Picture,
    width: f64,
    height: f64,
    plan: Plan,
    lines: Lines,
    loops: loops::Loops,
    fields: Vec<fields::Field>,
    carpet: Option<Carpet>,
    drops: Vec<drops::Drop>,
    halos: halo::Halos,
    longest_travel_ms: f64,
    /// The weights with which the base was drawn last.
    base: RefCell<Vec<Vec<f32>>>,
}

impl Scene {
    /// Places a network on so many CSS pixels.
    pub fn new(picture: &Picture, width: f64, height: f64) -> Self {
        Self::with_font(picture, (width, height), font_for(width))
    }

    /// The same with letters of another size; to be drawn with a [`Scale`] that has it too.
    pub fn with_font(picture: &Picture, (width, height): (f64, f64), font: f64) -> Self {
        let mut plan = Plan::new(picture, (width, height), font);
        let lines = Lines::new(picture, &plan);
        plan.name_bundles(picture, height);
        let (fields, carpet) = fields::all(picture, &mut plan);
        let drops = drops::all(picture, &mut plan, &lines);
        let dots = carpet.as_ref().map(|carpet| carpet.own_places(picture)).unwrap_or_default();
        let halos = halo::Halos::new(&lines, &fields, dots);
        let travels = picture.network.projections.iter().map(|p| moment::travel_ms(&p.delay));
        Self {
            width,
            height,
            longest_travel_ms: travels.fold(0.0, f64::max),
            picture: picture.clone(),
            loops: loops::Loops::new(picture, &plan),
            plan,
            lines,
            fields,
            carpet,
            drops,
            halos,
            base: RefCell::default(),
        }
    }

    /// Whether anything can be recognised at this size.
    fn has_room(&self) -> bool {
        self.width >= 120.0 && self.height >= 90.0
    }

    /// A dot for each of very many synapses, to be laid between base and moment.
    pub fn carpet(&self) -> Option<&Carpet> {
        self.carpet.as_ref().filter(|_| self.has_room())
    }

    /// The base is drawn in so many steps, in order.
    pub fn num_steps(&self) -> usize {
        2 + self.lines.all.len().div_ceil(STEP)
    }

    /// Draws a part of the base: first the ground, then synapses, and last the populations with their labels. Fails only
    /// where the backend does.
    pub fn draw_step<DB: DrawingBackend>(
        &self,
        step: usize,
        area: &DrawingArea<DB, Shift>,
        theme: &Theme,
        scale: Scale,
        weights: &[Vec<f32>],
    ) -> Result<(), String> {
        let pen = Pen::over(area, (self.width, self.height), theme, scale);
        let last = self.num_steps() - 1;
        if step == 0 {
            *self.base.borrow_mut() = weights.to_vec();
            let whole = Rect { x: 0.0, y: 0.0, width: self.width, height: self.height };
            return pen.fill(whole, theme.surface);
        }
        if !self.has_room() {
            return Ok(());
        }
        if step < last {
            let lines = self.lines.all.iter().skip((step - 1) * STEP).take(STEP);
            let lines = lines.filter(|line| !line.is_above);
            return self.lines.draw(&pen, lines, weights, 0.0);
        }
        self.lines.draw_arcs(&pen)?;
        self.loops.draw(&pen)?;
        for drop in &self.drops {
            drop.draw(&pen)?;
        }
        for block in self.plan.blocks.iter().flatten() {
            marks::draw_rest(&pen, &self.picture, block)?;
        }
        for field in &self.fields {
            field.draw(&pen, &self.lines.ranges, weights, None)?;
        }
        let above = self.lines.all.iter().filter(|line| line.is_above);
        self.lines.draw(&pen, above, weights, 0.3)?;
        for label in &self.plan.labels {
            let colour = if label.is_strong { theme.ink } else { theme.muted };
            pen.write(&label.text, label.x, label.y, Align::Left, colour)?;
        }
        Ok(())
    }

    /// Draws what happens, on a cleared and transparent surface. Fails only where the backend does.
    pub fn draw_moment<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        theme: &Theme,
        scale: Scale,
        moment: &Moment<'_>,
    ) -> Result<(), String> {
        if !self.has_room() {
            return Ok(());
        }
        self.draw_all(&Pen::over(area, (self.width, self.height), theme, scale), moment)
    }

    /// What stands at a point in CSS pixels: text to read, and what it is. Weights and shades are those that are drawn. A
    /// synapse tells its weight and what waits there.
    pub fn locate(
        &self,
        (x, y): (f64, f64),
        (weights, shades): (&[Vec<f32>], &[u8]),
        waiting: Option<&Eligible>,
    ) -> Option<(String, Followed)> {
        for block in self.plan.blocks.iter().flatten() {
            if let Some(neuron) = block.neuron_at(x, y) {
                let text = words::neuron(&self.picture.network, block, neuron);
                let population = block.population as u16;
                return Some((text, Followed::Neuron { population, neuron }));
            }
        }
        if let Some(sender) = self.carpet.as_ref().and_then(|carpet| carpet.sender_at(x, y)) {
            return self.sender_text(sender, shades);
        }
        let field = self.fields.iter().find_map(|field| field.at(x, y));
        let (projection, synapse) = field.or_else(|| {
            let lines = self.lines.all.iter().filter_map(|line| {
                let slack =
                    3.0 + self.lines.thickness(line, self.lines.share(line, weights).0) / 2.0;
                let distance = line.curve.distance(x, y, slack)?;
                Some((distance, (line.projection, line.synapse?)))
            });
            lines.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, which)| which)
        })?;
        let mut text = self.synapse_text(projection, synapse, weights)?;
        if let Some(value) = waiting.and_then(|waiting| waiting.of(projection, synapse)) {
            text += &words::eligibility(value);
        }
        Some((text, Followed::Synapse { projection, synapse }))
    }

    fn sender_text(
        &self,
        (population, neuron): (usize, u32),
        shades: &[u8],
    ) -> Option<(String, Followed)> {
        let (carpet, block) = (self.carpet.as_ref()?, self.plan.blocks[population].as_ref()?);
        let name = words::neuron(&self.picture.network, block, neuron);
        let num = self.picture.shades.as_ref()?.per_sender;
        let text = words::of_sender(&name, num, carpet.range_of(neuron, shades));
        Some((text, Followed::Neuron { population: population as u16, neuron }))
    }

    fn synapse_text(&self, projection: u16, synapse: u16, weights: &[Vec<f32>]) -> Option<String> {
        let network = &self.picture.network;
        let described = network.projections.get(usize::from(projection))?;
        let sample = self.picture.samples.get(usize::from(projection))?;
        let ends = sample.synapses.get(usize::from(synapse))?;
        let name = |members: &crate::net::Members, neuron: u32| {
            let blocks = self.plan.blocks.iter().flatten();
            let mut own = blocks
                .filter(|block| network.populations[block.population].name == members.population);
            own.next().map(|block| words::neuron(network, block, members.first + neuron))
        };
        let ends = [name(&described.from, ends.pre)?, name(&described.to, ends.post)?];
        let weight = range::weight_of(weights, projection, synapse);
        Some(words::synapse(described, ends, weight))
    }

    /// All neurons that have a mark of their own, with their places in CSS pixels: in the order in which they are
    /// stepped through by keys.
    pub fn neurons(&self) -> Vec<(Followed, f64, f64)> {
        let blocks = self.plan.blocks.iter().flatten();
        let all = blocks.flat_map(|block| {
            (0..).zip(&block.marks).map(|(mark, neuron)| {
                let (x, y) = block.mark_place(mark);
                let population = block.population as u16;
                (Followed::Neuron { population, neuron: *neuron }, x, y)
            })
        });
        all.collect()
    }

    /// What colours and shapes mean, only where this network has them: the role's name ("input", "output", "excite",
    /// "inhibit", "reward", "punish", "eligible", "control") and words.
    pub fn legend(&self) -> Vec<(&'static str, String)> {
        let has_pictures = self.fields.iter().any(fields::Field::has_shades);
        words::legend(&self.picture.network, has_pictures)
    }
}

impl Plan {
    /// Room for what is shown, above the inputs and left of modulators.
    fn shown_room(&self) -> f64 {
        let at = PAD + self.row() / 2.0;
        let others = self.labels.iter().filter(|label| (label.y - at).abs() < self.row());
        others.map(|label| label.x - 36.0).fold(self.right() - PAD, f64::min) - PAD
    }
}

/// Everything in one SVG document of `width` by `height` CSS pixels.
///
/// # Errors
/// What the backend says.
pub fn svg(
    picture: &Picture,
    snapshot: &Snapshot,
    theme: &Theme,
    width: u32,
    height: u32,
) -> Result<String, String> {
    let scene = Scene::new(picture, width.into(), height.into());
    let units = (width * super::svg::UNITS, height * super::svg::UNITS);
    let shown = [width, height].map(|length| length.to_string());
    let scale = Scale::svg(f64::from(super::svg::UNITS));
    document((&scene, None), snapshot, theme, scale, (units, shown))
}

/// Everything in one SVG document of so many units across and down, which its root says are so long: two lengths as SVG
/// has them. `scale` says how many units a CSS pixel is. The legend is drawn below, where one is given.
///
/// # Errors
/// What the backend says.
pub fn document(
    (scene, legend): (&Scene, Option<&Legend>),
    snapshot: &Snapshot,
    theme: &Theme,
    scale: Scale,
    (units, shown): ((u32, u32), [String; 2]),
) -> Result<String, String> {
    let Snapshot { weights, shades, activity, at_ms, level_at_ms, followed, shown: words } =
        snapshot;
    let moment = Moment {
        weights,
        shades,
        activity: Some(activity),
        at_ms: *at_ms,
        level_at_ms: *level_at_ms,
        followed: *followed,
        shown: words,
    };
    let base = drawn(units, shown.clone(), |area| {
        (0..scene.num_steps())
            .try_for_each(|step| scene.draw_step(step, area, theme, scale, weights))?;
        legend.map_or(Ok(()), |legend| legend.draw(area, theme, scale))
    })?;
    let above = drawn(units, shown, |area| scene.draw_moment(area, theme, scale, &moment))?;
    let image = scene.carpet().map(|carpet| carpet.image(shades, theme, scale.device));
    Ok(joined(&base, &image.unwrap_or_default(), &above))
}

/// Two documents of one size, and an element between them, as one.
fn joined(below: &str, between: &str, above: &str) -> String {
    let below = below.trim_end().trim_end_matches("</svg>");
    let above = above.split_once('\n').map_or("", |(_, content)| content);
    format!("{below}{between}{above}")
}
