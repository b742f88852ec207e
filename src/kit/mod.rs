//! What experiments share: makers of figures. Names no single experiment; everything in here has at least two users.

pub mod figure;
