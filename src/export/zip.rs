//! Files in one zip, stored and not packed: few, small, and the writer stays small too.
//!
//! Every file has the same date, so that the same run gives the same bytes. Layout: APPNOTE.TXT of PKWARE, sections 4.3.7,
//! 4.3.12 and 4.3.16.

use super::File;
use crate::record::crc32;

/// The first of January 1980, the earliest date that a zip knows: day 1, month 1, year 0.
const DATE: u16 = 1 << 5 | 1;
/// Version 2.0, the least that a reader needs.
const VERSION: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;

/// A zip of these files.
pub fn zip(files: &[File]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for file in files {
        let offset = out.len() as u32;
        let fields = common(file);
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(file.path.as_bytes());
        out.extend(&file.bytes);
        // Who made it: version 2.0 of no system in particular.
        directory.extend(b"PK\x01\x02");
        push(&mut directory, &[VERSION]);
        directory.extend(&fields);
        // No comment, first disk, a file of bytes without attributes.
        push(&mut directory, &[0, 0, 0, 0, 0]);
        directory.extend(offset.to_le_bytes());
        directory.extend(file.path.as_bytes());
    }
    let (start, count) = (out.len() as u32, files.len() as u16);
    let size = directory.len() as u32;
    out.extend(directory);
    out.extend(b"PK\x05\x06");
    push(&mut out, &[0, 0, count, count]);
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    push(&mut out, &[0]);
    out
}

/// What stands both before a file and in the directory.
fn common(file: &File) -> Vec<u8> {
    let mut fields = Vec::new();
    // Stored, at midnight.
    push(&mut fields, &[VERSION, FLAGS, 0, 0, DATE]);
    let size = file.bytes.len() as u32;
    for number in [crc32(&file.bytes), size, size] {
        fields.extend(number.to_le_bytes());
    }
    push(&mut fields, &[file.path.len() as u16, 0]);
    fields
}

fn push(out: &mut Vec<u8>, numbers: &[u16]) {
    numbers.iter().for_each(|number| out.extend(number.to_le_bytes()));
}
