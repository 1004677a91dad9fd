//! Who has lent a place does not use it until the loan is over.
fn main() {
    let mut place = 5;
    let loan = &mut place;
    place += 1;
    *loan += 1;
    println!("{place}");
}
