//! Gives the build a name made from its sources, so that a page never meets a worker of another build
//! in a cache.

use std::path::Path;

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for root in ["src", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={root}");
        add(Path::new(root), &mut hash);
    }
    println!("cargo::rustc-env=STDP_BUILD={hash:016x}");
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
        let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
        let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| add(path, hash));
    } else {
        mix(&std::fs::read(path).unwrap_or_default());
    }
}
