//! Links: `characters.html?v=1&seed=7&tau_m_ms=30`, or with the demo as a key, as all were once:
//! `?demo=characters&v=1&seed=7&tau_m_ms=30`.
//!
//! Readable, one value per key, only what differs from the default. A link that was ever published
//! keeps working: `v` is the version of this contract, and older versions pass through small upgrade
//! steps. Whatever a link says, a run comes out, with a notice for everything not taken as given.
//!
//! Reserved keys ([`KEYS`]): `demo`, `v`, `seed`, `preset` (read, never written), `compare`, the files that a run
//! needs, `data` and `weights`, and how the page shows the run: `embed`, `show`, `hide`, `autorun`, `theme`,
//! `speed`, `t` (the moment that is shown, in ms) and `answer` (the one chosen in the prediction, from 1).
//!
//! `compare=1` sets a second run beside the first, with the same seed and the same parameters but for those
//! that keys with `b.` in front name: `eta=0.1&compare=1&b.eta=0`. `b.preset` starts from a preset instead.

use super::files::{self, Files};
use super::notice::{Notice, notice};
use super::spec::{Entry, Registry, Spec};
use super::{parts, pasted, reading, values};
use crate::record::Fingerprint;

pub use super::page_link::{Autorun, Link, PageOptions, Theme};

/// The version of the link contract that is written.
pub const VERSION: u32 = 1;

/// Before the keys of the run to compare with.
const TWIN: &str = "b.";

/// Links beyond this length are cut by mail programs and learning platforms.
pub const MAX_LENGTH: usize = 2_000;

impl Link {
    /// As text, without a leading `?`.
    pub fn print(&self) -> String {
        format!("demo={}&{}", self.spec.entry.id, self.query())
    }

    /// What stands behind `characters.html?`: the page says which demo it is.
    pub fn query(&self) -> String {
        let mut text = query(&self.spec, &self.page);
        if let Some(twin) = &self.twin {
            text += "&compare=1";
            let mut query = form_urlencoded::Serializer::new(String::new());
            for (key, value) in twin_pairs(&self.spec, twin) {
                query.append_pair(&format!("{TWIN}{key}"), &value);
            }
            let pairs = query.finish().replace("%2C", ",");
            if !pairs.is_empty() {
                text += "&";
                text += &pairs;
            }
        }
        text
    }
}

/// Keys of a link that no experiment's parameter may have.
pub const KEYS: [&str; 15] = [
    "demo", "preset", "seed", "compare", "embed", "autorun", "theme", "show", "hide", "speed", "v",
    "data", "weights", "t", "answer",
];

/// Reads a link, a query string, or a bare id (`characters`, `characters/as_coded`), also as they arrive where
/// they were pasted: see [`pasted`].
pub fn parse(text: &str, registry: Registry) -> (Link, Vec<Notice>) {
    parse_at(registry.first(), text, registry)
}

/// The same; a link that names no demo is one of `here`.
pub fn parse_at(here: &'static Entry, text: &str, registry: Registry) -> (Link, Vec<Notice>) {
    let mut notices = Vec::new();
    let pairs = pasted::pairs(text, &mut notices);
    let (parts, page) = pasted::page(text);
    let own = parts.iter().rposition(|part| registry.find(part).is_some());
    let here = own.and_then(|place| registry.find(&parts[place])).unwrap_or(here);
    let mut pairs = pairs;
    if let Some(preset) = own.and_then(|place| parts.get(place + 1)) {
        pairs.insert(0, ("preset".into(), preset.clone()));
    }
    let demo = pairs.iter().find(|(key, _)| key == "demo").map(|(_, demo)| demo.clone());
    match (own, page, demo) {
        // A page that there is not is told like a demo that there is not.
        (None, Some(page), None) => pairs.insert(0, ("demo".into(), page)),
        // A site may stand in a folder that is called like a demo: only a page contradicts.
        (Some(_), Some(_), Some(demo))
            if registry.find(&demo).is_some_and(|entry| entry.id != here.id) =>
        {
            let rule = "the link is of another page; demo= counts.".into();
            notices.push(notice("demo", here.id, &demo, rule));
        }
        _ => {}
    }
    let read = |pairs: &[(String, String)]| read(here, pairs, registry);
    let (mut link, mut told) = read(&pairs);
    // The end of a sentence counts as such only where the link makes no sense with it.
    let is_end_told = |(last, _): &(String, String)| {
        last == "demo" || told.iter().any(|notice| notice.key == *last)
    };
    if pairs.last().is_some_and(is_end_told)
        && let Some(mended) = pasted::without_end(&pairs)
    {
        let (other, fewer) = read(&mended);
        if fewer.len() <= told.len() {
            (link, told) = (other, fewer);
        }
    }
    notices.extend(told);
    (link, notices)
}

fn read(
    here: &'static Entry,
    pairs: &[(String, String)],
    registry: Registry,
) -> (Link, Vec<Notice>) {
    let mut notices = Vec::new();
    let mut page = PageOptions::default();
    let mut files = Files::default();
    let mut demo = None;
    let mut preset = None;
    let mut seed = None;
    let mut given = Vec::new();
    let mut is_compared = false;
    for (key, value) in pairs.iter().cloned() {
        match key.as_str() {
            "compare" => is_compared = read_switch(&key, &value, &mut notices),
            "demo" => demo = Some(value.to_ascii_lowercase()),
            "preset" => preset = Some(value),
            "seed" => seed = Some(value),
            "v" => check_version(&value, &mut notices),
            _ => {
                if !page.read(&key, &value, &mut notices)
                    && !read_file(&mut files, &key, &value, &mut notices)
                {
                    given.push((key, value));
                }
            }
        }
    }

    let demo = demo.unwrap_or_else(|| here.id.into());
    let demo = demo.strip_suffix(".html").map_or(demo.clone(), String::from);
    let (id, slash_preset) = match demo.split_once('/') {
        Some((id, preset)) => (id.to_string(), Some(preset.to_string())),
        None => (demo, None),
    };
    let entry = registry.find(&id).unwrap_or_else(|| {
        let ids = registry.0.iter().map(|entry| entry.id);
        let used = values::nearest(&id, ids.clone()).unwrap_or(here.id);
        let all: Vec<&str> = ids.collect();
        let rule = format!("no such demo; there are: {}.", all.join(", "));
        notices.push(notice("demo", &id, used, rule));
        registry.find(used).expect("taken from the registry")
    });
    let mut spec = Spec { files, ..Spec::of(entry) };

    if let Some(id) = preset.or(slash_preset) {
        add_preset(entry, "preset", &id, &mut given, &mut notices);
    }
    if let Some(text) = seed {
        spec.seed = read_seed(&text, &mut notices);
    }
    let mut twins: Vec<(String, String)> = Vec::new();
    given.retain(|(key, value)| match key.strip_prefix(TWIN) {
        Some(key) => {
            twins.push((key.into(), value.clone()));
            false
        }
        None => true,
    });
    notices.extend(values::apply(&mut spec.params, &given).into_iter().map(with_page_keys));
    let is_compared = is_compared || !twins.is_empty();
    let twin = is_compared.then(|| read_twin(&spec, twins, &mut notices));
    let mut link = Link { spec, page, twin };
    notices.extend(parts::check(&mut link, registry));
    (link, notices)
}

/// A key that is no parameter may be meant as one of the page.
fn with_page_keys(notice: Notice) -> Notice {
    match values::nearest(&notice.key, KEYS.into_iter()) {
        Some(known) if notice.rule == values::UNKNOWN => {
            Notice { rule: values::did_you_mean(known), ..notice }
        }
        _ => notice,
    }
}

/// Puts a preset's values before those of the link, which can change them.
fn add_preset(
    entry: &Entry,
    key: &str,
    id: &str,
    given: &mut Vec<(String, String)>,
    notices: &mut Vec<Notice>,
) {
    let Some(preset) = entry.presets.iter().find(|preset| preset.id.eq_ignore_ascii_case(id))
    else {
        let ids: Vec<&str> = entry.presets.iter().map(|preset| preset.id).collect();
        let rule = format!("no such preset of {}; there are: {}.", entry.id, ids.join(", "));
        notices.push(notice(key, id, "the parameters that the link gives", rule));
        return;
    };
    let mut both: Vec<(String, String)> =
        form_urlencoded::parse(preset.link.as_bytes()).into_owned().collect();
    both.retain(|(key, _)| given.iter().all(|(other, _)| other != key));
    both.append(given);
    *given = both;
}

/// The run beside `spec`: its parameters, or a preset's, with those of `given` changed.
fn read_twin(spec: &Spec, mut given: Vec<(String, String)>, notices: &mut Vec<Notice>) -> Spec {
    let mut twin = spec.clone();
    let mut base = pairs_of(spec);
    given.retain(|(key, value)| {
        let is_shared = matches!(key.as_str(), "seed" | "demo" | "data" | "weights");
        if is_shared {
            let rule = format!("both runs have the same {key}: give it once, as {key}=.");
            notices.push(notice(&format!("{TWIN}{key}"), value, "that of the first run", rule));
        }
        !is_shared
    });
    if let Some(place) = given.iter().position(|(key, _)| key == "preset") {
        let (_, id) = given.remove(place);
        base.clear();
        add_preset(spec.entry, "b.preset", &id, &mut given, notices);
        // A preset may have a twin of its own.
        given.retain(|(key, _)| !key.starts_with(TWIN));
    }
    let told = apply_over(&mut twin, base, &given);
    notices.extend(told.into_iter().map(|n| Notice { key: format!("{TWIN}{}", n.key), ..n }));
    twin
}

fn pairs_of(spec: &Spec) -> Vec<(String, String)> {
    values::pairs(&*spec.params).into_iter().map(|(key, value)| (key.into(), value)).collect()
}

/// Sets the parameters of `twin` to `base` with `given` in front. What `base` has and another variant of
/// the model has not is left out without a word.
fn apply_over(
    twin: &mut Spec,
    mut base: Vec<(String, String)>,
    given: &[(String, String)],
) -> Vec<Notice> {
    let is_given = |key: &str| given.iter().any(|(other, _)| other == key);
    base.retain(|(key, _)| !is_given(key));
    base.extend_from_slice(given);
    let applied = |twin: &mut Spec, all: &[(String, String)]| {
        twin.params = (twin.entry.defaults)();
        values::apply(&mut twin.params, all)
    };
    let mut told = applied(twin, &base);
    // What the other variant has not may have broken a rule before that variant was chosen.
    let has = values::pairs(&*twin.params);
    let num = base.len();
    base.retain(|(key, _)| is_given(key) || has.iter().any(|(other, _)| other == key));
    if base.len() < num {
        told = applied(twin, &base);
    }
    told.retain(|notice| is_given(&notice.key));
    told
}

/// What has to be said to get from `spec` to `twin`.
fn twin_pairs(spec: &Spec, twin: &Spec) -> Vec<(String, String)> {
    let base = pairs_of(spec);
    let mut said: Vec<(String, String)> = Vec::new();
    // Choices come before what they bring, so that one pass is enough.
    for (key, value) in pairs_of(twin) {
        let mut reached = spec.clone();
        apply_over(&mut reached, base.clone(), &said);
        if !pairs_of(&reached).contains(&(key.clone(), value.clone())) {
            said.push((key, value));
        }
    }
    let mut reached = spec.clone();
    let told = apply_over(&mut reached, base, &said);
    // Where some of the changes break a rule between parameters, everything is said.
    if reached == *twin && told.is_empty() { said } else { pairs_of(twin) }
}

/// Writes the link of a run, without a leading `?`.
pub fn print(spec: &Spec, page: &PageOptions) -> String {
    format!("demo={}&{}", spec.entry.id, query(spec, page))
}

/// The same without the demo.
fn query(spec: &Spec, page: &PageOptions) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("v", &VERSION.to_string());
    if spec.seed != Spec::DEFAULT_SEED {
        query.append_pair("seed", &spec.seed.to_string());
    }
    for (key, value) in values::differing(&*spec.params, (spec.entry.defaults)()) {
        query.append_pair(key, &value);
    }
    for (key, name) in spec.files.names() {
        query.append_pair(key, &name.to_string());
    }
    page.write(&mut query);
    // Commas are allowed in queries and much easier to read.
    query.finish().replace("%2C", ",")
}

/// The seed that `text` names, or the default with a notice.
pub fn read_seed(text: &str, notices: &mut Vec<Notice>) -> u32 {
    reading::whole(text).unwrap_or_else(|_| {
        let too_large = reading::number(text).is_ok_and(|x| x > f64::from(u32::MAX));
        let used = if too_large { u32::MAX } else { Spec::DEFAULT_SEED };
        let rule = format!("a seed is a whole number from 0 to {}.", u32::MAX);
        notices.push(notice("seed", text, &used.to_string(), rule));
        used
    })
}

/// The place of `value` among those that are allowed, of which the first is used instead of any other.
fn one_of(key: &str, value: &str, allowed: &[&str], notices: &mut Vec<Notice>) -> usize {
    let is_meant = |option: &&str| option.eq_ignore_ascii_case(value);
    allowed.iter().position(is_meant).unwrap_or_else(|| {
        notices.push(notice(key, value, allowed[0], format!("one of {}.", allowed.join(", "))));
        0
    })
}

/// Takes a key of a file, which is named by a hash of what is in it; false if it is not one.
fn read_file(files: &mut Files, key: &str, value: &str, notices: &mut Vec<Notice>) -> bool {
    if !files::KEYS.contains(&key) {
        return false;
    }
    let name = Fingerprint::parse(&value.trim().to_ascii_lowercase());
    if name.is_none() {
        let example = Fingerprint::of_text(key);
        let rule = format!("a file is named by three words such as {example}; ignored.");
        notices.push(notice(key, value, "", rule));
    }
    files.set(key, name)
}

/// A switch of the page, off where it cannot be read.
fn read_switch(key: &str, value: &str, notices: &mut Vec<Notice>) -> bool {
    reading::switch(value).unwrap_or_else(|| {
        notices.push(notice(key, value, "0", reading::SWITCH.into()));
        false
    })
}

fn check_version(text: &str, notices: &mut Vec<Notice>) {
    // Version 1 is the only one so far; the first upgrade step will be called from here.
    if reading::whole(text) != Ok(VERSION) {
        let rule = format!("this page reads links of version {VERSION}; read as that.");
        notices.push(notice("v", text, "1", rule));
    }
}

impl PageOptions {
    /// Takes a key of the page; false if it is not one.
    fn read(&mut self, key: &str, value: &str, notices: &mut Vec<Notice>) -> bool {
        match key {
            "embed" => self.embed = read_switch(key, value, notices),
            "autorun" => {
                self.autorun = match reading::switch(value) {
                    Some(true) => Autorun::On,
                    Some(false) => Autorun::Off,
                    None => match one_of(key, value, &["visible", "0", "1", "loop"], notices) {
                        3 => Autorun::Loop,
                        _ => Autorun::Visible,
                    },
                }
            }
            "theme" => {
                self.theme = match one_of(key, value, &["auto", "light", "dark"], notices) {
                    1 => Theme::Light,
                    2 => Theme::Dark,
                    _ => Theme::Auto,
                }
            }
            "show" => self.show = words(value),
            "hide" => self.hide = words(value),
            "speed" => {
                let given = reading::number(value).ok().filter(|speed| speed.is_finite());
                self.speed = given.map(|speed| speed.clamp(1.0, 1e6));
                if self.speed != given || given.is_none() {
                    let used = self.speed.map_or("the demo's own speed".into(), |s| s.to_string());
                    let rule = "simulated milliseconds per second, from 1 to 1000000.".into();
                    notices.push(notice(key, value, &used, rule));
                }
            }
            "t" => {
                let given = reading::number(value).ok().filter(|ms| ms.is_finite() && *ms >= 0.0);
                self.moment_ms = given;
                if given.is_none() {
                    let rule = "a moment of the run is a number of simulated milliseconds from 0 on; ignored.";
                    notices.push(notice(key, value, "", rule.into()));
                }
            }
            "answer" => {
                self.answer = reading::whole(value).ok().filter(|answer| *answer > 0);
                if self.answer.is_none() {
                    let rule = "answers are counted from 1; ignored.".into();
                    notices.push(notice(key, value, "", rule));
                }
            }
            _ => return false,
        }
        true
    }

    fn write(&self, query: &mut form_urlencoded::Serializer<'_, String>) {
        if self.embed {
            query.append_pair("embed", "1");
        }
        for (key, list) in [("show", &self.show), ("hide", &self.hide)] {
            if !list.is_empty() {
                query.append_pair(key, &list.join(","));
            }
        }
        if self.autorun != Autorun::Visible {
            query.append_pair("autorun", self.autorun.word());
        }
        if self.theme != Theme::Auto {
            query.append_pair("theme", self.theme.word());
        }
        if let Some(speed) = self.speed {
            query.append_pair("speed", &speed.to_string());
        }
        if let Some(ms) = self.moment_ms {
            query.append_pair("t", &ms.to_string());
        }
        if let Some(answer) = self.answer {
            query.append_pair("answer", &answer.to_string());
        }
    }

    /// Whether the part called `name` is shown, where `kind` are the names of all parts of its kind
    /// (panels, parameters, sections). Naming one in `show` leaves out the others of its kind.
    pub fn shows(&self, name: &str, kind: &[&str]) -> bool {
        let is_in = |list: &[String], part: &str| list.iter().any(|word| word == part);
        let is_restricted = kind.iter().any(|other| is_in(&self.show, other));
        !is_in(&self.hide, name) && (!is_restricted || is_in(&self.show, name))
    }
}

/// The names in a list, as people (`window transport`) and scripts (`['window', 'transport']`) write it.
fn words(list: &str) -> Vec<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let is_between = |c: char| matches!(c, ',' | ';' | '|') || c.is_whitespace();
    let words = list.split(is_between).map(|word| match word.trim_matches(|c| !is_name(c)) {
        // What is nothing but other characters is told, not left out.
        "" => word,
        name => name,
    });
    words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect()
}
