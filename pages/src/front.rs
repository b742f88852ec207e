//! The front matter of a page: `key: value` between two lines of `---`.

use crate::course::{GROUPS, PATHS, Step};
use crate::fault::Fault;

const KEYS: &[&str] = &["title", "level", "minutes", "misconception", "group", "order", "path"];

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
    /// The chapter of the course it belongs to, as a place in [`GROUPS`].
    pub group: usize,
    /// Its place within the chapter, the least first.
    pub order: u32,
    /// Its step on a marked path.
    pub step: Option<Step>,
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
    if !seen.iter().any(|key| key == "group") {
        let known = GROUPS.map(|group| group.key).join(", ");
        let cure = format!("add a line 'group: …' with one of {known}");
        return Err(Fault::new(1, "no group", "the chapter that lists this demo", cure));
    }
    Ok((front, rest, num_lines + 1))
}

/// `timing 2`: the second step of the path with this key.
fn step(value: &str, line: usize) -> Result<Step, Fault> {
    let odd = || Fault::new(line, format!("'{value}'"), "a path and a number", "write 'timing 2'");
    let (key, place) = value.split_once(' ').ok_or_else(odd)?;
    let place = place.trim().parse().ok().filter(|place| *place > 0).ok_or_else(odd)?;
    let keys = PATHS.map(|path| path.key);
    let path = keys.iter().position(|known| *known == key);
    let path = path.ok_or_else(|| Fault::unknown(line, "path", key, &keys))?;
    Ok(Step { path, place })
}

fn whole(value: &str, what: &str, line: usize) -> Result<u32, Fault> {
    value.parse().map_err(|_| {
        Fault::new(line, format!("'{value}'"), format!("a whole number{what}"), "write digits only")
    })
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
        "group" => {
            let keys = GROUPS.map(|group| group.key);
            let place = keys.iter().position(|known| *known == value);
            front.group = place.ok_or_else(|| Fault::unknown(line, "group", value, &keys))?;
        }
        "order" => front.order = whole(value, "", line)?,
        "path" => front.step = Some(step(value, line)?),
        _ => front.minutes = Some(whole(value, " of minutes", line)?),
    }
    Ok(key)
}
