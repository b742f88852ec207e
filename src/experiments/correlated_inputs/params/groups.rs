//! Parameters of the inputs alone.

use get_size2::GetSize;

use super::super::inputs::Generator;
use super::{
    CORRELATION, DURATION, INPUTS, RATE, correlation_field, duration_field, num_inputs_field,
    rate_field,
};
use crate::lab::param::{Field, FloatRange, Group, ParamVisitor, Unit};

/// Parameters of the inputs alone.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct GroupsParams {
    /// Correlation of the middle group; the others have 0 and 1.
    pub correlation: f64,
    /// Generator.
    pub generator: Generator,
    /// Inputs per group.
    pub num_inputs: u32,
    /// Rate of every input.
    pub rate_hz: f64,
    /// Length of the bins in which spikes are counted.
    pub bin_ms: f64,
    /// Length of the run.
    pub duration_s: f64,
}

impl Default for GroupsParams {
    fn default() -> Self {
        Self {
            correlation: 0.5,
            generator: Generator::default(),
            num_inputs: 10,
            rate_hz: 10.0,
            bin_ms: 0.1,
            duration_s: 60.0,
        }
    }
}

impl GroupsParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { correlation, generator, num_inputs, rate_hz, bin_ms, duration_s } = self;
        v.float(correlation_field(), CORRELATION, correlation);
        generator.visit(v);
        v.group(Group { key: "inputs", label: "Inputs" });
        v.int(num_inputs_field(), INPUTS, num_inputs);
        v.float(rate_field(), RATE, rate_hz);
        v.float(
            Field::new(
                "bin_ms",
                "Counting bin",
                "Spikes are counted in bins of this length. The correlation of these generators is the same in \
                 all.",
            )
            .with("", Unit::Ms),
            FloatRange::log(0.1, 1_000.0, 0.1),
            bin_ms,
        );
        v.float(duration_field(), DURATION, duration_s);
    }
}
