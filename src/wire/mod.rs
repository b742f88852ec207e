//! What crosses between the page and the worker: commands one way, events the other.
//!
//! These are the only serialised shapes between the two (postcard, a compact binary format). The
//! first event carries [`PROTOCOL`], so that a page never talks to a worker of another build.

use serde::{Deserialize, Serialize};

use crate::lab::told::FileTold;
use crate::lab::{
    Activity, FilmFrame, Interaction, Notice, Picture, SeedOutcome, Simulator, Snapshot, StepKind,
};
use crate::record::{Figure, Fingerprint};

/// Changes with every change of the shapes below.
pub const PROTOCOL: u32 = 9;

/// From the page to the host.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Forget what was there and build the run of this link. Events carry `run_id` from now on.
    Open {
        /// Chosen by the page; later events with another one are stale.
        run_id: u32,
        /// The link.
        link: String,
    },
    /// Go on, or start over when the run is finished.
    Run,
    /// Stop where it is.
    Pause,
    /// Go a little and stop.
    Step(StepKind),
    /// To this moment of the run, in simulated milliseconds, be it behind or ahead, and stop there.
    Seek {
        /// The moment.
        ms: f64,
    },
    /// Back to the first tick of the link's run.
    Reset,
    /// Change a live parameter under way.
    Set {
        /// The parameter.
        key: String,
        /// Its new value, as in a link.
        value: String,
        /// In the run that this one is compared with.
        is_twin: bool,
    },
    /// Something was done inside a panel.
    Interact(Interaction),
    /// Which panels are on screen; the others' figures are not made.
    Watch(Vec<u16>),
    /// The page has drawn that many frames and can take as many more.
    Credit(u32),
    /// Nobody is looking: do not work ahead.
    Hidden(bool),
    /// Send what was learned.
    SaveWeights,
    /// Make something to take home of the run as it stands.
    Export(Export),
    /// Read a file of the visitor's, weights or spike trains, and say whether the run at hand could use it.
    LoadFile(#[serde(with = "serde_bytes")] Vec<u8>),
    /// A file that was read before, for runs whose link names it.
    KeepFile(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Bytes that come with the program, for runs that are built from them.
    Asset {
        /// Their name.
        name: String,
        /// The bytes.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// Are you there?
    Ping,
    /// Run this link to its end, besides whatever else is to be done, and tell only the results.
    Job {
        /// Chosen by the page.
        job: u32,
        /// The link; a twin in it is left out.
        link: String,
    },
}

/// Something to take home of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Export {
    /// A figure.
    Figure {
        /// The panel's index; one of the twin has [`TWIN`] added.
        panel: u16,
        /// The figure as the page shows it, with the stretch that is looked at and what lies behind; the run's own
        /// at this moment, if there is none.
        shown: Option<Box<Figure>>,
        /// As what.
        format: Format,
    },
    /// The picture of the network.
    Network {
        /// That of the run beside it.
        is_twin: bool,
        /// The network as the page shows it; as the run stands at this moment, if there is none.
        shown: Option<Box<Snapshot>>,
        /// As what: its numbers are the weights of the synapses that are followed.
        format: Format,
    },
    /// All files of the run, in one zip.
    Everything {
        /// BibTeX entries of the demo's sources, which are no part of the simulator's module.
        sources: String,
    },
    /// The network as a program for another simulator; where there is none, the refusal has the key [`SCRIPT`].
    Script {
        /// For which.
        simulator: Simulator,
    },
}

/// The key of what is said of a network that cannot be written for another simulator.
pub const SCRIPT: &str = "script";

/// The kind of file that such a program is.
pub const PYTHON: &str = "text/x-python";

/// What a figure is taken home as.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Format {
    /// For print.
    Svg {
        /// Its width in millimetres.
        width_mm: f64,
        /// The size of its letters in points.
        font_pt: f64,
        /// Light on dark.
        is_dark: bool,
    },
    /// Its numbers.
    Csv,
}

/// From the host to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The worker is up.
    Hello {
        /// Its [`PROTOCOL`].
        protocol: u32,
    },
    /// The state of the run, and its figures.
    Frame(Box<Frame>),
    /// A command that was not carried out, and why.
    Refused {
        /// The run it was meant for.
        run_id: u32,
        /// What, the value, the rule.
        notice: Notice,
    },
    /// A file was read that the run can use: to do so, open its link with the file's name.
    FileRead {
        /// The run it is for.
        run_id: u32,
        /// Its key in links.
        key: String,
        /// Its name in links.
        name: Fingerprint,
        /// How it was understood, where that is not plain.
        notices: Vec<String>,
    },
    /// The run was built; what became of the visitor's files in it, and in the run beside it.
    Opened {
        /// The run.
        run_id: u32,
        /// Its files.
        files: Vec<FileTold>,
        /// Those of the run beside it.
        twin_files: Vec<FileTold>,
    },
    /// The network of a run that was built, ahead of its first frame; that of the run beside it.
    Network {
        /// The run.
        run_id: u32,
        /// Its network.
        picture: Box<Picture>,
        /// That of the run beside it.
        twin: Option<Box<Picture>>,
    },
    /// What has been added to the film of the run. Where it begins before the film ends, the end is another now.
    Film {
        /// The run.
        run_id: u32,
        /// In the order of time.
        frames: Vec<FilmFrame>,
    },
    /// The learning curve of the same link from another seed.
    OtherSeed {
        /// The run it stands behind.
        run_id: u32,
        /// The other seed.
        seed: u32,
        /// One value per block.
        curve: Vec<f32>,
    },
    /// A weights file.
    Weights {
        /// The run it is from.
        run_id: u32,
        /// Its text.
        text: String,
    },
    /// Something to take home.
    Exported {
        /// The run it is from.
        run_id: u32,
        /// The panel's index of a figure, or [`NETWORK`]; none of everything.
        panel: Option<u16>,
        /// The name of the file.
        name: String,
        /// What kind of file.
        mime: String,
        /// Its content.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// Here I am.
    Pong,
    /// How much of a job is done, from 0 to 1.
    JobProgress {
        /// Which.
        job: u32,
        /// The share.
        share: f64,
    },
    /// A job is done.
    JobDone {
        /// Which.
        job: u32,
        /// What it came to.
        outcome: SeedOutcome,
    },
}

/// Where a run is in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunState {
    /// At its first tick.
    #[default]
    Idle,
    /// Going.
    Running,
    /// Stopped on the way.
    Paused,
    /// At its end.
    Finished,
    /// Stopped by a fault.
    Failed,
}

impl RunState {
    /// The word in `data-run-state`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Finished => "finished",
            Self::Failed => "failed",
        }
    }
}

/// The run at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Which run.
    pub run_id: u32,
    /// Where it is in its life.
    pub state: RunState,
    /// Simulated milliseconds so far.
    pub sim_ms: f64,
    /// Simulated milliseconds of the whole run.
    pub total_ms: f64,
    /// So far the run has been computed.
    pub computed_ms: f64,
    /// The moment that was asked for, once the run is there.
    pub sought_ms: Option<f64>,
    /// Simulated time per real time over the last moments; 0 while it stands.
    pub speed_ratio: f64,
    /// What is going on, in words.
    pub phase: String,
    /// Of everything so far; none while it goes, and none once it was edited.
    pub fingerprint: Option<Fingerprint>,
    /// When a live parameter was changed.
    pub edited_at_ms: Option<f64>,
    /// Why it stopped.
    pub fault: Option<String>,
    /// Results so far.
    pub summary: Vec<(String, f64)>,
    /// Figures by panel index; those of the twin have [`TWIN`] added.
    pub figures: Vec<(u16, Figure)>,
    /// What happened in the network since the frame before.
    pub activity: Activity,
    /// The run that it is compared with.
    pub twin: Option<TwinFrame>,
}

/// Stands for the picture of the network where a panel's index is told.
pub const NETWORK: u16 = 0xFF;

/// Added to a panel's index, it means the same panel of the run that is compared.
pub const TWIN: u16 = 0x100;

/// What is told of the run that is compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TwinFrame {
    /// Simulated milliseconds so far.
    pub sim_ms: f64,
    /// What is going on, in words.
    pub phase: String,
    /// Of everything so far; none once the run was edited.
    pub fingerprint: Option<Fingerprint>,
    /// Why it stopped.
    pub fault: Option<String>,
    /// Results so far.
    pub summary: Vec<(String, f64)>,
    /// What happened in its network since the frame before.
    pub activity: Activity,
}

/// The bytes of a message.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_stdvec(message).expect("messages are plain data")
}

/// The message in these bytes.
pub fn decode<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, String> {
    postcard::from_bytes(bytes).map_err(|error| format!("not a message of this build: {error}"))
}
