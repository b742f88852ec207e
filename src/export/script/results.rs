//! What a program prints and draws at the end: the same names and the same figure in every simulator.

use super::words::{ident, is_input};
use crate::net::{Network, Projection};

/// Mean CV of intervals, of trains of spike times in ms.
pub(super) const ISI_CV: &str = r#"

def isi_cv(TRAINS, least=20):
    """Mean CV of the intervals of neurons that have enough of them."""
    cvs = []
    for times in EACH:
        gaps = np.diff(GAPS)
        if len(gaps) >= least:
            cvs.append(np.std(gaps, ddof=1)/np.mean(gaps))
    return np.mean(cvs) if cvs else float("nan")


"#;

/// Those who fire by themselves, as they are called in Python.
pub(super) fn firing(net: &Network) -> Vec<String> {
    let firing = net.populations.iter().filter(|population| !is_input(population));
    firing.map(|population| ident(&population.name)).collect()
}

/// Projections that learn, with their places.
pub(super) fn plastic(net: &Network) -> Vec<(usize, &Projection)> {
    net.projections.iter().enumerate().filter(|(_, of)| of.is_plastic()).collect()
}

/// A part of the figure.
pub(super) enum Row {
    /// Expressions for times in ms and neurons, and whose they are.
    Raster(String, String, String),
    /// An expression for weights, and of what.
    Weights(String, String),
}

/// The figure, drawn into the file that is named when the program is called.
pub(super) fn figure(rows: &[Row]) -> String {
    let num = rows.len();
    let mut text = format!(
        "\nif len(sys.argv) > 1:\n    import matplotlib\n\n    matplotlib.use(\"Agg\")\n    import matplotlib.pyplot as plt\n\n    \
         _, axes = plt.subplots({num}, squeeze=False, figsize=(7, {}))\n",
        3 * num
    );
    for (row, content) in rows.iter().enumerate() {
        text += &match content {
            Row::Raster(times, neurons, name) => format!(
                "    axes[{row}][0].plot({times}, {neurons}, \".\", markersize=1)\n    \
                 axes[{row}][0].set(xlabel=\"time (ms)\", ylabel=\"{name}\")\n"
            ),
            Row::Weights(weights, name) => format!(
                "    axes[{row}][0].hist({weights}, bins=40)\n    \
                 axes[{row}][0].set(xlabel=\"weight of {name}\", ylabel=\"synapses\")\n"
            ),
        };
    }
    text + "    plt.tight_layout()\n    plt.savefig(sys.argv[1])\n"
}
