//! Calls, and the other ends of blocks.

use super::*;

impl<'a> Translator<'a> {
    /// The arguments that a tuple holds.
    pub(super) fn spread(&mut self, tuple: &Operand, ty: &T) -> Res<Vec<(Operand, T)>> {
        let T::Tuple(items) = ty else {
            return Err(format!("arguments of type {}", self.show(ty)));
        };
        match tuple {
            Operand::Use(place) => Ok(items
                .iter()
                .enumerate()
                .map(|(at, ty)| (Operand::Use(step(place, Projection::Field(at))), ty.clone()))
                .collect()),
            Operand::Const(_) if items.is_empty() => Ok(Vec::new()),
            Operand::Const(_) => Err("arguments that are constants".to_owned()),
        }
    }

    /// A call of something that can be called: what is called, its type, whether it is given
    /// by a reference; and the arguments one by one.
    #[expect(clippy::too_many_arguments, reason = "what a call is made of")]
    pub(super) fn call_value(
        &mut self,
        to: Place,
        function: Operand,
        of: &T,
        by_reference: bool,
        args: Vec<(Operand, T)>,
        ends: (Option<usize>, Unwind),
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let (target, unwind) = ends;
        match of {
            T::Ref(inner, _) => {
                // A reference to what can be called can be called.
                let function = if by_reference {
                    let Operand::Use(place) = function else {
                        return Err("a function that is a constant".to_owned());
                    };
                    Operand::Use(step(&place, Projection::Deref(Ty::Ptr)))
                } else {
                    function
                };
                self.call_value(to, function, &inner.clone(), true, args, ends, builder)
            }
            T::Adt(..) if !by_reference && self.show(of).starts_with("AssertUnwindSafe") => {
                let T::Adt(_, _, types) = of else { return Err("a function".to_owned()) };
                let inner = match function {
                    Operand::Use(place) => Operand::Use(step(&place, Projection::Field(0))),
                    // It has no cells.
                    Operand::Const(_) => Operand::Const(Constant::Opaque(self.lower(&types[0])?)),
                };
                self.call_value(to, inner, &types[0].clone(), false, args, ends, builder)
            }
            T::Closure(krate, name, env) => {
                let body = self.closures.get(&(*krate, name.clone())).copied();
                let body = body.ok_or_else(|| format!("calls the closure {name}"))?;
                let wants_reference =
                    matches!(self.bodies[body].1.locals.get(1), Some(Some(ast::Ty::Ref(..))));
                let number = self.job(Job::Body(body, env.clone()));
                let callee = Callee::Fn(number, Vec::new());
                let rest = args.into_iter().map(|arg| arg.0);
                if by_reference == wants_reference {
                    let args = std::iter::once(function).chain(rest).collect();
                    builder.end(Terminator::Call(to, callee, args, target, unwind));
                    return Ok(());
                }
                if by_reference {
                    return Err("calls a closure that is used up by it by a reference".to_owned());
                }
                // It is kept for the call, and dropped after it.
                let lowered = self.lower(of)?;
                let (kept, address) = (builder.local(lowered), builder.local(Ty::Ptr));
                builder.assign(of_local(kept), Rvalue::Use(function));
                builder.assign(of_local(address), Rvalue::Ref(of_local(kept)));
                let (back, away) = (builder.block(), builder.block());
                let args = std::iter::once(Operand::Use(of_local(address))).chain(rest).collect();
                builder.end(Terminator::Call(
                    to,
                    callee,
                    args,
                    target.map(|_| back),
                    Unwind::Cleanup(away),
                ));
                builder.go(back);
                builder.end(match target {
                    Some(target) => Terminator::Drop(of_local(kept), target, unwind),
                    None => Terminator::Unreachable,
                });
                builder.go(away);
                let after = match unwind {
                    Unwind::Cleanup(block) => block,
                    other => {
                        let end = builder.block();
                        let before = builder.current;
                        builder.go(end);
                        builder.end(match other {
                            Unwind::Terminate => Terminator::Terminate,
                            Unwind::Unreachable => Terminator::Unreachable,
                            _ => Terminator::Resume,
                        });
                        builder.go(before);
                        end
                    }
                };
                builder.end(Terminator::Drop(of_local(kept), after, Unwind::Terminate));
                Ok(())
            }
            T::FnDef(_, name, _) => {
                let known = name
                    .strip_prefix("{#")
                    .and_then(|name| name.strip_suffix('}'))
                    .and_then(|number| number.parse::<usize>().ok())
                    .and_then(|number| self.paths.get(number).cloned());
                let (krate, path, env) = match known {
                    Some(known) => known,
                    None => {
                        let T::FnDef(krate, text, env) = of else { return Err(String::new()) };
                        let inside = text
                            .split_once('{')
                            .and_then(|(_, rest)| rest.rsplit_once('}'))
                            .and_then(|(path, _)| crate::parse::path(path));
                        let path = inside.ok_or_else(|| format!("calls `{text}`"))?;
                        (*krate, path, env.clone())
                    }
                };
                // A variant, or a struct, is a function of its fields.
                if let Some(variant) = self.constructor(krate, &env, &path) {
                    let fields = args.into_iter().map(|arg| arg.0).collect();
                    builder.assign(to, Rvalue::Aggregate(variant, fields));
                    builder.end(target.map_or(Terminator::Unreachable, Terminator::Goto));
                    return Ok(());
                }
                let outside = (builder.krate, std::mem::replace(&mut builder.env, env));
                builder.krate = krate;
                let types: Vec<T> = args.iter().map(|arg| arg.1.clone()).collect();
                let found = self.target(&path, builder, &types);
                (builder.krate, builder.env) = outside;
                let args = args.into_iter().map(|arg| arg.0).collect();
                self.finish_call(to, found?, args, ends, builder)
            }
            T::Param(_) => {
                let kind = if by_reference { "by reference" } else { "by value" };
                let name = format!("call {} {kind}", self.show(of));
                let args = std::iter::once(function).chain(args.into_iter().map(|arg| arg.0));
                self.finish_call(to, Target::Declared(name), args.collect(), ends, builder)
            }
            other => Err(format!("calls a value of type {}", self.show(other))),
        }
    }

    /// The variant that a path to a function makes, or none of a struct.
    fn constructor(&mut self, krate: usize, env: &Env, path: &Path) -> Option<Option<usize>> {
        let (last, before) = path.segments.split_last()?;
        let Name::Ident(name) = &last.name else { return None };
        if path.qself.is_some() || !name.starts_with(|first: char| first.is_uppercase()) {
            return None;
        }
        if !before.is_empty() {
            let of = Path { qself: None, segments: before.to_vec() };
            if let Ok(ty @ T::Adt(..)) = self.path_ty(krate, env, &of) {
                return self.variant(&ty, name).ok().map(Some);
            }
        }
        match self.path_ty(krate, env, path) {
            Ok(T::Adt(..)) => Some(None),
            _ => None,
        }
    }

    pub(super) fn finish_call(
        &mut self,
        to: Place,
        found: Target,
        args: Vec<Operand>,
        ends: (Option<usize>, Unwind),
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let (target, unwind) = ends;
        let end = match found {
            Target::Fn(number) => {
                let callee = Callee::Fn(number, Vec::new());
                Terminator::Call(to, callee, args, target, unwind)
            }
            Target::Lib(name, types) => {
                Terminator::Call(to, Callee::Lib(name, types), args, target, unwind)
            }
            Target::Panic => {
                let callee = Callee::Lib("panicking::panic_fmt", Vec::new());
                Terminator::Call(to, callee, vec![unit()], None, unwind)
            }
            Target::Abort => Terminator::Terminate,
            Target::Unreachable => Terminator::Unreachable,
            Target::Identity => {
                let [arg] = &args[..] else { return Err("a call of another form".to_owned()) };
                builder.assign(to, Rvalue::Use(arg.clone()));
                target.map_or(Terminator::Unreachable, Terminator::Goto)
            }
            Target::Intrinsic(name, types) => {
                self.intrinsic(to, &name, &types, args, builder)?;
                target.map_or(Terminator::Unreachable, Terminator::Goto)
            }
            Target::Catch => return Err("a call of another form".to_owned()),
            Target::Declared(name) => {
                let body =
                    Body { arguments: 0, locals: builder.locals.clone(), blocks: Vec::new() };
                let program = &self.out.program;
                let unknown = || format!("calls `{name}`, of types that are not known");
                let result = program.place_ty(&body, &to).ok_or_else(unknown)?;
                let types = args.iter().map(|arg| program.operand_ty(&body, arg));
                let types = types.collect::<Option<Vec<Ty>>>().ok_or_else(unknown)?;
                let number = self.declare(name, result, types);
                Terminator::Call(to, Callee::Fn(number, Vec::new()), args, target, unwind)
            }
        };
        builder.end(end);
        Ok(())
    }

    pub(super) fn call(
        &mut self,
        destination: &ast::Place,
        path: &Path,
        arguments: &[ast::Operand],
        ends: (Option<usize>, Unwind),
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let (to, to_ty) = self.place(destination, builder)?;
        let args = arguments
            .iter()
            .map(|arg| self.operand(arg, builder))
            .collect::<Res<Vec<(Operand, T)>>>();
        let last = path.idents().last().copied().unwrap_or_default();
        // A panic's message need not be known.
        let args = match args {
            Ok(args) => args,
            Err(_) if path.qself.is_none() && PANICS.contains(&last) => Vec::new(),
            Err(why) => return Err(why),
        };
        if let Some(qself) = &path.qself {
            let of_trait = qself.as_trait.as_ref().and_then(|of| of.idents().last().copied());
            if let (Some("Fn" | "FnMut" | "FnOnce"), [function, tuple]) = (of_trait, &args[..]) {
                let of = self.ty(builder.krate, &builder.env.clone(), &qself.ty)?;
                let spread = self.spread(&tuple.0, &tuple.1)?;
                let by_reference = last != "call_once";
                let function = function.0.clone();
                return self.call_value(to, function, &of, by_reference, spread, ends, builder);
            }
        }
        // The drop glue of a slice goes on after a panic: the model of the library says how.
        if let ("drop_in_place", [(Operand::Use(place), T::Ptr(of) | T::Ref(of, _))]) =
            (last, &args[..])
        {
            if let T::Slice(item) = &**of {
                let body = self.library_function("drop_slice")?;
                let env = vec![("T".to_owned(), (**item).clone())];
                if self.undroppable(item) {
                    return Err(format!("drops values of type {}", self.show(item)));
                }
                let found = Target::Fn(self.job(Job::Body(body, env)));
                let part = |at| Operand::Use(step(place, Projection::Field(at)));
                return self.finish_call(to, found, vec![part(0), part(1)], ends, builder);
            }
        }
        // The size of a slice is known where it is.
        if let ("size_of_val", [(of, T::Ref(whole, _) | T::Ptr(whole))]) = (last, &args[..]) {
            if let T::Slice(item) = &**whole {
                let body = self.library_function("size_of_slice")?;
                let env = vec![("T".to_owned(), (**item).clone())];
                let found = Target::Fn(self.job(Job::Body(body, env)));
                return self.finish_call(to, found, vec![of.clone()], ends, builder);
            }
        }
        let types: Vec<T> = args.iter().map(|arg| arg.1.clone()).collect();
        let found = self.target(path, builder, &types)?;
        if matches!(found, Target::Catch) {
            return self.catch(to, &to_ty, args, ends, builder);
        }
        let args = args.into_iter().map(|arg| arg.0).collect();
        self.finish_call(to, found, args, ends, builder)
    }

    /// A function of the model of the library.
    pub(super) fn library_function(&self, name: &str) -> Res<usize> {
        let ends = |known: &str| {
            known.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with("::"))
        };
        let free = &self.crates[self.library].docs.free;
        let found = free.iter().find(|(known, _)| ends(&known.join("::")));
        let found = found.and_then(|(known, _)| self.free_body(self.library, known));
        found.ok_or_else(|| format!("the model of the library has no {name}"))
    }

    /// `catch_unwind`: what unwinds out of the call is an `Err` whose payload is nothing.
    pub(super) fn catch(
        &mut self,
        to: Place,
        ty: &T,
        mut args: Vec<(Operand, T)>,
        ends: (Option<usize>, Unwind),
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let (Some((function, of)), Some(target)) = (args.pop(), ends.0) else {
            return Err("a call of `catch_unwind` of another form".to_owned());
        };
        let T::Adt(_, _, results) = ty else {
            return Err("a call of `catch_unwind` of another form".to_owned());
        };
        let result = self.lower(&results[0])?;
        let value = builder.local(result);
        let (ok, err) = (self.variant(ty, "Ok")?, self.variant(ty, "Err")?);
        let (returned, unwound) = (builder.block(), builder.block());
        builder.catches.push(unwound);
        let before = builder.current;
        builder.go(returned);
        let (statements, lines) =
            (std::mem::take(&mut builder.statements), std::mem::take(&mut builder.statement_lines));
        builder
            .assign(to.clone(), Rvalue::Aggregate(Some(ok), vec![Operand::Use(of_local(value))]));
        builder.end(Terminator::Goto(target));
        builder.go(unwound);
        let payload = Operand::Const(Constant::Opaque(fat()));
        builder.assign(to, Rvalue::Aggregate(Some(err), vec![payload]));
        builder.end(Terminator::Goto(target));
        builder.go(before);
        (builder.statements, builder.statement_lines) = (statements, lines);
        let ends = (Some(returned), Unwind::Cleanup(unwound));
        self.call_value(of_local(value), function, &of, false, Vec::new(), ends, builder)
    }

    pub(super) fn terminator(
        &mut self,
        end: &ast::Terminator,
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let end = match end {
            ast::Terminator::Goto(target) => Terminator::Goto(*target),
            ast::Terminator::SwitchInt(operand, cases, otherwise) => {
                let (operand, ty) = self.operand(operand, builder)?;
                Terminator::Switch(
                    operand,
                    ty.int().map_or_else(|| cases.clone(), |int| int.cases(cases)),
                    *otherwise,
                )
            }
            ast::Terminator::Call { destination, callee, arguments, target, unwind } => {
                return match callee {
                    ast::Callee::Path(path) => {
                        self.call(destination, path, arguments, (*target, *unwind), builder)
                    }
                    ast::Callee::Pointer(operand) => {
                        let (to, _) = self.place(destination, builder)?;
                        let (function, of) = self.operand(operand, builder)?;
                        let args = arguments
                            .iter()
                            .map(|arg| self.operand(arg, builder))
                            .collect::<Res<Vec<_>>>()?;
                        self.call_value(to, function, &of, false, args, (*target, *unwind), builder)
                    }
                };
            }
            ast::Terminator::Drop(place, target, unwind) => {
                let (place, ty) = self.place(place, builder)?;
                self.lower(&ty)?;
                if self.undroppable(&ty) {
                    return Err(format!("drops a value of type {}", self.show(&ty)));
                }
                Terminator::Drop(place, *target, *unwind)
            }
            ast::Terminator::Assert(operand, expected, target, unwind) => {
                Terminator::Assert(self.operand(operand, builder)?.0, *expected, *target, *unwind)
            }
            ast::Terminator::Return => Terminator::Return,
            ast::Terminator::Resume => Terminator::Resume,
            ast::Terminator::Terminate => Terminator::Terminate,
            ast::Terminator::Unreachable => Terminator::Unreachable,
            ast::Terminator::Other(text) => return Err(format!("the statement `{text}`")),
        };
        builder.end(end);
        Ok(())
    }
}
