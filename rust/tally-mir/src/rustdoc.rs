//! What the crate's items are, from rustdoc's JSON: MIR's text does not say which
//! fields a struct has, nor which type an `impl` is for.

use crate::ast::{Name, Path, Position, QSelf, Segment, Ty};
use serde_json::Value;
use std::collections::BTreeMap;

/// The form of rustdoc's JSON that is read here.
const FORMAT: u64 = 57;

/// A type parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Generic {
    pub(crate) name: String,
    /// Whether it is `?Sized`.
    pub(crate) maybe_unsized: bool,
    /// What it is where it is not said, of a type's parameter.
    pub(crate) default: Option<Ty>,
    /// The type of its value, if it is a constant.
    pub(crate) constant: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) fields: Vec<(String, Ty)>,
    /// Its number, which may be another than its place.
    pub(crate) number: i128,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Struct(Vec<(String, Ty)>),
    Enum(Vec<Variant>),
    Union(Vec<(String, Ty)>),
    /// Anything else, and why it has no layout here.
    Other(&'static str),
}

/// A struct, an enum, a union.
#[derive(Clone, Debug)]
pub(crate) struct Adt {
    /// Its path, without the crate.
    pub(crate) path: Vec<String>,
    pub(crate) generics: Vec<Generic>,
    pub(crate) kind: Kind,
}

impl Kind {
    /// Whether the variants have other numbers than their places.
    pub(crate) fn is_numbered(&self) -> bool {
        let Self::Enum(variants) = self else { return false };
        (0..).zip(variants).any(|(at, of): (i128, _)| at != of.number)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Impl {
    pub(crate) at: Position,
    pub(crate) generics: Vec<Generic>,
    pub(crate) of_trait: Option<String>,
    pub(crate) ty: Ty,
    /// Functions and constants, with the parameters of their own.
    pub(crate) items: BTreeMap<String, Vec<Generic>>,
    /// The arguments of the trait.
    pub(crate) trait_args: Vec<Option<Ty>>,
    /// The associated types.
    pub(crate) types: BTreeMap<String, Ty>,
    /// Which traits which types must have.
    pub(crate) bounds: Vec<(Ty, String)>,
    /// Which associated type of a type, by the trait, must be what.
    pub(crate) equalities: Vec<Equality>,
    /// What its functions ask for besides.
    pub(crate) of_items: BTreeMap<String, Where>,
    /// The types of its functions: of the result, then of the arguments.
    pub(crate) signatures: BTreeMap<String, Vec<Ty>>,
}

/// What must hold of type parameters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Where {
    /// Which traits which types must have.
    pub(crate) bounds: Vec<(Ty, String)>,
    /// Which associated type of a type, by the trait, must be what.
    pub(crate) equalities: Vec<Equality>,
}

/// Types, each with a trait that it must have.
type Bounds = Vec<(Ty, String)>;

/// `TY: TRAIT<NAME = IS>`
#[derive(Clone, Debug)]
pub(crate) struct Equality {
    pub(crate) ty: Ty,
    pub(crate) of_trait: String,
    pub(crate) name: String,
    pub(crate) is: Ty,
}

/// A trait: its parameters, and what it gives bodies for.
#[derive(Clone, Debug)]
pub(crate) struct Trait {
    pub(crate) path: Vec<String>,
    pub(crate) generics: Vec<Generic>,
    pub(crate) items: BTreeMap<String, Vec<Generic>>,
    /// What it asks for, and what its functions ask for besides.
    pub(crate) asks: Where,
    pub(crate) of_items: BTreeMap<String, Where>,
    /// The traits that what has it has as well.
    pub(crate) supers: Vec<String>,
    /// The traits that its associated types have.
    pub(crate) types: BTreeMap<String, Vec<String>>,
    /// The types of its constants.
    pub(crate) constants: BTreeMap<String, Ty>,
}

/// The items of a crate.
#[derive(Clone, Debug, Default)]
pub struct Docs {
    pub(crate) adts: Vec<Adt>,
    pub(crate) impls: Vec<Impl>,
    /// Functions and constants outside of `impl`s.
    pub(crate) free: Vec<(Vec<String>, Vec<Generic>)>,
    /// What those functions ask for of their parameters.
    pub(crate) of_free: BTreeMap<Vec<String>, Where>,
    /// Its traits.
    pub(crate) traits: Vec<Trait>,
    /// Other names of types: the path, the parameters, the type.
    pub(crate) aliases: Vec<(Vec<String>, Vec<Generic>, Ty)>,
    /// Functions that are constants of a type.
    pub(crate) constants: &'static [crate::sized::Constant],
}

struct Reader<'a> {
    index: &'a serde_json::Map<String, Value>,
    paths: &'a serde_json::Map<String, Value>,
    docs: Docs,
}

type Read<T> = Result<T, String>;

fn missing(what: &str) -> String {
    format!("rustdoc's JSON has no {what}")
}

fn array<'a>(value: &'a Value, key: &str) -> Read<&'a [Value]> {
    Ok(value.get(key).and_then(Value::as_array).ok_or_else(|| missing(key))?)
}

fn text<'a>(value: &'a Value, key: &str) -> Read<&'a str> {
    value.get(key).and_then(Value::as_str).ok_or_else(|| missing(key))
}

/// The one member of an object, or a mere word.
fn variant(value: &Value) -> Read<(&str, &Value)> {
    match value {
        Value::String(word) => Ok((word, &Value::Null)),
        Value::Object(members) if members.len() == 1 => members
            .iter()
            .next()
            .map(|(key, value)| (key.as_str(), value))
            .ok_or_else(|| missing("member")),
        _ => Err(format!("rustdoc's JSON: not one of several: {value}")),
    }
}

fn ident(name: &str) -> Segment {
    Segment { name: Name::Ident(name.to_owned()), args: Vec::new() }
}

fn generics(item: &Value) -> Read<Vec<Generic>> {
    let mut found = Vec::new();
    let params = item.get("generics").ok_or_else(|| missing("generics"))?;
    for param in array(params, "params")? {
        let (kind, of) = variant(param.get("kind").ok_or_else(|| missing("kind"))?)?;
        if kind == "type" {
            let maybe = |bound: &Value| {
                bound.get("trait_bound").and_then(|bound| bound.get("modifier"))
                    == Some(&Value::String("maybe".to_owned()))
            };
            let maybe_unsized = array(of, "bounds")?.iter().any(maybe);
            let name = text(param, "name")?.to_owned();
            found.push(Generic { name, maybe_unsized, default: None, constant: None });
        } else if kind == "const" {
            let name = text(param, "name")?.to_owned();
            let constant = of["type"]["primitive"].as_str().unwrap_or("_").to_owned();
            let constant = Some(constant);
            found.push(Generic { name, maybe_unsized: false, default: None, constant });
        }
    }
    Ok(found)
}

impl<'a> Reader<'a> {
    /// The parameters of a type, and what they are where it is not said.
    fn with_defaults(&self, item: &Value) -> Read<Vec<Generic>> {
        let mut found = generics(item)?;
        for param in array(item.get("generics").ok_or_else(|| missing("generics"))?, "params")? {
            let default = &param["kind"]["type"]["default"];
            let number = param["kind"]["const"]["default"].as_str();
            let default = match number {
                Some(number) => Ty::number(number),
                None if default.is_null() => continue,
                None => self.ty(default)?,
            };
            let name = text(param, "name")?;
            if let Some(known) = found.iter_mut().find(|known| known.name == name) {
                known.default = Some(default);
            }
        }
        Ok(found)
    }

    /// The traits that parameters and other types must have.
    fn bounds(&self, item: &Value) -> Read<(Bounds, Vec<Equality>)> {
        let (mut found, mut equalities) = (Vec::new(), Vec::new());
        let of = item.get("generics").ok_or_else(|| missing("generics"))?;
        let name = |name: &str| Ty::Path(Path { qself: None, segments: vec![ident(name)] });
        let mut add = |ty: &Ty, bounds: &[Value]| -> Read<()> {
            for bound in bounds {
                let bound = &bound["trait_bound"];
                let path = bound["trait"]["path"].as_str();
                if let (Some(path), false) = (path, bound["modifier"] == "maybe") {
                    let last = path.rsplit("::").next().unwrap_or_default().to_owned();
                    let mut equal = |name: &str, is: &Value| -> Read<()> {
                        let (name, of_trait) = (name.to_owned(), last.clone());
                        let is = self.ty(is)?;
                        equalities.push(Equality { ty: ty.clone(), of_trait, name, is });
                        Ok(())
                    };
                    let args = &bound["trait"]["args"];
                    let output = &args["parenthesized"]["output"];
                    if !output.is_null() {
                        equal("Output", output)?;
                    }
                    for of in
                        args["angle_bracketed"]["constraints"].as_array().into_iter().flatten()
                    {
                        let is = &of["binding"]["equality"]["type"];
                        if let (Some(name), false) = (of["name"].as_str(), is.is_null()) {
                            equal(name, is)?;
                        }
                    }
                    found.push((ty.clone(), last));
                }
            }
            Ok(())
        };
        for param in array(of, "params")? {
            if let ("type", of) = variant(param.get("kind").ok_or_else(|| missing("kind"))?)? {
                add(&name(text(param, "name")?), array(of, "bounds")?)?;
            }
        }
        for predicate in array(of, "where_predicates")? {
            if let Some(of) = predicate.get("bound_predicate") {
                let ty = self.ty(of.get("type").ok_or_else(|| missing("type"))?)?;
                add(&ty, array(of, "bounds")?)?;
            }
        }
        Ok((found, equalities))
    }

    fn item(&self, id: &Value) -> Read<&'a Value> {
        self.index.get(&id.to_string()).ok_or_else(|| missing("item"))
    }

    /// The arguments of a path that are types.
    fn args(&self, of: &Value) -> Read<Vec<Option<Ty>>> {
        let Some(args) = of.get("args").and_then(|args| args.get("angle_bracketed")) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for arg in array(args, "args")? {
            match variant(arg)? {
                ("type", ty) => found.push(Some(self.ty(ty)?)),
                ("lifetime", _) => {}
                ("const" | "constant", of) => found.push(of["expr"].as_str().map(Ty::number)),
                _ => found.push(None),
            }
        }
        Ok(found)
    }

    fn resolved(&self, of: &Value) -> Read<Path> {
        let id = of.get("id").ok_or_else(|| missing("id"))?;
        let path: Vec<&str> = match self.paths.get(&id.to_string()) {
            Some(known) => {
                let parts = array(known, "path")?.iter().filter_map(Value::as_str);
                let local = known.get("crate_id").and_then(Value::as_u64) == Some(0);
                parts.skip(usize::from(local)).collect()
            }
            None => text(of, "path")?.split("::").collect(),
        };
        let mut segments: Vec<Segment> = path.into_iter().map(ident).collect();
        if let Some(last) = segments.last_mut() {
            last.args = self.args(of)?;
        }
        Ok(Path { qself: None, segments })
    }

    /// A type, as MIR would print it.
    fn ty(&self, value: &Value) -> Read<Ty> {
        let (kind, of) = variant(value)?;
        let inner = |key: &str| self.ty(of.get(key).ok_or_else(|| missing(key))?).map(Box::new);
        let name = |name: &str| Ty::Path(Path { qself: None, segments: vec![ident(name)] });
        Ok(match kind {
            "resolved_path" => Ty::Path(self.resolved(of)?),
            "generic" => name(of.as_str().unwrap_or_default()),
            "primitive" if of == "never" => Ty::Never,
            "primitive" => name(of.as_str().unwrap_or_default()),
            "borrowed_ref" => Ty::Ref(inner("type")?, of["is_mutable"] == true),
            "raw_pointer" => Ty::Ptr(inner("type")?),
            "tuple" => {
                let items = of.as_array().ok_or_else(|| missing("tuple"))?;
                Ty::Tuple(items.iter().map(|item| self.ty(item)).collect::<Read<_>>()?)
            }
            "slice" => Ty::Slice(Box::new(self.ty(of)?)),
            "array" => Ty::Array(inner("type")?, text(of, "len")?.to_owned()),
            "function_pointer" => Ty::Fn("fn".to_owned()),
            "dyn_trait" => Ty::Dyn("dyn".to_owned()),
            "qualified_path" => Ty::Path(Path {
                qself: Some(Box::new(QSelf {
                    ty: *inner("self_type")?,
                    as_trait: match &of["trait"] {
                        Value::Null => None,
                        of_trait => Some(self.resolved(of_trait)?),
                    },
                })),
                segments: vec![ident(text(of, "name")?)],
            }),
            // Nothing that a translated item may mention.
            other => Ty::Fn(format!("{other} type")),
        })
    }

    /// Fields by their numbers; `None` if one is hidden.
    fn fields(&self, ids: &[Value]) -> Read<Option<Vec<(String, Ty)>>> {
        let mut fields = Vec::new();
        for id in ids {
            if id.is_null() {
                return Ok(None);
            }
            let item = self.item(id)?;
            let (_, ty) = variant(item.get("inner").ok_or_else(|| missing("inner"))?)?;
            fields.push((text(item, "name")?.to_owned(), self.ty(ty)?));
        }
        Ok(Some(fields))
    }

    /// The fields of a struct or a variant of this kind.
    fn fields_of_kind(&self, kind: &Value) -> Read<Option<Vec<(String, Ty)>>> {
        match variant(kind)? {
            ("unit" | "plain", Value::Null) => Ok(Some(Vec::new())),
            ("plain" | "struct", of) => self.fields(array(of, "fields")?),
            ("tuple", ids) => self.fields(ids.as_array().ok_or_else(|| missing("fields"))?),
            (other, _) => Err(format!("rustdoc's JSON: a struct of kind {other}")),
        }
    }

    fn enum_variants(&self, ids: &[Value]) -> Read<Kind> {
        let mut variants = Vec::new();
        let mut number = 0;
        for id in ids {
            let item = self.item(id)?;
            let (_, of) = variant(item.get("inner").ok_or_else(|| missing("inner"))?)?;
            if let Some(own) = of.get("discriminant").filter(|value| !value.is_null()) {
                let own = text(own, "value")?.parse();
                number = own.map_err(|_| missing("number of a variant"))?;
            }
            match self.fields_of_kind(of.get("kind").ok_or_else(|| missing("kind"))?)? {
                Some(fields) => {
                    let name = text(item, "name")?.to_owned();
                    variants.push(Variant { name, fields, number });
                    number += 1;
                }
                None => return Ok(Kind::Other("an enum with hidden fields")),
            }
        }
        Ok(Kind::Enum(variants))
    }

    fn impl_item(&mut self, item: &'a Value, of: &'a Value) -> Read<()> {
        let span = &item["span"];
        // Those that the compiler makes have no place, and no body.
        if span.is_null() || !of["blanket_impl"].is_null() {
            return Ok(());
        }
        let number = |at: usize| {
            let value = array(span, "begin")?.get(at).and_then(Value::as_u64);
            value.and_then(|value| u32::try_from(value).ok()).ok_or_else(|| missing("position"))
        };
        let at = Position {
            file: text(span, "filename")?.to_owned(),
            line: number(0)?,
            column: number(1)?,
        };
        let of_trait = match &of["trait"] {
            Value::Null => None,
            of_trait => text(of_trait, "path")?.rsplit("::").next().map(str::to_owned),
        };
        let trait_args = if of["trait"].is_null() { Vec::new() } else { self.args(&of["trait"])? };
        let (mut items, mut types) = (BTreeMap::new(), BTreeMap::new());
        let (mut of_items, mut signatures) = (BTreeMap::new(), BTreeMap::new());
        for id in array(of, "items")? {
            let item = self.item(id)?;
            if let Some(ty) = item["inner"]["assoc_type"].get("type").filter(|ty| !ty.is_null()) {
                types.insert(text(item, "name")?.to_owned(), self.ty(ty)?);
            }
            let (kind, inner) = variant(item.get("inner").ok_or_else(|| missing("inner"))?)?;
            let own = if kind == "function" { generics(inner)? } else { Vec::new() };
            if kind == "function" {
                let name = text(item, "name")?;
                of_items.insert(name.to_owned(), self.asked(inner)?);
                signatures.insert(name.to_owned(), self.signature(&inner["sig"])?);
            }
            items.insert(text(item, "name")?.to_owned(), own);
        }
        let ty = self.ty(of.get("for").ok_or_else(|| missing("for"))?)?;
        let (generics, (bounds, equalities)) = (generics(of)?, self.bounds(of)?);
        let known = Impl {
            at,
            generics,
            of_trait,
            ty,
            items,
            trait_args,
            types,
            bounds,
            equalities,
            of_items,
            signatures,
        };
        self.docs.impls.push(known);
        Ok(())
    }

    /// The types of the result and of the arguments.
    fn signature(&self, of: &Value) -> Read<Vec<Ty>> {
        let mut types = vec![match &of["output"] {
            Value::Null => Ty::Tuple(Vec::new()),
            ty => self.ty(ty)?,
        }];
        for input in array(of, "inputs")? {
            types.push(self.ty(&input[1])?);
        }
        Ok(types)
    }

    /// What an item asks for of its parameters.
    fn asked(&self, item: &Value) -> Read<Where> {
        let (bounds, equalities) = self.bounds(item)?;
        Ok(Where { bounds, equalities })
    }

    /// The last parts of the paths of the traits in a list of bounds.
    fn traits_of(of: &Value) -> Vec<String> {
        let bounds = of["bounds"].as_array().into_iter().flatten();
        bounds
            .filter(|bound| bound["trait_bound"]["modifier"] != "maybe")
            .filter_map(|bound| bound["trait_bound"]["trait"]["path"].as_str())
            .filter_map(|path| path.rsplit("::").next().map(str::to_owned))
            .collect()
    }

    fn trait_item(&mut self, inner: &Value, path: Vec<String>) -> Read<()> {
        let (mut items, mut of_items) = (BTreeMap::new(), BTreeMap::new());
        let (mut types, mut constants) = (BTreeMap::new(), BTreeMap::new());
        for id in array(inner, "items")? {
            let Ok(item) = self.item(id) else { continue };
            let Some(name) = item["name"].as_str() else { continue };
            if let Some(of) = item["inner"].get("function") {
                items.insert(name.to_owned(), generics(of)?);
                of_items.insert(name.to_owned(), self.asked(of)?);
            }
            if let Some(of) = item["inner"].get("assoc_type") {
                types.insert(name.to_owned(), Self::traits_of(of));
            }
            if let Some(of) = item["inner"].get("assoc_const") {
                constants.insert(name.to_owned(), self.ty(&of["type"])?);
            }
        }
        let (generics, asks) = (generics(inner)?, self.asked(inner)?);
        let supers = Self::traits_of(inner);
        self.docs.traits.push(Trait {
            path,
            generics,
            items,
            asks,
            of_items,
            supers,
            types,
            constants,
        });
        Ok(())
    }

    /// The items of a module, and of those in it.
    fn module(&mut self, of: &'a Value, path: &[String]) -> Read<()> {
        for id in array(of, "items")? {
            let Ok(item) = self.item(id) else { continue };
            let (kind, inner) = variant(item.get("inner").ok_or_else(|| missing("inner"))?)?;
            let Some(name) = item["name"].as_str() else { continue };
            let path: Vec<String> = path.iter().cloned().chain([name.to_owned()]).collect();
            match kind {
                "module" => self.module(inner, &path)?,
                "struct" | "enum" | "union" => {
                    let kind = match kind {
                        "struct" => {
                            let kind = inner.get("kind").ok_or_else(|| missing("kind"))?;
                            match self.fields_of_kind(kind)? {
                                Some(fields) => Kind::Struct(fields),
                                None => Kind::Other("a struct with hidden fields"),
                            }
                        }
                        "enum" => self.enum_variants(array(inner, "variants")?)?,
                        _ => match self.fields(array(inner, "fields")?)? {
                            Some(fields) => Kind::Union(fields),
                            None => Kind::Other("a union with hidden fields"),
                        },
                    };
                    let generics = self.with_defaults(inner)?;
                    self.docs.adts.push(Adt { path, generics, kind });
                }
                "trait" => self.trait_item(inner, path)?,
                "function" => {
                    self.docs.of_free.insert(path.clone(), self.asked(inner)?);
                    self.docs.free.push((path, generics(inner)?));
                }
                "type_alias" => {
                    let ty = self.ty(inner.get("type").ok_or_else(|| missing("type"))?)?;
                    let generics = self.with_defaults(inner)?;
                    self.docs.aliases.push((path, generics, ty));
                }
                "constant" | "static" => self.docs.free.push((path, Vec::new())),
                _ => {}
            }
        }
        Ok(())
    }
}

/// The fields of a type that is declared inside of a function, which rustdoc leaves out:
/// names and types as they are written.
#[derive(Clone, Debug)]
pub enum Local {
    /// A struct.
    Struct(Vec<(String, String)>),
    /// An enum, by its variants.
    Enum(Vec<(String, Vec<(String, String)>)>),
}

/// The first part of the path of such a type.
pub(crate) const LOCAL: &str = "{local}";

fn plain(names: Vec<String>) -> Vec<Generic> {
    let one = |name| Generic { name, maybe_unsized: false, default: None, constant: None };
    names.into_iter().map(one).collect()
}

impl Docs {
    /// Adds a function that is declared inside of a function; one of each name.
    pub fn add_local_function(&mut self, name: &str, generics: Vec<String>) {
        if self.free.iter().any(|(path, _)| path.last().is_some_and(|last| last == name)) {
            return;
        }
        self.free.push((vec![name.to_owned()], plain(generics)));
    }

    /// Adds a type that is declared inside of a function; the path is what it is in, from the
    /// type of the `impl` on, and its name.
    pub fn add_local(&mut self, path: &[String], generics: Vec<String>, local: &Local) {
        let fields = |of: &[(String, String)]| {
            of.iter()
                .map(|(name, ty)| Some((name.clone(), crate::parse::ty(ty)?)))
                .collect::<Option<Vec<_>>>()
        };
        let kind = match local {
            Local::Struct(of) => fields(of).map(Kind::Struct),
            Local::Enum(variants) => (0..)
                .zip(variants)
                .map(|(number, (name, of))| {
                    Some(Variant { name: name.clone(), fields: fields(of)?, number })
                })
                .collect::<Option<Vec<_>>>()
                .map(Kind::Enum),
        };
        let kind = kind.unwrap_or(Kind::Other("a type inside of a function that is not read"));
        let path = std::iter::once(LOCAL.to_owned()).chain(path.iter().cloned()).collect();
        self.adts.push(Adt { path, generics: plain(generics), kind });
    }

    /// Adds an `impl` that is inside of a function: the type is written, with the path of what
    /// it is in if it is in a function too.
    pub fn add_local_impl(
        &mut self,
        at: Position,
        within: &[String],
        (of_trait, ty): (Option<String>, &str),
        generics: Vec<String>,
        items: BTreeMap<String, Vec<String>>,
    ) {
        let Some(mut ty) = crate::parse::ty(ty) else { return };
        if let Ty::Path(path) = &mut ty {
            let name = path.idents().last().map(|last| (*last).to_owned()).unwrap_or_default();
            // The nearest of what it is in that has a type of the name.
            let near = (1..=within.len()).rev().find(|&count| {
                self.adts.iter().any(|of| {
                    of.path.first().is_some_and(|first| first == LOCAL)
                        && of.path[1..of.path.len() - 1] == within[..count]
                        && of.path.last() == Some(&name)
                })
            });
            let before = near.map_or(0, |count| count);
            path.segments.splice(0..0, within[..before].iter().map(|name| ident(name)));
        }
        self.impls.push(Impl {
            at,
            generics: plain(generics),
            of_trait,
            ty,
            items: items.into_iter().map(|(name, own)| (name, plain(own))).collect(),
            trait_args: Vec::new(),
            types: BTreeMap::new(),
            bounds: Vec::new(),
            equalities: Vec::new(),
            of_items: BTreeMap::new(),
            signatures: BTreeMap::new(),
        });
    }

    /// Reads what `rustdoc --output-format json --document-private-items` has written.
    ///
    /// # Errors
    ///
    /// If it is not that, or of another form.
    pub fn read(json: &str) -> Result<Self, String> {
        // Types nest deeper than is allowed to those who do not ask for it.
        let mut text = serde_json::Deserializer::from_str(json);
        text.disable_recursion_limit();
        let json = text.into_iter::<Value>().next().ok_or_else(|| missing("value"))?;
        let json = json.map_err(|error| error.to_string())?;
        let format = json["format_version"].as_u64();
        if format != Some(FORMAT) {
            return Err(format!("rustdoc's JSON is not of form {FORMAT} but {format:?}"));
        }
        let map = |key: &str| json[key].as_object().ok_or_else(|| missing(key));
        let mut reader =
            Reader { index: map("index")?, paths: map("paths")?, docs: Self::default() };
        let root = reader.item(&json["root"])?;
        reader.module(&root["inner"]["module"], &[])?;
        // In the order of their numbers, which is that of the source where a macro makes several.
        let mut items: Vec<(u64, &Value)> = reader
            .index
            .iter()
            .map(|(number, item)| (number.parse().unwrap_or(u64::MAX), item))
            .collect();
        items.sort_by_key(|(number, _)| *number);
        for (_, item) in items {
            if let Some(of) = item["inner"].get("impl") {
                reader.impl_item(item, of)?;
            }
        }
        reader.docs.impls.sort_by(|one, other| one.at.cmp(&other.at));
        Ok(reader.docs)
    }
}
