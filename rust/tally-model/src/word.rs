//! Operations on words that `u64`'s operators do not give: what stands for those of
//! `theories/model/word_div.v`.

/// The quotient; 0 where the divisor is 0.
#[must_use]
pub fn word_div(a: u64, b: u64) -> u64 {
    a.checked_div(b).unwrap_or(0)
}

/// The remainder; `a` where the divisor is 0.
#[must_use]
pub fn word_rem(a: u64, b: u64) -> u64 {
    a.checked_rem(b).unwrap_or(a)
}

#[cfg(test)]
mod tests {
    use super::{word_div, word_rem};
    use crate::traces::EDGES;

    /// As in Coq, also where the divisor is 0.
    #[test]
    fn quotient_and_remainder_make_the_word() {
        for a in EDGES {
            assert_eq!((word_div(a, 0), word_rem(a, 0)), (0, a));
            for b in EDGES.into_iter().filter(|b| *b > 0) {
                assert!(word_rem(a, b) < b);
                let product = u128::from(word_div(a, b)) * u128::from(b);
                assert_eq!(product + u128::from(word_rem(a, b)), u128::from(a));
            }
        }
    }
}
