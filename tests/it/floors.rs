//! The architecture, checked: who may use whom, file headers and lengths, and where colours may be.

use std::path::{Path, PathBuf};

/// Every module below `src/`, from the lowest floor up, and the modules of the crate that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("net", &[]),
    ("sim", &[]),
    ("record", &["sim"]),
    ("lab", &["net", "sim", "record"]),
    ("kit", &["net", "sim", "record", "lab"]),
    ("experiments", &["net", "sim", "record", "lab", "kit"]),
    ("plot", &["net", "record", "lab"]),
    ("wire", &["record", "lab"]),
    ("export", &["net", "record", "lab", "plot"]),
    ("host", &["sim", "record", "lab", "wire", "export"]),
    ("pump", &["record", "lab", "experiments", "wire", "host"]),
    ("worker", &["record", "lab", "experiments", "wire", "host", "pump"]),
    ("view", &["record", "lab", "experiments", "plot", "wire"]),
    ("cli", &["net", "sim", "record", "lab", "experiments", "plot", "wire", "export", "host"]),
    ("bin", &["view", "worker", "cli"]),
];

/// Crates and parts of the standard library that only some modules may use.
const RESERVED: &[(&str, &[&str])] = &[
    ("leptos", &["view"]),
    ("plotters_canvas", &["view"]),
    ("plotters", &["plot", "view"]),
    ("web_sys", &["pump", "worker", "view"]),
    ("js_sys", &["pump", "worker", "view"]),
    ("wasm_bindgen", &["pump", "worker", "view", "bin"]),
    ("wasm_bindgen_futures", &["pump", "worker", "view"]),
    ("console_error_panic_hook", &["pump", "worker", "view"]),
    ("getrandom", &["view"]),
    ("clap", &["cli"]),
    ("cpu_time", &["cli"]),
    ("csv", &["cli"]),
    ("csv_core", &["record"]),
    ("indicatif", &["cli"]),
    ("rayon", &["cli"]),
    ("qrcodegen_no_heap", &["lab"]),
    ("stdp_derive", &["lab"]),
    ("std::env", &["cli"]),
    ("std::fs", &["cli"]),
    ("std::io", &["cli"]),
    ("std::net", &[]),
    ("std::process", &["cli", "bin"]),
    ("std::thread", &[]),
    ("std::time", &["cli"]),
];

const LONGEST_FILE: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` with this ending, in order, with paths from the root.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path.strip_prefix(root()).expect("below the root").to_path_buf());
            }
        }
    }
    found.sort();
    found
}

pub fn read(path: &Path) -> String {
    std::fs::read_to_string(root().join(path)).expect("a readable file")
}

/// The module a source file belongs to; none for `src/lib.rs`, which declares them all.
fn module_of(path: &Path) -> Option<String> {
    let mut parts = path.iter().skip(1).map(|part| part.to_string_lossy());
    let first = parts.next()?;
    match parts.next() {
        Some(_) => Some(first.into_owned()),
        None => first.strip_suffix(".rs").filter(|name| *name != "lib").map(String::from),
    }
}

/// The code of a file: lines of comment are left empty.
pub fn code(text: &str) -> String {
    let lines = text.lines().map(|line| if line.trim().starts_with("//") { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// The first names behind every `crate::`, also within braces: `crate::{a::b, c}` gives a and c.
fn modules_named(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for root in ["crate::", "stdp_playground::"] {
        for (at, _) in code.match_indices(root) {
            // `$crate::` and `my_crate::` are something else.
            let before = code[..at].chars().next_back();
            if !before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                names.extend(first_names(&code[at + root.len()..]));
            }
        }
    }
    names
}

fn first_names(path: &str) -> Vec<String> {
    let Some(list) = path.strip_prefix('{') else { return vec![name_at(path)] };
    let (mut names, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(name_at(list[start..at].trim_start()));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn name_at(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether `code` uses this crate or module: its name as the beginning of a path.
fn uses_path(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        let begins = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
        begins && (after.starts_with("::") || after.starts_with(';'))
    })
}

/// `super` that climbs out of the module and so escapes the search for `crate::`.
fn climbs_out(path: &Path, code: &str) -> bool {
    let is_mod = path.file_name().is_some_and(|name| name == "mod.rs");
    let depth = path.iter().count() - 1 - usize::from(is_mod);
    code.lines().any(|line| {
        // Indented code may be inside an inline module, one deeper.
        let allowed = if line.starts_with(' ') { depth } else { depth - 1 };
        let longest = (1..8).filter(|n| line.contains(&"super::".repeat(*n))).max().unwrap_or(0);
        longest > allowed
    })
}

fn none_of(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_simulator_needs_none_of_our_crates() {
    let manifest = read(Path::new("src/sim/Cargo.toml"));
    let (_, needs) = manifest.split_once("[dependencies]").expect("what it needs");
    assert!(needs.contains("rand") && !needs.contains("stdp"), "{needs}");
    // Where it is not its own crate's, the name would be a way up.
    for path in files("src/sim", "rs") {
        assert!(!read(&path).contains("stdp_playground"), "{}", path.display());
    }
}

#[test]
fn every_module_uses_only_what_it_may() {
    let mut wrong = Vec::new();
    for path in files("src", "rs") {
        let Some(module) = module_of(&path) else { continue };
        let (_, allowed) = MAY_USE
            .iter()
            .find(|(name, _)| *name == module)
            .unwrap_or_else(|| panic!("{module} has no floor yet: add it to MAY_USE"));
        let code = code(&read(&path));
        // A crate of its own: that it uses nobody above, the compiler sees to.
        let named = if module == "sim" { Vec::new() } else { modules_named(&code) };
        for used in named {
            if used != module && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{}: {module} may not use {used}", path.display()));
            }
        }
        if climbs_out(&path, &code) {
            wrong.push(format!("{}: write crate:: for what is outside {module}", path.display()));
        }
    }
    none_of(wrong);
}

#[test]
fn the_table_of_floors_has_no_circle_and_no_stranger() {
    let sources = files("src", "rs");
    for (rank, (module, allowed)) in MAY_USE.iter().enumerate() {
        let exists = sources.iter().any(|path| module_of(path).as_deref() == Some(module));
        assert!(exists, "{module} is in the table and not in src/");
        for used in *allowed {
            let lower = MAY_USE[..rank].iter().any(|(name, _)| name == used);
            assert!(lower, "{used} does not stand below {module}");
        }
    }
}

#[test]
fn no_experiment_knows_another() {
    let mut wrong = Vec::new();
    for path in files("src/experiments", "rs") {
        let own = path.iter().nth(2).map(|part| part.to_string_lossy().replace(".rs", ""));
        let own = own.filter(|own| own != "mod");
        let code = code(&read(&path));
        for (at, start) in code.match_indices("crate::experiments::") {
            let used = name_at(&code[at + start.len()..]);
            if own.as_ref().is_some_and(|own| *own != used) {
                wrong.push(format!("{} uses experiment {used}", path.display()));
            }
        }
    }
    none_of(wrong);
}

#[test]
fn outside_crates_stay_on_their_floor() {
    let mut wrong = Vec::new();
    for path in files("src", "rs") {
        let Some(module) = module_of(&path) else { continue };
        let code = code(&read(&path));
        // A unit test may read and write files.
        let code = code.split("\nmod tests {").next().unwrap_or_default();
        for (name, modules) in RESERVED {
            if !modules.contains(&module.as_str()) && uses_path(code, name) {
                wrong.push(format!("{}: {module} may not use {name}", path.display()));
            }
        }
    }
    none_of(wrong);
}

#[test]
fn every_file_says_what_it_is() {
    let mut wrong = Vec::new();
    for path in ["src", "derive/src", "pages/src", "tests/it"]
        .into_iter()
        .flat_map(|folder| files(folder, "rs"))
    {
        let text = read(&path);
        let first = text.lines().next().unwrap_or_default();
        if !first.starts_with("//! ") || first.len() < 10 {
            wrong.push(format!("{} starts with '{first}', not with //!", path.display()));
        }
    }
    none_of(wrong);
}

#[test]
fn no_file_is_too_long() {
    let mut wrong = Vec::new();
    for path in ["src", "derive/src", "pages/src"].into_iter().flat_map(|it| files(it, "rs")) {
        let lines = read(&path).lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{} has {lines} lines, more than {LONGEST_FILE}", path.display()));
        }
    }
    none_of(wrong);
}

/// Fields of a native word's size in types that are saved or sent.
fn words_in_saved_types(code: &str) -> Vec<String> {
    let types = code.split("#[derive(").skip(1).filter(|rest| {
        rest.split(")]").next().is_some_and(|derived| derived.contains("Serialize"))
    });
    // Up to the end of the type: a line with its last brace, or the semicolon of one without.
    let body = |rest: &str| {
        let end = rest.find("\n}").into_iter().chain(rest.find(";\n")).min()?;
        rest.get(..end).map(String::from)
    };
    let is_field = |line: &&str| {
        let is_code = !line.trim_start().starts_with("//");
        is_code && line.contains("usize")
    };
    let bodies: Vec<String> = types.filter_map(body).collect();
    bodies.iter().flat_map(|body| body.lines()).filter(is_field).map(String::from).collect()
}

#[test]
fn saved_types_have_the_same_shape_everywhere() {
    let found = files("src", "rs").into_iter().flat_map(|path| {
        let words = words_in_saved_types(&read(&path));
        words.into_iter().map(move |line| format!("{}: {}", path.display(), line.trim()))
    });
    none_of(found.collect());
}

/// A colour written out in the declarations of a style sheet, if there is one.
fn literal_colour(css: &str) -> Option<String> {
    const FUNCTIONS: [&str; 9] =
        ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch("];
    const NAMES: [&str; 8] = ["black", "white", "red", "green", "blue", "gray", "grey", "silver"];
    for block in css.split('{').skip(1) {
        let block = block.split('}').next().unwrap_or_default();
        for declaration in block.split(';') {
            let Some((_, value)) = declaration.split_once(':') else { continue };
            let mut words = value.split(|c: char| c.is_whitespace() || ",)".contains(c));
            let is_colour = |word: &&str| {
                FUNCTIONS.iter().any(|function| word.contains(function))
                    || NAMES.contains(word)
                    || word.trim_start_matches("color-mix(").strip_prefix('#').is_some_and(is_hex)
            };
            if let Some(word) = words.find(is_colour) {
                return Some(word.to_string());
            }
        }
    }
    None
}

fn is_hex(text: &str) -> bool {
    (3..=8).contains(&text.len()) && text.chars().all(|c| c.is_ascii_hexdigit())
}

#[test]
fn only_the_tokens_are_literal_colours() {
    let mut wrong = Vec::new();
    for path in files("style", "css") {
        if path.ends_with("tokens.css") {
            continue;
        }
        if let Some(colour) = literal_colour(&read(&path)) {
            wrong.push(format!("{}: {colour}; name it in style/tokens.css", path.display()));
        }
    }
    none_of(wrong);
}

#[test]
fn the_searches_find_what_they_look_for() {
    let saved = "#[derive(Clone, Serialize)]\npub struct A {\n    /// usize: no\n    a: u32,\n    b: Vec<usize>,\n}\n";
    assert_eq!(words_in_saved_types(saved), ["    b: Vec<usize>,"]);
    assert!(words_in_saved_types(&saved.replace(", Serialize", "")).is_empty());
    let tuple = "#[derive(Serialize)]\npub struct B(usize);\nfn no(x: usize) {\n}\n";
    assert_eq!(words_in_saved_types(tuple), ["pub struct B(usize)"]);
    let choice = "#[derive(Serialize)]\nenum C {\n    A(usize),\n    B,\n}\n";
    assert_eq!(words_in_saved_types(choice), ["    A(usize),"]);
    let names = |code: &str| modules_named(code).join(" ");
    assert_eq!(names("use crate::lab::{Spec, values};"), "lab");
    assert_eq!(names("use crate::{lab::{Spec, Entry}, sim, wire::Event};"), "lab sim wire");
    assert_eq!(names("let x = crate::sim::math::exp(1.0); not_a_crate::y()"), "sim");
    assert_eq!(names(&code("/// [`crate::view`]\nuse crate::host::Host;")), "host");
    assert!(uses_path("use web_sys::Window;", "web_sys"));
    assert!(uses_path("    web_sys::window()", "web_sys"));
    assert!(!uses_path("use plotters_canvas::X; my_plotters::x", "plotters"));
    assert!(climbs_out(Path::new("src/host/mod.rs"), "use super::sim::Tick;"));
    assert!(climbs_out(Path::new("src/host/others.rs"), "use super::super::sim::Tick;"));
    assert!(!climbs_out(Path::new("src/host/others.rs"), "use super::Run;"));
    assert!(!climbs_out(Path::new("src/host/mod.rs"), "    use super::*;"));
    assert_eq!(literal_colour("a:hover { color: #fff; }").as_deref(), Some("#fff"));
    assert_eq!(literal_colour("b { border: 1px solid rgb(0 0 0) }").as_deref(), Some("rgb(0"));
    assert_eq!(literal_colour("#add { color: var(--ink); white-space: pre }"), None);
}
