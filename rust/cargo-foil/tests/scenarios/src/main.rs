//! One scenario, named by the first argument, as the compiled program runs it.

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    std::panic::set_hook(Box::new(|_| {}));
    scenarios::by_name(&name);
}
