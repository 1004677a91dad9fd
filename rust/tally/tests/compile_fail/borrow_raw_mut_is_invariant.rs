//! So is what a `*mut` points to; a `*const` is covariant.
fn shorten_const<'a>(place: *const &'static u32) -> *const &'a u32 {
    place
}

fn shorten_mut<'a>(place: *mut &'static u32) -> *mut &'a u32 {
    place
}

fn main() {
    let mut place: &'static u32 = &7;
    println!("{:?} {:?}", shorten_const(&raw const place), shorten_mut(&raw mut place));
}
