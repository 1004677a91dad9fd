//! What the library promises: the statements in its interface files.
//!
//! An interface file is `X_sig.v` with a `Module Type X_sig`; beside it `X.v`
//! seals a `Module X : X_sig`, or, where `X.v` is a model, `X_proofs.v` seals a
//! `Module X_proofs : X_sig`. The names come from the compiled interface, and
//! the prover says which of them are statements (their type is a `Prop`) and
//! which are definitions. No Coq text is parsed. A generic interface is a record
//! instead: its laws are proved anew in each instance, and it promises nothing
//! by itself.

use crate::coq;
use crate::glob;
use crate::project::{Unit, read};
use std::path::Path;

/// One promised theorem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    /// What it is about: `rc`, or `model/rc_model`.
    pub(crate) subject: String,
    /// Its name.
    pub(crate) lemma: String,
    /// Where it stands: file and line.
    pub(crate) path: String,
    pub(crate) line: usize,
}

/// A module type with the sealed module that keeps its promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Interface {
    /// `tally.rc.rc_sig.rc_sig`
    pub(crate) module_type: String,
    /// `tally.rc.rc.rc`, or nothing where there is no such module.
    pub(crate) sealed: Option<String>,
    pub(crate) subject: String,
    path: String,
    /// Names and lines of its parameters, statements or not.
    parameters: Vec<(String, usize)>,
}

/// The subject of an interface file: its folder, and its name where that differs.
fn subject(unit: &Unit) -> String {
    let stem = unit.stem().trim_end_matches("_sig");
    let folder = unit.folder();
    if folder.rsplit('/').next() == Some(stem) {
        folder.to_owned()
    } else {
        format!("{folder}/{stem}")
    }
}

/// The interfaces of the compiled library.
pub(crate) fn interfaces(root: &Path, units: &[Unit]) -> Result<Vec<Interface>, String> {
    let mut found = Vec::new();
    for unit in units.iter().filter(|unit| unit.stem().ends_with("_sig")) {
        let source = read(&root.join(&unit.path))?;
        let entries = glob::parse(&read(&unit.product(root, "glob"))?);
        let types = glob::module_types(&entries);
        if types.is_empty() && !entries.iter().any(|entry| entry.kind == "rec") {
            return Err(format!(
                "{}: an interface file holds a Module Type or a record",
                unit.path
            ));
        }
        let sealed = |module: &str| {
            let export = unit.library.trim_end_matches("_sig");
            ["", "_proofs"].iter().find_map(|ending| {
                let library = format!("{export}{ending}");
                let sealed = format!("{module}{ending}");
                let file = units.iter().find(|other| other.library == library)?;
                let text = read(&file.product(root, "glob")).ok()?;
                glob::parse(&text)
                    .iter()
                    .any(|entry| entry.kind == "mod" && entry.name == sealed)
                    .then(|| format!("{library}.{sealed}"))
            })
        };
        for name in types.iter().filter(|name| !name.contains('.')) {
            let module = name.trim_end_matches("_sig");
            let parameters = entries
                .iter()
                .filter(|entry| entry.kind == "ax" && entry.container() == name)
                .map(|entry| {
                    let line = glob::line_of(&source, entry.start);
                    (entry.name[name.len() + 1..].to_owned(), line)
                })
                .collect();
            found.push(Interface {
                module_type: format!("{}.{name}", unit.library),
                sealed: sealed(module),
                subject: subject(unit),
                path: unit.path.clone(),
                parameters,
            });
        }
    }
    Ok(found)
}

/// Asks the prover which parameters are statements.
pub(crate) fn statements(
    root: &Path,
    work: &Path,
    interfaces: &[Interface],
) -> Result<Vec<Statement>, String> {
    let mut text = String::new();
    for interface in interfaces {
        let library = interface.module_type.rsplit_once('.').map_or("", |(library, _)| library);
        text.push_str(&format!("Require {library}.\n"));
    }
    for (number, interface) in interfaces.iter().enumerate() {
        text.push_str(&format!("Declare Module probe_{number} : {}.\n", interface.module_type));
        for (place, (name, _)) in interface.parameters.iter().enumerate() {
            text.push_str(&format!(
                "Goal True. let t := type of (@probe_{number}.{name}) in let s := type of t in \
                 idtac \"@@\" \"{number}\" \"{place}\" s. Abort.\n"
            ));
        }
    }
    let printed = coq::run(root, &work.join("statements.v"), &text)?;
    let mut found = Vec::new();
    for line in printed.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let ["@@", number, place, "Prop"] = words[..] else { continue };
        let interface: &Interface = number
            .parse()
            .ok()
            .and_then(|n: usize| interfaces.get(n))
            .ok_or("unreadable answer")?;
        let (lemma, line) = place
            .parse()
            .ok()
            .and_then(|p: usize| interface.parameters.get(p))
            .ok_or("unreadable answer")?;
        found.push(Statement {
            subject: interface.subject.clone(),
            lemma: lemma.clone(),
            path: interface.path.clone(),
            line: *line,
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_named_by_its_folder() {
        assert_eq!(subject(&Unit::new("theories/rc/rc_sig.v").unwrap()), "rc");
        assert_eq!(subject(&Unit::new("theories/model/rc_model_sig.v").unwrap()), "model/rc_model");
        let segment = Unit::new("theories/frame/segment/segment_sig.v").unwrap();
        assert_eq!(subject(&segment), "frame/segment");
    }
}
