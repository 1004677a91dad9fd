//! Ratios to the limit, from rounds in which all cases take their turn, so that
//! a slow moment of the machine hits a case and its limit alike:
//! `cargo bench -p tally --bench paired`.
//!
//! `paired run GROUP NAME N` does one case N times, for counting instructions:
//! the difference of two such runs under callgrind.

mod cases;

use cases::CASES;

const ROUNDS: usize = 61;
const STEPS: u64 = 40_000;

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    if let [_, "run", group, name, steps, ..] = args[..] {
        let case = CASES.iter().find(|case| case.group == group && case.name == name);
        (case.expect("a case").run)(steps.parse().expect("a number"));
        return;
    }

    let mut samples = vec![Vec::new(); CASES.len()];
    for round in 0..ROUNDS + 3 {
        for (case, samples) in CASES.iter().zip(&mut samples) {
            let time = (case.run)(STEPS).as_secs_f64() * 1e9 / STEPS as f64;
            // The first rounds warm up.
            if round >= 3 {
                samples.push(time);
            }
        }
    }

    println!("{ROUNDS} rounds of {STEPS} steps; medians. ratio: to the group's limit, per round");
    let mut limit = 0;
    for (at, case) in CASES.iter().enumerate() {
        if case.group != CASES[limit].group || at == 0 {
            limit = at;
            println!("{}", case.group);
        }
        let time = median(samples[at].iter().copied());
        let ratio = median(samples[at].iter().zip(&samples[limit]).map(|(a, b)| a / b));
        println!("  {:<32} {time:7.2} ns  {ratio:5.2}", case.name);
    }
}
