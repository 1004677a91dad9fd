//! Coq's `.glob` files: what a compiled file declares, and where.
//!
//! A line is `kind start:end container name`, where the container is `<>` or
//! the path of the enclosing modules (sections leave no trace in it, except in
//! the lines of sections themselves). Lines that begin with `R` are references.

/// One declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Coq's word for its kind: `prf` for what has a proof, `ax` for what is
    /// assumed, `mod`, `modtype`, `def`, `inst`, …
    pub(crate) kind: String,
    /// Where its name starts, in bytes.
    pub(crate) start: usize,
    /// Its name with the enclosing modules: `rc_sig.rc_new_spec`.
    pub(crate) name: String,
}

impl Entry {
    /// The enclosing modules, or nothing at the top.
    pub(crate) fn container(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(container, _)| container)
    }
}

/// The declarations of one `.glob` file, in order.
pub(crate) fn parse(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let [kind, span, container, name] = fields[..] else { continue };
        let Some(start) = span.split(':').next().and_then(|start| start.parse().ok()) else {
            continue;
        };
        // A module's own line carries its full path; so does nothing else.
        let name = match container {
            "<>" => name.to_owned(),
            _ => format!("{container}.{name}"),
        };
        entries.push(Entry { kind: kind.to_owned(), start, name });
    }
    entries
}

/// The paths of all module types among `entries`.
pub(crate) fn module_types(entries: &[Entry]) -> Vec<String> {
    entries.iter().filter(|e| e.kind == "modtype").map(|e| e.name.clone()).collect()
}

/// Does `name` lie inside one of `modules`?
pub(crate) fn inside(name: &str, modules: &[String]) -> bool {
    modules
        .iter()
        .any(|module| name.strip_prefix(module.as_str()).is_some_and(|rest| rest.starts_with('.')))
}

/// The line of `source` in which its byte `at` stands, from 1.
pub(crate) fn line_of(source: &str, at: usize) -> usize {
    1 + source.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "DIGEST 23ca\nFtally.m\nsec 54:55 <> s1\nbinder 67:67 <> n:1\nR70:72 Coq.Init.Datatypes <> nat ind\n\
        prf 83:85 <> foo\nmodtype 308:308 <> T\nax 340:340 T p\nmod 807:810 <> Inner.Deep\nprf 821:822 Inner.Deep t1\n\
        not 1192:1192 <> :::'nn'\n";

    #[test]
    fn declarations_carry_their_modules() {
        let entries = parse(SAMPLE);
        let proofs: Vec<&str> =
            entries.iter().filter(|e| e.kind == "prf").map(|e| e.name.as_str()).collect();
        assert_eq!(proofs, ["foo", "Inner.Deep.t1"]);
        assert!(!entries.iter().any(|e| e.name.contains("nat")), "references are not declarations");
    }

    #[test]
    fn what_a_module_type_assumes_is_told_apart() {
        let entries = parse(SAMPLE);
        let types = module_types(&entries);
        assert_eq!(types, ["T"]);
        assert!(inside("T.p", &types) && !inside("Tp", &types) && !inside("foo", &types));
        assert_eq!(entries.iter().find(|e| e.kind == "ax").unwrap().container(), "T");
    }

    #[test]
    fn a_line_is_counted() {
        assert_eq!((line_of("a\nb\nc", 0), line_of("a\nb\nc", 4)), (1, 3));
    }
}
