//! Halos: what waits at a synapse for a modulator. Around its curve or, where it has none, around its place in a field.
//!
//! Potentiation that waits is a halo in one piece, in the colour of a reward; depression that waits is dashed, in that of
//! a punishment, and around a place two bars, as a minus.

use std::collections::BTreeMap;

use plotters::backend::DrawingBackend;

use super::super::Rect;
use super::super::pen::Pen;
use super::batch::Batch;
use super::fields::Field;
use super::synapses::{Line, Lines};
use crate::lab::eligible::{Eligible, EligibleSynapse, MOST_ELIGIBLE};

/// Steps from little to much.
const NUM_STEPS: usize = 4;
/// Curves that have a halo, those at which most waits: more are a thicket, and take long to draw.
const MOST_CURVES: usize = 48;
/// Among more curves than this a halo has one layer.
const FEW_CURVES: usize = 150;

/// Where the halo of each synapse is.
pub(super) struct Halos {
    lines: BTreeMap<(u16, u16), usize>,
    places: BTreeMap<(u16, u16), Rect>,
    /// How far a halo reaches beyond its line.
    reach: f64,
}

/// Halos of one strength: wide ones, narrow ones within them, and those around places.
#[derive(Default)]
struct Layers {
    wide: Batch,
    narrow: Batch,
    places: Batch,
}

impl Halos {
    pub fn new(lines: &Lines, fields: &[Field], dots: Vec<((u16, u16), Rect)>) -> Self {
        let own = lines.all.iter().enumerate();
        let own = own.filter_map(|(at, line)| Some(((line.projection, line.synapse?), at)));
        let num = lines.all.len().max(1) as f64;
        Self {
            lines: own.collect(),
            places: fields.iter().flat_map(Field::own_places).chain(dots).collect(),
            reach: (4.5 * libm::pow(60.0 / num, 0.4)).clamp(0.9, 9.0),
        }
    }

    /// Draws what waits.
    pub fn draw<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        lines: &Lines,
        weights: &[Vec<f32>],
        waiting: &Eligible,
    ) -> Result<(), String> {
        let mut layers: Vec<Layers> = (0..2 * NUM_STEPS).map(|_| Layers::default()).collect();
        let mut big = Vec::new();
        let mut strongest: Vec<_> = waiting.within.iter().take(MOST_ELIGIBLE).collect();
        let far = |of: &EligibleSynapse| waiting.share(of).abs();
        strongest.sort_by(|a, b| far(b).total_cmp(&far(a)));
        let is_soft = lines.all.len() <= FEW_CURVES;
        let mut num_curves = 0;
        for of in strongest {
            let share = f64::from(waiting.share(of));
            // Traces pile up at few synapses: roots, so that the others are seen.
            let strength = share.abs().sqrt();
            let step = ((strength * NUM_STEPS as f64) as usize).min(NUM_STEPS - 1);
            let layers = &mut layers[if share < 0.0 { NUM_STEPS + step } else { step }];
            let synapse = (of.projection, of.synapse);
            if let Some(line) = self.lines.get(&synapse).and_then(|at| lines.all.get(*at)) {
                num_curves += 1;
                if num_curves > MOST_CURVES {
                    continue;
                }
                let thickness = lines.thickness(line, lines.share(line, weights).0);
                let reach = self.reach * (0.4 + 0.6 * strength);
                let size = (thickness, reach);
                surround(pen, layers, (line, lines.pieces()), size, (share < 0.0, is_soft));
                big.extend(Some(line).filter(|line| line.is_big));
            } else if let Some(place) = self.places.get(&synapse) {
                edge(pen, &mut layers.places, place, share < 0.0);
            }
        }
        for (at, Layers { wide, narrow, places }) in layers.into_iter().enumerate() {
            let theme = pen.theme;
            let colour = if at < NUM_STEPS { theme.reward } else { theme.punish };
            let strength = (at % NUM_STEPS + 1) as f64 / NUM_STEPS as f64;
            wide.draw(pen, colour, 0.05 + 0.15 * strength)?;
            narrow.draw(
                pen,
                colour,
                if is_soft { 0.08 + 0.22 * strength } else { 0.14 + 0.32 * strength },
            )?;
            places.draw(pen, colour, 0.25 + 0.65 * strength)?;
        }
        // A line that is as wide as its halo is not to be hidden by it.
        lines.draw(pen, big.into_iter(), weights, 0.3)
    }
}

/// Around a line.
fn surround<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    layers: &mut Layers,
    (line, pieces): (&Line, usize),
    (thickness, reach): (f64, f64),
    (is_dashed, is_soft): (bool, bool),
) {
    let curve = &line.curve;
    if is_dashed {
        let (from, to) = (curve.at(0.0), curve.end());
        let num = ((to.0 - from.0).hypot(to.1 - from.1) / 18.0).clamp(2.0, 14.0) as usize;
        if is_soft {
            layers.wide.dashes(pen, (curve, num), thickness + 1.6 * reach);
        }
        layers.narrow.dashes(pen, (curve, num), thickness + 0.8 * reach);
    } else {
        if is_soft {
            layers.wide.ribbon(pen, (curve, pieces), thickness + 2.0 * reach);
        }
        layers.narrow.ribbon(pen, (curve, pieces), thickness + reach);
    }
}

/// Around a place: all of its edge, or the bars above and below.
fn edge<DB: DrawingBackend>(pen: &Pen<'_, DB>, batch: &mut Batch, place: &Rect, is_minus: bool) {
    let half = (place.width / 2.0, place.height / 2.0);
    let (x, y) = (place.x + half.0, place.y + half.1);
    let thick = (0.09 * place.width.min(place.height)).clamp(0.4, 1.2);
    for side in [-1.0, 1.0] {
        batch.tile(pen, (x, y + side * (half.1 - thick)), (half.0, thick), 0.0);
        if !is_minus {
            batch.tile(pen, (x + side * (half.0 - thick), y), (thick, half.1), 0.0);
        }
    }
}
