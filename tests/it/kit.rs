//! What experiments share, they share: what `kit` offers has at least two users, be they experiments or the cookbook.
//! What only one uses belongs to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::floors::{code, files, read};

/// What something at the outermost level of a file of the kit is called, and its text up to its end.
fn items_of(code: &str) -> Vec<(String, String)> {
    let mut items = Vec::new();
    for kind in ["fn", "struct", "enum", "trait", "const", "type"] {
        let start = format!("\npub {kind} ");
        for (at, _) in code.match_indices(&start) {
            let rest = &code[at + start.len()..];
            let end = rest.find("\n}").into_iter().chain(rest.find(";\n")).min();
            items.push((name_at(rest), rest[..end.unwrap_or(rest.len())].into()));
        }
    }
    items
}

/// Public functions that belong to a type.
fn methods_of(code: &str) -> Vec<String> {
    code.match_indices("\n    pub fn ")
        .map(|(at, start)| name_at(&code[at + start.len()..]))
        .collect()
}

fn name_at(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn has_word(text: &str, word: &str) -> bool {
    let is_end = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        is_end(text[..at].chars().next_back()) && is_end(text[at + word.len()..].chars().next())
    })
}

/// The code of a file without comments and unit tests.
fn own_code(path: &std::path::Path) -> String {
    let text = code(&read(path));
    text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default().into()
}

/// The code of each experiment, and that of the cookbook.
fn users() -> BTreeMap<String, String> {
    let mut users: BTreeMap<String, String> = BTreeMap::new();
    for path in files("src/experiments", "rs") {
        // What is outside the folders is the list of experiments.
        if path.iter().count() > 3 {
            let user = path.iter().nth(2).expect("a folder").to_string_lossy().into_owned();
            *users.entry(user).or_default() += &own_code(&path);
        }
    }
    users.insert("the cookbook".into(), own_code("tests/it/cookbook.rs".as_ref()));
    users
}

/// Items that are used too little. Parts of a type, which nobody needs to name, are used where the whole is.
fn lonely(items: &[(String, String)], users: &BTreeMap<String, String>) -> Vec<String> {
    let users_of = |name: &str| -> Vec<&str> {
        users.iter().filter(|(_, code)| has_word(code, name)).map(|(user, _)| &**user).collect()
    };
    let mut fine: BTreeSet<&str> = BTreeSet::new();
    loop {
        let is_part = |name: &str| {
            items.iter().any(|(whole, text)| {
                whole != name && fine.contains(&**whole) && has_word(text, name)
            })
        };
        let names = items.iter().map(|(name, _)| &**name).filter(|name| !fine.contains(name));
        let more: Vec<&str> =
            names.filter(|name| users_of(name).len() >= 2 || is_part(name)).collect();
        if more.is_empty() {
            break;
        }
        fine.extend(more);
    }
    let rest = items.iter().map(|(name, _)| name).filter(|name| !fine.contains(&***name));
    rest.map(|name| format!("{name}: {}", users_of(name).join(", "))).collect()
}

#[test]
fn what_the_kit_offers_has_two_users() {
    let (users, sources) = (users(), files("src/kit", "rs"));
    let items: Vec<_> = sources.iter().flat_map(|path| items_of(&own_code(path))).collect();
    assert!(users.len() > 7 && items.len() > 30, "{} users, {} items", users.len(), items.len());
    let lonely = lonely(&items, &users);
    assert!(lonely.is_empty(), "used by fewer than two:\n{}\n", lonely.join("\n"));
}

#[test]
fn what_a_type_of_the_kit_can_do_is_asked_of_it() {
    let (users, sources) = (users(), files("src/kit", "rs"));
    let mut idle = Vec::new();
    for path in &sources {
        let others = sources.iter().filter(|other| *other != path).map(|other| own_code(other));
        let all: Vec<String> = users.values().cloned().chain(others).collect();
        let is_used = |name: &str| {
            let calls = [format!(".{name}"), format!("::{name}")];
            all.iter().any(|code| calls.iter().any(|call| has_call(code, call)))
        };
        let methods = methods_of(&own_code(path));
        let unused = methods.iter().filter(|name| !is_used(name));
        idle.extend(unused.map(|name| format!("{}: {name}", path.display())));
    }
    assert!(idle.is_empty(), "public and used by nobody:\n{}\n", idle.join("\n"));
}

fn has_call(code: &str, call: &str) -> bool {
    code.match_indices(call).any(|(at, _)| name_at(&code[at + call.len()..]).is_empty())
}

#[test]
fn the_searches_find_what_they_look_for() {
    let code = "\npub struct A {\n    pub part: Part,\n}\n\npub enum Part {\n    B,\n}\n\nimpl A {\n    \
                pub fn go(&self) {}\n    fn own(&self) {}\n}\n\nfn hidden() {}\n\npub const C: u32 = 1;\n";
    let items = items_of(code);
    let names: Vec<&str> = items.iter().map(|(name, _)| &**name).collect();
    assert_eq!((names, methods_of(code)), (vec!["A", "Part", "C"], vec!["go".into()]));
    let user = |name: &str, code: &str| (name.to_string(), code.to_string());
    let mut users: BTreeMap<String, String> = [user("one", "A + C"), user("two", "not_A")].into();
    assert_eq!(lonely(&items, &users), ["A: one", "Part: ", "C: one"]);
    users.extend([user("three", "use A;")]);
    assert_eq!(lonely(&items, &users), ["C: one"]);
    assert!(has_call("x.go()", ".go") && !has_call("x.gone()", ".go"));
}
