//! LaTeX as MathML.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

/// An equation as browsers show it.
///
/// # Errors
/// If it cannot be read, or would need what the page's security policy forbids.
pub fn mathml(latex: &str) -> Result<String, String> {
    let storage = Storage::new();
    let config = RenderConfig { display_mode: DisplayMode::Block, ..RenderConfig::default() };
    let mut mathml = String::new();
    push_mathml(&mut mathml, Parser::new(latex, &storage), config).map_err(|e| e.to_string())?;
    // The renderer writes a parse error into its output instead of giving it back.
    if mathml.contains("merror") {
        return Err("it cannot be read".into());
    }
    // The page's security policy forbids it, so it would look different there than here.
    if mathml.contains(" style=") {
        return Err("it needs a style attribute, which the page does not allow".into());
    }
    // The renderer takes the micro sign for the letter, which mathematics faces do not slant.
    Ok(mathml.replace('µ', "μ"))
}

#[cfg(test)]
mod tests {
    use super::mathml;

    #[test]
    fn a_mu_is_the_letter() {
        assert!(mathml(r"w^\mu").is_ok_and(|math| math.contains("<mi>\u{3bc}</mi>")));
    }
}
