//! A borrow of two phases lets its place be read until it is activated, and no longer.
fn main() {
    let mut numbers = vec![1];
    numbers.push(numbers.len());
    let loan = &mut numbers;
    loan.push(0);
    loan.push(numbers.len());
}
