//! Rank order: pixels fire one after the other, the brightest first, and nothing but the order counts.
//!
//! **Equations.** The pixel of rank k of N (0 is the brightest; equal ones in the order of their numbers) fires in step
//! ⌊k T/N⌋. A reader takes the pixel that comes as number k for 1 − (k + ½)/N; those that come in the same step share their
//! mean rank. So the order of brightness is kept and brightness itself is lost: every picture is read as one in which all
//! brightnesses are equally frequent. When the picture came on does not matter.
//!
//! **Source.** Thorpe and Gautrais (1998, doi:10.1007/978-1-4615-4831-7_19), who let the sensitivity shrink with each spike
//! instead; Van Rullen and Thorpe (2001, doi:10.1162/08997660152002852) read pictures back with a table of the mean
//! contrast at each rank. Ours is a straight line.

use super::NUM_GREYS;

/// The rank of each pixel.
pub fn ranks(greys: &[u8]) -> Vec<u32> {
    let mut num_of = [0_u32; NUM_GREYS];
    greys.iter().for_each(|grey| num_of[usize::from(*grey)] += 1);
    let mut next = [0_u32; NUM_GREYS];
    let mut brighter = 0;
    for grey in (0..NUM_GREYS).rev() {
        next[grey] = brighter;
        brighter += num_of[grey];
    }
    let rank = |grey: &u8| {
        let place = &mut next[usize::from(*grey)];
        *place += 1;
        *place - 1
    };
    greys.iter().map(rank).collect()
}

/// The step in which a rank fires.
pub fn step(rank: u32, num_pixels: u32, num_steps: u32) -> u32 {
    (u64::from(rank) * u64::from(num_steps) / u64::from(num_pixels.max(1))) as u32
}
