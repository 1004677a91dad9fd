//! Nor does what it returns mention the lifetime that it does not know.
struct Erased<'k> {
    value: &'k u32,
}

impl<'k> Erased<'k> {
    fn destruct<R>(self, f: impl for<'a> FnOnce(&'a u32) -> R) -> R {
        f(self.value)
    }
}

fn main() {
    let erased = Erased { value: &7 };
    println!("{}", erased.destruct(|value| value));
}
