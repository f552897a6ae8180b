# Two commands do everything on a fresh machine: `make run` and `make test`.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

FUZZTIME  ?= 1m
CASES     ?=

LINT := go tool -modfile=tools.mod golangci-lint

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## build bin/interdict, one static binary
	CGO_ENABLED=0 go build -trimpath -buildvcs=auto -o bin/interdict .

.PHONY: run
run: build ## build and serve on the embedded defaults
	@exec bin/interdict serve

.PHONY: test
test: deps ## install what the tests need and run them all, with the race detector
	INTERDICT_TEST_REQUIRE=1 go test -race ./...
	go test -C internal/openapi/breaking -count=1 ./...

.PHONY: deps
deps: # what the tests need from the system; quick when present
	@bash internal/testenv/install.sh

.PHONY: check
check: test lint drift ## what CI runs: test, lint, drift, a short fuzz and the quality bars
	@$(MAKE) --no-print-directory fuzz FUZZTIME=2000x # by count: at the end of a time a busy machine fails without a fault
	@$(MAKE) --no-print-directory quality

.PHONY: lint
lint: ## vet, static analysis and formatting (builds the linter the first time, some minutes)
	go vet ./...
	$(LINT) run
	$(LINT) fmt --diff

.PHONY: spec-lint
spec-lint: ## lint the API description with spectral and redocly (needs npm)
	@bash internal/openapi/lint.sh

.PHONY: drift
drift: # generating again must change nothing
	@state() { git diff HEAD; git ls-files -z --others --exclude-standard | xargs -0 -r sha256sum; }; \
	  before=$$(state | sha256sum); \
	  $(MAKE) --no-print-directory generate; \
	  [ "$$before" = "$$(state | sha256sum)" ] || \
	    { git status --short; echo 'generated files were stale: commit what `make generate` wrote'; exit 1; }

.PHONY: generate
generate: ## rewrite the generated files
	go generate ./...

.PHONY: fuzz
fuzz: ## fuzz every target for FUZZTIME (default 1m) each
	@grep -rnoE '^func Fuzz[A-Za-z0-9_]*' --include='*_test.go' . | sort | while IFS=: read -r file _ func; do \
	  target=$${func#func }; \
	  echo "fuzz $$(dirname "$$file") $$target"; \
	  go test -run='^$$' -fuzz="^$$target\$$" -fuzztime=$(FUZZTIME) "$$(dirname "$$file")" </dev/null; \
	done

.PHONY: bench
bench: ## measure speed and memory here and write docs/performance.md (6 minutes; LISTS=folder: with copies of lists too; QUICK=1: half a minute, to see that it runs)
	go run ./internal/bench $(if $(QUICK),-quick) $(if $(LISTS),-lists "$(abspath $(LISTS))")

.PHONY: quality
quality: ## recall and false flags against the baseline; CASES adds labelled cases, LISTS copies of lists, and both write docs/quality.md; UPDATE=1 takes the figures
	go run ./internal/quality -cases "$(CASES)" $(if $(LISTS),-lists "$(LISTS)") $(if $(CASES),-report docs/quality.md) $(if $(UPDATE),-update)

.PHONY: clean
clean: ## remove what was built
	rm -rf bin interdict coverage.out
