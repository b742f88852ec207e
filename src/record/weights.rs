//! Trained weights as a file: versioned JSON that people and scripts can read.
//!
//! ```json
//! { "format": "stdp-playground-weights", "version": 1,
//!   "experiment": "characters", "link": "demo=characters&v=1",
//!   "arrays": [ { "name": "input_to_output", "shape": [15, 4], "values": [0.5, "…"] } ] }
//! ```
//! Values are row by row (the last axis varies fastest) and are written so that reading them gives
//! the same bits.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh64::xxh64;

use super::Fingerprint;

/// The `format` of every weights file.
pub const FORMAT: &str = "stdp-playground-weights";

/// An array with a name and a shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedArray {
    /// What it holds, such as `input_to_output`.
    pub name: String,
    /// Its axes.
    pub shape: Vec<u32>,
    /// Row by row.
    pub values: Vec<f32>,
}

/// What a training run leaves behind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightsFile {
    /// Always [`FORMAT`].
    pub format: String,
    /// The version of this layout: 1.
    pub version: u32,
    /// The experiment's id.
    pub experiment: String,
    /// The link of the run that trained them.
    pub link: String,
    /// Everything learned.
    pub arrays: Vec<NamedArray>,
}

impl WeightsFile {
    /// A file of the current version.
    pub fn new(experiment: &str, link: &str, arrays: Vec<NamedArray>) -> Self {
        let (format, experiment, link) = (FORMAT.into(), experiment.into(), link.into());
        Self { format, version: 1, experiment, link, arrays }
    }

    /// The file's text.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("plain data is always JSON")
    }

    /// Reads a file for `experiment`. The error says what is wrong and what is expected.
    pub fn from_json(text: &str, experiment: &str) -> Result<Self, String> {
        let file: Self = serde_json::from_str(text)
            .map_err(|error| format!("this is not a weights file: {error}"))?;
        if file.format != FORMAT {
            return Err(format!("format is '{}'; a weights file says '{FORMAT}'", file.format));
        }
        if file.version != 1 {
            return Err(format!("version is {}; this page reads version 1", file.version));
        }
        if file.experiment != experiment {
            return Err(format!(
                "these weights are from '{}'; open that experiment to load them into '{experiment}'",
                file.experiment
            ));
        }
        for array in &file.arrays {
            let expected: u64 = array.shape.iter().map(|&n| u64::from(n)).product();
            if array.values.len() as u64 != expected {
                return Err(format!(
                    "'{}' has {} values; its shape {:?} needs {expected}",
                    array.name,
                    array.values.len(),
                    array.shape
                ));
            }
            if let Some(idx) = crate::sim::fault::find_non_finite(&array.values) {
                return Err(format!("value {idx} of '{}' is not a finite number", array.name));
            }
        }
        Ok(file)
    }

    /// The array called `name` with this shape, or what is wrong with the file.
    pub fn array(&self, name: &str, shape: &[u32]) -> Result<&[f32], String> {
        let array = self
            .arrays
            .iter()
            .find(|array| array.name == name)
            .ok_or_else(|| format!("the file has no array '{name}'"))?;
        if array.shape != shape {
            return Err(format!(
                "'{name}' has shape {:?}; this network needs {shape:?}",
                array.shape
            ));
        }
        Ok(&array.values)
    }

    /// A name for the file's content, shown beside a run that used it.
    pub fn content_name(&self) -> Fingerprint {
        Fingerprint(xxh64(self.to_json().as_bytes(), 0) >> 16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> WeightsFile {
        let values = vec![0.1, 0.2, 1.0 / 3.0, f32::MIN_POSITIVE, 1e10, -0.7];
        let array = NamedArray { name: "w".into(), shape: vec![2, 3], values };
        WeightsFile::new("characters", "demo=characters&v=1", vec![array])
    }

    #[test]
    fn what_is_written_is_read_to_the_bit() {
        let text = file().to_json();
        assert_eq!(WeightsFile::from_json(&text, "characters").unwrap(), file());
    }

    #[test]
    fn says_what_is_wrong() {
        let error = |text: &str| WeightsFile::from_json(text, "characters").unwrap_err();
        assert!(error("[1, 2").contains("not a weights file"));
        assert!(error(&file().to_json().replace("\"version\": 1", "\"version\": 9")).contains("9"));
        let other = WeightsFile { experiment: "xor".into(), ..file() };
        assert!(error(&other.to_json()).contains("'xor'"));
        let mut short = file();
        short.arrays[0].values.pop();
        assert!(error(&short.to_json()).contains("has 5 values"));
        assert!(file().array("w", &[3, 2]).unwrap_err().contains("[3, 2]"));
        assert!(file().array("x", &[3, 2]).unwrap_err().contains("no array 'x'"));
    }
}
