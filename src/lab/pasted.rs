//! Links as they arrive: pasted from a mail, a document or a page's source, made by a script, passed on by a
//! site that counts visitors. What was done to them on the way is undone without a word.

use super::notice::{Notice, TWICE, notice};

/// What opens before a link, and what may then close behind it.
const BRACKETS: [(char, &str); 5] = [('<', ">"), ('(', ")"), ('[', "]"), ('{', "}"), ('「', "」")];

/// The same for quotes, which scripts also put around single values.
const QUOTES: [(char, &str); 9] = [
    ('"', "\""),
    ('\'', "'"),
    ('`', "`"),
    ('“', "”"),
    ('„', "“”"),
    ('‘', "’"),
    ('‚', "‘’"),
    ('«', "»"),
    ('»', "«"),
];

/// What a page's source writes for a character, behind an ampersand.
const ENTITIES: [(&str, &str); 16] = [
    ("amp;", "&"),
    ("#38;", "&"),
    ("#038;", "&"),
    ("#x26;", "&"),
    ("lt;", "<"),
    ("#60;", "<"),
    ("gt;", ">"),
    ("#62;", ">"),
    ("quot;", "\""),
    ("#34;", "\""),
    ("apos;", "'"),
    ("#39;", "'"),
    ("#x27;", "'"),
    ("nbsp;", " "),
    ("#160;", " "),
    ("equals;", "="),
];

/// How the keys of those who count visitors begin.
const TRACKERS: [&str; 14] = [
    "utm_", "mc_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "_hs", "__hs", "fb_", "_ga", "_gl",
    "vero_", "oly_",
];

/// Whole keys of theirs.
const TRACKER_KEYS: [&str; 32] = [
    "fbclid",
    "gclid",
    "gclsrc",
    "gad_source",
    "gad_campaignid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "twclid",
    "ttclid",
    "yclid",
    "ysclid",
    "li_fat_id",
    "igshid",
    "igsh",
    "mkt_tok",
    "ref",
    "ref_src",
    "ref_url",
    "referrer",
    "srsltid",
    "s_kwcid",
    "sccid",
    "epik",
    "spm",
    "mibextid",
    "si",
    "_openstat",
    "irclickid",
    "hsctatracking",
    "_branch_match_id",
];

/// How names of pages end.
const PAGES: [&str; 2] = [".html", ".htm"];

/// What a page is called, without its ending; none if this is no page's name.
fn stem(name: &str) -> Option<&str> {
    PAGES.iter().find_map(|end| name.strip_suffix(end))
}

/// The parts of an address before its query, in lower case: folders, and the page.
fn path_of(text: &str) -> Vec<String> {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| {
        // The host is no folder.
        rest.split_once('/').map_or("", |(_, path)| path)
    });
    let parts = path.split('/').filter(|part| !part.is_empty());
    let decoded = |part: &str| match form_urlencoded::parse(part.as_bytes()).next() {
        Some((whole, _)) => whole.to_ascii_lowercase(),
        None => String::new(),
    };
    parts.map(decoded).collect()
}

/// What the address in a link says without its query: folders and pages without their endings, and the last of them once
/// more if it is a page other than the site's own.
pub(super) fn page(text: &str) -> (Vec<String>, Option<String>) {
    let parts = path_of(&unwrapped(text));
    let page = parts.last().and_then(|last| stem(last)).filter(|page| *page != "index");
    let page = page.map(String::from);
    let parts = parts.iter().map(|part| stem(part).unwrap_or(part).into()).collect();
    (parts, page)
}

/// Whether `key`, in lower case, is one by which a site counts visitors.
pub fn is_tracker(key: &str) -> bool {
    TRACKERS.iter().any(|start| key.starts_with(start)) || TRACKER_KEYS.contains(&key)
}

/// Keys, in lower case, and values of a URL, a query or a bare id; the last of each key.
pub(super) fn pairs(text: &str, notices: &mut Vec<Notice>) -> Vec<(String, String)> {
    let text = unwrapped(text);
    let Some(query) = query_of(&text) else {
        // A page by itself says which demo it is, see [`path`].
        let is_page = path_of(&text).last().is_some_and(|part| stem(part).is_some());
        let id = value_of(&text).trim_matches('/').to_string();
        return if is_page { Vec::new() } else { vec![("demo".into(), id)] };
    };
    let query = query.split('#').next().unwrap_or_default();
    // Who adds a key to a link that has some may begin with another question mark.
    let query = query.replace('?', "&");
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        let (key, value) = (key_of(&key), value_of(&value));
        let is_nothing = value.is_empty() && !key.contains(char::is_alphanumeric);
        if is_tracker(&key) || is_nothing {
            continue;
        }
        let before = pairs.iter().position(|(known, _)| *known == key);
        if let Some((_, old)) = before.map(|place| pairs.remove(place))
            && old != value
        {
            notices.push(notice(&key, &old, &value, TWICE.into()));
        }
        pairs.push((key, value));
    }
    pairs
}

/// The same pairs without what a sentence may have put behind the whole link; none if there is nothing such.
pub(super) fn without_end(pairs: &[(String, String)]) -> Option<Vec<(String, String)>> {
    let (key, value) = pairs.last()?;
    let bare = value.trim_end_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() || bare == value {
        return None;
    }
    let mut mended = pairs.to_vec();
    *mended.last_mut()? = (key.clone(), bare.into());
    Some(mended)
}

/// What stands behind the `?`, or all of it; none for a bare id.
fn query_of(text: &str) -> Option<&str> {
    if is_address(text) {
        return Some(text.split_once('?').map_or("", |(_, query)| query));
    }
    match text.find(['?', '=']) {
        _ if text.is_empty() => Some(""),
        Some(at) if text[at..].starts_with('=') => Some(text),
        // A question may end with an id.
        Some(at) if at == 0 || at + 1 < text.len() => Some(&text[at + 1..]),
        _ if text.contains("://") => Some(""),
        _ => None,
    }
}

/// The link in `text`, without what is around it and what has been put into it.
fn unwrapped(text: &str) -> String {
    let mut text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    for (written, meant) in [("\\u0026", "&"), ("\\u003d", "="), ("\\u003D", "="), ("\\", "")] {
        text = text.replace(written, meant);
    }
    if !text.contains('=')
        && text.to_ascii_lowercase().contains("%3d")
        && let Some((whole, _)) = form_urlencoded::parse(text.trim().as_bytes()).next()
    {
        text = whole.into_owned();
    }
    let text = without_entities(text.trim());
    // Mail programs break long lines, and those who answer put marks before each.
    let mut lines = within(&text).lines().map(str::trim);
    let first = lines.next().unwrap_or_default().to_string();
    lines.fold(first, |link, line| link + line.trim_start_matches(['>', ' ']))
}

/// The part of `text` that is a link: from where it begins to what closes what opened before it.
fn within(text: &str) -> &str {
    if text.starts_with('?') || is_address(text) {
        return text;
    }
    let closing = |c: char| {
        let mut all = BRACKETS.iter().chain(&QUOTES);
        all.find(|(open, _)| *open == c).map(|(_, close)| *close)
    };
    // Of a Markdown link the address counts, not its words.
    let from = text.find("](").map_or(0, |at| at + 1);
    let begins = |at: &usize| {
        let before = text[..*at].chars().next_back();
        let is_opened = before.is_some_and(|c| closing(c).is_some());
        let is_apart = is_opened || before.is_none_or(char::is_whitespace);
        (is_apart && is_address(&text[*at..])) || (is_opened && text[*at..].starts_with('?'))
    };
    let start = text[from..].char_indices().map(|(at, _)| from + at).find(begins);
    let start = start.unwrap_or_else(|| {
        let rest = text.trim_start_matches(|c: char| c.is_whitespace() || closing(c).is_some());
        text.len() - rest.len()
    });
    let close = text[..start].chars().next_back().and_then(closing).unwrap_or_default();
    text[start..].split(|c| close.contains(c)).next().unwrap_or_default()
}

fn is_address(text: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| starts_with(text, scheme))
}

/// Whether `text` starts with `start`, in capitals or not.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
}

/// Takes one entity without its ampersand from the front of `text`.
fn entity(text: &str) -> Option<(&'static str, &str)> {
    let (name, meant) = ENTITIES.iter().find(|(name, _)| starts_with(text, name))?;
    Some((meant, &text[name.len()..]))
}

fn without_entities(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_string();
    for mut part in parts {
        let mut meant = "&";
        // What is encoded twice begins with an ampersand that is encoded.
        while meant == "&"
            && let Some((written, rest)) = entity(part)
        {
            (meant, part) = (written, rest);
        }
        plain += meant;
        plain += part;
    }
    plain
}

/// Characters that leave no mark and come along from pages and documents.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || (c.is_control() && !c.is_whitespace())
}

fn key_of(text: &str) -> String {
    let mut key = text.trim();
    // `&amp;seed=7` as a browser splits it where the semicolon was encoded too.
    while let Some(("&", rest)) = entity(key) {
        key = rest;
    }
    key.chars().filter(|c| !is_invisible(*c)).collect::<String>().trim().to_ascii_lowercase()
}

fn value_of(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let mut value = visible.trim();
    for (open, close) in QUOTES {
        let inner =
            value.strip_prefix(open).and_then(|rest| rest.strip_suffix(|c| close.contains(c)));
        value = inner.map_or(value, str::trim);
    }
    value.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let mut notices = Vec::new();
        let pairs = pairs(text, &mut notices);
        assert_eq!(notices, [], "{text}");
        let mended = without_end(&pairs).unwrap_or(pairs);
        mended.into_iter().collect()
    }

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
    }

    const LINK: &str = "https://example.org/p/?demo=characters&seed=7&eta=0.05";

    #[test]
    fn what_is_around_a_link_is_left_out() {
        let expected = owned(&[("demo", "characters"), ("seed", "7"), ("eta", "0.05")]);
        for (before, after) in [
            ("", ""),
            ("<", ">"),
            ("(", ")"),
            ("[", "]"),
            ("\"", "\""),
            ("'", "'"),
            ("`", "`"),
            ("“", "”"),
            ("„", "“"),
            ("«", "»"),
            ("‘", "’"),
            ("&lt;", "&gt;"),
            ("&quot;", "&quot;"),
            ("[a run](", ")"),
            ("[https://example.org/](", ")."),
            ("(see ", ")."),
            ("See ", "!"),
            ("What is this? ", "?"),
            ("", "."),
            ("", ","),
            ("", ";"),
            ("", ")"),
            ("", "…"),
            ("<a href=\"", "\">a run</a>"),
            ("<iframe src='", "' title=\"a\"></iframe>"),
            ("**", "**"),
            ("", "。"),
            ("\u{feff}", "\u{200b}"),
            ("\u{a0}", "\u{a0}"),
            ("> ", "\n"),
            ("(“", "”)."),
            ("", "”"),
            ("", "%22"),
            ("", "%3E"),
            ("", "#top"),
            ("", "%E2%80%9D."),
            ("\n\n  ", "  \n"),
            ("Thanks!\n", ""),
        ] {
            assert_eq!(read(&format!("{before}{LINK}{after}")), expected, "{before}…{after}");
        }
        let query = LINK.split_once('?').unwrap().1;
        for (before, after) in [
            ("", ""),
            ("?", ""),
            ("?", ")."),
            ("\"?", "\""),
            ("(", ")"),
            ("'", "'"),
            ("?", "%22"),
            ("<a href=\"?", "\">"),
            ("[run](?", ")"),
            ("", "?"),
            ("?", "?"),
            ("/p/?", "!"),
        ] {
            assert_eq!(read(&format!("{before}{query}{after}")), expected, "{before}…{after}");
        }
    }

    #[test]
    fn what_was_put_into_a_link_is_taken_out() {
        let expected = owned(&[("demo", "characters"), ("seed", "7"), ("eta", "0.05")]);
        let ways = [
            "&amp;",
            "&AMP;",
            "&Amp;",
            "&#38;",
            "&#038;",
            "&#x26;",
            "&#X26;",
            "&amp;amp;",
            "&amp%3Bamp%3B",
            "&amp%3B",
            "&%2338%3B",
            "\\u0026",
            "\\&",
            "\n&",
            "&\r\n  ",
            "\n> &",
            "&&",
            "&utm_source=a&",
            "?fbclid=x&",
        ];
        for way in ways {
            assert_eq!(read(&LINK.replace('&', way)), expected, "{way}");
            assert_eq!(read(&LINK.replace('&', way).split_off(22)), expected, "{way}");
        }
        for (written, way) in [
            ("=", " = "),
            ("=", "=%20"),
            ("=", "=%C2%A0"),
            ("seed", "Seed"),
            ("7", "%227%22"),
            ("7", "'7'"),
            ("7", "“7”"),
            ("eta", "e\nta"),
            ("0.05", "0.\r\n> 05"),
            ("=", "\\="),
            ("seed", "se\u{ad}ed"),
            ("7", "7%E2%80%8B"),
            ("https", "HTTPS"),
            ("=", "\\u003d"),
        ] {
            assert_eq!(read(&LINK.replace(written, way)), expected, "{way}");
        }
        let encoded: String = form_urlencoded::byte_serialize(LINK.as_bytes()).collect();
        assert_eq!(read(&encoded), expected);
    }

    #[test]
    fn trackers_are_passed_over_and_what_is_like_a_parameter_is_not() {
        let trackers = "utm_source=a&utm_medium=b&fbclid=c&gclid=d&msclkid=e&mc_cid=f&mc_eid=g\
            &_ga=h&_gl=i&igshid=j&ref=k&UTM_Campaign=l&utm_source=m&amp;utm_term=n&_hsenc=o";
        assert_eq!(read(&format!("?{trackers}&seed=7).&{trackers}")), owned(&[("seed", "7")]));
        for key in ["seeed", "tau_plus", "reference", "rate", "m_cid", "gain", "utm", "refractory"]
        {
            assert!(!is_tracker(key), "{key}");
        }
    }

    #[test]
    fn an_id_is_an_id_and_nothing_is_nothing() {
        for text in ["characters/as_coded", " 'characters/as_coded' ", "“characters/as_coded”."]
        {
            assert_eq!(read(text), owned(&[("demo", "characters/as_coded")]), "{text}");
        }
        assert_eq!(read("characters?"), owned(&[("demo", "characters")]));
        for text in ["", " ", "?", "https://example.org/", "&", "?&=", "?&amp;", "&)"] {
            assert_eq!(read(text).iter().filter(|(key, _)| key != "demo").count(), 0, "{text}");
        }
    }

    #[test]
    fn the_page_of_an_address_is_told() {
        for (text, parts, told) in [
            ("https://example.org/p/xor_reward.html?v=1&seed=7", "p xor_reward", "xor_reward"),
            ("See <https://example.org/XOR_reward.html?v=1>.", "xor_reward", "xor_reward"),
            ("https://example.org/xor%5Freward?v=1", "xor_reward", ""),
            ("xor_reward.htm?v=1&eta=0.5", "xor_reward", "xor_reward"),
            ("https://example.org/xor_reward.html#top", "xor_reward", "xor_reward"),
            ("xor_reward/rate_mstdp?epochs=3", "xor_reward rate_mstdp", ""),
            ("https://example.org/p/?demo=characters", "p", ""),
            ("https://example.org/index.html?seed=1", "index", ""),
            ("?seed=1/2.html", "", ""),
        ] {
            let (found, page) = page(text);
            assert_eq!((found.join(" "), page.unwrap_or_default()), (parts.into(), told.into()));
        }
        for text in ["xor_reward.html", "XOR_REWARD.HTML", "/xor_reward.html?", "xor_reward.html#a"]
        {
            assert_eq!(
                (read(text), page(text).1),
                (owned(&[]), Some("xor_reward".into())),
                "{text}"
            );
        }
    }

    #[test]
    fn the_last_of_a_key_counts() {
        let mut notices = Vec::new();
        let found = pairs("seed=1&eta=0.5&Seed=7", &mut notices);
        assert_eq!(found, owned(&[("eta", "0.5"), ("seed", "7")]));
        assert_eq!((notices.len(), notices[0].given.as_str()), (1, "1"));
        assert_eq!(read("seed=7&seed=7"), owned(&[("seed", "7")]));
    }
}
