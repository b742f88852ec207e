//! No files of `src` use each other, directly or through others: what two of them need stands in a third.
//!
//! Followed are the paths in `use` and those that begin with `crate`, `super` or `self`, through what a folder's `mod.rs`
//! hands on. A folder's `mod.rs` itself is left out where its own files use it: it gathers them, and holds what they share.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A module's file: the paths that it uses, and those among them that it hands on.
#[derive(Default)]
struct Source {
    used: Vec<Vec<String>>,
    handed_on: Vec<Vec<String>>,
}

type Sources = BTreeMap<Vec<String>, Source>;

fn modules_below(folder: &Path, module: &[String], found: &mut Vec<(Vec<String>, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder of src").flatten() {
        let path = entry.path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            let inner: Vec<String> = module.iter().cloned().chain([name]).collect();
            modules_below(&path, &inner, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") && name != "lib" {
            let own = (name != "mod").then_some(name);
            let text = std::fs::read_to_string(&path).expect("a readable file");
            // A crate of its own, which the rest knows as a module.
            let is_sim = module.first().is_some_and(|first| first == "sim");
            let text = if is_sim { text.replace("crate::", "crate::sim::") } else { text };
            found.push((module.iter().cloned().chain(own).collect(), text));
        }
    }
}

/// The code without comments and tests.
fn code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = text.lines().map(|line| if line.trim().starts_with("//") { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// `a::{b, c::{d}}` is two paths.
fn expand(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, inside)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap_or_default().trim().into()];
    };
    let inside = inside.strip_suffix('}').unwrap_or(inside);
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(expand).map(|part| format!("{before}{part}")).collect()
}

/// The path from the root of the crate, if it is not another crate's.
fn from_root(
    module: &[String],
    path: &str,
    is_module: &dyn Fn(&[String]) -> bool,
) -> Option<Vec<String>> {
    let mut parts: Vec<String> = path.split("::").map(|part| part.trim().to_string()).collect();
    let mut root = module.to_vec();
    match parts.first()?.as_str() {
        "crate" => return Some(parts.split_off(1)),
        "self" => parts.remove(0),
        "super" => {
            while parts.first().is_some_and(|part| part == "super") {
                parts.remove(0);
                root.pop();
            }
            String::new()
        }
        child => {
            root.push(child.into());
            if !is_module(&root) {
                return None;
            }
            root.pop();
            String::new()
        }
    };
    root.extend(parts);
    Some(root)
}

fn read_sources() -> Sources {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    modules_below(&root, &[], &mut files);
    files.retain(|(module, _)| module[0] != "bin");
    let names: BTreeSet<Vec<String>> = files.iter().map(|(module, _)| module.clone()).collect();
    let is_module = |path: &[String]| names.contains(path);
    files
        .iter()
        .map(|(module, text)| (module.clone(), source_of(module, text, &is_module)))
        .collect()
}

fn source_of(module: &[String], text: &str, is_module: &dyn Fn(&[String]) -> bool) -> Source {
    let mut source = Source::default();
    let mut rest = String::new();
    for statement in code(text).split_inclusive(';') {
        let line = statement.rsplit("\n\n").next().unwrap_or(statement).trim();
        let line = line.rsplit("]\n").next().unwrap_or(line).trim();
        let (is_public, tree) = match line.strip_prefix("pub use ") {
            Some(tree) => (true, Some(tree)),
            None => (false, line.strip_prefix("use ")),
        };
        let Some(tree) = tree else {
            rest += statement;
            continue;
        };
        let tree = tree.trim_end_matches(';').split_whitespace().collect::<Vec<_>>().join(" ");
        for path in expand(&tree).iter().filter_map(|path| from_root(module, path, is_module)) {
            if is_public {
                source.handed_on.push(path.clone());
            }
            source.used.push(path);
        }
    }
    for root in ["crate::", "super::", "self::"] {
        for (at, _) in rest.match_indices(root) {
            let is_start =
                !rest[..at].ends_with(|c: char| c.is_alphanumeric() || "_:$".contains(c));
            let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            let path: String = rest[at..].chars().take_while(|c| is_path(*c)).collect();
            let path = path.trim_end_matches(':');
            source.used.extend(is_start.then(|| from_root(module, path, is_module)).flatten());
        }
    }
    source
}

/// The module whose file holds what this path names.
fn holder(sources: &Sources, path: &[String], depth: u32) -> Option<Vec<String>> {
    let (module, rest) = (1..=path.len()).rev().find_map(|length| {
        let (module, rest) = path.split_at(length);
        sources.contains_key(module).then_some((module, rest))
    })?;
    if let (Some(name), true) = (rest.first(), depth < 8) {
        let handed = sources[module].handed_on.iter().find(|path| path.last() == Some(name));
        if let Some(handed) = handed.filter(|handed| handed[..handed.len() - 1] != *module) {
            return holder(sources, handed, depth + 1);
        }
    }
    Some(module.to_vec())
}

/// Who uses whom.
fn arrows(sources: &Sources) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let of = |module: &Vec<String>, source: &Source| {
        let used = source.used.iter().filter_map(|path| holder(sources, path, 0));
        // Neither its own folder's mod.rs, nor, in a mod.rs, the files that it gathers.
        used.filter(|used| !module.starts_with(used) && !used.starts_with(module)).collect()
    };
    sources.iter().map(|(module, source)| (module.clone(), of(module, source))).collect()
}

/// One circle through `start`, if there is any.
fn circle<'a>(
    arrows: &'a BTreeMap<Vec<String>, BTreeSet<Vec<String>>>,
    start: &'a Vec<String>,
) -> Option<Vec<&'a Vec<String>>> {
    let mut came_from: BTreeMap<&Vec<String>, &Vec<String>> = BTreeMap::new();
    let mut open = vec![start];
    while let Some(module) = open.pop() {
        for next in &arrows[module] {
            if next == start {
                let mut way = vec![module];
                while let Some(before) = came_from.get(way[way.len() - 1]) {
                    way.push(before);
                }
                return Some(way);
            }
            if !came_from.contains_key(next) {
                came_from.insert(next, module);
                open.push(next);
            }
        }
    }
    None
}

#[test]
fn no_files_use_each_other() {
    let sources = read_sources();
    let arrows = arrows(&sources);
    let num: usize = arrows.values().map(BTreeSet::len).sum();
    assert!(sources.len() > 200 && num > 600, "{} files, {num} arrows", sources.len());
    let circles = arrows.keys().filter_map(|module| circle(&arrows, module));
    let told = circles.map(|way| {
        let names: BTreeSet<String> = way.iter().map(|module| module.join("::")).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    });
    let told: BTreeSet<String> = told.collect();
    assert!(
        told.is_empty(),
        "these use each other:\n{}",
        told.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn the_search_finds_circles() {
    let source = |paths: &[&str]| Source {
        used: paths.iter().map(|path| path.split("::").map(String::from).collect()).collect(),
        handed_on: Vec::new(),
    };
    let name = |text: &str| text.split("::").map(String::from).collect::<Vec<_>>();
    let mut sources = Sources::from([
        (name("a"), Source { handed_on: vec![name("a::b::B")], ..Source::default() }),
        (name("a::b"), source(&["a::c::C", "a::Shared"])),
        (name("a::c"), source(&["d::D"])),
        (name("d"), source(&[])),
    ]);
    let has_circle = |sources: &Sources| {
        let arrows = arrows(sources);
        arrows.keys().any(|module| circle(&arrows, module).is_some())
    };
    assert!(!has_circle(&sources));
    // Through what the folder hands on.
    sources.insert(name("d"), source(&["a::B"]));
    assert!(has_circle(&sources));
    assert_eq!(expand("crate::{a::{b, c as d}, e}"), ["crate::a::b", "crate::a::c", "crate::e"]);
}
