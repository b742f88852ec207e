//! Two things made from the sources: a name for the build, so that a page never meets a worker of
//! another build in a cache; and the experiments' equations as MathML.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for root in ["src", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={root}");
        add(Path::new(root), &mut hash);
    }
    println!("cargo::rustc-env=STDP_BUILD={hash:016x}");

    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it"));
    for experiment in fs::read_dir("src/experiments").expect("there are experiments").flatten() {
        let source = experiment.path().join("equations.txt");
        if let Ok(text) = fs::read_to_string(&source) {
            let name = experiment.file_name().to_string_lossy().into_owned();
            let code = equations(&text).unwrap_or_else(|e| panic!("{}: {e}", source.display()));
            fs::write(out.join(format!("{name}_equations.rs")), code).expect("OUT_DIR is writable");
        }
    }
}

/// A Rust expression: MathML and a sentence for every two lines of `text`.
fn equations(text: &str) -> Result<String, String> {
    let lines: Vec<&str> =
        text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).collect();
    let mut code = String::from("&[");
    for pair in lines.chunks(2) {
        let &[latex, sentence] = pair else {
            return Err("an equation without its sentence".into());
        };
        let storage = Storage::new();
        let config = RenderConfig { display_mode: DisplayMode::Block, ..RenderConfig::default() };
        let mut mathml = String::new();
        push_mathml(&mut mathml, Parser::new(latex, &storage), config)
            .map_err(|e| e.to_string())?;
        // The renderer writes a parse error into its output instead of giving it back.
        if mathml.contains("merror") {
            return Err(format!("cannot read {latex}"));
        }
        // The page's security policy forbids it, so it would look different there than here.
        if mathml.contains(" style=") {
            return Err(format!("{latex} needs a style attribute"));
        }
        code.push_str(&format!("({mathml:?}, {sentence:?}),"));
    }
    code.push(']');
    Ok(code)
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
