# Muster. `make demo` shows it, `make test` proves it, `make help` lists the rest.
#
#   MODE    release (default) | debug | asan | tsan | cover | fuzz
#   CC      gcc (default) | clang; CFLAGS, CPPFLAGS, LDFLAGS, LDLIBS are added to ours
#   BUILD   where everything made goes (build); WERROR=1 makes warnings errors
#   V=1     shows the commands
#   PREFIX  where it is installed (/usr/local), below DESTDIR; prefix is the same

VERSION = 0.1
MODE   ?= release
BUILD  ?= build
PREFIX ?= $(or $(prefix),/usr/local)
ifeq ($(origin CC),default)
CC = $(if $(filter fuzz,$(MODE)),clang,gcc)
endif
PKG_CONFIG ?= pkg-config

OUT   := $(BUILD)/$(MODE)-$(notdir $(lastword $(CC)))
BIN   := $(BUILD)/$(if $(filter-out release,$(MODE)),$(MODE)/)
PROGS := $(BIN)muster $(if $(wildcard src/hub/main.c),$(BIN)muster-hub)

.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

# ---- which layers there are, and which libraries they need ---------------------------------------

TABLE := tests/lint/layers.mk
include $(TABLE)
LAYERS  := $(shell sed -n 's/^uses_\([a-z]*\).*/\1/p' $(TABLE))
PRESENT := $(foreach l,$(LAYERS),$(if $(wildcard src/$l/*.c),$l))
USES    := $(shell tests/lint/uses.sh)

reversed = $(if $1,$(call reversed,$(wordlist 2,99,$1)) $(firstword $1))
closure  = $1 $(foreach l,$(uses_$1),$(call closure,$l))
# below LAYER: the layer and all it rests on, in link order
below    = $(filter $(call closure,$1),$(call reversed,$(PRESENT)))
# modules FOLDER...: the pkg-config modules that the files of these folders include
modules  = $(sort $(foreach d,$1,$(patsubst $d=%,%,$(filter $d=%,$(USES)))))
pkg      = $(if $(BUILDS),$(if $2,$(shell $(PKG_CONFIG) $1 $2)))

BUILDS := $(filter-out deps demo demo-two test check-long lint format clean help cover flags \
            unit-% uninstall,$(or $(MAKECMDGOALS),all))
ifneq ($(BUILDS),)
MISSING := $(shell for m in $(call modules,$(LAYERS:%=src/%)); do \
             $(PKG_CONFIG) --exists $$m 2>/dev/null || echo $$m; done)
ifneq ($(MISSING),)
$(error missing: $(MISSING). `make deps` installs the Debian packages: $(shell \
  tests/lint/uses.sh -p src include | cut -d' ' -f2 | sort -u) gcc libc6-dev pkg-config)
endif
endif

# ---- flags ---------------------------------------------------------------------------------------

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
        -Wwrite-strings -Wvla -Wundef -Wformat=2 -Wcast-qual -Werror=format-security \
        $(if $(WERROR),-Werror)

takes  = $(shell $(CC) -Werror $1 -include stdlib.h -x c -c /dev/null -o /dev/null \
           2>/dev/null && echo '$1')
# hardened programs; the sanitizers see more without
harden = -D_FORTIFY_SOURCE=$(if $(call takes,-O2 -D_FORTIFY_SOURCE=3),3,2) \
         -fstack-protector-strong $(call takes,-fstack-clash-protection) \
         $(or $(call takes,-fcf-protection),$(call takes,-mbranch-protection=standard))
san    = -O1 -fno-omit-frame-pointer -DMUSTER_ARENA_MALLOC -fsanitize=
# what a report needs; a third less of the processor than all of it
lines  = $(if $(filter asan,$(MODE)),-g1,-g)
# a test's own code: it runs once
once   = $(if $(filter asan,$(MODE)),-O0)
# gcc's shared libubsan, beside libasan, does not know log_path
static = $(if $(filter asan,$(MODE)),$(call takes,-static-libasan -static-libubsan))

# the tests start the asan programs many thousand times: without relocations, 380,000 of them, that costs less
pie    = $(if $(filter asan,$(MODE)),no-pie,$1)

mode_release = -O2 $(harden)
mode_debug   = -Og -DMUSTER_ARENA_MALLOC -fstack-protector-strong
mode_asan    = $(san)address,undefined -fno-sanitize-recover=undefined
mode_tsan    = -O1 -fno-omit-frame-pointer -fsanitize=thread
mode_cover   = -O0 --coverage -DMUSTER_ARENA_MALLOC
mode_fuzz    = $(san)fuzzer-no-link,address,undefined
ifeq ($(mode_$(MODE)),)
$(error MODE=$(MODE) is not one of release debug asan tsan cover fuzz)
endif
ifneq ($(BUILDS)$(filter flags,$(MAKECMDGOALS)),)
MODE_FLAGS := $(mode_$(MODE))
MODE_LINK  := $(static)
endif

LANG_FLAGS := -std=gnu11 -D_GNU_SOURCE= -Iinclude -DMUSTER_VERSION='"$(VERSION)"' \
              -DMUSTER_DATADIR='"$(PREFIX)/share/muster"'
COMPILE     = $(CC) $(LANG_FLAGS) $(WARN) $(lines) -f$(call pie,PIE) -ffile-prefix-map=$(CURDIR)=. $(MODE_FLAGS) \
              $(CPPFLAGS) $(CFLAGS)
LINK        = $(CC) -$(call pie,pie) $(MODE_FLAGS) $(MODE_LINK) -Wl,-z,relro,-z,now,-z,noexecstack $(CFLAGS) $(LDFLAGS)

# changes when a flag changes, and all objects with it
FLAGS := $(OUT)/flags
ifneq ($(BUILDS),)
$(shell mkdir -p $(OUT))
$(file >$(FLAGS).new,$(COMPILE) $(LINK) $(USES))
$(shell cmp -s $(FLAGS).new $(FLAGS) && rm $(FLAGS).new || mv $(FLAGS).new $(FLAGS))
endif

ifneq ($(V),1)
say = @printf '%-5s %s\n' '$1' '$(@:$(OUT)/%=%)';
endif

# ---- one library per layer, the program, the tests -----------------------------------------------

.PHONY: all programs programs-cli units
all: $(PROGS)

obj = $(patsubst %.c,$(OUT)/%.o,$1)

# libraries LAYERS, more FOLDERS: the foreign libraries to link
archives  = $(foreach l,$1,$(OUT)/lib$l.a)
libraries = $(call pkg,--libs,$(call modules,$(1:%=src/%) $2)) -lm $(LDLIBS)

# main.c is in no library, so that a test has its own
define layer_rules
$(OUT)/lib$1.a: $(call obj,$(filter-out %/main.c,$(wildcard src/$1/*.c)))
$(OUT)/src/$1/%.o: CFLAGS_PKG = $(call pkg,--cflags,$(call modules,src/$1))
$(OUT)/tests/unit/$1/%.o: CFLAGS_PKG = -Itests $(once) $(call pkg,--cflags,$(call modules,tests/unit/$1))
$(OUT)/unit/$1: $(call obj,$(wildcard tests/unit/$1/*.c)) $(OUT)/libunit.a $(call archives,$(call below,$1))
	@mkdir -p $$(@D)
	$$(call say,LINK)$$(LINK) -o $$@ $$^ $(call libraries,$(call below,$1),tests/unit/$1)
endef
$(foreach l,$(LAYERS),$(eval $(call layer_rules,$l)))

# what the tests of several layers share: linked where they call it
$(OUT)/libunit.a: $(call obj,$(wildcard tests/unit/*.c))

$(OUT)/lib%.a:
	@rm -f $@
	$(call say,AR)$(AR) rcsD $@ $^

$(OUT)/%.o: %.c Makefile $(TABLE) $(FLAGS)
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) $(CFLAGS_PKG) -MMD -MP -c -o $@ $<

$(OUT)/muster: $(call obj,src/app/main.c) $(call archives,$(call below,app))
	$(call say,LINK)$(LINK) -o $@ $^ $(call libraries,$(call below,app))

$(OUT)/muster-hub: $(call obj,src/hub/main.c) $(call archives,$(call below,hub))
	$(call say,LINK)$(LINK) -o $@ $^ $(call libraries,$(call below,hub))

# two compilers share one place: the copy follows the one asked for
$(PROGS): $(BIN)%: $(OUT)/% FORCE
	@mkdir -p $(@D)
	@cmp -s $< $@ || { cp $< $@.new && mv $@.new $@; }
FORCE:

UNITS := $(foreach l,$(PRESENT),$(if $(wildcard tests/unit/$l/*.c),$(OUT)/unit/$l))
$(OUT)/unit/planted: $(call obj,tests/unit/planted/planted.c)
	@mkdir -p $(@D)
	$(call say,LINK)$(LINK) -o $@ $^ $(call libraries,,tests/unit/planted)
units: $(UNITS) $(OUT)/unit/planted

# Programs of their own: each tests/{cli,link,fault,fuzz,bench,screens,lint}/NAME.c, linked with every
# layer that is there but the hub; fuzz_hub with the hub and what it rests on.
TOOL_SRC := $(filter-out tests/fuzz/replay.c, \
              $(wildcard $(foreach d,cli link fault fuzz bench screens lint,tests/$d/*.c)))
TOOLS    := $(TOOL_SRC:%.c=$(OUT)/%)
TOP      := $(call reversed,$(filter-out hub,$(PRESENT)))
$(OUT)/tests/%.o: CFLAGS_PKG = -Itests $(once)
$(OUT)/tests/fuzz/%: LDLIBS += $(if $(filter fuzz,$(MODE)),-fsanitize=fuzzer)
$(filter $(OUT)/tests/fuzz/%,$(TOOLS)): $(if $(filter-out fuzz,$(MODE)),$(OUT)/tests/fuzz/replay.o)
tool_layers = $(if $(filter %/fuzz_hub,$1),$(call below,hub),$(TOP))
define tool_rules
$1: $1.o $(call archives,$(call tool_layers,$1))
	$$(call say,LINK)$$(LINK) -o $$@ $$(filter %.o,$$^) $$(filter %.a,$$^) \
	  $$(call libraries,$$(call tool_layers,$$@),$$(patsubst $(OUT)/%/,%,$$(dir $$@)))
endef
$(foreach t,$(TOOLS),$(eval $(call tool_rules,$t)))
programs: $(TOOLS)
programs-cli: $(filter $(OUT)/tests/cli/%,$(TOOLS))

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)

# ---- what people call ----------------------------------------------------------------------------

.PHONY: deps demo demo-two test check-long bench lint format install uninstall clean cover flags help FORCE
AGAIN = @$(MAKE) --no-print-directory $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$$(nproc))

deps:
	@tests/deps.sh

demo:
	@tests/deps.sh build
	$(AGAIN) all MODE=release
	@$(BUILD)/muster --demo

# two consoles of one unit side by side
demo-two:
	@tests/deps.sh build two
	$(AGAIN) all MODE=release
	@MUSTER=$(BUILD)/muster sh data/demo/two.sh

test:
	@tests/deps.sh build test
	$(AGAIN) all programs-cli MODE=release
	$(AGAIN) all programs units MODE=asan
	@CC='$(CC)' BUILD='$(BUILD)' MAKE='$(MAKE)' tests/run.sh

# one layer: make unit-base
unit-%:
	@tests/deps.sh build test
	$(AGAIN) $(BUILD)/asan-$(notdir $(lastword $(CC)))/unit/$* MODE=asan
	@CC='$(CC)' BUILD='$(BUILD)' tests/run.sh unit/$*

# in the build people use: every I/O call fails, 1,000 kills of a writer, 300 rounds of kills of desks and hub,
# 50 weeks apart, 10^5 objects through three hubs on one database, all screens; laws over MUSTER_LAWS times as many
# histories; then fuzzing by libFuzzer
# (MUSTER_FUZZ_SECONDS each), and the plain programs under ThreadSanitizer (Criterion aborts there)
check-long: test
	$(AGAIN) all programs MODE=release
	@CC='$(CC)' BUILD='$(BUILD)' MUSTER_MODES=release MUSTER_LIMIT_S=3600 \
	  MUSTER_IO_STEP=$${MUSTER_IO_STEP:-1} MUSTER_KILLS=$${MUSTER_KILLS:-1000} \
	  MUSTER_SYNC_KILLS=$${MUSTER_SYNC_KILLS:-300} MUSTER_WEEKS=$${MUSTER_WEEKS:-50} \
	  MUSTER_HUBS_OBJECTS=$${MUSTER_HUBS_OBJECTS:-100000} tests/run.sh fault link screens
	@CC='$(CC)' BUILD='$(BUILD)' MUSTER_LAWS=$${MUSTER_LAWS:-5} tests/run.sh unit/model unit/play
	$(AGAIN) all programs MODE=tsan
	@tests/deps.sh lint
	$(AGAIN) programs MODE=fuzz CC=clang
	@BUILD='$(BUILD)' sh tests/fuzz/campaign.sh
	@CC='$(CC)' BUILD='$(BUILD)' MUSTER_MODES=tsan tests/run.sh screens cli link

bench:
	@tests/deps.sh build test
	$(AGAIN) all programs MODE=release
	@CC='$(CC)' BUILD='$(BUILD)' MUSTER_MODES=release MUSTER_LIMIT_S=2400 VERBOSE=1 tests/run.sh bench

lint:
	@CC='$(CC)' BUILD='$(BUILD)' MAKE='$(MAKE)' tests/lint/run.sh

format:
	clang-format-14 -i $$(find src include tests -name '*.[ch]')

cover:
	@tests/deps.sh build test
	$(AGAIN) all programs units MODE=cover
	@CC='$(CC)' BUILD='$(BUILD)' tests/cover.sh

# what `muster doc NAME` and `muster-hub doc NAME` print, and its place below PREFIX
HUB_DOCS = man8:share/man/man8/muster-hub.8 bash:share/bash-completion/completions/muster-hub \
           zsh:share/zsh/site-functions/_muster-hub \
           fish:share/fish/vendor_completions.d/muster-hub.fish
DOCS = man1:share/man/man1/muster.1 man5:share/man/man5/muster.ini.5 man7:share/man/man7/muster.7 \
       bash:share/bash-completion/completions/muster zsh:share/zsh/site-functions/_muster \
       fish:share/fish/vendor_completions.d/muster.fish

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/muster
	install -m 755 $(PROGS) $(DESTDIR)$(PREFIX)/bin/
	cp -R data/. themes $(DESTDIR)$(PREFIX)/share/muster/
	chmod -R u=rwX,go=rX $(DESTDIR)$(PREFIX)/share/muster
	@set -e; for doc in $(DOCS:%=muster:%) $(HUB_DOCS:%=muster-hub:%); do \
	  program=$${doc%%:*}; place=$${doc#*:}; \
	  to=$(DESTDIR)$(PREFIX)/$${place#*:}; \
	  MUSTER_DATA=data $(BIN)$$program doc $${place%%:*} >$(OUT)/doc; \
	  install -D -m 644 $(OUT)/doc "$$to"; \
	done

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/muster $(DESTDIR)$(PREFIX)/bin/muster-hub
	rm -f $(foreach doc,$(DOCS) $(HUB_DOCS),$(DESTDIR)$(PREFIX)/$(lastword $(subst :, ,$(doc))))
	rm -rf $(DESTDIR)$(PREFIX)/share/muster

clean:
	rm -rf $(BUILD)

# what `make lint` compiles with
flags:
	@: $(info $(LANG_FLAGS) $(WARN) $(shell $(PKG_CONFIG) --cflags-only-I \
	  $(call modules,$(LAYERS:%=src/%)) 2>/dev/null))

help:
	@echo 'make [all]      the program, $(BIN)muster'
	@echo 'make demo       installs what is missing, builds, starts the demo'
	@echo 'make demo-two   the same with two consoles of one unit side by side, in tmux'
	@echo 'make test       installs what is missing, builds, runs all tests'
	@echo 'make lint       the rules of the house; make format applies the layout'
	@echo 'make unit-base  the unit tests of one layer;  check-long bench cover: see tests/README.md'
	@echo 'make install    PREFIX=$(PREFIX) DESTDIR=; also uninstall, clean, deps'
