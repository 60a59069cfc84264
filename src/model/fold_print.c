#include <inttypes.h>

#include "base/json.h"
#include "base/str.h"
#include "model/fold.h"

static void print_text(const char *s, struct str *out)
{
        if (s)
                json_quote(s, out);
        else
                str_add(out, "-");
}

static void print_named(const char *name, const char *value, struct str *out)
{
        str_add(out, name);
        str_addc(out, ' ');
        print_text(value, out);
        str_addc(out, '\n');
}

static void print_field(const struct folded *f, size_t i, struct str *out)
{
        const struct value *v = &f->thing.values[i];

        if (value_is_empty(v) && !f->field_is_ours[i] && !f->field_conflict[i])
                return;
        str_addf(out, "field %s", f->thing.kind->fields[i].name);
        if (v->text || !v->count) {
                str_addc(out, ' ');
                print_text(v->text, out);
        }
        for (size_t k = 0; k < v->count; k++) {
                str_addc(out, ' ');
                print_text(v->items[k], out);
        }
        if (f->field_is_ours[i])
                str_add(out, " ours");
        if (f->field_conflict[i])
                str_add(out, " conflict");
        str_addc(out, '\n');
}

static void print_heads(const struct folded *f, const struct fold_heads *heads, struct str *out)
{
        str_addf(out, "heads %s", f->thing.kind->fields[heads->field].name);
        if (heads->item) {
                str_addc(out, ' ');
                print_text(heads->item, out);
        }
        for (size_t i = 0; i < heads->count; i++) {
                str_addf(out, " %s=", heads->heads[i].act->id);
                print_text(heads->heads[i].value, out);
        }
        str_add(out, heads->conflict ? " conflict\n" : "\n");
}

static void print_entry(const struct fold_entry *entry, struct str *out)
{
        const struct act *act = entry->act;

        str_addf(out, "log %" PRId64 " %s %s ", act->hlc, act->console ? act->console : "-",
                 act->id);
        print_text(act->verb, out);
        str_addc(out, ' ');
        print_text(act->text, out);
        str_addc(out, ' ');
        print_text(act->reason, out);
        for (size_t i = 0; i < act->detail_count; i++) {
                str_addf(out, " %s=", act->details[i].name);
                print_text(act->details[i].value, out);
        }
        if (!entry->applied) {
                str_add(out, " not applied: ");
                str_add(out, entry->why_not);
        }
        str_addc(out, '\n');
}

void fold_print(const struct folded *f, struct str *out)
{
        print_named("kind", f->thing.kind->name, out);
        print_named("id", f->thing.id, out);
        print_named("created_by", f->thing.created_by, out);
        str_addf(out, "created %" PRId64 "\nmodified %" PRId64 "\nrevoked %d\n",
                 f->thing.created_ms, f->thing.modified_ns, f->thing.revoked);
        print_named("ref", f->ref, out);
        for (size_t i = 0; i < f->thing.kind->field_count; i++)
                print_field(f, i, out);
        for (size_t i = 0; i < f->head_count; i++)
                print_heads(f, &f->heads[i], out);
        for (size_t i = 0; i < f->log_count; i++)
                print_entry(&f->log[i], out);
        str_addf(out, "conflicts %zu\n", f->conflicts);
}
