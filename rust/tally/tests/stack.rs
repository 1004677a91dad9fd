//! What is large stays off the stack: where a value is on the heap already, or is still to
//! be written there, the stack that is needed does not grow with its size. A thread that
//! has not the room for one value does all of it. Run in both profiles (`ci/rust-test`,
//! `ci/package`):
//! unoptimised code keeps every local of a function, whether its branch is taken or not.
//!
//! Too large a frame ends the process: then this whole file has failed.
//!
//! Killed by: `Box::new(MaybeUninit::uninit())` for the room; `Rc::new(*value)` for the
//! box; the clone in the body of `make_mut`.
#![cfg(feature = "alloc")]

use std::{hint::black_box, mem::MaybeUninit, thread};

use tally::{Rc, UniqueRc, Weak};

const SIZE: usize = 4 << 20;
/// Less than a value. Enough for the test harness, whatever the profile.
const STACK: usize = 256 << 10;

type Large = [u8; SIZE];

/// On the heap from the start: of a box of a slice.
fn boxed() -> Box<Large> {
    vec![7; SIZE].into_boxed_slice().try_into().expect("as long as that")
}

fn shared() -> Rc<Large> {
    Rc::from(boxed())
}

fn on_a_small_stack(run: fn()) {
    thread::Builder::new().stack_size(STACK).spawn(run).unwrap().join().unwrap();
}

fn check(value: &Large) {
    assert!(value.iter().all(|byte| *byte == 7));
}

#[test]
fn of_a_box() {
    on_a_small_stack(|| {
        let value = shared();
        check(&value);
        assert_eq!((Rc::strong_count(&value), Rc::weak_count(&value)), (1, 0));
    });
}

#[test]
fn written_in_place() {
    on_a_small_stack(|| {
        let mut room = Rc::<Large>::new_uninit();
        let place = Rc::get_mut(&mut room).unwrap().as_mut_ptr().cast::<u8>();
        // SAFETY: so many bytes are there, borrowed by nobody else.
        unsafe { place.write_bytes(7, SIZE) };
        // SAFETY: written.
        let value = unsafe { room.assume_init() };
        check(&value);
    });
}

#[test]
fn room_that_stays_empty() {
    on_a_small_stack(|| {
        let room: Rc<MaybeUninit<Large>> = Rc::<Large>::new_uninit();
        let again = room.clone();
        drop((room, again));
    });
}

/// Alone, and but for weak handles.
#[test]
fn made_mutable_without_a_clone() {
    on_a_small_stack(|| {
        let mut value = shared();
        Rc::make_mut(&mut value)[0] = 8;
        let weak = Rc::downgrade(&value);
        Rc::make_mut(&mut value)[0] = 7;
        check(&value);
        assert!(weak.upgrade().is_none());
    });
}

/// The same of a value whose clone the compiler cannot see through.
#[test]
fn made_mutable_without_an_opaque_clone() {
    struct Opaque(Large);
    impl Clone for Opaque {
        #[inline(never)]
        fn clone(&self) -> Self {
            black_box(Self(self.0))
        }
    }
    on_a_small_stack(|| {
        let mut room = Rc::<Opaque>::new_uninit();
        let place = Rc::get_mut(&mut room).unwrap().as_mut_ptr().cast::<u8>();
        // SAFETY: so many bytes are there, borrowed by nobody else.
        unsafe { place.write_bytes(7, SIZE) };
        // SAFETY: written.
        let mut value = unsafe { room.assume_init() };
        black_box(Rc::make_mut(black_box(&mut value))).0[0] = 8;
        let weak = Rc::downgrade(&value);
        black_box(Rc::make_mut(black_box(&mut value))).0[0] = 7;
        check(&value.0);
        assert!(weak.upgrade().is_none());
    });
}

/// All else that leaves the value where it is.
#[test]
fn shared_and_made_unique() {
    on_a_small_stack(|| {
        let value = shared();
        let other = value.clone();
        let weak: Weak<Large> = Rc::downgrade(&value);
        assert!(Rc::ptr_eq(&weak.upgrade().unwrap(), &other) && value == other);
        let value = Rc::try_into_unique(value).unwrap_err();
        drop((other, weak));
        let mut unique = Rc::try_into_unique(value).unwrap();
        unique[0] = 7;
        let weak = UniqueRc::downgrade(&unique);
        let mut value = UniqueRc::into_rc(unique);
        assert!(Rc::get_mut(&mut value).is_none() && weak.upgrade().is_some());
        // SAFETY: from `into_raw`, once.
        let value = unsafe { Rc::from_raw(Rc::into_raw(value)) };
        check(&value);
    });
}
