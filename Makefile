SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# The port on which "make serve" serves.
PORT ?= 8080

# In CI a Cargo.lock that does not fit Cargo.toml is a failure.
LOCKED := $(if $(CI),--locked)
WASM := --target wasm32-unknown-unknown
# The kB (1000 bytes) that the page's module, the simulator's and what paints first may weigh, gzipped.
# (The goal for the modules is 280 and 400. No story is left in them, and little but code is in the way.)
BUDGET := 345 525 60

env := source .tools/env.sh &&
# What the runners print is kept, to be summed up at the end.
log = 2>&1 | tee $(CURDIR)/.tools/log/count-$(1).log

.PHONY: help serve site check lint native browser e2e size test bench papers table pictures reference clean

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: ## Build the page and serve it, on PORT (default 8080)
	@.ci/setup site
	@$(env) cargo fetch $(LOCKED) && echo "The page will be at http://127.0.0.1:$(PORT)/" && \
	RUST_BACKTRACE=0 wasm trunk serve --release --no-autoreload --address 127.0.0.1 --port $(PORT)

site: ## Build the page into dist/
	@.ci/setup site
	@$(env) cargo fetch $(LOCKED) && RUST_BACKTRACE=0 wasm trunk build --release

check: ## Format, lints, documentation, native tests
	@.ci/setup wasm
	@$(MAKE) lint native

lint:
	cargo fmt --all --check
	rustfmt --edition 2024 --check src/experiments/*/mod.rs # a macro names them, which cargo fmt does not read
	cargo clippy $(LOCKED) -p stdp-derive -p stdp-pages --all-targets -- -D warnings
	cargo clippy $(LOCKED) --all-targets -- -D warnings
	cargo clippy $(LOCKED) --all-targets --features cli -- -D warnings
	@$(env) set -x && wasm cargo clippy $(LOCKED) --profile page --lib --bin page $(WASM) --features page -- -D warnings
	@$(env) set -x && wasm cargo clippy $(LOCKED) --profile simulator --lib --bin simulator --test browser $(WASM) --features simulator -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc $(LOCKED) --workspace --no-deps --features cli

native:
	(cargo test $(LOCKED) -p stdp-derive -p stdp-pages && cargo test $(LOCKED) --features cli) $(call log,native)

# In the simulator's profile: what it runs is what is tested, and its dependencies are compiled already.
browser:
	@$(env) set -x && wasm cargo test $(LOCKED) --profile simulator $(WASM) --features simulator --test browser $(call log,browser)

e2e:
	@$(env) cd tests/e2e && set -x && node --test --test-concurrency=1 --test-reporter=spec *.test.mjs $(call log,e2e)

size:
	@$(env) node tests/e2e/size-budget.mjs dist $(BUDGET)

test: ## Everything that must pass: check, the page, its tests in browsers, its size
	@.ci/setup test
	@rm -f .tools/log/count-*.log
	@$(MAKE) check site browser e2e size
	@.ci/tally .tools/log/count-{native,browser,e2e}.log

bench: ## Measure speed: natively, in wasm, and the page itself
	@.ci/setup test
	cargo build $(LOCKED) --release --features cli --bin stdp
	@$(MAKE) site
	@$(env) STDP=$(CURDIR)/target/release/stdp node tests/e2e/bench.mjs

papers: ## Check the published numbers that take minutes (release build, about 20 minutes)
	cargo test $(LOCKED) --release --features cli --test it -- --ignored --nocapture --test-threads 1

table: ## Measure the character task over seeds (about 10 minutes)
	cargo build $(LOCKED) --release --features cli --bin stdp
	node tests/reference/characters-table.mjs target/release/stdp

pictures: ## Make the posters and link previews of the demos anew, of what is in dist/
	STDP_POSTERS=write cargo test $(LOCKED) --features cli --test it -- posters
	@$(env) node tests/e2e/previews.mjs

reference: ## Make the traces of independent simulators anew
	tests/reference/make.sh

clean: ## Remove what was built; the tools stay
	cargo clean
	rm -rf dist tests/e2e/output
