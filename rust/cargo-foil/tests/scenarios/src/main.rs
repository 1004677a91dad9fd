//! One scenario, named by the first argument, as the compiled program runs it.

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    std::panic::set_hook(Box::new(|_| {}));
    let ended = std::panic::catch_unwind(|| scenarios::by_name(&name));
    // What the test compares with what the run has counted.
    println!("{:?}", scenarios::counts());
    if ended.is_err() {
        std::process::exit(101);
    }
}
