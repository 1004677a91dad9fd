//! The certificate of a function: environments for its blocks, and proofs.
//!
//! The body is run by the checker's own functions, from block to block. Where no loop is
//! entered, each way to a block has a node of its own, up to a bound; a loop head, and a
//! block to which too many ways lead, has one node for each choice of what references point
//! to. What differs between the ways to such a node gets a variable, and what is known of
//! the variables is found as Houdini does it: all candidates are assumed, those that some
//! way does not keep are dropped, until nothing changes. Then the goals are proved.
//!
//! Source: Cormac Flanagan, K. Rustan M. Leino, "Houdini, an annotation assistant for
//! ESC/Java" (FME 2001).

use super::arith::{Proof, Prover};
use super::candidates::{self, Material};
use super::convert;
use super::flow::{self, Flow};
use super::poly::Poly;
use crate::checker::generated as checker;
use crate::checker::generated::{
    Callee, Cert, Code, Edge, Env, Instance, Kind, Mode, Node, Operand, Param, Program, Sig,
    SigResult, Stmt, Sym, TermCert, Terminator, Unwind,
};
use crate::checker::{List, Positive, runtime};
use crate::signature::{Exp, Fml, Var};
use num_bigint::BigInt;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A part of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Where it is entered.
    Entry,
    /// The statement with this number.
    Stmt(usize),
    /// The end of the block.
    End,
}

/// What could not be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What a function demands of its callers.
    Requires {
        /// The function that is called.
        callee: usize,
        /// Which formula of its signature.
        clause: usize,
    },
    /// What the function promises.
    Ensures {
        /// Which formula of its signature.
        clause: usize,
    },
    /// An assertion of the compiler's: no overflow, no division by 0.
    Assert,
    /// That control does not come here.
    Reached,
    /// The checker says why it does not go on here.
    Refused(Code),
    /// The search was given up.
    GivenUp,
}

/// A goal that was not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The block.
    pub block: usize,
    /// The place in it.
    pub at: At,
    /// What was to be shown.
    pub cause: Cause,
    /// The goal, about the caller's variables.
    pub goal: Option<Fml>,
    /// The blocks on the way, from the entry.
    pub path: Vec<usize>,
}

/// The checker's view of the program.
pub struct Task<'a> {
    /// The program.
    pub program: &'a Program,
    /// The instances of its functions.
    pub instances: &'a List<Instance>,
    /// What each function has as its signature.
    pub sigs: &'a dyn Fn(usize) -> Option<Sig>,
    /// What must be excluded.
    pub mode: Mode,
}

/// So many nodes, explorations, ways to one block, splits of one terminator, at most.
const NODES: usize = 600;
const ROUNDS: usize = 60;
const WAYS: usize = 16;
const SPLITS: usize = 6;
/// So many formulas are looked at in one function.
const FORMULAS: usize = 100_000;
/// The stack of a search, what of it may be used, and how many steps of the checker.
const STACK: usize = 1 << 28;
const STACK_USED: usize = 1 << 27;
const STEPS: u64 = 3_000_000_000;
/// So many leaves are tried to see whether control comes to a place.
const LEAVES: usize = 24;
/// Variables of calls and of merges are far apart from each other.
const CALLS: Var = 10_000;
const MERGES: Var = 1_000_000_000;
const AGAIN: Var = 1_000_000;
/// Expressions are no larger than this in a node.
const SIZE: usize = 400;
const TERMS: usize = 24;

/// Which cells are references, and to what.
type Shape = Vec<(usize, usize)>;

struct Merge {
    cells: Vec<Sym>,
    ints: Vec<Var>,
    flags: Vec<Var>,
    facts: Vec<Fml>,
    /// What is known when it is reached first in the next round is to be added.
    fresh: bool,
    /// Equalities of steps have been added.
    stepped: bool,
    base: Var,
}

struct Ahead {
    block: usize,
    env: Env,
    parent: Option<usize>,
    merge: Option<(usize, Shape)>,
    term: Option<TermCert>,
}

/// From inside of a merge or not, and what its variables become.
type Incoming = (bool, BTreeMap<Var, Exp>);

#[derive(Default)]
struct Round {
    nodes: Vec<Ahead>,
    ways: BTreeMap<usize, Vec<usize>>,
    merged: BTreeMap<(usize, Shape), usize>,
    /// For each merge: from inside of it or not, and what its variables become.
    edges: BTreeMap<(usize, Shape), Vec<Incoming>>,
    queue: BTreeSet<(usize, usize)>,
    failures: Vec<Failure>,
}

enum Stop {
    /// The value of this formula must be known.
    Split(checker::Fml),
    Fail(At, Cause, Option<Fml>),
    /// The round is over.
    Again,
}

type Step<T> = Result<T, Stop>;

fn refused(at: At) -> impl Fn(Code) -> Stop {
    move |code| Stop::Fail(at, Cause::Refused(code), None)
}

/// What is known somewhere, and what was found of it.
struct Known {
    prover: Prover,
    absurd: Option<Option<Proof>>,
    proofs: HashMap<Fml, Option<Proof>>,
}

struct Finder<'a> {
    task: &'a Task<'a>,
    body: checker::Body,
    sig: Sig,
    blocks: Vec<(Vec<Stmt>, Terminator)>,
    flow: Flow,
    size: usize,
    /// The cells of each local.
    cells: Vec<(usize, usize)>,
    joins: BTreeSet<usize>,
    merges: BTreeMap<(usize, Shape), Merge>,
    known: HashMap<Vec<Fml>, Known>,
    numbers: Vec<BigInt>,
    atoms: Vec<Fml>,
    ins: Vec<Var>,
    changed: bool,
    goals: bool,
    /// How many formulas were looked at.
    asked: usize,
}

fn no_proof() -> checker::Proof {
    convert::proof(&Proof::none())
}

/// Is the expression small, without looking at all of a large one?
fn small(e: &checker::Exp, left: &mut usize) -> bool {
    if *left == 0 {
        return false;
    }
    *left -= 1;
    match e {
        checker::Exp::C(z) => z.bits() <= 256,
        checker::Exp::V(_) => true,
        checker::Exp::Add(a, b) | checker::Exp::Sub(a, b) | checker::Exp::Mul(a, b) => {
            small(a, left) && small(b, left)
        }
    }
}

fn small_fml(f: &checker::Fml, left: &mut usize) -> bool {
    match f {
        checker::Fml::Le(a, b)
        | checker::Fml::Lt(a, b)
        | checker::Fml::Eq(a, b)
        | checker::Fml::Ne(a, b) => small(a, left) && small(b, left),
        checker::Fml::In(_, a) | checker::Fml::Out(_, a) => small(a, left),
        checker::Fml::And(f, g) | checker::Fml::Or(f, g) => {
            small_fml(f, left) && small_fml(g, left)
        }
    }
}

/// As it is put into a node: in normal form, unless it is too large.
fn plain(e: &checker::Exp) -> Option<checker::Exp> {
    if let checker::Exp::C(_) | checker::Exp::V(_) = e {
        return small(e, &mut 1).then(|| e.clone());
    }
    if !small(e, &mut SIZE.clone()) {
        return None;
    }
    let poly = Poly::of(&convert::own_exp(e))?;
    (poly.0.len() <= TERMS).then(|| convert::exp(&poly.exp()))
}

fn int(value: i32) -> checker::Exp {
    checker::Exp::C(value.into())
}

fn exp_vars(e: &Exp) -> BTreeSet<Var> {
    let mut vars = BTreeSet::new();
    e.vars(&mut vars);
    vars
}

fn fml_vars(f: &Fml) -> BTreeSet<Var> {
    let mut vars = BTreeSet::new();
    f.vars(&mut vars);
    vars
}

fn sym_vars(s: &Sym) -> BTreeSet<Var> {
    checker::sym_vars(s).iter().map(convert::own_var).collect()
}

impl<'a> Finder<'a> {
    fn new(task: &'a Task<'a>, body: &checker::Body, sig: &Sig) -> Self {
        let p = task.program;
        let none = List::new();
        let blocks = flow::blocks(body);
        let flow = Flow::new(&blocks);
        let cells = (0..body.locals.len())
            .map(|local| {
                let size =
                    body.locals.get(local).map_or(0, |ty| checker::block_cells(p, &none, ty));
                (checker::cells_before(p, &none, body, &local), size)
            })
            .collect();
        let mut atoms = Vec::new();
        let mut numbers = flow::numbers(&blocks);
        for f in sig.requires.iter().chain(sig.ensures.iter()) {
            let f = convert::own_fml(f);
            candidates::atoms(&f, &mut atoms);
            candidates::numbers(&f, &mut numbers);
        }
        numbers.extend([BigInt::from(0), BigInt::from(1)]);
        let near: BTreeSet<BigInt> =
            numbers.iter().flat_map(|z| [z - 1, z.clone(), z + 1]).collect();
        let mut near: Vec<BigInt> = near.into_iter().collect();
        near.sort_by_key(num_traits::Signed::abs);
        near.truncate(24);
        let ins = checker::ins(sig).iter().map(convert::own_var).collect();
        Finder {
            task,
            body: body.clone(),
            sig: sig.clone(),
            size: checker::size(p, body),
            joins: flow.heads.clone(),
            blocks,
            flow,
            cells,
            merges: BTreeMap::new(),
            known: HashMap::new(),
            numbers: near,
            atoms,
            ins,
            changed: false,
            goals: false,
            asked: 0,
        }
    }

    // Proofs.

    fn known(&mut self, env: &Env) -> &mut Known {
        let facts: Vec<Fml> = checker::known(env).iter().map(convert::own_fml).collect();
        self.known.entry(facts).or_insert_with_key(|facts| Known {
            prover: Prover::new(facts.clone()),
            absurd: None,
            proofs: HashMap::new(),
        })
    }

    fn absurd(&mut self, env: &Env) -> Option<Proof> {
        let known = self.known(env);
        if known.absurd.is_none() {
            known.absurd = Some(known.prover.refute(LEAVES));
        }
        known.absurd.clone().flatten()
    }

    fn prove(&mut self, env: &Env, goal: &Fml) -> Option<Proof> {
        self.asked += 1;
        let known = self.known(env);
        if let Some(found) = known.proofs.get(goal) {
            return found.clone();
        }
        let found = known.prover.prove(goal);
        known.proofs.insert(goal.clone(), found.clone());
        found
    }

    /// The index of a boolean with this formula.
    fn bool_index(env: &Env, f: &checker::Fml) -> Step<checker::Exp> {
        if let checker::Fml::Ne(e, checker::Exp::C(z)) = f {
            if z.to_i128() == Some(0) && !matches!(e, checker::Exp::C(_)) {
                return Ok(e.clone());
            }
        }
        if checker::holds(&env.facts, f) {
            Ok(int(1))
        } else if checker::holds(&env.facts, &checker::neg(f)) {
            Ok(int(0))
        } else {
            Err(Stop::Split(f.clone()))
        }
    }

    fn index(env: &Env, sym: &Sym) -> Step<checker::Exp> {
        match checker::settle(&env.facts, sym) {
            Some(Sym::Int(_, e)) => Ok(e),
            Some(Sym::Bool(f)) => Self::bool_index(env, &f),
            _ => match sym {
                // A wrapped number is a number once it is known to fit.
                Sym::Wrap(t, e) => Err(Stop::Split(checker::Fml::In(t.clone(), e.clone()))),
                _ => Err(Stop::Fail(At::End, Cause::Refused(Code::Mismatch), None)),
            },
        }
    }

    // Nodes.

    /// What is known at the start of a block: of what is read later only.
    fn entering(&self, env: &Env, block: usize) -> (Vec<Sym>, Vec<checker::Fml>) {
        let mut cells: Vec<Sym> = env
            .cells
            .iter()
            .map(|sym| match checker::settle(&env.facts, sym) {
                Some(sym) => sym,
                None => sym.clone(),
            })
            .collect();
        if let Some(cell) = cells.first_mut() {
            *cell = Sym::Any;
        }
        let live = self.flow.live.get(block);
        for (local, (start, size)) in self.cells.iter().enumerate() {
            if !live.is_some_and(|live| live.contains(&local)) {
                for cell in cells.iter_mut().skip(*start).take(*size) {
                    *cell = Sym::Any;
                }
            }
        }
        for sym in &mut cells {
            match sym {
                Sym::Int(_, e) | Sym::Wrap(_, e) => {
                    if let Some(simple) = plain(e) {
                        *e = simple;
                    }
                }
                _ => {}
            }
        }
        // Facts about what is not there any more are left out.
        let mut about: BTreeSet<Var> = self.ins.iter().copied().collect();
        cells.iter().for_each(|sym| about.extend(sym_vars(sym)));
        let ranges = checker::ranges(&cells.iter().cloned().collect());
        let mut rest: Vec<(checker::Fml, BTreeSet<Var>)> = Vec::new();
        for f in &env.facts {
            if small_fml(f, &mut SIZE.clone())
                && !rest.iter().any(|(other, _)| other == f)
                && !ranges.iter().any(|other| other == f)
            {
                let vars = fml_vars(&convert::own_fml(f));
                if !vars.is_empty() {
                    rest.push((f.clone(), vars));
                }
            }
        }
        loop {
            let before = about.len();
            for (_, vars) in &rest {
                if vars.iter().any(|x| about.contains(x)) {
                    about.extend(vars);
                }
            }
            if about.len() == before {
                break;
            }
        }
        rest.retain(|(_, vars)| vars.iter().any(|x| about.contains(x)));
        (cells, rest.into_iter().map(|(f, _)| f).collect())
    }

    /// What must be known at the start of a block for its statements to have a meaning:
    /// that a wrapped number fits.
    fn wanted(&mut self, env: &Env, block: usize) -> Option<checker::Fml> {
        let statements = &self.blocks.get(block)?.0;
        let wraps = |statement: &Stmt| {
            let Stmt::Assign(_, rvalue) = statement;
            matches!(rvalue, checker::Rvalue::Arith(..) | checker::Rvalue::IntCast(..))
        };
        if !statements.iter().any(wraps) {
            return None;
        }
        let p = self.task.program;
        let mut now = Env { facts: checker::known(env), cells: env.cells.clone() };
        for statement in statements {
            match checker::exec(p, &self.body, &self.sig, &now, statement) {
                Ok(after) => now = after,
                Err(_) => break,
            }
        }
        let unsettled: Vec<checker::Fml> = now
            .cells
            .iter()
            .filter(|sym| checker::settle(&now.facts, sym).is_none())
            .filter_map(|sym| match sym {
                Sym::Wrap(t, e) => Some(checker::Fml::In(t.clone(), e.clone())),
                _ => None,
            })
            .collect();
        let mut provable = |f: &&checker::Fml| {
            small_fml(f, &mut SIZE.clone()) && self.prove(env, &convert::own_fml(f)).is_some()
        };
        unsettled.iter().find(|f| provable(f)).cloned()
    }

    /// The edge to a block.
    fn target(
        &mut self,
        round: &mut Round,
        from: Option<usize>,
        env: &Env,
        block: usize,
    ) -> Step<Edge> {
        let (mut cells, facts) = self.entering(env, block);
        if self.joins.contains(&block) {
            return self.merge(round, from, env, block, &cells, &facts);
        }
        // An expression that is too large becomes a variable.
        let mut sigma = Vec::new();
        for (place, sym) in cells.iter_mut().enumerate() {
            let (Sym::Int(_, e) | Sym::Wrap(_, e)) = sym else { continue };
            if plain(e).is_none() {
                let x = MERGES / 2 + (place as Var) * 1000 + round.nodes.len() as Var * AGAIN;
                sigma.push((convert::var(x), e.clone()));
                *e = checker::Exp::V(convert::var(x));
            }
        }
        let env = Env { cells: cells.into_iter().collect(), facts: facts.into_iter().collect() };
        if from.is_some() {
            if let Some(f) = self.wanted(&env, block) {
                return Err(Stop::Split(f));
            }
        }
        let ways = round.ways.entry(block).or_default();
        let same = ways.iter().find(|node| round.nodes[**node].env == env).copied();
        if let (Some(node), true) = (same, sigma.is_empty()) {
            return Ok(Edge::To(node, List::new(), List::new()));
        }
        if ways.len() >= WAYS {
            self.joins.insert(block);
            self.changed = true;
            return Err(Stop::Again);
        }
        let node = round.nodes.len();
        ways.push(node);
        round.nodes.push(Ahead { block, env, parent: from, merge: None, term: None });
        round.queue.insert((self.flow.order.get(block).copied().unwrap_or(usize::MAX), node));
        Ok(Edge::To(node, sigma.into_iter().collect(), List::new()))
    }

    fn merge(
        &mut self,
        round: &mut Round,
        from: Option<usize>,
        env: &Env,
        block: usize,
        cells: &[Sym],
        facts: &[checker::Fml],
    ) -> Step<Edge> {
        let shape: Shape = cells
            .iter()
            .enumerate()
            .filter_map(|(place, sym)| match sym {
                Sym::Ptr(to) => Some((place, *to)),
                _ => None,
            })
            .collect();
        let key = (block, shape);
        let count = self.merges.len() as Var;
        if !self.merges.contains_key(&key) && count > WAYS as Var * 4 {
            return Err(Stop::Fail(At::End, Cause::GivenUp, None));
        }
        let merge = self.merges.entry(key.clone()).or_insert_with(|| Merge {
            cells: cells.to_vec(),
            ints: Vec::new(),
            flags: Vec::new(),
            facts: Vec::new(),
            fresh: true,
            stepped: false,
            base: MERGES + count * AGAIN,
        });
        // What the variables are here; what differs gets one.
        let mut sigma: BTreeMap<Var, checker::Exp> = BTreeMap::new();
        let mut more = false;
        for (place, (theirs, ours)) in merge.cells.iter_mut().zip(cells).enumerate() {
            let x = merge.base + (place as Var) * 1000;
            match theirs {
                Sym::Any => {}
                Sym::Int(t, e) => match ours {
                    Sym::Int(u, now) if t == u => {
                        if *e == checker::Exp::V(convert::var(x)) {
                            sigma.insert(x, now.clone());
                        } else if e != now && !checker::exp_eqb(e, now) {
                            *e = checker::Exp::V(convert::var(x));
                            merge.ints.push(x);
                            more = true;
                        }
                    }
                    _ => {
                        let kind = Kind::Int(t.clone());
                        *theirs =
                            if checker::has_kind(ours, &kind) { Sym::Some(kind) } else { Sym::Any };
                        merge.ints.retain(|y| *y != x);
                        more = true;
                    }
                },
                Sym::Bool(f) => match ours {
                    Sym::Bool(now) => {
                        let own = checker::Fml::Ne(checker::Exp::V(convert::var(x)), int(0));
                        if *f == own {
                            sigma.insert(x, Self::bool_index(env, now)?);
                        } else if !checker::same_bool(&env.facts, now, f) {
                            *f = own;
                            merge.flags.push(x);
                            more = true;
                        }
                    }
                    _ => {
                        *theirs = if checker::has_kind(ours, &Kind::Bool) {
                            Sym::Some(Kind::Bool)
                        } else {
                            Sym::Any
                        };
                        merge.flags.retain(|y| *y != x);
                        more = true;
                    }
                },
                Sym::Wrap(t, e) => {
                    let same = matches!(ours, Sym::Wrap(u, now) if t == u && e == now);
                    if !same {
                        let kind = Kind::Int(t.clone());
                        *theirs =
                            if checker::has_kind(ours, &kind) { Sym::Some(kind) } else { Sym::Any };
                        more = true;
                    }
                }
                Sym::Ptr(_) => {
                    if theirs != ours {
                        *theirs = Sym::Any;
                        more = true;
                    }
                }
                Sym::Some(kind) => {
                    if !checker::has_kind(ours, kind) {
                        *theirs = Sym::Any;
                        more = true;
                    }
                }
            }
        }
        if more {
            merge.fresh = true;
            merge.stepped = false;
            self.changed = true;
            return Err(Stop::Again);
        }
        if merge.fresh {
            merge.fresh = false;
            let mut terms: Vec<Exp> = self.ins.iter().map(|x| Exp::Var(*x)).collect();
            for sym in &merge.cells {
                if let Sym::Int(_, e) = sym {
                    let e = convert::own_exp(e);
                    let own = matches!(&e, Exp::Var(x) if merge.ints.contains(x));
                    if !own && !matches!(e, Exp::Const(_)) && !terms.contains(&e) {
                        terms.push(e);
                    }
                }
            }
            terms.truncate(12);
            let mut all: Vec<Fml> = facts.iter().map(convert::own_fml).collect();
            all.extend(candidates::qualifiers(&Material {
                changing: &merge.ints,
                flags: &merge.flags,
                terms: &terms,
                numbers: &self.numbers,
                atoms: &self.atoms,
            }));
            let mut seen = BTreeSet::new();
            all.retain(|f| seen.insert(f.clone()));
            merge.facts = all;
        }
        let own: BTreeMap<Var, Exp> =
            sigma.iter().map(|(x, e)| (*x, convert::own_exp(e))).collect();
        let wanted = merge.facts.clone();
        let inside = round.merged.get(&key).is_some_and(|node| round.nodes[*node].term.is_some());
        let mut proofs = Vec::new();
        let mut kept = Vec::new();
        for f in wanted {
            match self.prove(env, &f.subst(&|x| own.get(&x).cloned())) {
                Some(proof) => {
                    proofs.push(convert::proof(&proof));
                    kept.push(f);
                }
                None => self.changed = true,
            }
        }
        if let Some(merge) = self.merges.get_mut(&key) {
            merge.facts = kept;
        }
        round.edges.entry(key.clone()).or_default().push((inside, own));
        let node = match round.merged.get(&key) {
            Some(node) => *node,
            None => {
                let node = round.nodes.len();
                let env = Env { cells: List::new(), facts: List::new() };
                let merge = Some(key.clone());
                round.nodes.push(Ahead { block, env, parent: from, merge, term: None });
                round.merged.insert(key, node);
                let order = self.flow.order.get(block).copied().unwrap_or(usize::MAX);
                round.queue.insert((order, node));
                node
            }
        };
        let sigma = sigma.into_iter().map(|(x, e)| (convert::var(x), e)).collect();
        Ok(Edge::To(node, sigma, proofs.into_iter().collect()))
    }

    // Terminators.

    /// Proves goals, and says which one is not proved.
    fn goals(
        &mut self,
        env: &Env,
        goals: &List<checker::Fml>,
        cause: impl Fn(usize) -> Cause,
    ) -> Step<List<checker::Proof>> {
        if !self.goals {
            return Ok(List::new());
        }
        let mut proofs = Vec::new();
        for (number, goal) in goals.iter().enumerate() {
            let goal = convert::own_fml(goal);
            match self.prove(env, &goal) {
                Some(proof) => proofs.push(convert::proof(&proof)),
                None => return Err(Stop::Fail(At::End, cause(number), Some(goal))),
            }
        }
        Ok(proofs.into_iter().collect())
    }

    /// An edge, unless control does not come there.
    fn case(&mut self, round: &mut Round, node: usize, env: &Env, block: usize) -> Step<Edge> {
        match self.absurd(env) {
            Some(proof) => Ok(Edge::Never(convert::proof(&proof))),
            None => self.target(round, Some(node), env, block),
        }
    }

    fn switch(
        &mut self,
        round: &mut Round,
        node: usize,
        env: &Env,
        on: &Operand,
        targets: &List<(crate::checker::Z, usize)>,
        otherwise: Option<usize>,
    ) -> Step<TermCert> {
        let p = self.task.program;
        let v = checker::eval_operand(p, &self.body, env, on).map_err(refused(At::End))?;
        let mut env = env.clone();
        let mut edges = Vec::new();
        for (z, block) in targets {
            let Some((yes, no)) = checker::case_facts(&v, z) else {
                return Err(refused(At::End)(Code::NotValue));
            };
            edges.push(self.case(round, node, &checker::add_fact(&yes, &env), *block)?);
            env = checker::add_fact(&no, &env);
        }
        let rest = match otherwise {
            Some(block) => self.case(round, node, &env, block)?,
            None => match self.absurd(&env) {
                Some(proof) => Edge::Never(convert::proof(&proof)),
                None => return Err(Stop::Fail(At::End, Cause::Reached, None)),
            },
        };
        Ok(TermCert::Switch(edges.into_iter().collect(), rest))
    }

    /// Names for the results of a call, which occur nowhere yet.
    fn new_names(
        &self,
        env: &Env,
        block: usize,
        outs: &List<Positive>,
    ) -> List<(Positive, Positive)> {
        let taken: BTreeSet<Var> =
            checker::env_vars(env).iter().map(convert::own_var).chain(self.ins.clone()).collect();
        let base = CALLS + (block as Var) * 100;
        let names = outs.iter().enumerate().map(|(number, y)| {
            let mut x = base + number as Var;
            while taken.contains(&x) {
                x += AGAIN;
            }
            (y.clone(), convert::var(x))
        });
        names.collect()
    }

    #[allow(clippy::too_many_arguments, reason = "they are a call's")]
    fn call(
        &mut self,
        round: &mut Round,
        node: usize,
        env: &Env,
        to: &checker::Place,
        callee: usize,
        args: &List<Operand>,
        back: usize,
        unwind: &Unwind,
    ) -> Step<TermCert> {
        let p = self.task.program;
        let Some(theirs) = (self.task.sigs)(callee) else {
            return Err(refused(At::End)(Code::NoSignature));
        };
        if theirs.params.len() != args.len() {
            return Err(refused(At::End)(Code::Mismatch));
        }
        let mut sigma: Vec<(Positive, checker::Exp)> = Vec::new();
        for (param, arg) in theirs.params.iter().zip(args) {
            let v = checker::eval_operand(p, &self.body, env, arg).map_err(refused(At::End))?;
            let (sym, x) = match (param, &v) {
                (Param::Val(_, x), _) => (v, x),
                (Param::Mut(_, x, _) | Param::Shr(_, x), Sym::Ptr(cell)) => {
                    match env.cells.get(*cell) {
                        Some(sym) => (sym.clone(), x),
                        None => return Err(refused(At::End)(Code::NoPlace)),
                    }
                }
                _ => return Err(refused(At::End)(Code::NotValue)),
            };
            sigma.push((x.clone(), Self::index(env, &sym)?));
        }
        let sigma: List<_> = sigma.into_iter().collect();
        let block = round.nodes[node].block;
        let new = self.new_names(env, block, &checker::outs(&theirs));
        let tau = checker::new_names(&new);
        let requires =
            theirs.requires.iter().map(|f| checker::fml_subst(&sigma, f)).collect::<List<_>>();
        let proofs = self.goals(env, &requires, |clause| Cause::Requires { callee, clause })?;
        let (after, unwound) = checker::check_args(
            p,
            &self.body,
            &self.sig,
            &sigma,
            &tau,
            env,
            &env.cells,
            &env.cells,
            &List::new(),
            &theirs.params,
            args,
        )
        .map_err(refused(At::End))?;
        if checker::unwinds(&self.task.mode)
            && !checker::unwind_ok(p, &self.body, &self.sig, &unwound, unwind)
        {
            return Err(refused(At::End)(Code::MayUnwind));
        }
        let env = Env { cells: after, facts: env.facts.clone() };
        let env = checker::set_result(p, &self.body, &self.sig, &env, to, &theirs.result, &tau)
            .map_err(refused(At::End))?;
        let both: List<_> = tau.iter().chain(sigma.iter()).cloned().collect();
        let promised = theirs.ensures.iter().map(|f| checker::fml_subst(&both, f));
        let facts = promised.chain(env.facts.iter().cloned()).collect();
        let env = Env { cells: env.cells, facts };
        let edge = self.case(round, node, &env, back)?;
        Ok(TermCert::Call(sigma, new, proofs, edge))
    }

    fn end(&mut self, env: &Env) -> Step<TermCert> {
        let p = self.task.program;
        let mut sigma: Vec<(Positive, checker::Exp)> = Vec::new();
        if let SigResult::Val(_, r) = &self.sig.result {
            let sym = env.cells.get(1).cloned().unwrap_or(Sym::Any);
            sigma.push((r.clone(), Self::index(env, &sym)?));
        }
        let mut cell = self.size;
        for param in &self.sig.params {
            match param {
                Param::Val(..) => {}
                Param::Mut(_, _, y) => {
                    let sym = env.cells.get(cell).cloned().unwrap_or(Sym::Any);
                    sigma.push((y.clone(), Self::index(env, &sym)?));
                    cell += 1;
                }
                Param::Shr(..) => cell += 1,
            }
        }
        let sigma: List<_> = sigma.into_iter().collect();
        let goals =
            self.sig.ensures.iter().map(|f| checker::fml_subst(&sigma, f)).collect::<List<_>>();
        let proofs = self.goals(env, &goals, |clause| Cause::Ensures { clause })?;
        if self.goals {
            checker::check_return(p, &self.body, &self.sig, env, &sigma, &proofs)
                .map_err(|fault| refused(At::End)(fault.code))?;
        }
        Ok(TermCert::Return(sigma, proofs))
    }

    fn try_term(
        &mut self,
        round: &mut Round,
        node: usize,
        env: &Env,
        term: &Terminator,
    ) -> Step<TermCert> {
        let p = self.task.program;
        match term {
            Terminator::Goto(to) => Ok(TermCert::Goto(self.target(round, Some(node), env, *to)?)),
            Terminator::SwitchInt(on, targets, otherwise) => {
                self.switch(round, node, env, on, targets, *otherwise)
            }
            Terminator::Assert(on, expected, to, unwind) => {
                let f = checker::eval_bool(p, &self.body, env, on).map_err(refused(At::End))?;
                let ok = if *expected { f } else { checker::neg(&f) };
                let goals = checker::assert_goals(&self.task.mode, &ok);
                let proofs = self.goals(env, &goals, |_| Cause::Assert)?;
                if checker::unwinds(&self.task.mode)
                    && !checker::unwind_ok(p, &self.body, &self.sig, &env.cells, unwind)
                {
                    return Err(refused(At::End)(Code::MayUnwind));
                }
                let env = checker::add_fact(&ok, env);
                Ok(TermCert::Assert(proofs, self.case(round, node, &env, *to)?))
            }
            Terminator::Call(to, Callee::Fn(f, targs), args, Some(back), unwind)
                if targs.is_empty() =>
            {
                self.call(round, node, env, to, *f, args, *back, unwind)
            }
            Terminator::Return => self.end(env),
            Terminator::Unreachable => Err(Stop::Fail(At::End, Cause::Reached, None)),
            Terminator::Call(..)
            | Terminator::Drop(..)
            | Terminator::Resume
            | Terminator::Terminate => Err(refused(At::End)(Code::Unsupported)),
        }
    }

    /// How a block ends. What cannot be shown is noted; the round ends where the nodes
    /// are no longer what they were.
    fn term(
        &mut self,
        round: &mut Round,
        node: usize,
        env: &Env,
        term: &Terminator,
        splits: usize,
    ) -> Option<TermCert> {
        let stop = match self.try_term(round, node, env, term) {
            Ok(cert) => return Some(cert),
            Err(stop) => stop,
        };
        let (at, cause, goal) = match stop {
            Stop::Again => return None,
            Stop::Split(f) if splits > 0 => {
                let mut side = |f: &checker::Fml| {
                    let env = checker::add_fact(f, env);
                    match self.absurd(&env) {
                        Some(proof) => Some(TermCert::Never(convert::proof(&proof))),
                        None => self.term(round, node, &env, term, splits - 1),
                    }
                };
                let yes = side(&f)?;
                let no = side(&checker::neg(&f))?;
                return Some(TermCert::Split(f, Arc::new(yes), Arc::new(no)));
            }
            Stop::Split(f) => (At::End, Cause::GivenUp, Some(convert::own_fml(&f))),
            Stop::Fail(at, cause, goal) => (at, cause, goal),
        };
        match self.absurd(env) {
            Some(proof) => return Some(TermCert::Never(convert::proof(&proof))),
            None => self.fail(round, node, at, cause, goal),
        }
        Some(TermCert::Never(no_proof()))
    }

    fn fail(&self, round: &mut Round, node: usize, at: At, cause: Cause, goal: Option<Fml>) {
        let block = round.nodes[node].block;
        let mut path = Vec::new();
        let mut next = Some(node);
        while let Some(node) = next {
            path.push(round.nodes[node].block);
            next = round.nodes[node].parent.filter(|_| path.len() < NODES);
        }
        path.reverse();
        round.failures.push(Failure { block, at, cause, goal, path });
    }

    // Rounds.

    fn visit(&mut self, round: &mut Round, node: usize) -> Option<()> {
        if let Some(key) = &round.nodes[node].merge {
            let merge = self.merges.get(key)?;
            round.nodes[node].env = Env {
                cells: merge.cells.iter().cloned().collect(),
                facts: merge.facts.iter().map(convert::fml).collect(),
            };
        }
        // It is on the way to what follows: an edge back to it comes from inside.
        round.nodes[node].term = Some(TermCert::Never(no_proof()));
        let env = round.nodes[node].env.clone();
        let start = Env { facts: checker::known(&env), cells: env.cells };
        let block = round.nodes[node].block;
        let (statements, term) = self.blocks.get(block)?.clone();
        let statements: List<Stmt> = statements.into_iter().collect();
        let p = self.task.program;
        match checker::execs(p, &self.body, &self.sig, &0, &start, &statements) {
            Ok(env) => {
                let cert = self.term(round, node, &env, &term, SPLITS)?;
                round.nodes[node].term = Some(cert);
            }
            Err(fault) => {
                let at = match fault.at {
                    checker::AtPart::Stmt(number) => At::Stmt(number),
                    _ => At::End,
                };
                self.fail(round, node, at, Cause::Refused(fault.code), None);
            }
        }
        Some(())
    }

    fn round(&mut self) -> Option<(Round, Edge)> {
        let p = self.task.program;
        let mut round = Round::default();
        let env = checker::entry_env(p, &self.body, &self.sig);
        // What is demanded may contradict itself.
        if let Some(proof) = self.absurd(&env) {
            return Some((round, Edge::Never(convert::proof(&proof))));
        }
        let entry = match self.target(&mut round, None, &env, 0) {
            Ok(edge) => edge,
            // At the entry a boolean has its own index, and nothing else can be split.
            Err(_) => return None,
        };
        while let Some((_, node)) = round.queue.pop_first() {
            if round.nodes.len() > NODES || self.asked > FORMULAS {
                return None;
            }
            self.visit(&mut round, node)?;
        }
        Some((round, entry))
    }

    /// Adds what the steps of loops suggest.
    fn add_steps(&mut self, round: &Round) -> bool {
        let mut added = false;
        for (key, edges) in &round.edges {
            let Some(merge) = self.merges.get_mut(key) else { continue };
            if std::mem::replace(&mut merge.stepped, true) {
                continue;
            }
            let Some((_, outside)) = edges.iter().find(|(inside, _)| !inside) else { continue };
            let inside: Vec<Box<dyn Fn(Var) -> Option<Exp> + '_>> = edges
                .iter()
                .filter(|(inside, _)| *inside)
                .map(|(_, sigma)| {
                    Box::new(move |x: Var| sigma.get(&x).cloned())
                        as Box<dyn Fn(Var) -> Option<Exp> + '_>
                })
                .collect();
            let own: BTreeSet<Var> = merge.ints.iter().copied().collect();
            let found = candidates::steps(
                &merge.ints,
                &|x| outside.get(&x).filter(|e| exp_vars(e).is_disjoint(&own)).cloned(),
                &inside,
            );
            for f in found {
                if !merge.facts.contains(&f) {
                    merge.facts.push(f);
                    added = true;
                }
            }
        }
        added
    }

    /// Leaves out what the others say already.
    fn prune(&mut self) {
        for merge in self.merges.values_mut() {
            let ranges: Vec<Fml> = checker::ranges(&merge.cells.iter().cloned().collect())
                .iter()
                .map(convert::own_fml)
                .collect();
            let mut place = merge.facts.len();
            while place > 0 {
                place -= 1;
                let f = merge.facts.remove(place);
                let others: Vec<Fml> = ranges.iter().chain(&merge.facts).cloned().collect();
                if super::arith::implied(&others, &f) {
                    continue;
                }
                merge.facts.insert(place, f);
            }
        }
    }

    fn given_up() -> Vec<Failure> {
        vec![Failure {
            block: 0,
            at: At::Entry,
            cause: Cause::GivenUp,
            goal: None,
            path: Vec::new(),
        }]
    }

    fn run(&mut self) -> Result<Cert, Vec<Failure>> {
        let mut pruned = false;
        for _ in 0..ROUNDS {
            self.changed = false;
            let done = self.round();
            if self.asked > FORMULAS {
                break;
            }
            if self.changed {
                self.goals = false;
                continue;
            }
            let Some((round, entry)) = done else { return Err(Self::given_up()) };
            if !self.goals {
                if self.add_steps(&round) {
                    continue;
                }
                if !std::mem::replace(&mut pruned, true) {
                    self.prune();
                }
                self.goals = true;
                continue;
            }
            if !round.failures.is_empty() {
                return Err(round.failures);
            }
            let nodes = round.nodes.into_iter().map(|node| Node {
                block: node.block,
                env: node.env,
                term: node.term.unwrap_or_else(|| TermCert::Never(no_proof())),
            });
            return Ok(Cert { entry, nodes: nodes.collect() });
        }
        Err(Self::given_up())
    }
}

/// Searches a certificate of a function.
///
/// # Errors
///
/// Which goals could not be shown.
pub fn find(task: &Task<'_>, function: usize, sig: &Sig) -> Result<Cert, Vec<Failure>> {
    let Some(body) = task.program.fns.get(function) else { return Err(Finder::given_up()) };
    let body = checker::body_subst(&List::new(), body);
    if !checker::sig_ok(sig) || !checker::frame_ok(task.program, &body, sig) {
        return Err(vec![Failure {
            block: 0,
            at: At::Entry,
            cause: Cause::Refused(Code::Mismatch),
            goal: None,
            path: Vec::new(),
        }]);
    }
    // Whatever the program is, this ends.
    let sigs: Vec<Option<Sig>> = (0..task.program.fns.len()).map(task.sigs).collect();
    let (program, instances, mode) = (task.program, task.instances, task.mode);
    let run = || {
        let sigs = |f: usize| sigs.get(f).cloned().flatten();
        let task = Task { program, instances, sigs: &sigs, mode };
        runtime::with_limits(STEPS, STACK_USED, || Finder::new(&task, &body, sig).run())
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(Ok(found))) => found,
            Ok(Err(cause)) => std::panic::resume_unwind(cause),
            Ok(Ok(Err(_))) | Err(_) => Err(Finder::given_up()),
        }
    })
}
