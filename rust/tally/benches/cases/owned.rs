//! Values made and dropped, changed in place; lists and segments.

use std::{
    cell::Cell,
    sync::atomic::{AtomicU64, Ordering},
};

use tally::{Link, LinkedList, Segment};

use super::*;

const NEW: &str = "new+drop, Rc";
const GET_MUT: &str = "get_mut, Rc";
const MAKE_MUT: &str = "make_mut, Rc";
const LIST: &str = "list: push+pop";
const SEGMENT: &str = "segment of 8: clone+drop";
const NEW_SLICE: &str = "16 words from a slice+drop, Rc<[u64]>";
const MAKE_MUT_SLICE: &str = "make_mut, Rc<[u64]> of 16";
const CLONE_DYN: &str = "clone+drop, Rc<dyn Trait>";
const SLICE: &str = "segment of 8: slice of 4+drop";

pub(super) const CASES: &[Case] = &[
    Case::new(NEW, "limit: Box of three words", boxed_words),
    Case::new(NEW, "tally::Rc", tally_new).wanted(&[("std::rc::Rc", 1.02)]),
    Case::new(NEW, "tally::Rc, try_new", tally_try_new),
    Case::new(NEW, "std::rc::Rc", std_new),
    Case::new(GET_MUT, "limit: two loads, store", two_loads),
    Case::new(GET_MUT, "tally::Rc", tally_get_mut).wanted(&[("std::rc::Rc", 1.02)]),
    Case::new(GET_MUT, "std::rc::Rc", std_get_mut),
    Case::new(MAKE_MUT, "limit: two loads, store", two_loads),
    Case::new(MAKE_MUT, "tally::Rc", tally_make_mut).wanted(&[("std::rc::Rc", 1.02)]),
    Case::new(MAKE_MUT, "std::rc::Rc", std_make_mut),
    Case::new(NEW_SLICE, "limit: Box of 18 words", boxed_slice),
    Case::new(NEW_SLICE, "tally::Rc", tally_new_slice).wanted(&[("std::rc::Rc", 1.02)]),
    Case::new(NEW_SLICE, "std::rc::Rc", std_new_slice),
    Case::new(MAKE_MUT_SLICE, "limit: two loads, store", two_loads),
    Case::new(MAKE_MUT_SLICE, "tally::Rc", tally_make_mut_slice).wanted(&[("std::rc::Rc", 1.02)]),
    Case::new(MAKE_MUT_SLICE, "std::rc::Rc", std_make_mut_slice),
    Case::new(CLONE_DYN, "limit: inc, dec", inc_dec),
    Case::new(CLONE_DYN, "tally::Rc", tally_clone_dyn).wanted(&[("std::rc::Rc", 1.02)]),
    Case::new(CLONE_DYN, "std::rc::Rc", std_clone_dyn),
    Case::new(LIST, "limit: an array of slots with links", plain_list),
    Case::new(LIST, "tally::LinkedList", tally_list).wanted(&[("limit", 1.15)]),
    Case::new(SEGMENT, "limit: 8 × fetch_add, 8 × fetch_sub", add_sub_each::<8>),
    Case::new(SEGMENT, "tally::Segment", segment_clone).wanted(&[("limit", 1.15)]),
    Case::new(SLICE, "limit: 4 × fetch_add, 4 × fetch_sub", add_sub_each::<4>),
    Case::new(SLICE, "tally::Segment", segment_slice).wanted(&[("limit", 1.15)]),
];

fn boxed_words(n: u64) -> Duration {
    times(n, || {
        bb(&Box::new([1_u64, 1, bb(1)]));
    })
}

fn tally_new(n: u64) -> Duration {
    times(n, || {
        bb(&tally::Rc::new(bb(1_u64)));
    })
}

fn tally_try_new(n: u64) -> Duration {
    times(n, || {
        bb(&free(tally::Rc::try_new(bb(1_u64))));
    })
}

fn std_new(n: u64) -> Duration {
    times(n, || {
        bb(&std::rc::Rc::new(bb(1_u64)));
    })
}

fn boxed_slice(n: u64) -> Duration {
    times(n, || {
        bb(&Box::<[u64]>::from(&bb([1_u64; 18])[..]));
    })
}

fn tally_new_slice(n: u64) -> Duration {
    times(n, || {
        bb(&tally::Rc::<[u64]>::from(&bb([1_u64; 16])[..]));
    })
}

fn std_new_slice(n: u64) -> Duration {
    times(n, || {
        bb(&std::rc::Rc::<[u64]>::from(&bb([1_u64; 16])[..]));
    })
}

fn tally_make_mut_slice(n: u64) -> Duration {
    let mut handle = Alone(tally::Rc::<[u64]>::from([0; 16]));
    times(n, || tally::Rc::make_mut(bb(&mut handle.0))[3] += 1)
}

fn std_make_mut_slice(n: u64) -> Duration {
    let mut handle = Alone(std::rc::Rc::<[u64]>::from([0; 16]));
    times(n, || std::rc::Rc::make_mut(bb(&mut handle.0))[3] += 1)
}

fn inc_dec(n: u64) -> Duration {
    let count = Alone(Cell::new(1_u64));
    times(n, || {
        let count = bb(&count.0);
        count.set(count.get() + 1);
        let count = bb(count);
        count.set(count.get() - 1);
    })
}

fn tally_clone_dyn(n: u64) -> Duration {
    let handle: Alone<tally::Rc<dyn Send>> =
        Alone(tally::unsize!(tally::Rc::new(1_u64) => dyn Send));
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn std_clone_dyn(n: u64) -> Duration {
    let handle: Alone<std::rc::Rc<dyn Send>> = Alone(std::rc::Rc::new(1_u64));
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn two_loads(n: u64) -> Duration {
    let block = Alone((Cell::new(1_u64), Cell::new(1_u64), Cell::new(0_u64)));
    times(n, || {
        let (strong, weak, value) = bb(&block.0);
        if weak.get() == 1 && strong.get() == 1 {
            value.set(value.get() + 1);
        }
    })
}

fn tally_get_mut(n: u64) -> Duration {
    let mut handle = Alone(tally::Rc::new(0_u64));
    times(n, || {
        if let Some(value) = tally::Rc::get_mut(bb(&mut handle.0)) {
            *value += 1;
        }
    })
}

fn std_get_mut(n: u64) -> Duration {
    let mut handle = Alone(std::rc::Rc::new(0_u64));
    times(n, || {
        if let Some(value) = std::rc::Rc::get_mut(bb(&mut handle.0)) {
            *value += 1;
        }
    })
}

fn tally_make_mut(n: u64) -> Duration {
    let mut handle = Alone(tally::Rc::new(0_u64));
    times(n, || *tally::Rc::make_mut(bb(&mut handle.0)) += 1)
}

fn std_make_mut(n: u64) -> Duration {
    let mut handle = Alone(std::rc::Rc::new(0_u64));
    times(n, || *std::rc::Rc::make_mut(bb(&mut handle.0)) += 1)
}

/// A slot with the links and the list's number, as kernels have them.
#[repr(align(64))]
struct Plain<'a> {
    next: Cell<Option<&'a Plain<'a>>>,
    prev: Cell<Option<&'a Plain<'a>>>,
    in_list: AtomicU64,
}

/// What a list of these has, and a push at the back and a pop at the front do, that says of
/// each slot which list it is in, and looks before it takes one out.
struct PlainList<'a> {
    front: Option<&'a Plain<'a>>,
    back: Option<&'a Plain<'a>>,
    len: usize,
    id: u64,
}

impl<'a> PlainList<'a> {
    fn push(&mut self, slot: &'a Plain<'a>) {
        slot.in_list.store(self.id, Ordering::Relaxed);
        slot.next.set(None);
        slot.prev.set(self.back);
        match self.back.replace(slot) {
            Some(back) => back.next.set(Some(slot)),
            None => self.front = Some(slot),
        }
        self.len += 1;
    }

    fn pop(&mut self) -> Option<&'a Plain<'a>> {
        let slot = self.front?;
        if slot.in_list.load(Ordering::Relaxed) != self.id {
            return None;
        }
        slot.in_list.store(0, Ordering::Relaxed);
        self.front = slot.next.take();
        match self.front {
            Some(front) => front.prev.set(None),
            None => self.back = None,
        }
        self.len -= 1;
        Some(slot)
    }
}

fn plain_list(n: u64) -> Duration {
    let plain =
        || Plain { next: Cell::new(None), prev: Cell::new(None), in_list: AtomicU64::new(0) };
    let slots = [plain(), plain()];
    let mut list = PlainList { front: None, back: None, len: 0, id: 1 };
    list.push(&slots[0]);
    through(n, &slots[1], |slot| {
        list.push(slot);
        bb(&mut list);
        list.pop().unwrap_or_else(|| std::process::abort())
    })
}

fn tally_list(n: u64) -> Duration {
    let claim = |start| free(UniqueFrame::<_, Space>::from_unused(start, Link::new(Word(1))));
    let mut list = LinkedList::new();
    list.push_back(claim(0));
    through(n, claim(PAGE_SIZE), |frame| {
        list.push_back(frame);
        bb(&mut list);
        list.pop_front().unwrap_or_else(|| std::process::abort())
    })
}

static EIGHT: [MetaSlot; 8] = [const { MetaSlot::new() }; 8];
static EIGHT_FRAMES: MetaRegion = match MetaRegion::new(0, &EIGHT) {
    Ok(region) => region,
    Err(_) => panic!(),
};

struct Eight;
impl FrameSpace for Eight {
    fn region() -> &'static MetaRegion {
        &EIGHT_FRAMES
    }
    fn dealloc(_: Paddr, _: usize) {}
}

fn segment() -> Segment<Word, Eight> {
    Segment::from_unused(0..8 * PAGE_SIZE, |_| Word(1)).unwrap_or_else(|_| std::process::abort())
}

/// Each on a line of its own, as slots are.
#[repr(align(64))]
struct Line(AtomicU64);

fn add_sub_each<const N: usize>(n: u64) -> Duration {
    let counts = Alone([const { Line(AtomicU64::new(1)) }; N]);
    times(n, || {
        for count in bb(&counts.0) {
            count.0.fetch_add(1, Ordering::Relaxed);
        }
        for count in bb(&counts.0) {
            count.0.fetch_sub(1, Ordering::Release);
        }
    })
}

fn segment_clone(n: u64) -> Duration {
    let segment = Alone(segment());
    times(n, || {
        bb(&bb(&segment.0).clone());
    })
}

fn segment_slice(n: u64) -> Duration {
    let segment = Alone(segment());
    times(n, || {
        bb(&free(bb(&segment.0).slice(bb(2 * PAGE_SIZE..6 * PAGE_SIZE))));
    })
}
