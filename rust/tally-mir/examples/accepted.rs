//! Writes all functions of a crate that are translated at types that are not known, as Coq,
//! with the claim that the compilation there accepts them; `ci/foil-coverage --coq` runs it.
//!
//! `accepted NAME CRATE.mir CRATE.json [DEPENDENCY.mir DEPENDENCY.json …] LIBRARY.mir LIBRARY.json`

use std::error::Error;
use std::io::Write as _;
use tally_mir::{coq, mono, parse, rustdoc::Docs, spans};

fn read(name: &str, mir: &str, json: &str) -> Result<mono::Crate, Box<dyn Error>> {
    let (text, _) = spans::split(&std::fs::read_to_string(mir)?);
    let docs = Docs::read(&std::fs::read_to_string(json)?)?;
    let statics = mono::statics(&text);
    Ok(mono::Crate { name: name.to_owned(), dump: parse::parse(&text), docs, statics })
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, files)) = args.split_first() else { return Err("no name".into()) };
    let word = name.replace('-', "_");
    let mut crates = Vec::new();
    for (at, pair) in files.chunks(2).enumerate() {
        let [mir, json] = pair else { return Err("a file without its pair".into()) };
        let name = std::path::Path::new(json).file_stem().ok_or("no file")?.to_string_lossy();
        crates.push(read(if at == 0 { &word } else { &name }, mir, json)?);
    }
    let made = mono::general(&crates);
    let program = made.accepted();
    let mut text = coq::data(&program, &word, &format!("[{word}]"));
    text.push_str(&format!(
        "\nFrom tally.mir Require Import accept.\n\n\
         Lemma all_accepted : forallb (accepted {word}_program {}) (p_fns {word}_program) = true.\n\
         Proof. vm_compute. reflexivity. Qed.\n",
        made.params.len()
    ));
    let good = made.functions.values().filter(|of| of.causes.is_empty()).count();
    eprintln!("{word}: {good} functions, {} with what they call", program.functions.len());
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
