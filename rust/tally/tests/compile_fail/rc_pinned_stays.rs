//! A pinned handle on a value that must not move gives no handle that moves it, nor a weak
//! one, from which there could be one.
use std::{marker::PhantomPinned, pin::Pin};
use tally::{Rc, UniqueRc};

fn out(pinned: Pin<UniqueRc<PhantomPinned>>) -> UniqueRc<PhantomPinned> {
    Pin::into_inner(pinned)
}

fn changed(mut pinned: Pin<UniqueRc<PhantomPinned>>) -> PhantomPinned {
    std::mem::replace(&mut *pinned, PhantomPinned)
}

fn weak(pinned: &Pin<UniqueRc<PhantomPinned>>) {
    UniqueRc::downgrade(pinned);
}

fn shared(pinned: Pin<Rc<PhantomPinned>>) -> Rc<PhantomPinned> {
    Pin::into_inner(pinned)
}

fn main() {}
