//! A weak handle made earlier would read what is written here, and longer.
use tally::{Rc, UniqueRc, Weak};

fn shorten<'a>(unique: UniqueRc<&'static str>) -> UniqueRc<&'a str> {
    unique
}

fn main() {
    let unique = UniqueRc::new("long");
    let weak: Weak<&'static str> = UniqueRc::downgrade(&unique);
    let text = String::from("short");
    let mut unique = shorten(unique);
    *unique = &text;
    let shared = UniqueRc::into_rc(unique);
    let long: Rc<&'static str> = weak.upgrade().unwrap();
    drop(shared);
    drop(text);
    println!("{long}");
}
