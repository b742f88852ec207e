//! The command line; see `stdp --help`.

fn main() -> std::process::ExitCode {
    stdp_playground::cli::main()
}
