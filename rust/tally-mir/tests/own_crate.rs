//! The crate `tally` itself, and the table of library functions in Coq.

use std::collections::BTreeSet;
use std::path::Path;
use tally_mir::{compiler, library, parse::parse, rustdoc::Docs, translate};

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

#[test]
fn every_body_is_read_and_all_of_the_unsafe_module_of_rc_is_translated() {
    if let Some(version) = compiler::other_compiler().unwrap() {
        println!("skipped: not made for {version}");
        return;
    }
    let (mir, json) = compiler::print(workspace(), "tally-rc", "tally").unwrap();
    let dump = parse(&mir);
    let docs = Docs::read(&json).unwrap().with_sized_handles();
    assert_eq!(dump.unreadable, []);
    assert!(dump.bodies.len() > 500);
    let made = translate(&dump, &docs, |file, _| file == Some("tally/src/rc/inner.rs"));
    let refused: Vec<_> =
        made.functions.iter().filter_map(|(_, result)| result.as_ref().err()).collect();
    assert!(refused.is_empty(), "{refused:?}");
    let named = |name: &str| made.functions.iter().any(|(path, _)| path == name);
    for name in [
        "rc::inner::Share::make_alone",
        "<rc::inner::Hold as Drop>::drop",
        "rc::inner::Block::DANGLING",
    ] {
        assert!(named(name), "{name}");
    }
    assert!(translate(&dump, &docs, |_, _| true).functions.len() > made.functions.len());
}

#[test]
fn the_library_is_that_of_the_coq_table() {
    let table = std::fs::read_to_string(workspace().join("../theories/mir/lib.v")).unwrap();
    let table = table.split("Definition lib : list entry").nth(1).unwrap();
    let in_coq: BTreeSet<&str> = table
        .lines()
        .filter_map(|line| {
            let line = line.trim();
            let name =
                line.strip_prefix("Entry \"").or_else(|| line.strip_prefix("plain_fn \""))?;
            name.split('"').next()
        })
        .collect();
    assert_eq!(library::entries().collect::<BTreeSet<_>>(), in_coq);
}
