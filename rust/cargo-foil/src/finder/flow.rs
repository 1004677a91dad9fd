//! What a body's graph says: the order of its blocks, its loops, and which locals are read
//! later.

use crate::checker::generated::{Body, Constant, Operand, Place, Proj, Rvalue, Stmt, Terminator};
use num_bigint::BigInt;
use std::collections::BTreeSet;

/// The blocks that control goes to without unwinding.
pub(super) fn next(term: &Terminator) -> Vec<usize> {
    match term {
        Terminator::Goto(to) | Terminator::Drop(_, to, _) | Terminator::Assert(_, _, to, _) => {
            vec![*to]
        }
        Terminator::SwitchInt(_, targets, otherwise) => {
            targets.iter().map(|(_, to)| *to).chain(*otherwise).collect()
        }
        Terminator::Call(_, _, _, to, _) => to.iter().copied().collect(),
        Terminator::Return
        | Terminator::Resume
        | Terminator::Terminate
        | Terminator::Unreachable => Vec::new(),
    }
}

/// The graph of a body.
pub(super) struct Flow {
    /// The place of each block in an order where a block comes before those that it leads
    /// to, but for loops.
    pub(super) order: Vec<usize>,
    /// Blocks that a loop comes back to.
    pub(super) heads: BTreeSet<usize>,
    /// For each block, the locals that are read from there on.
    pub(super) live: Vec<BTreeSet<usize>>,
}

fn of_place(place: &Place, out: &mut BTreeSet<usize>) {
    out.insert(place.local);
}

fn of_operand(operand: &Operand, out: &mut BTreeSet<usize>) {
    if let Operand::Use(place) = operand {
        of_place(place, out);
    }
}

fn of_rvalue(rvalue: &Rvalue, out: &mut BTreeSet<usize>) {
    match rvalue {
        Rvalue::Use(a) | Rvalue::Not(a) | Rvalue::IntCast(_, a) => of_operand(a, out),
        Rvalue::Ref(place) | Rvalue::Discriminant(place) => of_place(place, out),
        Rvalue::Rel(_, a, b) | Rvalue::Arith(_, _, a, b) | Rvalue::Checked(_, _, a, b) => {
            of_operand(a, out);
            of_operand(b, out);
        }
        Rvalue::Aggregate(_, all) => all.iter().for_each(|a| of_operand(a, out)),
    }
}

/// What is written: a whole local is not read.
fn write(place: &Place, live: &mut BTreeSet<usize>) {
    if place.proj.is_empty() {
        live.remove(&place.local);
    } else {
        live.insert(place.local);
    }
}

fn before(statements: &[Stmt], term: &Terminator, mut live: BTreeSet<usize>) -> BTreeSet<usize> {
    match term {
        Terminator::SwitchInt(a, _, _) | Terminator::Assert(a, _, _, _) => of_operand(a, &mut live),
        Terminator::Call(place, _, args, _, _) => {
            write(place, &mut live);
            args.iter().for_each(|a| of_operand(a, &mut live));
        }
        Terminator::Drop(place, _, _) => of_place(place, &mut live),
        Terminator::Return => {
            live.insert(0);
        }
        Terminator::Goto(_)
        | Terminator::Resume
        | Terminator::Terminate
        | Terminator::Unreachable => {}
    }
    for Stmt::Assign(place, rvalue) in statements.iter().rev() {
        write(place, &mut live);
        of_rvalue(rvalue, &mut live);
    }
    live
}

impl Flow {
    pub(super) fn new(blocks: &[(Vec<Stmt>, Terminator)]) -> Self {
        let mut order = vec![usize::MAX; blocks.len()];
        let mut heads = BTreeSet::new();
        let mut done = Vec::new();
        // 0: not seen, 1: on the path, 2: left.
        let mut state = vec![0_u8; blocks.len()];
        let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
        if let Some((_, term)) = blocks.first() {
            state[0] = 1;
            path.push((0, next(term)));
        }
        while let Some((block, todo)) = path.last_mut() {
            match todo.pop() {
                Some(to) => match state.get(to) {
                    Some(0) => {
                        state[to] = 1;
                        path.push((to, next(&blocks[to].1)));
                    }
                    Some(1) => {
                        heads.insert(to);
                    }
                    _ => {}
                },
                None => {
                    state[*block] = 2;
                    done.push(*block);
                    path.pop();
                }
            }
        }
        for (place, block) in done.iter().rev().enumerate() {
            order[*block] = place;
        }
        let mut borrowed = BTreeSet::new();
        for (statements, _) in blocks {
            for Stmt::Assign(_, rvalue) in statements {
                if let Rvalue::Ref(place) = rvalue {
                    if !place.proj.iter().any(|step| matches!(step, Proj::Deref(_))) {
                        borrowed.insert(place.local);
                    }
                }
            }
        }
        let mut live = vec![BTreeSet::new(); blocks.len()];
        loop {
            let mut changed = false;
            for block in &done {
                let (statements, term) = &blocks[*block];
                let mut after = borrowed.clone();
                for to in next(term) {
                    if let Some(of) = live.get(to) {
                        after.extend(of);
                    }
                }
                let mut now = before(statements, term, after);
                now.extend(&borrowed);
                if now != live[*block] {
                    live[*block] = now;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        Self { order, heads, live }
    }
}

fn number(operand: &Operand, out: &mut BTreeSet<BigInt>) {
    if let Operand::Const(Constant::Int(_, z)) = operand {
        out.insert(z.to_big());
    }
}

/// The numbers that occur in a body.
pub(super) fn numbers(blocks: &[(Vec<Stmt>, Terminator)]) -> BTreeSet<BigInt> {
    let mut out = BTreeSet::new();
    for (statements, term) in blocks {
        for Stmt::Assign(_, rvalue) in statements {
            match rvalue {
                Rvalue::Use(a) | Rvalue::Not(a) | Rvalue::IntCast(_, a) => number(a, &mut out),
                Rvalue::Rel(_, a, b) | Rvalue::Arith(_, _, a, b) | Rvalue::Checked(_, _, a, b) => {
                    number(a, &mut out);
                    number(b, &mut out);
                }
                Rvalue::Aggregate(_, all) => all.iter().for_each(|a| number(a, &mut out)),
                Rvalue::Ref(_) | Rvalue::Discriminant(_) => {}
            }
        }
        if let Terminator::Call(_, _, args, _, _) = term {
            args.iter().for_each(|a| number(a, &mut out));
        }
    }
    out
}

/// The blocks of a body.
pub(super) fn blocks(body: &Body) -> Vec<(Vec<Stmt>, Terminator)> {
    let blocks = body.blocks.iter();
    blocks.map(|(statements, term)| (statements.iter().cloned().collect(), term.clone())).collect()
}
