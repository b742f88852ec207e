//! A population's place: where each of its neurons stands, and which of them have a mark of their own.

use super::super::Rect;
use crate::lab::picture::Picture;
use crate::net::{Drive, Layout, Model, Population, Role};
use crate::record::watch::{MOST_NEURONS, spread};

/// Largest distance between pixels, and between neurons in a column.
const WIDEST_PIXEL: f64 = 48.0;
const WIDEST_NEURON: f64 = 104.0;
/// The least between dots of a large population: of very many on a small picture they are a shade.
const NARROWEST_DOT: f64 = 0.5;

/// How a neuron is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    /// Inputs that stand apart from each other.
    Pixel,
    /// Inputs that stand close together.
    Tick,
    /// Neurons.
    Disc,
    /// One of very many.
    Dot,
}

/// Where a population stands.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its place in the description.
    pub population: usize,
    /// Around all its neurons.
    pub rect: Rect,
    pub shape: Shape,
    /// Half the width and half the height of a neuron.
    pub half: (f64, f64),
    /// Neurons with a mark of their own: those whose spikes are told.
    pub marks: Vec<u32>,
    /// How many neurons there are.
    pub size: u32,
    columns: u32,
    rows: u32,
    /// Row by row; otherwise column by column.
    is_by_rows: bool,
    /// Rows below this one stand a bit lower.
    second_half: u32,
    gap: f64,
}

impl Block {
    /// As large as it likes to be, at most so wide and so high, with its upper left corner at 0.
    pub fn new(picture: &Picture, idx: usize, width: f64, height: f64) -> Self {
        let population = &picture.network.populations[idx];
        let size = population.size.max(1);
        let is_input = is_source(population);
        let mut block = Self {
            population: idx,
            rect: Rect::default(),
            shape: Shape::Disc,
            half: (0.0, 0.0),
            marks: spread(population.size, MOST_NEURONS).collect(),
            size: population.size,
            columns: 1,
            rows: size,
            is_by_rows: true,
            second_half: u32::MAX,
            gap: 0.0,
        };
        match &population.place.layout {
            Layout::Grid { columns, rows } => {
                block.marks = spread(population.size, 4_096).collect();
                let is_doubled = is_doubled(picture, population) && rows % 2 == 0;
                block.pixels(
                    (*columns).max(1),
                    size.div_ceil((*columns).max(1)),
                    is_doubled,
                    width,
                    height,
                );
            }
            Layout::Circuits { columns, .. } => {
                block.dots((*columns).max(1), width, height);
            }
            Layout::Column if is_input && size > 12 => block.strip(height),
            Layout::Column if size <= 12 => block.column(is_input, width, height),
            Layout::Column => block.field(width, height),
        }
        block
    }

    fn pixels(&mut self, columns: u32, rows: u32, is_doubled: bool, width: f64, height: f64) {
        (self.columns, self.rows, self.shape) = (columns, rows, Shape::Pixel);
        let halves = if is_doubled { 0.5 } else { 0.0 };
        let pitch = (width / f64::from(columns)).min(height / (f64::from(rows) + halves));
        let pitch = pitch.min(WIDEST_PIXEL);
        if is_doubled {
            (self.second_half, self.gap) = (rows / 2, pitch * halves);
        }
        self.half = (pitch * 0.44, pitch * 0.44);
        self.extend_to(pitch, pitch);
    }

    /// Ticks, one below the other.
    fn strip(&mut self, height: f64) {
        self.shape = Shape::Tick;
        let pitch = (height / f64::from(self.rows)).min(14.0);
        let shown = pitch * f64::from(self.rows) / self.marks.len().max(1) as f64;
        self.half = (8.0, (shown * 0.40).max(0.5));
        self.extend_to(16.0, pitch);
    }

    fn column(&mut self, is_input: bool, width: f64, height: f64) {
        self.shape = if is_input { Shape::Pixel } else { Shape::Disc };
        let widest = if is_input { WIDEST_PIXEL } else { WIDEST_NEURON };
        let widest = if self.rows == 1 { height } else { widest };
        let pitch = (height / f64::from(self.rows)).min(widest);
        let half = (pitch * 0.36).min(if self.rows == 1 { 32.0 } else { 20.0 });
        let half = half.min(width * 0.3);
        self.half = (half, half);
        self.extend_to(2.0 * half, if self.rows == 1 { 2.0 * half + 8.0 } else { pitch });
    }

    /// A field of neurons, column by column or, where there are very many, row by row.
    fn field(&mut self, width: f64, height: f64) {
        let num = f64::from(self.rows);
        if self.rows <= MOST_NEURONS {
            let pitch = (width * height / num).sqrt().clamp(6.0, 22.0);
            let rows = (height / pitch).floor().max(1.0).min(num);
            let columns = (num / rows).ceil();
            // Columns of about the same length.
            self.rows = (num / columns).ceil() as u32;
            self.columns = columns as u32;
            self.is_by_rows = false;
            let pitch = pitch.min(width / columns).min(height / f64::from(self.rows));
            self.half = (pitch * 0.34, pitch * 0.34);
            return self.extend_to(pitch, pitch);
        }
        let columns = (num * (width / height)).sqrt().ceil().max(1.0);
        self.dots(columns as u32, width, height);
    }

    fn dots(&mut self, columns: u32, width: f64, height: f64) {
        let rows = self.rows.div_ceil(columns);
        (self.columns, self.rows, self.shape) = (columns, rows, Shape::Dot);
        let pitch = (width / f64::from(columns)).min(height / f64::from(rows));
        let pitch = pitch.clamp(NARROWEST_DOT, 14.0);
        // From one to the next there is ground to be seen, where there can be.
        let half = (pitch * 0.42).clamp(1.2_f64.min(pitch * 0.48), 4.0);
        self.half = (half, half);
        self.extend_to(pitch, pitch);
    }

    fn extend_to(&mut self, width: f64, height: f64) {
        self.rect.width = width * f64::from(self.columns);
        self.rect.height = height * f64::from(self.rows) + self.gap;
    }

    /// The distance from one neuron to the next, across and down.
    pub fn pitch(&self) -> (f64, f64) {
        let height = self.rect.height - self.gap;
        (self.rect.width / f64::from(self.columns), height / f64::from(self.rows))
    }

    /// Where a neuron stands.
    pub fn place(&self, neuron: u32) -> (f64, f64) {
        let (column, row) = self.cell(neuron);
        let (width, height) = self.pitch();
        let gap = if row >= self.second_half { self.gap } else { 0.0 };
        let x = self.rect.x + (f64::from(column) + 0.5) * width;
        (x, self.rect.y + (f64::from(row) + 0.5) * height + gap)
    }

    /// Its column and row.
    pub fn cell(&self, neuron: u32) -> (u32, u32) {
        let neuron = neuron.min(self.size.saturating_sub(1));
        match self.is_by_rows {
            true => (neuron % self.columns, neuron / self.columns),
            false => (neuron / self.rows, neuron % self.rows),
        }
    }

    /// The mark that stands for a neuron.
    pub fn mark_of(&self, neuron: u32) -> Option<usize> {
        self.marks.partition_point(|mark| *mark <= neuron).checked_sub(1)
    }

    /// Where a mark stands: of close ticks each covers those of several neurons.
    pub fn mark_place(&self, mark: usize) -> (f64, f64) {
        let neuron = self.marks.get(mark).copied().unwrap_or_default();
        let (x, y) = self.place(neuron);
        if self.shape != Shape::Tick {
            return (x, y);
        }
        let next = self.marks.get(mark + 1).copied().unwrap_or(self.size);
        let last = self.place(next.saturating_sub(1)).1;
        (x, (y + last) / 2.0)
    }

    /// The neuron at a point: the nearest one with a mark, or of a field of dots the one whose dot it is.
    pub fn neuron_at(&self, x: f64, y: f64) -> Option<u32> {
        if !self.rect.contains(x, y, 4.0) {
            return None;
        }
        let reach = (self.half.0.max(4.0), self.half.1.max(3.0));
        let distance = |mark: usize| {
            let (at_x, at_y) = self.mark_place(mark);
            ((x - at_x).abs() / reach.0).max((y - at_y).abs() / reach.1)
        };
        let nearest = (0..self.marks.len()).min_by(|a, b| distance(*a).total_cmp(&distance(*b)))?;
        if distance(nearest) <= 1.3 {
            return Some(self.marks[nearest]);
        }
        if self.shape != Shape::Dot {
            return None;
        }
        let (width, height) = self.pitch();
        let column = ((x - self.rect.x) / width).clamp(0.0, f64::from(self.columns - 1)) as u32;
        let row = ((y - self.rect.y) / height).clamp(0.0, f64::from(self.rows - 1)) as u32;
        Some(row * self.columns + column).filter(|neuron| *neuron < self.size)
    }

    /// Columns and rows, where neurons stand in a grid of pixels.
    pub fn grid(&self) -> Option<(u32, u32)> {
        (self.shape == Shape::Pixel && self.columns > 1).then_some((self.columns, self.rows))
    }

    /// Whether rows of the second half stand apart: inputs for what is on, and for what is off.
    pub fn is_doubled(&self) -> bool {
        self.gap > 0.0
    }
}

/// Inputs, and inhibitory neurons that only fire as they are told.
pub(super) fn is_source(population: &Population) -> bool {
    let is_told = population.parts.iter().all(|part| part.model == Model::SpikeSource);
    match role_of(population, 0) {
        Role::Input => true,
        Role::Inhibitory => is_told,
        Role::Hidden | Role::Output | Role::Excitatory | Role::Control => false,
    }
}

/// What a neuron of a population is there for.
pub(super) fn role_of(population: &Population, neuron: u32) -> Role {
    let mut end = 0;
    for part in &population.parts {
        end += part.size;
        if neuron < end {
            return part.role.clone();
        }
    }
    population.parts.last().map_or(Role::Hidden, |part| part.role.clone())
}

/// Whether the second half of the members is active where the first is not.
pub(super) fn is_doubled(picture: &Picture, population: &Population) -> bool {
    let half = population.size / 2;
    picture.network.sources.iter().any(|source| {
        let (Drive::ShownCurrent { stimuli, .. }
        | Drive::Shown { stimuli, .. }
        | Drive::Volley { stimuli, .. }) = &source.drive
        else {
            return false;
        };
        source.to.population == population.name
            && population.size.is_multiple_of(2)
            && !stimuli.is_empty()
            && stimuli.iter().all(|members| {
                (0..half).all(|pixel| members.contains(&pixel) != members.contains(&(pixel + half)))
            })
    })
}
