//! What errors say, word for word, to people (`Display`) and to programmers (`Debug`), and
//! that what they hand back can be had from them. Killed by: any other word.

mod common;

use common::{Meta, Space};
use std::error::Error;
use tally::{
    FrameRange, FromUnusedError, GetFrameError, JoinError, MetaRegion, PAGE_SIZE, RegionError,
    Segment, SegmentError, SliceError, SlotStatus, SplitError,
};

/// Both texts; the first one also as wide as is asked for, where it is fixed.
#[track_caller]
fn says(error: &dyn Error, display: &str, debug: &str) {
    assert_eq!((error.to_string().as_str(), format!("{error:?}").as_str()), (display, debug));
    assert!(error.source().is_none());
}

#[test]
fn get_frame() {
    for (error, display, debug) in [
        (GetFrameError::NotAligned, "the address is not a multiple of the page size", "NotAligned"),
        (GetFrameError::OutOfBound, "the address is outside of the tracked memory", "OutOfBound"),
        (GetFrameError::InUse, "the frame is in use", "InUse"),
        (GetFrameError::Unused, "the frame is not in use", "Unused"),
        (GetFrameError::Busy, "the frame's metadata are being written or torn down", "Busy"),
        (GetFrameError::Unique, "the frame has a unique owner", "Unique"),
        (GetFrameError::OtherMeta, "the frame's metadata are of another type", "OtherMeta"),
    ] {
        says(&error, display, debug);
        assert_eq!(format!("{error:>60}"), format!("{display:>60}"));
        let from_unused = FromUnusedError { error, metadata: Meta::new(7) };
        says(&from_unused, display, &format!("FromUnusedError {{ error: {debug}, .. }}"));
        let in_segment = SegmentError::Frame { start: Space::BASE, error, metadata: Meta::new(7) };
        says(
            &in_segment,
            &format!("frame 0x100000: {display}"),
            &format!("Frame {{ start: 0x100000, error: {debug}, .. }}"),
        );
    }
}

#[test]
fn region() {
    let (one, other) =
        (FrameRange { base: 0x1000, frames: 2 }, FrameRange { base: 0x2000, frames: 1 });
    assert_eq!(format!("{one:?}"), "2 frames from 0x1000");
    for (error, display, debug) in [
        (RegionError::Empty, "a region has frames in each of its ranges", "Empty"),
        (
            RegionError::NotAligned { base: 0x1001 },
            "the region's base 0x1001 is not a multiple of 4096",
            "NotAligned { base: 4097 }",
        ),
        (
            RegionError::Overflow { base: 0x1000, frames: 7 },
            "7 frames from 0x1000 exceed the address space",
            "Overflow { base: 4096, frames: 7 }",
        ),
        (
            RegionError::Overlap { one, other },
            "2 frames from 0x1000 and 1 frames from 0x2000 overlap",
            "Overlap { one: 2 frames from 0x1000, other: 1 frames from 0x2000 }",
        ),
        (
            RegionError::NotSorted { before: other, after: one },
            "2 frames from 0x1000 must come before 1 frames from 0x2000",
            "NotSorted { before: 1 frames from 0x2000, after: 2 frames from 0x1000 }",
        ),
        (
            RegionError::SlotCount { frames: 3, slots: 4 },
            "3 frames cannot have 4 slots",
            "SlotCount { frames: 3, slots: 4 }",
        ),
    ] {
        says(&error, display, debug);
    }
    let error = MetaRegion::init_in(1, &mut []).unwrap_err();
    says(&error, "a region has frames in each of its ranges", "InitError { error: Empty, .. }");
}

#[test]
fn segment() {
    let errors: [SegmentError<Meta>; 3] =
        [SegmentError::NotAligned, SegmentError::Empty, SegmentError::OutOfBound];
    for (error, (display, debug)) in errors.iter().zip([
        ("an end of the range is not a multiple of 4096", "NotAligned"),
        ("the range does not begin before its end", "Empty"),
        ("the range reaches outside of the tracked memory", "OutOfBound"),
    ]) {
        says(error, display, debug);
    }
    let claim = |from, to| {
        Segment::<_, Space>::from_unused(Space::frame(from)..Space::frame(to), |_| Meta::new(1))
            .unwrap()
    };
    for (error, display, debug) in [
        (SliceError::NotAligned, "an offset is not a multiple of 4096", "NotAligned"),
        (SliceError::OutOfBound, "an offset is beyond the segment's size or its end", "OutOfBound"),
    ] {
        says(&error, display, debug);
        let split = SplitError { error, segment: claim(0, 1) };
        says(&split, display, &format!("SplitError {{ error: {debug}, .. }}"));
    }
    let join = JoinError { front: claim(0, 1), back: claim(2, 4) };
    says(
        &join,
        "one segment ends at 0x101000 and the other begins at 0x102000",
        "JoinError { front: Segment(0x100000..0x101000), back: Segment(0x102000..0x104000) }",
    );
    assert_eq!((join.front.size(), join.back.size()), (PAGE_SIZE, 2 * PAGE_SIZE));
}

#[test]
fn status() {
    for (status, text) in [
        (SlotStatus::Unused, "unused"),
        (SlotStatus::Unique, "unique"),
        (SlotStatus::Shared(3), "shared by 3"),
        (SlotStatus::Busy, "busy"),
        (SlotStatus::Overflow, "overflowed"),
    ] {
        assert_eq!(status.to_string(), text);
    }
}
