//! `cargo foil translate`: writes the generated files.

use super::super::{Error, Format, Outcome, TranslateArgs};
use super::Made;
use std::io::Write as _;

pub(crate) fn translate(args: &TranslateArgs) -> Result<Outcome, Error> {
    let made = Made::read(&args.selection)?;
    let folder = made.folder.join("generated");
    std::fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let mut written = Vec::new();
    for (name, text) in made.files() {
        let path = folder.join(&name);
        // One that is the same stays, and what is compiled of it.
        if std::fs::read_to_string(&path).is_ok_and(|old| old == text) {
            continue;
        }
        std::fs::write(&path, text).map_err(Error::file(&path))?;
        written.push(format!("foil/generated/{name}"));
    }
    let count = made.program.functions.len();
    let refused = made.functions.iter().filter(|(_, of)| of.is_err()).count();
    let text = match args.output.format {
        Format::Human => {
            let files = match &written[..] {
                [] => "nothing has changed".to_owned(),
                files => format!("wrote {}", files.join(", ")),
            };
            format!("{files}: {count} functions, {refused} refused (`cargo foil list` says why)\n")
        }
        Format::Json => {
            let value =
                serde_json::json!({ "written": written, "functions": count, "refused": refused });
            format!("{value}\n")
        }
    };
    let _ = anstream::stdout().write_all(text.as_bytes());
    Ok(Outcome::Good)
}
