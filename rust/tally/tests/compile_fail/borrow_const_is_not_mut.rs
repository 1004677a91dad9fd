//! A `*const` is no `*mut`: that it is never written through is what makes it covariant.
fn write(place: *mut u32) {
    println!("{place:?}");
}

fn main() {
    let number = 7;
    write(&raw const number);
}
