# Tally: every command that a person or CI runs. `make help` lists them.
#
# The work is done by one small script per job in ci/; the Coq build itself is
# coq_makefile's, from _CoqProject.

SHELL := bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

# How many files are compiled at once.
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
# TIMED=1 prints what each file cost.
TIMED ?=
export JOBS TIMED

##@ The two commands
.PHONY: deps all test

deps: ## install what is missing (apt or opam); touches nothing when all is there
	@ci/deps

all: ## check every proof, audit it, print how many theorems there are
	@ci/gates all

test: ## Coq tests, audit, traceability, and every Rust test
	@ci/gates test

##@ While working
.PHONY: check vos proofs ref extract docs audit trace bench

check: ## the fast loop: statements and definitions (no proofs), and the source rules
	@ci/gates check

vos: ## compile definitions and statements only
	@ci/build vos

proofs: ## compile every proof, and nothing else
	@ci/build vo

ref: ## regenerate tests/*.ref; read the difference before committing it
	@ci/coq-tests --update

extract: ## regenerate what leaves Coq: the models as Rust, the interpreter as OCaml
	@ci/build vo
	@ci/generated --update

docs: ## regenerate docs/*.md and the crate's README.md, and the source as HTML in build/html
	@ci/build vo
	@ci/docs

audit: ## every lemma closed under the global context
	@ci/build vo
	@ci/audit

trace: ## each exported lemma has its Rust test or a reason not to
	@ci/build vo
	@ci/trace

bench: ## throughput of the generated model and costs of the crate
	@ci/bench

##@ Heavier
.PHONY: matrix foil-coverage proof-mutants mutants flux-cases foil-advisories coqchk mangled

foil-coverage: ## docs/foil-coverage.md: how much of 13 other crates is translated (network)
	@ci/foil-coverage

matrix: ## the library on the provers of Debian 12, 13 and testing (root, network)
	@ci/matrix

proof-mutants: ## apply wrong changes one at a time; each must be caught
	@ci/proof-mutants
mutants: ## make wrong changes of the crate one at a time; each must be caught (see `ci/mutants --every`)
	@ci/mutants

flux-cases: ## what `cargo foil check` says of Flux's own tests (CHECKOUT=folder)
	@ci/flux-cases "$(CHECKOUT)"
foil-advisories: ## `cargo foil run` on faults of public advisories; wants the registry
	@ci/foil-advisories

mangled: ## compile with every generated name replaced
	@ci/mangled

coqchk: ## re-check the compiled files with Coq's independent checker
	@ci/build vo
	@ci/coqchk

##@ Installing
.PHONY: install uninstall clean help

install: ## so that another project can `From tally Require Import …` (DESTDIR is honoured)
	@ci/build vo
	@$(MAKE) --no-print-directory -f Makefile.coq install

uninstall: ## undo `make install`
	@$(MAKE) --no-print-directory -f Makefile.coq uninstall

clean: ## remove what was built (the matrix's roots stay: they are a cache)
	@ci/clean

help: ## this list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile
