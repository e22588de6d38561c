# The commands of this project: `make` lists them. The work is done by scripts/.
PY = sh scripts/with_python.sh
.DEFAULT_GOAL = help
.PHONY: help run test test-all lint format bench serve prepare messages css documents fonts lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: ## start the site with demo content (PORT=8001, DATABASE_URL=…)
	@$(PY) scripts/run.py

test: ## all tests, on PostgreSQL where it may differ (ARGS="tests/news -k feed")
	@$(PY) scripts/run_tests.py $(ARGS)

test-all: ## all tests, also on PostgreSQL: before a release
	@$(PY) scripts/run_tests.py --all $(ARGS)

lint: ## style, types, directions of imports, templates, migrations, translations
	@$(PY) scripts/lint.py

format: ## put Python files in the agreed form
	@$(PY) scripts/lint.py --fix

bench: ## run the benchmarks of bench/ and print their figures
	@$(PY) scripts/bench.py $(ARGS)

serve: ## web, worker and scheduler with production settings (SECRET_KEY=… is needed)
	@$(PY) scripts/serve.py

prepare: ## what make serve does before it serves: packages, static files, database
	@$(PY) scripts/serve.py --prepare

messages: ## compile the translations of locale/ (.po to .mo)
	@$(PY) scripts/messages.py

css: ## join static/css/parts/ into the one stylesheet of the site
	@$(PY) scripts/build_css.py

documents: ## make the document templates of the handbook out of their sources
	@$(PY) scripts/build_documents.py

fonts: ## cut the fonts of static/fonts/ out of scripts/fonts/
	@$(PY) scripts/build_fonts.py

lock: ## pin the requirements again (UPGRADE=1 takes newer versions)
	@$(PY) scripts/lock.py

.PHONY: audit
audit: ## known weaknesses, licences and bill of materials of the packages (var/audit)
	@$(PY) scripts/audit.py

clean: ## remove what can be made again; the database and uploads stay
	rm -rf .venv var/static var/environment.lock .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache .grimp_cache htmlcov .coverage .coverage.*
	find . -path ./var -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +
