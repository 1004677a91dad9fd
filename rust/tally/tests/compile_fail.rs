//! Programs that the types must refuse, with the compiler's reason.
//!
//! `TRYBUILD=overwrite cargo test -p tally --test compile_fail` writes the
//! messages anew for another compiler. Metadata that do not fit are refused
//! only when code is generated, which this harness does not do; that is a
//! documentation test of `FrameMeta`.

/// What the model answers with an error, Rust does not compile.
mod slot_bad_handle_spec {
    #[test]
    fn does_not_compile() {
        trybuild::TestCases::new().compile_fail("tests/compile_fail/frame_*.rs");
    }
}

#[cfg(feature = "alloc")]
mod rc_model_bad_handle_spec {
    #[test]
    fn does_not_compile() {
        trybuild::TestCases::new().compile_fail("tests/compile_fail/rc_*.rs");
    }
}
