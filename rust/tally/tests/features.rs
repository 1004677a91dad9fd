//! What the features add: traits of other crates.

use arc_swap::{ArcSwapAny, RefCnt};
use stable_deref_trait::{CloneStableDeref, StableDeref};
use tally::{Rc, UniqueRc, Weak};
use unsize::{CoerceUnsize, Coercion};

/// Written as the value; read into a block that nobody else has.
/// Killed by: a handle that is written as something else; a read value that is shared.
#[test]
fn written_as_its_value() {
    let shared = Rc::new(vec![1, 2]);
    let text = serde_json::to_string(&[shared.clone(), shared.clone()]).unwrap();
    assert_eq!(text, "[[1,2],[1,2]]");
    let [one, two]: [Rc<Vec<i32>>; 2] = serde_json::from_str(&text).unwrap();
    assert_eq!((&*one, &*two), (&*shared, &*shared));
    assert!(!Rc::ptr_eq(&one, &two));
    assert_eq!((Rc::strong_count(&one), Rc::strong_count(&shared)), (1, 1));

    let unique = UniqueRc::new(Some("text"));
    assert_eq!(serde_json::to_string(&unique).unwrap(), "\"text\"");
    let read: UniqueRc<Option<String>> = serde_json::from_str("\"text\"").unwrap();
    assert_eq!(read.as_deref(), *unique);
    assert!(serde_json::from_str::<Rc<u8>>("256").is_err());

    let text = serde_json::to_string(&(Rc::<str>::from("text"), Rc::<[u8]>::from([1, 2]))).unwrap();
    assert_eq!(text, "[\"text\",[1,2]]");
    let (word, numbers): (Rc<str>, Rc<[u8]>) = serde_json::from_str(&text).unwrap();
    assert_eq!((&*word, &*numbers), ("text", &[1, 2][..]));
}

/// A reference into the value outlives moves of its handle, and leads to the same value from
/// a clone.
#[test]
fn stays_where_it_is() {
    fn moved<H: StableDeref>(handle: H) -> H {
        let before: *const H::Target = &raw const *handle;
        let boxed = Box::new(handle);
        assert!(std::ptr::eq(before, &raw const **boxed));
        *boxed
    }
    fn cloned<H: CloneStableDeref>(handle: &H) {
        assert!(std::ptr::eq(&raw const **handle, &raw const *handle.clone()));
    }
    cloned(&moved(Rc::new([0_u8; 100])));
    assert_eq!(*moved(UniqueRc::new(7)), 7);
    cloned(&moved(Rc::<str>::from("text")));
}

/// A cell's handle is one of the counted ones: replaced, read, and given back, each once.
/// Killed by: a pointer that is turned back twice, or never.
#[test]
fn swapped() {
    struct Value(Rc<std::cell::Cell<u32>>, u32);
    impl Drop for Value {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let drops = Rc::default();
    let one = Rc::new(Value(Rc::clone(&drops), 1));
    let cell = ArcSwapAny::<Rc<Value>>::new(one.clone());
    assert_eq!(Rc::strong_count(&one), 2);
    assert_eq!(cell.load().1, 1);
    assert!(Rc::ptr_eq(&cell.load_full(), &one));
    let old = cell.swap(Rc::new(Value(Rc::clone(&drops), 2)));
    assert!(Rc::ptr_eq(&old, &one));
    drop((old, one));
    assert_eq!((drops.get(), cell.load().1), (1, 2));
    drop(cell);
    assert_eq!(drops.get(), 2);

    let handle = Rc::new(5);
    let raw = RefCnt::into_ptr(handle.clone());
    assert_eq!(raw, <Rc<i32> as RefCnt>::as_ptr(&handle));
    // SAFETY: from `into_ptr`, turned back once.
    assert_eq!(*unsafe { <Rc<i32> as RefCnt>::from_ptr(raw) }, 5);
    assert_eq!(Rc::strong_count(&handle), 1);
}

/// By the other crate's coercions: the same handle, on a trait object.
#[test]
fn made_wide() {
    let shared = Rc::new(String::from("text"));
    let weak = Rc::downgrade(&shared).unsize(Coercion!(to dyn AsRef<str>));
    let wide: Rc<dyn AsRef<str>> = shared.clone().unsize(Coercion!(to dyn AsRef<str>));
    assert_eq!((*wide).as_ref(), "text");
    assert_eq!((Rc::strong_count(&wide), Rc::weak_count(&wide)), (2, 1));
    assert!(Rc::ptr_eq(&wide, &weak.upgrade().unwrap()));
    let nothing = Weak::<u8>::new().unsize(Coercion!(to dyn Send));
    assert!(nothing.upgrade().is_none());
}
