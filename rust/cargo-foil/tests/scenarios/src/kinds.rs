//! What crates with known faults are made of: a fault of each kind beside the mended program,
//! and parts of the library as they call them.

use crate::Tok;

/// Another name of a type, with a parameter that may be left out.
type Two<A = u32> = (A, A);
struct Held {
    pair: Two,
    other: Two<Tok>,
}
trait Length {
    fn length() -> usize;
}
macro_rules! lengths {
    ($($n:literal)*) => { $(impl<T> Length for [T; $n] {
        fn length() -> usize {
            $n
        }
    })* };
}
lengths! { 1 2 3 }
macro_rules! nested {
    () => { u8 };
    ($x:tt $($rest:tt)*) => { (nested!($($rest)*),) };
}
/// A type that nests deep, as those of numbers do that are types.
pub type Deep = nested!(
    x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x
    x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x
);
/// Types by other names, and `impl`s that a macro makes, which only their order tells apart.
pub fn names() {
    let held = Held { pair: (1, 2), other: (Tok::new(3), Tok::new(4)) };
    assert!(held.pair.0 + held.pair.1 == 3);
    drop(held.other.0);
    assert!(<[Tok; 2]>::length() == 2 && <[u8; 3]>::length() == 3 && <[u8; 1]>::length() == 1);
}

/// Pointers that count, cells that are borrowed.
pub fn counted() {
    use std::cell::{Cell, RefCell};
    use std::rc::{Rc, Weak};
    struct Node {
        item: Tok,
        next: RefCell<Option<Rc<Node>>>,
        back: RefCell<Weak<Node>>,
    }
    let first = Rc::new(Node {
        item: Tok::new(1),
        next: RefCell::new(None),
        back: RefCell::new(Weak::new()),
    });
    let second = Rc::new(Node {
        item: Tok::new(2),
        next: RefCell::new(None),
        back: RefCell::new(Weak::new()),
    });
    *first.next.borrow_mut() = Some(second.clone());
    *second.back.borrow_mut() = Rc::downgrade(&first);
    assert!(Rc::strong_count(&second) == 2 && Rc::weak_count(&first) == 1);
    assert!(*second.back.borrow().upgrade().unwrap().item.0 == 1);
    drop(first);
    assert!(second.back.borrow().upgrade().is_none());
    assert!(Rc::try_unwrap(second).is_ok());
    let cell = RefCell::new(3);
    {
        let one = cell.borrow();
        assert!(cell.try_borrow_mut().is_err() && *one == 3);
    }
    *cell.borrow_mut() += 1;
    assert!(cell.into_inner() == 4);
    let mut shared = Rc::new(Tok::new(5));
    let other = Rc::clone(&shared);
    assert!(!Rc::ptr_eq(&shared, &Rc::new(Tok::new(6))) && Rc::ptr_eq(&shared, &other));
    *Rc::make_mut(&mut shared).0 += 1;
    assert!(*shared.0 == 6 && *other.0 == 5 && Rc::get_mut(&mut shared).is_some());
    let of = Cell::new(1);
    of.set(of.get() + 1);
    assert!(of.take() == 2 && of.get() == 0);
}

/// Queues with two ends.
pub fn queues() {
    use std::collections::VecDeque;
    let mut of: VecDeque<Tok> = VecDeque::with_capacity(2);
    for i in 0..3 {
        of.push_back(Tok::new(i));
    }
    of.push_front(Tok::new(9));
    assert!(
        of.len() == 4 && *of[0].0 == 9 && *of.front().unwrap().0 == 9 && *of.back().unwrap().0 == 2
    );
    drop(of.pop_front());
    drop(of.pop_back());
    assert!(of.iter().map(|x| *x.0).sum::<u32>() == 1 && of.get(2).is_none());
    for x in of.iter_mut() {
        *x.0 += 1;
    }
    of.truncate(1);
    of.extend((5..7).map(Tok::new));
    let last = of.remove(2);
    assert!(*last.unwrap().0 == 6);
    of.clear();
    assert!(of.is_empty());
    of.push_back(Tok::new(1));
    for x in of {
        assert!(*x.0 == 1);
    }
}

/// Parts of slices.
pub fn parts() {
    let mut of = [5u32, 1, 4, 2, 3];
    let (first, rest) = of.split_first().unwrap();
    assert!(*first == 5 && rest.len() == 4);
    let (last, _) = of.split_last_mut().unwrap();
    *last = 6;
    of.sort_unstable_by(|x, y| x.cmp(y));
    assert!(
        of == [1, 2, 4, 5, 6] && of.binary_search(&4) == Ok(2) && of.binary_search(&3) == Err(2)
    );
    of.sort_by_key(|x| 10 - *x);
    assert!(of.starts_with(&[6, 5]) && of.ends_with(&[1]));
    assert!(of.chunks(2).map(|c| c[0]).sum::<u32>() == 6 + 4 + 1);
    assert!(of.windows(2).all(|w| w[0] > w[1]));
    for c in of.chunks_mut(3) {
        c[0] = 0;
    }
    assert!(of == [0, 5, 4, 0, 1] && of.iter().rposition(|x| *x == 0) == Some(3));
    of.copy_within(0..2, 3);
    assert!(of == [0, 5, 4, 0, 5] && of.iter().max_by_key(|x| **x) == Some(&5));
    assert!(of.chunks_exact(2).len() == 2 && of.concat_of() == 14);
    let parts: Vec<&[u32]> = of.split(|x| *x == 4).collect();
    assert!(parts.len() == 2 && of.first_chunk::<2>() == Some(&[0, 5]));
    let more = [[1, 2], [3, 4]].concat();
    assert!(more == [1, 2, 3, 4]);
    assert!(of.partition_point(|x| *x < 1) == 1);
    let (even, odd): (Vec<u32>, Vec<u32>) = more.into_iter().partition(|x| x % 2 == 0);
    assert!(even == [2, 4] && odd == [1, 3]);
}
trait ConcatOf {
    fn concat_of(&self) -> u32;
}
impl ConcatOf for [u32; 5] {
    fn concat_of(&self) -> u32 {
        self.iter().copied().fold(0, |x, y| x + y)
    }
}

/// Arrays made item by item, and iterators over what they are made of.
pub fn arrays() {
    let none: [usize; 4] = Default::default();
    assert!(none == [0; 4]);
    let toks: [Tok; 3] = std::array::from_fn(|i| Tok::new(i as u32));
    let nums = toks.map(|t| *t.0 + 1);
    assert!(nums == [1, 2, 3]);
    let of: [u32; 2] = nums[1..].try_into().unwrap();
    assert!(of == [2, 3]);
    let more: Result<[u32; 3], _> = vec![1, 2, 3].try_into();
    assert!(more.is_ok());
    let (a, b): (Vec<u32>, Vec<bool>) = [(1, true), (2, false)].into_iter().unzip();
    assert!(a.len() == 2 && b.len() == 2);
    assert!((1..4).flat_map(|x| 0..x).count() == 6 && (0..3).rev().last() == Some(0));
    assert!(
        [1, 5, 2]
            .iter()
            .scan(0, |s, x| {
                *s += x;
                Some(*s)
            })
            .last()
            == Some(8)
    );
    assert!(std::iter::repeat(1).take(3).chain(Some(2)).min_by_key(|x| *x) == Some(1));
    assert!(
        [3, 1].iter().cycle().nth(3) == Some(&1)
            && std::iter::successors(Some(1), |x| Some(x * 2)).nth(3) == Some(8)
    );
    assert!((0..5).try_fold(0u8, |x, y: u8| x.checked_add(y)) == Some(10));
    assert!([Some(1), None].into_iter().flatten().count() == 1);
    let r: Result<Vec<u32>, ()> = [Ok(1), Err(()), Ok(2)].into_iter().collect();
    assert!(r.is_err());
}

/// What may be there or not, vectors that are cut.
pub fn maybe() {
    let mut x = Some(Tok::new(1));
    assert!(x.take_if(|t| *t.0 == 1).is_some() && x.is_none());
    assert!(x.get_or_insert_with(|| Tok::new(2)).0.as_ref() == &2);
    let y: Option<u32> = x.as_deref_of();
    assert!(y.xor(None) == Some(2) && y.zip(Some(1)).is_some() && y.is_none_or(|x| x == 2));
    let z: Option<&mut Tok> = x.iter_mut().next();
    assert!(z.is_some());
    let r: Result<u32, Tok> = Err(Tok::new(3));
    assert!(
        r.as_ref().map_or(false, |x| *x == 1) == false
            && r.or_else(|t| if *t.0 == 3 { Ok(1) } else { Err(t) }).is_ok()
    );
    let t: Result<Option<u32>, ()> = Some(Ok(1)).transpose();
    assert!(t == Ok(Some(1)) && Some(Some(2)).flatten() == Some(2));
    assert!(Some(1) < Some(2) && None < Some(0) && Ok::<u32, ()>(1).unwrap_or_default() == 1);
    let b: Box<[Tok]> = vec![Tok::new(1), Tok::new(2)].into();
    let mut c = b.clone();
    c[0] = Tok::new(7);
    assert!(*b[0].0 == 1 && c.iter().count() == 2 && b.iter().count() == 2);
    let mut v = vec![1, 1, 2, 3, 3];
    v.dedup();
    assert!(v == [1, 2, 3] && v.first_mut().is_some());
    let old: Vec<u32> = v.splice(1..2, [7, 8]).collect();
    assert!(old == [2] && v == [1, 7, 8, 3]);
    v.extend_from_within(1..3);
    assert!(v.len() == 6 && v.iter().min() == Some(&1) && v.pop_if(|x| *x == 8).is_some());
    v.shrink_to(0);
    assert!(v.try_reserve(10).is_ok() && v.capacity() >= 15);
}
trait Deref2 {
    fn as_deref_of(&self) -> Option<u32>;
}
impl Deref2 for Option<Tok> {
    fn as_deref_of(&self) -> Option<u32> {
        self.as_ref().map(|t| *t.0)
    }
}

/// Errors are passed on by `?`, variants are functions, numbers are not zero.
pub fn passed_on() {
    use std::num::NonZeroUsize;
    enum Failed {
        Odd(Tok),
    }
    struct Small(u32);
    impl From<Small> for Failed {
        fn from(of: Small) -> Failed {
            Failed::Odd(Tok::new(of.0))
        }
    }
    fn half(x: u32) -> Result<u32, Small> {
        if x % 2 == 0 { Ok(x / 2) } else { Err(Small(x)) }
    }
    fn both(x: u32, y: u32) -> Result<u32, Failed> {
        Ok(half(x)? + half(y)?)
    }
    assert!(matches!(both(4, 2), Ok(3)));
    let Err(Failed::Odd(tok)) = both(4, 3) else { panic!() };
    assert!(*tok.0 == 3);
    let all: Vec<Option<Tok>> = (0..3).map(Tok::new).map(Some).collect();
    assert!(all.iter().all(Option::is_some));
    let wrapped: Vec<Small> = [1, 2].into_iter().map(Small).collect();
    assert!(wrapped[1].0 == 2 && std::mem::size_of_val(&wrapped[..]) > 0);
    let n = NonZeroUsize::new(3).unwrap();
    assert!(n.get() == 3 && NonZeroUsize::new(0).is_none());
}

/// A lock for readers, a condition, a cell that is written once, a channel.
pub fn waited_for() {
    use std::sync::{Arc, Condvar, Mutex, Once, OnceLock, RwLock};
    static READY: Once = Once::new();
    let lock = Arc::new(RwLock::new(0));
    let told = Arc::new((Mutex::new(false), Condvar::new()));
    let cell = Arc::new(OnceLock::new());
    let (mine, also, its) = (lock.clone(), told.clone(), cell.clone());
    let thread = std::thread::spawn(move || {
        READY.call_once(|| ());
        *mine.write().unwrap() += 1;
        its.get_or_init(|| Tok::new(1));
        *also.0.lock().unwrap() = true;
        also.1.notify_one();
    });
    let mut ready = told.0.lock().unwrap();
    while !*ready {
        ready = told.1.wait(ready).unwrap();
    }
    drop(ready);
    let (one, two) = (lock.read().unwrap(), lock.read().unwrap());
    assert!(*one == 1 && *two == 1 && READY.is_completed());
    assert!(*cell.get_or_init(|| Tok::new(2)).0 == 1 && cell.set(Tok::new(3)).is_err());
    thread.join().unwrap();
}
/// What is sent arrives, or is dropped.
pub fn sent() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let other = sender.clone();
    let thread = std::thread::spawn(move || drop(other.send(Tok::new(1))));
    drop(sender);
    let mut sum = 0;
    for tok in receiver {
        sum += *tok.0;
    }
    assert!(sum == 1);
    thread.join().unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    assert!(sender.send(Tok::new(2)).is_ok() && receiver.try_recv().is_ok());
    drop(sender.send(Tok::new(3)));
    drop(receiver);
    assert!(sender.send(Tok::new(4)).is_err());
}

/// A closure that captures two parts of a variable: of the second the compiler does not write
/// that it is captured.
pub fn captured_parts() {
    let of = (Tok::new(1), Tok::new(2));
    let sum = || *of.0.0 + *of.1.0;
    assert!(sum() == 3);
}
