//! What a page says about an experiment, made of its `page.md`. The command line and the tests read it here; the page has
//! it as HTML, so its module carries none of it.

use super::{Condition, Experiment};

/// Everything that is said around the runs of an experiment.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The demo's own story.
    pub story: Story,
    /// What is said instead of it in parts and for choices that have a story of their own: the first whose condition
    /// holds.
    pub parts: &'static [(Condition, Story)],
    /// What to see in figures.
    pub captions: &'static [Caption],
}

/// What the page says about an experiment, as text.
#[derive(Clone, Copy, Debug)]
pub struct Story {
    /// What this is, in two sentences.
    pub about: &'static str,
    /// The question to answer.
    pub question: &'static str,
    /// Something to predict before it is seen.
    pub predict: Prediction,
    /// Where the film of it stops once, and asks.
    pub stop: Option<Stop>,
    /// What to change first.
    pub try_first: &'static [&'static str],
    /// What to notice.
    pub notice: &'static [Observation],
    /// Equations as MathML, each with a sentence.
    pub equations: &'static [(&'static str, &'static str)],
    /// Authors, year, title, DOI.
    pub sources: &'static [(&'static str, &'static str)],
    /// The BibTeX entries of those sources that have one.
    pub bibtex: &'static [&'static str],
    /// Where this differs from its sources.
    pub deviations: &'static [&'static str],
}

/// Something to notice.
#[derive(Clone, Copy, Debug)]
pub struct Observation {
    /// When it is true of the run on screen; always if there is none.
    pub when: Option<Condition>,
    /// What.
    pub text: &'static str,
}

/// A question that the visitor answers before the page does.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// What will happen if.
    pub question: &'static str,
    /// Possible answers.
    pub options: &'static [&'static str],
    /// The place of the right one.
    pub answer: usize,
    /// Why; shown once the visitor has chosen.
    pub because: &'static str,
}

/// What is asked before anything is seen.
#[derive(Clone, Copy, Debug)]
pub struct Prediction {
    /// The question.
    pub ask: Ask,
    /// The preset in which it is to be seen.
    pub preset: &'static str,
}

/// What is asked where the film of the prediction's preset stops once.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// The question.
    pub ask: Ask,
    /// Where, in simulated ms.
    pub at_ms: f64,
}

/// What to see in a figure.
#[derive(Clone, Copy, Debug)]
pub struct Caption {
    /// The figure's key.
    pub figure: &'static str,
    /// For which runs; for all that no other caption of this figure is for if there is none.
    pub when: Option<Condition>,
    /// The text under it.
    pub text: &'static str,
}

impl Words {
    /// The story of a run with these parameters.
    pub fn story(&self, params: &dyn Experiment) -> &Story {
        let told = self.parts.iter().find(|(when, _)| when.holds(params));
        told.map_or(&self.story, |(_, story)| story)
    }

    /// What there is to notice in a run with these parameters.
    pub fn notice(&self, params: &dyn Experiment) -> Vec<&'static str> {
        let is_true = |seen: &&Observation| seen.when.is_none_or(|when| when.holds(params));
        self.story(params).notice.iter().filter(is_true).map(|seen| seen.text).collect()
    }

    /// What to see in a figure of a run with these parameters; empty where nothing is said.
    pub fn caption(&self, figure: &str, params: &dyn Experiment) -> &'static str {
        let of_it = || self.captions.iter().filter(|caption| caption.figure == figure);
        let own = of_it().find(|caption| caption.when.is_some_and(|when| when.holds(params)));
        own.or_else(|| of_it().find(|caption| caption.when.is_none())).map_or("", |it| it.text)
    }
}
