//! One body after the other, block by block.

use super::*;

impl<'a> Translator<'a> {
    pub(super) fn job(&mut self, job: Job) -> usize {
        if let Some(number) = self.jobs.get(&job) {
            return *number;
        }
        let number = self.out.program.functions.len();
        let (Job::Body(body, _) | Job::Promoted(body, _)) = &job;
        let title = self.title(*body);
        let name = title.clone();
        let body = Body::default();
        self.out.program.functions.push(Function {
            name,
            title,
            params: Vec::new(),
            body,
            callees: Vec::new(),
        });
        self.out.origins.push(Origin::default());
        self.jobs.insert(job.clone(), number);
        self.queue.push((number, job));
        number
    }

    /// A body's name, for readers.
    pub(super) fn title(&self, number: usize) -> String {
        let (krate, body) = self.bodies[number];
        match key(&body.path) {
            Key::Impl(at, rest) => {
                let name = rest.split("::").next().unwrap_or_default();
                let docs = &self.crates[krate].docs;
                let of = docs.impls.iter().find(|of| of.at == at && of.items.contains_key(name));
                let last = |ty: &ast::Ty| match ty {
                    ast::Ty::Path(path) => {
                        path.idents().last().map_or("_".to_owned(), |last| (*last).to_owned())
                    }
                    other => other.to_string(),
                };
                match of {
                    Some(Impl { of_trait: Some(of_trait), ty, .. }) => {
                        format!("<{} as {of_trait}>::{rest}", last(ty))
                    }
                    Some(of) => format!("{}::{rest}", last(&of.ty)),
                    None => rest,
                }
            }
            Key::Free(path) => path,
        }
    }

    pub(super) fn builder(&mut self, krate: usize, body: &'a ast::Body, env: Env) -> Builder<'a> {
        let mut types = Vec::new();
        let mut locals = Vec::new();
        for ty in &body.locals {
            let ty = ty.as_ref().and_then(|ty| self.ty(krate, &env, ty).ok());
            let lowered = ty.as_ref().and_then(|ty| self.lower(ty).ok());
            types.push(if lowered.is_some() { ty } else { None });
            locals.push(lowered.unwrap_or(Ty::Tuple(Vec::new())));
        }
        let count = body.blocks.len();
        Builder {
            krate,
            env,
            body,
            types,
            locals,
            blocks: vec![None; count],
            lines: vec![Vec::new(); count],
            current: 0,
            line: body.line,
            statements: Vec::new(),
            statement_lines: Vec::new(),
            exposed: exposed(body),
            catches: Vec::new(),
        }
    }

    pub(super) fn run(&mut self, number: usize, job: &Job) {
        let (Job::Body(body, env) | Job::Promoted(body, env)) = job;
        let (krate, body) = self.bodies[*body];
        let mut builder = self.builder(krate, body, env.clone());
        let promoted = matches!(job, Job::Promoted(..));
        for (at, block) in body.blocks.iter().enumerate() {
            builder.go(at);
            if let Err(why) = self.block(block, &mut builder, promoted) {
                let refused = Terminator::Call(
                    of_local(0),
                    Callee::Lib(REFUSED, Vec::new()),
                    Vec::new(),
                    None,
                    Unwind::Unreachable,
                );
                let current = builder.current;
                builder.end(refused);
                self.out.refused.insert((number, current), why);
            }
        }
        if promoted {
            let of = self.promoted_local(body);
            builder.locals[0] =
                of.and_then(|of| builder.locals.get(of).cloned()).unwrap_or(Ty::Ptr);
        }
        let blocks: Vec<(Vec<Assign>, Terminator)> = builder
            .blocks
            .into_iter()
            .map(|block| block.unwrap_or((Vec::new(), Terminator::Unreachable)))
            .collect();
        let catches = builder.catches;
        let mut cleanup = vec![false; blocks.len()];
        let mut waiting: Vec<usize> = Vec::new();
        for (_, end) in &blocks {
            if let Terminator::Call(_, _, _, _, Unwind::Cleanup(to))
            | Terminator::Drop(_, _, Unwind::Cleanup(to))
            | Terminator::Assert(_, _, _, Unwind::Cleanup(to)) = end
            {
                waiting.push(*to);
            }
        }
        while let Some(at) = waiting.pop() {
            if cleanup.get(at) == Some(&false) && !catches.contains(&at) {
                cleanup[at] = true;
                match &blocks[at].1 {
                    Terminator::Goto(to) => waiting.push(*to),
                    Terminator::Switch(_, cases, otherwise) => {
                        waiting.extend(cases.iter().map(|case| case.1).chain(*otherwise));
                    }
                    Terminator::Call(_, _, _, to, _) => waiting.extend(to),
                    Terminator::Drop(_, to, _) | Terminator::Assert(_, _, to, _) => {
                        waiting.push(*to);
                    }
                    _ => {}
                }
            }
        }
        self.out.program.functions[number].body =
            Body { arguments: body.arguments, locals: builder.locals, blocks };
        self.out.origins[number] =
            Origin { krate, lines: builder.lines, cleanup, of_library: krate == self.library };
    }

    /// The local that a promoted constant refers to.
    pub(super) fn promoted_local(&self, body: &ast::Body) -> Option<usize> {
        body.blocks.iter().flat_map(|block| &block.statements).find_map(|(statement, _)| {
            match statement {
                Statement::Assign(place, ast::Rvalue::Ref(of))
                    if place.local == 0
                        && place.projections.is_empty()
                        && of.projections.is_empty() =>
                {
                    Some(of.local)
                }
                _ => None,
            }
        })
    }

    /// A reference to a local of a promoted constant, which is there for ever: to a copy.
    fn keep(&mut self, target: Place, of: Place, builder: &mut Builder<'a>) {
        let ty = builder.locals[of.local].clone();
        let kept = builder.local(Ty::Ptr);
        let value = Operand::Use(of_local(of.local));
        builder.call(of_local(kept), Callee::Lib("Box::new", vec![ty.clone()]), vec![value]);
        let mut projections = vec![Projection::Deref(ty)];
        projections.extend(of.projections);
        builder.assign(target, Rvalue::Ref(Place { local: kept, projections }));
    }

    pub(super) fn block(
        &mut self,
        block: &ast::BasicBlock,
        builder: &mut Builder<'a>,
        promoted: bool,
    ) -> Res<()> {
        for (statement, line) in &block.statements {
            builder.line = *line;
            match statement {
                Statement::Nothing => {}
                Statement::Other(text) => return Err(format!("the statement `{text}`")),
                Statement::Assign(place, rvalue) => {
                    if let (true, 0, ast::Rvalue::Ref(of)) = (promoted, place.local, rvalue) {
                        let of = self.place(of, builder)?.0;
                        builder.assign(of_local(0), Rvalue::Use(Operand::Use(of)));
                        continue;
                    }
                    let (target, ty) = self.place(place, builder)?;
                    if let (true, ast::Rvalue::Ref(of)) = (promoted, rvalue) {
                        let (of, _) = self.place(of, builder)?;
                        let dereferences = |step: &Projection| matches!(step, Projection::Deref(_));
                        if !of.projections.iter().any(dereferences) {
                            self.keep(target, of, builder);
                            continue;
                        }
                    }
                    self.assign(target, &ty, rvalue, builder)?;
                }
            }
        }
        builder.line = block.terminator.1;
        self.terminator(&block.terminator.0, builder)
    }
}
