//! Rust's names for Coq's.

/// `rc_state` → `RcState`.
pub(super) fn camel(snake: &str) -> String {
    snake
        .split('_')
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
        })
        .collect()
}

/// The name of a record's field: the projection's without what all of them begin with.
pub(super) fn field(projections: &[String], place: usize) -> String {
    let words: Vec<Vec<&str>> = projections.iter().map(|name| name.split('_').collect()).collect();
    words[place][common(&words)..].join("_")
}

/// The name of a variant: the constructor's without what all of them begin with.
pub(super) fn variant(ctors: &[&str], place: usize) -> String {
    let words: Vec<Vec<&str>> = ctors.iter().map(|name| humps(name)).collect();
    words[place][common(&words)..].concat()
}

/// How many words all have in common, leaving at least one to each.
fn common(names: &[Vec<&str>]) -> usize {
    let Some(shortest) = names.iter().map(Vec::len).min() else { return 0 };
    if names.len() < 2 {
        return 0;
    }
    (0..shortest.saturating_sub(1))
        .take_while(|place| names.iter().all(|words| words[*place] == names[0][*place]))
        .count()
}

/// `FromInUse` → `From`, `In`, `Use`.
fn humps(name: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = name.match_indices(char::is_uppercase).map(|(at, _)| at).collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([name.len()]);
    starts.iter().zip(ends).map(|(start, end)| &name[*start..end]).collect()
}

/// A word: small ones in decimal, large ones in hexadecimal, in groups of four digits.
pub(super) fn word(value: u64) -> String {
    if value < 1 << 16 {
        return value.to_string();
    }
    let digits = format!("{value:x}");
    let mut text = String::from("0x");
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 4 == 0 {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{camel, field, variant, word};

    #[test]
    fn names_are_those_of_rust() {
        assert_eq!(camel("rc_state"), "RcState");
        assert_eq!(field(&["box_strong".into(), "box_leaked".into()], 1), "leaked");
        assert_eq!(variant(&["FrameMeta", "FrameMetaIs"], 1), "MetaIs");
        assert_eq!(variant(&["Slot"], 0), "Slot");
        assert_eq!(variant(&["ReleasedShare", "ReleaseRefused"], 0), "ReleasedShare");
        assert_eq!(word(65535), "65535");
        assert_eq!(word(u64::MAX - 1), "0xffff_ffff_ffff_fffe");
        assert_eq!(word(0x12345), "0x1_2345");
    }
}
