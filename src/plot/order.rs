//! Putting a few things in order. The standard library's sort is compiled anew for every type it sorts, at
//! some 5 kB each that every visitor would download; a dozen names need no such thing.

/// Sorts a few items by a number, keeping the order of equals.
pub(super) fn sort_few<T>(items: &mut [T], key: &dyn Fn(&T) -> f64) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && key(&items[at - 1]) > key(&items[at]) {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_keep_their_order() {
        let mut items = [(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')];
        sort_few(&mut items, &|item| f64::from(item.0));
        assert_eq!(items.map(|item| item.1), ['b', 'e', 'd', 'a', 'c']);
    }
}
