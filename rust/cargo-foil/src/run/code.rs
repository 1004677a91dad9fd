//! A program of λRust that the machine runs: variables by their distance, functions shared,
//! and at each node where in the translated program it comes from.

use super::evaluator::{Program as Evaluator, Value};
use std::collections::HashMap;
use tally_mir::model::Program;

/// The number of an expression.
pub(crate) type Node = u32;

/// An integer type: how many bits, and whether it has a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IntType {
    pub(crate) bits: u32,
    pub(crate) signed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arith {
    Add,
    Sub,
    Mul,
    Quot,
    Rem,
    And,
    Or,
    Xor,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BinOp {
    Arith(Arith),
    Wrap(IntType, Arith),
    Overflow(IntType, Arith),
    Unchecked(IntType, Arith),
    Le,
    Lt,
    Eq,
    Offset,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Sc,
    Na1,
    Na2,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CasMode {
    Strong,
    Weak,
    Fetch,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Const {
    Poison,
    Int(i128),
    Loc(u32, i64),
    /// A function without free variables.
    Fun(u32),
}

#[derive(Clone, Debug)]
pub(crate) enum Expr {
    Const(Const),
    Var(u32),
    Unbound,
    Fun(u32),
    App(Node, Box<[Node]>),
    Not(Node),
    Cast(IntType, Node),
    Bin(BinOp, Node, Node),
    Case(Node, Box<[Node]>),
    Fork(Node),
    Abort,
    Alloc(Node),
    Free(Node, Node),
    Read(Order, Node),
    Write(Order, Node, Node),
    Cas(CasMode, Node, Node, Node),
    Faa(IntType, Node, Node),
}

/// A function: whether it can call itself by name, which parameters have names, the body.
#[derive(Clone, Debug)]
pub(crate) struct Fun {
    pub(crate) recursive: bool,
    pub(crate) params: Box<[bool]>,
    pub(crate) body: Node,
}

/// What an instance is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Instance {
    /// The function with this number.
    Fn(usize),
    /// The drop glue of a type, of the struct or enum with this number.
    Glue(Option<usize>),
    /// The call of a closure.
    Call,
}

/// Where in the translated program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The number of the instance.
    pub instance: u32,
    /// The block; none where the function is entered.
    pub block: Option<u32>,
    /// The statement; the terminator comes after the last.
    pub statement: u32,
}

/// What a function of the model of the library says to the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hint {
    /// The thread lets others go on.
    Wait,
    /// It cannot go on before the cell that it has just read is another.
    Block,
    /// The program ends with this code.
    Exit,
}

impl Hint {
    /// That of the function with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "spin_loop" | "spin_loop_hint" | "yield_now" | "sleep" => Some(Self::Wait),
            "blocked" => Some(Self::Block),
            "exit" => Some(Self::Exit),
            _ => None,
        }
    }
}

/// The number of a place; 0 is none.
pub(crate) type Label = u32;

#[derive(Debug, Default)]
pub(crate) struct Code {
    pub(crate) exprs: Vec<Expr>,
    pub(crate) labels: Vec<Label>,
    pub(crate) funs: Vec<Fun>,
    pub(crate) places: Vec<Place>,
    pub(crate) instances: Vec<Instance>,
    pub(crate) start: Node,
    /// Which instance a function is, of those that are one.
    pub(crate) instance_of: HashMap<u32, u32>,
    /// What functions of the model of the library say.
    pub(crate) hints: HashMap<u32, Hint>,
    /// What a call gives that unwinds.
    pub(crate) unwinds: u32,
    /// Calls with two ends, of functions of the program.
    pub(crate) calls: Vec<bool>,
}

struct Converter<'a> {
    evaluator: &'a Evaluator,
    program: &'a Program,
    code: Code,
    scope: Vec<String>,
    /// Functions that are values: they are closed, and occur often.
    known: HashMap<(usize, Label), u32>,
    label: Label,
    /// The instance whose table entry is converted, and whether its blocks come.
    instance: Option<usize>,
}

type Res<T> = Result<T, String>;

impl<'a> Converter<'a> {
    fn parts(&self, value: &'a Value) -> Res<(&'a str, &'a [Value])> {
        match value {
            Value::Data(ctor, args) => Ok((self.evaluator.ctor_name(*ctor), args)),
            Value::Plain(ctor) => Ok((self.evaluator.ctor_name(*ctor), &[])),
            _ => Err("a value that is no data".to_owned()),
        }
    }

    fn wrong<T>(&self, what: &str) -> Res<T> {
        Err(format!("the compiled program has {what}"))
    }

    fn list(&self, mut value: &'a Value) -> Res<Vec<&'a Value>> {
        let mut items = Vec::new();
        loop {
            match self.parts(value)? {
                ("Nil", []) => return Ok(items),
                ("Cons", [first, rest]) => {
                    items.push(first);
                    value = rest;
                }
                _ => return self.wrong("no list"),
            }
        }
    }

    fn text(&self, mut value: &'a Value) -> Res<String> {
        let mut text = String::new();
        loop {
            match self.parts(value)? {
                ("EmptyString", []) => return Ok(text),
                ("String", [first, rest]) => {
                    let (_, bits) = self.parts(first)?;
                    let mut code = 0u8;
                    for (place, bit) in bits.iter().enumerate().take(8) {
                        if self.parts(bit)?.0 == "True" {
                            code |= 1 << place;
                        }
                    }
                    text.push(char::from(code));
                    value = rest;
                }
                _ => return self.wrong("no text"),
            }
        }
    }

    fn positive(&self, mut value: &'a Value) -> Res<u128> {
        let (mut number, mut bit) = (0u128, 0u32);
        loop {
            if bit > 126 {
                return Err("a number of more than 127 bits".to_owned());
            }
            match self.parts(value)? {
                ("XH", []) => return Ok(number | 1 << bit),
                ("XO", [rest]) => value = rest,
                ("XI", [rest]) => {
                    number |= 1 << bit;
                    value = rest;
                }
                _ => return self.wrong("no number"),
            }
            bit += 1;
        }
    }

    fn integer(&self, value: &'a Value) -> Res<i128> {
        match self.parts(value)? {
            ("Z0", []) => Ok(0),
            ("Zpos", [of]) => Ok(self.positive(of)? as i128),
            ("Zneg", [of]) => Ok(-(self.positive(of)? as i128)),
            _ => self.wrong("no integer"),
        }
    }

    fn int_type(&self, value: &'a Value) -> Res<IntType> {
        let ("IntType", [width, signed]) = self.parts(value)? else {
            return self.wrong("no integer type");
        };
        let bits = match self.parts(width)?.0 {
            "W8" => 8,
            "W16" => 16,
            "W32" => 32,
            "W128" => 128,
            _ => 64,
        };
        Ok(IntType { bits, signed: self.parts(signed)?.0 == "True" })
    }

    fn arith(&self, value: &'a Value) -> Res<Arith> {
        Ok(match self.parts(value)?.0 {
            "AddOp" => Arith::Add,
            "SubOp" => Arith::Sub,
            "MulOp" => Arith::Mul,
            "QuotOp" => Arith::Quot,
            "RemOp" => Arith::Rem,
            "AndOp" => Arith::And,
            "OrOp" => Arith::Or,
            "XorOp" => Arith::Xor,
            _ => return self.wrong("an unknown operation"),
        })
    }

    fn bin_op(&self, value: &'a Value) -> Res<BinOp> {
        Ok(match self.parts(value)? {
            ("ArithOp", [op]) => BinOp::Arith(self.arith(op)?),
            ("WrapOp", [ty, op]) => BinOp::Wrap(self.int_type(ty)?, self.arith(op)?),
            ("OverflowOp", [ty, op]) => BinOp::Overflow(self.int_type(ty)?, self.arith(op)?),
            ("UncheckedOp", [ty, op]) => BinOp::Unchecked(self.int_type(ty)?, self.arith(op)?),
            ("LeOp", _) => BinOp::Le,
            ("LtOp", _) => BinOp::Lt,
            ("EqOp", _) => BinOp::Eq,
            ("OffsetOp", _) => BinOp::Offset,
            _ => return self.wrong("an unknown operation"),
        })
    }

    fn order(&self, value: &'a Value) -> Res<Order> {
        Ok(match self.parts(value)?.0 {
            "ScOrd" => Order::Sc,
            "Na1Ord" => Order::Na1,
            _ => Order::Na2,
        })
    }

    fn push(&mut self, expr: Expr) -> Res<Node> {
        let number = Node::try_from(self.code.exprs.len())
            .map_err(|_| "the compiled program is too large".to_owned())?;
        self.code.exprs.push(expr);
        self.code.labels.push(self.label);
        self.code.calls.push(false);
        Ok(number)
    }

    fn nodes(&mut self, value: &'a Value) -> Res<Box<[Node]>> {
        self.list(value)?.into_iter().map(|item| self.expr(item)).collect()
    }

    fn place(&mut self, block: Option<u32>, statement: u32) -> Label {
        let Some(instance) = self.instance else { return 0 };
        let place = Place { instance: instance as u32, block, statement };
        if self.code.places.last() != Some(&place) {
            self.code.places.push(place);
        }
        (self.code.places.len() - 1) as Label
    }

    fn binder(&self, value: &'a Value) -> Res<Option<String>> {
        match self.parts(value)? {
            ("BAnon", []) => Ok(None),
            ("BNamed", [name]) => Ok(Some(self.text(name)?)),
            _ => self.wrong("no binder"),
        }
    }

    fn fun(&mut self, name: &'a Value, params: &'a Value, body: &'a Value) -> Res<u32> {
        let before = self.scope.len();
        let name = self.binder(name)?;
        let params = self.list(params)?;
        let params = params.into_iter().map(|of| self.binder(of)).collect::<Res<Vec<_>>>()?;
        let recursive = name.is_some();
        let named: Box<[bool]> = params.iter().map(Option::is_some).collect();
        let is_table = self.instance.is_none()
            && params.len() == 1
            && params[0].as_deref() == Some("f")
            && !self.code.instances.is_empty();
        let is_blocks = self.instance.is_some() && name.as_deref() == Some("go");
        self.scope.extend(name);
        self.scope.extend(params.into_iter().flatten());
        let body = if is_table {
            self.table(body)?
        } else if is_blocks {
            self.blocks(body)?
        } else {
            self.expr(body)?
        };
        self.scope.truncate(before);
        self.code.funs.push(Fun { recursive, params: named, body });
        Ok((self.code.funs.len() - 1) as u32)
    }

    /// The table of instances: a function each.
    fn table(&mut self, body: &'a Value) -> Res<Node> {
        let ("Case", [of, branches]) = self.parts(body)? else { return self.expr(body) };
        let of = self.expr(of)?;
        let mut nodes = Vec::new();
        for (instance, branch) in self.list(branches)?.into_iter().enumerate() {
            self.instance = Some(instance);
            self.label = self.place(None, 0);
            let node = self.expr(branch)?;
            nodes.push(node);
            if let Expr::Const(Const::Fun(fun)) = self.code.exprs[node as usize] {
                self.code.instance_of.insert(fun, instance as u32);
            }
            self.instance = None;
            self.label = 0;
        }
        self.push(Expr::Case(of, nodes.into()))
    }

    /// The blocks of a body: their statements one after the other, and the terminator.
    fn blocks(&mut self, body: &'a Value) -> Res<Node> {
        let ("Case", [of, branches]) = self.parts(body)? else { return self.expr(body) };
        let outside = self.label;
        let of = self.expr(of)?;
        let function = self.instance.and_then(|at| match self.code.instances.get(at) {
            Some(Instance::Fn(function)) => self.program.functions.get(*function),
            _ => None,
        });
        let mut nodes = Vec::new();
        for (block, branch) in self.list(branches)?.into_iter().enumerate() {
            let statements =
                function.and_then(|f| f.body.blocks.get(block)).map_or(0, |block| block.0.len());
            nodes.push(self.statements(branch, block as u32, 0, statements)?);
        }
        self.label = outside;
        self.push(Expr::Case(of, nodes.into()))
    }

    fn statements(&mut self, code: &'a Value, block: u32, at: usize, count: usize) -> Res<Node> {
        self.label = self.place(Some(block), at as u32);
        if at == count {
            return self.expr(code);
        }
        let label = self.label;
        let ("App", [function, args]) = self.parts(code)? else {
            return self.wrong("a block of another form");
        };
        let ("Rec", [name, params, rest]) = self.parts(function)? else {
            return self.wrong("a block of another form");
        };
        let args = self.nodes(args)?;
        let before = self.scope.len();
        let (name, params) = (self.binder(name)?, self.list(params)?);
        if name.is_some() || params.len() != 1 || self.binder(params[0])?.is_some() {
            return self.wrong("a block of another form");
        }
        let body = self.statements(rest, block, at + 1, count)?;
        self.scope.truncate(before);
        self.label = label;
        self.code.funs.push(Fun { recursive: false, params: [false].into(), body });
        let function = self.push(Expr::Fun((self.code.funs.len() - 1) as u32))?;
        self.push(Expr::App(function, args))
    }

    /// Whether these are the two ends of a call.
    fn two_ends(&self, args: &[&'a Value]) -> Res<bool> {
        let [returned, unwound] = args else { return Ok(false) };
        let (("Rec", [_, one, _]), ("Rec", [_, none, _])) =
            (self.parts(returned)?, self.parts(unwound)?)
        else {
            return Ok(false);
        };
        Ok(self.list(one)?.len() == 1 && self.list(none)?.is_empty())
    }

    fn value(&mut self, value: &'a Value) -> Res<Const> {
        match self.parts(value)? {
            ("LitV", [literal]) => match self.parts(literal)? {
                ("LitPoison", []) => Ok(Const::Poison),
                ("LitInt", [of]) => Ok(Const::Int(self.integer(of)?)),
                ("LitLoc", [location]) => {
                    let ("Loc", [block, offset]) = self.parts(location)? else {
                        return self.wrong("no location");
                    };
                    let block = u32::try_from(self.positive(block)?).unwrap_or(u32::MAX);
                    let offset = i64::try_from(self.integer(offset)?).unwrap_or(i64::MAX);
                    Ok(Const::Loc(block, offset))
                }
                _ => self.wrong("an unknown literal"),
            },
            ("RecV", [name, params, body]) => {
                // A function that the table holds stands there only.
                let here = (std::ptr::from_ref(value).addr(), 0);
                let key = match value {
                    Value::Data(_, args) => (args.as_ptr().addr(), self.label),
                    _ => here,
                };
                if let Some(known) = self.known.get(&key) {
                    return Ok(Const::Fun(*known));
                }
                let scope = std::mem::take(&mut self.scope);
                let fun = self.fun(name, params, body)?;
                self.scope = scope;
                self.known.insert(key, fun);
                Ok(Const::Fun(fun))
            }
            _ => self.wrong("an unknown value"),
        }
    }

    fn expr(&mut self, value: &'a Value) -> Res<Node> {
        let (name, args) = self.parts(value)?;
        let expr = match (name, args) {
            ("Val", [of]) => Expr::Const(self.value(of)?),
            ("Var", [name]) => {
                let name = self.text(name)?;
                match self.scope.iter().rev().position(|known| *known == name) {
                    Some(place) => Expr::Var(place as u32),
                    None => Expr::Unbound,
                }
            }
            ("Rec", [name, params, body]) => Expr::Fun(self.fun(name, params, body)?),
            ("App", [function, args]) => {
                let call = self.two_ends(&self.list(args)?)?;
                let function = self.expr(function)?;
                let args = self.nodes(args)?;
                let node = self.push(Expr::App(function, args))?;
                self.code.calls[node as usize] = call;
                return Ok(node);
            }
            ("UnOp", [op, of]) => match self.parts(op)? {
                ("NegOp", []) => Expr::Not(self.expr(of)?),
                ("CastOp", [ty]) => Expr::Cast(self.int_type(ty)?, self.expr(of)?),
                _ => return self.wrong("an unknown operation"),
            },
            ("BinOp", [op, left, right]) => {
                Expr::Bin(self.bin_op(op)?, self.expr(left)?, self.expr(right)?)
            }
            ("Case", [of, branches]) => Expr::Case(self.expr(of)?, self.nodes(branches)?),
            ("Fork", [of]) => Expr::Fork(self.expr(of)?),
            ("Abort", []) => Expr::Abort,
            ("Alloc", [of]) => Expr::Alloc(self.expr(of)?),
            ("Free", [size, of]) => Expr::Free(self.expr(size)?, self.expr(of)?),
            ("Read", [order, of]) => Expr::Read(self.order(order)?, self.expr(of)?),
            ("Write", [order, to, of]) => {
                Expr::Write(self.order(order)?, self.expr(to)?, self.expr(of)?)
            }
            ("Cas", [mode, of, old, new]) => {
                let mode = match self.parts(mode)?.0 {
                    "CasStrong" => CasMode::Strong,
                    "CasWeak" => CasMode::Weak,
                    _ => CasMode::Fetch,
                };
                Expr::Cas(mode, self.expr(of)?, self.expr(old)?, self.expr(new)?)
            }
            ("Faa", [ty, of, by]) => Expr::Faa(self.int_type(ty)?, self.expr(of)?, self.expr(by)?),
            _ => return self.wrong("an unknown expression"),
        };
        self.push(expr)
    }

    fn instances(&self, value: &'a Value) -> Res<Vec<Instance>> {
        let mut found = Vec::new();
        for item in self.list(value)? {
            found.push(match self.parts(item)? {
                ("IFn", [Value::Nat(number), _]) => Instance::Fn(*number as usize),
                ("IGlue", [ty]) => match self.parts(ty)? {
                    ("TAdt", [Value::Nat(number), _]) => Instance::Glue(Some(*number as usize)),
                    _ => Instance::Glue(None),
                },
                _ => Instance::Call,
            });
        }
        Ok(found)
    }
}

impl Code {
    /// Whether the place is where a function is entered: its locals are allocated there.
    pub(crate) fn is_entry(&self, label: Label) -> bool {
        let place = self.places[label as usize];
        place.block.is_none()
            && matches!(self.instances.get(place.instance as usize), Some(Instance::Fn(_)))
    }

    /// The code of what `scenario_program` gives.
    pub(crate) fn new(evaluator: &Evaluator, program: &Program, pair: &Value) -> Res<Self> {
        let code = Self {
            places: vec![Place { instance: u32::MAX, block: None, statement: 0 }],
            ..Self::default()
        };
        let mut converter = Converter {
            evaluator,
            program,
            code,
            scope: Vec::new(),
            known: HashMap::new(),
            label: 0,
            instance: None,
        };
        let ("Pair", [instances, expr]) = converter.parts(pair)? else {
            return converter.wrong("no instances");
        };
        converter.code.instances = converter.instances(instances)?;
        let start = converter.expr(expr)?;
        converter.code.start = start;
        // `λ ret unw, unw []`, as `unw_val` in `theories/mir/value.v`.
        let unwind = converter.push(Expr::Var(0))?;
        let body = converter.push(Expr::App(unwind, Box::new([])))?;
        let unwinds = Fun { recursive: false, params: [true, true].into(), body };
        converter.code.funs.push(unwinds);
        converter.code.unwinds = (converter.code.funs.len() - 1) as u32;
        Ok(converter.code)
    }
}
