//! A method of a trait with the name of one of the struct.
//~ S::get: proved
//~ S::get: proved
//~ f: unknown
//~ f2: not supported: a call of `<S as T>::get`
pub struct S {
    x: i32,
}
trait T {
    fn get(&self) -> i32;
}
impl T for S {
    #[flux::sig(fn(&S) -> i32[1])]
    fn get(&self) -> i32 {
        1
    }
}
impl S {
    #[flux::sig(fn(&S) -> i32[2])]
    pub fn get(&self) -> i32 {
        2
    }
}
#[flux::sig(fn(s: &S) -> i32[1])]
pub fn f(s: &S) -> i32 {
    s.get()
}
#[flux::sig(fn(s: &S) -> i32[2])]
pub fn f2(s: &S) -> i32 {
    T::get(s)
}
