//! Copies that go on beside a run: they answer what the run itself must not be asked, such as what its network would do
//! if it stopped learning, or where it would have ended from another start.
//!
//! Done at once they would keep whoever presses Pause waiting, so they take some steps in each tick of the run, one copy
//! after the other. A run owns its copies: they are cloned with it, and so a rewound run finds them as they were.

use get_size2::GetSize;

/// A copy on its way.
pub trait Aside {
    /// What it comes to.
    type End;

    /// Goes on by a step; what it has come to, once it is over.
    fn step(&mut self) -> Option<Self::End>;
}

/// The place of a copy beside a run.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Beside<C> {
    copy: Option<Box<C>>,
}

/// Nobody is on the way.
impl<C> Default for Beside<C> {
    fn default() -> Self {
        Self { copy: None }
    }
}

impl<C: Aside> Beside<C> {
    /// From now on this copy goes on, in place of any other.
    pub fn begin(&mut self, copy: C) {
        self.copy = Some(Box::new(copy));
    }

    /// The copy that goes on is dropped.
    pub fn stop(&mut self) {
        self.copy = None;
    }

    /// A copy is on its way.
    pub fn goes_on(&self) -> bool {
        self.copy.is_some()
    }

    /// Some steps of the copy that goes on; what it has come to, if one of them was its last.
    pub fn go_on(&mut self, num_steps: u32) -> Option<C::End> {
        let copy = self.copy.as_mut()?;
        let end = (0..num_steps).find_map(|_| copy.step())?;
        self.stop();
        Some(end)
    }

    /// All that is left of the copy, at once; nothing if there is none.
    pub fn finish(&mut self) -> Option<C::End> {
        let mut copy = self.copy.take()?;
        std::iter::repeat_with(|| copy.step()).find_map(|end| end)
    }

    /// Some steps of one copy after another. Where none goes on, `next` makes one, knowing the ends so far, or none any
    /// more. What they come to is added to `ends`.
    pub fn go_on_in_turn(
        &mut self,
        num_steps: u32,
        ends: &mut Vec<C::End>,
        next: impl Fn(&[C::End]) -> Option<C>,
    ) {
        for _ in 0..num_steps {
            if self.copy.is_none() {
                self.copy = next(ends).map(Box::new);
            }
            if self.copy.is_none() {
                return;
            }
            ends.extend(self.go_on(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Over in step 3; it comes to its number.
    struct Three(u32, u32);

    impl Aside for Three {
        type End = u32;

        fn step(&mut self) -> Option<u32> {
            self.1 += 1;
            (self.1 == 3).then_some(self.0)
        }
    }

    #[test]
    fn a_copy_ends_once_in_pieces_or_at_once() {
        let mut beside = Beside::default();
        assert_eq!((beside.go_on(9), beside.finish()), (None, None));
        beside.begin(Three(7, 0));
        assert_eq!([beside.go_on(2), beside.go_on(2), beside.go_on(2)], [None, Some(7), None]);
        beside.begin(Three(8, 0));
        beside.go_on(1);
        assert_eq!((beside.finish(), beside.finish()), (Some(8), None));
    }

    #[test]
    fn copies_come_one_after_the_other_until_there_is_no_next() {
        let (mut beside, mut ends) = (Beside::default(), Vec::new());
        let next = |ends: &[u32]| (ends.len() < 3).then_some(Three(10 + ends.len() as u32, 0));
        let mut after = Vec::new();
        for _ in 0..5 {
            beside.go_on_in_turn(2, &mut ends, next);
            after.push(ends.len());
        }
        assert_eq!((after, ends), (vec![0, 1, 2, 2, 3], vec![10, 11, 12]));
    }
}
