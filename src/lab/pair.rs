//! Two runs side by side: the same axes where they measure the same.

use super::Spec;
use crate::record::Figure;

/// The figures of a run by the index of their panels.
pub type Figures = Vec<(u16, Figure)>;

/// Gives figures of two runs the same axes where their panels measure the same, so that they can be compared. Another
/// model may measure something else under the same heading.
pub fn link_axes((a, figures): (&Spec, &mut Figures), (b, others): (&Spec, &mut Figures)) {
    let (panels, other_panels) = (a.panels(), b.panels());
    for (idx, figure) in figures {
        let panel = panels[*idx as usize];
        let same = |(other, _): &&mut (u16, Figure)| {
            let other = other_panels[*other as usize];
            (other.key, other.x, other.y) == (panel.key, panel.x, panel.y)
        };
        if let Some((_, other)) = others.iter_mut().find(same) {
            Figure::link_axes(figure, other);
        }
    }
}
