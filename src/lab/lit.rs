//! Which lines of a program a parameter changes, for the code that stands beside a network.
//!
//! Nothing has to be marked while a program is written: the program of the run as it is, and that of the run with another
//! value, tell by their difference. Programs are written in microseconds.

/// A program, and what the last change of the run has changed in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// The file's name.
    pub name: String,
    /// The program; empty where there is none.
    pub text: String,
    /// Numbers of the lines that are not in the program before it.
    pub lit: Vec<usize>,
    /// Why there is none.
    pub refused: String,
}

impl Program {
    /// That of the run after a change.
    pub fn then(&self, name: String, text: String) -> Self {
        // The same once more leaves lit what is.
        if text == self.text && self.refused.is_empty() {
            return self.clone();
        }
        let mut lit = match self.text.is_empty() {
            true => Vec::new(),
            false => changed(&self.text, &text),
        };
        // The link of the run stands in the head, and always changes.
        let is_link = |line: &usize| text.lines().nth(*line).is_some_and(|it| it.contains("demo="));
        lit.retain(|line| !is_link(line));
        Self { name, text, lit, refused: String::new() }
    }
}

/// The lines of `now` (from 0) that are not in `before`, both in order: what a change of a control has changed. Where lines
/// were only taken out, the line that follows them.
pub fn changed(before: &str, now: &str) -> Vec<usize> {
    let [a, b]: [Vec<&str>; 2] = [before, now].map(|text| text.lines().collect());
    let same_start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a_rest, b_rest) = (&a[same_start..], &b[same_start..]);
    let same_end = a_rest.iter().rev().zip(b_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a_mid, b_mid) = (&a_rest[..a_rest.len() - same_end], &b_rest[..b_rest.len() - same_end]);
    if b_mid.is_empty() {
        let next = same_start.min(b.len().saturating_sub(1));
        return if a_mid.is_empty() || b.is_empty() { Vec::new() } else { vec![next] };
    }
    let kept = kept(a_mid, b_mid);
    (0..b_mid.len()).filter(|line| !kept[*line]).map(|line| same_start + line).collect()
}

/// Which lines of `b` belong to the longest common subsequence of both.
fn kept(a: &[&str], b: &[&str]) -> Vec<bool> {
    // longest[i][j]: of what follows line i of a and line j of b.
    let mut longest = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] = match a[i] == b[j] {
                true => longest[i + 1][j + 1] + 1,
                false => longest[i + 1][j].max(longest[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut kept) = (0, 0, vec![false; b.len()]);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            kept[j] = true;
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{Program, changed};

    #[test]
    fn what_changed_is_lit_but_for_the_link() {
        let first = Program::default().then("a.py".into(), "# demo=x&a=1\nb\na = 1".into());
        assert_eq!(first.lit, [0; 0], "nothing was there before");
        let next = first.then("a.py".into(), "# demo=x&a=2\nb\na = 2".into());
        assert_eq!(next.lit, [2]);
        assert_eq!(next.then("a.py".into(), next.text.clone()), next, "the same once more");
    }

    #[test]
    fn lines_that_differ_are_found() {
        assert_eq!(changed("a\nb\nc", "a\nB\nc"), [1]);
        assert_eq!(changed("a\nb\nc\nd\ne", "a\nB\nc\nD\ne"), [1, 3]);
        assert_eq!(changed("a\nc", "a\nb\nc"), [1], "one more");
        assert_eq!(changed("a\nb\nc", "a\nc"), [1], "one less: the next");
        assert_eq!(changed("a\nb", "a"), [0], "the last one less");
        assert_eq!(changed("a\nb", "a\nb"), [0; 0]);
    }
}
