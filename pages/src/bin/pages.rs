//! Writes the site's documents. Trunk calls it after each build, when the modules and `index.html` are made:
//! of that, and of the words of the experiments, it makes one document for each demo, and the site's own.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use stdp_pages::frame::Menu;
use stdp_pages::{Glossary, Page, home, read, site};

const EXPERIMENTS: &str = "src/experiments";

fn main() -> ExitCode {
    match write() {
        Ok(num) => {
            println!("wrote {num} pages");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("pages: {why}");
            ExitCode::FAILURE
        }
    }
}

fn write() -> Result<usize, String> {
    let folder = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = folder.ok_or("TRUNK_STAGING_DIR is not set; Trunk sets it for its hooks")?;
    let root = env::var_os("TRUNK_SOURCE_DIR").map_or_else(PathBuf::new, PathBuf::from);
    // Where the site will be, if whoever builds it knows: previews of links need whole addresses of pictures.
    let address = env::var("STDP_SITE").ok().filter(|address| !address.is_empty());
    let address = address.map(|address| format!("{}/", address.trim_end_matches('/')));
    let template = text(&folder.join("index.html"))?;
    let pages = pages(&root)?;
    let file = root.join(EXPERIMENTS).join("glossary.md");
    let glossary = Glossary::read(&file.to_string_lossy(), &text(&file)?);
    let glossary = glossary.map_err(|error| error.to_string())?;
    let listed: Vec<&Page> = pages.iter().collect();
    let menu = Menu::of(&listed);
    for page in &pages {
        let html = site::demo(&template, page, (&menu, &glossary), address.as_deref())?;
        put(&folder.join(format!("{}.html", page.id)), &html)?;
    }
    if let Some(lost) = home::pictures(&listed).iter().find(|file| !folder.join(file).exists()) {
        return Err(format!(
            "{lost} is missing; name its figure in tests/it/posters.rs, and run make pictures"
        ));
    }
    put(&folder.join("index.html"), &site::root(&template, &listed, &menu, address.as_deref())?)?;
    Ok(pages.len() + 1)
}

/// The pages, in the order of the registry.
fn pages(root: &Path) -> Result<Vec<Page>, String> {
    let list = text(&root.join(EXPERIMENTS).join("mod.rs"))?;
    let ids = list.split_once("\nexperiments! {").and_then(|(_, rest)| rest.split_once('}'));
    let (ids, _) = ids.ok_or("no 'experiments! { … }' in src/experiments/mod.rs")?;
    let ids = ids.split(',').map(str::trim).filter(|id| !id.is_empty());
    ids.map(|id| {
        let file = root.join(EXPERIMENTS).join(id).join("page.md");
        read(id, &file.to_string_lossy(), &text(&file)?).map_err(|error| error.to_string())
    })
    .collect()
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn put(path: &Path, html: &str) -> Result<(), String> {
    fs::write(path, html).map_err(|error| format!("{}: {error}", path.display()))
}
