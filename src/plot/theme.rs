//! Colours and type of the figures, for light and for dark surroundings.
//!
//! The eight categorical colours are Okabe and Ito's, darkened or lightened until each stands out from
//! its surface; they stay apart for the common kinds of colour blindness. The ramp grows steadily in
//! lightness, so that it can be read in print as well.

use crate::record::figure::RowRole;

/// Shades that a role's colour has.
pub const NUM_SHADES: u8 = 4;

/// Red, green, blue.
pub type Colour = (u8, u8, u8);

/// Everything that differs between a light and a dark figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// The page around the figures.
    pub background: Colour,
    /// What a figure is drawn on.
    pub surface: Colour,
    /// Data and important text.
    pub ink: Colour,
    /// Axis labels.
    pub muted: Colour,
    /// Grid lines and row lines, hardly visible.
    pub grid: Colour,
    /// Axis lines.
    pub axis: Colour,
    /// Named stretches of time, such as presentations, in turn.
    pub band: [Colour; 2],
    /// The same where learning is off.
    pub test: [Colour; 2],
    /// What the visitor picked, and the only line of a curve.
    pub accent: Colour,
    /// Colours of lines, in order.
    pub palette: [Colour; 8],
    /// From the least to the greatest value.
    pub ramp: [Colour; 6],
    /// Roles, the same in every figure and in the network's picture: what comes in.
    pub input: Colour,
    /// What is read out.
    pub output: Colour,
    /// What excites others and is neither input nor output.
    pub excite: Colour,
    /// Inhibition, also told by round ends.
    pub inhibit: Colour,
    /// Reward, also told by a plus.
    pub reward: Colour,
    /// Punishment, also told by a minus.
    pub punish: Colour,
    /// Controls, and what is frozen.
    pub control: Colour,
    /// Font families in the order of preference, as in CSS.
    pub font: &'static str,
}

const FONT: &str = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif";

impl Theme {
    /// Dark ink on white.
    pub const fn light() -> Self {
        Self {
            background: (247, 247, 245),
            surface: (255, 255, 255),
            ink: (29, 33, 41),
            muted: (98, 105, 117),
            grid: (234, 236, 239),
            axis: (176, 181, 190),
            band: [(241, 243, 246), (248, 249, 251)],
            test: [(252, 242, 220), (254, 249, 237)],
            accent: (0, 98, 173),
            palette: [
                (0, 98, 173),
                (207, 84, 0),
                (0, 133, 98),
                (176, 78, 138),
                (166, 119, 0),
                (47, 142, 196),
                (110, 96, 178),
                (92, 98, 108),
            ],
            ramp: [
                (238, 241, 240),
                (193, 222, 217),
                (117, 184, 199),
                (52, 127, 181),
                (42, 70, 144),
                (31, 22, 77),
            ],
            input: (31, 111, 208),
            output: (184, 84, 0),
            excite: (15, 80, 105),
            inhibit: (122, 79, 208),
            reward: (22, 134, 74),
            punish: (194, 55, 47),
            control: (111, 121, 136),
            font: FONT,
        }
    }

    /// Pale ink on a dark grey.
    pub const fn dark() -> Self {
        Self {
            background: (15, 18, 23),
            surface: (23, 27, 34),
            ink: (231, 234, 239),
            muted: (157, 165, 178),
            grid: (40, 46, 56),
            axis: (84, 92, 106),
            band: [(34, 40, 50), (28, 33, 41)],
            test: [(47, 43, 34), (39, 37, 33)],
            accent: (92, 178, 245),
            palette: [
                (92, 178, 245),
                (240, 136, 62),
                (52, 190, 150),
                (222, 143, 190),
                (232, 184, 60),
                (140, 212, 240),
                (172, 160, 240),
                (176, 182, 192),
            ],
            ramp: [
                (36, 41, 51),
                (44, 66, 116),
                (44, 111, 166),
                (66, 161, 180),
                (151, 212, 176),
                (246, 246, 196),
            ],
            input: (106, 169, 245),
            output: (242, 162, 78),
            excite: (178, 228, 236),
            inhibit: (180, 154, 242),
            reward: (92, 201, 138),
            punish: (240, 135, 127),
            control: (143, 153, 168),
            font: FONT,
        }
    }

    /// The colour of a line, starting again after eight.
    pub fn line(&self, idx: usize) -> Colour {
        self.palette[idx % self.palette.len()]
    }

    /// The colour of rows; groups of the same role differ in shade.
    pub fn row(&self, role: RowRole, shade: u8) -> Colour {
        let own = match role {
            RowRole::Plain => return self.ink,
            RowRole::Input => self.input,
            RowRole::Output => self.output,
            RowRole::Hidden | RowRole::Excitation => self.excite,
            RowRole::Inhibition => self.inhibit,
            RowRole::Reward => self.reward,
            RowRole::Control => self.control,
        };
        match shade % NUM_SHADES {
            0 => own,
            1 => mix(own, self.ink, 0.5),
            2 => mix(own, self.surface, 0.35),
            _ => mix(own, self.muted, 0.7),
        }
    }

    /// A colour of the ramp; `share` runs from 0 to 1 and is clamped.
    pub fn ramp_at(&self, share: f64) -> Colour {
        let last = self.ramp.len() - 1;
        let place = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) } * last as f64;
        let step = (place as usize).min(last - 1);
        mix(self.ramp[step], self.ramp[step + 1], place - step as f64)
    }

    /// Ink or surface, whichever is easier to read on `colour`.
    pub fn on(&self, colour: Colour) -> Colour {
        if contrast(self.ink, colour) >= contrast(self.surface, colour) {
            self.ink
        } else {
            self.surface
        }
    }

    /// A line's colour moved towards the ink, for small text in the colour of a line.
    pub fn text(&self, colour: Colour) -> Colour {
        mix(colour, self.ink, 0.3)
    }
}

/// `share` of `b` in `a`.
pub(super) fn mix(a: Colour, b: Colour, share: f64) -> Colour {
    let channel =
        |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    (channel(a.0, b.0), channel(a.1, b.1), channel(a.2, b.2))
}

/// Relative luminance. The polynomial is within 0.01 of the true transfer curve.
fn luminance(colour: Colour) -> f64 {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        c * c * (0.8 + 0.2 * c)
    };
    0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
}

/// Contrast as the web accessibility guidelines count it, from 1 to 21.
fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    if a > b { a / b } else { b / a }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Theme; 2] = [Theme::light(), Theme::dark()];

    #[test]
    fn text_and_lines_stand_out() {
        for theme in BOTH {
            let bands = theme.band.into_iter().chain(theme.test);
            for ground in bands.chain([theme.surface]) {
                assert!(contrast(theme.muted, ground) > 4.5);
                assert!(contrast(theme.ink, ground) > 10.0);
            }
            for (idx, colour) in theme.palette.into_iter().enumerate() {
                assert!(contrast(colour, theme.surface) > 3.2, "{idx}");
                assert!(contrast(theme.text(colour), theme.surface) > 4.5, "{idx}");
            }
            let Theme { input, output, excite, inhibit, reward, punish, control, surface, .. } =
                theme;
            assert!(contrast(excite, surface) > 4.5);
            for colour in [input, output, excite, inhibit, reward, punish, control] {
                assert!(contrast(colour, surface) > 4.2, "{colour:?}");
                assert!(contrast(theme.text(colour), surface) > 4.5, "{colour:?}");
            }
            let roles = [RowRole::Input, RowRole::Excitation, RowRole::Output, RowRole::Inhibition];
            let rows = roles.into_iter().flat_map(|role| (0..NUM_SHADES).map(move |s| (role, s)));
            for (role, shade) in rows {
                let row = theme.row(role, shade);
                // Spikes are thin, and on bands of time.
                for ground in theme.band.into_iter().chain([surface]) {
                    assert!(contrast(row, ground) > 2.2, "{role:?} {shade}");
                }
                assert!(contrast(theme.text(row), surface) > 3.5, "{role:?} {shade}");
            }
        }
    }

    #[test]
    fn the_ramp_is_ordered_and_carries_text() {
        for theme in BOTH {
            let sign = luminance(theme.ramp_at(1.0)) - luminance(theme.ramp_at(0.0));
            for step in 0..50 {
                let (a, b) = (f64::from(step) / 50.0, f64::from(step + 1) / 50.0);
                let change = luminance(theme.ramp_at(b)) - luminance(theme.ramp_at(a));
                assert!(change * sign > 0.0, "{step}");
                let cell = theme.ramp_at(a);
                assert!(contrast(theme.on(cell), cell) > 3.5, "{step}");
            }
            assert_eq!(theme.ramp_at(f64::NAN), theme.ramp[0]);
            assert_eq!(theme.ramp_at(7.0), theme.ramp[5]);
        }
    }
}
