//! What a closure has captured is not used between its calls.
fn main() {
    let mut count = 0;
    let mut next = || {
        count += 1;
        count
    };
    next();
    count = 7;
    next();
    println!("{count}");
}
