# The course's commands. `make` alone lists them; each wraps a command that CONTRIBUTING.md names.
#
# Written for GNU make 3.81 or newer (macOS has 3.81) and a POSIX shell. The students' release has the same file: what needs
# solutions/ is there only where that folder is.
#
# A line behind `##` is a command in the list: its words, two spaces, what it does. [private] and [release] say in which of
# the two trees it stands; a line `##@` begins a group.

PYTHON ?=
TORCH_INDEX ?=
VENV := .venv

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
EXE := .exe
else
BIN := $(VENV)/bin
EXE :=
endif

ifneq ($(wildcard solutions),)
TREE := private
EXTRA := dev
else
TREE := release
EXTRA := course
endif

python := $(BIN)/python$(EXE)
grader := $(python) -m grader
ready := $(VENV)/ready-$(EXTRA)

# ---- what is written behind a target: make test hw=1 k='forward batched'

known := hw stage k on seed hidden n from out jobs base anew dir rounds PYTHON TORCH_INDEX NEEDLE_DATA
on_the_line := $(foreach name,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(name)))),$(name)))
strangers := $(filter-out $(known) MAKEFLAGS SHELL,$(filter-out -%,$(on_the_line)))
ifneq ($(strangers),)
$(error $(firstword $(strangers))=… means nothing here; there are: $(foreach name,$(known),$(name)=))
endif

# Only the command line speaks: a variable `out` or `n` of the environment is somebody else's.
given = $(if $(filter command,$(firstword $(origin $(1)))),$($(1)))
quoted = '$(subst ','\'',$(1))'
argument = $(if $(call given,$(1)),$(call quoted,$(call given,$(1))))
option = $(if $(call given,$(1)),$(2) $(call quoted,$(call given,$(1))))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help install test hint grade ladder notebook completion clean
.PHONY: skeletons check lint release bench-grading constraints setup-sandbox

##@ Every day
##  make test hw=1                   run the tests of a homework: what is right, what is wrong and why, what comes next
##  make test hw=1 stage=matmul      … of one stage of it
##  make test hw=1 k=forward         … those whose name or sentence has these words; seed=7 draws other random numbers
##  [private] make test hw=1 on=reference      … on the solution; hidden=1 adds the hidden tests
##  make hint hw=1 stage=matmul n=1  a hint: 1 a question, 2 the idea, 3 the outline
##  [release] make test                        the public tests of every homework
##  [private] make test                        everything: the machinery, the solutions, the course's proof of itself
test: $(ready)
ifeq ($(TREE)$(call given,hw),private)
	@$(if $(strip $(foreach name,stage k on,$(call given,$(name)))),echo "make: say which homework: make test hw=1 …" >&2; exit 2)
	@status=0; \
	$(python) -m pytest tests -n auto || status=$$?; \
	$(grader) check || status=$$?; \
	exit $$status
else
	@$(grader) test $(call argument,hw) $(call option,stage,--stage) $(call option,k,-k) $(call option,on,--on) $(call option,seed,--seed) \
	    $(if $(call given,hidden),--hidden)
endif

hint: $(ready)
	@$(grader) hint $(call argument,hw) $(call argument,stage) $(call option,n,-n)

##  [release] make grade                       grade this checkout as the course does, as far as the public tests see
##  [private] make grade                       hand in and grade a demonstration class (hw=1)
##  [private] make grade hw=1 from=DIR out=DIR  grade a class: a folder or a zip a student; jobs=4 side by side
grading := $(call option,out,--out) $(call option,jobs,--jobs) $(call option,base,--base) $(call option,seed,--seed) \
    $(if $(call given,anew),--anew)
ifeq ($(TREE)$(call given,from),private)
grade: hw := $(or $(call given,hw),1)
grade: $(ready)
	@rm -rf build/demo
	@$(grader) demo $(call quoted,$(hw)) build/demo/submissions
	@$(grader) grade $(call quoted,$(hw)) build/demo/submissions --own-code $(if $(call given,out),,--out build/demo/results) $(grading)
else
grade: $(ready)
	@$(grader) grade $(call argument,hw) $(call argument,from) $(grading)
endif

##  make ladder                      time the rungs from nested loops to torch, and draw build/ladder.png
##  [private] make ladder on=reference         … on the solution
##  make notebook hw=1               write a homework's notebook (all without hw) to build/notebooks/
ladder: $(ready)
	@mkdir -p build
	@$(grader) run-needle hw=0 $(call option,on,--on) -- $(python) -P -m hw0_matmul.needle.ladder --out build/ladder.png

notebooks := $(wildcard $(if $(call given,hw),hw$(patsubst hw%,%,$(firstword $(subst _, ,$(call given,hw))))_*,hw*)/notebook.py)
notebook: $(ready)
	@$(if $(notebooks),,echo "make: there is no homework $(call quoted,$(call given,hw)) with a notebook" >&2; exit 2)
	@mkdir -p build/notebooks
	@$(foreach file,$(notebooks),$(python) -m jupytext --quiet --to notebook $(file) \
	    --output build/notebooks/$(patsubst %/,%,$(dir $(file))).ipynb && echo build/notebooks/$(patsubst %/,%,$(dir $(file))).ipynb &&) true

##@ Set-up
##  make install                     the virtual environment .venv; every command does this once by itself
##  [private] make setup-sandbox               install bubblewrap, which confines submissions (Linux)
##  make completion                  how to turn on tab completion
##  make clean                       remove build/ and every cache; .venv stays
install: $(ready)
	@echo "ready: $$($(python) --version) in $(VENV)"

completion: $(ready)
	@echo 'With the environment turned on (. $(BIN)/activate) the command is `grader`, and it completes its words:'
	@echo '  bash   eval "$$(_GRADER_COMPLETE=bash_source grader)"'
	@echo '  zsh    eval "$$(_GRADER_COMPLETE=zsh_source grader)"'
	@echo '  fish   _GRADER_COMPLETE=fish_source grader | source'
	@echo 'Say it once in a shell, or write it into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish.'

clean:
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	@find . -name .venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# Student code is confined by the kernel; this is the one part of it that pip does not bring.
setup-sandbox:
	@if [ "$$(uname)" != Linux ]; then \
	    echo "make: submissions are confined by what Linux has; grade in WSL, in a container or on a Linux machine" >&2; exit 1; \
	elif command -v bwrap >/dev/null; then echo "bubblewrap is here: $$(bwrap --version)"; \
	elif command -v apt-get >/dev/null; then \
	    if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	    $$sudo apt-get update && $$sudo apt-get install -y --no-install-recommends bubblewrap libseccomp2; \
	else echo "make: install bubblewrap and libseccomp with your package manager" >&2; exit 1; fi

##@ Whoever works on the course
##  [private] make check                       the course proves itself: every test on stub, bugs and solution (hw=1: one homework)
##  [private] make skeletons                   write hwN/needle/ from solutions/, and the stage tables of the handouts
##  [private] make lint                        ruff, and mypy on grader/
##  [private] make release dir=DIR             the students' tree, proved clean
##  [private] make bench-grading               what grading a submission costs beyond the student's own computing; rounds=9 for more turns
##  [private] make constraints                 renew constraints.txt: the newest version of everything that pyproject.toml names
ifeq ($(TREE),private)
check: $(ready)
	@$(grader) check $(call argument,hw) $(call option,jobs,--jobs)

skeletons: $(ready)
	@$(grader) skeletons $(call argument,hw)

lint: $(ready)
	@status=0; $(python) -m ruff check . || status=$$?; $(python) -m mypy || status=$$?; exit $$status

bench-grading: hw := $(or $(call given,hw),1)
bench-grading: $(ready)
	@$(grader) bench-grading $(call quoted,$(hw)) $(call option,rounds,--rounds)

release: $(ready)
	@$(grader) release $(call argument,dir)

# Resolved anew in an environment of its own. The course's own line, the installer and what only a graphics card needs stay out;
# torch stands without a local suffix, so that the same line fits PyPI's wheel and PyTorch's own.
constraints: $(ready)
	@rm -rf build/constraints && $(python) -m venv build/constraints
	@build/constraints/bin/python -m pip install --disable-pip-version-check --editable '.[dev]'
	@{ sed -n '/^#/p' constraints.txt; \
	   build/constraints/bin/python -m pip freeze --all --exclude-editable --disable-pip-version-check \
	   | grep -v -i -E '^(pip|wheel|triton|needle.course|nvidia-.*|cuda-.*)[ =@]' | sed 's/+[a-z0-9.]*$$//' | LC_ALL=C sort -f; } \
	   > build/constraints.txt
	@mv build/constraints.txt constraints.txt
else
check skeletons lint release bench-grading constraints:
	@echo "make: $@ works on solutions/, and the students' release has none" >&2; exit 2
endif

help:
	@awk -v tree='[$(TREE)]' ' \
	    /^##@ / { heading = substr($$0, 5); next } \
	    /^##  / { \
	        line = substr($$0, 5); \
	        if (line ~ /^\[/) { if (index(line, tree) != 1) next; line = substr(line, length(tree) + 2) } \
	        cut = index(line, "  "); \
	        words = substr(line, 1, cut - 1); does = substr(line, cut); sub(/^ +/, "", does); \
	        if (heading != "") { if (told) print ""; print heading; heading = ""; told = 1 } \
	        printf "  %-36s  %s\n", words, does; \
	    }' $(firstword $(MAKEFILE_LIST))

# ---- the virtual environment: made once, again when pyproject.toml or constraints.txt change

pip = $(python) -m pip install --disable-pip-version-check $(if $(TORCH_INDEX),--extra-index-url $(call quoted,$(TORCH_INDEX)))

$(ready): pyproject.toml constraints.txt $(python)
	@echo "Installing what the course needs into $(VENV): PyTorch is large, so the first time takes some minutes."
	@$(pip) --constraint constraints.txt --editable '.[$(EXTRA)]'
	@touch $@

$(python):
	@for candidate in $(if $(PYTHON),$(call quoted,$(PYTHON)),python3 python3.13 python3.12 python3.11 python3.14 python); do \
	    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$candidate; break; fi; \
	    told=$${told:-$$("$$candidate" --version 2>/dev/null)}; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "make: the course needs Python 3.11 or newer, and found $${told:-none}." >&2; \
	    echo "      Install one (python.org, your package manager), or say where it is: make PYTHON=/path/to/python3.12" >&2; \
	    exit 1; \
	fi; \
	if ! "$$found" -c 'import venv, ensurepip' 2>/dev/null; then \
	    echo "make: $$found cannot make virtual environments: its module venv or ensurepip is missing." >&2; \
	    echo "      On Debian and Ubuntu: sudo apt install python3-venv" >&2; \
	    exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" --version)."; \
	rm -rf $(VENV) && "$$found" -m venv $(VENV)
