//! What crates with known faults are made of: a fault of each kind beside the mended program,
//! and parts of the library as they call them.

use crate::Tok;

/// Another name of a type, with a parameter that may be left out.
type Two<A = u32> = (A, A);
struct Held {
    pair: Two,
    other: Two<Tok>,
}
trait Length {
    fn length() -> usize;
}
macro_rules! lengths {
    ($($n:literal)*) => { $(impl<T> Length for [T; $n] {
        fn length() -> usize {
            $n
        }
    })* };
}
lengths! { 1 2 3 }
macro_rules! nested {
    () => { u8 };
    ($x:tt $($rest:tt)*) => { (nested!($($rest)*),) };
}
/// A type that nests deep, as those of numbers do that are types.
pub type Deep = nested!(
    x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x
    x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x
);
/// Types by other names, and `impl`s that a macro makes, which only their order tells apart.
pub fn names() {
    let held = Held { pair: (1, 2), other: (Tok::new(3), Tok::new(4)) };
    assert!(held.pair.0 + held.pair.1 == 3);
    drop(held.other.0);
    assert!(<[Tok; 2]>::length() == 2 && <[u8; 3]>::length() == 3 && <[u8; 1]>::length() == 1);
}
