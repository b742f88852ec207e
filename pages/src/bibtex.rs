//! Checks of a BibTeX entry: enough that another program can read it, and that it is of the source it stands under.

const NEEDED: [&str; 3] = ["author", "title", "year"];

/// What was found and what to do, if `entry` is none of the source at `url`.
pub fn check(entry: &str, url: &str) -> Result<(), (String, String)> {
    let wrong = |found: &str, cure: &str| Err((found.to_string(), cure.to_string()));
    let inside = entry.strip_prefix('@').and_then(|entry| entry.split_once('{'));
    let Some((_, inside)) = inside else {
        return wrong("no entry", "begin with '@article{key,'");
    };
    let mut depth = 1;
    for (place, letter) in inside.char_indices() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if depth == 0 && !inside[place + 1..].trim().is_empty() {
            return wrong("text after the entry", "leave one entry");
        }
    }
    if depth != 0 {
        return wrong("an entry whose braces do not match", "close every { with }");
    }
    for name in NEEDED {
        if field(inside, name).is_none() {
            return wrong(&format!("no {name}"), &format!("add '{name} = {{…}},'"));
        }
    }
    match field(inside, "doi") {
        Some(doi) if !url.ends_with(doi) => {
            let cure = format!("it is to be the one of {url}");
            wrong(&format!("the doi {doi}"), &cure)
        }
        _ => Ok(()),
    }
}

/// The text of `name = {text}`.
fn field<'e>(inside: &'e str, name: &str) -> Option<&'e str> {
    inside.match_indices(name).find_map(|(place, _)| {
        let is_whole = inside[..place].ends_with([' ', '\n', ',']);
        let after = inside[place + name.len()..].trim_start().strip_prefix('=')?;
        let value = after.trim_start().strip_prefix('{')?;
        is_whole.then(|| value.split_once('}').map_or(value, |(value, _)| value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "@article{song2000, author = {Song, S.}, year = {2000},\n  title = {Competitive}, \
                         doi = {10.1038/78829}}";
    const URL: &str = "https://doi.org/10.1038/78829";

    #[test]
    fn an_entry_is_checked_against_its_source() {
        assert_eq!(check(ENTRY, URL), Ok(()));
        let found = |entry: &str, url| check(entry, url).expect_err("a fault").0;
        assert_eq!(found(&ENTRY.replace("year", "yeer"), URL), "no year");
        assert_eq!(found(ENTRY, "https://doi.org/10.1038/1"), "the doi 10.1038/78829");
        assert!(found(&ENTRY[..ENTRY.len() - 1], URL).contains("braces"));
        assert!(found(&format!("{ENTRY} and"), URL).contains("after"));
    }
}
