//! The recipe: a complete small experiment, written with public items only, in a registry of its own. One neuron hears
//! inputs of which half are correlated; does its rule find them?

use get_size2::GetSize;
use stdp_playground::kit::figure::{Histogram, over_run, over_time};
use stdp_playground::kit::params::{CellKind, Generator, HomeostasisKind, LearningParams};
use stdp_playground::lab::{self, *};
use stdp_playground::record::figure::{Curve, LineStyle};
use stdp_playground::record::{ArrayView, Hasher};
use stdp_playground::sim::fast::fan_in::FanIn;
use stdp_playground::sim::{Tick, encode::Group};

/// Parameters: declared once, at their fields.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
struct Finder {
    #[group("neuron", "Neuron")]
    #[nest]
    learning: LearningParams,
    /// What else acts on the weights.
    #[param("Homeostasis")]
    homeostasis: HomeostasisKind,
    /// Pairwise correlation within the first half.
    #[group("inputs", "Inputs")]
    #[param("Correlation", symbol = "c", range = linear(0.0, 1.0, 0.01), main, default = 0.3)]
    correlation: f64,
    /// How many there are.
    #[param("Inputs", range = 2..=500, default = 40)]
    num_inputs: u32,
}

/// The run: a model knows nothing of figures.
#[derive(Clone, GetSize)]
struct Run {
    neuron: FanIn,
    lead: Vec<f32>,
}

const TICKS: Tick = 200_000;

impl Run {
    fn new(p: &Finder, seed: u32) -> Self {
        let (num, grid) = (p.num_inputs, CellKind::Linear.grid());
        let group = [Group { size: num / 2, correlation: p.correlation as f32 }];
        let source = Generator::default().source((num, TICKS), 10.0, &group, grid, (seed, "input"));
        let (cell, gain) = CellKind::Linear.build(num, grid, seed);
        let mut neuron = FanIn::new(grid, source, cell, vec![0.5; num as usize], gain, None);
        neuron.rule = p.learning.build_rule(num as usize, grid, seed);
        neuron.homeostasis = p.homeostasis.build(num, grid);
        Self { neuron, lead: Vec::new() }
    }

    fn lead(&self) -> f32 {
        let (group, rest) = self.neuron.weights.split_at(self.neuron.weights.len() / 2);
        let mean = |w: &[f32]| w.iter().sum::<f32>() / w.len() as f32;
        mean(group) - mean(rest)
    }
}

impl Model for Run {
    type Params = Finder;
    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.neuron.step();
        hasher.spikes(tick, 0, self.neuron.spikes());
        hasher.spikes(tick, 1, self.neuron.fired());
        if self.ticks_to_trial_end(tick) == 1 {
            self.lead.push(self.lead());
        }
    }
    fn num_ticks(&self) -> Tick {
        TICKS
    }
    fn summary(&self, _: Tick) -> Vec<(&'static str, f64)> {
        vec![("lead", self.lead().into())]
    }
    fn populations(&self) -> Vec<Population> {
        Population::all(["input", "output"], [self.neuron.weights.len() as u32, 1])
    }
    fn weights(&self) -> Vec<ArrayView<'_>> {
        vec![ArrayView::row("weights", &self.neuron.weights)]
    }
    fn weights_mut(&mut self) -> Vec<&mut [f32]> {
        vec![&mut self.neuron.weights]
    }
}

/// Its figures: declared once, at their names.
#[derive(Clone, Copy, Figures)]
#[figures(of = Run)]
enum Fig {
    #[figure("Lead of the group", curve("time" in S, "weight"), draw = lead)]
    Lead,
    #[figure("Weights now", curve("weight", "share" in Share), draw = weights)]
    Weights,
}

fn lead(run: &Run, _: Tick) -> Curve {
    over_run(vec![over_time("lead", &run.lead, 0.1, LineStyle::Main)], (-1.0, 1.0), (0.1, 20.0))
}

fn weights(run: &Run, _: Tick) -> Curve {
    let bins = Histogram { low: 0.0, high: 1.0, num_bins: 10 };
    over_run(vec![bins.outline("all", &run.neuron.weights)], (0.0, 1.0), (0.1, 1.0))
}

impl Experiment for Finder {
    fn panels(&self) -> Vec<Panel> {
        panels(Fig::ALL)
    }
    fn contrasts(&self) -> &'static [Contrast] {
        &[("no learning", &[("rule", "none")])]
    }
}

fn build(spec: &Spec) -> Box<dyn Runner> {
    Box::new(ModelRun::new(Run::new(spec.params_of(), spec.seed), 0.1, Fig::ALL))
}

const REGISTRY: Registry = Registry(&[Entry {
    presets: &[Preset {
        id: "few",
        group: "",
        label: "Few inputs",
        help: "",
        link: "num_inputs=20",
    }],
    measures: &[Measure::new("lead", "Lead", Unit::None, "Of the group's mean weight.").main()],
    success: Some(Success { what: "the group won", is_met: |of| Some(of("lead")? > 0.2) }),
    ..Entry::of::<Finder>("finder", "Finder")
}]);

#[test]
fn it_runs_links_renders_and_sweeps() {
    // Links: a preset, a value out of range that is told, and back to text.
    let (link, notices) = lab::link::parse("preset=few&correlation=2&ratio=1,2", REGISTRY);
    assert_eq!(notices.len(), 1, "{notices:?}");
    let text = link.print();
    assert_eq!(text, "demo=finder&v=1&ratio=1.2&correlation=1&num_inputs=20");
    let (again, notices) = lab::link::parse(&text, REGISTRY);
    assert!(notices.is_empty() && again.spec == link.spec);
    // Runs, is wound back, and comes out the same.
    let (link, _) = lab::link::parse("finder", REGISTRY);
    let mut session = Session::new(link.spec.clone(), build);
    session.keep_past(1 << 20);
    session.run_to_end();
    let end = session.runner.fingerprint();
    session.go_to(TICKS / 3);
    session.run_to_end();
    assert_eq!(session.runner.fingerprint(), end);
    // Renders every figure.
    for (idx, figure) in session.runner.figures(&|_| true) {
        let panel = &session.spec.panels()[idx as usize];
        let svg = stdp_playground::plot::svg(
            panel,
            &figure,
            None,
            &stdp_playground::plot::Theme::light(),
            480,
            300,
        )
        .expect("a picture");
        assert!(svg.contains("polyline") && svg.len() > 2_000, "{}: {svg}", panel.key);
    }
    // Sweeps over seeds, beside its control.
    let sweep = |spec: &Spec| -> Vec<SeedOutcome> {
        let of = |seed| {
            let mut session = Session::new(Spec { seed, ..spec.clone() }, build);
            session.run_to_end();
            SeedOutcome::of(&session)
        };
        (1..=10).map(of).collect()
    };
    let (_, control) = link.spec.controls().remove(0);
    let [learning, frozen] =
        [&link.spec, &control].map(|spec| lab::seeds::successes(&sweep(spec), REGISTRY.first()));
    assert_eq!((learning, frozen), (Some((10, 10)), Some((0, 10))));
}
