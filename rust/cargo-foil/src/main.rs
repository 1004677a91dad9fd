//! The command `cargo foil`.

fn main() -> std::process::ExitCode {
    cargo_foil::cli::main(std::env::args_os())
}
