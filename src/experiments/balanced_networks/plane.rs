//! Brunel's plane: the rate that theory expects for every strength of inhibition and every external rate.

use std::sync::Arc;

use get_size2::GetSize;

use super::mean_field::MeanField;
use super::params::BrunelParams;
use crate::lab::Plane;
use crate::record::figure::Matrix;

/// Columns and rows.
const NUM: [u32; 2] = [17, 16];
/// Inhibition grows to the right, the external rate upwards.
pub const PLANE: Plane = Plane { keys: ["g", "external"], first: [0.0, 4.0], step: [0.5, -0.25] };
/// Faster networks are all as dark.
const HIGH_HZ: f32 = 100.0;

/// What theory expects, and where this run is. What never changes is shared by copies.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Expected {
    /// Of this run.
    pub rate_hz: f64,
    #[get_size(ignore)]
    rates_hz: Arc<[f32]>,
    place: Option<[u32; 2]>,
}

impl Expected {
    /// Of a network like this one.
    pub fn new(p: &BrunelParams) -> Self {
        let theory = p.mean_field();
        let cells = (0..NUM[1]).flat_map(|row| (0..NUM[0]).map(move |column| [column, row]));
        let rate = |place| {
            let [g, external] = PLANE.values(place);
            let external_hz = external * p.threshold_hz();
            MeanField { g, external_hz, ..theory }.rate_hz() as f32
        };
        Self {
            rate_hz: theory.rate_hz(),
            rates_hz: cells.map(rate).collect(),
            place: PLANE.nearest([p.g, p.external], NUM),
        }
    }

    /// As a table, rounded as it is read.
    pub fn matrix(&self) -> Matrix {
        let label = |axis: usize, place: u32| {
            let values = PLANE.values([place; 2]);
            format!("{}", values[axis])
        };
        Matrix {
            row_labels: (0..NUM[1]).map(|row| label(1, row)).collect(),
            column_labels: (0..NUM[0]).map(|column| label(0, column)).collect(),
            values: self.rates_hz.iter().map(|hz| hz.round()).collect(),
            high: HIGH_HZ,
            marked: self.place.map(|[column, row]| (row, column)),
        }
    }
}
