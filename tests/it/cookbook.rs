//! The recipe: a complete small experiment, written with public items only, in a registry of its own. One neuron hears
//! inputs of which half are correlated; does its rule find them?

use get_size2::GetSize;

use stdp_playground::kit::figure::{Histogram, Window, over_time};
use stdp_playground::kit::params::{CellKind, Generator, HomeostasisKind, LearningParams, RATE};
use stdp_playground::lab::panel::{Axis, PanelKind};
use stdp_playground::lab::param::Params;
use stdp_playground::lab::{self, *};
use stdp_playground::plot::{self, Theme};
use stdp_playground::record::figure::{Curve, Figure, LineStyle};
use stdp_playground::record::{ArrayView, Hasher, RasterLog, WeightsFile};
use stdp_playground::sim::encode::Group;
use stdp_playground::sim::{Fault, Stream, Tick, fan_in::FanIn};

/// Parameters: declared once, at their fields.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
struct Finder {
    /// Which neuron listens.
    #[group("neuron", "Neuron")]
    #[param("Neuron", main, default = CellKind::Linear)]
    cell: CellKind,
    #[nest]
    learning: LearningParams,
    /// What else acts on the weights.
    #[param("Homeostasis")]
    homeostasis: HomeostasisKind,
    #[group("inputs", "Inputs")]
    #[nest]
    generator: Generator,
    /// Pairwise correlation within the first half.
    #[param("Correlation", symbol = "c", range = linear(0.0, 1.0, 0.01), main, default = 0.3)]
    correlation: f64,
    /// How many there are.
    #[param("Inputs", range = 2..=500, default = 40)]
    num_inputs: u32,
    /// Of every input.
    #[param("Input rate", unit = Hz, range = RATE, default = 10.0)]
    rate_hz: f64,
}

/// The run: a model knows nothing of figures.
#[derive(Clone, GetSize)]
struct Run {
    neuron: FanIn,
    log: RasterLog,
    lead: Vec<f32>,
}

const TICKS: Tick = 200_000;
const BLOCK: Tick = TICKS / 100;

impl Run {
    fn new(p: &Finder, seed: u32) -> Self {
        let (num, grid) = (p.num_inputs, p.cell.grid());
        let group = [Group { size: num / 2, correlation: p.correlation as f32 }];
        let source = p.generator.source((num, TICKS), p.rate_hz, &group, grid, (seed, "input"));
        let mut initial = Stream::new(seed, "weights");
        let weights = (0..num).map(|_| initial.between(0.2, 0.8)).collect();
        let (cell, gain) = p.cell.build(num, grid, seed);
        let mut neuron = FanIn::new(grid, source, cell, weights, gain, None);
        neuron.rule = p.learning.build_rule(num as usize, grid, seed);
        neuron.homeostasis = p.homeostasis.build(num, grid);
        Self { neuron, log: RasterLog::new(10_000), lead: Vec::new() }
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
        self.log.push(tick, self.neuron.spikes());
        if (tick + 1).is_multiple_of(BLOCK) {
            self.lead.push(self.lead());
        }
    }
    fn num_ticks(&self) -> Tick {
        TICKS
    }
    fn trial_ticks(&self) -> Tick {
        BLOCK
    }
    fn phase(&self, _: Tick) -> String {
        format!("lead {:.2}", self.lead())
    }
    fn summary(&self, _: Tick) -> Vec<(&'static str, f64)> {
        vec![("lead", self.lead().into())]
    }
    fn look(&mut self, now: Tick) -> Option<Fault> {
        Fault::non_finite(now, "inputs", [("weight", &self.neuron.weights[..])])
    }
    fn populations(&self) -> Vec<Population> {
        Population::all(["input", "output"], [self.neuron.weights.len() as u32, 1])
    }
    fn weights(&self) -> Vec<ArrayView<'_>> {
        vec![ArrayView::row("weights", &self.neuron.weights)]
    }
    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let shape = [self.neuron.weights.len() as u32];
        self.neuron.weights.copy_from_slice(file.array("weights", &shape)?);
        Ok(())
    }
}

/// Figures have names.
#[derive(Clone, Copy)]
enum Fig {
    Lead,
    Weights,
}

impl Fig {
    const ALL: [Self; 2] = [Self::Lead, Self::Weights];
    fn panel(self) -> Panel {
        let axis = |label| Axis::new(label, Unit::None);
        let (key, title, x, y) = match self {
            Self::Lead => ("lead", "Lead of the group", Axis::new("time", Unit::S), axis("weight")),
            Self::Weights => ("histogram", "Weights now", axis("weight"), axis("share")),
        };
        Panel::new(key, title, PanelKind::Curve, (x, y))
    }
}

impl Draw<Run> for Fig {
    fn draw(self, run: &Run, now: Tick) -> Figure {
        let (line, reach, range) = match self {
            Self::Lead => {
                let line = over_time("lead", &run.lead, 0.2, LineStyle::Main);
                (line, Window::latest(now, 20_000.0, 0.1).width_ms as f32 / 1_000.0, (-1.0, 1.0))
            }
            Self::Weights => {
                let bins = Histogram { low: 0.0, high: 1.0, num_bins: 10 };
                (bins.outline("all", &run.neuron.weights), 1.0, (0.0, 1.0))
            }
        };
        let (x_range, lines) = ((0.0, reach), vec![line]);
        Figure::Curve(Curve { x_range, y_range: range, lines, ..Curve::default() })
    }
}

impl Experiment for Finder {
    fn panels(&self) -> Vec<Panel> {
        Fig::ALL.map(Fig::panel).into()
    }
    fn contrasts(&self) -> &'static [Contrast] {
        &[("no learning", &[("rule", "none")])]
    }
}

fn build(spec: &Spec) -> Box<dyn Runner> {
    Box::new(ModelRun::new(Run::new(spec.params_of(), spec.seed), 0.1, Fig::ALL))
}

const FEW: Preset = Preset { id: "few", label: "Few inputs", help: "", link: "num_inputs=20" };
const ENTRY: Entry = Entry {
    id: "finder",
    title: "Finder",
    revision: 1,
    presets: &[FEW],
    measures: &[Measure::new("lead", "Lead", Unit::None, "Of the group's mean weight.").main()],
    success: Some(Success { what: "the group won", is_met: |of| Some(of("lead")? > 0.2) }),
    defaults: || Box::new(Finder::default()),
};
static ENTRIES: [Entry; 1] = [ENTRY];
const REGISTRY: Registry = Registry(&ENTRIES);

#[test]
fn it_runs_links_renders_and_sweeps() {
    // Links: a preset, a value out of range that is told, and back to text.
    let (link, notices) = lab::link::parse("preset=few&correlation=2&rate_hz=12,5", REGISTRY);
    assert_eq!(notices.len(), 1, "{notices:?}");
    let text = link.print();
    assert_eq!(text, "demo=finder&v=1&correlation=1&num_inputs=20&rate_hz=12.5");
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
        let svg = plot::svg(panel, &figure, None, &Theme::light(), 480, 300).expect("a picture");
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
        [&link.spec, &control].map(|spec| lab::seeds::successes(&sweep(spec), &ENTRIES[0]));
    assert_eq!((learning, frozen), (Some((10, 10)), Some((0, 10))));
}
