//! Which neurons are at or above their threshold: in most steps of most networks, hardly any.

use crate::lanes::{any_reaches, widely};

/// Gathers in `crossed` the neurons at or above `v_th_mv`, which `theta_mv` raises (none: not at all). Those that are
/// refractory wait.
pub fn find(
    (v_mv, steps_left): (&[f32], &[f32]),
    v_th_mv: f32,
    theta_mv: Option<&[f32]>,
    crossed: &mut Vec<u32>,
) {
    crossed.clear();
    if let Some(theta) = theta_mv {
        let pairs = v_mv.iter().zip(theta).enumerate();
        let found =
            pairs.filter(|(n, (v, theta))| **v >= v_th_mv + *theta && steps_left[*n] <= 0.0);
        crossed.extend(found.map(|(n, _)| n as u32));
        return;
    }
    add_reached(v_mv, v_th_mv, crossed);
    crossed.retain(|neuron| steps_left[*neuron as usize] <= 0.0);
}

/// Gathers in `reached` the neurons at or above one potential.
pub fn find_reached(v_mv: &[f32], at_mv: f32, reached: &mut Vec<u32>) {
    reached.clear();
    add_reached(v_mv, at_mv, reached);
}

widely! {
    /// Thirty-two are passed at once, and looked at one by one only where there is somebody.
    fn add_reached(v_mv: &[f32], v_th_mv: f32, reached: &mut Vec<u32>) {
        let (blocks, rest) = v_mv.as_chunks::<32>();
        let mut look = |first: usize, some: &[f32]| {
            let found = (first as u32..).zip(some).filter(|(_, v)| **v >= v_th_mv);
            reached.extend(found.map(|(neuron, _)| neuron));
        };
        for (place, block) in blocks.iter().enumerate() {
            if any_reaches(block, v_th_mv) {
                look(32 * place, block);
            }
        }
        look(32 * blocks.len(), rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neurons_are_found_in_order_wherever_they_are() {
        let (mut v_mv, mut steps_left) = (vec![-70.0; 101], vec![0.0; 101]);
        for neuron in [2, 31, 32, 33, 70, 96, 99, 100] {
            v_mv[neuron] = -50.0;
        }
        steps_left[33] = 1.0;
        steps_left[99] = 2.0;
        let (mut crossed, mut raised) = (vec![3], Vec::new());
        find((&v_mv, &steps_left), -50.0, None, &mut crossed);
        assert_eq!(crossed, [2, 31, 32, 70, 96, 100]);
        find((&v_mv, &steps_left), -50.0, Some(&[0.0; 101]), &mut raised);
        assert_eq!(raised, crossed);
        find((&v_mv, &steps_left), -50.0, Some(&[0.1; 101]), &mut raised);
        assert!(raised.is_empty());
    }
}
