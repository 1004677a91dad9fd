//! Random sequences of operations, against a model that is too simple to be wrong.

mod common;

use common::{Event, Frame, Meta, Space, UniqueFrame, longest};
use proptest::prelude::*;
use tally::{FrameMeta, GetFrameError, PAGE_SIZE};

/// What the model knows of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Unused,
    Unique { number: u64 },
    Shared { number: u64, count: u64 },
}

#[derive(Clone, Copy, Debug)]
enum Op {
    FromUnusedShared(usize, u64),
    FromUnusedUnique(usize, u64),
    FromInUse(usize),
    FromUnique(prop::sample::Index),
    TryFromShared(prop::sample::Index),
    Clone(prop::sample::Index),
    Write(prop::sample::Index, u64),
    WriteShared(prop::sample::Index, u64),
    Repurpose(prop::sample::Index, u64),
    /// By way of an address, and of a handle on any metadata.
    Disguise(prop::sample::Index),
    Drop(prop::sample::Index),
}

fn op() -> impl Strategy<Value = Op> {
    // One frame index beyond the region.
    let frame = 0..=Space::FRAMES;
    prop_oneof![
        2 => (frame.clone(), any::<u64>()).prop_map(|(f, n)| Op::FromUnusedShared(f, n)),
        2 => (frame.clone(), any::<u64>()).prop_map(|(f, n)| Op::FromUnusedUnique(f, n)),
        1 => frame.prop_map(Op::FromInUse),
        2 => any::<prop::sample::Index>().prop_map(Op::FromUnique),
        3 => any::<prop::sample::Index>().prop_map(Op::TryFromShared),
        3 => any::<prop::sample::Index>().prop_map(Op::Clone),
        2 => (any::<prop::sample::Index>(), any::<u64>()).prop_map(|(h, n)| Op::Write(h, n)),
        1 => (any::<prop::sample::Index>(), any::<u64>()).prop_map(|(h, n)| Op::WriteShared(h, n)),
        1 => (any::<prop::sample::Index>(), any::<u64>()).prop_map(|(h, n)| Op::Repurpose(h, n)),
        1 => any::<prop::sample::Index>().prop_map(Op::Disguise),
        3 => any::<prop::sample::Index>().prop_map(Op::Drop),
    ]
}

enum Handle {
    Shared(Frame),
    Unique(UniqueFrame),
}

impl Handle {
    fn frame(&self) -> usize {
        let start = match self {
            Handle::Shared(frame) => frame.start_paddr(),
            Handle::Unique(frame) => frame.start_paddr(),
        };
        (start - Space::BASE) / PAGE_SIZE
    }

    fn meta(&self) -> &Meta {
        match self {
            Handle::Shared(frame) => frame.meta(),
            Handle::Unique(frame) => frame.meta(),
        }
    }
}

/// What claiming a frame in this state ends in.
fn claim(states: &[State], frame: usize) -> Result<(), GetFrameError> {
    match states.get(frame) {
        None => Err(GetFrameError::OutOfBound),
        Some(State::Unused) => Ok(()),
        Some(State::Unique { .. }) => Err(GetFrameError::Unique),
        Some(State::Shared { .. }) => Err(GetFrameError::InUse),
    }
}

struct World {
    states: Vec<State>,
    handles: Vec<Handle>,
}

impl World {
    fn new() -> Self {
        Self { states: vec![State::Unused; Space::FRAMES], handles: Vec::new() }
    }

    fn take(&mut self, index: prop::sample::Index) -> Option<Handle> {
        (!self.handles.is_empty())
            .then(|| self.handles.swap_remove(index.index(self.handles.len())))
    }

    fn step(&mut self, op: Op) {
        match op {
            Op::FromUnusedShared(frame, number) => {
                let expected = claim(&self.states, frame);
                match Frame::from_unused(Space::frame(frame), Meta::new(number)) {
                    Ok(handle) => {
                        assert_eq!(expected, Ok(()));
                        self.states[frame] = State::Shared { number, count: 1 };
                        self.handles.push(Handle::Shared(handle));
                    }
                    Err(error) => {
                        assert_eq!(expected, Err(error.error));
                        assert_eq!(error.metadata.number, number);
                    }
                }
            }
            Op::FromUnusedUnique(frame, number) => {
                let expected = claim(&self.states, frame);
                match UniqueFrame::from_unused(Space::frame(frame), Meta::new(number)) {
                    Ok(handle) => {
                        assert_eq!(expected, Ok(()));
                        self.states[frame] = State::Unique { number };
                        self.handles.push(Handle::Unique(handle));
                    }
                    Err(error) => {
                        assert_eq!(expected, Err(error.error));
                        assert_eq!(error.metadata.number, number);
                    }
                }
            }
            Op::FromInUse(frame) => {
                let expected = match self.states.get_mut(frame) {
                    None => Err(GetFrameError::OutOfBound),
                    Some(State::Unused) => Err(GetFrameError::Unused),
                    Some(State::Unique { .. }) => Err(GetFrameError::Unique),
                    Some(State::Shared { count, .. }) => {
                        *count += 1;
                        Ok(())
                    }
                };
                let found = Frame::from_in_use(Space::frame(frame));
                assert_eq!(found.as_ref().map(drop).map_err(|error| *error), expected);
                self.handles.extend(found.ok().map(Handle::Shared));
            }
            Op::FromUnique(index) => {
                let Some(handle) = self.take(index) else { return };
                let handle = match handle {
                    Handle::Shared(_) => handle,
                    Handle::Unique(unique) => {
                        let number = unique.meta().number;
                        let frame = handle_frame(&unique);
                        assert_eq!(self.states[frame], State::Unique { number });
                        self.states[frame] = State::Shared { number, count: 1 };
                        Handle::Shared(Frame::from(unique))
                    }
                };
                self.handles.push(handle);
            }
            Op::TryFromShared(index) => {
                let Some(handle) = self.take(index) else { return };
                let frame = handle.frame();
                let handle = match handle {
                    Handle::Unique(_) => handle,
                    Handle::Shared(shared) => {
                        match (UniqueFrame::try_from(shared), self.states[frame]) {
                            (Ok(unique), State::Shared { number, count: 1 }) => {
                                self.states[frame] = State::Unique { number };
                                Handle::Unique(unique)
                            }
                            (Err(shared), State::Shared { count: 2.., .. }) => {
                                Handle::Shared(shared)
                            }
                            (result, state) => panic!("{result:?} in state {state:?}"),
                        }
                    }
                };
                assert_eq!(handle.frame(), frame);
                self.handles.push(handle);
            }
            Op::Clone(index) => {
                let Some(handle) = self.take(index) else { return };
                if let Handle::Shared(shared) = &handle {
                    let State::Shared { count, .. } = &mut self.states[handle.frame()] else {
                        panic!("a shared handle on a frame that is not shared");
                    };
                    *count += 1;
                    self.handles.push(Handle::Shared(shared.clone()));
                }
                self.handles.push(handle);
            }
            Op::Write(index, new) => {
                let Some(mut handle) = self.take(index) else { return };
                if let Handle::Unique(unique) = &mut handle {
                    unique.meta_mut().number = new;
                    self.states[handle.frame()] = State::Unique { number: new };
                }
                self.handles.push(handle);
            }
            Op::WriteShared(index, new) => {
                let Some(mut handle) = self.take(index) else { return };
                let frame = handle.frame();
                if let Handle::Shared(shared) = &mut handle {
                    let written = shared.with_meta_mut(|meta| meta.number = new).is_some();
                    let State::Shared { number, count } = &mut self.states[frame] else {
                        panic!("a shared handle on a frame that is not shared");
                    };
                    assert_eq!(written, *count == 1);
                    *number = if written { new } else { *number };
                }
                self.handles.push(handle);
            }
            Op::Repurpose(index, new) => {
                let Some(handle) = self.take(index) else { return };
                let frame = handle.frame();
                let handle = match handle {
                    Handle::Shared(_) => handle,
                    Handle::Unique(unique) => {
                        let log = unique.meta().log.clone();
                        let unique = unique.repurpose(Meta::new(new));
                        let start = unique.start_paddr();
                        assert_eq!(log.events(), [Event::OnDrop(start), Event::Dropped]);
                        assert_eq!(Space::freed(), []);
                        self.states[frame] = State::Unique { number: new };
                        Handle::Unique(unique)
                    }
                };
                self.handles.push(handle);
            }
            Op::Disguise(index) => {
                let Some(handle) = self.take(index) else { return };
                let handle = match handle {
                    Handle::Shared(frame) => {
                        let any = tally::Frame::<dyn FrameMeta, Space>::from(frame);
                        let raw = Frame::try_from(any).unwrap().into_raw();
                        // SAFETY: from `into_raw`, once.
                        Handle::Shared(unsafe { Frame::from_raw(raw) })
                    }
                    Handle::Unique(frame) => {
                        let any = tally::UniqueFrame::<dyn FrameMeta, Space>::from(frame);
                        let raw = UniqueFrame::try_from(any).unwrap().into_raw();
                        // SAFETY: from `into_raw`, once.
                        Handle::Unique(unsafe { UniqueFrame::from_raw(raw) })
                    }
                };
                self.handles.push(handle);
            }
            Op::Drop(index) => {
                let Some(handle) = self.take(index) else { return };
                self.drop(handle);
            }
        }
    }

    fn drop(&mut self, handle: Handle) {
        let frame = handle.frame();
        let log = handle.meta().log.clone();
        drop(handle);
        let start = Space::frame(frame);
        match &mut self.states[frame] {
            State::Shared { count: count @ 2.., .. } => {
                *count -= 1;
                assert_eq!((log.events(), Space::freed()), (vec![], vec![]));
            }
            state => {
                *state = State::Unused;
                assert_eq!(log.events(), [Event::OnDrop(start), Event::Dropped]);
                assert_eq!(Space::freed(), [(start, PAGE_SIZE)]);
            }
        }
    }

    /// Drops what is left; then every frame can be claimed.
    fn end(mut self) {
        while let Some(handle) = self.handles.pop() {
            self.drop(handle);
        }
        for frame in 0..Space::FRAMES {
            drop(UniqueFrame::from_unused(Space::frame(frame), Meta::new(0)).expect("unused"));
        }
        assert_eq!(Space::freed().len(), Space::FRAMES);
    }

    /// Every handle shows what the model says.
    fn check(&self) {
        for handle in &self.handles {
            match (handle, self.states[handle.frame()]) {
                (Handle::Shared(frame), State::Shared { number, count }) => {
                    assert_eq!((frame.meta().number, frame.reference_count()), (number, count));
                }
                (Handle::Unique(frame), State::Unique { number }) => {
                    assert_eq!(frame.meta().number, number);
                }
                (_, state) => panic!("a handle of the other kind on a frame that is {state:?}"),
            }
        }
    }
}

fn handle_frame(unique: &UniqueFrame) -> usize {
    (unique.start_paddr() - Space::BASE) / PAGE_SIZE
}

/// Every step keeps what handles and counts say of each other.
mod slot_step_inv {
    use super::*;

    proptest! {
        #[test]
        fn frames_follow_the_model(ops in prop::collection::vec(op(), 0..longest(120))) {
            let mut world = World::new();
            for op in ops {
                world.step(op);
                world.check();
            }
            world.end();
        }
    }
}

/// After every run all is accounted for: dropping what is left leaves nothing.
mod slot_run_inv {
    use super::*;

    proptest! {
        #[test]
        fn nothing_leaks(ops in prop::collection::vec(op(), 0..longest(120))) {
            let mut world = World::new();
            for op in ops {
                world.step(op);
            }
            world.end();
        }
    }
}
