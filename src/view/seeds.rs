//! The same run from many seeds: each faint, the median and the middle half, how many succeeded, and the
//! table. Where two runs are compared, both.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::dom;
use super::page::Page;
use super::picture::picture;
use super::pool::{News, Pool};
use super::reactive::{El, button, effect, el};
use super::save;
use super::saved::{self, Button};
use super::theme::Surface;
use super::zoom::Drawn;
use crate::lab::digits::short;
use crate::lab::link::{self, Link, PageOptions};
use crate::lab::panel::{Panel, PanelKind};
use crate::lab::seeds::{self, SeedOutcome};
use crate::lab::{Axis, Measure, Spec, Unit, decimal};
use crate::record::Figure;
use crate::record::figure::{Curve, Line, LineStyle};

/// Numbers of seeds to choose from.
const COUNTS: [u32; 5] = [10, 20, 50, 100, 200];

/// Of runs this long fewer are proposed.
const LONG_MS: f64 = 1_200_000.0;

/// How far the runs are.
#[derive(Clone, Default, PartialEq)]
struct State {
    is_running: bool,
    share: f64,
    started_ms: f64,
    took_ms: f64,
    /// The first share that was told, and when.
    first: (f64, f64),
    trouble: Option<String>,
    /// What each run came to: A, and B if there is one.
    outcomes: [Vec<SeedOutcome>; 2],
}

/// The card's state and what can be done to it.
#[derive(Clone, Copy)]
struct Seeds {
    page: Page,
    /// By the visitor.
    chosen: RwSignal<Option<u32>>,
    /// A run takes some seconds.
    is_long: Memo<bool>,
    state: RwSignal<State>,
    pool: StoredValue<Option<Rc<Pool>>, LocalStorage>,
}

impl Seeds {
    fn count(self) -> u32 {
        let proposed = if self.is_long.get() { COUNTS[0] } else { COUNTS[1] };
        self.chosen.get().unwrap_or(proposed)
    }

    fn start(self) {
        let (links, num_sides) = self.page.link.with_untracked(|link| {
            let sides: Vec<&Spec> = std::iter::once(&link.spec).chain(&link.twin).collect();
            let seeds = 0..untrack(|| self.count());
            let links = seeds.flat_map(|i| sides.iter().map(move |side| with_seed(side, i)));
            (links.collect::<Vec<_>>(), sides.len())
        });
        let started_ms = dom::now_ms();
        self.state.set(State { is_running: true, started_ms, ..State::default() });
        let tell = move |news| {
            let took_ms = dom::now_ms() - started_ms;
            self.state.update(|state| match news {
                News::Progress(share) => {
                    // Fetching and starting the simulator tells nothing of how long runs take.
                    if state.share == 0.0 {
                        state.first = (share, took_ms);
                    }
                    (state.share, state.took_ms) = (share, took_ms);
                }
                News::Done(job, outcome) => {
                    let side = &mut state.outcomes[job % num_sides];
                    let place = side.iter().take_while(|o| o.seed < outcome.seed).count();
                    side.insert(place, outcome);
                }
                News::Over => (state.is_running, state.took_ms) = (false, took_ms),
                News::Failed(why) => {
                    state.is_running = false;
                    state.trouble = Some(why);
                }
            });
            if !self.state.with_untracked(|state| state.is_running) {
                // Not from within the pool's own call.
                dom::after_ms(0, move || self.stop());
            }
        };
        self.pool.set_value(Some(Pool::start(links, self.page.file_commands(), tell)));
    }

    fn stop(self) {
        // The card may be gone by now.
        _ = self.state.try_update(|state| state.is_running = false);
        self.pool.try_update_value(Option::take);
    }

    fn entry_says(self, side: usize) -> Option<String> {
        let entry = self.page.link.with(|link| link.spec.entry);
        let success = entry.success?;
        let (met, all) = self.state.with(|s| seeds::successes(&s.outcomes[side], entry))?;
        let (low, high) = seeds::wilson(met, all);
        let percent = |share: f64| short((share * 1_000.0).round() / 10.0);
        Some(format!(
            "In {met} of {all} runs {} ({} %; 95 % interval {} to {} %).",
            success.what,
            percent(f64::from(met) / f64::from(all)),
            percent(low),
            percent(high),
        ))
    }
}

/// The link of the run from the seed that many after its own.
fn with_seed(spec: &Spec, after: u32) -> String {
    let spec = Spec { seed: spec.seed.wrapping_add(after), ..spec.clone() };
    link::print(&spec, &PageOptions::default())
}

/// The card.
pub fn card(page: Page, surface: Surface) -> El {
    let seeds = Seeds {
        page,
        chosen: RwSignal::new(None),
        is_long: Memo::new(move |_| page.frame.with(|frame| frame.total_ms > LONG_MS)),
        state: RwSignal::new(State::default()),
        pool: StoredValue::new_local(None),
    };
    // Results of another run are nobody's.
    let run = Memo::new(move |_| page.link.with(run_of));
    effect(move || {
        // Read, since a memo that nobody reads follows nothing.
        run.with(|_| ());
        seeds.stop();
        seeds.state.set(State::default());
    });
    on_cleanup(move || _ = seeds.pool.try_update_value(Option::take));
    let is_running = move || seeds.state.with(|state| state.is_running);
    let has_any = move || seeds.state.with(|state| !state.outcomes[0].is_empty());
    el("SECTION")
        .class("panel seeds")
        .attr("data-panel", "seeds")
        .attr("data-width", "full")
        .attr_of("data-state", move || Some(if is_running() { "running" } else { "idle" }.into()))
        .attr("aria-labelledby", "seeds-heading")
        .child(el("HEADER").child(el("H2").attr("id", "seeds-heading").text("Many seeds")))
        .child(start_row(seeds))
        .child_if(is_running, move || progress(seeds))
        .child_if(has_any, move || results(seeds, surface))
}

/// What the seeds are of, without the seed.
fn run_of(link: &Link) -> String {
    let spec = |spec: &Spec| with_seed(&Spec { seed: 0, ..spec.clone() }, 0);
    spec(&link.spec) + &link.twin.as_ref().map_or(String::new(), spec)
}

fn start_row(seeds: Seeds) -> El {
    let is_running = move || seeds.state.with(|state| state.is_running);
    let option = move |count: u32| {
        el("OPTION")
            .attr("value", count.to_string())
            .attr_if("selected", move || seeds.count() == count)
            .text(count.to_string())
    };
    let select = el("SELECT")
        .attr("name", "num_seeds")
        .on_change(move |text| {
            if let Some(count) = decimal::parse(&text) {
                seeds.chosen.set(Some(count as u32));
            }
        })
        .children(COUNTS.map(option));
    let label = move || if is_running() { "Cancel" } else { "Run all" }.into();
    let toggle = move |_| {
        if seeds.state.with_untracked(|s| s.is_running) { seeds.stop() } else { seeds.start() }
    };
    let save_table = move || {
        let name = seeds.page.link.with_untracked(|link| link.spec.entry.id);
        seeds.state.with_untracked(|state| {
            for (side, outcomes) in ["", "-b"].iter().zip(&state.outcomes) {
                if !outcomes.is_empty() {
                    let file = format!("{name}-seeds{side}.csv");
                    let saved = saved::hand_over(Button::Seeds, file, &seeds::table(outcomes));
                    seeds.page.saved.set(Some(saved));
                }
            }
        });
    };
    let has_any = move || seeds.state.with(|state| !state.outcomes[0].is_empty());
    let told = move || {
        seeds.state.with(|state| match &state.trouble {
            Some(why) => format!("Stopped: {why}. What was done is shown."),
            None => "Repeats this run with the seeds after it, on all cores.".into(),
        })
    };
    el("DIV")
        .class("seeds-start")
        .child(el("LABEL").class("inline").text("Seeds ").child(select))
        .child(el("BUTTON").attr("type", "button").text_of(label).on("click", toggle))
        .child_if(has_any, move || button("Save the table", save_table))
        .child(el("P").class("help").attr("role", "status").text_of(told))
        .child(save::note(seeds.page, Button::Seeds))
}

fn progress(seeds: Seeds) -> El {
    let text = move || {
        seeds.state.with(|state| {
            let (first_share, first_ms) = state.first;
            let gained = state.share - first_share;
            let left_ms = (state.took_ms - first_ms) * (1.0 - state.share) / gained.max(1e-6);
            let left = match gained {
                gained if gained < 0.02 => "starting".into(),
                _ => format!("about {} s left", short((left_ms / 1_000.0).ceil())),
            };
            let done = state.outcomes[0].len() + state.outcomes[1].len();
            format!("{done} runs done, {left}")
        })
    };
    el("DIV")
        .class("seeds-progress")
        .child(
            el("PROGRESS")
                .attr("max", "1")
                .attr("aria-label", "Progress of the seeds")
                .value(move || seeds.state.with(|state| state.share).to_string()),
        )
        .child(el("SPAN").text_of(text))
}

fn results(seeds: Seeds, surface: Surface) -> El {
    let verdicts = move || {
        let sides = seeds.state.with(|state| usize::from(!state.outcomes[1].is_empty()) + 1);
        (0..sides).filter_map(move |side| {
            let says = seeds.entry_says(side)?;
            let name = if sides == 1 { "" } else { ["A: ", "B: "][side] };
            Some(el("P").class("verdict").text(format!("{name}{says}")))
        })
    };
    let panel = Memo::new(move |_| {
        let panels = seeds.page.link.with(|link| link.spec.panels());
        panels.iter().zip(0..).find(|(panel, _)| panel.shows_other_seeds).map(|(p, i)| (*p, i))
    });
    let drawn = Memo::new(move |_| Drawn(figure_of(seeds, panel.get())));
    let has_curves =
        move || seeds.state.with(|s| s.outcomes[0].iter().any(|o| !o.curve.is_empty()));
    let curves = move || {
        let of = panel.get_untracked();
        let (title, x, y) = of.map_or(("", Axis::NONE, Axis::NONE), |(p, _)| (p.title, p.x, p.y));
        let own = Panel::new("seeds", title, PanelKind::Curve, (x, y));
        let caption = "Line: median. Band: middle half. Thin: single seeds.";
        el("DIV")
            .child(el("H3").text(title))
            .child(picture(surface, own, format!("{title}, many seeds"), drawn, None))
            .child(el("P").class("caption").text(caption))
    };
    el("DIV")
        .class("seeds-results")
        .children_of(verdicts)
        .child_if(move || has_curves() && panel.with(Option::is_some), curves)
        .child(table(seeds))
}

/// Every run faint, the middle half filled, the median in front; A's and B's with the same axes.
fn figure_of(seeds: Seeds, panel: Option<(Panel, u16)>) -> Option<Arc<Figure>> {
    let (_, idx) = panel?;
    // The run on screen has the axes.
    let shown = seeds.page.figure(idx).get()?;
    let Figure::Curve(axes) = &*shown else { return None };
    let mut curve = Curve { lines: Vec::new(), marks: Vec::new(), ..axes.clone() };
    let x_of = |len: usize| (1..=len).map(|block| block as f32 * axes.per_block).collect();
    seeds.state.with(|state| {
        let num_sides = if state.outcomes[1].is_empty() { 1 } else { 2 };
        let names: &[&str] = if num_sides == 1 { &["median"] } else { &["A", "B"] };
        for (name, outcomes) in names.iter().zip(&state.outcomes) {
            let [low, median, high] = [0.25, 0.5, 0.75].map(|share| seeds::band(outcomes, share));
            let mut middle = Line::new(name, x_of(low.len()), low, LineStyle::Band)
                .named(format!("{name}, middle half"));
            middle.errors = high.iter().zip(&middle.y).map(|(high, low)| high - low).collect();
            curve.lines.push(Line::new(name, x_of(median.len()), median, LineStyle::Main));
            curve.lines.push(middle);
            curve.lines.extend(outcomes.iter().map(|outcome| {
                let (x, y) = (x_of(outcome.curve.len()), outcome.curve.clone());
                let own_name = format!("{name}, seed {}", outcome.seed);
                Line::new(name, x, y, LineStyle::Member).named(own_name)
            }));
        }
        // Other seeds may go where this one does not.
        curve.reach(state.outcomes.iter().flatten().flat_map(|outcome| &outcome.curve));
    });
    Some(Arc::new(Figure::Curve(curve)))
}

/// Median and middle half of every result.
fn table(seeds: Seeds) -> El {
    let entry = move || seeds.page.link.with_untracked(|link| link.spec.entry);
    let cells = |outcomes: &[SeedOutcome], measure: &Measure| {
        let mut values: Vec<f64> = outcomes.iter().filter_map(|o| o.get(measure.name)).collect();
        let [middle, range] = match measure.unit {
            Unit::YesNo => {
                let yes = values.iter().filter(|value| **value > 0.5).count();
                [format!("yes in {yes} of {}", values.len()), String::new()]
            }
            _ => {
                let (known, all) = (values.len(), outcomes.len());
                let mut at = |share| {
                    seeds::quantile(&mut values, share).map_or("–".into(), |q| measure.text(q))
                };
                let range = format!("{} to {}", at(0.25), at(0.75));
                // Some runs never come to what is measured.
                let of =
                    if known < all { format!(" ({known} of {all} runs)") } else { String::new() };
                [at(0.5) + &of, range]
            }
        };
        [middle, range].map(|text| el("TD").text(text))
    };
    let rows = move || {
        seeds.state.with(|state| {
            let all: Vec<&str> = seeds::names(state.outcomes.iter().flatten());
            let sides = || state.outcomes.iter().filter(|outcomes| !outcomes.is_empty());
            let row = |measure: &Measure| {
                let cells = sides().flat_map(|outcomes| cells(outcomes, measure));
                let head = el("TH").attr("scope", "row").attr("title", measure.help);
                el("TR").child(head.text(measure.label)).children(cells)
            };
            let known = entry().measures.iter().filter(|measure| all.contains(&measure.name));
            known.map(row).collect::<Vec<_>>()
        })
    };
    let head = move || {
        let has_two = seeds.state.with(|state| !state.outcomes[1].is_empty());
        let names: &[&str] = if has_two {
            &["result", "A, median", "middle half", "B, median", "middle half"]
        } else {
            &["result", "median", "middle half"]
        };
        names.iter().map(|name| el("TH").attr("scope", "col").text(*name)).collect::<Vec<_>>()
    };
    let table = el("TABLE")
        .child(el("THEAD").child(el("TR").children_of(head)))
        .child(el("TBODY").children_of(rows));
    el("DIV")
        .class("table-scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "Results over seeds")
        .child(table)
}
