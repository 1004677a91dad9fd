//! Feature `serde`: handles are written as their value, and read into a new block.

use alloc::{string::String, vec::Vec};

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Rc, UniqueRc};

macro_rules! as_its_value {
    ($handle:ident) => {
        impl<T: Serialize + ?Sized> Serialize for $handle<T> {
            /// Writes the value. What is shared by several handles is written once for each.
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                (**self).serialize(serializer)
            }
        }

        impl<'de, T: Deserialize<'de>> Deserialize<'de> for $handle<T> {
            /// Reads a value and moves it to a block of its own: what was shared when it
            /// was written is shared no more.
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                T::deserialize(deserializer).map(Self::new)
            }
        }
    };
}

as_its_value!(Rc);
as_its_value!(UniqueRc);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rc<[T]> {
    /// Reads values and moves them to a block of their own.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}

impl<'de> Deserialize<'de> for Rc<str> {
    /// Reads a text and copies it to a block of its own.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}
