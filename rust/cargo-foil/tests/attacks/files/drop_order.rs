//! Destructors that write through what was lent: of temporaries, of arguments, by assignment.
//~ G::drop: not supported: a reference to a reference
//~ make: not supported: a reference as a result
//~ take: not supported: the drop of a value of type `G`
//~ temporary: not supported: a call of a function that has no signature here
//~ argument: unknown
//~ forgotten: not supported: a call of `std::mem::drop<G>`
//~ maybe: not supported: the drop of a value of type `G`
//~ tuple: not supported: the drop of a value of type `(G, i32)`
//~ underscore: not supported: the drop of a value of type `G`
pub struct G<'a> {
    p: &'a mut i32,
}
impl<'a> Drop for G<'a> {
    fn drop(&mut self) {
        *self.p = -1;
    }
}
fn make<'a>(p: &'a mut i32) -> G<'a> {
    G { p }
}
fn take(_: G<'_>) {}
#[flux::sig(fn() -> i32[5])]
pub fn temporary() -> i32 {
    let mut x = 5;
    make(&mut x);
    x
}
#[flux::sig(fn() -> i32[5])]
pub fn argument() -> i32 {
    let mut x = 5;
    take(G { p: &mut x });
    x
}
#[flux::sig(fn() -> i32[5])]
pub fn forgotten() -> i32 {
    let mut x = 5;
    std::mem::drop(G { p: &mut x });
    x
}
#[flux::sig(fn(c: bool) -> i32[5])]
pub fn maybe(c: bool) -> i32 {
    let mut x = 5;
    {
        let g = G { p: &mut x };
        if c {
            std::mem::forget(g)
        }
    }
    x
}
#[flux::sig(fn() -> i32[5])]
pub fn tuple() -> i32 {
    let mut x = 5;
    {
        let _t = (G { p: &mut x }, 1);
    }
    x
}
#[flux::sig(fn() -> i32[5])]
pub fn underscore() -> i32 {
    let mut x = 5;
    let _ = G { p: &mut x };
    x
}
