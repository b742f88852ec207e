//! The pen: every primitive the figures are made of, in CSS pixels.
//!
//! Horizontal and vertical strokes are filled rectangles on whole device pixels, because a stroked line
//! of odd width would be smeared over two of them.

use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use super::theme::Colour;
use super::{Rect, Scale, Theme};

/// Distance of everything from the edge of the area.
pub(super) const PAD: f64 = 8.0;

/// Draws on one area.
pub(super) struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    scale: Scale,
    /// The colours to use.
    pub theme: &'a Theme,
    /// Width of the area.
    pub width: f64,
    /// Height of the area.
    pub height: f64,
    /// Size of the letters.
    pub font: f64,
}

/// Which end of a text stands at the given place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    /// Clears the area.
    pub fn new(
        area: &'a DrawingArea<DB, Shift>,
        theme: &'a Theme,
        scale: Scale,
    ) -> Result<Self, String> {
        let (width, height) = area.dim_in_pixel();
        let (width, height) = (f64::from(width) / scale.device, f64::from(height) / scale.device);
        let font = scale.font.unwrap_or_else(|| font_for(width));
        let pen = Self { area, scale, theme, width, height, font };
        pen.fill(Rect { x: 0.0, y: 0.0, width, height }, theme.surface)?;
        Ok(pen)
    }

    /// Draws over what is there, on a surface of so many CSS pixels.
    pub fn over(
        area: &'a DrawingArea<DB, Shift>,
        (width, height): (f64, f64),
        theme: &'a Theme,
        scale: Scale,
    ) -> Self {
        let font = scale.font.unwrap_or_else(|| font_for(width));
        Self { area, scale, theme, width, height, font }
    }

    /// Whether anything can be recognised in an area of this size.
    pub fn has_room(&self) -> bool {
        self.width >= 80.0 && self.height >= 50.0
    }

    /// The whole area without its outer margin.
    pub fn inside(&self) -> Rect {
        Rect { x: PAD, y: PAD, width: self.width - 2.0 * PAD, height: self.height - 2.0 * PAD }
    }

    /// Height of a line of text.
    pub fn row(&self) -> f64 {
        self.font * 1.45
    }

    /// A length in CSS pixels as whole device pixels.
    pub fn device(&self, length: f64) -> i32 {
        (length * self.scale.device).round() as i32
    }

    /// A place in CSS pixels as one of device pixels. No number is nowhere near the others' places.
    pub fn at(&self, x: f64, y: f64) -> (i32, i32) {
        (self.device(x), self.device(y))
    }

    /// The largest length of whole device pixels that is no longer than this.
    pub fn snap_down(&self, length: f64) -> f64 {
        (length * self.scale.device).floor() / self.scale.device
    }

    fn thickness(&self, length: f64) -> i32 {
        self.device(length * self.scale.stroke).max(1)
    }

    pub fn fill(&self, rect: Rect, colour: Colour) -> Result<(), String> {
        let corner = (self.device(rect.x), self.device(rect.y));
        let other = (self.device(rect.right()), self.device(rect.bottom()));
        self.fill_device(corner, other, colour)
    }

    fn fill_device(&self, a: (i32, i32), b: (i32, i32), colour: Colour) -> Result<(), String> {
        if a.0 >= b.0 || a.1 >= b.1 {
            return Ok(());
        }
        done(self.area.draw(&Rectangle::new([a, b], rgb(colour).filled())))
    }

    /// A horizontal hairline whose upper edge is at `y`.
    pub fn across(&self, x: (f64, f64), y: f64, colour: Colour) -> Result<(), String> {
        let y = self.device(y);
        let ends = (self.device(x.0), self.device(x.1));
        self.fill_device((ends.0, y), (ends.1, y + self.thickness(1.0)), colour)
    }

    /// A frame whose inner edge is `rect`.
    pub fn frame(&self, rect: Rect, thickness: f64, colour: Colour) -> Result<(), String> {
        let t = self.thickness(thickness);
        let (x0, y0) = (self.device(rect.x), self.device(rect.y));
        let (x1, y1) = (self.device(rect.right()), self.device(rect.bottom()));
        self.fill_device((x0 - t, y0 - t), (x1 + t, y0), colour)?;
        self.fill_device((x0 - t, y1), (x1 + t, y1 + t), colour)?;
        self.fill_device((x0 - t, y0), (x0, y1), colour)?;
        self.fill_device((x1, y0), (x1 + t, y1), colour)
    }

    /// Upright strokes between `y.0` and `y.1`, all in one polygon: a comb with a back of no height.
    /// Strokes on the same device pixel become one.
    pub fn comb(
        &self,
        x: impl Iterator<Item = f64>,
        y: (f64, f64),
        thickness: f64,
        colour: Colour,
        alpha: f64,
    ) -> Result<(), String> {
        let (top, bottom) = (self.device(y.0), self.device(y.1));
        let thickness = self.thickness(thickness);
        // One flag for each device pixel, which puts strokes in order and makes equal ones one.
        let mut is_there = vec![false; self.device(self.width).max(0) as usize + 1];
        for x in x.filter(|x| x.is_finite()) {
            if let Some(flag) = is_there.get_mut(self.device(x).max(0) as usize) {
                *flag = true;
            }
        }
        let teeth = (0..).zip(is_there).filter(|(_, is_there)| *is_there);
        let outline: Vec<(i32, i32)> = teeth
            .flat_map(|(x, _)| {
                let x = x - thickness / 2;
                let end = x + thickness;
                [(x, bottom), (x, top), (end, top), (end, bottom)]
            })
            .collect();
        self.polygon(outline, colour, alpha)
    }

    /// A dashed horizontal line, in one polygon like [`Pen::comb`].
    pub fn dashes(&self, x: (f64, f64), y: f64, colour: Colour) -> Result<(), String> {
        const PERIOD: f64 = 7.0;
        const DASH: f64 = 4.0;
        let thickness = self.thickness(1.0);
        let (top, bottom) = (self.device(y), self.device(y) + thickness);
        let num_dashes = ((x.1 - x.0) / PERIOD).max(0.0).ceil() as u32;
        let outline: Vec<(i32, i32)> = (0..num_dashes)
            .flat_map(|dash| {
                let start = x.0 + f64::from(dash) * PERIOD;
                let ends = (self.device(start), self.device((start + DASH).min(x.1)));
                [(ends.0, bottom), (ends.0, top), (ends.1, top), (ends.1, bottom)]
            })
            .collect();
        self.polygon(outline, colour, 1.0)
    }

    pub fn polygon(
        &self,
        outline: Vec<(i32, i32)>,
        colour: Colour,
        alpha: f64,
    ) -> Result<(), String> {
        if outline.is_empty() {
            return Ok(());
        }
        done(self.area.draw(&Polygon::new(outline, rgb(colour).mix(alpha))))
    }

    /// A stroke through points in device pixels.
    pub fn stroke(
        &self,
        points: Vec<(i32, i32)>,
        thickness: f64,
        colour: Colour,
        alpha: f64,
    ) -> Result<(), String> {
        self.path(points, self.thickness(thickness), colour, alpha)
    }

    /// The same whose thickness is part of the data: printed strokes may be thinner, it may not.
    pub fn hairline(
        &self,
        points: Vec<(i32, i32)>,
        thickness: f64,
        colour: Colour,
        alpha: f64,
    ) -> Result<(), String> {
        self.path(points, self.device(thickness).max(1), colour, alpha)
    }

    fn path(
        &self,
        points: Vec<(i32, i32)>,
        thickness: i32,
        colour: Colour,
        alpha: f64,
    ) -> Result<(), String> {
        let style = ShapeStyle {
            color: rgb(colour).mix(alpha),
            filled: false,
            stroke_width: thickness as u32,
        };
        done(self.area.draw(&PathElement::new(points, style)))
    }

    pub fn dot(&self, x: f64, y: f64, radius: f64, colour: Colour) -> Result<(), String> {
        let centre = (self.device(x), self.device(y));
        done(self.area.draw(&Circle::new(centre, self.thickness(radius), rgb(colour).filled())))
    }

    /// A disc whose size is part of the data: printed strokes may be thinner, it may not.
    pub fn disc(&self, x: f64, y: f64, radius: f64, colour: Colour) -> Result<(), String> {
        let size = self.device(radius).max(1) as u32;
        done(self.area.draw(&Circle::new(self.at(x, y), size, rgb(colour).filled())))
    }

    /// Writes with the vertical middle of the letters at `y`.
    pub fn write(
        &self,
        text: &str,
        x: f64,
        y: f64,
        align: Align,
        colour: Colour,
    ) -> Result<(), String> {
        if text.is_empty() {
            return Ok(());
        }
        let size = self.font * self.scale.device * self.scale.text;
        let font = FontDesc::new(FontFamily::Name(self.theme.font), size, FontStyle::Normal);
        let side = match align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        let colour = rgb(colour);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(side, VPos::Center));
        done(self.area.draw(&Text::new(text, (self.device(x), self.device(y)), style)))
    }

    /// What the vertical axis shows, in the first row.
    pub fn title(&self, title: &str) -> Result<(), String> {
        let inside = self.inside();
        let y = inside.y + self.row() / 2.0 - 1.0;
        self.write(title, inside.x, y, Align::Left, self.theme.muted)
    }

    /// Says in the middle of an area why there is nothing, in rows as long as the area is wide.
    pub fn note(&self, area: Rect, note: &str) -> Result<(), String> {
        let width = area.width - 2.0 * PAD;
        let mut rows: Vec<String> = Vec::new();
        for word in note.split_whitespace() {
            match rows.last_mut() {
                Some(row) if self.text_width(row) + self.text_width(word) + 4.0 <= width => {
                    row.push(' ');
                    row.push_str(word);
                }
                _ => rows.push(word.into()),
            }
        }
        let height = rows.len() as f64 * self.row();
        if rows.is_empty() || height > area.height {
            return Ok(());
        }
        let widest = rows.iter().map(|row| self.text_width(row)).fold(0.0, f64::max);
        let middle = (area.x + area.width / 2.0, area.y + area.height / 2.0);
        let (x, top) = (middle.0 - widest / 2.0, middle.1 - height / 2.0);
        let plate = Rect { x: x - 6.0, y: top - 3.0, width: widest + 12.0, height: height + 6.0 };
        self.fill(plate, self.theme.surface)?;
        for (row, place) in rows.iter().zip(0..) {
            let y = top + (f64::from(place) + 0.5) * self.row();
            self.write(&self.fitted(row, width), middle.0, y, Align::Centre, self.theme.muted)?;
        }
        Ok(())
    }

    /// About how wide a text is: rather too wide than too narrow in most fonts.
    pub fn text_width(&self, text: &str) -> f64 {
        text_width(text, self.font)
    }

    /// The text, shortened to fit; empty if not even a few letters do.
    pub fn fitted(&self, text: &str, width: f64) -> String {
        // Widths come out of sums, so the room made for this very text may be a hair too small.
        if self.text_width(text) <= width + 0.01 {
            return text.into();
        }
        let mut kept: Vec<char> = text.chars().collect();
        while kept.len() > 3 {
            kept.pop();
            let short = format!("{}…", kept.iter().collect::<String>().trim_end());
            if self.text_width(&short) <= width {
                return short;
            }
        }
        String::new()
    }
}

/// About how wide a text is in letters of this size.
pub(super) fn text_width(text: &str, font: f64) -> f64 {
    text.chars().map(letter_width).sum::<f64>() * font
}

/// The size of letters on a surface as wide as this.
pub(super) fn font_for(width: f64) -> f64 {
    if width >= 900.0 { 12.0 } else { 11.0 }
}

/// Widths in shares of the font size, after DejaVu Sans, the widest of the usual screen fonts.
fn letter_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '|' | '\'' | '.' | ',' | ':' | ' ' => 0.34,
        'f' | 't' | 'r' | '(' | ')' | '-' | '[' | ']' | '/' => 0.41,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' | '▲' | '■' | '\u{2003}' => 1.0,
        'A'..='Z' => 0.74,
        '−' | '→' | '↓' | '=' | '+' => 0.84,
        _ => 0.62,
    }
}

fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn done<E: std::error::Error + Send + Sync>(
    result: Result<(), DrawingAreaErrorKind<E>>,
) -> Result<(), String> {
    result.map_err(|error| error.to_string())
}
