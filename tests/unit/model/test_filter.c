#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/filter.h"
#include "word_files.h"

struct desk {
        struct words *words;
        struct filter_context ctx;
        struct arena arena;
        struct filter f;
        size_t at;
        struct err err;
};

static void desk_open(struct desk *d, const struct kind *kind)
{
        *d = (struct desk){.words = word_files_load()};
        d->ctx = (struct filter_context){.kind = kind,
                                         .values = {.words = d->words, .me = "duarte"}};
        cr_assert_eq(stamp_parse_ms("2026-11-24T13:04:27Z", &d->ctx.values.now_ms, NULL), RC_OK);
        arena_init(&d->arena);
}

static void desk_close(struct desk *d)
{
        arena_finish(&d->arena);
        words_destroy(d->words);
}

static enum rc read(struct desk *d, const char *line)
{
        err_clear(&d->err);
        return filter_read(line, &d->ctx, &d->arena, &d->f, &d->at, &d->err);
}

static void print_term(const struct filter *f, const struct filter_term *t, struct str *out)
{
        static const char *const ops[] = {"=", "<", "<=", ">", ">="};

        str_add(out, t->negated ? "!" : "");
        if (t->what == FILTER_WORD)
                str_addf(out, t->exact ? "\"%s\"" : "%s*", t->text);
        else if (t->what == FILTER_MARK)
                str_addf(out, "mark %u", t->mark);
        else
                str_addf(out, "%s%s", f->kind->fields[t->field].name, ops[t->op]);
        for (size_t i = 0; t->what == FILTER_FIELD && i < t->value_count; i++)
                str_addf(out, "%s%s", i ? "|" : "", t->values[i]);
}

static char *print(const struct filter *f)
{
        struct str out;

        str_init(&out, 4000);
        for (size_t i = 0; i < f->term_count; i++) {
                str_add(&out, i ? "; " : "");
                print_term(f, &f->terms[i], &out);
        }
        if (f->sort_given)
                str_addf(&out, "%ssort %s%s", out.len ? "; " : "", f->sort_down ? "-" : "",
                         f->kind->fields[f->sort_field].name);
        return str_take(&out);
}

struct row {
        const char *line, *means;
};

static void expect_rows(const struct kind *kind, const struct row *rows, size_t count)
{
        struct desk d;

        desk_open(&d, kind);
        for (size_t i = 0; i < count; i++) {
                cr_expect_eq(read(&d, rows[i].line), RC_OK, "%s: %s", rows[i].line, d.err.text);
                if (d.err.text[0])
                        continue;
                AUTO_FREE char *got = print(&d.f);
                cr_expect_str_eq(got, rows[i].means, "%s: %s, not %s", rows[i].line, got,
                                 rows[i].means);
        }
        desk_close(&d);
}

Test(filter, reads_words_and_phrases)
{
        static const struct row rows[] = {
                {"", ""},
                {"  \t ", ""},
                {"hospital", "hospital*"},
                {"sev", "sev*"},
                {"rail freight", "rail*; freight*"},
                {"\"rail freight\"", "\"rail freight\""},
                {"-hospital -\"port terminal\"", "!hospital*; !\"port terminal\""},
                {"text:hospital", "hospital*"},
                {"-text:\"port terminal\"", "!\"port terminal\""},
                {"10.0.0.1:80 2001:db8::1", "10.0.0.1:80*; 2001:db8::1*"},
                {"a\"b c\"", "a\"b*; c\"*"},
                {"Zürich", "Zürich*"},
        };

        expect_rows(&kind_incident, rows, ARRAY_LEN(rows));
}

Test(filter, reads_fields)
{
        static const struct row rows[] = {
                {"severity:high", "severity=high"},
                {"Severity:HIGH,critical", "severity=high|critical"},
                {"severity=low", "severity=low"},
                {"-severity:none", "!severity=none"},
                {"severity>=high severity<critical", "severity>=high; severity<critical"},
                {"severity>low severity<=high", "severity>low; severity<=high"},
                {"tlp<amber+strict", "tlp<amber+strict"},
                {"tlp:TLP:RED", "tlp=red"},
                {"owner:me", "owner=duarte"},
                {"owner:\"team alder\",novak", "owner=team alder|novak"},
                {"owner:-", "owner="},
                {"-owner:-", "!owner="},
                {"owner:-,novak", "owner=|novak"},
                {"owner:\"-\"", "owner=-"},
                {"state:EL,fr", "states=GR|FR"},
                {"states:Germany", "states=DE"},
                {"sector:\"Drinking water\"", "sectors=drinking-water"},
                {"community:private", "communities=private"},
                {"class:malicious-code", "class=malicious-code"},
                {"ref:inc-0231", "ref=inc-0231"},
                {"description:-", "description="},
                {"description:\"rail freight\"", "description=rail freight"},
        };

        expect_rows(&kind_incident, rows, ARRAY_LEN(rows));
}

/* A thing whose status nobody set must not vanish from the board. */
Test(filter, open_is_whatever_is_not_closed)
{
        static const struct row rows[] = {
                {"status:open", "!status=closed; !mark 4"},
                {"-status:open", "status=closed"},
                {"status:OPEN", "!status=closed; !mark 4"},
                {"status:closed,open", "status=closed|new|active|contained|recovering"},
                {"status<closed", "status<closed"},
        };

        expect_rows(&kind_incident, rows, ARRAY_LEN(rows));
}

/* What waits for nobody is over; a declined deployment still wants somebody else. */
Test(filter, open_is_what_the_machine_says_is_not_over)
{
        static const struct row requests[] = {
                {"state:open", "!state=refused|closed|withdrawn|expired; !mark 4"},
                {"-state:open", "state=refused|closed|withdrawn|expired"},
                {"state:expired,open", "state=expired|draft|submitted|returned|assessing|approved|"
                                       "partial|offered|accepted|agreed|active|ended|reported"},
        };
        static const struct row deployments[] = {
                {"state:open", "!state=closed|stood-down; !mark 4"},
        };

        expect_rows(&kind_request, requests, ARRAY_LEN(requests));
        expect_rows(&kind_deployment, deployments, ARRAY_LEN(deployments));
}

Test(filter, reads_times_as_ages_days_and_instants)
{
        static const struct row rows[] = {
                {"created>4h", "created<2026-11-24T09:04:27.000Z"},
                {"created<4h", "created>2026-11-24T09:04:27.000Z"},
                {"created>=1d", "created<=2026-11-23T13:04:27.000Z"},
                {"created<=1d", "created>=2026-11-23T13:04:27.000Z"},
                {"age<4h", "modified>2026-11-24T09:04:27.000Z"},
                {"updated:2d", "modified>=2026-11-22T13:04:27.000Z"},
                {"-updated:2d", "!modified>=2026-11-22T13:04:27.000Z"},
                {"occurred<2026-11-24", "occurred<2026-11-24T00:00:00.000Z"},
                {"occurred>=yesterday", "occurred>=2026-11-23T00:00:00.000Z"},
                {"occurred>-2d", "occurred>2026-11-22T13:04:27.000Z"},
                {"occurred:2026-11-23", "occurred=2026-11-23T00:00:00.000Z"},
                {"-occurred:today", "!occurred=2026-11-24T00:00:00.000Z"},
                {"occurred:today,yesterday,-",
                 "occurred=2026-11-24T00:00:00.000Z|2026-11-23T00:00:00.000Z|"},
                {"occurred:13:04", "occurred=2026-11-24T13:04:00.000Z"},
                {"occurred>\"yesterday 08:00\"", "occurred>2026-11-23T08:00:00.000Z"},
                {"acked:-", "acked="},
                {"-acked:-", "!acked="},
        };

        expect_rows(&kind_incident, rows, ARRAY_LEN(rows));
}

Test(filter, reads_marks)
{
        static const struct row rows[] = {
                {"is:unacked", "mark 1; !parked_until>2026-11-24T13:04:27.000Z"},
                {"is:UNACKED is:conflict",
                 "mark 1; !parked_until>2026-11-24T13:04:27.000Z; mark 2"},
                {"-is:unacked", "!mark 1"},
                {"is:parked", "parked_until>2026-11-24T13:04:27.000Z"},
                {"-is:parked", "!parked_until>2026-11-24T13:04:27.000Z"},
                {"is:overdue", "due<2026-11-24T13:04:27.000Z"},
                {"is:stale", "outlook_at<2026-11-24T07:04:27.000Z; !status=closed; !mark 4"},
                {"is:held", "!held="},
                {"is:cross-border", "cross_border=yes|derived"},
                {"-is:revoked", "!mark 4"},
                {"-is:revoked,mine,foreign", "!mark 4; !owner=duarte; !mark 8"},
                {"is:foreign", "mark 8"},
                {"is:mine,overdue", "owner=duarte; due<2026-11-24T13:04:27.000Z"},
                {"is:foreign,unacked", "mark 8; mark 1; !parked_until>2026-11-24T13:04:27.000Z"},
                {"is:mine", "owner=duarte"},
                {"-is:mine", "!owner=duarte"},
        };
        static const struct row log[] = {
                {"is:mine", "operator=duarte"},
                {"is:system", "mark 16"},
                {"is:late", "!late="},
                {"is:review-due", "verb=decide; review<2026-11-24T13:04:27.000Z; followed_by="},
        };

        cr_assert_eq(MARK_UNACKED, 1);
        cr_assert_eq(MARK_CONFLICT, 2);
        cr_assert_eq(MARK_REVOKED, 4);
        cr_assert_eq(MARK_FOREIGN, 8);
        cr_assert_eq(MARK_SYSTEM, 16);
        expect_rows(&kind_incident, rows, ARRAY_LEN(rows));
        expect_rows(&kind_log, log, ARRAY_LEN(log));
}

Test(filter, reads_the_sort_and_the_last_counts)
{
        static const struct row rows[] = {
                {"sort:severity", "sort severity"},
                {"sort:-updated", "sort -modified"},
                {"sort:-age", "sort modified"},
                {"sort:age", "sort -modified"},
                {"status:open sort:-severity sort:created",
                 "!status=closed; !mark 4; sort created"},
        };
        struct desk d;

        expect_rows(&kind_incident, rows, ARRAY_LEN(rows));
        desk_open(&d, &kind_incident);
        cr_assert_eq(read(&d, "rail"), RC_OK);
        cr_expect_eq(d.f.sort_field, -1);
        cr_expect(!d.f.sort_given);
        desk_close(&d);
}

Test(filter, every_kind_can_read_its_own_default)
{
        for (size_t i = 0; i < kind_count(); i++) {
                struct desk d;

                desk_open(&d, kind_at(i));
                cr_expect_eq(read(&d, kind_at(i)->default_filter), RC_OK, "%s", d.err.text);
                desk_close(&d);
        }
}

struct refusal {
        const char *line, *says;
        size_t at;
};

Test(filter, refuses_in_words_and_says_where)
{
        static const struct refusal rows[] = {
                {"colour:red", "no field colour; nearest: clock", 0},
                {"rail -colour:red", "no field colour; nearest: clock", 6},
                {"until>4h", "no field until; nearest: parked_until", 0},
                {"aeg>1d", "no field aeg; nearest: age", 0},
                {"sectr:health", "no field sectr; nearest: sector", 0},
                {"severity:hihg",
                 "severity takes none, low, medium, high, critical; not \"hihg\" (nearest: high)",
                 9},
                {"severity:high,hihg",
                 "severity takes none, low, medium, high, critical; not \"hihg\" (nearest: high)",
                 14},
                {"severity:", "severity: needs a value", 9},
                {"severity:high,", "severity: needs a value behind the comma", 14},
                {"owner:\"\"", "owner: needs a value", 7},
                {"text:", "text: needs a value", 5},
                {"is:", "is: needs a value", 3},
                {"sort:", "sort: needs a value", 5},
                {"sort:-", "sort: needs a value", 6},
                {"rail \"freight", "a quote is not closed", 5},
                {"owner:\"team", "a quote is not closed", 6},
                {"\"rail\"freight", "a blank is missing behind a closing quote", 6},
                {"\"\"", "there is nothing between the quotes", 1},
                {"\"  \"", "there is nothing between the quotes", 1},
                {"- rail", "- needs a word or a field behind it", 1},
                {"is:foo",
                 "is takes unacked, mine, overdue, conflict, parked, stale, held, cross-border, "
                 "duplicate, revoked, foreign; not \"foo\" "
                 "(nearest: mine)",
                 3},
                {"is:conflcit",
                 "is takes unacked, mine, overdue, conflict, parked, stale, held, cross-border, "
                 "duplicate, revoked, foreign; not \"conflcit\" "
                 "(nearest: conflict)",
                 3},
                {"is:mine,conflcit",
                 "is takes unacked, mine, overdue, conflict, parked, stale, held, cross-border, "
                 "duplicate, revoked, foreign; not \"conflcit\" "
                 "(nearest: conflict)",
                 8},
                {"is>unacked", "is takes only is:VALUE", 3},
                {"owner>novak", "owner has no order; only owner:VALUE is understood", 6},
                {"states<FR", "states has no order; only states:VALUE is understood", 7},
                {"severity>low,high", "severity is compared with one value", 13},
                {"severity>-", "severity is compared with one value", 9},
                {"created:4h,today", "created is compared with one value", 11},
                {"created:today,4h", "created takes one age at a time", 14},
                {"created>today,yesterday", "created is compared with one value", 14},
                {"sort:states",
                 "sort takes ref, title, severity, status, owner, acked, outlook_at, tlp, "
                 "parked_until, "
                 "update_due, next_due, created, modified, due; "
                 "not \"states\" (nearest: status)",
                 5},
                {"sort:agee",
                 "sort takes ref, title, severity, status, owner, acked, outlook_at, tlp, "
                 "parked_until, "
                 "update_due, next_due, created, modified, due; "
                 "not \"agee\" (nearest: age)",
                 5},
                {"-sort:title", "sort takes only sort:FIELD and sort:-FIELD", 6},
                {"text:a,b", "text takes one word or \"phrase\" at a time", 5},
        };
        struct desk d;

        desk_open(&d, &kind_incident);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                cr_expect_eq(read(&d, rows[i].line), RC_INVALID, "%s", rows[i].line);
                cr_expect_str_eq(d.err.text, rows[i].says, "%s: %s", rows[i].line, d.err.text);
                cr_expect_eq(d.at, rows[i].at, "%s: at %zu", rows[i].line, d.at);
        }
        desk_close(&d);
}

Test(filter, text_that_is_not_searched_is_only_there_or_not)
{
        struct desk d;

        desk_open(&d, &kind_log);
        cr_expect_eq(read(&d, "-reason:-"), RC_OK);
        cr_expect_eq(read(&d, "reason:flood"), RC_INVALID);
        cr_expect_str_eq(d.err.text, "reason is not searched; only reason:- is understood");
        desk_close(&d);
}

Test(filter, is_mine_and_me_need_somebody)
{
        struct desk d;

        desk_open(&d, &kind_incident);
        d.ctx.values.me = NULL;
        cr_expect_eq(read(&d, "is:mine"), RC_INVALID);
        cr_expect_eq(read(&d, "owner:me"), RC_INVALID);
        d.ctx.values.me = "duarte";
        d.ctx.kind = &kind_participant;
        cr_expect_eq(read(&d, "is:mine"), RC_INVALID);
        cr_expect_str_eq(d.err.text, "is:mine has no meaning for a participant");
        desk_close(&d);
}

Test(filter, what_is_too_much_is_refused_and_changes_nothing)
{
        char line[FILTER_BYTES_MAX + 2];
        struct desk d;

        desk_open(&d, &kind_incident);
        cr_assert_eq(read(&d, "rail"), RC_OK);
        memset(line, 'x', sizeof(line));
        line[FILTER_BYTES_MAX + 1] = '\0';
        cr_expect_eq(read(&d, line), RC_INVALID);
        for (int i = 0; i <= FILTER_TERMS_MAX; i++)
                memcpy(line + i * 2, "x ", 3);
        cr_expect_eq(read(&d, line), RC_INVALID);
        cr_expect_str_eq(d.err.text, "more than 32 conditions");
        cr_expect_eq(read(&d, "r\xff"), RC_INVALID);
        cr_expect_eq(d.f.term_count, 1u);
        line[FILTER_TERMS_MAX * 2] = '\0';
        cr_expect_eq(read(&d, line), RC_OK);
        cr_expect_eq(d.f.term_count, (size_t)FILTER_TERMS_MAX);
        desk_close(&d);
}

Test(filter, words_are_harmless_afterwards)
{
        struct desk d;

        desk_open(&d, &kind_incident);
        cr_assert_eq(read(&d, "a\x1b[2J \"b\xe2\x80\xae\" owner:x\x07"), RC_OK);
        cr_expect(text_is_clean(d.f.terms[0].text, strlen(d.f.terms[0].text), false));
        cr_expect(text_is_clean(d.f.terms[1].text, strlen(d.f.terms[1].text), false));
        cr_expect(text_is_clean(d.f.terms[2].values[0], strlen(d.f.terms[2].values[0]), false));
        cr_assert_eq(read(&d, "sever\x1bity:high"), RC_OK);
        cr_assert_eq(read(&d, "is:\x1b[2J"), RC_INVALID);
        cr_expect(text_is_clean(d.err.text, strlen(d.err.text), false));
        desk_close(&d);
}

/* ---- garbage ------------------------------------------------------------------------------- */

static unsigned draw(uint64_t *seed, unsigned below)
{
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        return (unsigned)(*seed >> 33) % below;
}

/* Half of it is made of what means something, so that it gets past the first byte. */
static void make_garbage(uint64_t *seed, char *line, size_t size)
{
        static const char *const bits[] = {
                "severity", "status", "owner", "created", "states",   "is", "sort", "text", ":",
                "<",        ">=",     ",",     "-",       "\"",       " ",  " ",    "open", "high",
                "me",       "4h",     "today", "unacked", "modified", "FR", "=",    "x",    "\t"};
        size_t len = 0, parts = draw(seed, 14);

        for (size_t i = 0; i < parts; i++) {
                const char *bit = bits[draw(seed, ARRAY_LEN(bits))];
                char byte[2] = {(char)(1 + draw(seed, 255)), '\0'};

                if (draw(seed, 4) == 0)
                        bit = byte;
                if (len + strlen(bit) + 1 > size)
                        break;
                memcpy(line + len, bit, strlen(bit));
                len += strlen(bit);
        }
        line[len] = '\0';
}

/* A filter that was read must hold what its header promises to the store. */
static void check_filter(const struct filter *f, const char *line)
{
        cr_assert_leq(f->term_count, (size_t)FILTER_TERMS_MAX);
        for (size_t i = 0; i < f->term_count; i++) {
                const struct filter_term *t = &f->terms[i];

                if (t->what == FILTER_WORD)
                        cr_assert(t->text && *t->text, "%s", line);
                else if (t->what == FILTER_MARK)
                        cr_assert_neq(t->mark, 0u, "%s", line);
                else
                        cr_assert(t->value_count > 0 && t->field >= 0 &&
                                          (size_t)t->field < f->kind->field_count,
                                  "%s", line);
                if (t->what == FILTER_FIELD && t->op != FILTER_EQ)
                        cr_assert(t->value_count == 1 && *t->values[0], "%s", line);
        }
}

Test(filter, garbage_is_read_or_refused_with_a_sentence)
{
        uint64_t seed = 20261124;
        int read_ones = 0, refused = 0;
        struct desk d;

        desk_open(&d, &kind_incident);
        for (int i = 0; i < 40000; i++) {
                char line[200];

                make_garbage(&seed, line, sizeof(line));
                d.ctx.kind = kind_at((size_t)i % kind_count());
                d.at = SIZE_MAX;
                enum rc rc = read(&d, line);
                if (rc == RC_OK) {
                        check_filter(&d.f, line);
                        cr_assert_eq(d.at, SIZE_MAX);
                        read_ones++;
                } else {
                        cr_assert_eq(rc, RC_INVALID);
                        cr_assert(d.err.text[0], "%s", line);
                        cr_assert(text_is_clean(d.err.text, strlen(d.err.text), false));
                        cr_assert_leq(d.at, strlen(line), "%s", line);
                        refused++;
                }
                arena_reset(&d.arena);
        }
        cr_expect_gt(read_ones, 2000);
        cr_expect_gt(refused, 2000);
        desk_close(&d);
}
