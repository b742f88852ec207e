//! A page as Rust constants, for the program to include.

use std::fmt::Write;

use crate::model::{
    Ask, Caption, Equation, Measure, Notice, Page, Part, Prediction, Preset, PresetGroup, Source,
    Stop, Story,
};
use crate::when::{Is, Test, When};

/// The page as constants: `TITLE`, `MEASURES`, `PRESETS` and `WORDS`. Types are those of the program's `lab`.
pub fn tables(page: &Page) -> String {
    let of_group = |group: &PresetGroup| {
        let presets = group.presets.iter().map(|it| preset(&group.name, it));
        presets.collect::<Vec<_>>()
    };
    let presets: Vec<String> = page.presets.iter().flat_map(of_group).collect();
    let mut code = String::from(
        // Not every page has conditions.
        "#[allow(unused_imports)]\n\
         use crate::lab::{Ask, Caption, Condition, Measure, Observation, Prediction, Preset, Stop, Story, Test, Unit, Words};\n",
    );
    constant(&mut code, "TITLE: &str", &format!("{:?}", page.title));
    constant(&mut code, "STORY: Story", &story(&page.story, ""));
    let (parts, captions) = (array(&page.parts, part), array(&page.captions, caption));
    let words = format!("Words {{ story: STORY, parts: {parts}, captions: {captions} }}");
    constant(&mut code, "WORDS: Words", &words);
    constant(&mut code, "MEASURES: &[Measure]", &array(&page.measures, measure));
    constant(&mut code, "PRESETS: &[Preset]", &array(&presets, String::clone));
    code
}

fn constant(code: &mut String, name_and_type: &str, value: &str) {
    // A String takes all that is written.
    let _ = writeln!(code, "pub const {name_and_type} = {value};");
}

/// `&[one, two]`.
fn array<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(write).collect();
    format!("&[{}]", items.join(", "))
}

fn text(text: &String) -> String {
    format!("{text:?}")
}

fn part(part: &Part) -> String {
    format!("({}, {})", when(&part.when), story(&part.story, "..STORY"))
}

/// A story; what it has not got is `rest`'s.
fn story(story: &Story, rest: &str) -> String {
    let mut fields = String::new();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = write!(fields, "{name}: {value}, ");
        }
    };
    let listed = |items: String| (items != "&[]").then_some(items);
    add("about", story.about.as_ref().map(text));
    add("question", story.question.as_ref().map(text));
    add("predict", story.predict.as_ref().map(prediction));
    // It belongs to the prediction: a story that asks something else does not stop where the demo's does.
    let is_own = story.predict.is_some() || story.stop.is_some();
    add(
        "stop",
        is_own
            .then(|| story.stop.as_ref().map_or("None".into(), |it| format!("Some({})", stop(it)))),
    );
    add("try_first", listed(array(&story.try_first, text)));
    add("notice", listed(array(&story.notice, notice)));
    add("equations", listed(array(&story.equations, equation)));
    add("sources", listed(array(&story.sources, source)));
    // With the sources come their own entries, also where there are none.
    let entries: Vec<&String> = story.sources.iter().filter_map(|it| it.bibtex.as_ref()).collect();
    add("bibtex", (!story.sources.is_empty()).then(|| array(&entries, |entry| text(entry))));
    add("deviations", listed(array(&story.deviations, text)));
    format!("Story {{ {fields}{rest} }}")
}

fn prediction(predict: &Prediction) -> String {
    let Prediction { ask: asked, preset } = predict;
    format!("Prediction {{ ask: {}, preset: {preset:?} }}", ask(asked))
}

fn stop(stop: &Stop) -> String {
    let Stop { ask: asked, at_ms } = stop;
    format!("Stop {{ ask: {}, at_ms: {at_ms:?} }}", ask(asked))
}

fn ask(ask: &Ask) -> String {
    let Ask { question, options, answer, because } = ask;
    let options = array(options, text);
    format!(
        "Ask {{ question: {question:?}, options: {options}, answer: {answer}, because: {because:?} }}"
    )
}

fn notice(notice: &Notice) -> String {
    format!("Observation {{ when: {}, text: {:?} }}", perhaps(&notice.when), notice.text)
}

fn caption(caption: &Caption) -> String {
    let Caption { figure, when, text } = caption;
    format!("Caption {{ figure: {figure:?}, when: {}, text: {text:?} }}", perhaps(when))
}

fn perhaps(condition: &Option<When>) -> String {
    condition.as_ref().map_or("None".into(), |condition| format!("Some({})", when(condition)))
}

fn equation(equation: &Equation) -> String {
    format!("({:?}, {:?})", equation.mathml, equation.sentence)
}

fn source(source: &Source) -> String {
    format!("({:?}, {:?})", source.text, source.url)
}

fn measure(measure: &Measure) -> String {
    let Measure { name, label, unit, main, help } = measure;
    let main = if *main { ".main()" } else { "" };
    format!("Measure::new({name:?}, {label:?}, Unit::{}, {help:?}){main}", unit.variant)
}

fn preset(group: &str, preset: &Preset) -> String {
    let Preset { id, label, help, link } = preset;
    format!(
        "Preset {{ id: {id:?}, group: {group:?}, label: {label:?}, help: {help:?}, link: {link:?} }}"
    )
}

fn when(when: &When) -> String {
    let test = |Test { key, is }: &Test| match is {
        Is::OneOf(values) => format!("Test::OneOf({key:?}, {})", array(values, text)),
        Is::Above(bound) => format!("Test::Above({key:?}, {bound:?})"),
        Is::Below(bound) => format!("Test::Below({key:?}, {bound:?})"),
    };
    format!("Condition({})", array(&when.0, |tests| array(tests, test)))
}
