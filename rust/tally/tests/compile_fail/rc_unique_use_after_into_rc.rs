//! Once the value is shared, the unique handle is gone.
use tally::UniqueRc;

fn main() {
    let mut unique = UniqueRc::new(1);
    let shared = UniqueRc::into_rc(unique);
    *unique = 2;
    drop(shared);
}
