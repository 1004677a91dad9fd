//! Evaluates what the prover extracts: untyped terms of a functional language, by value.
//!
//! The program is a text that `cargo xtask codegen` writes. Data are constructors with
//! arguments, as Coq has them; only natural numbers are numbers of the machine, by way of
//! their two constructors, and nothing else is replaced.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Why there is no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The text is no program.
    #[error("the evaluator's program is damaged: {0}")]
    Text(String),
    /// A term does what no term of the prover does.
    #[error("the evaluator's program goes wrong: {0}")]
    Wrong(&'static str),
    /// The terms call each other too deeply.
    #[error("the program is too large to be compiled: calls nest too deeply")]
    Deep,
}

/// A constructor, by its number in [`Program`].
pub type Ctor = u32;

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// A constructor with arguments.
    Data(Ctor, Rc<[Value]>),
    /// A constructor without.
    Plain(Ctor),
    /// A natural number.
    Nat(u64),
    /// A function.
    Function(Rc<Closure>),
    /// What nobody looks at.
    Dummy,
}

/// A function, and the arguments that it already has.
#[derive(Clone, Debug)]
pub struct Closure {
    kind: Callee,
    args: Vec<Value>,
}

#[derive(Clone, Debug)]
enum Callee {
    Lambda { arity: usize, body: Node, env: Env },
    Fix { group: Rc<(Vec<Node>, Env)>, at: usize },
}

type Node = u32;

#[derive(Clone, Debug)]
enum Code {
    Var(usize),
    Global(usize),
    Lambda(usize, Node),
    Apply(Node, Vec<Node>),
    Const(Value),
    Succ(u64, Node),
    Ctor(Ctor, Vec<Node>),
    Case(Node, Vec<(Pattern, Node)>),
    Let(Node, Node),
    Fix(Vec<Node>, usize),
}

#[derive(Clone, Copy, Debug)]
enum Pattern {
    Ctor(Ctor, usize),
    Zero,
    Succ,
    Any,
    Bound,
}

/// The values of variables, the innermost first.
#[derive(Clone, Debug, Default)]
struct Env(Option<Rc<(Value, Env)>>);

impl Env {
    fn with(self, value: Value) -> Self {
        Self(Some(Rc::new((value, self))))
    }

    fn get(&self, mut place: usize) -> Option<&Value> {
        let mut env = self;
        loop {
            let node = env.0.as_ref()?;
            if place == 0 {
                return Some(&node.0);
            }
            place -= 1;
            env = &node.1;
        }
    }
}

impl Drop for Env {
    // Not by recursion: environments can be long.
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(node) = next {
            match Rc::try_unwrap(node) {
                Ok((_, mut env)) => next = env.0.take(),
                Err(_) => break,
            }
        }
    }
}

/// How deep calls may nest: what a stack of [`STACK`] holds.
const DEPTH: usize = 200_000;
/// The stack that an evaluation wants.
pub const STACK: usize = 1 << 30;

/// A program of global definitions.
pub struct Program {
    code: Vec<Code>,
    globals: Vec<(Node, OnceCell<Value>)>,
    names: HashMap<String, usize>,
    ctors: Vec<String>,
    ctor_numbers: HashMap<String, Ctor>,
}

struct Reader<'a> {
    words: std::str::SplitAsciiWhitespace<'a>,
    program: Program,
}

impl Reader<'_> {
    fn word(&mut self) -> Result<&str, Error> {
        self.words.next().ok_or_else(|| Error::Text("it ends early".to_owned()))
    }

    fn number(&mut self) -> Result<usize, Error> {
        let word = self.word()?;
        word.parse().map_err(|_| Error::Text(format!("{word} is no number")))
    }

    fn ctor(&mut self) -> Result<Ctor, Error> {
        let name = self.word()?.to_owned();
        Ok(self.program.ctor(&name))
    }

    fn global(&mut self) -> Result<usize, Error> {
        let name = self.word()?.to_owned();
        Ok(self.program.global(&name))
    }

    fn nodes(&mut self, count: usize) -> Result<Vec<Node>, Error> {
        (0..count).map(|_| self.node()).collect()
    }

    fn node(&mut self) -> Result<Node, Error> {
        let word = self.word()?.to_owned();
        let code = match word.as_str() {
            "v" => Code::Var(self.number()?),
            "g" => Code::Global(self.global()?),
            "l" => {
                let arity = self.number()?;
                Code::Lambda(arity, self.node()?)
            }
            "a" => {
                let count = self.number()?;
                let function = self.node()?;
                Code::Apply(function, self.nodes(count)?)
            }
            "n" => Code::Const(Value::Nat(self.number()? as u64)),
            "S" => {
                let count = self.number()?;
                Code::Succ(count as u64, self.node()?)
            }
            "s" => {
                let count = self.number()?;
                let codes = (0..count).map(|_| self.number()).collect::<Result<Vec<_>, _>>()?;
                Code::Const(self.program.text(codes.into_iter().map(|code| code as u8)))
            }
            "c" => {
                let ctor = self.ctor()?;
                match self.number()? {
                    0 => Code::Const(Value::Plain(ctor)),
                    count => Code::Ctor(ctor, self.nodes(count)?),
                }
            }
            "m" => {
                let count = self.number()?;
                let of = self.node()?;
                let mut arms = Vec::new();
                for _ in 0..count {
                    let pattern = match self.word()? {
                        "p" => match self.word()?.to_owned().as_str() {
                            "O" => {
                                self.number()?;
                                Pattern::Zero
                            }
                            "S" => {
                                self.number()?;
                                Pattern::Succ
                            }
                            name => Pattern::Ctor(self.program.ctor(name), self.number()?),
                        },
                        "w" => Pattern::Any,
                        "x" => Pattern::Bound,
                        other => return Err(Error::Text(format!("a pattern {other}"))),
                    };
                    arms.push((pattern, self.node()?));
                }
                Code::Case(of, arms)
            }
            "t" => {
                let value = self.node()?;
                Code::Let(value, self.node()?)
            }
            "f" => {
                let (count, at) = (self.number()?, self.number()?);
                Code::Fix(self.nodes(count)?, at)
            }
            "d" => Code::Const(Value::Dummy),
            other => return Err(Error::Text(format!("a term {other}"))),
        };
        self.program.code.push(code);
        Node::try_from(self.program.code.len() - 1)
            .map_err(|_| Error::Text("it is too long".to_owned()))
    }
}

impl Program {
    /// Reads a program.
    ///
    /// # Errors
    ///
    /// If the text is none.
    pub fn read(text: &str) -> Result<Self, Error> {
        let program = Self {
            code: Vec::new(),
            globals: Vec::new(),
            names: HashMap::new(),
            ctors: Vec::new(),
            ctor_numbers: HashMap::new(),
        };
        let mut reader = Reader { words: text.split_ascii_whitespace(), program };
        let mut defined = Vec::new();
        while let Some(word) = reader.words.next() {
            if word != "def" {
                return Err(Error::Text(format!("{word} where a definition begins")));
            }
            let global = reader.global()?;
            let node = reader.node()?;
            defined.push((global, node));
        }
        let mut program = reader.program;
        for (global, node) in defined {
            program.globals[global].0 = node;
        }
        if program.globals.iter().any(|global| global.0 == Node::MAX) {
            return Err(Error::Text("a name without definition".to_owned()));
        }
        Ok(program)
    }

    /// The constructor with this name.
    pub fn ctor(&mut self, name: &str) -> Ctor {
        if let Some(number) = self.ctor_numbers.get(name) {
            return *number;
        }
        let number = Ctor::try_from(self.ctors.len()).unwrap_or(Ctor::MAX);
        self.ctors.push(name.to_owned());
        self.ctor_numbers.insert(name.to_owned(), number);
        number
    }

    /// The name of a constructor.
    pub fn ctor_name(&self, ctor: Ctor) -> &str {
        self.ctors.get(ctor as usize).map_or("", String::as_str)
    }

    fn global(&mut self, name: &str) -> usize {
        if let Some(number) = self.names.get(name) {
            return *number;
        }
        self.globals.push((Node::MAX, OnceCell::new()));
        self.names.insert(name.to_owned(), self.globals.len() - 1);
        self.globals.len() - 1
    }

    /// A constructor with arguments.
    pub fn data(&mut self, name: &str, args: Vec<Value>) -> Value {
        let ctor = self.ctor(name);
        if args.is_empty() { Value::Plain(ctor) } else { Value::Data(ctor, args.into()) }
    }

    /// A text as Coq's strings are.
    pub fn text(&mut self, codes: impl DoubleEndedIterator<Item = u8>) -> Value {
        let mut text = self.data("EmptyString", Vec::new());
        for code in codes.rev() {
            let bits = (0..8).map(|bit| self.bool(code >> bit & 1 == 1)).collect();
            let first = self.data("Ascii", bits);
            text = self.data("String", vec![first, text]);
        }
        text
    }

    /// A boolean.
    pub fn bool(&mut self, value: bool) -> Value {
        self.data(if value { "True" } else { "False" }, Vec::new())
    }

    /// A list.
    pub fn list(&mut self, items: Vec<Value>) -> Value {
        let mut list = self.data("Nil", Vec::new());
        for item in items.into_iter().rev() {
            list = self.data("Cons", vec![item, list]);
        }
        list
    }

    /// A number that is not 0, as Coq's `positive`.
    pub fn positive(&mut self, value: u128) -> Value {
        let mut number = self.data("XH", Vec::new());
        let bits = 127u32.saturating_sub(value.leading_zeros());
        for bit in (0..bits).rev() {
            let name = if value >> bit & 1 == 1 { "XI" } else { "XO" };
            number = self.data(name, vec![number]);
        }
        number
    }

    /// An integer.
    pub fn integer(&mut self, negative: bool, magnitude: u128) -> Value {
        if magnitude == 0 {
            return self.data("Z0", Vec::new());
        }
        let digits = self.positive(magnitude);
        self.data(if negative { "Zneg" } else { "Zpos" }, vec![digits])
    }

    /// What a definition of the program is, applied to arguments.
    ///
    /// # Errors
    ///
    /// If there is no such definition, or its evaluation goes wrong.
    pub fn call(&self, name: &str, args: Vec<Value>) -> Result<Value, Error> {
        let number = *self.names.get(name).ok_or(Error::Wrong("no such definition"))?;
        let function = self.of_global(number, 0)?;
        self.apply(function, args, 0)
    }

    fn of_global(&self, number: usize, depth: usize) -> Result<Value, Error> {
        let (node, cell) = &self.globals[number];
        if let Some(value) = cell.get() {
            return Ok(value.clone());
        }
        let value = self.eval(*node, Env::default(), depth + 1)?;
        Ok(cell.get_or_init(|| value).clone())
    }

    fn apply(&self, function: Value, args: Vec<Value>, depth: usize) -> Result<Value, Error> {
        match self.enter(function, args, depth)? {
            Step::Value(value) => Ok(value),
            Step::Go(node, env) => self.eval(node, env, depth + 1),
        }
    }

    /// The body that an application goes on with, or its value.
    fn enter(&self, function: Value, mut args: Vec<Value>, depth: usize) -> Result<Step, Error> {
        let mut function = function;
        loop {
            let Value::Function(closure) = &function else {
                return match function {
                    // Proofs take arguments, too.
                    Value::Dummy => Ok(Step::Value(Value::Dummy)),
                    _ => Err(Error::Wrong("what is called is no function")),
                };
            };
            let (arity, body, env) = match &closure.kind {
                Callee::Lambda { arity, body, env } => (*arity, *body, env.clone()),
                Callee::Fix { group, at } => {
                    let mut env = group.1.clone();
                    for at in 0..group.0.len() {
                        let kind = Callee::Fix { group: group.clone(), at };
                        env =
                            env.with(Value::Function(Rc::new(Closure { kind, args: Vec::new() })));
                    }
                    match &self.code[group.0[*at] as usize] {
                        Code::Lambda(arity, body) => (*arity, *body, env),
                        _ => return Err(Error::Wrong("a recursive value")),
                    }
                }
            };
            if !closure.args.is_empty() {
                args.splice(0..0, closure.args.iter().cloned());
            }
            if args.len() < arity {
                let kind = closure.kind.clone();
                return Ok(Step::Value(Value::Function(Rc::new(Closure { kind, args }))));
            }
            let more = args.split_off(arity);
            let env = args.into_iter().fold(env, Env::with);
            if more.is_empty() {
                return Ok(Step::Go(body, env));
            }
            function = self.eval(body, env, depth + 1)?;
            args = more;
        }
    }

    fn eval(&self, node: Node, env: Env, depth: usize) -> Result<Value, Error> {
        if depth > DEPTH {
            return Err(Error::Deep);
        }
        let (mut node, mut env) = (node, env);
        loop {
            match &self.code[node as usize] {
                Code::Var(place) => {
                    return env.get(*place).cloned().ok_or(Error::Wrong("a free variable"));
                }
                Code::Global(number) => return self.of_global(*number, depth),
                Code::Lambda(arity, body) => {
                    let kind = Callee::Lambda { arity: *arity, body: *body, env };
                    return Ok(Value::Function(Rc::new(Closure { kind, args: Vec::new() })));
                }
                Code::Const(value) => return Ok(value.clone()),
                Code::Succ(count, of) => match self.eval(*of, env, depth + 1)? {
                    Value::Nat(value) => return Ok(Value::Nat(value.saturating_add(*count))),
                    _ => return Err(Error::Wrong("the successor of no number")),
                },
                Code::Ctor(ctor, args) => {
                    let args = args
                        .iter()
                        .map(|arg| self.eval(*arg, env.clone(), depth + 1))
                        .collect::<Result<Rc<[Value]>, Error>>()?;
                    return Ok(Value::Data(*ctor, args));
                }
                Code::Let(value, body) => {
                    let value = self.eval(*value, env.clone(), depth + 1)?;
                    env = env.with(value);
                    node = *body;
                }
                Code::Fix(functions, at) => {
                    let group = Rc::new((functions.clone(), env));
                    let kind = Callee::Fix { group, at: *at };
                    return Ok(Value::Function(Rc::new(Closure { kind, args: Vec::new() })));
                }
                Code::Case(of, arms) => {
                    let of = self.eval(*of, env.clone(), depth + 1)?;
                    let mut found = None;
                    for (pattern, body) in arms {
                        let bound = match (pattern, &of) {
                            (Pattern::Any, _) => env.clone(),
                            (Pattern::Bound, of) => env.clone().with(of.clone()),
                            (Pattern::Zero, Value::Nat(0)) => env.clone(),
                            (Pattern::Succ, Value::Nat(value)) if *value > 0 => {
                                env.clone().with(Value::Nat(value - 1))
                            }
                            (Pattern::Ctor(ctor, 0), Value::Plain(of)) if ctor == of => env.clone(),
                            (Pattern::Ctor(ctor, count), Value::Data(of, args))
                                if ctor == of && *count == args.len() =>
                            {
                                args.iter().cloned().fold(env.clone(), Env::with)
                            }
                            _ => continue,
                        };
                        found = Some((*body, bound));
                        break;
                    }
                    (node, env) = found.ok_or(Error::Wrong("no case for a value"))?;
                }
                Code::Apply(function, args) => {
                    let function = self.eval(*function, env.clone(), depth + 1)?;
                    let args = args
                        .iter()
                        .map(|arg| self.eval(*arg, env.clone(), depth + 1))
                        .collect::<Result<Vec<_>, _>>()?;
                    match self.enter(function, args, depth)? {
                        Step::Value(value) => return Ok(value),
                        Step::Go(to, with) => (node, env) = (to, with),
                    }
                }
            }
        }
    }
}

enum Step {
    Value(Value),
    Go(Node, Env),
}
