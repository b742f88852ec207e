//! One showing of a picture after the other: its spikes, with what noise makes of them.
//!
//! Spikes of a presentation are made ahead of it, some pixels at a time, so that no step has more to do than a slice of a
//! browser's time allows: [`Presentation::prepare`].

use std::sync::Arc;

use get_size2::GetSize;

use super::{Code, Coder, Noise, isi};
use crate::Stream;
use crate::encode::waiting::{geometric_scale, geometric_ticks};

/// The spikes of a presentation.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Presentation {
    #[get_size(ignore)]
    coder: Arc<Coder>,
    num_steps: u32,
    neurons_per_pixel: u32,
    is_clocked: bool,
    is_scrambled: bool,
    noise: Noise,
    /// Scale of the waiting times of background spikes.
    background: f32,
    code_stream: Stream,
    noise_stream: Stream,
    /// By how much the onset of this presentation is late.
    late: i64,
    next_pixel: u32,
    /// The neurons that fire in each step, ascending but where spikes are scrambled.
    steps: Vec<Vec<u32>>,
}

impl Presentation {
    /// Presentations of a picture; `streams` draw the code's chance and that of noise.
    pub fn new(
        code: &Code,
        num_steps: u32,
        greys: &[u8],
        noise: Noise,
        streams: [Stream; 2],
    ) -> Self {
        let [code_stream, noise_stream] = streams;
        Self {
            coder: Arc::new(Coder::new(code, num_steps, greys)),
            num_steps,
            neurons_per_pixel: code.neurons_per_pixel(),
            is_clocked: code.is_clocked(),
            is_scrambled: false,
            noise,
            background: geometric_scale(noise.background),
            code_stream,
            noise_stream,
            late: 0,
            next_pixel: 0,
            steps: vec![Vec::new(); num_steps as usize],
        }
    }

    /// Reads its table of spikes by the wrong side, as the published program does: see [`isi::scrambled`].
    pub fn scrambled(self, is_scrambled: bool) -> Self {
        Self { is_scrambled, ..self }
    }

    /// Neurons.
    pub fn num_neurons(&self) -> u32 {
        self.coder.num_pixels() * self.neurons_per_pixel
    }

    /// Forgets the last presentation; the next one is to be prepared.
    pub fn begin(&mut self) {
        self.steps.iter_mut().for_each(Vec::clear);
        self.next_pixel = 0;
        self.late = self.noise.late_steps(self.num_steps, &mut self.noise_stream);
    }

    /// Makes the spikes of the next pixels, up to this one.
    pub fn prepare(&mut self, end_pixel: u32) {
        let end_pixel = end_pixel.min(self.coder.num_pixels());
        let coder = self.coder.clone();
        let mut code_stream = self.code_stream.clone();
        for pixel in self.next_pixel..end_pixel {
            coder.encode(pixel, &mut code_stream, |(field, step)| {
                self.add(pixel * self.neurons_per_pixel + field, step);
            });
            self.add_background(pixel);
        }
        self.code_stream = code_stream;
        self.next_pixel = self.next_pixel.max(end_pixel);
    }

    fn add(&mut self, neuron: u32, step: u32) {
        let (mut neuron, mut step) = (neuron, step);
        if self.is_scrambled {
            (neuron, step) = isi::scrambled((neuron, step), self.num_neurons(), self.num_steps);
        }
        let Some(moved) = self.noise.moved(step, self.num_steps, &mut self.noise_stream) else {
            return;
        };
        let steps = i64::from(self.num_steps);
        // By the reader's clock.
        let (read, is_shown) = if self.is_clocked {
            let since_onset = i64::from(moved) - self.late;
            (i64::from(moved), (0..steps).contains(&since_onset))
        } else {
            (i64::from(moved) + self.late, true)
        };
        if is_shown && (0..steps).contains(&read) {
            self.steps[read as usize].push(neuron);
        }
    }

    fn add_background(&mut self, pixel: u32) {
        if self.noise.background <= 0.0 {
            return;
        }
        for field in 0..self.neurons_per_pixel {
            let neuron = pixel * self.neurons_per_pixel + field;
            let mut end = geometric_ticks(&mut self.noise_stream, self.background);
            while end <= u64::from(self.num_steps) {
                self.steps[end as usize - 1].push(neuron);
                end += geometric_ticks(&mut self.noise_stream, self.background);
            }
        }
    }

    /// The neurons that fire in this step, ascending. One that fires twice in it, as in a Poisson process, is there twice.
    pub fn fire(&mut self, step: u32) -> &[u32] {
        let fired = &mut self.steps[step as usize];
        if !fired.is_sorted() {
            fired.sort_unstable();
        }
        fired
    }
}
