//! A file of weights is read as it was written, by us or by a spreadsheet.

use super::*;

fn file() -> WeightsFile {
    let values = vec![0.1, 0.2, 1.0 / 3.0, f32::MIN_POSITIVE, 1e10, -0.7];
    let w = NamedArray { name: "w".into(), shape: vec![2, 3], values };
    let theta = NamedArray { name: "theta".into(), shape: vec![2], values: vec![12.25, -1e-7] };
    WeightsFile::new("characters", "demo=characters&v=1", vec![w, theta])
}

fn read(text: &str) -> WeightsFile {
    WeightsFile::read(text.as_bytes()).expect("a weights file")
}

#[test]
fn what_is_written_is_read_to_the_bit() {
    assert_eq!(read(&file().to_csv()), file());
}

#[test]
fn rows_may_come_in_any_order() {
    let text = file().to_csv();
    let (head, rows) = text.split_at(text.find("\nw,").expect("rows") + 1);
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    let turned = format!("{head}{}", rows.join("\r\n"));
    let read = read(&turned);
    assert_eq!(read.array("w", &[2, 3]), file().array("w", &[2, 3]));
    assert_eq!(read.array("theta", &[2]), file().array("theta", &[2]));
}

#[test]
fn says_what_is_wrong() {
    let error = |text: &str| WeightsFile::read(text.as_bytes()).unwrap_err();
    let text = file().to_csv();
    assert!(error("[1, 2").contains("not a weights file"));
    assert!(error(&text.replace("weights 1", "weights 9")).contains("version is 9"));
    assert!(error(&text.replace("array,", "arr,")).contains("name the columns"));
    let other = WeightsFile { experiment: "xor".into(), ..file() };
    assert!(read(&other.to_csv()).check_experiment("characters").unwrap_err().contains("'xor'"));
    assert_eq!(file().check_experiment("characters"), Ok(()));
    assert!(error(&text.replace("w,1,2,-0.7\n", "")).contains("has 5 values"));
    assert!(error(&text.replace("w,1,2,", "w,1,1,")).contains("each once"));
    assert!(error(&text.replace("w,1,2,", "w,4000000000,2,")).contains("needs 12000000003"));
    assert!(error(&text.replace("w,1,2,", "w,1,,")).contains("each once"));
    assert!(error(&text.replace("-0.7", "x")).contains("line 10, 'w,1,2,x', needs a value"));
    assert!(error(&text.replace("-0.7", "1e39")).contains("not a finite number"));
    assert!(error(&format!("{text}w\n")).contains("needs four columns"));
    assert!(file().array("w", &[3, 2]).unwrap_err().contains("[3, 2]"));
    assert!(file().array("x", &[3, 2]).unwrap_err().contains("no array 'x'"));
}

/// As a spreadsheet saves it: every line of four cells, with this separator.
fn rewritten(separator: &str, has_decimal_comma: bool, quote: &str) -> String {
    let cells = |line: &str| -> Vec<String> {
        let is_head = line.starts_with('#') || line.starts_with("array");
        let cells = line.split(',').map(|cell| {
            let cell =
                if has_decimal_comma && !is_head { cell.replace('.', ",") } else { cell.into() };
            format!("{quote}{cell}{quote}")
        });
        cells.chain(std::iter::repeat_n(String::new(), 4)).take(4).collect()
    };
    file().to_csv().lines().map(|line| cells(line).join(separator) + "\r\n").collect()
}

#[test]
fn a_spreadsheets_copy_is_the_same_file() {
    for (separator, has_decimal_comma) in [(",", false), (";", true), ("\t", true), (";", false)] {
        for quote in ["", "\""] {
            let text = rewritten(separator, has_decimal_comma, quote);
            let directive = format!("\u{feff}sep={separator}\r\n\r\n{text}{separator}\r\n");
            for text in [text, directive] {
                assert!(WeightsFile::is_one(text.trim_start_matches('\u{feff}')), "{text}");
                let copy = read(&text);
                assert_eq!(copy, file(), "{text}");
                assert_eq!(copy.fingerprint(), file().fingerprint());
            }
        }
    }
    let utf_16: Vec<u8> =
        rewritten("\t", true, "").encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(WeightsFile::read(&utf_16), Ok(file()));
}

#[test]
fn numbers_and_notes_of_others_are_read() {
    let text = file().to_csv().replace("# link", "# edited_at_ms: 12\n# data: a,b\n# link");
    assert_eq!(read(&text), file());
    let text = rewritten(";", true, "").replace("0,1\r", "1,00E-01\r").replace("w;0;0", "w;0,0;0");
    assert_eq!(read(&text), file());
    let mixed = rewritten(";", true, "").replace("12,25", "12.25");
    assert!(WeightsFile::read(mixed.as_bytes()).unwrap_err().contains("decimal separator"));
}

#[test]
fn the_name_is_that_of_the_arrays() {
    let name = file().fingerprint();
    let mut other = file();
    other.arrays.reverse();
    other.link = "another".into();
    assert_eq!(other.fingerprint(), name);
    other.arrays[0].values[0] = f32::from_bits(other.arrays[0].values[0].to_bits() + 1);
    assert_ne!(other.fingerprint(), name);
    let mut other = file();
    other.arrays[0].shape = vec![3, 2];
    assert_ne!(other.fingerprint(), name);
}
