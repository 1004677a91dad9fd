//! A cargo project: its packages, their MIR and their items.
//!
//! All that is built goes to `foil` in the project's target directory, so that the user's
//! own builds are neither disturbed nor made again. The compiler takes the words that are
//! not stable for the one crate that is looked at; all others are compiled as ever.

use super::compiler::{MIR_FLAGS, output};
use super::{Error, Selection};
use crate::diagnostics::Sources;
use cargo_metadata::{Message, Metadata, MetadataCommand, Package, Target, TargetKind};
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tally_mir::rustdoc::Docs;
use tally_mir::spans::{self, Spans};
use tally_mir::{ast::Dump, parse};

/// The functions of a package's library or binary.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The package's name.
    pub name: String,
    /// The package's version.
    pub version: String,
    /// The folders that the files in its spans may be relative to.
    pub folders: Vec<PathBuf>,
    /// What the compiler prints, without what the lines' ends say of their places.
    pub text: String,
    /// That, read.
    pub dump: Dump,
    /// Where its lines come from.
    pub spans: Spans,
    /// Its structs, enums, `impl`s.
    pub docs: Docs,
}

impl Crate {
    /// The files that its spans are in.
    pub fn sources(&self) -> Sources {
        Sources::new(self.folders.clone())
    }
}

/// A project in which one package is selected.
pub struct Project {
    selection: Selection,
    package: Package,
    target: Target,
    /// The folder for what is built.
    folder: PathBuf,
    workspace: PathBuf,
    /// Whether its dependencies are compiled, and not only checked.
    whole: bool,
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// What cargo says when it cannot read the project, without its first words.
fn metadata(selection: &Selection) -> Result<Metadata, Error> {
    let mut command = MetadataCommand::new();
    if let Some(path) = &selection.manifest_path {
        command.manifest_path(path);
    }
    // It is all packages that are wanted, with those that features switch on.
    command.other_options(["--quiet".to_owned()]);
    command.exec().map_err(|error| match error {
        cargo_metadata::Error::CargoMetadata { stderr } => {
            Error::Project { words: stderr.trim().to_owned() }
        }
        cargo_metadata::Error::Io(error) => {
            Error::NotStarted { program: "cargo".to_owned(), error }
        }
        other => Error::Unreadable { what: "the project".to_owned(), why: other.to_string() },
    })
}

fn spec(package: &Package) -> String {
    format!("{}@{}", package.name, package.version)
}

/// The package that is asked for, or the only one there is.
fn select<'a>(metadata: &'a Metadata, asked: Option<&str>) -> Result<&'a Package, Error> {
    let which = |why: String, of: &[&Package]| Error::WhichPackage {
        why,
        candidates: of.iter().map(|package| spec(package)).collect(),
    };
    let Some(asked) = asked else {
        if let Some(package) = metadata.root_package() {
            return Ok(package);
        }
        let members = metadata.workspace_packages();
        return match members[..] {
            [one] => Ok(one),
            [] => Err(Error::Project { words: "the workspace has no packages".to_owned() }),
            _ => Err(which("the workspace has several".to_owned(), &members)),
        };
    };
    let (name, version) = match asked.split_once('@') {
        Some((name, version)) => (name, Some(version)),
        None => (asked, None),
    };
    let found: Vec<&Package> = metadata
        .packages
        .iter()
        .filter(|package| {
            package.name.as_str() == name
                && version.is_none_or(|version| package.version.to_string() == version)
        })
        .collect();
    match found[..] {
        [one] => Ok(one),
        [] => {
            let mut similar: Vec<String> = metadata
                .packages
                .iter()
                .filter(|package| {
                    let known = package.name.replace('-', "_");
                    let name = name.replace('-', "_");
                    !name.is_empty() && (known.contains(&name) || name.contains(&known))
                })
                .map(spec)
                .collect();
            similar.truncate(8);
            Err(Error::NoPackage { asked: asked.to_owned(), similar })
        }
        _ => Err(which(format!("there are several versions of `{name}`"), &found)),
    }
}

fn is_library(target: &Target) -> bool {
    let libraries = [
        TargetKind::Lib,
        TargetKind::RLib,
        TargetKind::DyLib,
        TargetKind::CDyLib,
        TargetKind::StaticLib,
        TargetKind::ProcMacro,
    ];
    target.kind.iter().any(|kind| libraries.contains(kind))
}

fn target<'a>(package: &'a Package, bin: Option<&str>) -> Result<&'a Target, Error> {
    let of_bin = |target: &&Target| target.kind.contains(&TargetKind::Bin);
    let bins: Vec<&Target> = package.targets.iter().filter(of_bin).collect();
    let failed = |what: String| Error::NoTarget {
        package: package.name.to_string(),
        what,
        candidates: bins.iter().map(|target| target.name.clone()).collect(),
    };
    if let Some(bin) = bin {
        let found = bins.iter().find(|target| target.name == bin);
        return found.copied().ok_or_else(|| failed(format!("no binary `{bin}`")));
    }
    if let Some(library) = package.targets.iter().find(|target| is_library(target)) {
        return Ok(library);
    }
    match bins[..] {
        [one] => Ok(one),
        [] => Err(failed("neither a library nor a binary".to_owned())),
        _ => Err(failed("no library and several binaries".to_owned())),
    }
}

impl Project {
    /// Finds the project and the package in it.
    ///
    /// # Errors
    ///
    /// If cargo cannot read it, or if no package or several are meant.
    pub fn find(selection: &Selection) -> Result<Self, Error> {
        let metadata = metadata(selection)?;
        let package = select(&metadata, selection.package.as_deref())?;
        let target = target(package, selection.bin.as_deref())?.clone();
        let folder = metadata.target_directory.join("foil").into_std_path_buf();
        let workspace = metadata.workspace_root.clone().into_std_path_buf();
        Ok(Self {
            selection: selection.clone(),
            package: package.clone(),
            target,
            folder,
            workspace,
            whole: false,
        })
    }

    /// The folder of the package.
    pub fn root(&self) -> &Path {
        self.package.manifest_path.parent().map_or(&self.workspace, |of| of.as_std_path())
    }

    /// The folder for what is built.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The libraries that the package is built with, by name and version, but for macros:
    /// its own, and those of others.
    ///
    /// # Errors
    ///
    /// If cargo cannot read the project.
    pub fn dependencies(&self) -> Result<(Vec<String>, Vec<String>), Error> {
        let metadata = metadata(&self.selection)?;
        let Some(resolve) = &metadata.resolve else { return Ok(<_>::default()) };
        let macros = |package: &Package| {
            package.targets.iter().any(|of| of.kind.contains(&TargetKind::ProcMacro))
        };
        let mut found = vec![&self.package.id];
        let (mut next, mut near) = (0, 1);
        while let Some(&id) = found.get(next) {
            next += 1;
            let Some(node) = resolve.nodes.iter().find(|node| node.id == *id) else { continue };
            for dependency in &node.deps {
                let normal = dependency
                    .dep_kinds
                    .iter()
                    .any(|kind| kind.kind == cargo_metadata::DependencyKind::Normal);
                let library = metadata
                    .packages
                    .iter()
                    .any(|package| package.id == dependency.pkg && !macros(package));
                if normal && library && !found.contains(&&dependency.pkg) {
                    found.push(&dependency.pkg);
                }
            }
            if next == 1 {
                near = found.len();
            }
        }
        let specs = |of: &[&cargo_metadata::PackageId]| {
            of.iter()
                .filter_map(|id| metadata.packages.iter().find(|package| package.id == **id))
                .map(spec)
                .collect()
        };
        Ok((specs(&found[1..near]), specs(&found[near..])))
    }

    /// The file that the target begins with.
    pub fn source(&self) -> PathBuf {
        self.target.src_path.clone().into_std_path_buf()
    }

    /// What the libraries of the project are called in programs: each by its own name, and
    /// by those that others give it.
    ///
    /// # Errors
    ///
    /// If cargo cannot read the project.
    pub fn crates(&self) -> Result<BTreeSet<String>, Error> {
        let metadata = metadata(&self.selection)?;
        let mut found = BTreeSet::new();
        for package in &metadata.packages {
            for target in package.targets.iter().filter(|target| is_library(target)) {
                // A library does not begin paths in itself with its name.
                if package.id != self.package.id || !is_library(&self.target) {
                    found.insert(target.name.replace('-', "_"));
                }
            }
        }
        let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
        let renamed = nodes.flat_map(|node| &node.deps).map(|one| one.name.replace('-', "_"));
        found.extend(renamed);
        Ok(found)
    }

    /// Whether the package has a library besides the target that is selected.
    pub fn library_beside(&self) -> bool {
        !is_library(&self.target) && self.package.targets.iter().any(is_library)
    }

    /// The package's name and version.
    pub fn title(&self) -> String {
        format!("{} {}", self.package.name, self.package.version)
    }

    fn crate_name(&self) -> String {
        self.target.name.replace('-', "_")
    }

    /// A command of cargo about the package.
    fn command(&self, word: &str, directory: &Path) -> Command {
        let mut command = cargo();
        command.arg(word);
        if let Some(path) = &self.selection.manifest_path {
            command.arg("--manifest-path").arg(path);
        }
        command.args(["--package", &self.package.id.repr]);
        if is_library(&self.target) {
            command.arg("--lib");
        } else {
            command.args(["--bin", &self.target.name]);
        }
        if !self.selection.features.is_empty() {
            command.args(["--features", &self.selection.features.join(",")]);
        }
        if self.selection.all_features {
            command.arg("--all-features");
        }
        if self.selection.no_default_features {
            command.arg("--no-default-features");
        }
        command.arg("--target-dir").arg(directory);
        // For this crate only, the compiler takes words that are not stable.
        command.env("RUSTC_BOOTSTRAP", self.crate_name());
        command
    }

    /// Runs cargo, and gives back its messages. On a terminal its progress is seen.
    fn run(&self, mut command: Command) -> Result<Vec<Message>, Error> {
        let seen = std::io::stderr().is_terminal();
        if seen {
            command.stderr(Stdio::inherit());
        } else {
            command.env("CARGO_TERM_QUIET", "true");
        }
        let output = output(&mut command)?;
        if !output.status.success() {
            let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(Error::Build { what: self.title(), words });
        }
        let messages = Message::parse_stream(&output.stdout[..]);
        Ok(messages.filter_map(Result::ok).collect())
    }

    /// Builds the crate with the MIR printed, by these flags besides the usual ones. The file
    /// lies beside what cargo knows of, and has its name: one for each way to build the crate.
    fn mir(&self, flags: &[&str]) -> Result<PathBuf, Error> {
        let mut command = self.command("rustc", &self.folder);
        // What calls generic functions of others is compiled against their bodies, which a
        // mere check leaves out: so binaries, and what is run.
        let whole = self.whole || !is_library(&self.target);
        if !whole {
            command.args(["--profile", "check"]);
        }
        command.args(["--message-format", "json-render-diagnostics", "--"]);
        command.arg("--emit=mir").args(MIR_FLAGS).args(flags);
        let messages = self.run(command)?;
        if whole && !is_library(&self.target) {
            return self.newest_mir();
        }
        let metadata = messages.iter().find_map(|message| match message {
            Message::CompilerArtifact(artifact)
                if artifact.package_id == self.package.id
                    && artifact.target.name == self.target.name =>
            {
                artifact.filenames.iter().find(|path| path.extension() == Some("rmeta"))
            }
            _ => None,
        });
        let unknown = || Error::Unreadable {
            what: self.title(),
            why: "cargo does not say where its metadata are".to_owned(),
        };
        let metadata = metadata.ok_or_else(unknown)?;
        let stem = metadata.file_stem().ok_or_else(unknown)?;
        let stem = stem.strip_prefix("lib").unwrap_or(stem);
        Ok(metadata.with_file_name(format!("{stem}.mir")).into_std_path_buf())
    }

    /// The `.mir` file of a binary that was written last: cargo does not say its name.
    fn newest_mir(&self) -> Result<PathBuf, Error> {
        let folder = self.folder.join("debug").join("deps");
        let prefix = format!("{}-", self.crate_name());
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(Error::file(&folder))?.flatten() {
            let path = entry.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            if name.is_some_and(|name| name.starts_with(&prefix) && name.ends_with(".mir")) {
                let written = entry.metadata().and_then(|of| of.modified());
                found.push((written.map_err(Error::file(&path))?, path));
            }
        }
        found.into_iter().max().map(|of| of.1).ok_or_else(|| Error::Gone {
            path: folder.join(format!("{prefix}….mir")),
            folder: self.folder.clone(),
        })
    }

    /// With all that it is built with compiled as a whole, bodies of generic functions too.
    #[must_use]
    pub fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// Has rustdoc list the items, for the build with this name.
    fn json(&self, build: &str) -> Result<PathBuf, Error> {
        let made = self.folder.join("doc").join(format!("{}.json", self.crate_name()));
        let kept = self.folder.join("json").join(format!("{build}.json"));
        // Packages and builds share the one name; what is there afterwards is this build's.
        if made.exists() {
            std::fs::remove_file(&made).map_err(Error::file(&made))?;
        }
        let mut command = self.command("rustdoc", &self.folder);
        command.args(["--", "-Zunstable-options", "--output-format", "json"]);
        command.args([
            "--document-private-items",
            "--document-hidden-items",
            "--cap-lints",
            "allow",
        ]);
        self.run(command)?;
        if made.exists() {
            let folder = self.folder.join("json");
            std::fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
            std::fs::rename(&made, &kept).map_err(Error::file(&made))?;
        }
        Ok(kept)
    }

    /// A file that the build has left, which is gone only if somebody has removed it.
    fn left(&self, path: &Path) -> Result<String, Error> {
        std::fs::read_to_string(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                Error::Gone { path: path.to_owned(), folder: self.folder.clone() }
            }
            _ => Error::File { path: path.to_owned(), error },
        })
    }

    /// Builds and reads the crate.
    ///
    /// # Errors
    ///
    /// If it does not build, or if what the compiler says is not understood.
    pub fn read(&self, flags: &[&str]) -> Result<Crate, Error> {
        let mir = self.mir(flags)?;
        let build = mir.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let json = self.json(&build.unwrap_or_default())?;
        let (text, spans) = spans::split(&self.left(&mir)?);
        let docs = Docs::read(&self.left(&json)?)
            .map_err(|why| Error::Unreadable { what: self.title(), why })?;
        let folder = self.package.manifest_path.parent().unwrap_or(&self.package.manifest_path);
        // The compiler runs in the workspace's folder for its members, in that of the package
        // for others.
        let folders = vec![self.workspace.clone(), folder.to_owned().into_std_path_buf()];
        Ok(Crate {
            name: self.package.name.to_string(),
            version: self.package.version.to_string(),
            folders,
            dump: parse::parse(&text),
            text,
            spans,
            docs,
        })
    }
}
