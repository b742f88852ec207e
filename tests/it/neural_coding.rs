//! What the page of neural codes says, over several seeds; the visitor's picture; and that no step takes longer than a slice.

use stdp_playground::experiments::build;
use stdp_playground::lab::files::Shelved;
use stdp_playground::lab::{Session, values};
use stdp_playground::record::{Figure, GreyPicture, VisitorFile};

use crate::runs::{every_preset, finished, number, over_seeds, spec_of};

const SEEDS: u32 = 5;

/// Mean of a result over seeds, and the most that one is away from it.
fn told(link: &str, name: &str) -> (f64, f64) {
    let all: Vec<f64> = over_seeds(link, SEEDS, [name]).into_iter().map(|[value]| value).collect();
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    let spread = all.iter().map(|value| (value - mean).abs()).fold(0.0, f64::max);
    println!("{link}: {name} {mean:.4} ± {spread:.4}");
    (mean, spread)
}

/// The mean is within this of what the page says.
fn is_about(link: &str, name: &str, said: f64, within: f64) {
    let (mean, spread) = told(link, name);
    assert!((mean - said).abs() < within, "{link}: {name} is {mean}, not {said}");
    assert!(spread < 3.0 * within, "{link}: {name} spreads by {spread}");
}

const TTFS: &str = "demo=neural_coding";
const TTFS_JITTER: &str = "demo=neural_coding&jitter=0.2";
const POISSON: &str = "demo=neural_coding&code=poisson";
const POISSON_JITTER: &str = "demo=neural_coding&code=poisson&jitter=0.2";

#[test]
fn first_spikes_win_without_noise_and_lose_their_lead_with_jitter() {
    is_about(TTFS, "decode_rmse", 0.003, 0.0005);
    is_about(TTFS, "spikes_per_pixel", 1.0, 1e-9);
    is_about(TTFS_JITTER, "decode_rmse", 0.19, 0.006);
    // The mean of all five.
    is_about(TTFS_JITTER, "mean_rmse", 0.086, 0.006);
    is_about(POISSON, "decode_rmse", 0.196, 0.006);
    is_about(POISSON_JITTER, "decode_rmse", 0.196, 0.006);
    is_about(POISSON, "spikes_per_pixel", 3.6, 0.1);
}

#[test]
fn the_published_poisson_code_decodes_too_well_because_it_is_too_regular() {
    let of = |code: &str, name: &str| {
        told(&format!("demo=neural_coding&steps=60&presentations=20&code={code}"), name).0
    };
    let [published, right] = ["published_poisson", "poisson"].map(|code| of(code, "decode_rmse"));
    assert!((published - 0.12).abs() < 0.01 && (right - 0.243).abs() < 0.01, "{published} {right}");
    let [published, right] = ["published_poisson", "poisson"].map(|code| of(code, "fano"));
    assert!(published < 0.3 && (right - 1.0).abs() < 0.05, "{published} {right}");
    let [published, right] = ["published_poisson", "poisson"].map(|code| of(code, "isi_cv"));
    assert!(published < 0.35 && right > 0.5, "{published} {right}");
}

#[test]
fn the_error_of_a_rate_code_falls_with_the_root_of_its_spikes() {
    let of = |steps: u32, lambda: f64| {
        let link = format!(
            "demo=neural_coding&code=poisson&steps={steps}&lambda={lambda}&presentations=10"
        );
        told(&link, "decode_rmse").0
    };
    let [short, long, fast] = [of(75, 0.2), of(300, 0.2), of(75, 0.8)];
    // Four times the spikes: half the error, or a bit less where it is cut off at white.
    assert!(
        (1.7..2.1).contains(&(short / long)) && (1.7..2.1).contains(&(short / fast)),
        "{short} {long} {fast}"
    );
}

#[test]
fn the_published_sweep_is_read_best_below_its_highest_rate() {
    let names = ["decode_rmse_1", "decode_rmse_2", "decode_rmse_3", "decode_rmse_4"];
    let of = |more: &str| {
        let rows = over_seeds(
            &format!("demo=neural_coding&part=sweep&steps=40&presentations=20{more}"),
            SEEDS,
            names,
        );
        [0, 1, 2, 3].map(|place| rows.iter().map(|row| row[place]).sum::<f64>() / rows.len() as f64)
    };
    let (published, right) = (of(""), of("&rate_code=poisson"));
    println!("published {published:.3?}, Poisson {right:.3?}");
    for (found, said) in published.iter().chain([&right[3]]).zip([0.41, 0.19, 0.07, 0.08, 0.10]) {
        assert!((found - said).abs() < 0.008, "{found}, not {said}");
    }
    assert!(right.windows(2).all(|pair| pair[1] < pair[0]));
}

#[test]
fn a_scrambled_raster_cannot_be_read() {
    let of = |scrambled: u32| {
        let link =
            format!("demo=neural_coding&code=published_poisson&steps=60&scrambled={scrambled}");
        told(&link, "decode_rmse").0
    };
    let [right, scrambled] = [0, 1].map(of);
    assert!((0.35..0.45).contains(&scrambled) && scrambled > 2.0 * right, "{right} {scrambled}");
}

#[test]
fn rank_order_keeps_the_order_and_loses_brightness() {
    let of =
        |more: &str| told(&format!("demo=neural_coding&code=rank_order{more}"), "decode_rmse").0;
    let dim = of("&picture=dim");
    assert!(dim > 0.4, "{dim}");
    assert!((of("") - 0.138).abs() < 0.005);
}

const RACE: &str = "demo=neural_coding&part=race&steps=60&presentations=10";

/// Means over seeds of results of the race.
fn race<const N: usize>(noise: &str, names: [&str; N]) -> [f64; N] {
    let rows = over_seeds(&format!("{RACE}{noise}"), SEEDS, names);
    let mean = |place: usize| rows.iter().map(|row| row[place]).sum::<f64>() / rows.len() as f64;
    let means = std::array::from_fn(mean);
    println!("{noise}: {names:?} {means:.3?}");
    means
}

#[test]
fn a_race_is_won_by_time_without_noise_and_by_counts_with_jitter() {
    let names = [
        "rmse_first_spike",
        "rmse_rank",
        "rmse_poisson",
        "rmse_published",
        "equal_first_spike",
        "equal_poisson",
        "rmse_burst",
        "rmse_population",
    ];
    let quiet = race("", names);
    let jitter = race("&jitter=0.2", names);
    let late = race("&onset=0.2", names);
    let is = |found: f64, said: f64, within: f64| {
        assert!((found - said).abs() < within, "{found}, not {said}")
    };
    is(quiet[0], 0.005, 0.0005);
    is(quiet[2], 0.243, 0.01);
    is(jitter[0], 0.185, 0.006);
    is(jitter[2], 0.243, 0.01);
    is(jitter[3], 0.12, 0.01);
    assert!(jitter[6] < 0.1 && jitter[7] < 0.05, "{jitter:?}");
    // At equal spikes it may be shown again.
    assert!(jitter[4] < 0.75 * jitter[0] && jitter[4] < jitter[5], "{jitter:?}");
    is(late[0], 0.10, 0.03);
    assert!((late[1] - quiet[1]).abs() < 0.02 && (late[2] - quiet[2]).abs() < 0.02, "{late:?}");
}

#[test]
fn each_kind_of_noise_hurts_other_codes() {
    let run = finished(&spec_of(RACE));
    let place = run.spec.panels().iter().position(|panel| panel.key == "hurts").expect("a table");
    let figure = run.runner.figures(&|panel| usize::from(panel) == place).remove(0).1;
    let Figure::Matrix(table) = figure else { panic!("a table") };
    for (row, label) in table.row_labels.iter().enumerate() {
        println!("{label}: {:.3?}", &table.values[5 * row..5 * row + 5]);
    }
    let of = |code: &str, noise: &str| {
        let row = table.row_labels.iter().position(|label| label == code).expect("a code");
        let column = table.column_labels.iter().position(|label| label == noise).expect("a kind");
        table.values[5 * row + column]
    };
    assert!(of("weighted", "none") == 0.0 && of("weighted", "jitter") > 0.15);
    assert!(of("first spike", "background") > 0.1 && of("first spike", "onset") > 0.03);
    assert!(of("rank order", "onset") < of("rank order", "none") + 0.01);
    assert!(of("phase", "onset") < of("phase", "none") + 0.01);
    assert!((of("Poisson rate", "jitter") - of("Poisson rate", "none")).abs() < 0.01);
}

#[test]
fn rows_and_spikes_by_the_hundred_thousand_are_handled_in_slices() {
    // 65,536 neurons, more than 500,000 spikes in a presentation.
    let spec = spec_of(
        "demo=neural_coding&code=published_poisson&lambda=1&steps=60&pooling=full&presentations=3",
    );
    let run = finished(&spec);
    let spikes = number(&run, "spikes_per_pixel") * 65_536.0;
    assert!(spikes > 500_000.0, "{spikes}");
    // Figures are of rows and pixels that are seen, however many there are.
    for (_, figure) in run.runner.figures(&|_| true) {
        match figure {
            Figure::Raster(raster) => {
                assert!(
                    raster.row_labels.len() <= 256 && raster.rows.len() <= 40_000,
                    "{}",
                    raster.rows.len()
                );
                assert!(raster.rows.len() > 1_000);
            }
            Figure::Fields(fields) => assert!(fields.columns == 64 && fields.rows == 64),
            Figure::Curve(curve) => assert!(curve.lines.iter().all(|line| line.x.len() <= 400)),
            _ => {}
        }
    }
}

#[test]
fn a_picture_of_the_visitors_is_shown_whatever_its_size() {
    let mut file = b"P5 300 200 255\n".to_vec();
    file.extend((0..60_000_u32).map(|pixel| (pixel % 300 * 255 / 299) as u8));
    let (shelved, notices) = Shelved::new(VisitorFile::read(&file, None).expect("a picture"));
    assert!(notices.is_empty() && shelved.key() == "image");
    for preset in every_preset().into_iter().filter(|preset| preset.entry.id == "neural_coding") {
        let mut spec = preset.spec.clone();
        spec.files.put(&shelved);
        let mut session = Session::new(spec, build);
        assert!(session.unused.is_empty(), "{}: {:?}", preset.id, session.unused);
        session.advance_to(150);
        let told = stdp_playground::lab::told::told(&session);
        assert!(
            told[0].is_used && told[0].text.starts_with("a picture of 256 × 256 greys"),
            "{}",
            told[0].text
        );
        let Figure::Fields(shown) = session.runner.figures(&|panel| panel == 0).remove(0).1 else {
            panic!("pictures first")
        };
        let own = &shown.fields[0].values;
        // Grey from left to right, of the middle two thirds.
        assert!(own[0] < 0.2 && own[shown.columns as usize - 1] > 0.8, "{}", preset.id);
    }
    let other = Session::new(
        {
            let mut spec = spec_of("demo=stdp_window");
            spec.files.put(&shelved);
            spec
        },
        build,
    );
    assert_eq!(other.unused, [("image", "this run shows no picture of yours".to_string())]);
    let saved = GreyPicture::read(&file).unwrap().to_pgm();
    let (again, _) = Shelved::new(VisitorFile::read(&saved, None).unwrap());
    assert_eq!(again.name(), shelved.name());
}

#[test]
fn what_cannot_be_shown_is_refused_with_a_remedy() {
    let why = |link: &str, key: &str, value: &str| {
        let mut spec = spec_of(link);
        values::set(&mut spec.params, key, value).expect_err("refused").to_string()
    };
    assert!(why("demo=neural_coding&part=race", "pooling", "full").contains("Take 32 × 32"));
    let wide = "demo=neural_coding&code=weighted&steps=60&pooling=full";
    assert!(why(wide, "steps", "300").contains("million spikes"));
    assert!(
        why("demo=neural_coding&code=phase", "period_ms", "200")
            .contains("does not fit into 100 steps")
    );
}
