//! A body under way.

use super::*;

/// Inside of one body.
pub(super) struct Builder<'a> {
    pub(super) krate: usize,
    pub(super) env: Env,
    pub(super) body: &'a ast::Body,
    pub(super) types: Vec<Option<T>>,
    pub(super) locals: Vec<Ty>,
    pub(super) blocks: Vec<Option<(Vec<Assign>, Terminator)>>,
    pub(super) lines: Vec<Vec<u32>>,
    pub(super) current: usize,
    pub(super) line: u32,
    pub(super) statements: Vec<Assign>,
    pub(super) statement_lines: Vec<u32>,
    /// The locals that hold addresses of pointers as numbers.
    pub(super) exposed: Vec<usize>,
    /// The blocks that unwinding goes to and that end it.
    pub(super) catches: Vec<usize>,
}

impl Builder<'_> {
    pub(super) fn local(&mut self, ty: Ty) -> usize {
        self.locals.push(ty);
        self.types.push(None);
        self.locals.len() - 1
    }

    pub(super) fn assign(&mut self, place: Place, rvalue: Rvalue) {
        self.statements.push(Assign(place, rvalue));
        self.statement_lines.push(self.line);
    }

    pub(super) fn end(&mut self, terminator: Terminator) {
        self.statement_lines.push(self.line);
        let block = (std::mem::take(&mut self.statements), terminator);
        self.blocks[self.current] = Some(block);
        self.lines[self.current] = std::mem::take(&mut self.statement_lines);
    }

    pub(super) fn block(&mut self) -> usize {
        self.blocks.push(None);
        self.lines.push(Vec::new());
        self.blocks.len() - 1
    }

    /// The statements that follow go to that block.
    pub(super) fn go(&mut self, block: usize) {
        self.current = block;
    }

    /// A call in the middle of a block.
    pub(super) fn call(&mut self, to: Place, callee: Callee, args: Vec<Operand>) {
        let next = self.block();
        self.end(Terminator::Call(to, callee, args, Some(next), Unwind::Continue));
        self.go(next);
    }
}

/// How the compiler writes that a pointer's address becomes a number.
pub(super) const EXPOSE: &str = "PointerExposeProvenance";

/// The locals that such addresses are assigned to.
pub(super) fn exposed(body: &ast::Body) -> Vec<usize> {
    let statements = body.blocks.iter().flat_map(|block| &block.statements);
    statements
        .filter_map(|(statement, _)| match statement {
            Statement::Assign(place, ast::Rvalue::Cast(_, _, kind)) if kind == EXPOSE => {
                Some(place.local)
            }
            _ => None,
        })
        .collect()
}
