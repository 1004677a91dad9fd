// qwutils 0.3.0 and 0.3.1.
use qwutils::*;
fn main() {
    quiet();
    let mut v: Vec<Tok> = (0..4).map(Tok::new).collect();
    let w: Vec<Tok> = (10..12).map(Tok::new).collect();
    ARMED.store(true, SeqCst);
    assert!(catch_unwind(Aus(|| v.insert_slice_clone(1, &w))).is_err());
    drop(v);
    drop(w);
}
