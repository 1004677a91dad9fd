//! The weak-memory machine, the slot protocol and the explorer, extracted to OCaml, find
//! what the loom tests of the crate must find: in every scenario, with every set of changes.
//!
//! What this finds: an extraction that is not the explorer of the prover; and, of the
//! configurations of several changes, which the prover does not compute, that the explorer
//! and loom do not agree.

#[path = "../../tally/tests/loom/expected.rs"]
mod expected;

use expected::{CONFIGURATIONS, SCENARIOS};
use tally_oracle::{Change, ExplorerAnswer, Fault, Site, orderings_explored, skip};

const CHANGES: [Change; 11] = [
    Change::Relaxing(Site::ClaimUnused),
    Change::Relaxing(Site::PublishShared),
    Change::Relaxing(Site::FromInUse),
    Change::Relaxing(Site::ReleaseShare),
    Change::Relaxing(Site::LastShareFence),
    Change::Relaxing(Site::StoreUnused),
    Change::Relaxing(Site::ShareUnique),
    Change::Relaxing(Site::TryFromShared),
    Change::ClaimsUnique,
    Change::RetiresUnmarked,
    Change::TestsByLoad,
];

/// The change that the loom tests call so: a site that is relaxed by the site's name.
fn named(name: &str) -> Change {
    let shown = |change: &Change| match change {
        Change::Relaxing(site) => format!("{site:?}"),
        change => format!("{change:?}"),
    };
    let found = CHANGES.into_iter().find(|change| shown(change) == name);
    found.unwrap_or_else(|| panic!("{name} is no change"))
}

/// Killed by: in `machine.v`, an update that does not keep the view of the message before
/// it; in `wire.ml`, two sites in each other's place.
#[test]
fn the_extracted_explorer_finds_what_loom_must() {
    if skip("the_extracted_explorer_finds_what_loom_must") {
        return;
    }
    let mut races = 0;
    for (names, racy) in CONFIGURATIONS {
        let changes: Vec<Change> = names.iter().map(|name| named(name)).collect();
        let verdicts = orderings_explored(&changes).unwrap();
        assert_eq!(verdicts.len(), SCENARIOS.len(), "{names:?}");
        for (scenario, verdict) in SCENARIOS.iter().zip(verdicts) {
            let expected = racy.contains(scenario);
            match verdict {
                ExplorerAnswer::Nothing => {
                    assert!(!expected, "{names:?}, {scenario}: no race is found")
                }
                ExplorerAnswer::Found(Fault::Race, true, steps) => {
                    assert!(expected, "{names:?}, {scenario}: a race is found");
                    assert!(steps > 2, "{names:?}, {scenario}: {steps} steps do not race");
                    races += 1;
                }
                other => panic!("{names:?}, {scenario}: {other:?}"),
            }
        }
    }
    assert!(races > CONFIGURATIONS.len(), "only {races} races");
}

/// Every set of orderings that is relaxed in the crate races where one of them does alone.
/// Killed by: an explorer that gives up where it should go on.
#[test]
fn every_set_of_sites_races_where_one_of_them_does() {
    if skip("every_set_of_sites_races_where_one_of_them_does") {
        return;
    }
    let sites: Vec<(Change, &[&str])> = CONFIGURATIONS
        .iter()
        .filter(|(names, racy)| names.len() == 1 && !racy.is_empty())
        .map(|(names, racy)| (named(names[0]), *racy))
        .filter(|(change, _)| *change != Change::TestsByLoad)
        .collect();
    assert_eq!(sites.len(), 8);
    for set in 0..1_u32 << sites.len() {
        let chosen = || (0..sites.len()).filter(|at| set >> at & 1 == 1).map(|at| &sites[at]);
        let changes: Vec<Change> = chosen().map(|(change, _)| *change).collect();
        for (scenario, verdict) in SCENARIOS.iter().zip(orderings_explored(&changes).unwrap()) {
            let races = matches!(verdict, ExplorerAnswer::Found(Fault::Race, true, _));
            assert!(
                races || verdict == ExplorerAnswer::Nothing,
                "{changes:?}, {scenario}: {verdict:?}"
            );
            let expected = chosen().any(|(_, racy)| racy.contains(scenario));
            assert_eq!(races, expected, "{changes:?}, {scenario}");
        }
    }
}
