//! Words to standard output. Whoever reads them may stop reading (`stdp list | head`), which ends the program quietly.

use std::io::Write;

/// Prints a line.
pub fn line(text: std::fmt::Arguments<'_>) {
    if writeln!(std::io::stdout().lock(), "{text}").is_err() {
        std::process::exit(0);
    }
}

/// As `println!`, to a reader who may go away.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::out::line(format_args!($($words)*)) };
}
pub(crate) use say;
