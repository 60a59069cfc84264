/*
 * The lines of a checklist as a tree, for the files of wire/playbook_list.h.
 */
#ifndef MUSTER_WIRE_PLAYBOOK_LIST_PRIVATE_H
#define MUSTER_WIRE_PLAYBOOK_LIST_PRIVATE_H

#include <stdbool.h>

#include "wire/playbook_list.h"

struct list_item {
        int line, indent;
        const char *text; /* behind "- " */
        const char *body; /* the lines below it; NULL */
        const char *said; /* those of them that begin with "> "; NULL */
        struct list_item *parent, *first, *last, *next;
};

struct list_field {
        int line;
        const char *key, *value;
};

struct list_tree {
        const char *title, *description;
        struct list_field *fields;
        size_t field_count, field_room;
        struct list_item variables, steps; /* their .first */
};

/* What stands behind the name of a step. */
struct list_marks {
        const char *name, *role; /* role NULL: not said */
        int minutes;
        int64_t timeout_ms, delay_ms;
        bool two, must, pap;
        const char *gives; /* NULL; "leak, count" */
};

enum list_word {
        WORD_NONE,
        WORD_IF,
        WORD_ELSE,
        WORD_WHILE,
        WORD_SWITCH,
        WORD_CASE,
        WORD_DEFAULT,
        WORD_PARALLEL,
        WORD_BRANCH,
        WORD_RUN,
};

enum rc list_tree_read(const char *text, size_t len, struct arena *a, struct list_tree *ret,
                       struct err *err);
enum rc list_marks_read(const struct list_item *item, struct arena *a, struct list_marks *ret,
                        struct err *err);
/* The word of a block, what stands behind it in *ret_rest. */
enum list_word list_word_of(const char *text, const char **ret_rest);

#endif
