//! Ratios to the limit, from rounds in which all cases of a group take their
//! turn, so that a slow moment of the machine hits a case and its limit alike:
//!
//! - `cargo bench -p tally-rc --bench paired` prints the tables of `BENCHMARKS.md`;
//!   further arguments choose the groups whose names contain one of them;
//! - `cargo bench -p tally-rc --bench paired -- instructions` counts instructions only, which
//!   a busy machine does not change; groups can be chosen likewise;
//! - `cargo bench -p tally-rc --bench paired -- run GROUP NAME N` does one case N
//!   times and nothing else, to look at it with another tool.
//!
//! Instructions are counted by valgrind's callgrind, where it is installed: the
//! difference of two runs of one case, so that what surrounds the loop cancels.

mod cases;

use std::{env, fmt, process::Command, time::Duration};

use cases::Case;

const ROUNDS: usize = 61;
/// For cases of which a round takes long.
const FEW_ROUNDS: usize = 15;

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A ratio for each round, as the median and the two quartiles.
struct Ratio([f64; 3]);

impl Ratio {
    fn of(these: &[f64], those: &[f64]) -> Self {
        let mut ratios: Vec<f64> = these.iter().zip(those).map(|(a, b)| a / b).collect();
        ratios.sort_by(f64::total_cmp);
        let n = ratios.len();
        Self([ratios[n / 4], ratios[n / 2], ratios[n - 1 - n / 4]])
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [low, middle, high] = self.0;
        write!(f, "{middle:.2} ({low:.2}–{high:.2})")
    }
}

fn nanoseconds(time: Duration, steps: u64) -> f64 {
    time.as_secs_f64() * 1e9 / steps as f64
}

/// Does a case so many times under callgrind, and says how many instructions that took.
fn counted(case: &Case, steps: u64) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe().ok()?)
        .args(["run", case.group, case.name, &steps.to_string()])
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let (_, count) = text.lines().find_map(|line| line.split_once("Collected : "))?;
    count.trim().parse().ok()
}

/// The instructions of one step, with those of the loop around it.
fn instructions(case: &Case) -> Option<f64> {
    let (few, many) = (1_000, 11_000);
    let difference = counted(case, many)?.checked_sub(counted(case, few)?)?;
    Some(difference as f64 / (many - few) as f64)
}

/// Whether instructions of one step say something. Of threads that wait for each other, the
/// number depends on luck.
fn is_counted(case: &Case) -> bool {
    !case.group.contains("two threads") && case.steps <= 100_000
}

/// Counts instructions, and prints the rows of one group.
fn count(group: &[&Case]) {
    for case in group.iter().filter(|case| is_counted(case)) {
        let count =
            instructions(case).map_or_else(|| "–".to_owned(), |count| format!("{count:.0}"));
        println!("| {}: {} | {count} |", case.group, case.name);
    }
}

/// Says what was wanted and what there is.
fn target(case: &Case, wanted: &str, measured: impl fmt::Display, verdict: &str) -> String {
    format!("| {}: {} | {wanted} | {measured} | {verdict} |", case.group, case.name)
}

fn met(is_met: bool) -> &'static str {
    if is_met { "yes" } else { "**no**" }
}

/// A target that is a ratio to another member of the group.
fn against(group: &[&Case], samples: &[Vec<f64>], at: usize, other: &str, most: f64) -> String {
    // The nearest member before it, or the first after it, whose name begins so.
    let found = |at: &usize| group[*at].name.starts_with(other);
    let to = (0..at).rev().find(found).or_else(|| (at + 1..group.len()).find(found));
    let to = to.expect("a target names a member of the group");
    let ratio = Ratio::of(&samples[at], &samples[to]);
    let wanted = format!("≤ {most:.2} × {}", group[to].name);
    let [low, middle, high] = ratio.0;
    let verdict = if high > 2.0 * low {
        "unclear: the machine was too busy"
    } else {
        // As exact as it is printed.
        met(middle < most + 0.005)
    };
    target(group[at], &wanted, ratio, verdict)
}

/// Measures the cases of one group, prints its rows, and returns those of its targets.
fn measure(group: &[&Case]) -> Vec<String> {
    let mut samples = vec![Vec::new(); group.len()];
    let rounds = if group[0].steps > 100_000 { FEW_ROUNDS } else { ROUNDS };
    for round in 0..rounds + 3 {
        for (case, samples) in group.iter().zip(&mut samples) {
            let time = nanoseconds((case.run)(case.steps), case.steps);
            // The first rounds warm up.
            if round >= 3 {
                samples.push(time);
            }
        }
    }
    let mut targets = Vec::new();
    println!("| **{}** | | | |", group[0].group);
    for (at, case) in group.iter().enumerate() {
        let time = median(samples[at].iter().copied());
        let ratio = Ratio::of(&samples[at], &samples[0]);
        let count = is_counted(case).then(|| instructions(case)).flatten();
        for &(other, most) in case.wanted {
            targets.push(against(group, &samples, at, other, most));
        }
        if let (Some(most), Some(count)) = (case.instructions, count) {
            let wanted = format!("≤ {most} instructions");
            let verdict = met(count < most as f64 + 0.05);
            targets.push(target(case, &wanted, format!("{count:.0}"), verdict));
        }
        let count = count.map_or_else(|| "–".to_owned(), |count| format!("{count:.0}"));
        println!("| {} | {time:.2} | {ratio} | {count} |", case.name);
    }
    targets
}

fn main() {
    let args: Vec<String> = env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    if let ["run", group, name, steps] = words[..] {
        let case = cases::all().find(|case| case.group == group && case.name == name);
        let time = (case.expect("a case").run)(steps.parse().expect("a number"));
        // To standard output, which callgrind leaves alone.
        println!("{time:?}");
        return;
    }

    let counting = words.first() == Some(&"instructions");
    let words = &words[usize::from(counting)..];
    let mut cases: Vec<&Case> = cases::all()
        .filter(|case| words.is_empty() || words.iter().any(|word| case.group.contains(word)))
        .collect();
    if counting {
        println!("| case | instructions |\n|---|---:|");
    } else {
        println!(
            "| case | ns | ratio to the limit (quartiles) | instructions |\n|---|---:|---:|---:|"
        );
    }
    let mut targets = Vec::new();
    while let Some(first) = cases.first() {
        let name = first.group;
        let length = cases.iter().take_while(|case| case.group == name).count();
        let group: Vec<&Case> = cases.drain(..length).collect();
        if counting {
            count(&group);
        } else {
            targets.extend(measure(&group));
        }
    }
    if counting {
        return;
    }
    println!("\n| case | target | measured | met |\n|---|---|---|---|\n{}", targets.join("\n"));
}
