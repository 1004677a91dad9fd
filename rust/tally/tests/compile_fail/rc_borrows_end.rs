//! What is borrowed from a handle ends with the borrow of the handle.
use std::borrow::{Borrow, BorrowMut};
use tally::{Rc, UniqueRc};

fn value<'a>(handle: &Rc<u8>) -> &'a u8 {
    &**handle
}

fn as_ref<'a>(handle: &Rc<u8>) -> &'a u8 {
    handle.as_ref()
}

fn borrow<'a>(handle: &Rc<u8>) -> &'a u8 {
    handle.borrow()
}

fn get_mut<'a>(handle: &mut Rc<u8>) -> &'a mut u8 {
    Rc::get_mut(handle).unwrap()
}

fn make_mut<'a>(handle: &mut Rc<u8>) -> &'a mut u8 {
    Rc::make_mut(handle)
}

fn unique<'a>(handle: &UniqueRc<u8>) -> &'a u8 {
    &**handle
}

fn unique_mut<'a>(handle: &mut UniqueRc<u8>) -> &'a mut u8 {
    &mut **handle
}

fn unique_as_mut<'a>(handle: &mut UniqueRc<u8>) -> &'a mut u8 {
    handle.as_mut()
}

fn unique_borrow_mut<'a>(handle: &mut UniqueRc<u8>) -> &'a mut u8 {
    handle.borrow_mut()
}

fn main() {}
