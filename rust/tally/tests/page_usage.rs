//! What frames are used for, and how their slots stand: samples of the lemmas after
//! which the modules are named.

use tally::{PageState, PageUsage};

/// As the kernel numbers them (asterinas `ostd`).
const EXPECTED: [(PageUsage, u8, PageState); 7] = [
    (PageUsage::Unused, 0, PageState::Unused),
    (PageUsage::Reserved, 1, PageState::Typed),
    (PageUsage::Frame, 32, PageState::Untyped),
    (PageUsage::PageTable, 64, PageState::Typed),
    (PageUsage::Meta, 65, PageState::Typed),
    (PageUsage::Kernel, 66, PageState::Typed),
    (PageUsage::Mmio, 67, PageState::Typed),
];

mod as_u8_range {
    use super::*;

    /// In Rust the type says it; here which numbers they are.
    #[test]
    fn numbers_of_the_kernel() {
        assert_eq!(PageUsage::ALL, EXPECTED.map(|(usage, _, _)| usage));
        for (usage, number, _) in EXPECTED {
            assert_eq!(usage.as_u8(), number);
        }
    }
}

mod from_u8_as_u8 {
    use super::*;

    #[test]
    fn there_and_back() {
        for (usage, number, _) in EXPECTED {
            assert_eq!(PageUsage::try_from(number), Ok(usage));
        }
    }
}

mod as_u8_from_u8 {
    use super::*;

    #[test]
    fn every_byte() {
        for number in 0..=u8::MAX {
            match PageUsage::try_from(number) {
                Ok(usage) => assert_eq!(usage.as_u8(), number),
                Err(same) => {
                    assert_eq!(same, number);
                    assert!(EXPECTED.iter().all(|(_, known, _)| *known != number));
                }
            }
        }
    }
}

mod as_state_unused {
    use super::*;

    #[test]
    fn only_of_unused() {
        for (usage, _, state) in EXPECTED {
            assert_eq!(usage.as_state(), state);
            assert_eq!(usage.as_state() == PageState::Unused, usage == PageUsage::Unused);
        }
    }
}

mod as_state_untyped {
    use super::*;

    #[test]
    fn only_of_frames() {
        for usage in PageUsage::ALL {
            assert_eq!(usage.as_state() == PageState::Untyped, usage == PageUsage::Frame);
        }
    }
}
