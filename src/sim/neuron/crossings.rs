//! Which neurons are at or above their threshold: in most steps of most networks, hardly any.

use crate::sim::lanes::any_reaches;

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
    let has_crossed = |neuron: &usize| v_mv[*neuron] >= v_th_mv && steps_left[*neuron] <= 0.0;
    // Eight are passed at once, and looked at one by one only where there is somebody.
    let (eights, _) = v_mv.as_chunks::<8>();
    for (place, eight) in eights.iter().enumerate() {
        if any_reaches(eight, v_th_mv) {
            let own = 8 * place..8 * (place + 1);
            crossed.extend(own.filter(has_crossed).map(|neuron| neuron as u32));
        }
    }
    let others = 8 * eights.len()..v_mv.len();
    crossed.extend(others.filter(has_crossed).map(|neuron| neuron as u32));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neurons_are_found_in_order_wherever_they_are() {
        let (mut v_mv, mut steps_left) = (vec![-70.0; 21], vec![0.0; 21]);
        for neuron in [2, 7, 8, 15, 19, 20] {
            v_mv[neuron] = -50.0;
        }
        steps_left[8] = 1.0;
        steps_left[19] = 2.0;
        let (mut crossed, mut raised) = (vec![3], Vec::new());
        find((&v_mv, &steps_left), -50.0, None, &mut crossed);
        assert_eq!(crossed, [2, 7, 15, 20]);
        find((&v_mv, &steps_left), -50.0, Some(&[0.0; 21]), &mut raised);
        assert_eq!(raised, crossed);
        find((&v_mv, &steps_left), -50.0, Some(&[0.1; 21]), &mut raised);
        assert!(raised.is_empty());
    }
}
