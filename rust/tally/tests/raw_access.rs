//! Samples of the lemmas about raw pointers and references: each module is named after
//! one. The programs are those of a design note of the Prusti project (`docs/borrow.md`),
//! with the handles of this crate where it has them.
#![cfg(feature = "alloc")]

use std::{mem, ptr};

use tally::{Rc, UniqueRc};

mod acc_pair {
    /// `test` of the note: both fields of a pair.
    fn fields(pair: *mut (i64, i64)) -> (*mut i64, *mut i64) {
        // SAFETY: the callers' pointer is to a pair that is alive.
        unsafe { (&raw mut (*pair).0, &raw mut (*pair).1) }
    }

    #[test]
    fn both_fields_are_written() {
        let mut pair = (7, 7);
        let (first, second) = fields(&raw mut pair);
        // SAFETY: both are fields of `pair`, which is not used meanwhile.
        unsafe {
            first.write(3);
            second.write(4);
        }
        assert_eq!(pair, (3, 4));
    }

    /// `test1`: a pointer to a field stays good when the whole is written.
    #[test]
    fn a_field_after_the_whole() {
        let mut pair = (7, 7);
        let whole = &raw mut pair;
        let (first, _) = fields(whole);
        // SAFETY: both pointers come from one, and no reference is made between.
        unsafe {
            whole.write((1, 1));
            first.write(5);
        }
        assert_eq!(pair, (5, 1));
    }
}

mod acc_valid_2 {
    use super::*;

    /// Two values that are alive are not in one place, if they have a size.
    #[test]
    fn values_with_a_size_are_apart() {
        let (a, b) = (Rc::new(1_u8), Rc::new(1_u8));
        assert!(!ptr::eq(&*a, &*b));
        let bytes = [0_u8; 2];
        assert!(!ptr::eq(&bytes[0], &bytes[1]));
    }

    /// Values without a size may be: of them the lemma says nothing.
    #[test]
    fn values_without_a_size_share_a_place() {
        let units = [(); 2];
        assert!(ptr::eq(&units[0], &units[1]));
        // The blocks of two handles are apart, as counts have a size.
        let (a, b) = (Rc::new(()), Rc::new(()));
        assert!(!Rc::ptr_eq(&a, &b));
    }
}

mod ptr_to_ref {
    use super::*;

    /// The pointer of a handle is read as a reference, and is the handle afterwards.
    #[test]
    fn a_raw_handle_is_read_and_comes_back() {
        let handle = Rc::new(String::from("kept"));
        let place = ptr::from_ref(&*handle);
        let raw = Rc::into_raw(handle);
        assert_eq!(raw, place);
        {
            // SAFETY: the handle that `raw` stands for is not dropped while `text` lives.
            let text: &String = unsafe { &*raw };
            assert_eq!(text, "kept");
        }
        // SAFETY: `raw` comes from `into_raw` and is used once.
        let handle = unsafe { Rc::from_raw(raw) };
        assert_eq!((Rc::strong_count(&handle), handle.as_str()), (1, "kept"));
    }

    /// A value that is leaked is there for as long as nobody frees it; whoever has the
    /// reference, and the right to free it, makes the box again.
    #[test]
    fn a_leaked_box_is_read_and_made_again() {
        let leaked: &'static mut i64 = Box::leak(Box::new(7));
        *leaked += 1;
        assert_eq!(*leaked, 8);
        // SAFETY: the pointer is that of a leaked box, and `leaked` is not used again.
        let again = unsafe { Box::from_raw(ptr::from_mut(leaked)) };
        assert_eq!(*again, 8);
    }
}

mod ref_to_ptr {
    use super::*;

    /// Any number of pointers of one shared reference read at the same time.
    #[test]
    fn pointers_of_a_shared_reference_read() {
        let handle = Rc::new([1, 2]);
        let shared: &[i32; 2] = &handle;
        let (p, q) = (ptr::from_ref(shared), &raw const shared[1]);
        // SAFETY: `shared` is alive, and nothing writes.
        assert_eq!(unsafe { (p.read(), q.read(), p.read()) }, ([1, 2], 2, [1, 2]));
    }

    /// A mutable reference as a pointer: what is put back is what the owner sees.
    #[test]
    fn what_is_written_through_the_pointer_stays() {
        let mut handle = UniqueRc::new(1);
        let pointer = ptr::from_mut(&mut *handle);
        // SAFETY: the reference that `pointer` comes from is not used again.
        unsafe { pointer.write(pointer.read() + 1) };
        assert_eq!(*handle, 2);
    }
}

mod shr_ref_shorten {
    use super::*;

    /// Text with its words, which point into it: a reference beside its own memory. Its
    /// lifetime is written as `'static` and is shown to nobody.
    struct Words {
        words: Vec<&'static str>,
        // After the words: fields are dropped in their order.
        text: Rc<String>,
    }

    impl Words {
        fn new(text: Rc<String>) -> Self {
            // SAFETY: the text does not move and does not change, as `text` keeps its block
            // and gives no mutable reference; `words` shows the slices for less than that.
            let whole: &'static str = unsafe { &*ptr::from_ref(text.as_str()) };
            Self { words: whole.split(' ').collect(), text }
        }

        /// Shared references are covariant: shortened to the life of `self`.
        fn words(&self) -> &[&str] {
            &self.words
        }

        /// A function that works at every lifetime can keep nothing.
        fn with_mut<R>(&mut self, f: impl for<'a> FnOnce(&mut Vec<&'a str>) -> R) -> R {
            // SAFETY: `f` does not know the lifetime, so what it leaves was there before, or
            // is `'static`.
            f(unsafe { mem::transmute::<&mut Vec<&'static str>, &mut Vec<&str>>(&mut self.words) })
        }
    }

    #[test]
    fn slices_are_read_beside_their_text() {
        let text = Rc::new(String::from("one two three"));
        let mut words = Words::new(text.clone());
        assert_eq!(words.words(), ["one", "two", "three"]);
        assert!(ptr::eq(words.words()[0].as_ptr(), text.as_ptr()));
        words.with_mut(|all| all.truncate(2));
        // Moved, and with another handle gone, the words are where they were.
        drop(text);
        let moved = Box::new(words);
        assert_eq!(moved.words(), ["one", "two"]);
        assert_eq!(Rc::strong_count(&moved.text), 1);
    }
}
