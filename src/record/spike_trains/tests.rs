//! One list of spikes in every way that people bring it, and what is refused.

use super::*;
use crate::sim::Stream;

/// Neuron and time in tenths of a millisecond.
type Base = Vec<(u32, u64)>;

fn base() -> Base {
    let mut stream = Stream::new(1, "trains");
    let mut spikes: Base =
        (0..400).map(|_| (stream.below(50), u64::from(stream.below(99_990) + 4))).collect();
    spikes.extend([(0, 4), (49, 99_998)]);
    spikes
}

fn expected() -> SpikeTrains {
    let spike = |(neuron, tenths)| Spike { time_ns: tenths * 100_000, neuron };
    SpikeTrains::new(base().into_iter().map(spike).collect()).expect("spikes")
}

/// A header and a line for each spike: its row, neuron and time in ms.
fn table(header: &str, line: impl Fn(usize, u32, f64) -> String) -> String {
    let lines = base().into_iter().enumerate();
    let lines = lines.map(|(row, (neuron, tenths))| line(row, neuron, tenths as f64 / 10.0) + "\n");
    format!("{header}\n{}", lines.collect::<String>())
}

fn read(text: &str) -> Result<(SpikeTrains, Vec<String>), String> {
    SpikeTrains::read(text.as_bytes(), None).map_err(|error| error.to_string())
}

fn check(text: &str) -> Vec<String> {
    let start: String = text.chars().take(80).collect();
    let (trains, notices) = read(text).unwrap_or_else(|error| panic!("{start}: {error}"));
    assert!(trains == expected(), "{start}: {}", trains.sentence());
    notices
}

#[test]
fn headers_name_columns_and_units() {
    for header in [
        "neuron,time_ms",
        "Neuron,Time",
        "\"neuron\",\"time_ms\"",
        "node_ids,timestamps",
        "unit,t",
        "id,times",
        "i,t",
        "neuron,time (ms)",
        "cell,t [ms]",
        "Neuron ID,Spike time (milliseconds)",
        "index,time/ms",
        "nodeIds,spikeTimes",
        "# neuron time",
        "# neuron, time (ms)",
        "%neuron;t [ms]",
        "# written by a program\n# neuron\ttime",
        "My spikes\n\nneuron,time_ms",
        "neuron,time\n,ms",
        "neuron,time\n-,[ms]",
        "# nothing else",
    ] {
        assert_eq!(check(&table(header, |_, n, t| format!("{n},{t}"))), [""; 0], "{header}");
    }
    for (header, factor) in [
        ("t [s],neuron", 1e-3),
        ("time (seconds),unit", 1e-3),
        ("timestamps_us,node_ids", 1e3),
        ("time (µs),neuron", 1e3),
        ("t_ns,i", 1e6),
        ("Spike time in ms,cell", 1.0),
        ("time,neuron\ns,-", 1e-3),
    ] {
        check(&table(header, |_, n, t| format!("{:.7},{n}", t * factor)));
    }
}

#[test]
fn programs_write_the_same_spikes() {
    check(&table("# neuron time", |_, n, t| format!("{:.18e},{t:.18e}", f64::from(n))));
    check(&table("# neuron time", |_, n, t| format!("{:.18e} {t:.18e}", f64::from(n))));
    check(&table("neuron,time_ms", |_, n, t| format!("{n}.0,{t}")));
    check(&table(",neuron,time_ms", |row, n, t| format!("{row},{n},{t}")));
    check(&table("Unnamed: 0,time_ms,neuron", |row, n, t| format!("{row},{t},{n}")));
    check(&table("index,neuron,time_ms", |row, n, t| format!("{row},{n},{t}")));
    check(&table("\"neuron\" \"time_ms\"", |row, n, t| format!("\"{}\" {n} {t}", row + 1)));
    check(&table("   neuron  time_ms", |row, n, t| format!("{row:<5} {n:6}  {t:8.1}")));
    check(&table("time (ms) neuron", |_, n, t| format!("{t} {n}")));
    check(&table("neuron,time_ms,,", |_, n, t| format!(" {n} , {t} ,,")));
    check(&table("neuron|time_ms", |_, n, t| format!("{n}|{t}")));
    check(&table("# mine\n", |_, n, t| format!("{n};{t} # a remark")));
    let notices = check(&table("timestamps population node_ids", |_, n, t| format!("{t} v1 {n}")));
    assert_eq!(notices, [""; 0]);
    let notices = check(&table("neuron,label,time_ms", |_, n, t| format!("{n},\"a, {n}\",{t}")));
    assert_eq!(notices, ["Column “label” was not used."]);
}

#[test]
fn a_recorder_counts_from_its_smallest() {
    for (header, first) in
        [("sender\ttime_ms", 1), ("# NEST version: 3.0\nsender\ttime_ms", 12_001)]
    {
        let notices = check(&table(header, |_, n, t| format!("{}\t{t:.3}", n + first)));
        assert!(
            notices.len() == 1 && notices[0].contains(&format!("from {first}:")),
            "{notices:?}"
        );
    }
    assert_eq!(check(&table("senders,times", |_, n, t| format!("{n},{t}"))), [""; 0]);
}

#[test]
fn spreadsheets_write_the_same_spikes() {
    let comma = |header: &str, separator: &str| {
        table(header, |_, n, t| format!("{n}{separator}{t}").replace('.', ","))
    };
    let german = comma("neuron;time_ms", ";");
    let tabs = comma("neuron\ttime_ms", "\t");
    let spaces = comma("neuron time_ms", " ");
    let with_ends = |text: &str, end: &str| text.replace('\n', end);
    for text in [&german, &tabs, &spaces] {
        check(text);
        check(&with_ends(text, "\r\n"));
        check(&with_ends(text, "\r"));
        check(&format!("\u{feff}{text}\n\n;;\n\t\n"));
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [[&b"\xff\xfe"[..], &utf_16].concat(), utf_16] {
            assert!(SpikeTrains::read(&bytes, None).expect("UTF-16").0 == expected());
        }
    }
    check(&format!("\u{feff}sep=;\r\n{}", with_ends(&german, "\r\n")));
    check(&format!("\"sep=;\"\r\n{german}"));
    check(&table("neuron;\"time\n(ms)\"", |_, n, t| format!("{n};\"{t}\"")));
    let latin_1: Vec<u8> = table("neuron;t [µs]", |_, n, t| format!("{n};{:.0}", t * 1e3))
        .chars()
        .map(|c| c as u8)
        .collect();
    assert!(SpikeTrains::read(&latin_1, None).expect("Latin-1").0 == expected());
}

#[test]
fn units_that_are_given_count_more() {
    let text = table("neuron,time", |_, n, t| format!("{n},{:.4}", t / 1e3));
    let error = read(&text).expect_err("seconds");
    assert!(error.contains("look like seconds") && error.contains("--time-unit s"), "{error}");
    let given = |text: &str, unit| SpikeTrains::read(text.as_bytes(), Some(unit)).expect("spikes");
    assert!(given(&text, TimeUnit::S) == (expected(), vec![]));
    // Whoever says so gets milliseconds.
    assert!(given(&text, TimeUnit::Ms).0.last_ms() < 10.0);
    let (trains, notices) = given(&text.replace("time", "time_ms"), TimeUnit::S);
    assert!(trains == expected());
    assert_eq!(notices, ["The file's header says ms; its times were read as s."]);
    assert!(read(&text.replace("time", "time_ms")).is_ok());
    // Without a header too.
    assert!(read(text.split_once('\n').expect("lines").1).is_err());
}

#[test]
fn what_is_not_understood_is_refused_with_line_value_and_rule() {
    let error = |text: &str| match read(text) {
        Err(error) => error,
        Ok((trains, _)) => panic!("{text}: {}", trains.sentence()),
    };
    assert_eq!(
        error("neuron,ms\n10000,1"),
        "line 2: “10000” is beyond the last neuron's number, 9,999: number the neurons from 0"
    );
    for (text, line, value, rule) in [
        ("0,1\n0,x\n", 2, "x", "not a time"),
        ("neuron,time_ms\n# a\n\n2.5,1\n", 4, "2.5", "not a neuron's number"),
        ("1.5,2\n", 1, "1.5", "not a neuron's number"),
        ("-1,2\n", 1, "-1", "not a neuron's number"),
        ("1,-0.5\n", 1, "-0.5", "before 0"),
        ("1,2\n1,nan\n", 2, "nan", "not a time"),
        ("1,2\n1,\n", 2, "1,", "not a time"),
        ("neuron,time_s\n1,86401\n", 2, "86401", "more than a day"),
        ("neuron,time_ms\n0,1\n1,2,3\n", 3, "1,2,3", "has 3 columns where the table has 2"),
        ("neuron,time_ms\n0,1\n1\n", 3, "1", "has 1 column where the table has 2"),
        ("neuron,time_ms\n0,1,5\n", 2, "0,1,5", "has 3 columns"),
        ("0,1,5\n", 1, "0,1,5", "first line with their names"),
        ("7\n8\n", 1, "7", "first line with their names"),
        ("a,b\n1,2\n", 1, "a,b", "no column of times"),
        ("a,time\n1,2\n", 1, "a,time", "no column of neurons"),
        ("neuron,cell,time\n1,2,3\n", 1, "neuron,cell,time", "could both be the neuron"),
        ("neuron,time_ms,time_s\n1,2,3\n", 1, "neuron,time_ms,time_s", "could both be the time"),
        (
            "sender\ttime_step\ttime_offset\n1\t2\t0\n",
            1,
            "sender\ttime_step\ttime_offset",
            "counts steps",
        ),
        ("neuron,id,time_ms\n1,7,3\n2,7,4\n", 3, "2,7,4", "second column"),
        ("neuron,trial,time_ms\n1,0,3\n1,1,4\n", 3, "1,1,4", "more than one value of “trial”"),
        ("neuron,time_ms\nx,y\n1,2\n", 2, "x", "not a neuron's number"),
        ("neuron;time_ms\n1;1,5\n1;1.5\n", 3, "1.5", "another decimal separator"),
        ("neuron;time_ms\n1;1,234\n", 2, "1,234", "may have a decimal comma"),
        ("neuron,time_ms\n1,\"1,234.5\"\n", 2, "1,234.5", "not a time"),
        ("neuron,time_ms\n1,\"1,5\"\n", 2, "1,5", "not a time"),
        ("neuron;time_ms\n1;1.234,5\n", 2, "1.234,5", "not a time"),
        ("neuron;time_ms\n1;1 234\n", 2, "1 234", "not a time"),
        ("neuron,time_ms\n1,2024-01-05\n", 2, "2024-01-05", "not a time"),
        ("neuron,time_ms\n1,2\n1,10:30:00\n", 3, "10:30:00", "not a time"),
        ("neuron,time_ms\n1,2,\"\n", 2, "1,2,\"", "quotation mark"),
        ("sender,time_ms\n1,2\n20000,3\n", 3, "20000", "beyond the last"),
    ] {
        let error = error(text);
        assert!(error.starts_with(&format!("line {line}: “{value}” ")), "{text}: {error}");
        assert!(error.contains(rule), "{text}: {error}");
    }
    for text in ["", "\n\n", "# nothing\n", "neuron,time_ms\n", "sep=;\n", ",,,\n"] {
        assert!(error(text).contains("no spike"), "{text}");
    }
    assert!(error(&"x".repeat(500)).len() < 250);
}

#[test]
fn a_comma_between_numbers_separates_columns() {
    let (trains, _) = read("1,5").expect("a spike");
    assert_eq!(trains.spikes().collect::<Vec<_>>(), [(1, 5.0)]);
}

#[test]
fn a_million_spikes_and_no_more() {
    let mut text = "neuron,time_ms\n".to_string();
    for k in 0..super::super::reading::MAX_SPIKES {
        _ = writeln!(text, "{},{}.{}", k % 50, k / 10, k % 10);
    }
    assert_eq!(read(&text).expect("spikes").0.len(), 1_000_000);
    text.push_str("7,8.9\n");
    let error = read(&text).expect_err("one too many");
    assert!(error.starts_with("line 1000002: “7,8.9” is spike 1,000,001"), "{error}");
}

#[test]
fn what_was_read_has_a_name_and_is_written_again() {
    let trains = expected();
    assert_eq!(read(&trains.to_csv()), Ok((trains.clone(), vec![])));
    let (turned, _) = read("neuron,time_ms\n1,2.5\n0,2.5\n1,2.5\n").expect("spikes");
    assert_eq!(turned.spikes().collect::<Vec<_>>(), [(0, 2.5), (1, 2.5), (1, 2.5)]);
    assert_ne!(turned.fingerprint(), read("0,2.5\n1,2.5").expect("spikes").0.fingerprint());
    assert_eq!((turned.len(), turned.num_neurons(), turned.max_neuron()), (3, 2, 1));
    assert_eq!((trains.first_ms(), trains.last_ms()), (0.4, 9_999.8));
}

#[test]
fn sentences_say_what_is_in_it() {
    let sentence = |text: &str| read(text).expect("spikes").0.sentence();
    assert_eq!(sentence("3,5"), "1 spike of 1 neuron at 5.0 ms");
    assert_eq!(sentence("3,0.04\n4,9999.8"), "2 spikes of 2 neurons from 0.0 to 9,999.8 ms");
    assert_eq!(sentence("3,12300\n4,1e7"), "2 spikes of 2 neurons from 12.3 to 10,000.0 s");
    assert_eq!(
        sentence("neuron,time_us\n3,12\n4,500"),
        "2 spikes of 2 neurons from 0.012 to 0.500 ms"
    );
}

#[test]
fn a_recording_of_a_whole_run_is_read_by_its_inputs() {
    let text = "population,neuron,time_ms\ninput,3,1.5\noutput,0,2\ninput,0,20\ninhibitory,3,4\n";
    let (trains, notices) = read(text).expect("readable");
    assert_eq!(trains.spikes().collect::<Vec<_>>(), [(3, 1.5), (0, 20.0)]);
    assert!(notices.iter().any(|notice| notice.contains("2 spikes of others")), "{notices:?}");
    // Of two populations without inputs nobody knows which is meant, where their numbers meet.
    let error = read("population,neuron,time_ms\nleft,3,1.5\nright,3,2\n").expect_err("which?");
    assert!(error.contains("line 3") && error.contains("population"), "{error}");
}
