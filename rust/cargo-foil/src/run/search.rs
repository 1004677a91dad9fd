//! All schedules up to a bound: depth first, each run from the beginning, those with fewer
//! preemptions first.
//!
//! A preemption is a change of threads where the one that runs could go on; changes where it
//! waits or has ended are free. A run is cut short where another one has been, with no fewer
//! preemptions left: at the same point of each thread, after steps that differ only in an
//! order that does not matter (`clocks.rs`).

use super::clocks::mix;
use super::threads::{Choice, Chooser};
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

struct Decision {
    options: Vec<Choice>,
    chosen: usize,
    used: u32,
}

/// A search with a bound.
pub(super) struct Search {
    bound: u32,
    stack: Vec<Decision>,
    seen: HashMap<u64, u32>,
    at: usize,
    used: u32,
}

impl Search {
    pub(super) fn new(bound: u32) -> Self {
        Self { bound, stack: Vec::new(), seen: HashMap::new(), at: 0, used: 0 }
    }

    /// Makes ready for the next run; whether there is one.
    pub(super) fn next(&mut self) -> bool {
        (self.at, self.used) = (0, 0);
        while let Some(last) = self.stack.last_mut() {
            let left = self.bound - last.used;
            let more = last.chosen + 1..last.options.len();
            match { more }.find(|&at| last.options[at].cost() <= left) {
                Some(chosen) => {
                    last.chosen = chosen;
                    return true;
                }
                None => {
                    self.stack.pop();
                }
            }
        }
        false
    }

    /// What differs in the last run from the first one.
    pub(super) fn differences(&self) -> Vec<(u32, Step)> {
        let steps = (0u32..).zip(&self.stack).filter(|(_, of)| of.chosen != 0);
        steps.filter_map(|(at, of)| Some((at, Step::of(of.options[of.chosen])?))).collect()
    }
}

impl Chooser for Search {
    fn choose(&mut self, options: &[Choice], key: u64) -> Option<usize> {
        let at = self.at;
        self.at += 1;
        if let Some(decision) = self.stack.get(at) {
            self.used = decision.used + decision.options[decision.chosen].cost();
            return Some(decision.chosen);
        }
        match self.seen.get_mut(&key) {
            Some(used) if *used <= self.used => return None,
            Some(used) => *used = self.used,
            None => {
                self.seen.insert(key, self.used);
            }
        }
        self.stack.push(Decision { options: options.to_vec(), chosen: 0, used: self.used });
        Some(0)
    }
}

/// A choice that is not the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// This thread goes on.
    Thread(u32),
    /// A compare-and-swap fails.
    Fail,
}

impl Step {
    fn of(choice: Choice) -> Option<Self> {
        match choice {
            Choice::Thread(thread, _) => Some(Self::Thread(u32::try_from(thread).ok()?)),
            Choice::Fail => Some(Self::Fail),
            Choice::Succeed => None,
        }
    }

    fn is(self, choice: Choice) -> bool {
        Self::of(choice) == Some(self)
    }
}

/// One run, so that it can be made again: which program, which call of the user panics, and
/// the choices that are not the first, by their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// A hash of the program.
    pub program: u16,
    /// The call that panics.
    pub panic_at: Option<u64>,
    /// The choices.
    pub steps: Vec<(u32, Step)>,
}

impl fmt::Display for Replay {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "x{:04x}", self.program)?;
        if let Some(number) = self.panic_at {
            write!(to, "-p{number}")?;
        }
        for (at, step) in &self.steps {
            match step {
                Step::Thread(thread) => write!(to, "-{at}t{thread}")?,
                Step::Fail => write!(to, "-{at}f")?,
            }
        }
        Ok(())
    }
}

impl FromStr for Replay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no run: it is copied from what `run` has printed");
        let mut parts = text.split('-');
        let program = parts.next().and_then(|of| of.strip_prefix('x')).ok_or_else(wrong)?;
        let program = u16::from_str_radix(program, 16).map_err(|_| wrong())?;
        let mut replay = Self { program, panic_at: None, steps: Vec::new() };
        for part in parts {
            if let Some(number) = part.strip_prefix('p') {
                replay.panic_at = Some(number.parse().map_err(|_| wrong())?);
            } else if let Some(at) = part.strip_suffix('f') {
                replay.steps.push((at.parse().map_err(|_| wrong())?, Step::Fail));
            } else {
                let (at, thread) = part.split_once('t').ok_or_else(wrong)?;
                let thread = thread.parse().map_err(|_| wrong())?;
                replay.steps.push((at.parse().map_err(|_| wrong())?, Step::Thread(thread)));
            }
        }
        Ok(replay)
    }
}

/// Makes one run again.
pub(super) struct Again<'a> {
    steps: &'a [(u32, Step)],
    at: u32,
    /// Whether there was no such choice.
    pub(super) lost: bool,
}

impl<'a> Again<'a> {
    pub(super) fn new(steps: &'a [(u32, Step)]) -> Self {
        Self { steps, at: 0, lost: false }
    }

    pub(super) fn is_done(&self) -> bool {
        self.steps.is_empty()
    }
}

impl Chooser for Again<'_> {
    fn choose(&mut self, options: &[Choice], _key: u64) -> Option<usize> {
        let at = self.at;
        self.at += 1;
        let Some((number, step)) = self.steps.first().filter(|(number, _)| *number == at) else {
            return Some(0);
        };
        debug_assert_eq!(*number, at);
        self.steps = &self.steps[1..];
        let found = options.iter().position(|&choice| step.is(choice));
        self.lost |= found.is_none();
        found
    }
}

/// A hash of a program's text.
pub(super) fn checksum(text: &str) -> u16 {
    let hash = text.bytes().fold(0, |hash, byte| mix(hash, u64::from(byte)));
    (hash & 0xffff) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two threads of so many steps each; the orders that the search finds.
    fn orders(bound: u32, lengths: [usize; 2]) -> Vec<Vec<usize>> {
        let mut search = Search::new(bound);
        let mut found = Vec::new();
        loop {
            let (mut left, mut current, mut order) = (lengths, 0, Vec::new());
            let mut cut = false;
            while left != [0, 0] {
                let other = 1 - current;
                if left[current] == 0 {
                    current = other;
                } else if left[other] > 0 {
                    let options = [Choice::Thread(current, false), Choice::Thread(other, true)];
                    // No two points are the same.
                    let key = order.iter().fold(7, |hash, of| mix(hash, *of as u64));
                    match search.choose(&options, mix(key, order.len() as u64)) {
                        Some(0) => {}
                        Some(_) => current = other,
                        None => {
                            cut = true;
                            break;
                        }
                    }
                }
                left[current] -= 1;
                order.push(current);
            }
            if !cut {
                found.push(order);
            }
            if !search.next() {
                return found;
            }
        }
    }

    /// Killed by: an order that is found twice or not at all; a bound that is not kept.
    #[test]
    fn all_orders_within_the_bound() {
        assert_eq!(orders(0, [2, 2]), [[0, 0, 1, 1]]);
        let mut all = orders(4, [2, 2]);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 6);
        let one = orders(1, [2, 2]);
        let switches =
            |order: &Vec<usize>| order.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(one.iter().all(|order| switches(order) <= 2), "{one:?}");
        assert_eq!(one.len(), 3);
    }

    #[test]
    fn a_run_is_written_and_read() {
        let replay = Replay {
            program: 0xab,
            panic_at: Some(3),
            steps: vec![(4, Step::Thread(1)), (12, Step::Fail)],
        };
        assert_eq!(replay.to_string(), "x00ab-p3-4t1-12f");
        assert_eq!(replay.to_string().parse(), Ok(replay));
        assert!("p3".parse::<Replay>().is_err());
        assert!("x00ab-4".parse::<Replay>().is_err());
    }
}
