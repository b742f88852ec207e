//! Words to standard output. Whoever reads them may stop reading (`stdp list | head`), which ends the program quietly.

use std::io::{ErrorKind, Write};

/// Prints a line.
pub fn line(text: std::fmt::Arguments<'_>) {
    match writeln!(std::io::stdout().lock(), "{text}") {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => {
            eprintln!("stdp: cannot write to standard output: {error}");
            std::process::exit(2);
        }
    }
}

/// As `println!`, to a reader who may go away.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::out::line(format_args!($($words)*)) };
}
pub(crate) use say;
