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
# (The goals for the page are 350, and 440 for the simulator: the network, the film, Share and what is taken home cost so
# much. Both modules draw the network: the page on a canvas, the simulator as SVG. It also builds networks of neurons and rules
# that no demo has yet.)
BUDGET := 580 920 130

env := source .tools/env.sh &&
# What the runners print is kept, to be summed up at the end.
log = 2>&1 | tee $(CURDIR)/.tools/log/count-$(1).log

.PHONY: help serve site check lint native browser e2e size test bench lighthouse papers table pictures face reference scripts clean

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
	cargo clippy $(LOCKED) -p stdp-derive -p stdp-pages -p stdp-sim --all-targets -- -D warnings
	cargo clippy $(LOCKED) --all-targets -- -D warnings
	cargo clippy $(LOCKED) --all-targets --features cli -- -D warnings
	@$(env) set -x && wasm cargo clippy $(LOCKED) --profile page --lib --bin page $(WASM) --features page -- -D warnings
	@$(env) set -x && wasm cargo clippy $(LOCKED) --profile simulator --lib --test browser $(WASM) --features simulator -- -D warnings
	@$(env) set -x && wasm cargo clippy $(LOCKED) --profile simulator -p stdp-simulator $(WASM) -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc $(LOCKED) --workspace --no-deps --features cli

native:
	(cargo test $(LOCKED) -p stdp-derive -p stdp-pages -p stdp-sim && cargo test $(LOCKED) --features cli) $(call log,native)

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

lighthouse: ## What Lighthouse says of the site (needs npm)
	@.ci/setup test
	@$(MAKE) site
	@$(env) npm install --silent --no-audit --no-fund --no-save --prefix .tools/lighthouse lighthouse@12.8.2 && \
	node tests/e2e/lighthouse.mjs .tools/lighthouse

papers: ## Check the published numbers that take minutes (release build, about 20 minutes)
	cargo test $(LOCKED) --release --features cli --test it -- --ignored --nocapture --test-threads 1

table: ## Measure the character task over seeds (about 10 minutes)
	cargo build $(LOCKED) --release --features cli --bin stdp
	node tests/reference/characters-table.mjs target/release/stdp

pictures: ## Make the posters and link previews of the demos anew, of what is in dist/
	STDP_POSTERS=write cargo test $(LOCKED) --features cli --test it -- posters
	@$(env) node tests/e2e/previews.mjs

# The characters of equations: Latin, Greek, signs, and the slanted letters that browsers set variables in.
FACE := U+20-7E,U+A0,U+AC,U+AF,U+B1,U+B7,U+D7,U+2C6,U+2C9,U+2D9,U+2DC,U+302-304,U+307,U+391-3A9,U+3B1-3C9,U+3D1,U+3D5,U+3F5,\
U+2016,U+2026,U+2032,U+203E,U+2033,U+210E,U+2190-2194,U+21D2,U+2202,U+2207,U+2061,U+2208,U+220F,U+2211-2213,U+2217,U+221A,U+221D,\
U+221E,U+2225,U+222B,U+2248,U+2260,U+2264,U+2265,U+226A,U+226B,U+22C5,U+22EF,U+25A0,U+25B2,U+2308-230B,U+27E8,U+27E9,U+1D434-1D467,\
U+1D6E4-1D714,U+1D716,U+1D719

face: ## Make the mathematics face in public/face anew, of STIX Two Math (needs python3 and npm)
	@$(env) folder=$$(mktemp -d) && python3 -m venv $$folder/tools && $$folder/tools/bin/pip -q install fonttools brotli && \
	npm pack -s --pack-destination $$folder @fontsource/stix-two-math@5.3.0 > /dev/null && tar -xf $$folder/*.tgz -C $$folder && \
	cp $$folder/package/LICENSE public/face/LICENSE.txt && \
	$$folder/tools/bin/pyftsubset $$folder/package/files/stix-two-math-latin-400-normal.woff2 \
	--unicodes="$$(echo '$(FACE)' | tr -d ' ')" --layout-features=ssty,ccmp,kern --no-hinting --desubroutinize \
	--flavor=woff2 --output-file=public/face/stix-two-math.woff2

reference: ## Make the traces of independent simulators anew
	tests/reference/make.sh

scripts: ## Run the written scripts with Brian 2 and NEST, beside the runs themselves, and keep those that agree
	@$(env) cargo build $(LOCKED) --release --features cli --bin stdp
	$$(tests/reference/python.sh) tests/scripts/run.py target/release/stdp

clean: ## Remove what was built; the tools stay
	cargo clean
	rm -rf dist tests/e2e/output
