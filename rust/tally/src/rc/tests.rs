//! Tests that must reach into the counts; all others are in `tests/rc.rs`.

#![allow(unsafe_code, reason = "one of the operations that overflow takes a raw pointer")]

use core::mem;
#[cfg(not(feature = "std"))]
use std::boxed::Box;

use super::*;
use crate::tests::aborts_in_child;

/// Runs `operation` where `count` is as high as it gets, and requires an abort.
macro_rules! overflow_aborts {
    ($lemma:ident, $pretend:ident, $operation:expr) => {
        mod $lemma {
            use super::*;

            #[test]
            fn overflow_aborts() {
                let test = concat!("rc::tests::", stringify!($lemma), "::overflow_aborts");
                aborts_in_child(test, || {
                    let handle = Rc::new(());
                    handle.share.$pretend(usize::MAX);
                    let operation: fn(&Rc<()>) = $operation;
                    operation(&handle);
                });
            }
        }
    };
}

overflow_aborts!(rc_downgrade_spec, pretend_weak, |handle| mem::forget(Rc::downgrade(handle)));
overflow_aborts!(weak_upgrade_spec, pretend_strong, |handle| {
    mem::forget(Rc::downgrade(handle).upgrade());
});
overflow_aborts!(weak_clone_spec, pretend_weak, |handle| {
    handle.share.pretend_weak(usize::MAX - 1);
    mem::forget(Rc::downgrade(handle).clone());
});
overflow_aborts!(rc_increment_strong_count_spec, pretend_strong, |handle| {
    // SAFETY: `as_ptr` gives what `into_raw` would, and the handle is counted.
    unsafe { Rc::increment_strong_count(Rc::as_ptr(handle)) };
});

mod unique_rc_downgrade_spec {
    use super::*;

    #[test]
    fn overflow_aborts() {
        aborts_in_child("rc::tests::unique_rc_downgrade_spec::overflow_aborts", || {
            let unique = UniqueRc::new(());
            unique.whole.pretend_weak(usize::MAX);
            mem::forget(UniqueRc::downgrade(&unique));
        });
    }
}

mod rc_weak_count_spec {
    use super::*;

    /// The implicit weak handle is counted, and not shown.
    #[test]
    fn counts_up_to_the_last_value() {
        let handle = Rc::new(());
        handle.share.pretend_weak(usize::MAX - 1);
        mem::forget(Rc::downgrade(&handle));
        assert_eq!(Rc::weak_count(&handle), usize::MAX - 1);
        handle.share.pretend_weak(1);
    }
}

mod rc_clone_spec {
    use super::*;

    #[test]
    fn counts_up_to_the_last_value() {
        let handle = Rc::new(());
        handle.share.pretend_strong(usize::MAX - 1);
        mem::forget(handle.clone());
        assert_eq!(Rc::strong_count(&handle), usize::MAX);
        handle.share.pretend_strong(1);
    }
}

mod rc_model_clone_abort_spec {
    use super::*;

    #[test]
    fn overflow_aborts() {
        aborts_in_child("rc::tests::rc_model_clone_abort_spec::overflow_aborts", || {
            let handle = Rc::new(());
            handle.share.pretend_strong(usize::MAX);
            mem::forget(handle.clone());
        });
    }

    /// Without `std` the abort runs the panic hook, which finds the count
    /// as it was. (With `std` no hook runs.) Killed by: leaving the count at zero,
    /// where the hook's clone and drop free the value.
    #[cfg(not(feature = "std"))]
    #[test]
    fn value_outlives_the_panic_hook() {
        struct Loud;
        impl Drop for Loud {
            fn drop(&mut self) {
                std::println!("still alive");
            }
        }
        std::thread_local! {
            static HANDLE: Rc<Loud> = Rc::new(Loud);
        }
        let test = "rc::tests::rc_model_clone_abort_spec::value_outlives_the_panic_hook";
        aborts_in_child(test, || {
            std::panic::set_hook(Box::new(|_| HANDLE.with(|handle| drop(handle.clone()))));
            HANDLE.with(|handle| {
                handle.share.pretend_strong(usize::MAX);
                mem::forget(handle.clone());
            });
        });
    }
}
