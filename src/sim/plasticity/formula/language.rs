//! A small language for rules of the visitor's own: from a text to a program, and what that comes to.
//!
//! Numbers, `+ − * / ^`, parentheses, comparisons (1 if true, 0 if not), functions and named variables, as everywhere: `^`
//! before a sign, a sign before `*`, `*` before `+`, `+` before comparisons. Nothing else: no loop, no assignment.
//!
//! A text becomes steps of a stack machine, whose size is limited before it runs, so that any text is either a program that
//! ends or a message that says where it stops making sense. All is in single precision with the functions of
//! [`math`](crate::math), whose bits are the same on every platform.

use super::program::{Formula, MOST_DEEP, Step, Variable};
use crate::decimal;

/// Letters of a formula at most.
pub const MOST_LETTERS: usize = 400;
/// Steps of a program at most.
const MOST_STEPS: usize = 200;

/// All names, and what they stand for. A program may write the first as the second.
pub const NAMES: [(&str, Variable); 11] = [
    ("x", Variable::X),
    ("x_slow", Variable::XSlow),
    ("y", Variable::Y),
    ("y_slow", Variable::YSlow),
    ("w", Variable::W),
    ("w_max", Variable::WMax),
    ("v", Variable::V),
    ("x_pre", Variable::X),
    ("x_pre_slow", Variable::XSlow),
    ("y_post", Variable::Y),
    ("y_post_slow", Variable::YSlow),
];

/// Functions of one number.
const OF_ONE: [(&str, Step); 7] = [
    ("exp", Step::Exp),
    ("log", Step::Log),
    ("ln", Step::Log),
    ("sqrt", Step::Sqrt),
    ("abs", Step::Abs),
    ("step", Step::Heaviside),
    ("pos", Step::Positive),
];
/// Functions of two numbers or more.
const OF_MORE: [(&str, Step); 2] = [("min", Step::Min), ("max", Step::Max)];
/// Comparisons, longer ones first.
const COMPARISONS: [(&str, Step); 6] = [
    ("<=", Step::AtMost),
    (">=", Step::AtLeast),
    ("==", Step::Equal),
    ("!=", Step::Unequal),
    ("<", Step::Below),
    (">", Step::Above),
];

/// Where and why a text is no formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// The letter at which it stops making sense, counted from 1.
    pub at: usize,
    /// What stands there, the rule, and what to do.
    pub message: String,
}

impl std::fmt::Display for Misread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at character {}: {}", self.at, self.message)
    }
}

impl Formula {
    /// Reads a text. Nothing at all is 0.
    ///
    /// # Errors
    /// Where it stops making sense, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let letters: Vec<char> = text.chars().map(plain).collect();
        let mut reader = Reader { letters, at: 0, steps: Vec::new(), deep: 0, level: 0 };
        if reader.letters.len() > MOST_LETTERS {
            reader.at = MOST_LETTERS;
            return reader
                .misread(format!("more than {MOST_LETTERS} characters. Make it shorter."));
        }
        reader.skip();
        if reader.peek().is_none() {
            reader.push(Step::Number(0.0))?;
        } else {
            reader.comparison()?;
            match reader.peek() {
                None => {}
                Some(')') => {
                    return reader
                        .misread("a ) that closes nothing. Take it away, or write ( before it.");
                }
                Some(',') => {
                    return reader
                        .misread("a comma outside a function. Decimals have a point: 0.5.");
                }
                Some(found) => {
                    return reader.misread(format!(
                        "“{found}” where the formula could end. Write + − * / or ^ before it."
                    ));
                }
            }
        }
        Ok(Self { steps: reader.steps })
    }
}

/// Signs as texts have them, as programs have them.
fn plain(letter: char) -> char {
    match letter {
        '−' | '–' => '-',
        '·' | '×' => '*',
        '÷' => '/',
        letter if letter.is_whitespace() => ' ',
        letter => letter.to_ascii_lowercase(),
    }
}

/// Reads a text from left to right.
struct Reader {
    letters: Vec<char>,
    at: usize,
    steps: Vec<Step>,
    /// Numbers on the stack so far.
    deep: usize,
    /// Parts within parts.
    level: usize,
}

impl Reader {
    fn misread<T>(&self, message: impl Into<String>) -> Result<T, Misread> {
        Err(Misread { at: self.at + 1, message: message.into() })
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn skip(&mut self) {
        while self.peek() == Some(' ') {
            self.at += 1;
        }
    }

    /// Goes on behind these letters, if they come next.
    fn takes(&mut self, letters: &str) -> bool {
        let comes = letters
            .chars()
            .enumerate()
            .all(|(place, letter)| self.letters.get(self.at + place) == Some(&letter));
        if comes {
            self.at += letters.len();
            self.skip();
        }
        comes
    }

    fn push(&mut self, step: Step) -> Result<(), Misread> {
        self.deep = self.deep.saturating_add_signed(step.adds());
        if self.deep > MOST_DEEP || self.steps.len() == MOST_STEPS {
            return self.misread("too long a formula. Make it shorter, with fewer parentheses.");
        }
        self.steps.push(step);
        Ok(())
    }

    /// A part within a part: not too deep, or the machine that reads would be.
    fn within(&mut self, part: fn(&mut Self) -> Result<(), Misread>) -> Result<(), Misread> {
        if self.level == 2 * MOST_DEEP {
            return self.misread("too many parts within parts. Use fewer parentheses and signs.");
        }
        self.level += 1;
        let read = part(self);
        self.level -= 1;
        read
    }

    fn comparison(&mut self) -> Result<(), Misread> {
        self.sum()?;
        for (sign, step) in COMPARISONS {
            if self.takes(sign) {
                self.sum()?;
                self.push(step)?;
                return match COMPARISONS.iter().any(|(sign, _)| self.comes(sign)) {
                    true => self.misread("a second comparison. Put the first one in parentheses."),
                    false => Ok(()),
                };
            }
        }
        match self.peek() {
            Some('=') => {
                self.misread("a single =. To compare, write ==; a formula assigns nothing.")
            }
            _ => Ok(()),
        }
    }

    fn comes(&self, sign: &str) -> bool {
        sign.chars()
            .enumerate()
            .all(|(place, letter)| self.letters.get(self.at + place) == Some(&letter))
    }

    fn sum(&mut self) -> Result<(), Misread> {
        self.product()?;
        loop {
            let step = match self.peek() {
                Some('+') => Step::Add,
                Some('-') => Step::Subtract,
                _ => return Ok(()),
            };
            self.at += 1;
            self.skip();
            self.product()?;
            self.push(step)?;
        }
    }

    fn product(&mut self) -> Result<(), Misread> {
        self.signed()?;
        loop {
            let step = match self.peek() {
                Some('*') if !self.comes("**") => Step::Multiply,
                Some('/') => Step::Divide,
                _ => return Ok(()),
            };
            self.at += 1;
            self.skip();
            self.signed()?;
            self.push(step)?;
        }
    }

    fn signed(&mut self) -> Result<(), Misread> {
        if self.takes("-") {
            self.within(Self::signed)?;
            return self.push(Step::Negative);
        }
        if self.takes("+") {
            return self.within(Self::signed);
        }
        self.value()?;
        if self.takes("^") || self.takes("**") {
            self.within(Self::signed)?;
            self.push(Step::Power)?;
        }
        Ok(())
    }

    fn value(&mut self) -> Result<(), Misread> {
        match self.peek() {
            Some('(') => {
                self.takes("(");
                self.within(Self::comparison)?;
                self.close()
            }
            Some(letter) if letter.is_ascii_digit() || letter == '.' => self.number(),
            Some(letter) if letter.is_ascii_alphabetic() => self.name(),
            Some(letter) => self.misread(format!("“{letter}” where a number, a name or ( should stand. Write one of them.")),
            None => self.misread("the formula ends where a number or a name should stand. Write one, or take the last sign away."),
        }
    }

    fn close(&mut self) -> Result<(), Misread> {
        if self.takes(")") {
            return Ok(());
        }
        match self.peek() {
            None => self.misread("a ( is never closed. Write ) at its end."),
            Some(',') => {
                self.misread("a comma that separates nothing here. Decimals have a point: 0.5.")
            }
            Some(letter) => self.misread(format!(
                "“{letter}” where ) or a sign should stand. Write + − * / ^ or )."
            )),
        }
    }

    fn number(&mut self) -> Result<(), Misread> {
        let start = self.at;
        let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        while is_digit(self.peek()) || self.peek() == Some('.') {
            self.at += 1;
        }
        if self.peek() == Some('e') {
            let signed = matches!(self.letters.get(self.at + 1), Some('+' | '-'));
            let first = self.at + 1 + usize::from(signed);
            if is_digit(self.letters.get(first).copied()) {
                self.at = first;
                while is_digit(self.peek()) {
                    self.at += 1;
                }
            }
        }
        let text: String = self.letters[start..self.at].iter().collect();
        let number = decimal::parse(&text).map(|number| number as f32);
        let Some(number) = number.filter(|number| number.is_finite()) else {
            self.at = start;
            return self.misread(format!(
                "“{text}” is no number that a weight could be. Write one like 0.005 or 5e-3."
            ));
        };
        if self.peek().is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '(') {
            return self.misread("a number and a name side by side. Write * between them.");
        }
        self.skip();
        self.push(Step::Number(number))
    }

    fn name(&mut self) -> Result<(), Misread> {
        let start = self.at;
        while self.peek().is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
            self.at += 1;
        }
        let name: String = self.letters[start..self.at].iter().collect();
        self.skip();
        if self.peek() == Some('(') {
            return self.function(&name, start);
        }
        match NAMES.iter().find(|(known, _)| *known == name) {
            Some((_, variable)) => self.push(Step::Variable(*variable)),
            None => {
                let is_function = OF_ONE.iter().chain(&OF_MORE).any(|(known, _)| *known == name);
                self.at = start;
                match is_function {
                    true => self.misread(format!("{name} needs parentheses: write {name}(…).")),
                    false => self.misread(format!(
                        "there is no “{name}”. Names are x, x_slow, y, y_slow, w, w_max and v; functions exp, log, sqrt, abs, min, max, step and pos."
                    )),
                }
            }
        }
    }

    fn function(&mut self, name: &str, start: usize) -> Result<(), Misread> {
        if let Some((_, step)) = OF_ONE.iter().find(|(known, _)| *known == name) {
            self.takes("(");
            self.within(Self::comparison)?;
            self.close()?;
            return self.push(*step);
        }
        if let Some((_, step)) = OF_MORE.iter().find(|(known, _)| *known == name) {
            self.takes("(");
            self.within(Self::comparison)?;
            if self.peek() == Some(')') {
                return self.misread(format!(
                    "{name} of one number. Give it two or more, with commas between them."
                ));
            }
            while self.takes(",") {
                self.within(Self::comparison)?;
                self.push(*step)?;
            }
            return self.close();
        }
        self.at = start;
        match NAMES.iter().any(|(known, _)| *known == name) {
            true => self.misread(format!("{name} is no function. Write * before the parenthesis.")),
            false => self.misread(format!(
                "there is no function “{name}”. There are exp, log, sqrt, abs, min, max, step and pos."
            )),
        }
    }
}

#[cfg(test)]
mod tests;
