//! Networks that this program does not run, written down with what `net` offers; and broken ones, which are refused.

use stdp_playground::net::*;

fn kind_of(net: &Network, name: &str) -> String {
    let tables = net.tables();
    let rows = tables.iter().flat_map(|table| &table.rows);
    rows.filter(|row| row[0] == name).map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n")
}

fn conductance(tau_s_ms: f64, e_rev_mv: f64) -> Synapse {
    Synapse::Conductance { tau_s_ms, e_rev_mv, per_weight: 1.0 }
}

/// Starts at a potential.
fn from_v(mut population: Population, v_mv: f64) -> Population {
    let from = Draw::Fixed { value: v_mv };
    population.parts[0].start = vec![Start { variable: "v_mv".into(), from, at_or_above: None }];
    population
}

/// Diehl and Cook (2015), as their program has it.
fn diehl_cook(num: u32) -> Network {
    let cell = |[tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms]: [f64; 5]| {
        let (reset, method) = (Reset::Hard, Method::ExponentialEulerMembrane);
        Model::ConductanceLif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, method }
    };
    let digits = (0..10).map(|digit| digit.to_string()).collect();
    let phase = Phase {
        pause_ms: 150.0,
        stimuli: digits,
        repeat: Some(Repeat {
            population: "excitatory".into(),
            fewer_than: 5,
            adds: 1.0,
            source: "digits".into(),
        }),
        ..Phase::new("training", 60_000, 350.0)
    };
    let mut net = Network::new(0.5, Schedule { phases: vec![phase] });
    let input = Population::new("input", 784, 0, Role::Input, Model::SpikeSource).in_grid(28, 28);
    let model = cell([100.0, -65.0, -72.0, -65.0, 5.0]);
    let mut excitatory = from_v(Population::new("excitatory", num, 1, Role::Output, model), -105.0);
    excitatory.adaptation = Some(Adaptation::Relaxing {
        theta_plus_mv: 0.05,
        ratio: 1.0,
        distance_mv: -7.0,
        tau_theta_ms: 1e7,
        theta_start_mv: 20.0,
        array: Some("theta_mv".into()),
    });
    let model = cell([10.0, -60.0, -40.0, -45.0, 2.0]);
    let inhibitory = from_v(Population::new("inhibitory", num, 2, Role::Inhibitory, model), -100.0);
    let image = Drive::Image { rate_hz: 31.875, intensity: 2.0 };
    net.sources.push(Source::new("digits", input.all(), image));
    let window = Window::PostTriplet {
        eta_pre: 1e-4,
        eta_post: 0.01,
        tau_pre_ms: 20.0,
        tau_post_1_ms: 20.0,
        tau_post_2_ms: 40.0,
    };
    let project = |name: &str, ends: [&Population; 2], wiring, weights, synapse| {
        Projection::new(name, ends.map(Population::all), wiring, weights, synapse)
    };
    let drawn = Weights::uniform(0.003, 0.303, Unit::None).within(0.0, 1.0);
    net.projections = vec![
        Projection {
            delay: Delay::Uniform { low_ms: 0.0, high_ms: 10.0 },
            rule: Some(Rule { pairing: Pairing::Nearest, ..Rule::new(window, Dependence::Hard) }),
            homeostasis: vec![Homeostasis::NormalisePerTrial { total: 78.0, from_start: true }],
            array: Some("XeAe".into()),
            ..project(
                "input to excitatory",
                [&input, &excitatory],
                Wiring::AllToAll,
                drawn,
                conductance(1.0, 0.0),
            )
        },
        project(
            "excitatory to inhibitory",
            [&excitatory, &inhibitory],
            Wiring::OneToOne,
            Weights::fixed(10.4, Unit::None),
            conductance(1.0, 0.0),
        ),
        Projection {
            receptor: Receptor::Inhibitory,
            ..project(
                "inhibitory to excitatory",
                [&inhibitory, &excitatory],
                Wiring::AllToOthers,
                Weights::fixed(17.0, Unit::None),
                conductance(2.0, -100.0),
            )
        },
    ];
    net.populations = vec![input, excitatory, inhibitory];
    net
}

/// Klampfl and Maass (2013): a grid of winner-take-all circuits.
fn winner_take_all_grid() -> Network {
    let phase = Phase {
        pause_ms: 300.0,
        pause_max_ms: Some(500.0),
        stimuli: vec!["pattern".into()],
        ..Phase::new("training", 30, 300.0)
    };
    let mut net = Network::new(1.0, Schedule { phases: vec![phase] });
    net.update = Update::as_source(
        "Klampfl and Maass (2013), authors' code",
        &[
            "EPSPs",
            "u",
            "softmax",
            "spikes",
            "traces",
            "STDP, then S and Q",
            "short-term variables",
        ],
    );
    let sizes: Vec<u32> = (0..50).map(|circuit| 2 + circuit * 7 % 9).collect();
    let num = sizes.iter().sum();
    let input = Population::new("input", 100, 0, Role::Input, Model::SpikeSource);
    let mut grid =
        Population::new("circuits", num, 1, Role::Output, Model::Softmax { rate_hz: 100.0 });
    grid.place.layout = Layout::Circuits { columns: 10, rows: 5, sizes };
    let patterns = Drive::Frozen {
        rate_hz: 5.0,
        length_ms: 300.0,
        patterns: 1,
        shared: 0,
        noise_hz: 2.0,
        pause_hz: 5.0,
    };
    net.sources.push(Source::new("patterns", input.all(), patterns));
    let epsp =
        || Synapse::DoubleExponential { tau_rise_ms: 2.0, tau_decay_ms: 20.0, amplitude: 1.0 };
    let window =
        Window::LogWeight { c: 1.0, eta: 0.1, tracks_variance: true, s_start: 0.0, q_start: 1.0 };
    let rule = Rule {
        reads: vec![Reads::PostSpikes, Reads::PostPotential],
        method: Method::Euler,
        ..Rule::new(window, Dependence::Unbounded)
    };
    let plastic = |name: &str, from: &Population, wiring, delay_ms| {
        let weights = Weights::new(Draw::LogUniform, Unit::None);
        let ends = [from.all(), grid.all()];
        let projection = Projection::new(name, ends, wiring, weights, epsp());
        Projection {
            delay: Delay::Fixed { delay_ms },
            receptor: Receptor::Signed,
            rule: Some(rule.clone()),
            ..projection
        }
    };
    let recurrent = Wiring::ByCircuit { lambda: 0.088, num_pairs: 1_000, tolerance: 1.0 };
    let short_term =
        ShortTerm { u: 0.5, tau_d_ms: 110.0, tau_f_ms: 5.0, sd: 0.5, tau_least_ms: 1.0 };
    net.projections = vec![
        plastic("from input", &input, Wiring::AllToAll, 1.0),
        Projection { short_term: Some(short_term), ..plastic("recurrent", &grid, recurrent, 1.0) },
    ];
    net.populations = vec![input, grid];
    net
}

/// Two neurons of Clopath et al. (2010) and the synapse between them.
fn clopath_pair() -> Network {
    let mut net = Network::new(0.1, Schedule::continuous(1_000.0));
    let neuron = || Model::AdEx {
        c_m_pf: 281.0,
        g_l_ns: 30.0,
        e_l_mv: -70.6,
        v_th_mv: -50.4,
        delta_t_mv: 2.0,
        v_peak_mv: 33.0,
        v_reset_mv: -60.0,
        a_ns: 4.0,
        b_pa: 80.5,
        tau_w_ms: 144.0,
        t_ref_ms: 0.0,
        i_sp_pa: 400.0,
        tau_z_ms: 40.0,
        v_th_max_mv: -20.0,
        tau_th_ms: 50.0,
        t_clamp_ms: 2.0,
        v_clamp_mv: 33.0,
        method: Method::Euler,
    };
    let pre = Population::new("pre", 1, 0, Role::Input, neuron());
    let post = Population::new("post", 1, 1, Role::Output, neuron());
    for population in [&pre, &post] {
        let kicks = Drive::Kicks { rate_hz: 20.0, size_mv: 50.0 };
        net.sources.push(Source::new(
            &format!("onto {}", population.name),
            population.all(),
            kicks,
        ));
    }
    let window = Window::Voltage {
        a_ltd: 14e-5,
        a_ltp: 8e-5,
        theta_minus_mv: -70.6,
        theta_plus_mv: -45.3,
        tau_minus_ms: 10.0,
        tau_plus_ms: 7.0,
        tau_x_ms: 15.0,
        lag_ms: 4.0,
        u_ref_mv2: Some(60.0),
        tau_u_ms: 1_200.0,
    };
    let weights = Weights::fixed(0.5, Unit::None).within(0.0, 1.0);
    let ends = [pre.all(), post.all()];
    let synapse = Synapse::Delta { per_weight: 1.0 };
    let synapse = Projection::new("synapse", ends, Wiring::OneToOne, weights, synapse);
    let rule = Rule {
        reads: vec![Reads::PreSpikes, Reads::PostVoltage],
        ..Rule::new(window, Dependence::Hard)
    };
    net.projections.push(Projection { rule: Some(rule), ..synapse });
    net.populations = vec![pre, post];
    net
}

#[test]
fn published_networks_can_be_written_down_and_read() {
    let net = diehl_cook(400);
    assert_eq!(net.check(), []);
    assert_eq!(net.schedule.duration_ms(), 3e7);
    let told = kind_of(&net, "inhibitory to excitatory");
    for words in ["all but its own number", "17", "inhibitory", "e_rev_mv | -100 | mV"] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    let told = kind_of(&net, "input to excitatory");
    for words in [
        "0.003 to 0.303 in [0, 1]",
        "0 to 10 ms",
        "triplet-like STDP",
        "total | 78",
        "eta_pre | 0.0001",
    ] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    let told = kind_of(&net, "excitatory");
    for words in [
        "tau_theta_ms | 10000000 | ms",
        "theta_start_mv | 20 | mV",
        "v_th_mv | -72",
        "from.value | -105",
    ] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    assert!(kind_of(&net, "training").contains("fewer_than | 5"));

    let net = winner_take_all_grid();
    assert_eq!(net.check(), []);
    assert_eq!(net.schedule.duration_ms(), 30.0 * 700.0);
    let told = kind_of(&net, "recurrent");
    for words in [
        "by distance of circuits (lambda 0.088",
        "tau_d_ms | 110 | ms",
        "log-weight STDP",
        "tau_rise_ms | 2 | ms",
        "postsynaptic potentials",
    ] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    assert!(kind_of(&net, "circuits").contains("10 × 5 circuits"));
    assert!(net.projections[1].num_weights().is_none() && net.projections[1].is_plastic());

    let net = clopath_pair();
    assert_eq!(net.check(), []);
    let told = kind_of(&net, "synapse");
    for words in ["voltage-based", "output's potential", "a_ltp | 0.00008 | 1/(mV² ms)"] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    assert!(kind_of(&net, "post").contains("g_l_ns | 30 | nS"));
}

/// The one thing that is wrong with Diehl and Cook's network after this change.
fn refusal(spoil: impl FnOnce(&mut Network)) -> String {
    let mut net = diehl_cook(100);
    spoil(&mut net);
    let broken = net.check();
    assert_eq!(broken.len(), 1, "{broken:?}");
    broken[0].to_string()
}

#[test]
fn broken_descriptions_are_refused_with_what_value_rule_and_remedy() {
    let says = |message: String, words: &[&str]| {
        for word in words {
            assert!(message.contains(word), "'{word}' is not in '{message}'");
        }
        assert!(message.ends_with('.'), "{message}");
    };
    let name = "input to excitatory";
    let message = refusal(|net| net.projections[0].to.population = "exitatory".into());
    says(message, &[name, "no 'exitatory'", "Use one of input, excitatory, inhibitory"]);
    let message = refusal(|net| {
        net.projections[1].delay = Delay::Fixed { delay_ms: -1.5 };
    });
    says(message, &["delay_ms of excitatory to inhibitory", "-1.5", "must not be negative"]);
    let message = refusal(|net| {
        net.projections[0].weights = Weights::uniform(0.5, 1.25, Unit::None).within(0.0, 1.0);
    });
    says(message, &[name, "1.25", "between 0 and 1", "Draw others"]);
    let message = refusal(|net| net.projections[1].to = net.populations[2].some(0, 99));
    says(message, &["excitatory to inhibitory", "100 senders and 99 receivers", "another wiring"]);
    let message = refusal(|net| net.projections[2].from = net.populations[2].some(1, 100));
    says(message, &["inhibitory to excitatory", "up to 101", "there are 100", "Take fewer"]);
    let message = refusal(|net| {
        net.sources[0] = Source::new(
            "digits",
            net.populations[1].all(),
            Drive::Kicks { rate_hz: 1.0, size_mv: 1.0 },
        );
    });
    says(message, &["input", "no source makes it fire", "Add a source"]);
    let message = refusal(|net| {
        net.populations[0].place.layout = Layout::Grid { columns: 28, rows: 27 };
    });
    says(message, &["grid of input", "756", "must be 784"]);
    let message = refusal(|net| net.schedule.phases[0].num_trials = 0);
    says(message, &["trials of training", "at least 1"]);
    let message = refusal(|net| net.projections[2].name = "excitatory to inhibitory".into());
    says(message, &["two projections", "'excitatory to inhibitory'", "Rename"]);
}

#[test]
fn a_population_of_nobody_is_refused_and_so_is_a_rule_without_its_modulator() {
    let mut net = clopath_pair();
    net.populations.push(Population::new(
        "nobody",
        0,
        0,
        Role::Hidden,
        Model::Softmax { rate_hz: 1.0 },
    ));
    let told: Vec<String> = net.check().iter().map(Broken::to_string).collect();
    assert_eq!(
        told,
        ["size of nobody: 0, and there must be at least 1. Leave it out or make it larger."]
    );
    let mut net = clopath_pair();
    let eligibility = Eligibility {
        modulator: "dopamine".into(),
        tau_e_ms: Some(0.0),
        payout: Payout::Continuous,
        scale: 1.0,
        eta: f64::NAN,
        start: 0.0,
    };
    net.projections[0].rule = net.projections[0].rule.take().map(|rule| rule.waiting(eligibility));
    let told: Vec<String> = net.check().iter().map(Broken::to_string).collect();
    assert!(told[0].starts_with("rule of synapse: there is no 'dopamine'"), "{told:?}");
    assert!(told[1].contains("tau_e_ms of synapse: 0 must be above 0"), "{told:?}");
    assert!(told[2].contains("eta of synapse: NaN must be a finite number"), "{told:?}");
    assert_eq!(
        net.projections[0].rule.as_ref().map(Rule::short_name).as_deref(),
        Some("voltage-based × dopamine")
    );
}
