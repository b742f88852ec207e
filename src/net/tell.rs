//! Quantities with names and units, and how described things list theirs.

/// The unit of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Unit {
    /// A pure number, or no number at all.
    None,
    /// A number between 0 and 1.
    Share,
    /// Milliseconds.
    Ms,
    /// Seconds.
    S,
    /// Millivolts.
    Mv,
    /// Hertz.
    Hz,
    /// Picoamperes.
    Pa,
    /// Nanosiemens.
    Ns,
    /// Nanosiemens of what may also work the other way.
    SignedNs,
    /// Picofarads.
    Pf,
    /// Microfarads per square centimetre of membrane.
    UfPerCm2,
    /// Millisiemens per square centimetre of membrane.
    MsiemensPerCm2,
    /// Per millisecond.
    PerMs,
    /// Millivolts for a millisecond: the area under a potential.
    MvMs,
    /// Millivolts per millisecond: how fast a potential moves.
    MvPerMs,
    /// Hertz per millivolt.
    HzPerMv,
    /// Trials.
    Trials,
    /// Per millivolt.
    PerMv,
    /// Per millivolt and millisecond.
    PerMvMs,
    /// Per square millivolt and millisecond.
    PerMv2Ms,
}

impl Unit {
    /// What is written behind a number, empty for pure numbers.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::None | Self::Share => "",
            Self::Ms => "ms",
            Self::S => "s",
            Self::Mv => "mV",
            Self::Hz => "Hz",
            Self::Pa => "pA",
            Self::Ns | Self::SignedNs => "nS",
            Self::Pf => "pF",
            Self::UfPerCm2 => "µF/cm²",
            Self::MsiemensPerCm2 => "mS/cm²",
            Self::PerMs => "1/ms",
            Self::MvMs => "mV ms",
            Self::MvPerMs => "mV/ms",
            Self::HzPerMv => "Hz/mV",
            Self::Trials => "trials",
            Self::PerMv => "1/mV",
            Self::PerMvMs => "1/(mV ms)",
            Self::PerMv2Ms => "1/(mV² ms)",
        }
    }
}

/// What a quantity is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// There is none.
    Nothing,
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A name.
    Word(String),
    /// Several, in order.
    List(Vec<Value>),
    /// A kind, empty where there is but one, and its own quantities.
    Kind(&'static str, Vec<Quantity>),
}

/// A value with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// As in the code, with the unit at the end: `tau_m_ms`.
    pub name: &'static str,
    /// What it is, as a sentence.
    pub label: &'static str,
    /// The value.
    pub value: Value,
    /// Its unit; of a list, that of its members.
    pub unit: Unit,
}

/// Whatever can be listed, with all that it consists of.
pub trait Tell {
    /// Everything that is known of it.
    fn tell(&self) -> Value;
}

impl Tell for f64 {
    fn tell(&self) -> Value {
        // Minus zero is zero.
        Value::Number(*self + 0.0)
    }
}

impl Tell for u32 {
    fn tell(&self) -> Value {
        Value::Number(f64::from(*self))
    }
}

impl Tell for bool {
    fn tell(&self) -> Value {
        Value::Flag(*self)
    }
}

impl Tell for String {
    fn tell(&self) -> Value {
        Value::Word(self.clone())
    }
}

impl<T: Tell> Tell for Option<T> {
    fn tell(&self) -> Value {
        self.as_ref().map_or(Value::Nothing, Tell::tell)
    }
}

impl<T: Tell> Tell for Vec<T> {
    fn tell(&self) -> Value {
        Value::List(self.iter().map(Tell::tell).collect())
    }
}

impl<A: Tell, B: Tell> Tell for (A, B) {
    fn tell(&self) -> Value {
        Value::List(vec![self.0.tell(), self.1.tell()])
    }
}

impl Value {
    /// Calls `see` with every quantity in it, at any depth, and where it stands: `model.tau_m_ms`.
    pub fn walk(&self, path: &str, see: &mut dyn FnMut(&str, &Quantity)) {
        match self {
            Self::Kind(_, fields) => {
                for field in fields {
                    let path = if path.is_empty() {
                        field.name.to_string()
                    } else {
                        format!("{path}.{}", field.name)
                    };
                    see(&path, field);
                    field.value.walk(&path, see);
                }
            }
            Self::List(members) => {
                for (place, member) in members.iter().enumerate() {
                    member.walk(&format!("{path}[{place}]"), see);
                }
            }
            Self::Nothing | Self::Number(_) | Self::Flag(_) | Self::Word(_) => {}
        }
    }
}

/// Declares a struct or an enum all of whose fields have a label (the first line of their comment) and a unit, and
/// lists them by [`Tell`]. Variants of an enum have a name in words besides.
macro_rules! described {
    ($(#[$meta:meta])* pub struct $Name:ident {
        $(#[doc = $label:literal] $(#[doc = $more:literal])* $field:ident: $type:ty [$unit:ident],)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $Name {
            $(#[doc = $label] $(#[doc = $more])* pub $field: $type,)*
        }

        impl $crate::net::tell::Tell for $Name {
            fn tell(&self) -> $crate::net::tell::Value {
                $crate::net::tell::Value::Kind("", vec![
                    $($crate::net::tell::Quantity {
                        name: stringify!($field),
                        label: $label.trim_ascii(),
                        value: $crate::net::tell::Tell::tell(&self.$field),
                        unit: $crate::net::tell::Unit::$unit,
                    },)*
                ])
            }
        }
    };
    ($(#[$meta:meta])* pub enum $Name:ident {
        $($(#[doc = $about:literal])+ $Variant:ident = $word:literal $({
            $(#[doc = $label:literal] $(#[doc = $more:literal])* $field:ident: $type:ty [$unit:ident],)*
        })?,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub enum $Name {
            $($(#[doc = $about])+ $Variant $({
                $(#[doc = $label] $(#[doc = $more])* $field: $type,)*
            })?,)*
        }

        impl $Name {
            /// Which kind, in words.
            pub fn word(&self) -> &'static str {
                match self {
                    $(Self::$Variant { .. } => $word,)*
                }
            }
        }

        impl $crate::net::tell::Tell for $Name {
            fn tell(&self) -> $crate::net::tell::Value {
                match self {
                    $(Self::$Variant { $($($field,)*)? } => {
                        $crate::net::tell::Value::Kind($word, vec![
                            $($($crate::net::tell::Quantity {
                                name: stringify!($field),
                                label: $label.trim_ascii(),
                                value: $crate::net::tell::Tell::tell($field),
                                unit: $crate::net::tell::Unit::$unit,
                            },)*)?
                        ])
                    })*
                }
            }
        }
    };
}
