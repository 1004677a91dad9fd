//! Lists of frames, beside a `VecDeque` that says what they must hold.

mod common;

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::Ordering,
};

use common::{Event, Meta, Space, longest};
use proptest::prelude::*;
use tally::{Frame, FrameMeta, GetFrameError, Link, PAGE_SIZE, PageUsage, SlotStatus, UniqueFrame};

type List = tally::LinkedList<Meta, Space>;
type Listed = UniqueFrame<Link<Meta>, Space>;

fn claim(index: usize) -> Listed {
    UniqueFrame::from_unused(Space::frame(index), Link::new(Meta::new(index as u64))).unwrap()
}

fn list(indices: impl IntoIterator<Item = usize>) -> List {
    let mut list = List::new();
    list.extend(indices.into_iter().map(claim));
    list
}

/// What the list holds, in both directions.
#[track_caller]
fn numbers(list: &List) -> Vec<u64> {
    let forth: Vec<_> = list.iter().map(|meta| meta.number).collect();
    let mut back: Vec<_> = list.iter().rev().map(|meta| meta.number).collect();
    back.reverse();
    assert_eq!(forth, back);
    assert_eq!((list.len(), list.is_empty()), (forth.len(), forth.is_empty()));
    assert_eq!(list.front().map(|meta| meta.number), forth.first().copied());
    assert_eq!(list.back().map(|meta| meta.number), forth.last().copied());
    forth
}

fn freed() -> Vec<usize> {
    Space::freed().into_iter().map(|(start, _)| (start - Space::BASE) / PAGE_SIZE).collect()
}

fn contained(list: &List) -> Vec<usize> {
    (0..Space::FRAMES).filter(|i| list.contains(Space::frame(*i))).collect()
}

mod fl_init_inv {
    use super::*;

    mod frame_list_new_spec {
        use super::*;

        #[test]
        fn nothing_in_it_and_no_number() {
            let list = List::new();
            assert_eq!((numbers(&list), contained(&list), list.id()), (vec![], vec![], None));
            assert_eq!(format!("{list:?}"), "LinkedList(0 frames)");
        }
    }
}

mod fl_push_front_spec {
    use super::*;

    mod frame_list_push_front_spec {
        use super::*;

        #[test]
        fn before_all_others() {
            let mut list = List::new();
            for (index, expected) in [(0, &[0][..]), (2, &[2, 0]), (1, &[1, 2, 0])] {
                list.push_front(claim(index));
                assert_eq!(numbers(&list), expected);
            }
            assert_eq!(contained(&list), [0, 1, 2]);
        }
    }
}

mod fl_push_back_spec {
    use super::*;

    mod frame_list_push_back_spec {
        use super::*;

        #[test]
        fn behind_all_others() {
            let mut list = List::new();
            for (index, expected) in [(0, &[0][..]), (2, &[0, 2]), (1, &[0, 2, 1])] {
                list.push_back(claim(index));
                assert_eq!(numbers(&list), expected);
            }
            assert_eq!(contained(&list), [0, 1, 2]);
        }
    }
}

mod fl_pop_front_spec {
    use super::*;

    mod frame_list_pop_front_spec {
        use super::*;

        #[test]
        fn gives_the_first_back() {
            let mut list = list([3, 1, 2]);
            let popped = list.pop_front().unwrap();
            assert_eq!((popped.start_paddr(), popped.meta().number), (Space::frame(3), 3));
            assert_eq!((numbers(&list), contained(&list)), (vec![1, 2], vec![1, 2]));
            assert_eq!(freed(), [0; 0]);
            drop(popped);
            assert_eq!(freed(), [3]);
        }
    }
}

mod fl_pop_back_spec {
    use super::*;

    mod frame_list_pop_back_spec {
        use super::*;

        #[test]
        fn gives_the_last_back() {
            let mut list = list([3, 1, 2]);
            let popped = list.pop_back().unwrap();
            assert_eq!((popped.start_paddr(), popped.meta().number), (Space::frame(2), 2));
            assert_eq!((numbers(&list), contained(&list)), (vec![3, 1], vec![1, 3]));
        }
    }
}

mod fl_empty_spec {
    use super::*;

    mod frame_list_pop_front_empty_spec {
        use super::*;

        #[test]
        fn gives_nothing() {
            let mut list = list([1]);
            drop(list.pop_back());
            for mut list in [list, List::new()] {
                assert!(list.pop_front().is_none() && list.pop_back().is_none());
                assert!(list.cursor_front_mut().take_current().is_none());
                assert!(list.cursor_back_mut().take_current().is_none());
                assert_eq!(numbers(&list), [0; 0]);
            }
        }
    }
}

mod fl_cursor_insert_spec {
    use super::*;

    mod frame_cursor_insert_before_spec {
        use super::*;

        #[test]
        fn right_before_it() {
            let mut list = list([1, 2]);
            let mut cursor = list.cursor_back_mut();
            cursor.insert_before(claim(0));
            assert_eq!(cursor.current_paddr(), Some(Space::frame(2)));
            cursor.move_prev();
            assert_eq!(cursor.current_paddr(), Some(Space::frame(0)));
            assert_eq!(numbers(&list), [1, 0, 2]);
            // At the place between: behind the last.
            let mut cursor = list.cursor_back_mut();
            cursor.move_next();
            cursor.insert_before(claim(3));
            assert_eq!(cursor.current_paddr(), None);
            assert_eq!(numbers(&list), [1, 0, 2, 3]);
            // And into a list without frames.
            let mut empty = List::new();
            empty.cursor_front_mut().insert_before(claim(4));
            assert_eq!((numbers(&empty), contained(&empty)), (vec![4], vec![4]));
        }
    }
}

mod fl_cursor_take_spec {
    use super::*;

    mod frame_cursor_take_current_spec {
        use super::*;

        #[test]
        fn stands_at_the_next_then() {
            let mut list = list([0, 1, 2]);
            let mut cursor = list.cursor_mut_at(Space::frame(1)).unwrap();
            assert_eq!(cursor.take_current().unwrap().start_paddr(), Space::frame(1));
            assert_eq!(cursor.current_paddr(), Some(Space::frame(2)));
            assert_eq!(cursor.take_current().unwrap().start_paddr(), Space::frame(2));
            assert_eq!(cursor.current_paddr(), None);
            assert!(cursor.take_current().is_none());
            assert_eq!((numbers(&list), contained(&list)), (vec![0], vec![0]));
        }
    }
}

mod fl_cursor_current_spec {
    use super::*;

    mod frame_cursor_current_meta_spec {
        use super::*;

        #[test]
        fn metadata_and_address() {
            let mut list = list([0, 1]);
            let mut cursor = list.cursor_back_mut();
            cursor.current_meta().unwrap().number = 7;
            assert_eq!(cursor.current_paddr(), Some(Space::frame(1)));
            cursor.move_next();
            assert!(cursor.current_meta().is_none() && cursor.current_paddr().is_none());
            assert_eq!(numbers(&list), [0, 7]);
        }
    }
}

mod fl_cursor_next_spec {
    use super::*;

    mod frame_cursor_move_next_spec {
        use super::*;

        #[test]
        fn round() {
            let mut list = list([0, 1]);
            let mut cursor = list.cursor_front_mut();
            for expected in [Some(0), Some(1), None, Some(0), Some(1), None] {
                assert_eq!(cursor.current_paddr(), expected.map(Space::frame));
                cursor.move_next();
            }
        }
    }
}

mod fl_cursor_prev_spec {
    use super::*;

    mod frame_cursor_move_prev_spec {
        use super::*;

        #[test]
        fn round_the_other_way() {
            let mut list = list([0, 1]);
            let mut cursor = list.cursor_front_mut();
            for expected in [Some(0), None, Some(1), Some(0), None, Some(1)] {
                assert_eq!(cursor.current_paddr(), expected.map(Space::frame));
                cursor.move_prev();
            }
        }
    }
}

mod fl_contains_spec {
    use super::*;

    mod frame_list_contains_spec {
        use super::*;

        #[test]
        fn contains_exactly_its_own() {
            let (mut one, two) = (list([0, 2]), list([1]));
            let outside = claim(4);
            assert_eq!((contained(&one), contained(&two)), (vec![0, 2], vec![1]));
            assert_eq!(contained(&List::new()), [0; 0]);
            for nowhere in [1, Space::frame(0) + 8, 0, Space::frame(Space::FRAMES), usize::MAX] {
                assert!(!one.contains(nowhere));
                assert!(one.cursor_mut_at(nowhere).is_none());
            }
            assert!(one.cursor_mut_at(Space::frame(1)).is_none());
            let moved = one.cursor_mut_at(Space::frame(0)).unwrap().take_current().unwrap();
            assert_eq!((contained(&one), moved.start_paddr()), (vec![2], Space::frame(0)));
            drop((moved, outside));
        }
    }
}

mod fl_frame_place {
    use super::*;

    #[test]
    fn in_one_list_at_most() {
        let mut lists = [list([0, 2]), list([1]), List::new()];
        let moved = lists[0].pop_back().unwrap();
        lists[2].push_front(moved);
        for index in 0..3 {
            let places = lists.iter().filter(|list| list.contains(Space::frame(index)));
            assert_eq!(places.count(), 1);
        }
        assert_eq!(lists.each_ref().map(numbers), [vec![0], vec![1], vec![2]]);
    }

    /// Whoever looks finds a listed frame unique, and cannot claim it.
    #[test]
    fn owns_its_frames() {
        let list = list([3]);
        let start = Space::frame(3);
        assert_eq!(Space::region_of_this_thread().status(start), Ok(SlotStatus::Unique));
        let error = Frame::<Link<Meta>, Space>::from_in_use(start).unwrap_err();
        assert_eq!(error, GetFrameError::Unique);
        let error = UniqueFrame::<_, Space>::from_unused(start, Meta::new(0)).unwrap_err();
        assert_eq!(error.error, GetFrameError::Unique);
        assert_eq!(size_of::<Option<Listed>>(), size_of::<usize>());
        drop(list);
    }
}

mod fl_held_nowhere {
    use super::*;

    #[test]
    fn what_is_held_is_in_no_list() {
        let mut list = list([0, 1]);
        let held = [list.pop_front().unwrap(), claim(2)];
        for frame in &held {
            assert!(!list.contains(frame.start_paddr()));
        }
    }

    /// A frame may be shared, given other metadata, and listed again in between.
    #[test]
    fn frames_come_and_go() {
        let mut list = list([0, 1]);
        let frame = Frame::from(list.pop_front().unwrap());
        assert_eq!((frame.meta().number, frame.reference_count()), (0, 1));
        let frame = UniqueFrame::try_from(frame).unwrap().repurpose(Link::new(Meta::new(7)));
        list.push_back(frame);
        assert_eq!(numbers(&list), [1, 7]);
    }
}

mod fl_id_unique {
    use super::*;

    mod frame_list_id_unique {
        use super::*;

        /// From 1, none twice, none for a list that was never used.
        #[test]
        fn ids() {
            assert_eq!(List::new().id(), None);
            let [mut one, two] = [list([0]), list([1])];
            let ids = [one.id().unwrap(), two.id().unwrap()];
            assert!(ids[0] >= 1 && ids[1] > ids[0]);
            drop(one.pop_front());
            one.push_back(claim(0));
            assert_eq!(one.id(), Some(ids[0]), "for good");

            let threads: Vec<_> = (0..4)
                .map(|_| {
                    std::thread::spawn(|| {
                        (0..100).map(|_| list([0]).id().unwrap()).collect::<Vec<_>>()
                    })
                })
                .collect();
            let mut all: Vec<_> =
                threads.into_iter().flat_map(|t| t.join().unwrap()).chain(ids).collect();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), 402);
        }
    }
}

mod fl_next_mono {
    use super::*;

    #[test]
    fn a_later_list_has_a_larger_number() {
        let mut last = 0;
        for _ in 0..10 {
            let id = list([0]).id().unwrap();
            assert!(id > last);
            last = id;
        }
    }
}

mod fl_drop_spec {
    use super::*;

    mod frame_list_drop_spec {
        use super::*;

        #[test]
        fn its_own_in_order() {
            let (one, two) = (list([2, 0, 1]), list([3]));
            let held = claim(4);
            drop(one);
            assert_eq!((freed(), numbers(&two)), (vec![2, 0, 1], vec![3]));
            drop(held);
        }

        #[test]
        fn all_even_if_one_panics() {
            let list = list([2, 0, 1]);
            let logs: Vec<_> = list.iter().map(|meta| meta.log.clone()).collect();
            logs[1].panic_in_destructor.store(true, Ordering::Relaxed);
            assert!(catch_unwind(AssertUnwindSafe(|| drop(list))).is_err());
            assert_eq!(freed(), [2, 0, 1]);
            for (log, index) in logs.iter().zip([2, 0, 1]) {
                assert_eq!(log.events(), [Event::OnDrop(Space::frame(index)), Event::Dropped]);
            }
            // None of them says that it is in a list.
            for index in 0..Space::FRAMES {
                drop(Frame::from(claim(index)));
            }
        }
    }
}

mod frame_list_size_spec {
    use super::*;

    #[test]
    fn counts_its_frames() {
        let mut list = List::new();
        for size in 0..3 {
            assert_eq!(list.len(), size);
            list.push_back(claim(size));
        }
        drop(list.cursor_back_mut().take_current());
        assert_eq!(list.len(), 2);
        drop(list.pop_front());
        assert_eq!(list.len(), 1);
    }
}

mod frame_list_is_empty_spec {
    use super::*;

    #[test]
    fn before_the_first_and_after_the_last() {
        let mut list = List::new();
        assert!(list.is_empty());
        list.push_front(claim(0));
        assert!(!list.is_empty());
        drop(list.pop_back());
        assert!(list.is_empty());
    }
}

mod frame_list_cursor_front_spec {
    use super::*;

    #[test]
    fn at_the_first() {
        assert_eq!(list([2, 0, 1]).cursor_front_mut().current_paddr(), Some(Space::frame(2)));
        assert_eq!(List::new().cursor_front_mut().current_paddr(), None);
    }
}

mod frame_list_cursor_back_spec {
    use super::*;

    #[test]
    fn at_the_last() {
        assert_eq!(list([2, 0, 1]).cursor_back_mut().current_paddr(), Some(Space::frame(1)));
        assert_eq!(List::new().cursor_back_mut().current_paddr(), None);
    }
}

mod frame_list_cursor_at_spec {
    use super::*;

    #[test]
    fn at_the_frame_that_was_asked_for() {
        let mut list = list([2, 0, 1]);
        for index in 0..3 {
            let start = Space::frame(index);
            assert_eq!(list.cursor_mut_at(start).unwrap().current_paddr(), Some(start));
        }
    }
}

mod frame_list_cursor_at_none_spec {
    use super::*;

    #[test]
    fn of_another_list_or_of_none() {
        let (mut one, two, held) = (list([0]), list([1]), claim(2));
        for index in 1..Space::FRAMES {
            assert!(one.cursor_mut_at(Space::frame(index)).is_none());
        }
        drop((two, held));
    }
}

mod frame_cursor_as_list_spec {
    use super::*;

    #[test]
    fn the_list_as_it_is_now() {
        let mut list = list([0, 1]);
        let mut cursor = list.cursor_front_mut();
        drop(cursor.take_current());
        cursor.insert_before(claim(2));
        assert_eq!(numbers(cursor.as_list()), [2, 1]);
    }
}

/// asterinas#1780: links were lent, and two of them could be swapped. What a
/// cursor lends has no links; those of frames in no list lead nowhere.
#[test]
fn swapping_metadata_moves_no_link() {
    let (mut one, mut two) = (list([0, 1]), list([2, 3]));
    let (mut a, mut b) = (one.cursor_front_mut(), two.cursor_back_mut());
    std::mem::swap(a.current_meta().unwrap(), b.current_meta().unwrap());
    assert_eq!((numbers(&one), numbers(&two)), (vec![3, 1], vec![2, 0]));
    assert_eq!((contained(&one), contained(&two)), (vec![0, 1], vec![2, 3]));

    let (mut x, mut y) = (claim(4), claim(5));
    std::mem::swap(x.meta_mut(), y.meta_mut());
    one.push_back(x);
    two.push_front(y);
    assert_eq!((numbers(&one), numbers(&two)), (vec![3, 1, 5], vec![4, 2, 0]));
}

#[test]
fn metadata_read_through_links() {
    struct Bits([u64; 3]);
    impl FrameMeta for Bits {}
    let mut frame =
        UniqueFrame::<_, Space>::from_unused(Space::BASE, Link::new(Bits([1, 2, 3]))).unwrap();
    frame.meta_mut().0[1] = 9;
    let mut list = tally::LinkedList::new();
    list.push_back(frame);
    assert_eq!(list.front().unwrap().0, [1, 9, 3]);
}

/// An iterator from both ends, beside a queue: in whatever order the ends are asked, each
/// frame comes once, and it says all the time how many are left.
/// Killed by: ends that do not know of each other; a length that stays.
#[test]
fn iterators_meet() {
    for len in 0..=4_usize {
        let list = list(0..len);
        // One bit for each question: from the front, or from the back.
        for order in 0_u32..1 << (len + 2) {
            let mut iter = list.iter();
            let mut left: VecDeque<_> = (0..len as u64).collect();
            for question in 0..len + 2 {
                assert_eq!(
                    (iter.len(), iter.size_hint()),
                    (left.len(), (left.len(), Some(left.len())))
                );
                let (got, expected) = match order >> question & 1 {
                    0 => (iter.next(), left.pop_front()),
                    _ => (iter.next_back(), left.pop_back()),
                };
                assert_eq!(got.map(|meta| meta.number), expected, "{len} frames, order {order:b}");
            }
        }
        let total: u64 = (&list).into_iter().map(|meta| meta.number).sum();
        assert_eq!((total, list.iter().count()), ((0..len as u64).sum(), len));
        drop(list);
    }
    Space::freed();
}

/// A list that is taken apart gives its frames from both ends, each once, and says all the
/// time how many are left; those that were not asked for are dropped, from the front.
/// Killed by: ends that do not know of each other; a length that stays; a rest that is kept.
#[test]
fn taken_apart() {
    for len in 0..=4_usize {
        for order in 0_u32..1 << (len + 1) {
            for asked in 0..=len + 1 {
                let mut frames = list(0..len).into_iter();
                let mut left: VecDeque<_> = (0..len).map(Space::frame).collect();
                for question in 0..asked {
                    assert_eq!(
                        (frames.len(), frames.size_hint()),
                        (left.len(), (left.len(), Some(left.len())))
                    );
                    let (got, expected) = match order >> question & 1 {
                        0 => (frames.next(), left.pop_front()),
                        _ => (frames.next_back(), left.pop_back()),
                    };
                    assert_eq!(got.as_ref().map(UniqueFrame::start_paddr), expected);
                }
                Space::freed();
                drop(frames);
                let dropped: VecDeque<_> =
                    Space::freed().into_iter().map(|(start, _)| start).collect();
                assert_eq!(dropped, left, "{len} frames, {asked} asked for, order {order:b}");
            }
        }
    }
    assert_eq!(format!("{:?}", list([1, 0]).into_iter()), "IntoIter(LinkedList(2 frames))");
    Space::freed();
}

/// A frame that is taken out of its list can be put into another.
#[test]
fn collected() {
    let mut list: List = list([2, 0]).into_iter().rev().collect();
    assert_eq!((numbers(&list), contained(&list)), (vec![0, 2], vec![0, 2]));
    list.extend(List::new());
    assert_eq!(numbers(&list), [0, 2]);
}

/// All frames of one list come to the back of the other, and are of that from then on.
/// Killed by: another order; frames that still say that they are in the old list.
#[test]
fn appended() {
    for (one, two) in
        [(vec![], vec![]), (vec![1], vec![]), (vec![], vec![2, 0]), (vec![3, 1], vec![0, 2])]
    {
        let (mut a, mut b) = (list(one.clone()), list(two.clone()));
        let id = b.id();
        a.append(&mut b);
        let all: Vec<_> = one.iter().chain(&two).copied().collect();
        assert_eq!(numbers(&a), all.iter().map(|index| *index as u64).collect::<Vec<_>>());
        let mut sorted = all;
        sorted.sort_unstable();
        assert_eq!((contained(&a), contained(&b), numbers(&b)), (sorted, vec![], vec![]));
        assert_eq!(b.id(), id);
        drop((a, b));
        Space::freed();
    }
}

/// What leaves at each place of lists of up to four frames, in its order, and is of the new
/// list from then on. Killed by: one frame too many or too few; the other order.
#[test]
fn split() {
    for len in 0..=4_usize {
        for at in 0..=len {
            let mut front = list(0..len);
            let id = front.id();
            let back = front.split_off(at).unwrap();
            let all: Vec<_> = (0..len).collect();
            assert_eq!((contained(&front), contained(&back)), (all[..at].into(), all[at..].into()));
            let numbers = [numbers(&front), numbers(&back)].concat();
            assert_eq!(numbers, all.iter().map(|index| *index as u64).collect::<Vec<_>>());
            assert_eq!((front.len(), back.len(), front.id()), (at, len - at, id));
            drop((front, back));
            Space::freed();
        }
        let mut list = list(0..len);
        assert!(list.split_off(len + 1).is_none() && list.split_off(usize::MAX).is_none());
        assert_eq!(list.len(), len);
        drop(list);
        Space::freed();
    }
}

/// The same where a cursor is; at the place between all leave. Killed by: the frame here
/// leaves too; the cursor moves.
#[test]
fn split_at_a_cursor() {
    for len in 0..=3_usize {
        for place in 0..=len {
            let mut front = list(0..len);
            let mut cursor = front.cursor_front_mut();
            (0..place).for_each(|_| cursor.move_next());
            let here = cursor.current_paddr();
            let back = cursor.split_after();
            assert_eq!((cursor.current_paddr(), cursor.peek_next().is_none()), (here, true));
            let all: Vec<_> = (0..len as u64).collect();
            let (stay, leave) = all.split_at(if place == len { 0 } else { place + 1 });
            assert_eq!((numbers(&front), numbers(&back)), (stay.to_vec(), leave.to_vec()));
            drop((front, back));
            Space::freed();
        }
    }
}

/// Killed by: a frame that is passed over, or visited twice.
#[test]
fn changed_one_by_one() {
    let mut list = list([2, 0, 1]);
    let mut seen = Vec::new();
    list.for_each_mut(|meta| {
        seen.push(meta.number);
        meta.number += 10;
    });
    assert_eq!((seen, numbers(&list)), (vec![2, 0, 1], vec![12, 10, 11]));
    let panics = |meta: &mut Meta| assert!(meta.number != 10, "change panics");
    assert!(catch_unwind(AssertUnwindSafe(|| list.for_each_mut(panics))).is_err());
    assert_eq!(numbers(&list), [12, 10, 11]);
    List::new().for_each_mut(|_| unreachable!("no frame"));
}

/// Metadata by address: only of frames in this list.
#[test]
fn looked_up_by_address() {
    let (one, two) = (list([2, 0]), list([1]));
    for index in 0..Space::FRAMES {
        let number = |list: &List| list.get(Space::frame(index)).map(|meta| meta.number);
        assert_eq!(number(&one), [0, 2].contains(&index).then_some(index as u64));
        assert_eq!(number(&two), (index == 1).then_some(1));
    }
    assert!(one.get(Space::BASE + 1).is_none());
}

/// What a cursor says of its neighbours, and where it adds a frame after itself, at each
/// place of lists of up to three frames.
/// Killed by: one direction for the other; no neighbours at the place between.
#[test]
fn neighbours_of_a_cursor() {
    for len in 0..=3_usize {
        for place in 0..=len {
            let mut list = list(0..len);
            let mut cursor = list.cursor_front_mut();
            (0..place).for_each(|_| cursor.move_next());
            // The places are those of the frames, and the one between.
            let around = |step: usize| (place + step) % (len + 1);
            let frame = |place: usize| (place < len).then_some(place as u64);
            assert_eq!(cursor.peek_next().map(|meta| meta.number), frame(around(1)));
            assert_eq!(cursor.peek_prev().map(|meta| meta.number), frame(around(len)));
            let here = cursor.current_paddr();
            cursor.insert_after(claim(3));
            assert_eq!(cursor.current_paddr(), here);
            let mut expected: Vec<_> = (0..len as u64).collect();
            expected.insert(if place == len { 0 } else { place + 1 }, 3);
            assert_eq!(numbers(&list), expected);
            drop(list);
            Space::freed();
        }
    }
}

/// What is linked is used as what it holds, and torn down as such.
/// Killed by: not passing it on, to either function.
#[test]
fn links_pass_on() {
    static TORN_DOWN: std::sync::Mutex<Vec<usize>> = std::sync::Mutex::new(Vec::new());
    struct Table;
    impl FrameMeta for Table {
        fn on_drop(&mut self, frame: &mut tally::TearDown<'_>) {
            TORN_DOWN.lock().unwrap().push(frame.start_paddr());
        }
        fn usage(&self) -> PageUsage {
            PageUsage::PageTable
        }
    }
    let frame = UniqueFrame::<_, Space>::from_unused(Space::BASE, Link::new(Table)).unwrap();
    assert_eq!(frame.meta().usage(), PageUsage::PageTable);
    let any: UniqueFrame<dyn FrameMeta, Space> = frame.into();
    assert_eq!(any.meta().usage(), PageUsage::PageTable);
    drop(any);
    assert_eq!(*TORN_DOWN.lock().unwrap(), [Space::BASE]);
    assert_eq!(Link::new(7).into_inner(), 7);
    Space::freed();
}

/// A list that is extended keeps what came before a panic; the frame that was to come is
/// dropped once.
#[test]
fn extended_by_what_panics() {
    let mut list = List::new();
    let frames = (0..3).map(|index| {
        let frame = claim(index);
        assert_ne!(index, 2, "no third");
        frame
    });
    assert!(catch_unwind(AssertUnwindSafe(|| list.extend(frames))).is_err());
    assert_eq!((numbers(&list), freed()), (vec![0, 1], vec![2]));
}

/// A model: the numbers in a queue, and a place in it or beyond its end.
mod follows_a_model {
    use super::*;

    #[derive(Clone, Copy, Debug)]
    enum Op {
        PushFront,
        PushBack,
        PopFront,
        PopBack,
        Cursor(Start, &'static [Move]),
    }

    #[derive(Clone, Copy, Debug)]
    enum Start {
        Front,
        Back,
        At(usize),
    }

    #[derive(Clone, Copy, Debug)]
    enum Move {
        Next,
        Prev,
        Take,
        InsertBefore,
        Write,
    }

    fn walk() -> impl Strategy<Value = &'static [Move]> {
        let step = prop_oneof![
            Just(Move::Next),
            Just(Move::Prev),
            Just(Move::Take),
            Just(Move::InsertBefore),
            Just(Move::Write)
        ];
        prop::collection::vec(step, 0..8).prop_map(|walk| &*walk.leak())
    }

    fn op() -> impl Strategy<Value = Op> {
        let start = prop_oneof![
            Just(Start::Front),
            Just(Start::Back),
            (0..Space::FRAMES).prop_map(Start::At)
        ];
        prop_oneof![
            2 => Just(Op::PushFront),
            2 => Just(Op::PushBack),
            1 => Just(Op::PopFront),
            1 => Just(Op::PopBack),
            3 => (start, walk()).prop_map(|(start, walk)| Op::Cursor(start, walk)),
        ]
    }

    /// A list of frames, the frames in order with their numbers, and frames in no
    /// list.
    struct World {
        list: List,
        model: VecDeque<(usize, u64)>,
        free: Vec<Listed>,
        next: u64,
    }

    impl World {
        fn fresh(&mut self) -> Option<(Listed, (usize, u64))> {
            let mut frame = self.free.pop()?;
            self.next += 1;
            frame.meta_mut().number = self.next;
            let index = (frame.start_paddr() - Space::BASE) / PAGE_SIZE;
            Some((frame, (index, self.next)))
        }

        fn step(&mut self, op: Op) {
            match op {
                Op::PushFront => {
                    let Some((frame, entry)) = self.fresh() else { return };
                    self.list.push_front(frame);
                    self.model.push_front(entry);
                }
                Op::PushBack => {
                    let Some((frame, entry)) = self.fresh() else { return };
                    self.list.push_back(frame);
                    self.model.push_back(entry);
                }
                Op::PopFront => {
                    let (popped, entry) = (self.list.pop_front(), self.model.pop_front());
                    self.taken(popped, entry);
                }
                Op::PopBack => {
                    let (popped, entry) = (self.list.pop_back(), self.model.pop_back());
                    self.taken(popped, entry);
                }
                Op::Cursor(start, walk) => self.walk(start, walk),
            }
        }

        fn taken(&mut self, frame: Option<Listed>, entry: Option<(usize, u64)>) {
            let shown = frame.as_ref().map(|frame| {
                ((frame.start_paddr() - Space::BASE) / PAGE_SIZE, frame.meta().number)
            });
            assert_eq!(shown, entry);
            self.free.extend(frame);
        }

        fn walk(&mut self, start: Start, walk: &[Move]) {
            // A place is a number, that of the length between back and front.
            let len = self.model.len();
            let (mut list, mut at) = (std::mem::take(&mut self.list), 0);
            let mut cursor = match start {
                Start::Front => list.cursor_front_mut(),
                Start::Back => {
                    at = len.saturating_sub(1);
                    list.cursor_back_mut()
                }
                Start::At(index) => {
                    let found = self.model.iter().position(|(other, _)| *other == index);
                    let Some(cursor) = list.cursor_mut_at(Space::frame(index)) else {
                        assert_eq!(found, None);
                        self.list = list;
                        return;
                    };
                    at = found.unwrap();
                    cursor
                }
            };
            for step in walk {
                let len = self.model.len();
                match step {
                    Move::Next => {
                        cursor.move_next();
                        at = if at == len { 0 } else { at + 1 };
                    }
                    Move::Prev => {
                        cursor.move_prev();
                        at = if at == 0 { len } else { at - 1 };
                    }
                    Move::Take => {
                        let frame = cursor.take_current();
                        let entry = self.model.remove(at);
                        self.taken(frame, entry);
                    }
                    Move::InsertBefore => {
                        let Some((frame, entry)) = self.fresh() else { continue };
                        cursor.insert_before(frame);
                        self.model.insert(at, entry);
                        at += 1;
                    }
                    Move::Write => {
                        self.next += 1;
                        if let Some(meta) = cursor.current_meta() {
                            meta.number = self.next;
                            self.model[at].1 = self.next;
                        }
                    }
                }
                let here = self.model.get(at);
                assert_eq!(cursor.current_paddr(), here.map(|(index, _)| Space::frame(*index)));
                assert_eq!(cursor.current_meta().map(|m| m.number), here.map(|(_, n)| *n));
                assert_eq!(cursor.as_list().len(), self.model.len());
            }
            self.list = list;
        }

        fn check(&self) {
            assert_eq!(numbers(&self.list), self.model.iter().map(|(_, n)| *n).collect::<Vec<_>>());
            let mut indices: Vec<_> = self.model.iter().map(|(index, _)| *index).collect();
            indices.sort_unstable();
            assert_eq!(contained(&self.list), indices);
        }
    }

    fn world() -> World {
        World {
            list: List::new(),
            model: VecDeque::new(),
            free: (0..Space::FRAMES).map(claim).collect(),
            next: 100,
        }
    }

    mod fl_step_inv {
        use super::*;

        proptest! {
            #[test]
            fn after_every_step(ops in prop::collection::vec(op(), 0..longest(60))) {
                let mut world = world();
                for op in ops {
                    world.step(op);
                    world.check();
                }
                drop(world);
                freed();
            }
        }
    }

    mod fl_run_inv {
        use super::*;

        proptest! {
            #[test]
            fn nothing_is_left(ops in prop::collection::vec(op(), 0..longest(60))) {
                let mut world = world();
                for op in ops {
                    world.step(op);
                }
                let expected: Vec<_> = world.model.iter().map(|(index, _)| *index).collect();
                drop(world.list);
                assert_eq!(freed(), expected);
                drop(world.free);
                assert_eq!(freed().len() + expected.len(), Space::FRAMES);
            }
        }
    }
}
