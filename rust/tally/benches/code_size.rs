//! What a program's own code grows by where it clones and drops a handle: the size of a
//! function that does so at 100 places, each for another handle, for this crate and `std`.
//! `cargo bench -p tally-rc --bench code_size`; reads the sizes with `nm`.

use std::{env, hint::black_box, process::Command};

/// A function that clones and drops at 100 places.
macro_rules! places {
    ($name:ident, $handle:ty) => {
        #[inline(never)]
        #[unsafe(no_mangle)]
        fn $name(handles: &[$handle; 10]) {
            places!(@each handles 0 1 2 3 4 5 6 7 8 9);
        }
    };
    // Ten times for each of ten handles.
    (@each $handles:ident $($at:literal)*) => { $( places!(@ten $handles $at); )* };
    (@ten $handles:ident $at:literal) => {
        places!(@two $handles $at); places!(@two $handles $at); places!(@two $handles $at);
        places!(@two $handles $at); places!(@two $handles $at);
    };
    (@two $handles:ident $at:literal) => {
        black_box(&black_box(&$handles[$at]).clone());
        black_box(&black_box(&$handles[$at]).clone());
    };
}

places!(places_of_tally_rc, tally::Rc<u64>);
places!(places_of_std_rc, std::rc::Rc<u64>);

/// The size of the function with this name in the running program, in bytes.
fn size(name: &str) -> Option<u64> {
    let output = Command::new("nm").arg("-S").arg(env::current_exe().ok()?).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find(|line| line.split_whitespace().next_back() == Some(name))?;
    u64::from_str_radix(line.split_whitespace().nth(1)?, 16).ok()
}

fn main() {
    places_of_tally_rc(&std::array::from_fn(|number| tally::Rc::new(number as u64)));
    places_of_std_rc(&std::array::from_fn(|number| std::rc::Rc::new(number as u64)));
    let (Some(ours), Some(std)) = (size("places_of_tally_rc"), size("places_of_std_rc")) else {
        println!("the sizes are not known here: that takes `nm`");
        return;
    };
    println!("| clone+drop at 100 places | bytes |\n|---|---:|");
    println!("| tally::Rc | {ours} |\n| std::rc::Rc | {std} |");
    println!("\ntally::Rc is {:.2} × std::rc::Rc", ours as f64 / std as f64);
}
