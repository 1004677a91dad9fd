//! Addresses, numbers of frames, and slots, for random ranges with holes: samples of
//! the lemmas after which the modules are named.
//!
//! The number of a frame's slot is seen through a second region without holes over the
//! same slots: there, frame number `i` is at `i * PAGE_SIZE`.
#![cfg(feature = "alloc")]

use std::{cell::Cell, collections::BTreeMap, mem::MaybeUninit};

use proptest::prelude::*;
use tally::{
    Frame, FrameMeta, FrameRange, FrameSpace, GetFrameError, MetaRegion, MetaSlot, PAGE_SIZE,
    Paddr, SlotStatus, UniqueFrame,
};

/// Layouts for each lemma. Miri takes its time.
const CASES: u32 = if cfg!(miri) { 3 } else { 64 };

thread_local!(static REGION: Cell<&'static MetaRegion> = const { Cell::new(&MetaRegion::EMPTY) });

struct Space;
impl FrameSpace for Space {
    fn region() -> &'static MetaRegion {
        REGION.get()
    }
    fn dealloc(_: Paddr, _: usize) {}
}

struct Unit;
impl FrameMeta for Unit {}

/// A layout: its ranges, the addresses of its frames in order, and its slots both as
/// they are and without holes.
struct Layout {
    ranges: Vec<FrameRange>,
    frames: Vec<Paddr>,
    region: &'static MetaRegion,
    numbers: MetaRegion,
}

impl Layout {
    fn new(ranges: Vec<FrameRange>) -> Self {
        let frames: Vec<_> = ranges
            .iter()
            .flat_map(|range| (0..range.frames).map(|i| range.base + i * PAGE_SIZE))
            .collect();
        let mut slots = Vec::new();
        slots.resize_with(frames.len(), MaybeUninit::<MetaSlot>::uninit);
        for slot in &mut slots {
            slot.write(MetaSlot::new());
        }
        // SAFETY: all were written just now.
        let slots: &'static [MetaSlot] =
            unsafe { &*(std::ptr::from_mut(slots.leak()) as *const [MetaSlot]) };
        let region = MetaRegion::with_holes(ranges.clone().leak(), slots).unwrap();
        let region = Box::leak(Box::new(region));
        REGION.set(region);
        Self { ranges, frames, region, numbers: MetaRegion::new(0, slots).unwrap() }
    }

    /// The numbers of the slots that are in use.
    fn used(&self) -> Vec<usize> {
        let status = |i: &usize| self.numbers.status(i * PAGE_SIZE).unwrap();
        (0..self.frames.len()).filter(|i| status(i) != SlotStatus::Unused).collect()
    }

    fn claim(&self, start: Paddr) -> Result<UniqueFrame<Unit, Space>, GetFrameError> {
        UniqueFrame::from_unused(start, Unit).map_err(|error| error.error)
    }

    /// Addresses of and around frames.
    fn addresses(&self) -> Vec<Paddr> {
        let around = |start: &Paddr| {
            [0, 1, 8, PAGE_SIZE / 2, PAGE_SIZE - 1, PAGE_SIZE, 2 * PAGE_SIZE, usize::MAX - 4095]
                .map(|distance| start.wrapping_add(distance))
        };
        let mut all: Vec<_> = self.frames.iter().flat_map(around).collect();
        all.extend([0, 1, PAGE_SIZE, usize::MAX, usize::MAX - (PAGE_SIZE - 1)]);
        all
    }
}

/// Gaps and sizes, in frames; the first base may be low or near the end of all.
fn ranges() -> impl Strategy<Value = Vec<FrameRange>> {
    let parts = prop::collection::vec((0..4_usize, 1..5_usize), 1..6);
    (parts, prop_oneof![Just(0), Just(7), Just(1 << 30), Just(usize::MAX / PAGE_SIZE - 40)])
        .prop_map(|(parts, first)| {
            let mut page = first;
            parts
                .into_iter()
                .map(|(gap, frames)| {
                    let base = (page + gap) * PAGE_SIZE;
                    page += gap + frames;
                    FrameRange { base, frames }
                })
                .collect()
        })
}

macro_rules! layouts {
    ($(
        $(#[$meta:meta])*
        mod $first:ident $(, $other:ident)* { fn $name:ident($layout:ident) $body:block }
    )*) => {
        $($(#[$meta])* mod $first {
            use super::*;

            pub(super) fn check($layout: &Layout) -> Result<(), TestCaseError> {
                $body
                Ok(())
            }

            proptest! {
                #![proptest_config(ProptestConfig::with_cases(CASES))]
                #[test]
                fn $name(ranges in ranges()) {
                    check(&Layout::new(ranges))?;
                }
            }

            $(mod $other {
                use super::*;

                proptest! {
                    #![proptest_config(ProptestConfig::with_cases(CASES))]
                    #[test]
                    fn $name(ranges in ranges()) {
                        check(&Layout::new(ranges))?;
                    }
                }
            })*
        })*
    };
}

layouts! {
    /// Exactly the aligned addresses of frames have slots.
    #[expect(non_snake_case, reason = "the lemma's name")]
    mod frame_to_index_is_Some {
        fn exactly_frames(layout) {
            for start in layout.addresses() {
                prop_assert_eq!(layout.region.status(start).is_ok(), layout.frames.contains(&start));
            }
        }
    }

    mod frame_to_index_round_trip, region_start_paddr_spec {
        fn address_to_slot_to_address(layout) {
            for (i, start) in layout.frames.iter().enumerate() {
                let frame = layout.claim(*start).unwrap();
                prop_assert_eq!(layout.used(), [i]);
                prop_assert_eq!(frame.start_paddr(), *start);
            }
        }
    }

    mod index_to_frame_round_trip {
        fn slot_to_address_to_slot(layout) {
            for i in 0..layout.frames.len() {
                // The slot's own number, by way of the region without holes. No raw
                // address is turned back: the region does not stay the same.
                REGION.set(Box::leak(Box::new(layout.numbers)));
                let frame = layout.claim(i * PAGE_SIZE).unwrap();
                REGION.set(layout.region);
                prop_assert_eq!(frame.start_paddr(), layout.frames[i]);
                prop_assert_eq!(layout.region.status(frame.start_paddr()), Ok(SlotStatus::Unique));
                drop(frame);
                prop_assert_eq!(layout.used(), [0; 0]);
            }
        }
    }

    mod frame_to_index_inj, region_slot_at_inj {
        fn no_slot_twice(layout) {
            let frames: Vec<_> = layout.frames.iter().map(|s| layout.claim(*s).unwrap()).collect();
            prop_assert_eq!(layout.used(), (0..layout.frames.len()).collect::<Vec<_>>());
            let starts: Vec<_> = frames.iter().map(UniqueFrame::start_paddr).collect();
            prop_assert_eq!(&starts, &layout.frames);
        }
    }

    /// A claim by address does to the slot what it does to every slot.
    mod region_from_unused_spec {
        fn claims_the_slot_there(layout) {
            for start in &layout.frames {
                let frame = layout.claim(*start).unwrap();
                prop_assert_eq!(layout.region.status(*start), Ok(SlotStatus::Unique));
                prop_assert_eq!(layout.claim(*start).err(), Some(GetFrameError::Unique));
                let frame = Frame::from(frame);
                prop_assert_eq!(layout.claim(*start).err(), Some(GetFrameError::InUse));
                drop(frame);
                prop_assert_eq!(layout.region.status(*start), Ok(SlotStatus::Unused));
            }
        }
    }

    mod region_from_in_use_spec {
        fn looks_the_slot_there_up(layout) {
            let lookup = |start: Paddr| Frame::<Unit, Space>::from_in_use(start);
            for start in &layout.frames {
                prop_assert_eq!(lookup(*start).err(), Some(GetFrameError::Unused));
                let frame = layout.claim(*start).unwrap();
                prop_assert_eq!(lookup(*start).err(), Some(GetFrameError::Unique));
                let frame = Frame::from(frame);
                let found = lookup(*start).unwrap();
                prop_assert!(Frame::ptr_eq(&frame, &found));
                prop_assert_eq!((found.reference_count(), found.start_paddr()), (2, *start));
            }
        }
    }

    mod frame_to_index_range {
        fn as_many_slots_as_frames(layout) {
            prop_assert_eq!(layout.region.frames(), layout.frames.len());
            // Killed by: a number that is not below that of slots, or one of two frames.
            let frames: Vec<_> = layout.frames.iter().map(|s| layout.claim(*s).unwrap()).collect();
            let used = layout.used();
            prop_assert_eq!(used.len(), frames.len());
            prop_assert!(used.iter().all(|number| *number < layout.region.frames()));
        }
    }

    /// The slots of a range follow each other, after those of the ranges before it.
    mod frame_to_index_bank {
        fn ranges_in_order(layout) {
            let mut before = 0;
            for range in layout.region.ranges() {
                for k in 0..range.frames {
                    let _frame = layout.claim(range.base + k * PAGE_SIZE).unwrap();
                    prop_assert_eq!(layout.used(), [before + k]);
                }
                before += range.frames;
            }
            prop_assert_eq!(&layout.region.ranges().collect::<Vec<_>>(), &layout.ranges);
        }
    }

    mod get_slot_not_aligned, region_not_aligned_spec {
        fn whatever_the_bounds(layout) {
            for start in layout.addresses() {
                let misaligned = start % PAGE_SIZE != 0;
                let error = layout.region.status(start).err();
                prop_assert_eq!(error == Some(GetFrameError::NotAligned), misaligned);
            }
        }
    }

    mod get_slot_out_of_bound, region_out_of_bound_spec {
        fn in_holes_and_outside(layout) {
            for start in layout.addresses() {
                let outside = start % PAGE_SIZE == 0 && !layout.frames.contains(&start);
                let error = layout.region.status(start).err();
                prop_assert_eq!(error == Some(GetFrameError::OutOfBound), outside);
                let error = layout.claim(start).err();
                prop_assert_eq!(error == Some(GetFrameError::OutOfBound), outside);
            }
        }
    }

    mod get_slot_found, region_get_slot_spec {
        fn the_slot_with_the_number(layout) {
            let numbers: BTreeMap<_, _> = layout.frames.iter().zip(0..).collect();
            for start in layout.addresses() {
                if let Ok(frame) = layout.claim(start) {
                    prop_assert_eq!(layout.used(), [numbers[&start]]);
                    drop(frame);
                }
            }
        }
    }
}

/// A region that grows by a page or a hole at its end: what was there stays.
mod grows {
    use super::*;

    /// The layouts of the first `n` pages of a sequence of frames and holes, from 0.
    fn prefix(pages: &[bool], n: usize) -> Option<Layout> {
        let mut ranges: Vec<FrameRange> = Vec::new();
        for (page, _) in pages[..n].iter().enumerate().filter(|(_, tracked)| **tracked) {
            let base = page * PAGE_SIZE;
            match ranges.last_mut().filter(|last| last.end() == Some(base)) {
                Some(last) => last.frames += 1,
                None => ranges.push(FrameRange { base, frames: 1 }),
            }
        }
        (!ranges.is_empty()).then(|| Layout::new(ranges))
    }

    /// The number of the slot at `start`.
    fn number(layout: &Layout, start: Paddr) -> Option<usize> {
        REGION.set(layout.region);
        let _frame = layout.claim(start).ok()?;
        layout.used().pop()
    }

    fn check(pages: &[bool], last: bool) -> Result<(), TestCaseError> {
        let n = pages.len();
        let mut longer = pages.to_vec();
        longer.push(last);
        let (before, after) = (prefix(&longer, n), prefix(&longer, n + 1));
        let numbers = |layout: &Option<Layout>| {
            let number = |page| layout.as_ref().and_then(|l| number(l, page * PAGE_SIZE));
            (0..n).map(number).collect::<Vec<_>>()
        };
        prop_assert_eq!(numbers(&before), numbers(&after));
        let frames = |layout: &Option<Layout>| layout.as_ref().map_or(0, |l| l.region.frames());
        let new = after.as_ref().and_then(|layout| number(layout, n * PAGE_SIZE));
        prop_assert_eq!(new, last.then_some(frames(&before)), "the next number, unused");
        prop_assert_eq!(frames(&after), frames(&before) + usize::from(last));
        Ok(())
    }

    mod region_track_spec {
        use super::*;

        proptest! {
            #[test]
            fn the_next_slot(pages in prop::collection::vec(any::<bool>(), 0..12)) {
                check(&pages, true)?;
            }
        }
    }

    mod region_skip_spec {
        use super::*;

        proptest! {
            #[test]
            fn no_slot(pages in prop::collection::vec(any::<bool>(), 0..12)) {
                check(&pages, false)?;
            }
        }
    }
}

/// A region that would end behind the last address is refused.
mod region_full_spec {
    use super::*;
    use tally::RegionError;

    #[test]
    fn one_page_too_many() {
        let last = usize::MAX - (PAGE_SIZE - 1);
        let fits = FrameRange { base: last - PAGE_SIZE, frames: 1 };
        assert!(MetaRegion::leak_with_holes(&[fits]).is_ok());
        for range in [FrameRange { frames: 2, ..fits }, FrameRange { base: last, frames: 1 }] {
            let FrameRange { base, frames } = range;
            let error = MetaRegion::leak_with_holes(&[range]).unwrap_err();
            assert_eq!(error, RegionError::Overflow { base, frames });
        }
    }
}

mod region_init_inv {
    use super::*;

    #[test]
    fn tracks_nothing() {
        assert_eq!((MetaRegion::EMPTY.frames(), MetaRegion::EMPTY.ranges().count()), (0, 0));
        assert_eq!(MetaRegion::EMPTY.status(0), Err(GetFrameError::OutOfBound));
    }
}

/// Random claims, lookups and drops, at addresses of frames and others.
mod follows_a_model {
    use super::*;

    type Steps = Vec<(u8, prop::sample::Index)>;

    fn steps() -> impl Strategy<Value = Steps> {
        prop::collection::vec((0..3_u8, any::<prop::sample::Index>()), 0..40)
    }

    /// Frames by address: the shares that are held of each.
    #[derive(Default)]
    struct World(BTreeMap<Paddr, Vec<Frame<Unit, Space>>>);

    impl World {
        fn step(&mut self, layout: &Layout, kind: u8, start: Paddr) {
            let tracked = layout.frames.contains(&start);
            let held = self.0.get(&start).map_or(0, Vec::len);
            let shares = self.0.entry(start).or_default();
            match kind {
                0 => match Frame::from_unused(start, Unit) {
                    Ok(frame) => {
                        assert!(tracked && held == 0);
                        shares.push(frame);
                    }
                    Err(error) => assert!(!tracked || error.error == GetFrameError::InUse),
                },
                1 => match Frame::from_in_use(start) {
                    Ok(frame) => {
                        assert!(tracked && held > 0);
                        shares.push(frame);
                    }
                    Err(error) => assert!(!tracked || error == GetFrameError::Unused),
                },
                _ => drop(shares.pop()),
            }
        }

        fn check(&self, layout: &Layout) {
            for start in &layout.frames {
                let held = self.0.get(start).map_or(0, Vec::len);
                let status = match held {
                    0 => SlotStatus::Unused,
                    held => SlotStatus::Shared(held as u64),
                };
                assert_eq!(layout.region.status(*start), Ok(status));
            }
            let shares = self.0.iter().flat_map(|(start, all)| all.iter().map(move |f| (start, f)));
            shares.for_each(|(start, frame)| assert_eq!(frame.start_paddr(), *start));
        }
    }

    mod region_step_inv {
        use super::*;

        proptest! {
            #[test]
            fn after_every_step(ranges in ranges(), steps in steps()) {
                let (layout, mut world) = (Layout::new(ranges), World::default());
                let addresses = layout.addresses();
                for (kind, at) in steps {
                    world.step(&layout, kind, *at.get(&addresses));
                    world.check(&layout);
                }
            }
        }
    }

    mod region_run_inv {
        use super::*;

        proptest! {
            #[test]
            fn nothing_is_left(ranges in ranges(), steps in steps()) {
                let (layout, mut world) = (Layout::new(ranges), World::default());
                let addresses = layout.addresses();
                for (kind, at) in steps {
                    world.step(&layout, kind, *at.get(&addresses));
                }
                world.check(&layout);
                drop(world);
                assert_eq!(layout.used(), [0; 0]);
            }
        }
    }
}
