//! A unique handle becomes one of a trait object of its own lifetime only: a weak handle made
//! earlier would read, with the longer one, what is written through the object.

use tally::{UniqueRc, unsize};

trait Set<'a> {
    fn set(&mut self, text: &'a str);
}

struct Text<'a>(&'a str);

impl<'a> Set<'a> for Text<'a> {
    fn set(&mut self, text: &'a str) {
        self.0 = text;
    }
}

fn shorten<'a>(unique: UniqueRc<Text<'static>>) -> UniqueRc<dyn Set<'a>> {
    unsize!(unique => dyn Set<'a>)
}

fn main() {
    shorten(UniqueRc::new(Text("")));
}
