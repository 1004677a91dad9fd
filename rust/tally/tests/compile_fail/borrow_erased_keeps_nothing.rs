//! A function that works at every lifetime cannot leave a shorter reference behind.
struct Erased<'k> {
    value: &'k u32,
}

impl<'k> Erased<'k> {
    fn with_mut<R>(&mut self, f: impl for<'a> FnOnce(&mut &'a u32) -> R) -> R {
        f(&mut self.value)
    }
}

fn main() {
    let mut erased = Erased { value: &7 };
    let short = 8;
    erased.with_mut(|value| *value = &short);
}
