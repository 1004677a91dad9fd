//! The executable models of Tally, extracted to OCaml.
