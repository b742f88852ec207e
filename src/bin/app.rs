//! The page.

fn main() {
    stdp_playground::view::start();
}
