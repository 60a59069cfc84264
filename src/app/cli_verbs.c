/*
 * The verbs, kind by kind, with what is said with each: from the tables that `do` goes by.
 */
#include <stdio.h>
#include <string.h>

#include "model/kind.h"
#include "model/rules.h"

#include "app_private.h"

static bool is_of(const struct verb *v, const char *kind)
{
        return kind ? v->kind && strcmp(v->kind, kind) == 0 : !v->kind;
}

/* "complete step= [note=]", as it is typed. */
static void print_verb(const struct verb *v)
{
        printf("  %s", v->name);
        for (const struct detail_row *d = v->details; d && d->name; d++) {
                if (d->own)
                        continue;
                printf(d->needed ? " %s=" : " [%s=]", d->name);
        }
        printf("%s\n      %s\n", v->needs_reason ? " --reason TEXT" : "", v->help);
}

static void print_kind(const char *kind, const char *heading)
{
        const struct verb *v;
        bool any = false;

        for (size_t i = 0; (v = verb_at(i)); i++) {
                if (!is_of(v, kind))
                        continue;
                if (!any)
                        printf("\n%s\n", heading);
                any = true;
                print_verb(v);
        }
}

void help_verbs(void)
{
        for (size_t k = 0; k < kind_count(); k++)
                print_kind(kind_at(k)->name, kind_at(k)->plural);
        print_kind(NULL, "any of them");
}
