//! Paths and types.

use super::cursor::{Cursor, Read};
use crate::ast::{Name, Path, Position, QSelf, Segment, Ty};

impl Cursor<'_> {
    /// Goes over a lifetime, if one is here.
    fn lifetime(&mut self) -> bool {
        self.eat("'") && {
            self.ident();
            true
        }
    }

    /// `FILE:LINE:COLUMN`, with more after a second colon, up to a bracket.
    fn position(text: &str) -> Option<Position> {
        let begin = text.split(": ").next()?;
        let mut parts = begin.rsplitn(3, ':');
        let column = parts.next()?.parse().ok()?;
        let line = parts.next()?.parse().ok()?;
        Some(Position { file: parts.next()?.to_owned(), line, column })
    }

    /// Things with commas between them, up to a bracket.
    pub(super) fn list<T>(
        &mut self,
        end: &str,
        mut item: impl FnMut(&mut Self) -> Read<T>,
    ) -> Read<Vec<T>> {
        let mut items = Vec::new();
        while !self.eat(end) {
            items.push(item(self)?);
            if !self.eat(",") {
                self.expect(end)?;
                break;
            }
        }
        Ok(items)
    }

    /// Generic arguments after `<`. Lifetimes are left out.
    fn generic_args(&mut self) -> Read<Vec<Option<Ty>>> {
        let args = self.list(">", |this| {
            // A character, which begins as a lifetime does.
            if let Some(quoted) = this.rest().strip_prefix('\'') {
                let mut chars = quoted.chars();
                if chars.next() == Some('\\') || chars.next() == Some('\'') {
                    this.expect("'")?;
                    let _ = this.eat("\\'") || this.eat("\\\\");
                    this.take_while(|c| c != '\'');
                    this.expect("'")?;
                    return Ok(Some(None));
                }
            }
            if this.lifetime() {
                return Ok(None);
            }
            // `Item = Type`
            let mut ahead = this.clone();
            if ahead.ident().is_some() && ahead.starts("= ") {
                ahead.expect("=")?;
                ahead.ty()?;
                *this = ahead;
                return Ok(Some(None));
            }
            if this.starts("{") && !this.starts("{closure@") {
                this.bracketed()?;
                return Ok(Some(None));
            }
            if this.rest().starts_with(|c: char| c.is_ascii_digit() || c == '-') {
                let number = this.take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
                return Ok(Some(Some(Ty::number(number))));
            }
            let ty = this.ty()?;
            if this.starts("(") || this.starts("{") {
                // The value of a struct.
                this.bracketed()?;
                return Ok(Some(None));
            }
            Ok(Some(Some(ty)))
        })?;
        Ok(args.into_iter().flatten().collect())
    }

    /// Whether what follows is `<impl at …>`, or `<impl TYPE>::…`, an `impl` of the library
    /// below a module, and not generic arguments of which the first is `impl TRAIT`.
    fn impl_of_follows(&self, before: &Name) -> bool {
        let Name::Ident(before) = before else { return false };
        let mut ahead = self.clone();
        if ahead.starts("::<impl at ") {
            return true;
        }
        before.starts_with(char::is_lowercase)
            && ahead.eat("::<impl ")
            && ahead.ty().is_ok()
            && ahead.eat(">::")
    }

    fn segment(&mut self) -> Read<Segment> {
        let name = if self.eat("<impl at ") {
            let text = self.until(">")?;
            match Self::position(text) {
                Some(position) => Name::ImplAt(position),
                None => return self.expected("a file, a line and a column"),
            }
        } else if self.eat("<impl ") {
            let ty = self.ty()?;
            self.expect(">")?;
            Name::ImplOf(Box::new(ty))
        } else if self.starts("{") {
            Name::Nameless(self.bracketed()?.to_owned())
        } else if let Some(name) = self.ident() {
            if name == "promoted" && self.starts("[") {
                let number = self.bracketed()?;
                match number.parse() {
                    Ok(number) => Name::Promoted(number),
                    Err(_) => return self.expected("a number"),
                }
            } else {
                Name::Ident(name.to_owned())
            }
        } else {
            return self.expected("a name");
        };
        let mut segment = Segment { name, args: Vec::new() };
        if self.starts("::<") && !self.impl_of_follows(&segment.name) {
            self.expect("::<")?;
            segment.args = self.generic_args()?;
        } else if matches!(segment.name, Name::Ident(_)) && self.eat("<") {
            segment.args = self.generic_args()?;
        }
        Ok(segment)
    }

    /// A path.
    pub(super) fn path(&mut self) -> Read<Path> {
        let of_impl = self.starts("<impl at ") || {
            // `<impl TYPE>::…`, in the crate's root; not `<impl TRAIT as …>::…`.
            let mut ahead = self.clone();
            ahead.eat("<impl ") && ahead.ty().is_ok() && ahead.eat(">::")
        };
        let qself = if self.starts("<") && !of_impl {
            self.expect("<")?;
            let ty = self.ty()?;
            let as_trait = if self.word("as") { Some(self.path()?) } else { None };
            self.expect(">")?;
            self.expect("::")?;
            Some(Box::new(QSelf { ty, as_trait }))
        } else {
            None
        };
        let mut segments = vec![self.segment()?];
        while self.eat("::") {
            segments.push(self.segment()?);
        }
        Ok(Path { qself, segments })
    }

    /// Bounds, as of `impl` and `dyn`.
    fn bounds(&mut self) -> Read<()> {
        loop {
            let bracket = self.eat("(");
            self.eat("?");
            if self.eat("for<") {
                self.until(">")?;
            }
            if !self.lifetime() {
                let path = self.path()?;
                if let Some("Fn" | "FnMut" | "FnOnce") = path.idents().last().copied() {
                    if self.eat("(") {
                        self.list(")", Self::ty)?;
                        self.result()?;
                    }
                }
            }
            if bracket {
                self.expect(")")?;
            }
            if !self.eat("+") {
                return Ok(());
            }
        }
    }

    /// `-> Type`, if it is here.
    fn result(&mut self) -> Read<()> {
        if self.eat("->") { self.ty().map(drop) } else { Ok(()) }
    }

    /// A type.
    pub(super) fn ty(&mut self) -> Read<Ty> {
        let begin = self.clone();
        if self.eat("&") {
            self.lifetime();
            let mutable = self.word("mut");
            return Ok(Ty::Ref(Box::new(self.ty()?), mutable));
        }
        if self.eat("*const ") || self.eat("*mut ") {
            return Ok(Ty::Ptr(Box::new(self.ty()?)));
        }
        if self.eat("(") {
            // Brackets around one type, as `&(dyn A + B)`, are no tuple.
            let mut items = Vec::new();
            let mut comma = true;
            while !self.eat(")") {
                if !comma {
                    return self.expected("`,`");
                }
                items.push(self.ty()?);
                comma = self.eat(",");
            }
            return Ok(match items.len() {
                1 if !comma => items.remove(0),
                _ => Ty::Tuple(items),
            });
        }
        if self.eat("[") {
            let item = Box::new(self.ty()?);
            if self.eat(";") {
                return Ok(Ty::Array(item, self.until("]")?.to_owned()));
            }
            self.expect("]")?;
            return Ok(Ty::Slice(item));
        }
        if self.eat("{closure@") {
            return Ok(Ty::Closure(self.until("}")?.to_owned()));
        }
        if self.eat("!") {
            return Ok(Ty::Never);
        }
        let mut ahead = self.clone();
        if ahead.eat("for<") {
            ahead.until(">")?;
        }
        ahead.word("unsafe");
        if ahead.word("extern") && ahead.starts("\"") {
            ahead.quoted()?;
        }
        if ahead.word("fn") {
            ahead.expect("(")?;
            ahead.list(")", Self::ty)?;
            ahead.result()?;
            if ahead.starts("{") {
                // The type of one function, which is named here.
                ahead.bracketed()?;
            }
            *self = ahead;
            return Ok(Ty::Fn(self.since(&begin).to_owned()));
        }
        if self.word("impl") {
            self.bounds()?;
            return Ok(Ty::Impl(self.since(&begin).to_owned()));
        }
        if self.word("dyn") {
            self.bounds()?;
            return Ok(Ty::Dyn(self.since(&begin).to_owned()));
        }
        Ok(Ty::Path(self.path()?))
    }
}
