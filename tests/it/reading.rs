//! Any bytes are read or refused, and spikes written in any way come back.

use proptest::prelude::*;
use stdp_playground::record::spike_trains::Spike;
use stdp_playground::record::{NamedArray, SpikeTrains, TimeUnit, VisitorFile, WeightsFile};

/// One way to write a table of spikes.
#[derive(Clone, Debug)]
struct Style {
    separator: &'static str,
    has_decimal_comma: bool,
    has_quotes: bool,
    end: &'static str,
    encoding: u8,
    time_first: bool,
    has_index: bool,
    has_float_ids: bool,
    unit: TimeUnit,
    /// The unit is given, not named.
    is_unit_given: bool,
}

fn style() -> impl Strategy<Value = Style> {
    let separator = prop::sample::select(&[",", ";", "\t", " ", "|", ", "][..]);
    let end = prop::sample::select(&["\n", "\r\n", "\r"][..]);
    let unit = prop::sample::select(&[TimeUnit::S, TimeUnit::Ms, TimeUnit::Us][..]);
    let flags = any::<[bool; 6]>();
    (separator, end, 0..5_u8, unit, flags).prop_map(|(separator, end, encoding, unit, flags)| {
        let [comma, has_quotes, time_first, has_index, has_float_ids, is_unit_given] = flags;
        let has_decimal_comma = comma && !separator.starts_with(',');
        // A quoted cell behind a space is no quoted cell to a strict reader.
        let has_quotes = has_quotes && separator != ", ";
        Style {
            separator,
            has_decimal_comma,
            has_quotes,
            end,
            encoding,
            time_first,
            has_index,
            has_float_ids,
            unit,
            is_unit_given,
        }
    })
}

impl Style {
    fn line(&self, index: &str, neuron: &str, time: &str) -> String {
        let (a, b) = if self.time_first { (time, neuron) } else { (neuron, time) };
        let cells = if self.has_index { vec![index, a, b] } else { vec![a, b] };
        let quote = if self.has_quotes { "\"" } else { "" };
        let cells: Vec<_> = cells.iter().map(|cell| format!("{quote}{cell}{quote}")).collect();
        cells.join(self.separator) + self.end
    }

    fn write(&self, spikes: &[Spike]) -> Vec<u8> {
        let header = if self.is_unit_given { "time".into() } else { format!("time_{}", self.unit) };
        let mut text = self.line("index", "neuron", &header);
        for (row, spike) in spikes.iter().enumerate() {
            let digits = match self.unit {
                TimeUnit::S => 9,
                TimeUnit::Ms => 6,
                _ => 3,
            };
            let scale = 10_u64.pow(digits);
            let (whole, rest) = (spike.time_ns / scale, spike.time_ns % scale);
            let width = digits as usize;
            let decimals = format!("{rest:0width$}");
            // Three digits behind a comma may be thousands.
            let decimals = if digits == 3 { decimals + "0" } else { decimals };
            let point = if self.has_decimal_comma { "," } else { "." };
            let neuron = match self.has_float_ids {
                true => format!("{}{point}0", spike.neuron),
                false => spike.neuron.to_string(),
            };
            text += &self.line(&row.to_string(), &neuron, &format!("{whole}{point}{decimals}"));
        }
        let marked = format!("\u{feff}{text}");
        match self.encoding {
            0 => text.into(),
            1 => marked.into(),
            2 => marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            3 => marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            // A µ in the header is the one character that differs.
            _ => text.chars().map(|c| c as u8).collect(),
        }
    }
}

fn spikes() -> impl Strategy<Value = Vec<Spike>> {
    let time_ns = prop_oneof![0..1_000_u64, 0..20_000_000_000_u64, 0..=86_400_000_000_000_u64];
    let spike = (time_ns, 0..10_000_u32).prop_map(|(time_ns, neuron)| Spike { time_ns, neuron });
    prop::collection::vec(spike, 1..40)
}

/// Pieces that tables are made of, so that random files come far.
fn table_like() -> impl Strategy<Value = Vec<u8>> {
    let pieces: &[&[u8]] = &[
        b"neuron",
        b"time_ms",
        b"sender",
        b"index",
        b"population",
        b"t",
        b"\n",
        b"\r\n",
        b",",
        b";",
        b"\t",
        b" ",
        b"\"",
        b"#",
        b"1",
        b"2.5",
        b"0,5",
        b"1e300",
        b"-3",
        b"sep=;",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xb5",
        b"# stdp-playground-weights 1\n",
        b"array,row,column,value\n",
        b"w,0,0,1\n",
        b"4294967295",
        b"9007199254740993",
        b"(",
        b"[ms]",
        b"|",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = VisitorFile::read(&bytes, None);
    }

    #[test]
    fn any_table_is_read_or_refused(bytes in table_like()) {
        if let Ok(VisitorFile::Trains(trains, _)) = VisitorFile::read(&bytes, Some(TimeUnit::Ms)) {
            let again = SpikeTrains::read(trains.to_csv().as_bytes(), None);
            prop_assert_eq!(again, Ok((trains, vec![])));
        }
    }

    #[test]
    fn spikes_come_back(spikes in spikes()) {
        let trains = SpikeTrains::new(spikes).expect("spikes");
        let read = VisitorFile::read(trains.to_csv().as_bytes(), None);
        prop_assert_eq!(read, Ok(VisitorFile::Trains(trains, vec![])));
    }

    #[test]
    fn spikes_come_back_however_they_are_written(spikes in spikes(), style in style()) {
        let bytes = style.write(&spikes);
        let unit = style.is_unit_given.then_some(style.unit);
        let trains = SpikeTrains::new(spikes).expect("spikes");
        match VisitorFile::read(&bytes, unit) {
            Ok(VisitorFile::Trains(read, _)) => {
                prop_assert_eq!(read.fingerprint(), trains.fingerprint());
                prop_assert_eq!(read, trains);
            }
            other => prop_assert!(false, "{other:?}: {}", String::from_utf8_lossy(&bytes)),
        }
    }

    #[test]
    fn weights_come_back_to_the_bit(bits in prop::collection::vec(any::<u32>(), 1..40)) {
        let values: Vec<f32> = bits.into_iter().map(f32::from_bits).filter(|w| w.is_finite()).collect();
        let array = NamedArray { name: "w".into(), shape: vec![values.len() as u32], values };
        let file = WeightsFile::new("characters", "demo=characters&v=1", vec![array]);
        let is_empty = file.arrays[0].values.is_empty();
        match VisitorFile::read(file.to_csv().as_bytes(), None) {
            Ok(VisitorFile::Weights(read)) => prop_assert!(is_empty || read == file),
            other => prop_assert!(false, "{other:?}"),
        }
    }
}
