(** * Options shared by every file

Imported last everywhere. It sets what [iris.prelude.options] sets (goal
selector [!], [Proof using "Type"]), so that a proof that forgets a bullet or
silently depends on a section variable is an error. *)
From iris.prelude Require Export options.
