// slab 0.4.10 and 0.4.11.
use slab::Slab;
fn main() {
    quiet();
    let mut s: Slab<Tok> = Slab::with_capacity(4);
    s.insert(Tok::new(1));
    s.insert(Tok::new(2));
    assert!(s.get_disjoint_mut([0, 1]).is_ok());
    assert!(s.get_disjoint_mut([0, 3]).is_err());
    drop(s);
}
