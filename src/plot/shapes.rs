//! For tests: reads back what an SVG of ours consists of.

use super::Rect;

/// A filled polygon in CSS pixels.
pub struct Shape {
    pub fill: String,
    pub points: Vec<(f64, f64)>,
}

/// What an SVG of ours consists of, in CSS pixels.
#[derive(Default)]
pub struct Shapes {
    pub texts: Vec<(String, Rect)>,
    pub polygons: Vec<Shape>,
    pub strokes: usize,
    pub rects: usize,
    all_points: Vec<(f64, f64)>,
}

impl Shapes {
    pub fn read(document: &str) -> Self {
        let mut shapes = Self::default();
        let width = length(attribute(document, "width"));
        let view = attribute(document, "viewBox");
        let unit = width / view.split(' ').nth(2).unwrap().parse::<f64>().unwrap();
        let lines: Vec<&str> = document.lines().collect();
        for (idx, line) in lines.iter().enumerate() {
            let number = |key: &str| attribute(line, key).parse::<f64>().unwrap() * unit;
            if line.starts_with("<text") {
                shapes.push_text(line, lines[idx + 1], unit);
            } else if line.starts_with("<rect") {
                let (x, y) = (number("x"), number("y"));
                shapes.all_points.extend([(x, y), (x + number("width"), y + number("height"))]);
                shapes.rects += 1;
            } else if line.starts_with("<circle") {
                let (x, y, r) = (number("cx"), number("cy"), number("r"));
                shapes.all_points.extend([(x - r, y - r), (x + r, y + r)]);
            } else if line.starts_with("<poly") {
                let points: Vec<(f64, f64)> = attribute(line, "points")
                    .split_whitespace()
                    .map(|pair| pair.split_once(',').unwrap())
                    .map(|(x, y)| {
                        (x.parse::<f64>().unwrap() * unit, y.parse::<f64>().unwrap() * unit)
                    })
                    .collect();
                shapes.all_points.extend(&points);
                if line.starts_with("<polyline") {
                    shapes.strokes += 1;
                } else {
                    shapes.polygons.push(Shape { fill: attribute(line, "fill").into(), points });
                }
            }
        }
        shapes
    }

    /// Texts are taken to be as wide as in DejaVu Sans.
    fn push_text(&mut self, line: &str, text: &str, unit: f64) {
        let number = |key: &str| attribute(line, key).parse::<f64>().unwrap() * unit;
        let (x, y, font) = (number("x"), number("y"), number("font-size"));
        let width = text.chars().map(dejavu_width).sum::<f64>() * font;
        let x = match attribute(line, "text-anchor") {
            "start" => x,
            "middle" => x - width / 2.0,
            _ => x - width,
        };
        let rect = Rect { x, y: y - 0.4 * font, width, height: 0.8 * font };
        self.all_points.extend([(x, rect.y), (rect.right(), rect.bottom())]);
        self.texts.push((text.into(), rect));
    }

    pub fn has_text(&self, text: &str) -> bool {
        self.texts.iter().any(|(other, _)| other == text)
    }

    pub fn outside(&self, width: u32, height: u32) -> Vec<(f64, f64)> {
        let area = Rect { x: 0.0, y: 0.0, width: width.into(), height: height.into() };
        self.all_points.iter().copied().filter(|(x, y)| !area.contains(*x, *y, 0.5)).collect()
    }

    pub fn overlapping_texts(&self) -> Vec<(&str, &str)> {
        let mut found = Vec::new();
        for (idx, (a, first)) in self.texts.iter().enumerate() {
            for (b, second) in &self.texts[idx + 1..] {
                let apart = first.x >= second.right()
                    || second.x >= first.right()
                    || first.y >= second.bottom()
                    || second.y >= first.bottom();
                if !apart {
                    found.push((a.as_str(), b.as_str()));
                }
            }
        }
        found
    }
}

fn dejavu_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' => 0.28,
        ' ' | ',' | '.' => 0.32,
        'f' | 't' | 'r' | '(' | ')' => 0.40,
        's' | 'c' | 'z' | 'v' | 'x' | 'y' | 'k' => 0.56,
        'm' | 'M' | 'W' => 0.98,
        'w' | '−' | '↓' | '→' => 0.83,
        'A'..='Z' => 0.68,
        '▲' | '■' => 0.95,
        '…' | '\u{2003}' => 1.0,
        _ => 0.63,
    }
}

/// CSS pixels.
fn length(text: &str) -> f64 {
    match text.strip_suffix("mm") {
        Some(mm) => mm.parse::<f64>().unwrap() * 96.0 / 25.4,
        None => text.parse().unwrap(),
    }
}

pub fn attribute<'a>(text: &'a str, key: &str) -> &'a str {
    let start = text.find(&format!(" {key}=\"")).unwrap() + key.len() + 3;
    text[start..].split('"').next().unwrap()
}
