//! The crate's functions of values that may be unsized, read at sized ones.
//!
//! A pointer to a `T: ?Sized` is one word or two, so such a function is no program of one
//! shape. Of the modules that are named here the programs are those of sized values: the
//! parameters count as sized, and what asks the value for its size or alignment is the
//! constant that it then is.

use crate::ast::{Const, Name, Operand, Path, Segment, Ty};
use crate::rustdoc::Docs;

/// A function that is a constant where the value is sized.
#[derive(Debug)]
pub(crate) struct Constant {
    /// Its name, which no other function of the crate has.
    name: &'static str,
    /// What it is called of, with the function's argument as its own.
    of: &'static str,
    /// What it is then: this call.
    becomes: &'static [&'static str],
    /// The arguments of that call.
    arguments: &'static [i128],
}

/// Of the block behind a handle on a sized value: its layout, and where the value is in it.
const OF_BLOCKS: [Constant; 2] = [
    Constant { name: "layout_of", of: "Inner", becomes: &["Layout", "new"], arguments: &[] },
    Constant { name: "offset_of_value", of: "Inner", becomes: &["offset_of"], arguments: &[0, 1] },
];

/// The files whose type parameters are read as sized.
const FILES: [&str; 6] = [
    "tally/src/rc/inner.rs",
    "tally/src/rc/strong.rs",
    "tally/src/rc/weak.rs",
    "tally/src/rc/unique.rs",
    "tally/src/rc/traits.rs",
    "tally/src/rc/inner/fallible.rs",
];

/// The module of those files, for what is no `impl`'s.
const MODULE: &str = "rc";

impl Docs {
    /// The parameters of `Rc` and its siblings are sized from here on.
    #[must_use]
    pub fn with_sized_handles(mut self) -> Self {
        let of_adts =
            self.adts.iter_mut().filter(|adt| adt.path.first().is_some_and(|m| m == MODULE));
        let adts = of_adts.flat_map(|adt| &mut adt.generics);
        let of_impls = self.impls.iter_mut().filter(|of| FILES.contains(&of.at.file.as_str()));
        let impls =
            of_impls.flat_map(|of| of.generics.iter_mut().chain(of.items.values_mut().flatten()));
        for generic in adts.chain(impls) {
            generic.maybe_unsized = false;
        }
        self.constants = &OF_BLOCKS;
        self
    }

    /// What a call is, if it is a constant.
    pub(crate) fn constant(&self, path: &Path) -> Option<(Path, Vec<Operand>)> {
        let [Segment { name: Name::Ident(name), args }] = &path.segments[..] else { return None };
        let constant = self.constants.iter().find(|constant| constant.name == name)?;
        let ident = |name: &str, args| Segment { name: Name::Ident(name.to_owned()), args };
        let of = Path { qself: None, segments: vec![ident(constant.of, args.clone())] };
        let mut segments: Vec<Segment> =
            constant.becomes.iter().map(|name| ident(name, Vec::new())).collect();
        segments.last_mut()?.args = vec![Some(Ty::Path(of))];
        let arguments =
            constant.arguments.iter().map(|&n| Operand::Const(Const::Int(n, "usize".to_owned())));
        Some((Path { qself: None, segments }, arguments.collect()))
    }
}
