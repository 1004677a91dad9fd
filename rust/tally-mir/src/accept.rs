//! What the compilations of `theories/mir` have a meaning for: where one of them would put a
//! stuck program in the place of a statement, the function is not counted as translated.
//!
//! These are the same tests as there: a field that the type at the place does not have; a value
//! whose layout depends on a type parameter that is not read from memory; a type that nests too
//! deep; values of one number of cells written over another.

use crate::model::{
    Assign, Body, Callee, Constant, Operand, Place, Program, Projection, Rvalue, Shape, Terminator,
    Ty,
};

/// `ty_depth` in `mir.v`.
const DEPTH: usize = 24;

/// Entries of the table that are for values of known layout only.
const NOT_BY_ADDRESS: [&str; 2] = ["Option::branch", "Option::map_or"];

impl Program {
    /// Whether the layout depends on a type parameter.
    pub fn has_param(&self, ty: &Ty) -> bool {
        self.has_param_within(ty, DEPTH)
    }

    fn has_param_within(&self, ty: &Ty, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let any = |items: &[Ty]| items.iter().any(|item| self.has_param_within(item, depth));
        match ty {
            Ty::Int(_) | Ty::Bool | Ty::Ptr | Ty::Box(_) | Ty::Fat => false,
            Ty::Param(_) => true,
            Ty::NoDrop(of) => self.has_param_within(of, depth),
            Ty::Tuple(items) | Ty::LibEnum(_, items) => any(items),
            Ty::Adt(number, args) => match &self.adts[*number].shape {
                Shape::Struct(fields) => {
                    fields.iter().any(|of| self.has_param_within(&of.substitute_all(args), depth))
                }
                Shape::Enum(variants) => variants
                    .iter()
                    .flatten()
                    .any(|of| self.has_param_within(&of.substitute_all(args), depth)),
            },
        }
    }

    /// Whether the type nests no deeper than the functions in Coq look.
    fn fits(&self, ty: &Ty, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        match ty {
            Ty::Int(_) | Ty::Bool | Ty::Ptr | Ty::Fat | Ty::Param(_) => true,
            Ty::Box(of) | Ty::NoDrop(of) => self.fits(of, depth),
            Ty::Tuple(items) | Ty::LibEnum(_, items) => {
                items.iter().all(|item| self.fits(item, depth))
            }
            Ty::Adt(number, args) => match &self.adts[*number].shape {
                Shape::Struct(fields) => {
                    fields.iter().all(|of| self.fits(&of.substitute_all(args), depth))
                }
                Shape::Enum(variants) => {
                    variants.iter().flatten().all(|of| self.fits(&of.substitute_all(args), depth))
                }
            },
        }
    }

    /// The type at a place, if there is one.
    pub fn place_ty(&self, body: &Body, place: &Place) -> Option<Ty> {
        let mut ty = body.locals.get(place.local)?.clone();
        let mut variant: Option<Vec<Ty>> = None;
        for projection in &place.projections {
            match projection {
                Projection::Deref(to) => {
                    ty = to.clone();
                    variant = None;
                }
                Projection::Field(number) => {
                    let fields = match variant.take() {
                        Some(fields) => fields,
                        None => match &ty {
                            Ty::Tuple(items) => items.clone(),
                            Ty::Adt(of, args) => match &self.adts.get(*of)?.shape {
                                Shape::Struct(fields) => {
                                    fields.iter().map(|of| of.substitute_all(args)).collect()
                                }
                                Shape::Enum(_) => return None,
                            },
                            _ => return None,
                        },
                    };
                    ty = fields.get(*number)?.clone();
                }
                Projection::Variant(number) => match &ty {
                    Ty::Adt(of, args) => match &self.adts.get(*of)?.shape {
                        Shape::Enum(variants) => {
                            let fields = variants.get(*number)?;
                            variant =
                                Some(fields.iter().map(|of| of.substitute_all(args)).collect());
                        }
                        Shape::Struct(_) => return None,
                    },
                    _ => return None,
                },
            }
        }
        Some(ty)
    }

    fn constant_ty(&self, constant: &Constant) -> Option<Ty> {
        Some(match constant {
            Constant::Int(int, _) => Ty::Int(*int),
            Constant::Bool(_) => Ty::Bool,
            Constant::Opaque(ty) | Constant::Variant(ty, _) => ty.clone(),
            Constant::Item(number, _) => self.functions.get(*number)?.body.locals.first()?.clone(),
            Constant::Offset(..) => Ty::Int(crate::model::Int("usize")),
        })
    }

    /// The type of what is read.
    pub fn operand_ty(&self, body: &Body, operand: &Operand) -> Option<Ty> {
        match operand {
            Operand::Use(place) => self.place_ty(body, place),
            Operand::Const(constant) => self.constant_ty(constant),
        }
    }

    /// What a value consists of, cell after cell, if that is known; pointers and numbers are
    /// cells alike.
    fn layout(&self, ty: &Ty, depth: usize, to: &mut Vec<Option<Ty>>) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        match ty {
            Ty::Int(_) | Ty::Bool | Ty::Ptr | Ty::Box(_) => to.push(None),
            Ty::Fat => to.extend([None, None]),
            Ty::Param(_) => to.push(Some(ty.clone())),
            Ty::NoDrop(of) => return self.layout(of, depth, to),
            Ty::Tuple(items) => return items.iter().all(|item| self.layout(item, depth, to)),
            Ty::LibEnum(..) => return false,
            Ty::Adt(number, args) => match &self.adts[*number].shape {
                Shape::Struct(fields) => {
                    return fields
                        .iter()
                        .all(|of| self.layout(&of.substitute_all(args), depth, to));
                }
                Shape::Enum(_) if self.has_param(ty) => to.push(Some(ty.clone())),
                Shape::Enum(_) => {
                    to.extend(std::iter::repeat_n(None, self.cells(ty, 0)));
                }
            },
        }
        true
    }

    /// Whether values of the types have as many cells.
    fn alike(&self, one: &Ty, other: &Ty) -> bool {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        one == other
            || self.layout(one, DEPTH, &mut first)
                && self.layout(other, DEPTH, &mut second)
                && first == second
    }

    fn no_cells(&self, ty: &Ty) -> bool {
        let mut cells = Vec::new();
        self.layout(ty, DEPTH, &mut cells) && cells.is_empty()
    }

    /// Why an operand has no meaning where it is copied from memory to memory.
    fn operand_fault(&self, body: &Body, operand: &Operand) -> Option<String> {
        let Some(ty) = self.operand_ty(body, operand) else {
            return Some("a place that the type does not have".to_owned());
        };
        match operand {
            Operand::Const(_) if self.has_param(&ty) => {
                Some("a constant whose layout depends on a type parameter".to_owned())
            }
            _ => None,
        }
    }

    fn passed_fault(&self, body: &Body, operand: &Operand, into: Option<&Ty>) -> Option<String> {
        let Some(ty) = self.operand_ty(body, operand) else {
            return Some("a place that the type does not have".to_owned());
        };
        if let Some(into) = into {
            if !self.alike(&ty, into) || self.has_param(&ty) != self.has_param(into) {
                return Some("an argument of another type than the function's".to_owned());
            }
        }
        match operand {
            Operand::Const(_) if self.has_param(&ty) && !self.no_cells(&ty) => {
                Some("a constant whose layout depends on a type parameter".to_owned())
            }
            _ => None,
        }
    }

    fn assign_fault(&self, body: &Body, assign: &Assign) -> Option<String> {
        let Assign(place, rvalue) = assign;
        let Some(ty) = self.place_ty(body, place) else {
            return Some("a place that the type does not have".to_owned());
        };
        let all = |operands: &[&Operand]| {
            operands.iter().find_map(|operand| self.operand_fault(body, operand))
        };
        match rvalue {
            Rvalue::Use(operand) => all(&[operand]).or_else(|| {
                let of = self.operand_ty(body, operand)?;
                (!self.alike(&of, &ty)).then(|| "a value of another layout".to_owned())
            }),
            Rvalue::Aggregate(_, items) => {
                items.iter().find_map(|operand| self.operand_fault(body, operand))
            }
            _ if self.has_param(&ty) => {
                Some("an operation whose result's layout depends on a type parameter".to_owned())
            }
            Rvalue::Ref(place) | Rvalue::Discriminant(place) => {
                let known = self.place_ty(body, place).is_some();
                (!known).then(|| "a place that the type does not have".to_owned())
            }
            Rvalue::Not(operand) | Rvalue::Cast(_, operand) => all(&[operand]),
            Rvalue::Relation(_, left, right)
            | Rvalue::Arithmetic(_, _, left, right)
            | Rvalue::Checked(_, _, left, right) => all(&[left, right]),
        }
    }

    fn end_fault(&self, body: &Body, end: &Terminator) -> Option<String> {
        match end {
            Terminator::Call(to, callee, args, target, _) => {
                let Some(result) = self.place_ty(body, to) else {
                    return Some("a place that the type does not have".to_owned());
                };
                match callee {
                    Callee::Fn(number, _) => {
                        let of = &self.functions[*number].body;
                        if of.arguments != args.len() {
                            return Some("a call with another number of arguments".to_owned());
                        }
                        let given = of.locals.first();
                        let same = given.is_none_or(|given| {
                            self.alike(given, &result)
                                && self.has_param(given) == self.has_param(&result)
                        });
                        // Where it does not return, it matters not.
                        if !same && target.is_some() {
                            return Some("a result of another type".to_owned());
                        }
                        args.iter().enumerate().find_map(|(at, arg)| {
                            self.passed_fault(body, arg, of.locals.get(at + 1))
                        })
                    }
                    Callee::Lib(name, types) => {
                        let open = types.iter().any(|ty| self.has_param(ty));
                        if open && NOT_BY_ADDRESS.contains(name) {
                            return Some(format!("{name} of values of a type parameter"));
                        }
                        if !types.iter().all(|ty| self.fits(ty, DEPTH)) {
                            return Some("a type that is nested too deep".to_owned());
                        }
                        args.iter().find_map(|arg| self.passed_fault(body, arg, None))
                    }
                }
            }
            Terminator::Drop(place, ..) => {
                let known = self.place_ty(body, place).is_some();
                (!known).then(|| "a place that the type does not have".to_owned())
            }
            Terminator::Switch(operand, ..) | Terminator::Assert(operand, ..) => {
                self.operand_fault(body, operand)
            }
            _ => None,
        }
    }

    /// The blocks of a function that the compilations have no meaning for, and why.
    pub fn not_accepted(&self, number: usize) -> Vec<(usize, String)> {
        let body = &self.functions[number].body;
        let mut found = Vec::new();
        for (at, (statements, end)) in body.blocks.iter().enumerate() {
            let fault = statements
                .iter()
                .find_map(|of| self.assign_fault(body, of))
                .or_else(|| self.end_fault(body, end));
            found.extend(fault.map(|why| (at, why)));
        }
        if !body.locals.iter().all(|ty| self.fits(ty, DEPTH)) {
            found.push((0, "a type that contains itself or is nested too deep".to_owned()));
        }
        found
    }
}
