//! Writes through raw pointers, and cells.
//~ raw: not supported: the type `*i32`
//~ cast: not supported: the type `*i32`
//~ shared: not supported: a call of `std::cell::Cell<i32>::new`
//~ transmuted: not supported: the cast of `u32` to `i32` (Transmute)
//~ statics: not supported: the type `*i32`
#[flux::sig(fn() -> i32[1])]
pub fn raw() -> i32 {
    let mut a = 1;
    let p = &raw mut a;
    unsafe { *p = 2 };
    a
}
#[flux::sig(fn() -> i32[1])]
pub fn cast() -> i32 {
    let mut a = 1;
    let p = &mut a as *mut i32;
    unsafe { *p = 2 };
    a
}
#[flux::sig(fn() -> i32[1])]
pub fn shared() -> i32 {
    let a = std::cell::Cell::new(1);
    a.set(2);
    a.get()
}
#[flux::sig(fn() -> i32[1])]
pub fn transmuted() -> i32 {
    unsafe { std::mem::transmute::<u32, i32>(4294967295) }
}
static mut S: i32 = 1;
#[flux::sig(fn() -> i32[1])]
pub fn statics() -> i32 {
    unsafe {
        S = 2;
        S
    }
}
