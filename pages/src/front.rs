//! The front matter of a page: `key: value` between two lines of `---`.

use crate::fault::Fault;

const KEYS: &[&str] = &["title", "level", "minutes", "misconception"];

/// Scalars of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Front {
    /// The demo's name.
    pub title: String,
    /// For whom it is.
    pub level: Option<String>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// What the demo corrects.
    pub misconception: Option<String>,
}

/// The front matter, what is below it, and the number of that one's first line.
///
/// # Errors
/// If there is none, or a key is unknown, given twice, or has no value that fits.
pub fn read(text: &str) -> Result<(Front, &str, usize), Fault> {
    let example = "write '---', 'title: …', '---' on top of the file";
    let no_front = |line: usize, found: &str| {
        Fault::new(line, found, "front matter between two lines of ---", example)
    };
    let mut rest = text;
    let mut next_line = || {
        let (line, after) = rest.split_once('\n')?;
        rest = after;
        Some(line.trim_end())
    };
    if next_line() != Some("---") {
        return Err(no_front(1, "no line of ---"));
    }
    let mut front = Front::default();
    let mut seen: Vec<String> = Vec::new();
    let mut num_lines = 1;
    loop {
        num_lines += 1;
        match next_line() {
            None => return Err(no_front(num_lines, "the end of the file")),
            Some("---") => break,
            Some(line) => {
                let key = scalar(&mut front, line, num_lines)?;
                if seen.iter().any(|before| before == key) {
                    let found = format!("'{key}' a second time");
                    return Err(Fault::new(num_lines, found, "each key once", "take one out"));
                }
                seen.push(key.into());
            }
        }
    }
    if front.title.is_empty() {
        return Err(Fault::new(1, "no title", "'title: …'", "say what the demo is called"));
    }
    Ok((front, rest, num_lines + 1))
}

/// Takes one line in, and gives its key.
fn scalar<'l>(front: &mut Front, text: &'l str, line: usize) -> Result<&'l str, Fault> {
    let Some((key, value)) = text.split_once(':') else {
        return Err(Fault::new(line, format!("'{text}'"), "'key: value'", "add a colon"));
    };
    let (key, value) = (key.trim(), value.trim());
    if !KEYS.contains(&key) {
        return Err(Fault::unknown(line, "key", key, KEYS));
    }
    if value.is_empty() {
        return Err(Fault::new(
            line,
            format!("no {key}"),
            "a value",
            "write it, or take the line out",
        ));
    }
    match key {
        "title" => front.title = value.into(),
        "level" => front.level = Some(value.into()),
        "misconception" => front.misconception = Some(value.into()),
        _ => {
            let minutes = value.parse().map_err(|_| {
                Fault::new(
                    line,
                    format!("'{value}'"),
                    "a whole number of minutes",
                    "write digits only",
                )
            })?;
            front.minutes = Some(minutes);
        }
    }
    Ok(key)
}
