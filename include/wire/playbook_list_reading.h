/*
 * A checklist as a tree of its lines, and the playbook while it is made of it: for the files of
 * wire/playbook_list.h.
 */
#ifndef MUSTER_WIRE_PLAYBOOK_LIST_READING_H
#define MUSTER_WIRE_PLAYBOOK_LIST_READING_H

#include <stdbool.h>

#include "wire/playbook_list.h"

struct list_item {
        int line, indent;
        const char *text; /* behind "- ", and the box to tick */
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

size_t list_bullet(const char *s);   /* the length of "- ", "* " or "1. "; 0: none */
size_t list_checkbox(const char *s); /* that of "[ ] " or "[x] " */
enum rc list_tree_read(const char *text, size_t len, struct arena *a, struct list_tree *ret,
                       struct err *err);
enum rc list_marks_read(const struct list_item *item, struct arena *a, struct list_marks *ret,
                        struct err *err);
/* The word of a block, what stands behind it in *ret_rest; `above`: steps stand below it. */
enum list_word list_word_of(const char *text, bool above, const char **ret_rest);

/* The playbook while it is made. */
struct list_building {
        struct arena *a;
        struct playbook *p;
        struct step *steps;
        struct actor *agents;
        struct variable *variables;
        size_t step_count, step_room, agent_room, variable_room;
        struct err *err;
};

/* ---- playbook_list_head.c ---- */
enum rc list_expected(const struct list_building *b, const struct list_item *item,
                      const char *what);
/* Always the same of one seed in one playbook. */
const char *list_make_id(const struct list_building *b, const char *type, const char *seed);
size_t list_split(struct arena *a, const char *s, const char *const **ret); /* at commas */
bool list_id_read(const char *s, const char *type, const char **ret);
const char *list_variable_name(const struct list_building *b, const char *s,
                               size_t len); /* "__leak__" */
const struct variable *list_variable_of(const struct list_building *b, const char *name);
enum rc list_head_read(struct list_building *b, const struct list_tree *t,
                       const struct playbook_list_head *head);
enum rc list_variables_read(struct list_building *b, const struct list_tree *t);

/* ---- playbook_list_build.c ---- */
enum rc list_step_add(struct list_building *b, const struct list_item *item, enum step_type type,
                      int *ret);
/* What stands below a block, or the list itself, one after the other to an end. */
enum rc list_build_chain(struct list_building *b, const struct list_item *block,
                         const char *end_name, int *ret);

/* ---- playbook_list_ids.c ---- */
/* Each step its id: that of the step of `was` (NULL: none) that it is, else one of its own. */
void list_ids_give(struct list_building *b, int start, const struct playbook *was);
/* The steps from `at` on to an end, one after the other; `stop`: the while around them, or -1. */
size_t list_chain(const struct step *steps, size_t count, int at, int stop, struct arena *a,
                  const int **ret);
/* What a step is known by among those beside it: its type, and what it says or asks. */
const char *list_key(const struct step *s, struct arena *a);
/* What a branch of that step is known by: its value, or its name. */
const char *list_branch_key(const struct step *steps, size_t count, const struct step *s,
                            size_t branch);
/* Of each key how often it came before. */
const size_t *list_count_before(const char *const *keys, size_t count, struct arena *a);

/* ---- playbook_list_keep.c ---- */
/* Which step of `was` each step is, -1: none, by their order in the list. */
const int *list_match(const struct list_building *b, int start, const struct playbook *was);

#endif
