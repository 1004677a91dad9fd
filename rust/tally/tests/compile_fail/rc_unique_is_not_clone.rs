//! There is one unique handle.
use tally::UniqueRc;

struct NotClone;

fn main() {
    let _ = UniqueRc::new(NotClone).clone();
}
