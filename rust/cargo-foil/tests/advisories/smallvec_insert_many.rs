// smallvec 1.6.0 and 1.6.1.
use smallvec::SmallVec;
struct It(u32);
impl Iterator for It {
    type Item = Tok;
    fn next(&mut self) -> Option<Tok> {
        self.0 += 1;
        if self.0 > 20 {
            None
        } else {
            Some(Tok::new(40 + self.0))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (1, Some(1))
    }
}
fn main() {
    quiet();
    let mut v: SmallVec<[Tok; 8]> = SmallVec::new();
    for i in 0..4 {
        v.push(Tok::new(i));
    }
    v.insert_many(1, It(0));
    assert_eq!(v.len(), 24);
    drop(v);
}
