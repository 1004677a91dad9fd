//! Traces of operations on `Rc`s.

use super::{Pick, draws, live, pick, played, word};
use crate::rc::{RcHandle, RcOp, RcState, rc_init, rc_step};
use proptest::prelude::*;

/// The most handles at a time, or a few more.
const MOST: usize = 8;

/// The kinds of handles on `Rc`s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Strong,
    Raw,
    Unique,
    Weak,
}
use Kind::{Raw, Strong, Unique, Weak};

impl Kind {
    fn is(self, handle: &RcHandle) -> bool {
        self == match handle {
            RcHandle::Strong(_) => Strong,
            RcHandle::Raw(_) => Raw,
            RcHandle::Unique(_) => Unique,
            RcHandle::Weak(_) | RcHandle::Dangling => Weak,
        }
    }
}

/// A kind of handles, and the operation on one of them, with another one and a word.
type Row = (Kind, fn(u64, u64, u64) -> RcOp);

const SHARED: [(usize, Row); 28] = [
    (3, (Strong, |_, _, word| RcOp::New(word))),
    (1, (Strong, |_, _, word| RcOp::NewCyclic(word))),
    (1, (Weak, |_, _, _| RcOp::WeakNew)),
    (6, (Strong, |h, _, _| RcOp::Clone(h))),
    (5, (Strong, |h, _, _| RcOp::Drop(h))),
    (3, (Strong, |h, _, _| RcOp::StrongCount(h))),
    (3, (Strong, |h, _, _| RcOp::WeakCount(h))),
    (3, (Strong, |h, _, _| RcOp::Get(h))),
    (3, (Strong, |h, _, word| RcOp::Set(h, word))),
    (3, (Strong, |h, _, word| RcOp::MakeMut(h, word))),
    (3, (Strong, |h, other, _| RcOp::PtrEq(h, other))),
    (2, (Strong, |h, _, _| RcOp::TryUnwrap(h))),
    (2, (Strong, |h, _, _| RcOp::IntoInner(h))),
    (2, (Strong, |h, _, _| RcOp::UnwrapOrClone(h))),
    (4, (Strong, |h, _, _| RcOp::IntoRaw(h))),
    (6, (Strong, |h, _, _| RcOp::Downgrade(h))),
    (2, (Strong, |h, _, word| RcOp::Leak(h, word))),
    (4, (Weak, |h, _, _| RcOp::Clone(h))),
    (4, (Weak, |h, _, _| RcOp::Drop(h))),
    (3, (Weak, |h, _, _| RcOp::StrongCount(h))),
    (3, (Weak, |h, _, _| RcOp::WeakCount(h))),
    (3, (Weak, |h, other, _| RcOp::PtrEq(h, other))),
    (8, (Weak, |h, _, _| RcOp::Upgrade(h))),
    (2, (Weak, |h, _, word| RcOp::Leak(h, word))),
    (1, (Raw, |h, _, _| RcOp::Drop(h))),
    (3, (Raw, |h, _, _| RcOp::FromRaw(h))),
    (3, (Raw, |h, _, _| RcOp::Increment(h))),
    (4, (Raw, |h, _, _| RcOp::Decrement(h))),
];

const UNIQUE: [(usize, Row); 7] = [
    (1, (Unique, |_, _, word| RcOp::UniqueNew(word))),
    (4, (Strong, |h, _, _| RcOp::TryIntoUnique(h))),
    (1, (Unique, |h, _, _| RcOp::Get(h))),
    (1, (Unique, |h, _, word| RcOp::Set(h, word))),
    (2, (Unique, |h, _, _| RcOp::Downgrade(h))),
    (2, (Unique, |h, _, _| RcOp::UniqueIntoRc(h))),
    (1, (Unique, |h, _, _| RcOp::Drop(h))),
];

/// Operations on `Rc`s, at most so many. `leaks` is the largest leak; from 2⁶³ on, counts
/// get to their edge and clones abort. `unique` says whether there are unique handles.
pub fn rc(length: usize, leaks: u64, unique: bool) -> impl Strategy<Value = Vec<RcOp>> {
    let rows = SHARED.into_iter().chain(UNIQUE.into_iter().filter(move |_| unique));
    draws(rows, (pick(), pick(), word()), length).prop_map(move |draws| {
        played(rc_init(), rc_step, draws, |state, draw| choose(state, draw, leaks))
    })
}

fn choose(state: &RcState, draw: (Row, (Pick, Pick, u64)), leaks: u64) -> RcOp {
    let ((kind, op), (handle, other, word)) = draw;
    let made = state.handles.len();
    let of = |kind: Kind| live(&state.handles, |handle| kind.is(handle));
    let of_kind = of(kind);
    let op = op(handle.among(&of_kind, made), other.among(&of_kind, made), word);
    let makes =
        matches!(op, RcOp::New(_) | RcOp::NewCyclic(_) | RcOp::WeakNew | RcOp::UniqueNew(_));
    let opens =
        matches!(op, RcOp::Clone(_) | RcOp::Downgrade(_) | RcOp::Upgrade(_) | RcOp::Increment(_));
    let all = live(&state.handles, |_| true);
    match (op, handle) {
        // With many handles there is enough to do.
        _ if all.len() >= MOST && (makes || opens) => RcOp::Drop(handle.among(&all, made)),
        // Where there is none of the kind, one is made.
        (_, Pick::Live(at)) if of_kind.is_empty() && !makes => match (kind, of(Strong)) {
            (Unique, _) => RcOp::UniqueNew(word),
            (Raw, strong) if !strong.is_empty() => RcOp::IntoRaw(*at.get(&strong)),
            (Weak, strong) if !strong.is_empty() => RcOp::Downgrade(*at.get(&strong)),
            _ => RcOp::New(word),
        },
        (RcOp::Leak(h, n), _) => RcOp::Leak(h, n.min(leaks)),
        (op, _) => op,
    }
}
