//! The shades of weights at any frame of a film: see [`super::shades`].

use super::picture::Picture;
use super::reel::Reel;
use super::shades::{Shades, apply};

/// All shades are kept for every so many frames of a film, to go back to.
const KEPT_FRAMES: usize = 64;

/// The shades at any frame of a film.
#[derive(Clone, Debug, Default)]
pub struct ShadesThen {
    now: Vec<u8>,
    /// So many frames are in.
    num_frames: usize,
    /// After every [`KEPT_FRAMES`] frames, from the start on.
    kept: Vec<Vec<u8>>,
}

impl ShadesThen {
    /// As the run began; nothing where no weights have shades.
    pub fn of(picture: &Picture) -> Self {
        let now = picture.shades.as_ref().map(Shades::at_start).unwrap_or_default();
        Self { kept: vec![now.clone()], now, num_frames: 0 }
    }

    /// The shades after so many frames; of the run beside it where `is_twin`.
    pub fn after(&mut self, reel: &Reel, num_frames: usize, is_twin: bool) -> &[u8] {
        let end = num_frames.min(reel.frames().len());
        if self.now.is_empty() {
            return &self.now;
        }
        if end < self.num_frames {
            let kept = (end / KEPT_FRAMES).min(self.kept.len() - 1);
            self.now.clone_from(&self.kept[kept]);
            self.num_frames = kept * KEPT_FRAMES;
        }
        for frame in &reel.frames()[self.num_frames..end] {
            apply(if is_twin { &frame.twin_shades } else { &frame.shades }, &mut self.now);
            self.num_frames += 1;
            if self.num_frames == self.kept.len() * KEPT_FRAMES {
                self.kept.push(self.now.clone());
            }
        }
        &self.now
    }

    /// From the start again: the film before is another.
    pub fn forget(&mut self) {
        self.kept.truncate(1);
        if let Some(start) = self.kept.first() {
            self.now.clone_from(start);
        }
        self.num_frames = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::super::film::FilmFrame;
    use super::super::shades::{CHANGES, push};
    use super::*;

    fn changes(all: &[(u32, u8)]) -> Vec<u8> {
        let mut out = vec![CHANGES];
        all.iter().for_each(|(passed, shade)| push(&mut out, passed << 4 | u32::from(*shade)));
        out
    }

    #[test]
    fn any_frame_is_found_forwards_and_backwards() {
        let frame = |nth: u32| FilmFrame { shades: changes(&[(nth, 9)]), ..FilmFrame::default() };
        let mut reel = Reel::default();
        reel.add((0..300).map(frame).collect());
        let now = vec![0; 400];
        let mut then = ShadesThen { kept: vec![now.clone()], now, num_frames: 0 };
        for num in [0, 300, 10, 130, 127, 128, 64, 63, 300, 0, 999] {
            let shades = then.after(&reel, num, false);
            let changed = shades.iter().filter(|shade| **shade == 9).count();
            assert_eq!(changed, num.min(300), "{num}");
        }
        then.forget();
        assert!(
            then.after(&reel, 50, true).iter().all(|shade| *shade == 0),
            "nothing of the other run"
        );
        then.forget();
        assert!(then.after(&reel, 0, false).iter().all(|shade| *shade == 0));
    }
}
