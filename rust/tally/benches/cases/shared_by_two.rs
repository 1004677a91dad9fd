//! Two threads on one value or frame. A step is one operation of each.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use super::*;

const CLONE: &str = "clone+drop, two threads";
const LOOKUP: &str = "lookup+drop, two threads";

const STEPS: u64 = 60_000;

pub(super) const CASES: &[Case] = &[
    Case::new(CLONE, "limit: fetch_add, fetch_sub", add_sub).steps(STEPS),
    Case::new(CLONE, "tally::Frame", tally_frame).wanted(&[("limit", 1.05)]).steps(STEPS),
    Case::new(CLONE, "std::sync::Arc", std_arc).steps(STEPS),
    Case::new(CLONE, "triomphe::Arc", triomphe_arc).steps(STEPS),
    Case::new(LOOKUP, "limit: CAS loop, sub", cas_loop).steps(STEPS),
    Case::new(LOOKUP, "tally::Frame::from_in_use", lookup).wanted(&[("limit", 1.05)]).steps(STEPS),
    Case::new(LOOKUP, "std::sync::Weak::upgrade", upgrade).steps(STEPS),
    Case::new(LOOKUP, "sharded-slab get", sharded_get).steps(STEPS),
];

/// Steps that two threads do at the same time before they wait for each other:
/// few, so that neither loses its processor meanwhile, most times.
const CHUNK: u64 = 2_000;

/// Does `step` `n` times on each of two threads, in chunks at which both begin
/// together, and takes the median chunk for all.
#[inline(always)]
fn together(n: u64, step: impl Fn() + Sync) -> Duration {
    let chunk = n.clamp(1, CHUNK);
    let chunks = n.div_ceil(chunk);
    let arrived = Alone(AtomicU64::new(0));
    let side = || {
        let mut spent: Vec<Duration> = (1..=chunks)
            .map(|now| {
                arrived.0.fetch_add(1, Ordering::AcqRel);
                while arrived.0.load(Ordering::Acquire) < 2 * now {
                    std::hint::spin_loop();
                }
                times(chunk, &step)
            })
            .collect();
        spent.sort();
        spent.get(spent.len() / 2).copied().unwrap_or_default()
    };
    let median = thread::scope(|scope| {
        let other = scope.spawn(side);
        let this = side();
        this.max(other.join().unwrap_or_else(|_| std::process::abort()))
    });
    median.mul_f64(n as f64 / chunk as f64)
}

fn add_sub(n: u64) -> Duration {
    let count = Alone(AtomicU64::new(1));
    together(n, || {
        bb(&count.0).fetch_add(1, Ordering::Relaxed);
        bb(&count.0).fetch_sub(1, Ordering::Release);
    })
}

fn tally_frame(n: u64) -> Duration {
    let handle = Alone(shared());
    together(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn std_arc(n: u64) -> Duration {
    let handle = Alone(Arc::new(Alone(1_u64)));
    together(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn triomphe_arc(n: u64) -> Duration {
    let handle = Alone(triomphe::Arc::new(Alone(1_u64)));
    together(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn cas_loop(n: u64) -> Duration {
    let count = Alone(AtomicU64::new(1));
    together(n, || {
        let c = bb(&count.0);
        let mut seen = c.load(Ordering::Relaxed);
        while let Err(now) =
            c.compare_exchange_weak(seen, seen + 1, Ordering::Acquire, Ordering::Relaxed)
        {
            seen = now;
        }
        bb(&count.0).fetch_sub(1, Ordering::Release);
    })
}

fn lookup(n: u64) -> Duration {
    let _owner = shared();
    together(n, || {
        bb(&free(Frame::<Word, Space>::from_in_use(bb(0))));
    })
}

fn upgrade(n: u64) -> Duration {
    let owner = Arc::new(Alone(1_u64));
    let weak = Alone(Arc::downgrade(&owner));
    together(n, || {
        bb(&bb(&weak.0).upgrade());
    })
}

fn sharded_get(n: u64) -> Duration {
    let slab = sharded_slab::Slab::new();
    let key = slab.insert([1_u64; 5]).unwrap_or_else(|| std::process::abort());
    together(n, || {
        bb(&slab.get(bb(key)));
    })
}
