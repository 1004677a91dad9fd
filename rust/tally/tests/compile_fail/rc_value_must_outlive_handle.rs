//! A handle, whose drop may drop the value, does not outlive what the value borrows.
use tally::Rc;

struct Reads<'a>(&'a String);
impl Drop for Reads<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

fn main() {
    let handle;
    let text = String::from("short");
    handle = Rc::new(Reads(&text));
}
