// stackvector 1.0.8 and 1.0.9.
use stackvector::StackVec;
struct It(u32);
impl Iterator for It {
    type Item = Tok;
    fn next(&mut self) -> Option<Tok> {
        self.0 += 1;
        if self.0 > 4 {
            None
        } else {
            Some(Tok::new(40 + self.0))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (4, Some(2))
    }
}
fn main() {
    quiet();
    let mut v: StackVec<[Tok; 2]> = StackVec::new();
    let r = catch_unwind(Aus(|| {
        v.extend(It(0));
    }));
    drop(v);
}
