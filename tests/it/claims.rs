//! A sentence on the page is a claim: it names the tests behind it, and they are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use stdp_pages::Claim;
use stdp_playground::experiments::REGISTRY;

/// Every test, as `file::function`; of the unit tests the file is the one that they stand in.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for root in ["tests/it", "src"] {
        add_tests(Path::new(root), &mut found);
    }
    found
}

#[test]
fn every_file_of_tests_is_run() {
    let main = fs::read_to_string("tests/it/main.rs").expect("the list of these files");
    for entry in fs::read_dir("tests/it").expect("this folder").flatten() {
        let name = entry.path().file_stem().expect("a name").to_string_lossy().into_owned();
        let is_listed = main.lines().any(|line| line == format!("mod {name};"));
        assert!(is_listed || name == "main", "tests/it/{name} is not in main.rs: it never runs");
    }
}

fn add_tests(path: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(path).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            add_tests(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let file = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("readable");
            let mut is_test = false;
            for line in text.lines().map(str::trim) {
                is_test |= line == "#[test]";
                if let Some(rest) = line.strip_prefix("fn ")
                    && std::mem::take(&mut is_test)
                {
                    let name = rest.split('(').next().unwrap_or_default();
                    found.insert(format!("{file}::{name}"));
                }
            }
        }
    }
}

fn claims(id: &str) -> Vec<Claim> {
    let file = format!("src/experiments/{id}/page.md");
    let text = fs::read_to_string(&file).expect("the words of an experiment");
    stdp_pages::claims(&file, &text).expect("read by build.rs already")
}

#[test]
fn every_claim_names_tests_that_there_are() {
    let tests = tests();
    assert!(tests.contains("claims::every_claim_names_tests_that_there_are"));
    let mut wrong = Vec::new();
    for id in REGISTRY.0.iter().map(|entry| entry.id) {
        let claims = claims(id);
        assert!(claims.len() > 4, "{id}: only {} claims", claims.len());
        for Claim { line, text, proofs, .. } in claims {
            let place = format!("{id}/page.md:{line}");
            if proofs.is_empty() {
                wrong.push(format!("{place}: no proof of '{text}'"));
            }
            let unknown = proofs.iter().filter(|name| !tests.contains(*name));
            wrong.extend(unknown.map(|name| format!("{place}: there is no test {name}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
