//! What `_CoqProject` says: which files make the library, and their names.

use std::fs;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// One file of the library.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unit {
    /// Where it is, from the root: `theories/rc/rc_sig.v`.
    pub(crate) path: String,
    /// Its name for Coq: `tally.rc.rc_sig`.
    pub(crate) library: String,
}

impl Unit {
    /// The file at `path`, or nothing when it does not lie under `theories/`.
    pub(crate) fn new(path: &str) -> Option<Self> {
        let inner = path.strip_prefix("theories/")?.strip_suffix(".v")?;
        Some(Self { path: path.to_owned(), library: format!("tally.{}", inner.replace('/', ".")) })
    }

    /// The folder below `theories/`: `rc`, or `rc/proof`.
    pub(crate) fn folder(&self) -> &str {
        let inner = self.path.strip_prefix("theories/").unwrap_or(&self.path);
        inner.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The first part of the folder: the layer it belongs to.
    pub(crate) fn layer(&self) -> &str {
        self.folder().split('/').next().unwrap_or("")
    }

    /// The file's name without folder and ending.
    pub(crate) fn stem(&self) -> &str {
        self.library.rsplit('.').next().unwrap_or("")
    }

    /// The same file with another ending, such as `glob`.
    pub(crate) fn product(&self, root: &Path, ending: &str) -> PathBuf {
        root.join(&self.path).with_extension(ending)
    }
}

/// The lines of `_CoqProject` that name a file.
pub(crate) fn listed_files(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with(['-', '#']) && line.ends_with(".v"))
        .map(str::to_owned)
        .collect()
}

/// The library's files in the order of `_CoqProject`.
pub(crate) fn units(root: &Path) -> Result<Vec<Unit>, String> {
    let text = read(&root.join("_CoqProject"))?;
    Ok(listed_files(&text).iter().filter_map(|path| Unit::new(path)).collect())
}

/// A file's text, with its name in the error.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a generated text to `path` (from the root), or compares.
pub(crate) fn settle(
    root: &Path,
    path: &str,
    text: &str,
    write: bool,
) -> Result<Vec<String>, String> {
    let file = root.join(path);
    if write {
        fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
        println!("wrote {path}");
    } else if read(&file).unwrap_or_default() != text {
        return Ok(vec![format!(
            "{path} is not what the sources say: run `make docs` and commit it"
        )]);
    }
    Ok(Vec::new())
}

/// Every file below `folder` (from the root, sorted) that `wanted` accepts;
/// products and hidden folders are not entered.
pub(crate) fn walk(root: &Path, folder: &str, wanted: &dyn Fn(&str) -> bool) -> Vec<String> {
    let entered = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let product = matches!(&*name, "target" | "build" | "_build");
        let hidden = name.starts_with('.') && name != ".ci";
        entry.depth() == 0 || !entry.file_type().is_dir() || !(product || hidden)
    };
    let mut found: Vec<String> = WalkDir::new(root.join(folder))
        .into_iter()
        .filter_entry(entered)
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| Some(entry.path().strip_prefix(root).ok()?.to_str()?.to_owned()))
        .filter(|path| wanted(path))
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_knows_its_names() {
        let unit = Unit::new("theories/rc/proof/model.v").unwrap();
        assert_eq!(unit.library, "tally.rc.proof.model");
        assert_eq!((unit.folder(), unit.layer(), unit.stem()), ("rc/proof", "rc", "model"));
        assert_eq!(Unit::new("tests/x.v"), None);
    }

    #[test]
    fn options_and_comments_of_the_project_file_are_not_files() {
        let text =
            "-Q theories tally\n# theories/no.v\n-arg -w\ntheories/a.v\n\n  theories/b/c.v\n";
        assert_eq!(listed_files(text), ["theories/a.v", "theories/b/c.v"]);
    }
}
