//! Behind a mutable reference nothing may live shorter: its owner reads what was written.
fn shorten<'r, 'a>(place: &'r mut &'static u32) -> &'r mut &'a u32 {
    place
}

fn main() {
    let mut place: &'static u32 = &7;
    {
        let short = 8;
        *shorten(&mut place) = &short;
    }
    println!("{place}");
}
