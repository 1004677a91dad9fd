//! What rustdoc says of the crate, as JSON: the public interface ([`crate::api`]) and the
//! functions that name theorems ([`crate::trace`], [`crate::rc_table`]) come from it.

use crate::json::{self, Json, Members};
use crate::project::read;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The package, and its library's name.
pub(crate) const PACKAGE: &str = "tally-rc";
const LIBRARY: &str = "tally";
/// The form of the JSON that is read here. Others name some things otherwise.
pub(crate) const FORMAT: i64 = 57;

/// Documents the crate with these features; where the result will be.
pub(crate) fn of_package(root: &Path, features: &str) -> (Command, PathBuf) {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("rust/target"), PathBuf::from)
        .join("api");
    let file = target.join(format!("doc/{LIBRARY}.json"));
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command
        .current_dir(root.join("rust"))
        .args(["rustdoc", "--locked", "--quiet", "-p", PACKAGE, "--lib"])
        .args(["--no-default-features", "--features", features, "--target-dir"])
        .arg(target)
        .args(["--", "-Zunstable-options", "--output-format", "json", "--cap-lints", "allow"]);
    (command, file)
}

/// Runs the command, which documents something in `file`, and reads that.
pub(crate) fn document(command: &mut Command, file: &Path) -> Result<Json, String> {
    // The form of the documentation is not stable, and so are the words that ask for it.
    command.env("RUSTC_BOOTSTRAP", "1");
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{command:?}:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    json::parse(&read(file)?)
}

/// The members of an object whose names are numbers of items.
pub(crate) fn numbered<'a>(json: &'a Json, key: &str) -> Result<BTreeMap<i64, &'a Json>, String> {
    let members = json.member(key)?.as_object().ok_or(format!("{key:?} is no object"))?;
    let numbered = |(id, value): (&'a String, &'a Json)| {
        Ok((id.parse::<i64>().map_err(|error| format!("{id}: {error}"))?, value))
    };
    members.iter().map(numbered).collect()
}

/// The one member of an object: what an enumeration is written as. A mere word has none.
pub(crate) fn variant(json: &Json) -> Result<(&str, &Json), String> {
    let only = match json {
        Json::String(word) => return Ok((word, &Json::Null)),
        Json::Object(members) if members.len() == 1 => members.iter().next(),
        _ => None,
    };
    let (name, value) = only.ok_or_else(|| format!("not one of several: {json}"))?;
    Ok((name, value))
}

/// The member if it is there and says anything.
pub(crate) fn given<'a>(json: &'a Json, key: &str) -> Option<&'a Json> {
    json.member(key).ok().filter(|value| !value.is_null())
}

pub(crate) fn is(json: &Json, key: &str) -> bool {
    given(json, key).and_then(Json::as_bool).unwrap_or(false)
}

/// A documented function of the crate, or a type, with the names by which rustdoc finds it
/// besides its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Documented {
    /// Where it is, from the root.
    pub(crate) path: String,
    pub(crate) line: usize,
    /// `Rc::new`, `<Rc as Clone>::clone`. What a type's alias is about is what happens when
    /// it is dropped: it has no function, where the parts of it that are dropped do it all.
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
}

/// Everything in the crate that has an alias, private items too, in the order of the files.
pub(crate) fn documented(root: &Path) -> Result<Vec<Documented>, String> {
    let (mut command, file) = of_package(root, "std");
    command.arg("--document-private-items");
    let json = document(&mut command, &file)?;
    let found = with_aliases(&json).map_err(|error| {
        let form = json.int("format_version").unwrap_or(0);
        format!("rustdoc's JSON is of form {form}, {FORMAT} is understood: {error}")
    })?;
    if found.is_empty() {
        return Err("nothing in the crate has an alias that rustdoc shows".to_owned());
    }
    Ok(found)
}

fn with_aliases(json: &Json) -> Result<Vec<Documented>, String> {
    let index = numbered(json, "index")?;
    // What functions are functions of.
    let mut owners: BTreeMap<i64, String> = BTreeMap::new();
    for item in index.values() {
        let (kind, inner) = variant(item.member("inner")?)?;
        let owner = match kind {
            "impl" => implemented(inner)?,
            "trait" => format!("{}::", item.text("name")?),
            _ => continue,
        };
        owners.extend(inner.ints("items")?.into_iter().map(|id| (id, owner.clone())));
    }
    let mut found = Vec::new();
    for (id, item) in &index {
        let mut aliases = Vec::new();
        for attribute in item.array("attrs")? {
            let (kind, text) = variant(attribute)?;
            aliases.extend(quoted_aliases(text.as_str().unwrap_or(kind)));
        }
        if aliases.is_empty() {
            continue;
        }
        let name = item.text("name")?;
        let name = match variant(item.member("inner")?)?.0 {
            "struct" | "enum" => format!("<{name} as Drop>::drop"),
            _ => format!("{}{name}", owners.get(id).map_or("", String::as_str)),
        };
        let span = item.member("span")?;
        let line = span.ints("begin")?.first().and_then(|line| usize::try_from(*line).ok());
        let line = line.ok_or_else(|| format!("{name} begins in no line"))?;
        let path = format!("rust/{}", span.text("filename")?);
        found.push(Documented { path, line, name, aliases });
    }
    found.sort();
    Ok(found)
}

/// What an `impl` is for: `Rc::`, or `<Rc as Clone>::`.
fn implemented(inner: &Json) -> Result<String, String> {
    let last = |path: &Json| -> Result<String, String> {
        Ok(path.text("path")?.rsplit("::").next().unwrap_or("").to_owned())
    };
    let subject = match variant(inner.member("for")?)? {
        ("resolved_path", path) => last(path)?,
        (kind, of) => of.as_str().unwrap_or(kind).to_owned(),
    };
    Ok(match given(inner, "trait") {
        Some(of) => format!("<{subject} as {}>::", last(of)?),
        None => format!("{subject}::"),
    })
}

/// The names in `#[doc(alias = "…")]`.
fn quoted_aliases(attribute: &str) -> Vec<String> {
    let Some(rest) = attribute.strip_prefix("#[doc(alias") else { return Vec::new() };
    rest.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &str, line: u32, attributes: &str) -> String {
        format!(
            r#"{{"name": "{name}", "attrs": [{attributes}], "inner": {{"function": {{}}}},
                 "span": {{"filename": "a.rs", "begin": [{line}, 5], "end": [{line}, 9]}}}}"#
        )
    }

    fn implementation(of: &str, items: &str) -> String {
        format!(
            r#"{{"name": null, "attrs": [], "span": null, "inner": {{"impl": {{"trait": {of},
                 "for": {{"resolved_path": {{"path": "inner::Rc"}}}}, "items": [{items}]}}}}}}"#
        )
    }

    #[test]
    fn a_function_is_named_with_what_it_is_a_function_of() {
        let alias = |name: &str| format!(r##"{{"other": "#[doc(alias = \"{name}\")]"}}"##);
        let json = format!(
            r#"{{"index": {{"1": {}, "2": {}, "3": {}, "4": {}, "5": {}, "6": {{"name": "Weak",
                "attrs": [{}], "inner": {{"struct": {{}}}},
                "span": {{"filename": "a.rs", "begin": [30, 1], "end": [31, 1]}}}}}}}}"#,
            function("new", 20, &alias("rc_new_spec")),
            function("plain", 3, r##"{"other": "#[must_use]"}"##),
            function("clone", 10, &[alias("rc_clone_spec"), alias("refcount")].join(", ")),
            implementation("null", "1, 2"),
            implementation(r#"{"path": "core::clone::Clone"}"#, "3"),
            alias("weak_drop_spec"),
        );
        let found = with_aliases(&json::parse(&json).unwrap()).unwrap();
        let names: Vec<&str> = found.iter().map(|found| found.name.as_str()).collect();
        assert_eq!(names, ["<Rc as Clone>::clone", "Rc::new", "<Weak as Drop>::drop"]);
        assert_eq!(found[0].aliases, ["rc_clone_spec", "refcount"]);
        assert_eq!((found[1].path.as_str(), found[1].line), ("rust/a.rs", 20));
        assert_eq!(quoted_aliases(r#"#[doc(alias("a", "b"))]"#), ["a", "b"]);
    }
}
