//! The traits of `Rc` that say nothing about counts, and what handles measure.

use tally::{Frame, FrameMeta, FrameSpace, MetaRegion, MetaSlot, Paddr, UniqueFrame};

struct NoSpace;
impl FrameSpace for NoSpace {
    fn region() -> &'static MetaRegion {
        static REGION: MetaRegion = match MetaRegion::new(0, &[]) {
            Ok(region) => region,
            Err(_) => unreachable!(),
        };
        &REGION
    }
    fn dealloc(_: Paddr, _: usize) {}
}

struct Meta;
impl FrameMeta for Meta {}

#[test]
fn handles_are_one_word() {
    assert_eq!(size_of::<Frame<Meta, NoSpace>>(), 8);
    assert_eq!(size_of::<Option<Frame<Meta, NoSpace>>>(), 8);
    assert_eq!(size_of::<UniqueFrame<Meta, NoSpace>>(), 8);
    assert_eq!(size_of::<Option<UniqueFrame<Meta, NoSpace>>>(), 8);
    assert_eq!(size_of::<MetaSlot>(), 64);
}

#[test]
fn frames_go_to_other_threads() {
    fn check<T: Send + Sync>() {}
    check::<Frame<Meta, NoSpace>>();
    check::<UniqueFrame<Meta, NoSpace>>();
}

#[cfg(feature = "alloc")]
#[test]
fn rc_reads_like_its_value() {
    use tally::Rc;

    let handle = Rc::new("text");
    assert_eq!(format!("{handle} {handle:?}"), "text \"text\"");
    assert_eq!(handle.as_ref().len(), 4);
    assert_eq!(handle, Rc::new("text"));
    assert_ne!(handle, Rc::new("test"));
    assert_eq!(size_of::<Option<Rc<[u64; 9]>>>(), 8);

    fn unpin<T: Unpin>() {}
    unpin::<Rc<std::marker::PhantomPinned>>();
}
