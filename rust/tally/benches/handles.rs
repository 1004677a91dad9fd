//! Each case by itself, with criterion's statistics:
//! `cargo bench -p tally-rc --bench handles`. For ratios see `paired.rs`.

mod cases;

use criterion::Criterion;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for case in cases::all() {
        criterion
            .benchmark_group(case.group)
            .bench_function(case.name, |bencher| bencher.iter_custom(case.run));
    }
    criterion.final_summary();
}
