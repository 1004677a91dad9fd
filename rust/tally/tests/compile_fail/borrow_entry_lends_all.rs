//! `&mut owners[i]` lends all of them, as the index is not known to the types.
fn main() {
    let mut owners = [1, 2];
    let first = &mut owners[0];
    let second = &mut owners[1];
    *first += *second;
    println!("{owners:?}");
}
