# All of it is in packaging/bootstrap.py, so that it works the same where there is no make.
PYTHON ?= python3

.PHONY: setup demo test bench recount faults screenshots
setup demo test bench recount faults screenshots:
	@$(PYTHON) packaging/bootstrap.py $@
