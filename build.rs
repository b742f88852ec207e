//! Two things made from the sources: a name for the build, so that a page never meets a worker of
//! another build in a cache; and the experiments' words (`page.md`) as constants.

use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for root in ["src", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={root}");
        add(Path::new(root), &mut hash);
    }
    println!("cargo::rustc-env=STDP_BUILD={hash:016x}");

    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it"));
    for entry in fs::read_dir("src/experiments").expect("there are experiments").flatten() {
        if entry.path().is_dir() {
            words(&entry.path(), &out);
        }
    }
}

/// Writes the words of the experiment in `folder` as Rust constants.
fn words(folder: &Path, out: &Path) {
    let source = folder.join("page.md");
    let id = folder.file_name().unwrap_or_default().to_string_lossy();
    let page = fs::read_to_string(&source)
        .map_err(|e| format!("{}: {e}; write the words of {id} there", source.display()))
        .and_then(|text| {
            let page = stdp_pages::read(&id, &source.to_string_lossy(), &text);
            page.map_err(|e| e.to_string())
        });
    match page {
        Ok(page) => fs::write(out.join(format!("{id}_words.rs")), stdp_pages::tables(&page))
            .expect("OUT_DIR is writable"),
        // Not a panic: its backtrace would hide what the author is to do.
        Err(error) => {
            println!("cargo::error={error}");
            std::process::exit(1);
        }
    }
}

/// FNV-1a over names and contents, in the order of the names.
fn add(path: &Path, hash: &mut u64) {
    let mut mix = |bytes: &[u8]| {
        for byte in bytes {
            *hash = (*hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    };
    mix(path.to_string_lossy().as_bytes());
    if path.is_dir() {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| add(path, hash));
    } else {
        mix(&fs::read(path).unwrap_or_default());
    }
}
