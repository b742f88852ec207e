//! Sentences as HTML: signs escaped, symbols typeset.

use std::fmt::Write;

use crate::html::escape;

/// Text in which symbols with an index (`τ_m`, `g_max`) are set as such. A symbol is one letter; keys of links
/// (`tau_m_ms`) have longer names and stay as they are.
pub fn prose(text: &str) -> String {
    let (mut html, mut rest, mut before) = (String::new(), text, None);
    while let Some((at, base, index)) = next_symbol(rest, before) {
        let end = at + base.len_utf8() + 1 + index.len();
        let _ = write!(html, "{}<var>{base}<sub>{index}</sub></var>", escape(&rest[..at]));
        before = rest[..end].chars().next_back();
        rest = &rest[end..];
    }
    html + &escape(rest)
}

/// Where the next symbol begins, its letter and its index. `before` is the sign in front of the text.
fn next_symbol(text: &str, before: Option<char>) -> Option<(usize, char, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices('_').find_map(|(mark, _)| {
        let (at, base) = text[..mark].char_indices().next_back()?;
        let in_front = text[..at].chars().next_back().or(before);
        let after = &text[mark + 1..];
        let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
        let goes_on = after[end..].starts_with('_');
        let is_symbol =
            base.is_alphabetic() && end > 0 && !goes_on && !in_front.is_some_and(is_word);
        is_symbol.then(|| (at, base, &after[..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn symbols_are_typeset_and_keys_are_not() {
        let typeset = |base, index| format!("<var>{base}<sub>{index}</sub></var>");
        assert_eq!(
            prose("±0.6 σ_R, g_e"),
            format!("±0.6 {}, {}", typeset('σ', "R"), typeset('g', "e"))
        );
        assert_eq!(prose("dt/τ_m < 1"), format!("dt/{} &lt; 1", typeset('τ', "m")));
        assert_eq!(
            prose("t_post − t_pre"),
            format!("{} − {}", typeset('t', "post"), typeset('t', "pre"))
        );
        for plain in ["tau_m_ms=30", "w_init_max", "as_coded", "a_ b", "_x", "", "no symbol"] {
            assert_eq!(prose(plain), plain);
        }
    }
}
