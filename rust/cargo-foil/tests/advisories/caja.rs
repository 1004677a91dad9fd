// caja 0.2.0 and 0.3.0.
use caja::Caja;
fn main() {
    quiet();
    let c: Caja<u32> = Caja::new(3, 7);
    assert_eq!(c[2], 7);
    let r = catch_unwind(Aus(|| {
        let _ = std::hint::black_box(c[3]);
    }));
    assert!(r.is_err());
    drop(c);
}
