//! Which accesses are ordered, by clocks: what a thread has seen of each of the others.
//!
//! Every atomic access orders what came before it with each later access to the same cell that
//! conflicts with it, as accesses that are sequentially consistent do. Two accesses that
//! conflict, of which one is not atomic, and that nothing orders, are a data race: some other
//! order of the same steps has them next to each other, and there the second has no rule in
//! λRust, where an access that is not atomic takes two steps (`theories/lang/races.v`).
//!
//! The same order, as a hash, tells runs apart: runs that differ only in the order of steps
//! that do not depend on each other have the same.

/// Of each thread the last of its times that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clock(Vec<u32>);

impl Clock {
    pub(crate) fn get(&self, thread: usize) -> u32 {
        self.0.get(thread).copied().unwrap_or(0)
    }

    pub(crate) fn set(&mut self, thread: usize, time: u32) {
        if self.0.len() <= thread {
            self.0.resize(thread + 1, 0);
        }
        self.0[thread] = time;
    }

    pub(crate) fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own = (*own).max(*other);
        }
    }

    /// A thread of which the other knows more.
    fn behind(&self, other: &Self) -> Option<usize> {
        (0..other.0.len()).find(|&thread| self.get(thread) < other.0[thread])
    }
}

/// What is done to a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) write: bool,
    pub(crate) atomic: bool,
}

#[derive(Clone, Debug, Default)]
struct Atomic {
    /// When each thread last wrote it, and read it.
    writes: Clock,
    reads: Clock,
    /// What those who wrote it had seen, and those who read it.
    written: Clock,
    read: Clock,
    write_hash: u64,
    read_hash: u64,
}

/// What is known of the accesses to a cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    /// How often it has become another value.
    pub(crate) version: u32,
    /// The last write that was not atomic: the thread and its time.
    write: (u32, u32),
    reads: Clock,
    atomic: Option<Box<Atomic>>,
}

/// A mixer of hashes.
pub(crate) fn mix(mut hash: u64, value: u64) -> u64 {
    hash ^=
        value.wrapping_add(0x9e37_79b9_7f4a_7c15).wrapping_add(hash << 6).wrapping_add(hash >> 2);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

impl History {
    /// An access of a thread, which has seen so much; or the thread that it races with.
    pub(crate) fn access(
        &mut self,
        access: Access,
        thread: usize,
        seen: &Clock,
    ) -> Result<(), usize> {
        let (writer, time) = (self.write.0 as usize, self.write.1);
        if writer != thread && time > seen.get(writer) {
            return Err(writer);
        }
        if access.write {
            if let Some(reader) = seen.behind(&self.reads).filter(|&reader| reader != thread) {
                return Err(reader);
            }
        }
        if !access.atomic {
            if let Some(atomic) = &self.atomic {
                let reads = atomic.reads_matter(access.write);
                let other =
                    seen.behind(&atomic.writes).or_else(|| reads.and_then(|of| seen.behind(of)));
                if let Some(other) = other.filter(|&other| other != thread) {
                    return Err(other);
                }
            }
            let time = seen.get(thread);
            if access.write {
                self.write = (thread as u32, time);
            } else if self.reads.get(thread) != time {
                self.reads.set(thread, time);
            }
        }
        Ok(())
    }

    /// An atomic access that has been made: the thread has then seen what it is ordered after.
    /// Its hash and its time go on.
    pub(crate) fn order(&mut self, write: bool, thread: usize, seen: &mut Clock, hash: &mut u64) {
        let atomic = self.atomic.get_or_insert_default();
        seen.join(&atomic.written);
        *hash = mix(mix(*hash, u64::from(write)), atomic.write_hash);
        let time = seen.get(thread);
        if write {
            seen.join(&atomic.read);
            *hash = mix(*hash, atomic.read_hash);
            atomic.read_hash = 0;
            atomic.write_hash = *hash;
            atomic.writes.set(thread, time);
            atomic.written = seen.clone();
        } else {
            // The readers come in no order.
            atomic.read_hash = atomic.read_hash.wrapping_add(*hash);
            atomic.reads.set(thread, time);
            atomic.read.join(seen);
        }
        seen.set(thread, time + 1);
    }
}

impl Atomic {
    fn reads_matter(&self, write: bool) -> Option<&Clock> {
        write.then_some(&self.reads)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN_WRITE: Access = Access { write: true, atomic: false };
    const PLAIN_READ: Access = Access { write: false, atomic: false };

    /// Two threads that have been started and know of each other's start.
    fn two() -> [Clock; 2] {
        let (mut one, mut other) = (Clock::default(), Clock::default());
        one.set(0, 1);
        other.set(1, 1);
        [one, other]
    }

    /// Killed by: a read that is taken for ordered; reads that race with reads.
    #[test]
    fn what_nothing_orders_is_a_race() {
        let [one, other] = two();
        let mut cell = History::default();
        cell.access(PLAIN_READ, 0, &one).unwrap();
        cell.access(PLAIN_READ, 1, &other).unwrap();
        assert_eq!(cell.access(PLAIN_WRITE, 1, &other), Err(0));
    }

    /// Killed by: an atomic access that orders nothing, or also what comes after it.
    #[test]
    fn an_atomic_access_orders_what_came_before() {
        let [mut one, mut other] = two();
        let (mut cell, mut flag) = (History::default(), History::default());
        let mut hash = 0;
        cell.access(PLAIN_WRITE, 0, &one).unwrap();
        flag.order(true, 0, &mut one, &mut hash);
        flag.order(false, 1, &mut other, &mut hash);
        cell.access(PLAIN_WRITE, 1, &other).unwrap();
        // What the first does now, the second has not seen.
        assert_eq!(cell.access(PLAIN_READ, 0, &one), Err(1));
    }

    /// Killed by: a hash of reads that depends on their order; one of writes that does not.
    #[test]
    fn the_hash_is_that_of_the_order() {
        let run = |order: [(usize, bool); 2]| {
            let mut clocks = two();
            let mut hashes = [1, 2];
            let mut cell = History::default();
            for (thread, write) in order {
                cell.order(write, thread, &mut clocks[thread], &mut hashes[thread]);
            }
            hashes
        };
        assert_eq!(run([(0, false), (1, false)]), run([(1, false), (0, false)]));
        assert_ne!(run([(0, true), (1, false)]), run([(1, false), (0, true)]));
        assert_ne!(run([(0, true), (1, true)]), run([(1, true), (0, true)]));
    }
}
