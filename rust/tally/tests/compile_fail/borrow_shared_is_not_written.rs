//! A shared reference is some share of the permission, and to write takes all of it.
fn impure(number: &u32) {
    *number += 1;
}

fn main() {
    impure(&5);
}
