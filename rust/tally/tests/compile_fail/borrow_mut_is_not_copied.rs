//! There is one reference to what is lent for writing.
fn main() {
    let mut place = 5;
    let loan = &mut place;
    let second = loan;
    *second = 6;
    *loan = 7;
    println!("{place}");
}
