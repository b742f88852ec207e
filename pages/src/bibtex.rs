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

/// The key of an entry.
pub fn key(entry: &str) -> Option<&str> {
    let (_, inside) = entry.split_once('{')?;
    Some(inside.split_once(',')?.0.trim())
}

/// Who and when in a few words: "Gupta & Long 2007", "Song et al. 2000", and without the year if there is none.
pub fn short(entry: &str) -> Option<String> {
    let names: Vec<&str> = field(entry, "author")?.split(" and ").map(last_name).collect();
    let who = match &names[..] {
        [] => return None,
        [one] => (*one).into(),
        [one, other] => format!("{one} & {other}"),
        [first, ..] => format!("{first} et al."),
    };
    let year = field(entry, "year").filter(|year| year.starts_with(|c: char| c.is_ascii_digit()));
    Some(year.map_or_else(|| who.clone(), |year| format!("{who} {year}")))
}

/// "Long, L. N." and "L. N. Long" are both Long; a name in one word is itself.
fn last_name(name: &str) -> &str {
    let name = name.trim();
    match name.split_once(',') {
        Some((last, _)) => last,
        None => name.rsplit(' ').next().unwrap_or(name),
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
    fn an_entry_has_a_short_form() {
        let short_of = |authors, year| {
            short(&format!("@misc{{k1, author = {{{authors}}}, year = {{{year}}}, title = {{T}}}}"))
        };
        assert_eq!(short(ENTRY).as_deref(), Some("Song 2000"));
        assert_eq!(key(ENTRY), Some("song2000"));
        assert_eq!(
            short_of("Gupta, A. and Long, L. N.", "2007").as_deref(),
            Some("Gupta & Long 2007")
        );
        let three = "Song, S. and K. D. Miller and Abbott, L. F.";
        assert_eq!(short_of(three, "2000").as_deref(), Some("Song et al. 2000"));
        assert_eq!(short_of("Zamani, M.", "n.d.").as_deref(), Some("Zamani"));
    }

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
