//! What happens above the base: spikes, weights that have moved, modulators, and what is followed.

use plotters::backend::DrawingBackend;

use super::super::Rect;
use super::super::pen::{Align, PAD, Pen};
use super::batch::Batch;
use super::block::Block;
use super::range::weight_of;
use super::synapses::Line;
use super::tone::{Tone, tone_of};
use super::{Followed, Moment, Scene, marks, words};
use crate::lab::picture::Activity;
use crate::net::Delay;

/// Synapses whose weights have moved that are drawn, and spikes under way.
const MOST_MOVED: usize = 300;
const MOST_TRAVELLERS: usize = 300;
/// A weight is drawn anew when it has moved by this share of its range.
const VISIBLE: f64 = 0.015;
/// How fast a spike's light fades in slow motion, and the least time for which a spike is seen to travel.
const FADE_MS: f64 = 4.0;
const LEAST_TRAVEL_MS: f64 = 3.0;

impl Scene {
    pub(super) fn draw_all<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        moment: &Moment<'_>,
    ) -> Result<(), String> {
        if let Some(activity) = moment.activity {
            self.halos.draw(pen, &self.lines, moment.weights, &activity.eligibility)?;
        }
        self.draw_moved(pen, moment.weights)?;
        self.draw_followed_lines(pen, moment)?;
        for field in &self.fields {
            field.draw(pen, &self.lines.ranges, moment.weights, Some(&self.base.borrow()))?;
        }
        if let Some(activity) = moment.activity {
            for block in self.plan.blocks.iter().flatten() {
                self.draw_fired(pen, block, activity, moment.at_ms)?;
            }
            if let Some(at_ms) = moment.at_ms {
                self.draw_travellers(pen, activity, at_ms.into())?;
            }
            for drop in &self.drops {
                drop.draw_level(pen, &activity.levels, moment.level_at_ms)?;
            }
        }
        if let Some(carpet) = self.carpet() {
            let followed = match moment.followed {
                Some(Followed::Neuron { population, neuron }) => {
                    Some((usize::from(population), neuron))
                }
                _ => None,
            };
            carpet.draw_marks(pen, moment.shades, followed)?;
        }
        self.draw_weights(pen, moment.weights)?;
        self.draw_ring(pen, moment)?;
        let room = self.plan.shown_room();
        let y = PAD + self.plan.row() / 2.0;
        pen.write(&pen.fitted(moment.shown, room), PAD, y, Align::Left, pen.theme.ink)
    }

    /// Synapses that have moved most since the base was drawn: what is too thick there is covered first.
    fn draw_moved<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        weights: &[Vec<f32>],
    ) -> Result<(), String> {
        let base = self.base.borrow();
        if base.is_empty() {
            return Ok(());
        }
        let move_of =
            |line: &Line| self.lines.share(line, weights).0 - self.lines.share(line, &base).0;
        let moved = self.lines.all.iter().map(|line| (move_of(line), line));
        let mut moved: Vec<(f64, &Line)> = moved.filter(|(by, _)| by.abs() > VISIBLE).collect();
        moved.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        moved.truncate(MOST_MOVED);
        let mut cover = Batch::default();
        for (_, line) in moved.iter().filter(|(by, _)| *by < 0.0) {
            let share = self.lines.share(line, &base).0;
            cover.ribbon(
                pen,
                (&line.curve, self.lines.pieces()),
                self.lines.thickness(line, share) + 0.4,
            );
        }
        // Among very many lines a cover would leave holes in all others.
        if self.lines.all.len() <= 400 {
            cover.draw(pen, pen.theme.surface, 0.85)?;
        }
        self.lines.draw(pen, moved.iter().map(|(_, line)| *line), weights, 0.05)
    }

    fn draw_fired<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        block: &Block,
        activity: &Activity,
        at_ms: Option<f32>,
    ) -> Result<(), String> {
        if (block.marks.len() as u32) < block.size {
            let num = activity.num_spikes.get(block.population).copied().unwrap_or(0) as f64;
            let seconds = (activity.to_ms - activity.from_ms) / 1_000.0;
            let colour = tone_of(&self.picture, block.population, 0).colour(pen.theme);
            marks::draw_tint(pen, block, colour, num / seconds / f64::from(block.size))?;
        }
        let mut levels = vec![0.0_f64; block.marks.len()];
        for spike in &activity.spikes {
            if usize::from(spike.population) != block.population {
                continue;
            }
            let Some(mark) = block.mark_of(spike.neuron) else { continue };
            match at_ms.map(|at_ms| f64::from(at_ms - spike.at_ms)) {
                Some(ago) if ago >= 0.0 => {
                    levels[mark] = levels[mark].max(libm::exp(-ago / FADE_MS))
                }
                Some(_) => {}
                None => levels[mark] += f64::from(activity.one_in.max(1)),
            }
        }
        let level = |sum: f64| if at_ms.is_some() { sum } else { 1.0 - libm::pow(0.62, sum) };
        let fired = levels.iter().map(|sum| level(*sum)).enumerate();
        let fired: Vec<(usize, f64)> = fired.filter(|(_, level)| *level > 0.04).collect();
        marks::draw_fired(pen, &self.picture, block, &fired)
    }

    /// Spikes under way in slow motion: a delay is the time that they take.
    fn draw_travellers<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        activity: &Activity,
        at_ms: f64,
    ) -> Result<(), String> {
        let mut batches: Vec<(Tone, Batch)> =
            Tone::ALL.into_iter().map(|tone| (tone, Batch::default())).collect();
        let mut num = 0;
        for spike in &activity.spikes {
            let ago = at_ms - f64::from(spike.at_ms);
            if ago < 0.0 || ago > self.longest_travel_ms {
                continue;
            }
            let sender = (spike.population, spike.neuron);
            for line in self.lines.of_sender(sender) {
                let share = ago
                    / travel_ms(
                        &self.picture.network.projections[usize::from(line.projection)].delay,
                    );
                if share > 1.0 || num >= MOST_TRAVELLERS {
                    continue;
                }
                num += 1;
                let tone = tone_of(&self.picture, usize::from(sender.0), sender.1);
                if let Some((_, batch)) = batches.iter_mut().find(|(other, _)| *other == tone) {
                    batch.disc(pen, line.curve.at(share), if line.is_big { 5.0 } else { 2.4 });
                }
            }
        }
        for (tone, batch) in batches {
            batch.draw(pen, tone.colour(pen.theme), 0.95)?;
        }
        Ok(())
    }

    /// Weights in numbers, where there are few synapses.
    fn draw_weights<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        weights: &[Vec<f32>],
    ) -> Result<(), String> {
        for (line, synapse) in self.big_lines() {
            let weight = weight_of(weights, line.projection, synapse);
            let weights_of =
                &self.picture.network.projections[usize::from(line.projection)].weights;
            let range =
                weights_of.min.zip(weights_of.max).map_or(weight.abs(), |(min, max)| max - min);
            let told = words::told(weight, range);
            let number = format!("{told} {}", weights_of.unit.symbol());
            let beside_dots = self.carpet().and_then(|carpet| carpet.number_place);
            if let (true, Some((x, y))) = (line.is_above, beside_dots) {
                pen.write(&number, x, y, Align::Left, pen.theme.ink)?;
                continue;
            }
            let texts = [format!("weight {number}"), number, told];
            let (x, y) = line.curve.at(0.5);
            let thickness = self.lines.thickness(line, self.lines.share(line, weights).0);
            let (from, to) = (line.curve.at(0.0), line.curve.end());
            let is_arc = (from.0 - to.0).abs() < 8.0;
            let below = y + thickness / 2.0 + self.plan.row();
            // Below the line, and where it slopes on the side on which it is higher.
            let (x, y, align) = match to.1 - from.1 {
                _ if line.is_above => (x, y, Align::Centre),
                _ if is_arc => (x + 8.0, y, Align::Left),
                down if down < -16.0 => (x + 6.0, below, Align::Left),
                down if down > 16.0 => (x - 6.0, below, Align::Right),
                _ => (x, below, Align::Centre),
            };
            let room = match is_arc {
                true => self.plan.number_room(),
                false => self.plan.right() - 2.0 * PAD,
            };
            let fits = |text: &&str| pen.text_width(text) <= room;
            let Some(text) = texts.iter().map(|text| text.trim_end()).find(fits) else { continue };
            // Not over an edge.
            let width = pen.text_width(text);
            let left = match align {
                Align::Left => x,
                Align::Centre => x - width / 2.0,
                Align::Right => x - width,
            };
            let inside = left.clamp(PAD, (self.plan.right() - PAD - width).max(PAD));
            let row = self.plan.row();
            if !self.plan.is_free(&Rect { x: inside, y: y - row / 2.0, width, height: row }) {
                continue;
            }
            let x = x + inside - left;
            if line.is_above {
                let half = (pen.text_width(text) / 2.0 + 4.0, self.plan.row() / 2.0);
                let mut plate = Batch::default();
                plate.tile(pen, (x, y), half, 4.0);
                plate.draw(pen, pen.theme.surface, 0.9)?;
            }
            pen.write(text, x, y, align, pen.theme.ink)?;
        }
        Ok(())
    }

    fn big_lines(&self) -> impl Iterator<Item = (&Line, u16)> {
        let big = self.lines.all.iter().filter(|line| line.is_big);
        big.filter_map(|line| Some((line, line.synapse?)))
    }

    /// All synapses of a neuron that is followed, or the one synapse.
    fn draw_followed_lines<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        moment: &Moment<'_>,
    ) -> Result<(), String> {
        let is_followed = |line: &&Line| match moment.followed {
            Some(Followed::Neuron { population, neuron }) => {
                line.ends.contains(&(population, neuron))
            }
            Some(Followed::Synapse { projection, synapse }) => {
                line.projection == projection && line.synapse == Some(synapse)
            }
            None => false,
        };
        let lines: Vec<&Line> =
            self.lines.all.iter().filter(is_followed).take(MOST_MOVED).collect();
        if let ([line], Some(Followed::Synapse { .. })) = (&lines[..], moment.followed) {
            let mut under = Batch::default();
            let thickness = self.lines.thickness(line, self.lines.share(line, moment.weights).0);
            under.ribbon(pen, (&line.curve, self.lines.pieces()), thickness + 3.0);
            under.draw(pen, pen.theme.ink, 0.85)?;
        }
        self.lines.draw(pen, lines.into_iter(), moment.weights, 0.5)
    }

    fn draw_ring<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        moment: &Moment<'_>,
    ) -> Result<(), String> {
        match moment.followed {
            Some(Followed::Neuron { population, neuron }) => {
                let block = self.plan.blocks.get(usize::from(population));
                let Some(block) = block.and_then(Option::as_ref) else { return Ok(()) };
                let mark = block.mark_of(neuron).filter(|mark| block.marks[*mark] == neuron);
                let place = mark.map_or(block.place(neuron), |mark| block.mark_place(mark));
                marks::draw_ring(pen, place, block.half)
            }
            Some(Followed::Synapse { projection, synapse }) => {
                let weight = (projection, synapse);
                for rect in self.fields.iter().filter_map(|field| field.place_of(weight)) {
                    let half = (rect.width / 2.0, rect.height / 2.0);
                    marks::draw_ring(
                        pen,
                        (rect.x + half.0, rect.y + half.1),
                        (half.0.min(8.0) - 2.0, half.1.min(8.0) - 2.0),
                    )?;
                }
                Ok(())
            }
            None => Ok(()),
        }
    }
}

/// For how long a spike is seen to travel.
pub(super) fn travel_ms(delay: &Delay) -> f64 {
    let delay_ms = match delay {
        Delay::Fixed { delay_ms } => *delay_ms,
        Delay::Uniform { low_ms, high_ms } => (low_ms + high_ms) / 2.0,
    };
    delay_ms.max(LEAST_TRAVEL_MS)
}
