// autorand 0.2.2 and 0.2.3.
use autorand::Random;
struct R(Tok);
static N: AtomicUsize = AtomicUsize::new(0);
impl Random for R {
    fn random() -> R {
        if N.fetch_add(1, SeqCst) == 1 {
            panic!("random")
        }
        R(Tok::new(1))
    }
}
fn main() {
    quiet();
    assert!(catch_unwind(Aus(|| {
        let _a: [R; 3] = Random::random();
    }))
    .is_err());
}
