//! The page's module.

fn main() {
    stdp_playground::view::start();
}
