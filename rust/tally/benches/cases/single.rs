//! One thread, one value or frame.

use std::{
    cell::Cell,
    sync::atomic::{AtomicU64, Ordering},
};

use super::*;

const LOCAL: &str = "clone+drop, Rc";
const ATOMIC: &str = "clone+drop, atomic";
const TRIP: &str = "unique → shared → unique";
const CLAIM_UNIQUE: &str = "from_unused+drop, unique";
const CLAIM_SHARED: &str = "from_unused+drop, shared";
const POOL: &str = "pool path";
const LOOKUP: &str = "lookup+drop";
const WEAK: &str = "upgrade+drop, Rc";

pub(super) const CASES: &[Case] = &[
    Case::new(LOCAL, "limit: inc, dec", inc_dec),
    Case::new(LOCAL, "tally::Rc", tally_rc)
        .wanted(&[("limit", 1.15), ("std::rc::Rc", 1.02)])
        .instructions(12),
    Case::new(LOCAL, "std::rc::Rc", std_rc),
    Case::new(WEAK, "limit: load, inc, dec", load_inc_dec),
    Case::new(WEAK, "tally::Weak", tally_weak),
    Case::new(WEAK, "std::rc::Weak", std_weak),
    Case::new(ATOMIC, "limit: fetch_add, fetch_sub", add_sub),
    Case::new(ATOMIC, "tally::Frame", tally_frame)
        .wanted(&[("limit", 1.10), ("triomphe::Arc", 1.02), ("std::sync::Arc", 1.02)])
        .instructions(12),
    Case::new(ATOMIC, "std::sync::Arc", std_arc),
    Case::new(ATOMIC, "triomphe::Arc", triomphe_arc),
    Case::new(TRIP, "limit: store, CAS", store_cas),
    Case::new(TRIP, "tally::UniqueFrame", round_trip)
        .wanted(&[("limit", 1.08), ("std Arc::new, try_unwrap", 0.5)]),
    Case::new(TRIP, "triomphe::UniqueArc (no lookup by address)", triomphe_trip),
    Case::new(TRIP, "rc_box::ArcBox (no lookup by address)", rc_box_trip),
    Case::new(TRIP, "std Arc::new, try_unwrap", std_trip),
    Case::new(CLAIM_UNIQUE, "limit: CAS, 2 stores", cas_stores),
    Case::new(CLAIM_UNIQUE, "tally::UniqueFrame", claim_unique)
        .wanted(&[("limit", 1.15)])
        .instructions(13),
    Case::new(CLAIM_UNIQUE, "Box of 64 bytes", boxed),
    Case::new(CLAIM_UNIQUE, "slab (not thread-safe)", slab_insert),
    Case::new(CLAIM_UNIQUE, "sharded-slab", sharded_insert),
    Case::new(CLAIM_SHARED, "limit: CAS, store, sub, store", two_rmw),
    Case::new(CLAIM_SHARED, "tally::Frame", claim_shared)
        .wanted(&[("limit", 1.05)])
        .instructions(17),
    Case::new(CLAIM_SHARED, "std Arc::new, drop", std_new),
    Case::new(CLAIM_SHARED, "triomphe Arc::new, drop", triomphe_new),
    Case::new(POOL, "limit: store, CAS", store_cas),
    Case::new(POOL, "tally repurpose, share, try_unique", pool).wanted(&[("limit", 1.10)]),
    Case::new(POOL, "tally repurpose, never shared", pool_unshared).wanted(&[("limit", 0.2)]),
    Case::new(LOOKUP, "limit: load, CAS, sub", load_cas_sub),
    Case::new(LOOKUP, "tally::Frame::from_in_use", lookup)
        .wanted(&[("std::sync::Weak::upgrade", 1.0)]),
    Case::new(LOOKUP, "std::sync::Weak::upgrade", upgrade),
    Case::new(LOOKUP, "sharded-slab get", sharded_get),
];

fn inc_dec(n: u64) -> Duration {
    let count = Alone(Cell::new(1_u64));
    times(n, || {
        let c = bb(&count.0);
        c.set(c.get() + 1);
        let c = bb(&count.0);
        c.set(c.get() - 1);
    })
}

fn tally_rc(n: u64) -> Duration {
    let handle = Alone(tally::Rc::new(1_u64));
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn std_rc(n: u64) -> Duration {
    let handle = Alone(std::rc::Rc::new(1_u64));
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn add_sub(n: u64) -> Duration {
    let count = Alone(AtomicU64::new(1));
    times(n, || {
        bb(&count.0).fetch_add(1, Ordering::Relaxed);
        bb(&count.0).fetch_sub(1, Ordering::Release);
    })
}

fn tally_frame(n: u64) -> Duration {
    let handle = Alone(shared());
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn std_arc(n: u64) -> Duration {
    let handle = Alone(std::sync::Arc::new(1_u64));
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn triomphe_arc(n: u64) -> Duration {
    let handle = Alone(triomphe::Arc::new(1_u64));
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn store_cas(n: u64) -> Duration {
    let count = Alone(AtomicU64::new(2));
    // With a pointer that is moved as a handle is.
    through(n, &count.0, |c| {
        c.store(1, Ordering::Release);
        bb(&c);
        let swapped = c.compare_exchange(1, 2, Ordering::Acquire, Ordering::Relaxed).is_ok();
        assert!(swapped);
        bb(&c);
        c
    })
}

fn round_trip(n: u64) -> Duration {
    through(n, free(UniqueFrame::<Word, Space>::from_unused(0, Word(1))), |unique| {
        let frame = Frame::from(unique);
        bb(&frame);
        let unique = free(UniqueFrame::try_from(frame));
        bb(&unique);
        unique
    })
}

fn triomphe_trip(n: u64) -> Duration {
    through(n, triomphe::UniqueArc::new(1_u64), |unique| {
        let handle = unique.shareable();
        bb(&handle);
        let unique = free(triomphe::Arc::try_unique(handle));
        bb(&unique);
        unique
    })
}

fn std_trip(n: u64) -> Duration {
    through(n, 1_u64, |value| {
        let handle = std::sync::Arc::new(value);
        bb(&handle);
        bb(free(std::sync::Arc::try_unwrap(handle)))
    })
}

fn cas_stores(n: u64) -> Duration {
    let count = Alone((AtomicU64::new(0), AtomicU64::new(0)));
    times(n, || {
        let c = bb(&count.0);
        let swapped = c.0.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_ok();
        assert!(swapped);
        c.1.store(1, Ordering::Relaxed);
        bb(&count.0).0.store(0, Ordering::Release);
    })
}

fn claim_unique(n: u64) -> Duration {
    times(n, || {
        bb(&free(UniqueFrame::<Word, Space>::from_unused(bb(PAGE_SIZE), Word(1))));
    })
}

fn boxed(n: u64) -> Duration {
    times(n, || {
        bb(&Box::new([1_u64; 8]));
    })
}

fn two_rmw(n: u64) -> Duration {
    let count = Alone(AtomicU64::new(0));
    times(n, || {
        let c = bb(&count.0);
        let swapped = c.compare_exchange(0, 2, Ordering::Acquire, Ordering::Relaxed).is_ok();
        assert!(swapped);
        c.store(1, Ordering::Release);
        if bb(&count.0).fetch_sub(1, Ordering::Release) == 1 {
            bb(&count.0).store(0, Ordering::Release);
        }
    })
}

fn claim_shared(n: u64) -> Duration {
    times(n, || {
        bb(&free(Frame::<Word, Space>::from_unused(bb(PAGE_SIZE), Word(1))));
    })
}

fn std_new(n: u64) -> Duration {
    times(n, || {
        bb(&std::sync::Arc::new(1_u64));
    })
}

fn load_cas_sub(n: u64) -> Duration {
    let count = Alone(AtomicU64::new(1));
    times(n, || {
        let c = bb(&count.0);
        let seen = c.load(Ordering::Relaxed);
        let swapped =
            c.compare_exchange(seen, seen + 1, Ordering::Acquire, Ordering::Relaxed).is_ok();
        assert!(swapped);
        bb(&count.0).fetch_sub(1, Ordering::Release);
    })
}

fn lookup(n: u64) -> Duration {
    let _owner = shared();
    times(n, || {
        bb(&free(Frame::<Word, Space>::from_in_use(bb(0))));
    })
}

fn upgrade(n: u64) -> Duration {
    let owner = std::sync::Arc::new(1_u64);
    let weak = Alone(std::sync::Arc::downgrade(&owner));
    times(n, || {
        bb(&bb(&weak.0).upgrade());
    })
}

fn load_inc_dec(n: u64) -> Duration {
    let count = Alone(Cell::new(1_u64));
    times(n, || {
        let c = bb(&count.0);
        if c.get() != 0 {
            c.set(c.get() + 1);
            let c = bb(&count.0);
            c.set(c.get() - 1);
        }
    })
}

fn tally_weak(n: u64) -> Duration {
    let owner = tally::Rc::new(1_u64);
    let weak = Alone(tally::Rc::downgrade(&owner));
    times(n, || {
        bb(&bb(&weak.0).upgrade());
    })
}

fn std_weak(n: u64) -> Duration {
    let owner = std::rc::Rc::new(1_u64);
    let weak = Alone(std::rc::Rc::downgrade(&owner));
    times(n, || {
        bb(&bb(&weak.0).upgrade());
    })
}

fn rc_box_trip(n: u64) -> Duration {
    through(n, rc_box::ArcBox::new(1_u64), |unique| {
        let handle: std::sync::Arc<u64> = unique.into();
        bb(&handle);
        let unique = free(rc_box::ArcBox::try_from(handle));
        bb(&unique);
        unique
    })
}

fn slab_insert(n: u64) -> Duration {
    let mut slab = slab::Slab::with_capacity(1);
    times(n, || {
        let key = slab.insert(bb([1_u64; 5]));
        bb(slab.remove(bb(key)));
    })
}

fn sharded_insert(n: u64) -> Duration {
    let slab = sharded_slab::Slab::new();
    times(n, || {
        let key = slab.insert(bb([1_u64; 5])).unwrap_or_else(|| std::process::abort());
        bb(slab.remove(bb(key)));
    })
}

fn sharded_get(n: u64) -> Duration {
    let slab = sharded_slab::Slab::new();
    let key = slab.insert([1_u64; 5]).unwrap_or_else(|| std::process::abort());
    times(n, || {
        bb(&slab.get(bb(key)));
    })
}

fn triomphe_new(n: u64) -> Duration {
    times(n, || {
        bb(&triomphe::Arc::new(1_u64));
    })
}

fn pool(n: u64) -> Duration {
    through(n, free(UniqueFrame::<Word, Space>::from_unused(0, Word(1))), |unique| {
        let frame = Frame::from(unique.repurpose(Word(bb(2))));
        bb(&frame);
        let unique = free(UniqueFrame::try_from(frame));
        bb(&unique);
        unique
    })
}

fn pool_unshared(n: u64) -> Duration {
    through(n, free(UniqueFrame::<Word, Space>::from_unused(0, Word(1))), |unique| {
        let unique = unique.repurpose(Word(bb(2)));
        bb(&unique);
        unique
    })
}
