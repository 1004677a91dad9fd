//! Types of the program: their shapes, what closures capture, what drop glue is known.

use super::general::SYMBOLIC;
use super::*;

impl<'a> Translator<'a> {
    pub(super) fn is_unsized(ty: &T) -> bool {
        match ty {
            T::Str | T::Slice(_) | T::Dyn(_) => true,
            T::Lib("ManuallyDrop" | "MaybeUninit", args) => args.iter().any(Self::is_unsized),
            _ => false,
        }
    }

    pub(super) fn pointer(to: &T) -> Ty {
        if Self::is_unsized(to) { fat() } else { Ty::Ptr }
    }

    pub(super) fn lower(&mut self, ty: &T) -> Res<Ty> {
        Ok(match ty {
            T::Param(number) => Ty::Param(*number),
            T::Int(name) => Ty::Int(Int(name)),
            T::Bool => Ty::Bool,
            T::Char => Ty::Int(Int("u32")),
            T::Never | T::FnDef(..) => Ty::Tuple(Vec::new()),
            T::Ref(to, _) | T::Ptr(to) => Self::pointer(to),
            T::Tuple(items) => {
                Ty::Tuple(items.iter().map(|item| self.lower(item)).collect::<Res<_>>()?)
            }
            T::Array(_, length) if *length >= SYMBOLIC => Ty::Param(self.unknown_array(ty)),
            T::Array(item, length) if *length <= 1024 => {
                Ty::Tuple(vec![self.lower(item)?; *length])
            }
            T::Lib("Box", args) => match &args[0] {
                T::Slice(item) => {
                    let of = self.library_type("BoxedSlice", vec![(**item).clone()])?;
                    self.lower(&of)?
                }
                of if Self::is_unsized(of) => fat(),
                of => Ty::Box(Box::new(self.lower(of)?)),
            },
            T::Lib("Unique", _) | T::FnPtr => Ty::Ptr,
            T::Lib(_, args) => Ty::NoDrop(Box::new(self.lower(&args[0])?)),
            T::Adt(of, number, args) => match &self.crates[*of].docs.adts[*number].kind {
                Kind::Union(_) if self.is_open_union(ty) => Ty::Adt(self.instance(ty)?, Vec::new()),
                Kind::Union(fields) => self.union(*of, *number, args, fields)?,
                _ => Ty::Adt(self.instance(ty)?, Vec::new()),
            },
            T::Closure(..) => Ty::Adt(self.instance(ty)?, Vec::new()),
            T::Str | T::Slice(_) | T::Dyn(_) | T::Array(..) | T::Const(_) => {
                return Err(format!("the type {}", self.show(ty)));
            }
        })
    }

    /// A type of the model of the library.
    pub(super) fn library_type(&self, name: &str, args: Vec<T>) -> Res<T> {
        let adts = &self.crates[self.library].docs.adts;
        let found = adts.iter().position(|of| of.path == [name]);
        let number = found.ok_or_else(|| format!("the model of the library has no {name}"))?;
        Ok(T::Adt(self.library, number, args))
    }

    /// Whether it is a union one of whose fields has a layout that is not known.
    pub(super) fn is_open_union(&mut self, ty: &T) -> bool {
        let T::Adt(krate, number, args) = ty else { return false };
        let adt = &self.crates[*krate].docs.adts[*number];
        let (true, Kind::Union(fields)) = (self.is_general(), &adt.kind) else { return false };
        let names = adt.generics.iter().map(|param| param.name.clone());
        let env: Env = names.zip(args.iter().cloned()).collect();
        let krate = *krate;
        fields.iter().any(|(_, field)| {
            let lowered = self.ty(krate, &env, field).and_then(|field| self.lower(&field));
            lowered.is_ok_and(|lowered| self.out.program.has_param(&lowered))
        })
    }

    /// As many cells as the largest field has. What the fields are is known where they are
    /// used; that a number is written and read as one of another type is not to be had.
    fn union(
        &mut self,
        krate: usize,
        number: usize,
        args: &[T],
        fields: &[(String, ast::Ty)],
    ) -> Res<Ty> {
        let adt = &self.crates[krate].docs.adts[number];
        let names = adt.generics.iter().map(|param| param.name.clone());
        let env: Env = names.zip(args.iter().cloned()).collect();
        let name = adt.path.join("::");
        let (mut cells, mut numbers) = (0, Vec::new());
        for (_, field) in fields {
            let field = self.ty(krate, &env, field)?;
            let lowered = self.lower(&field)?;
            let mut parts = Vec::new();
            self.parts(&lowered, 0, &mut parts);
            cells = cells.max(self.cells(&lowered, 0));
            if !parts.is_empty() && parts.iter().all(|part| part.starts_with("Int(")) {
                numbers.push(parts);
            }
        }
        if numbers.iter().any(|of| *of != numbers[0]) {
            return Err(format!("the type {name}: a union of numbers of several types"));
        }
        Ok(Ty::NoDrop(Box::new(Ty::Tuple(vec![Ty::Ptr; cells]))))
    }

    pub(super) fn show(&self, ty: &T) -> String {
        let list =
            |items: &[T]| items.iter().map(|item| self.show(item)).collect::<Vec<_>>().join(", ");
        match ty {
            T::Int(name) => (*name).to_owned(),
            T::Bool => "bool".to_owned(),
            T::Char => "char".to_owned(),
            T::Str => "str".to_owned(),
            T::Never => "!".to_owned(),
            T::Ref(to, false) => format!("&{}", self.show(to)),
            T::Ref(to, true) => format!("&mut {}", self.show(to)),
            T::Ptr(to) => format!("*{}", self.show(to)),
            T::Tuple(items) => format!("({})", list(items)),
            T::Array(item, length) => {
                format!("[{}; {}]", self.show(item), self.show(&T::Const(*length)))
            }
            T::Param(number) => {
                self.unknown.as_ref().map_or_else(String::new, |of| of.name(*number))
            }
            T::Slice(item) => format!("[{}]", self.show(item)),
            T::Adt(of, number, args) => {
                let name = self.crates[*of].docs.adts[*number].path.join("::");
                if args.is_empty() { name } else { format!("{name}<{}>", list(args)) }
            }
            T::Lib(name, args) => format!("{name}<{}>", list(args)),
            T::Closure(_, name, _) => format!("{{closure@{name}}}"),
            T::FnDef(_, text, _) => text.clone(),
            T::FnPtr => "fn".to_owned(),
            T::Dyn(text) => text.clone(),
            T::Const(value) => match &self.unknown {
                Some(unknown) => unknown.length(*value),
                None => value.to_string(),
            },
        }
    }

    /// The number of a struct, an enum or a closure at these types.
    pub(super) fn instance(&mut self, ty: &T) -> Res<usize> {
        if let Some(number) = self.adts.get(ty) {
            return Ok(*number);
        }
        self.depth += 1;
        if self.depth > 100 {
            self.depth = 0;
            return Err(format!("the type {}, which grows without end", self.show(ty)));
        }
        let number = self.out.program.adts.len();
        self.adts.insert(ty.clone(), number);
        let (name, shape) = (self.show(ty), Shape::Struct(Vec::new()));
        self.out.program.adts.push(Adt { name, shape, drop: None, call: None });
        self.adt_drops.push(None);
        self.no_drop.push(false);
        let shape = self.shape(ty);
        self.depth -= 1;
        match shape {
            Ok(shape) => self.out.program.adts[number].shape = shape,
            Err(why) => {
                self.adts.remove(ty);
                return Err(why);
            }
        }
        if let T::Adt(krate, ..) = ty {
            if let Some((of, known, env)) = self.find_impl(Some("Drop"), ty, &[], |_| true)? {
                debug_assert_eq!(of, *krate);
                if let Some(body) = self.impl_body(of, known, "drop", &env, &[], ty) {
                    let function = self.job(Job::Body(body, env));
                    self.out.program.adts[number].drop = Some(function);
                }
            }
        }
        Ok(number)
    }

    pub(super) fn shape(&mut self, ty: &T) -> Res<Shape> {
        match ty {
            T::Adt(of, number, args) => {
                let crates = self.crates;
                let adt = &crates[*of].docs.adts[*number];
                let env: Env = adt
                    .generics
                    .iter()
                    .map(|param| param.name.clone())
                    .zip(args.iter().cloned())
                    .collect();
                let general = self.is_general();
                let mut fields = |fields: &[(String, ast::Ty)]| {
                    fields
                        .iter()
                        .map(|(_, field)| {
                            let field = self.ty(*of, &env, field)?;
                            self.lower(&field)
                        })
                        .collect::<Res<Vec<_>>>()
                };
                match &adt.kind {
                    Kind::Struct(of) => Ok(Shape::Struct(fields(of)?)),
                    Kind::Enum(variants) => Ok(Shape::Enum(
                        variants.iter().map(|of| fields(&of.fields)).collect::<Res<_>>()?,
                    )),
                    // The fields lie one over the other behind a cell that nothing reads.
                    Kind::Union(of) if general => Ok(Shape::Enum(
                        fields(of)?.into_iter().map(|of| vec![Ty::NoDrop(Box::new(of))]).collect(),
                    )),
                    Kind::Union(_) => Err(format!("{}: a union", adt.path.join("::"))),
                    Kind::Other(why) => Err(format!("{}: {why}", adt.path.join("::"))),
                }
            }
            T::Closure(krate, name, env) => {
                let fields = self.captured(*krate, name, env)?;
                Ok(Shape::Struct(fields.iter().map(|ty| self.lower(ty)).collect::<Res<_>>()?))
            }
            _ => Err(format!("the type {}", self.show(ty))),
        }
    }

    /// What a closure captures: where it is made says so.
    pub(super) fn captured(&mut self, krate: usize, name: &str, env: &Env) -> Res<Vec<T>> {
        for (of, body) in self.bodies.clone() {
            if of != krate {
                continue;
            }
            for block in &body.blocks {
                for (statement, _) in &block.statements {
                    let Statement::Assign(_, ast::Rvalue::Closure(made, captured)) = statement
                    else {
                        continue;
                    };
                    if made != name {
                        continue;
                    }
                    // Of a variable that is captured by its parts the compiler writes the first.
                    let wanted = self.closures.get(&(krate, name.to_owned()));
                    let wanted = wanted.map_or(0, |&of| self.bodies[of].1.captured);
                    if captured.len() < wanted {
                        return Err(format!(
                            "a closure that captures {wanted} parts of variables, of which the \
                             compiler says {}",
                            captured.len()
                        ));
                    }
                    let mut builder = self.builder(krate, body, env.clone());
                    return captured
                        .iter()
                        .map(|of| Ok(self.operand(of, &mut builder)?.1))
                        .collect();
                }
            }
        }
        Ok(Vec::new())
    }

    /// Whether values of the type must be dropped by glue that is not known here.
    pub(super) fn undroppable(&self, ty: &T) -> bool {
        match ty {
            T::Lib("Box", args) => match &args[0] {
                // The payload of a panic, which is nowhere.
                T::Dyn(text) => !text.contains("Any"),
                T::Str => true,
                T::Slice(of) => self.undroppable(of),
                of => self.undroppable(of),
            },
            T::Tuple(items) => items.iter().any(|item| self.undroppable(item)),
            T::Array(item, _) => self.undroppable(item),
            T::Adt(_, _, args) => args.iter().any(|arg| self.undroppable(arg)),
            _ => false,
        }
    }
}
