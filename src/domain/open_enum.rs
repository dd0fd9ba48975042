//! The shape of an enumeration that a server may extend: every known member by its wire name, its
//! label and its aliases, and one more for whatever else arrives.

/// Declares an open enumeration. Reading ignores case; an unknown member is kept as it came.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$vmeta:meta])* $variant:ident = $wire:literal $(| $alias:literal)* => $label:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $( $(#[$vmeta])* $variant, )+
            /// A member this portal does not know, as the server wrote it.
            Unknown(Box<str>),
        }

        impl $name {
            /// The known members in the order lists show them.
            pub const ALL: &[$name] = &[$( $name::$variant ),+];

            /// Reads any spelling in circulation; never fails.
            pub fn parse(text: &str) -> $name {
                $(
                    if text.eq_ignore_ascii_case($wire) $(|| text.eq_ignore_ascii_case($alias))* {
                        return $name::$variant;
                    }
                )+
                $name::Unknown(text.into())
            }

            /// The schema's spelling: the only one that is ever sent.
            pub fn wire(&self) -> &str {
                match self {
                    $( $name::$variant => $wire, )+
                    $name::Unknown(raw) => raw,
                }
            }

            /// What a person reads.
            pub fn label(&self) -> std::borrow::Cow<'static, str> {
                match self {
                    $( $name::$variant => ::lexicon::t!($label).into(), )+
                    $name::Unknown(raw) => {
                        ::lexicon::t!("Unknown ({raw})", raw = $crate::domain::text::visible(raw)).into()
                    }
                }
            }

            /// The place in the order lists show them; unknown members come last.
            pub fn rank(&self) -> usize {
                $name::ALL.iter().position(|known| known == self).unwrap_or($name::ALL.len())
            }
        }
    };
}

pub(crate) use open_enum;
