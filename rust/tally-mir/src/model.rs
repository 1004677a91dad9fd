//! What `theories/mir/mir.v` says a program is: the same types, in Rust.

/// The name of an integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Int(pub &'static str);

impl Int {
    /// The type with this name.
    pub fn named(name: &str) -> Option<Self> {
        const NAMES: [&str; 12] = [
            "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
        ];
        NAMES.into_iter().find(|known| *known == name).map(Self)
    }

    /// How many bits it has.
    pub fn bits(self) -> u32 {
        // Of a pointer, as `pointer_bits` in `machine_int.v`.
        self.0[1..].parse().unwrap_or(64)
    }

    fn signed(self) -> bool {
        self.0.starts_with('i')
    }

    /// The cases of a switch on a value of the type, of which the compiler writes the bits.
    pub fn cases(self, cases: &[(i128, usize)]) -> Vec<(i128, usize)> {
        let bits = self.bits();
        let value = |written: i128| {
            if self.signed() && bits < 127 && written >= 1 << (bits - 1) {
                written - (1 << bits)
            } else {
                written
            }
        };
        cases.iter().map(|&(written, block)| (value(written), block)).collect()
    }

    /// The greatest value, in digits.
    pub fn max(self) -> String {
        let all = u128::MAX >> (128 - self.bits());
        if self.signed() { (all >> 1).to_string() } else { all.to_string() }
    }

    /// The least value, in digits.
    pub fn min(self) -> String {
        let below = u128::MAX >> (129 - self.bits());
        if self.signed() { format!("-{}", below + 1) } else { "0".to_owned() }
    }
}

/// An enum of the library: the variants, and which type arguments their fields are of.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct LibEnum {
    /// The name.
    pub name: &'static str,
    /// The variants, in order.
    pub variants: &'static [(&'static str, &'static [usize])],
}

/// A type, as far as its layout and its drop glue matter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// An integer.
    Int(Int),
    /// `bool`.
    Bool,
    /// A pointer of one cell.
    Ptr,
    /// A pointer of two.
    Fat,
    /// The type parameter with this number.
    Param(usize),
    /// A tuple, an array, a struct of the library.
    Tuple(Vec<Ty>),
    /// An enum of the library at type arguments.
    LibEnum(&'static LibEnum, Vec<Ty>),
    /// The struct, enum or closure with this number, at type arguments.
    Adt(usize, Vec<Ty>),
    /// `Box`.
    Box(Box<Ty>),
    /// What is never dropped.
    NoDrop(Box<Ty>),
}

impl Ty {
    /// With these types for its parameters.
    pub fn substitute(&self, args: &[Ty]) -> Self {
        let all = |types: &[Ty]| types.iter().map(|ty| ty.substitute(args)).collect();
        match self {
            Ty::Param(number) => args.get(*number).cloned().unwrap_or(Ty::Tuple(Vec::new())),
            Ty::Tuple(items) => Ty::Tuple(all(items)),
            Ty::LibEnum(of, items) => Ty::LibEnum(of, all(items)),
            Ty::Adt(number, items) => Ty::Adt(*number, all(items)),
            Ty::Box(of) => Ty::Box(Box::new(of.substitute(args))),
            Ty::NoDrop(of) => Ty::NoDrop(Box::new(of.substitute(args))),
            Ty::Int(_) | Ty::Bool | Ty::Ptr | Ty::Fat => self.clone(),
        }
    }

    /// Likewise, where the parameters of a type without arguments are those around it.
    pub fn substitute_all(&self, args: &[Ty]) -> Self {
        if args.is_empty() { self.clone() } else { self.substitute(args) }
    }

    /// Finds the types for which this one, a pattern, is `other`.
    pub fn matches(&self, other: &Self, found: &mut [Option<Ty>]) -> bool {
        let mut all = |ours: &[Ty], theirs: &[Ty]| {
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).all(|(ours, theirs)| ours.matches(theirs, found))
        };
        match (self, other) {
            (Ty::Param(number), _) => match found.get_mut(*number) {
                Some(Some(earlier)) => earlier == other,
                Some(free) => {
                    *free = Some(other.clone());
                    true
                }
                None => false,
            },
            (Ty::Tuple(ours), Ty::Tuple(theirs)) => all(ours, theirs),
            (Ty::LibEnum(one, ours), Ty::LibEnum(other, theirs)) => {
                one == other && all(ours, theirs)
            }
            (Ty::Adt(one, ours), Ty::Adt(other, theirs)) => one == other && all(ours, theirs),
            (Ty::Box(ours), Ty::Box(theirs)) | (Ty::NoDrop(ours), Ty::NoDrop(theirs)) => {
                ours.matches(theirs, found)
            }
            _ => self == other,
        }
    }
}

/// The fields of a struct, or of each variant of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A struct, a closure.
    Struct(Vec<Ty>),
    /// An enum.
    Enum(Vec<Vec<Ty>>),
}

/// A struct, an enum or a closure of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adt {
    /// Its name, for readers.
    pub name: String,
    /// Its fields.
    pub shape: Shape,
    /// The number of its `Drop::drop`.
    pub drop: Option<usize>,
    /// The number of its body, of a closure.
    pub call: Option<usize>,
}

/// One step from a place to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Projection {
    /// To what a pointer points to.
    Deref(Ty),
    /// To a field.
    Field(usize),
    /// To a variant.
    Variant(usize),
}

/// A local and the way from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The local.
    pub local: usize,
    /// The way.
    pub projections: Vec<Projection>,
}

/// A constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// An integer, in digits.
    Int(Int, String),
    /// A boolean.
    Bool(bool),
    /// A value of which nothing is read.
    Opaque(Ty),
    /// A variant without fields.
    Variant(Ty, usize),
    /// What a function without arguments returns.
    Item(usize, Vec<Ty>),
    /// Where a field of a struct begins.
    Offset(Ty, usize),
}

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A place.
    Use(Place),
    /// A constant.
    Const(Constant),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

/// An operation on integers, as `machine_int.v` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arithmetic(pub &'static str);

/// What is assigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rvalue {
    /// The operand itself.
    Use(Operand),
    /// An address.
    Ref(Place),
    /// A comparison.
    Relation(Relation, Operand, Operand),
    /// A result that wraps.
    Arithmetic(Int, Arithmetic, Operand, Operand),
    /// A result that wraps, and whether it has.
    Checked(Int, Arithmetic, Operand, Operand),
    /// Of a boolean.
    Not(Operand),
    /// To an integer type.
    Cast(Int, Operand),
    /// The number of a variant.
    Discriminant(Place),
    /// A struct, or a variant.
    Aggregate(Option<usize>, Vec<Operand>),
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assign(pub Place, pub Rvalue);

pub use crate::ast::Unwind;

/// What is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callee {
    /// The function with this number, at type arguments.
    Fn(usize, Vec<Ty>),
    /// A function of the library.
    Lib(&'static str, Vec<Ty>),
}

/// The end of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Terminator {
    /// To one block.
    Goto(usize),
    /// By a value.
    Switch(Operand, Vec<(i128, usize)>, Option<usize>),
    /// A call.
    Call(Place, Callee, Vec<Operand>, Option<usize>, Unwind),
    /// Drop glue.
    Drop(Place, usize, Unwind),
    /// Goes on if the operand is as expected.
    Assert(Operand, bool, usize, Unwind),
    /// The function returns.
    Return,
    /// It goes on unwinding.
    Resume,
    /// The program ends.
    Terminate,
    /// Never reached.
    Unreachable,
}

/// A body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// How many locals are arguments.
    pub arguments: usize,
    /// The locals' types.
    pub locals: Vec<Ty>,
    /// The blocks.
    pub blocks: Vec<(Vec<Assign>, Terminator)>,
}

impl Body {
    /// Where a block goes to without unwinding, and by unwinding.
    fn edges(&self, block: usize) -> (Vec<usize>, Vec<usize>) {
        let cleanup = |unwind: &Unwind| match unwind {
            Unwind::Cleanup(block) => vec![*block],
            _ => Vec::new(),
        };
        match &self.blocks[block].1 {
            Terminator::Goto(target) => (vec![*target], Vec::new()),
            Terminator::Switch(_, cases, otherwise) => {
                (cases.iter().map(|case| case.1).chain(*otherwise).collect(), Vec::new())
            }
            Terminator::Call(_, _, _, target, unwind) => {
                (target.iter().copied().collect(), cleanup(unwind))
            }
            Terminator::Drop(_, target, unwind) | Terminator::Assert(_, _, target, unwind) => {
                (vec![*target], cleanup(unwind))
            }
            _ => (Vec::new(), Vec::new()),
        }
    }

    /// The blocks that `tree_compile.v` makes functions of, each after those that it
    /// calls: its `named`, computed in the same way; the generated file checks it.
    pub fn named_blocks(&self) -> Vec<usize> {
        struct Walk<'a> {
            body: &'a Body,
            path: Vec<usize>,
            left: Vec<usize>,
            heads: Vec<usize>,
        }
        impl Walk<'_> {
            fn from(&mut self, block: usize) {
                if self.path.contains(&block) {
                    self.heads.push(block);
                } else if !self.left.contains(&block) {
                    self.path.push(block);
                    let (next, cleanup) = self.body.edges(block);
                    for target in next.into_iter().chain(cleanup) {
                        self.from(target);
                    }
                    self.path.pop();
                    self.left.push(block);
                }
            }
        }
        let mut walk = Walk { body: self, path: Vec::new(), left: Vec::new(), heads: Vec::new() };
        walk.from(0);
        let Walk { left, heads, .. } = walk;
        let edges: Vec<(Vec<usize>, Vec<usize>)> =
            left.iter().map(|&block| self.edges(block)).collect();
        let into = |block| {
            edges
                .iter()
                .flat_map(|(next, cleanup)| next.iter().chain(cleanup))
                .filter(|&&to| to == block)
                .count()
        };
        let unwound = |block| edges.iter().any(|(_, cleanup)| cleanup.contains(&block));
        left.iter()
            .copied()
            .filter(|&block| heads.contains(&block) || unwound(block) || into(block) > 1)
            .collect()
    }
}

/// A translated function.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name in Coq.
    pub name: String,
    /// Its path, for readers.
    pub title: String,
    /// The names of its type parameters, in Coq.
    pub params: Vec<String>,
    /// The body.
    pub body: Body,
    /// The functions that it calls, by itself or in drop glue.
    pub callees: Vec<usize>,
}

/// A program: functions by number, each after those that it calls.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Its types.
    pub adts: Vec<Adt>,
    /// Its functions.
    pub functions: Vec<Function>,
}

impl Program {
    /// How many cells a value of a type without parameters takes, as `ty_cells` in `mir.v`;
    /// the depth is 0.
    pub fn cells(&self, ty: &Ty, depth: usize) -> usize {
        if depth > 24 {
            return 0;
        }
        let sum = |items: &[Ty]| items.iter().map(|item| self.cells(item, depth + 1)).sum();
        match ty {
            Ty::Int(_) | Ty::Bool | Ty::Ptr | Ty::Box(_) => 1,
            Ty::Fat => 2,
            Ty::Param(_) => 0,
            Ty::NoDrop(of) => self.cells(of, depth + 1),
            Ty::Tuple(items) => sum(items),
            Ty::LibEnum(..) => 0,
            Ty::Adt(number, _) => match &self.adts[*number].shape {
                Shape::Struct(fields) => sum(fields),
                Shape::Enum(variants) => {
                    1 + variants.iter().map(|fields| sum(fields)).max().unwrap_or(0)
                }
            },
        }
    }
}

impl Body {
    /// Which locals are used after the block's terminator, which is a call: on the way back from
    /// it, or on the way out by unwinding. What is reached through pointers is not counted.
    pub fn live_after(&self, block: usize) -> Vec<bool> {
        let mut live = vec![vec![false; self.locals.len()]; self.blocks.len()];
        let after = |live: &[Vec<bool>], block: usize| {
            let (next, cleanup) = self.edges(block);
            let mut all = vec![false; self.locals.len()];
            for to in next.into_iter().chain(cleanup) {
                for (one, other) in all.iter_mut().zip(live.get(to).into_iter().flatten()) {
                    *one |= other;
                }
            }
            all
        };
        loop {
            let mut changed = false;
            for block in (0..self.blocks.len()).rev() {
                let mut now = after(&live, block);
                let (statements, end) = &self.blocks[block];
                let mut event = |place: Option<&Place>, reads: &[&Place]| {
                    if let Some(place) = place {
                        now[place.local] = !place.projections.is_empty() && now[place.local];
                    }
                    for place in reads {
                        now[place.local] = true;
                    }
                };
                let (place, reads) = end.uses();
                event(place, &reads);
                for Assign(place, rvalue) in statements.iter().rev() {
                    event(Some(place), &rvalue.uses());
                }
                changed |= live[block] != now;
                live[block] = now;
            }
            if !changed {
                return after(&live, block);
            }
        }
    }
}

impl Operand {
    fn uses(&self) -> Option<&Place> {
        match self {
            Operand::Use(place) => Some(place),
            Operand::Const(_) => None,
        }
    }
}

impl Rvalue {
    /// The places that are read, or whose address is taken.
    fn uses(&self) -> Vec<&Place> {
        match self {
            Rvalue::Ref(place) | Rvalue::Discriminant(place) => vec![place],
            Rvalue::Use(of) | Rvalue::Not(of) | Rvalue::Cast(_, of) => {
                of.uses().into_iter().collect()
            }
            Rvalue::Relation(_, left, right)
            | Rvalue::Arithmetic(_, _, left, right)
            | Rvalue::Checked(_, _, left, right) => {
                left.uses().into_iter().chain(right.uses()).collect()
            }
            Rvalue::Aggregate(_, items) => items.iter().filter_map(Operand::uses).collect(),
        }
    }
}

impl Terminator {
    /// The place that is written, and those that are read.
    fn uses(&self) -> (Option<&Place>, Vec<&Place>) {
        match self {
            Terminator::Switch(of, ..) | Terminator::Assert(of, ..) => {
                (None, of.uses().into_iter().collect())
            }
            Terminator::Call(to, _, args, ..) => {
                (Some(to), args.iter().filter_map(Operand::uses).collect())
            }
            Terminator::Drop(place, ..) => (None, vec![place]),
            _ => (None, Vec::new()),
        }
    }
}
