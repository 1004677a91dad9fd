// id-map 0.2.1 and 0.2.2.
use id_map::IdMap;
struct It(u32);
impl Iterator for It {
    type Item = Tok;
    fn next(&mut self) -> Option<Tok> {
        self.0 += 1;
        if self.0 > 3 {
            None
        } else {
            Some(Tok::new(self.0))
        }
    }
}
fn main() {
    quiet();
    let m: IdMap<Tok> = It(0).collect();
    drop(m);
}
