// smallvec 0.6.9 and 0.6.10.
use smallvec::SmallVec;
fn main() {
    quiet();
    let mut v: SmallVec<[Tok; 2]> = SmallVec::new();
    for i in 0..4 {
        v.push(Tok::new(i));
    }
    // Of the capacity that it has: freed, in the buggy version.
    v.grow(4);
    v.push(Tok::new(9));
    assert_eq!(*v[0].0, 0);
    drop(v);
}
