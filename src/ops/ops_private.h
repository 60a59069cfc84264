/*
 * What the files of this folder share: a thing as base and acts, its row, and the one door through
 * which versions come in.
 */
#ifndef MUSTER_OPS_PRIVATE_H
#define MUSTER_OPS_PRIVATE_H

#include "base/clock.h"
#include "model/booking.h"
#include "model/readiness.h"
#include "ops/export.h"
#include "ops/intake.h"
#include "ops/operators.h"
#include "ops/ops.h"
#include "store/versions.h"
#include "wire/stix.h"

#define NS_PER_MS        1000000
#define BUNDLE_NAMESPACE "00abedb4-aa42-466c-9c01-fed23315a9b7" /* STIX 2.1, section 2.9 */
#define NOTE_MAX         256                                    /* bytes of a journal row's note */

/* ---- meta: what the database says about who we are ------------------------------------------ */

#define META_UNIT      "unit"
#define META_UNIT_NAME "unit_name"
#define META_DESK      "desk"
#define META_CONSOLE   "console"
#define META_CEILING   "ceiling"
#define META_DEFAULT   "default_marking"
#define META_EXERCISE  "exercise"
#define META_REMARKS   "remarks"
#define META_MARKINGS                                                                              \
        "markings_changed" /* things with unknown markings must be looked at again                 \
                            */

/* Fills in who we are; RC_NOTFOUND where the database has no unit. */
enum rc ops_read_meta(struct ops *ops, struct err *err);
/* Makes a unit and a console in a database without one; transaction of its own. */
enum rc unit_make(struct ops *ops, const struct ops_unit *u, struct err *err);

/* ---- state.c: a thing as base and acts ------------------------------------------------------- */

/* A thing exists where a version of it is held that is not our own snapshot, or its opening is. */
struct state {
        const struct kind *kind;
        bool exists, has_base;
        bool is_fresh; /* made in this transaction and not settled yet */
        struct stix_object base;
        struct thing base_thing; /* with what its markings come to */
        bool unresolved;         /* names a marking that nobody defined */
        const struct act **acts;
        size_t act_count;
        struct folded folded;
        struct run_book *book; /* of a run that is open: its events are there, not in acts */
        char stamp[STAMP_BYTES];
};

/* at_ms CLOCK_NONE = now; else versions received and acts recorded until then. */
enum rc state_load(struct ops *ops, const char *id, int64_t at_ms, struct arena *a,
                   struct state *ret, struct err *err);
/* What was read, and one more act that was written since: as if it were read anew. */
void state_add(struct state *st, const struct act *act, struct arena *a);
/* The fold of the same without some acts. */
void state_fold_without(const struct state *st, bool (*without)(void *ctx, const struct act *act),
                        void *ctx, struct arena *a, struct folded *ret);
/* The newest version received until then that is not our own snapshot; RC_NOTFOUND. */
enum rc version_then(struct ops *ops, const char *id, int64_t at_ms, struct arena *a,
                     struct version *ret, struct err *err);
const struct kind *kind_of_id(const char *id); /* by the type in it; NULL = no table */
enum rc act_load(struct ops *ops, const char *act_id, struct arena *a, const struct act **ret,
                 struct err *err);

/* ---- playbooks.c, playbook_import.c ------------------------------------------------------------
 */

struct admission;
/* Notes which version of an object has which content, and has the runs looked at again that this
 * may concern. */
enum rc playbook_take(struct admission *ad, const char *id, const char *content, int64_t vid,
                      struct err *err);
struct jsplit_shape;
bool playbook_is_file(const struct jsplit_shape *shape);
/* RC_INVALID: the engine can't carry it out, and why. */
struct held_playbook;
enum rc playbook_may_run(const struct held_playbook *p, struct err *err);

/* ---- runs.c: one that is open; the rest is in ops/run_book.h -----------------------------------
 */

struct ops_run {
        struct ops *ops;
        bool dry;
        char id[STIX_ID_MAX];
        struct arena arena; /* of the state; all of it goes where it is read again */
        struct state st;
        struct run_book *book;
        struct row row;
        struct arena row_arena, said; /* said: sentences, until the run changes */
        char *missing, *newer;        /* hashes */
        char newer_than[HASH_TEXT];   /* what it was looked for; "": nothing */
        int64_t seen_vid;             /* versions behind it were not looked at */
        int64_t hlc;                  /* of a dry run */
        size_t names;                 /* likewise */
};
enum rc run_read(struct ops_run *r, struct err *err); /* all of it, anew */
enum rc run_take_news(struct ops_run *r, bool *changed, struct err *err);
void run_refreshed(struct ops_run *r); /* what was said of it before holds no more */

/* ---- ceiling.c: markings ----------------------------------------------------------------------
 */

/* Definitions say what others mean; they have nothing to mark unless they do so themselves. */
bool is_definition(const struct stix_object *o);
int marking_of(struct ops *ops, const struct stix_object *o, bool *ret_unknown); /* -1 = none */
/* What counts where there is none: of whence it came, else the console's; at least its kind's. */
int tlp_default(struct ops *ops, const struct kind *kind, const char *id);
/* The strictest of an object and of the things that it names. */
enum tlp tlp_at_door(struct ops *ops, const struct stix_object *o, struct arena *a);
/* The same of what leaves: a thing also counts as what it is shown as now. */
enum tlp tlp_outgoing(struct ops *ops, const struct stix_object *o, struct arena *a);
/* TLP rank of a thing as shown, -1 where it is not held. */
int tlp_of_row(struct ops *ops, const char *id, struct arena *a);

/* ---- project.c: rows ----------------------------------------------------------------------------
 */

/* Names of units that were asked for; who is not known yet is looked up again. */
#define UNITS_KNOWN 64
struct unit_names {
        struct unit_known {
                char id[STIX_ID_MAX];
                char *name; /* owned */
        } of[UNITS_KNOWN];
        size_t count, oldest;
};
void unit_names_forget(struct unit_names *names);
/* NULL: it is not known. In the arena. */
const char *unit_name(struct ops *ops, struct unit_names *names, const char *unit, struct arena *a);

void row_of_state(struct ops *ops, struct unit_names *names, const struct state *st,
                  struct arena *a, struct row *ret);
/* Of a decoded object without acts: a thing, an act's or note's log entry. */
void row_of_object(struct ops *ops, struct unit_names *names, const struct stix_object *o,
                   struct arena *a, struct row *ret);

/* ---- parts.c: what others say of an incident by objects of their own --------------------------
 */

#define PARTS_MAX 500
struct ops_view;
struct id_set;
/* Of the thing in v, whose relations are there already, into v. */
enum rc parts_read(struct ops *ops, const struct state *st, int64_t at_ms, struct arena *a,
                   struct ops_view *v, struct err *err);
/* Ids of the parts of a thing and of what those name, however many; for an export. */
struct relation;
enum rc parts_add_ids(struct ops *ops, const char *id, const struct relation *relations,
                      size_t count, struct id_set *set, struct err *err);
/* ---- clocks.c: what follows from clocks and filings --------------------------------------------
 */

bool clocks_are_kept(const struct kind *kind);
/* Fills in next_clock and next_due. */
void clocks_tell_next(struct ops *ops, const struct folded *f, struct arena *a, struct thing *ret);
bool act_closes(const struct act *act);
/* The clocks that run and when they are due, in words; NULL = none. */
const char *clocks_running(struct ops *ops, const struct folded *f, struct arena *a);
struct closing_list;
/* closing.c: as ops_still_open. */
enum rc closing_list_make(struct ops *ops, const struct folded *f, struct arena *a,
                          struct closing_list *ret, struct err *err);
/* The clock rows of an incident whose own row was just put. In a transaction. */
enum rc clocks_project(struct ops *ops, const struct folded *f, const struct row *incident,
                       struct arena *a, struct err *err);
/* All of them again, where the law is not the one that they were made by. */
enum rc clocks_follow_law(struct ops *ops, struct err *err);

/* ---- duties.c, rota_act.c: rotas ---------------------------------------------------------------
 */

struct rota;
/* As model/rota.h reads it, by the calendar of its zone; UTC stands for one that is not known here.
 * In the arena. */
void ops_rota_read(struct ops *ops, const struct thing *t, struct arena *a, struct rota *ret);

/* What override, swap and take-over do, from the act's details, which are read. */
struct rota_change {
        const char *overrides; /* as its field takes them; NULL: the act is not about a rota */
        const char *text;      /* the act's sentence */
};
enum rc rota_change_make(struct ops *ops, const struct thing *now, const struct act *act,
                         struct arena *a, struct rota_change *ret, struct err *err);

/* ---- needs.c: what an incident, a request or a deployment needs --------------------------------
 */

struct rank_needs;
/* Of an incident the needs of its open requests together. RC_INVALID: it is none of these. */
enum rc needs_read(struct ops *ops, const struct row *about, struct arena *a,
                   struct rank_needs *ret, struct err *err);
/* Equipment, where that is needed and no people; else experts. */
const struct kind *needs_kind(const struct rank_needs *needs);
/* Adds who and what its deployments hold. */
struct going;
enum rc needs_taken(struct ops *ops, const struct row *about, struct arena *a, struct going *ret,
                    struct err *err);

/* going.c: who and what goes. In the arena. */
struct going {
        struct readiness_taken *list;
        size_t count, room;
        const char **deployments; /* their ids, each once */
        size_t deployment_count, deployment_room;
};
/* All that a deployment names, whatever its state; nothing where it is in it already. */
enum rc going_add(struct ops *ops, const struct thing *deployment, struct arena *a,
                  struct going *ret, struct err *err);
/* Things with their members and parts. `quantities` of a deployment, or NULL: all of each. */
enum rc going_add_members(struct ops *ops, const char *const *ids, size_t count,
                          const struct value *quantities, struct arena *a, struct going *ret,
                          struct err *err);

/* ---- rosters.c: people, teams and equipment, and who takes them --------------------------------
 */

struct admission;
struct roster_facts;
bool rosters_are_kept(const struct kind *kind);
/* The derived fields of a resource as of now_ms. */
enum rc rosters_tell(struct ops *ops, int64_t now_ms, struct arena *a, struct row *row,
                     struct err *err);
/* Before the row is put: fills in what follows from others, and marks what follows from it. */
enum rc rosters_follow(struct admission *ad, struct arena *a, struct row *row, struct err *err);
/* roster_turns.c: adds to when an expert is on call the turns that rotas give, from now_ms on. */
enum rc roster_turns_add(struct ops *ops, int64_t now_ms, struct arena *a, struct roster_facts *f,
                         struct err *err);
/* The duties of a rota from now_ms on, so far ahead that each member has a turn. In the arena. */
struct duty;
size_t roster_turns_of(struct ops *ops, const struct thing *rota, int64_t now_ms, struct arena *a,
                       struct duty **ret);
/* Marks whom a rota names or named, where who is on duty may have become another. `old`: NULL. */
void roster_turns_follow(struct admission *ad, const struct thing *old, const struct thing *now);
/* roster_shared.c: a resource that a deployment takes, and another that does so at that time. */
struct roster_overlap {
        const char *resource;
        struct booking with;
};
enum roster_shared {
        SHARED_BOOKED, /* both hold it hard                            */
        SHARED_ASKED,  /* one of them at least asks for it only: softly */
        SHARED_WAYS
};
const char *roster_shared_field(enum roster_shared how); /* that names the others */
enum rc rosters_overlaps(struct ops *ops, const struct thing *deployment, enum roster_shared how,
                         struct arena *a, struct roster_overlap **ret, size_t *ret_count,
                         struct err *err);
enum rc rosters_tell_shared(struct ops *ops, enum roster_shared how, struct arena *a,
                            struct row *row, struct err *err); /* sets that field */

/* check_quantities.c: whether what it takes a number of goes, and is there so often; RC_INVALID.
 * `after`: the deployment as the act leaves it. */
enum rc quantities_check(struct ops *ops, const struct thing *after, const struct act *act,
                         struct arena *a, struct err *err);

/* The equipment that goes with a deployment, parts of kits included. In the arena. */
struct goods {
        struct row *rows;
        size_t count;
};
enum rc goods_read(struct ops *ops, const struct thing *deployment, struct arena *a,
                   struct goods *ret, struct err *err);
/* Whether its serial number or its reference is in a list with blanks; NULL = none. */
bool goods_are_listed(const struct row *row, const char *list, struct arena *a);
/* Of deployments: whether one may take whom it names (check_deployment.c), has on its manifest what
 * goes and had what is back (check_manifest.c), and what a step needs besides (check_steps.c). */
enum rc deployment_check(struct ops *ops, const struct state *st, const struct act *act,
                         struct arena *a, struct err *err);
enum rc manifest_check(struct ops *ops, const struct state *st, const struct act *act,
                       struct arena *a, struct err *err);
enum rc steps_check(struct ops *ops, const struct state *st, const struct act *act, struct arena *a,
                    struct err *err);

/* check_together.c: whether the values that the act leaves can be together; RC_INVALID. */
enum rc together_check(struct ops *ops, const struct state *st, const struct act *act,
                       struct err *err);

/* ---- pace.c: others write too ------------------------------------------------------------------
 */

#define SLICE_NS 10000000 /* of work in one transaction while others wait */

/* Work while a console has the database open: a slice, then others have their turn. Whoever begins
 * it ends with ops_breathe_no_more(). */
struct pace {
        bool console;
        int64_t begun_ns;
};
void pace_begin(struct pace *p, struct ops *ops); /* behind the beginning of a transaction */
bool pace_slice_is_over(const struct pace *p);    /* never where there is no console */
#define REST_NS 1000000
void pace_rest(int64_t ns); /* behind its end */

/* ---- admit.c: the door -------------------------------------------------------------------------
 */

/* Things to fold again before the commit: each id once. */
struct id_set {
        struct arena arena;
        const char **slots;
        size_t count, cap;
};
bool id_set_add(struct id_set *set, const char *id); /* false: it was there */
bool id_set_has(const struct id_set *set, const char *id);
const char **id_set_list(const struct id_set *set, struct arena *a); /* sorted by bytes */
void id_set_clear(struct id_set *set);
void id_set_finish(struct id_set *set);

/* One transaction of the door. */
struct admission {
        struct ops *ops;
        int64_t seq, now_ms;
        int64_t admitted; /* versions written */
        struct id_set dirty;
        struct id_set *ours; /* those of them that this console must publish; or NULL */
        struct state *known; /* of one of them, with all that was done to it; or NULL */
        struct unit_names names;
        int remarks; /* entries that name other entries: 0 not looked yet, 1 none, 2 some */
        void (*finding)(void *ctx, const char *sentence); /* or NULL */
        void *ctx;
};
struct admitted {
        enum version_result result;
        int64_t vid;
        const struct act *act; /* as it is read from the bytes, in their arena; NULL: it is none */
};

enum rc admission_begin(struct admission *ad, struct err *err); /* ad->ops is set */
/* RC_DENIED: it is above the ceiling. */
enum rc admit_judge(struct ops *ops, const struct stix_object *o, struct arena *a, struct err *err);
/* Something of ours under another id, as OpenCTI sends it back, or only written otherwise. */
bool is_echo_of_ours(struct ops *ops, const struct incoming *in);
/* A definition that every console has from the beginning, though not as a version. */
bool is_builtin(const struct incoming *in);
/* Says what was odd about it but accepted. */
void admit_tell(const struct admission *ad, const struct stix_object *o, struct arena *a);
/* One that was decoded and judged. */
enum rc admit_write(struct admission *ad, const struct incoming *in, struct arena *a,
                    struct admitted *ret, struct err *err);
/* All of it. RC_INVALID: it can't be read. */
enum rc admit(struct admission *ad, const char *bytes, size_t len, struct arena *a,
              struct admitted *ret, struct err *err);
/* The same of what was made here: the tree and its text. */
enum rc admit_own(struct admission *ad, const struct json_t *tree, const struct str *text,
                  struct arena *a, struct admitted *ret, struct err *err);
/* Keeps what an incident or a part names, in the place of what it named before. */
enum rc admit_links(struct ops *ops, const struct stix_object *o, bool was_there, struct arena *a,
                    struct err *err);
/* Folds what is dirty. */
enum rc admission_settle(struct admission *ad, struct err *err);
/* Settles, writes the journal row and commits; where nothing was admitted nothing is written. */
enum rc admission_commit(struct admission *ad, const char *op, const char *note, struct err *err);
void admission_finish(struct admission *ad); /* rolls back what is open; may begin again after */
/* After markings came in: looks at the things that wait for one, in transactions of their own. */
enum rc admit_resolve_markings(struct ops *ops, struct err *err);

/* ---- remarks.c: entries of the log that correct, follow or review others ------------------------
 */

/* Keeps what an act says of another entry, and shows it there if that one is held. */
enum rc remark_take(struct admission *ad, const struct stix_object *o, struct arena *a,
                    struct err *err);
/* What others say of an entry, into its row. */
enum rc remark_show(struct admission *ad, struct arena *a, struct row *row, struct err *err);

/* ---- request.c, act_commit.c, do.c: acts -------------------------------------------------------
 */

struct verb;
/* What somebody asks for, as an act without id and clock. RC_NOTFOUND: nothing would change.
 * now_ms: of the transaction, which the act gets for its time; asked for again it would be another.
 */
enum rc request_build(struct ops *ops, const struct state *st, const struct verb *verb,
                      const struct ops_request *r, int64_t now_ms, struct arena *a, struct act *ret,
                      struct err *err);
/* The details that were asked for, and those that the verb says itself: who decides, unless another
 * is named, is who is signed on. */
enum rc details_build(const struct verb *verb, const struct ops_request *r,
                      const struct value_context *values, struct arena *a, struct act *act,
                      struct err *err);
/* The request, with what the verb says besides what was asked for: who and when, the class of a
 * type, when the next update is due, what a merge carries over. */
enum rc request_complete(struct ops *ops, const struct state *st, const struct verb *verb,
                         const struct ops_request *r, int64_t now_ms, struct arena *a,
                         struct ops_request *ret, struct err *err);
/* What only who makes an act can see: other things, other entries, what is still open. */
enum rc request_check(struct ops *ops, const struct state *st, const struct verb *verb,
                      const struct ops_request *r, const struct act *act, struct arena *a,
                      struct err *err);
/* check_request.c: the deployments of a request that are held, the oldest first. In the arena. */
enum rc request_deployments(struct ops *ops, const char *request, struct arena *a, struct row **ret,
                            size_t *ret_count, struct err *err);
/* Whether they are far enough for support to begin or to have ended; an offer is a new one. */
enum rc support_check(struct ops *ops, const struct state *st, const struct act *act,
                      struct arena *a, struct err *err);
/* Whether the place that it gets is nobody's: of two with one nobody knows which comes first. */
enum rc place_check(struct ops *ops, const struct state *st, const struct act *act, struct arena *a,
                    struct err *err);
bool deployment_can_stand_down(const struct row *deployment);
/* What its end before support does to them, in words: who stands down, who is away already and
 * stays so; NULL = nothing. */
enum rc stood_down_told(struct ops *ops, const char *request, struct arena *a, const char **ret,
                        struct err *err);
/* Fields of the thing that stays which the one that goes has and it lacks. */
enum rc merge_complete(struct ops *ops, const struct state *st, const struct ops_request *r,
                       struct arena *a, struct ops_request *ret, struct err *err);
/* A row of the journal that covers no version, in the caller's transaction. */
enum rc journal_tell(struct ops *ops, const char *op, const char *who, const char *note,
                     struct err *err);
/* The next reference of a kind, in the transaction that uses it. In the arena. */
enum rc ref_give(struct ops *ops, const struct kind *kind, struct arena *a, const char **ret,
                 struct err *err);
struct new_thing {
        char id[STIX_ID_MAX], ref[REF_MAX];
};
/* In a transaction of the caller, which goes on where the request is refused (RC_INVALID,
 * RC_CONFLICT, RC_DENIED): nothing was written then. */
enum rc new_within(struct admission *ad, const struct kind *kind, const struct ops_request *r,
                   struct new_thing *ret, struct err *err);
enum rc do_within(struct admission *ad, const char *id, const struct ops_request *r,
                  struct err *err); /* RC_NOTFOUND: nothing would change */
/* The same on a state that is read already, which has it afterwards: ad->known at the commit. */
enum rc do_on_state(struct admission *ad, struct state *st, const struct ops_request *r,
                    struct arena *a, struct err *err);
/* RC_INVALID: nobody makes things of this kind by themselves. */
enum rc kind_may_be_made(const struct kind *kind, struct err *err);
/* Whether a new thing would be refused; nothing is written. */
enum rc new_foresee(struct ops *ops, const struct kind *kind, const struct ops_request *r,
                    struct err *err);
/* Its sentence, with references in the place of ids; malloc'ed. */
char *act_told(struct ops *ops, const struct state *st, const struct act *act);
/* Gives the act id, reference, clocks and sentence, and takes it through the door into the outbox;
 * then *act is what was written. */
enum rc act_commit(struct admission *ad, const struct state *st, struct act *act, struct arena *a,
                   struct err *err);

/* ---- snapshot.c ---------------------------------------------------------------------------------
 */

struct snapshot {
        const char *id, *bytes;
        size_t len;
        int64_t modified_ns;
};
/* A thing of our unit on which this console was the last of the unit to act: it is the one that
 * makes its snapshots. */
/* By how much one that says this comes after a version that is not over yet. Two consoles that come
 * after the same one would else give two contents one time, of which a server keeps one. */
int64_t snapshot_step_ms(const struct str *bytes);
bool snapshot_is_ours(const struct ops *ops, const struct state *st);
/* RC_NOTFOUND: not ours, or what is held says the same. */
enum rc snapshot_make(struct ops *ops, const char *id, struct arena *a, struct snapshot *ret,
                      struct err *err);
/* send.c: newest snapshots of these, made where what they say has changed, and in the outbox;
 * `only_new`: those that were made. In the arena. */
enum rc publish_things(struct ops *ops, const struct id_set *things, bool only_new, struct arena *a,
                       struct version **ret, size_t *ret_count, struct err *err);

/* ---- export ---------------------------------------------------------------------------------- */

#define EXPORT_BUILTINS 7 /* five TLP definitions, two extension definitions */

struct exporting {
        struct ops *ops;
        const struct export_options *o;
        int ceiling;
        enum rc (*sink)(void *ctx, const char *bytes, size_t len, struct err *err);
        void *ctx;
        struct arena arena, item;
        const char **ids; /* with a filter: what is selected, in the order of the walk */
        size_t id_count;
        struct snapshot *unkept; /* of a read-only database */
        size_t unkept_count;
        struct version *extras; /* sorted: what is written though it is not held */
        size_t extra_count, next_extra;
        bool builtin_used[EXPORT_BUILTINS], builtin_held[EXPORT_BUILTINS];
        uint8_t sum[HASH_BYTES];
        int64_t objects, held_back, unkept_held_back;
        enum rc (*fn)(struct exporting *ex, const struct version *v, struct err *err);
};

/* The definitions that every console has: what they are named, and their bytes. */
const char *export_builtin_id(size_t i);
const char *export_builtin(size_t i);
int export_compare_ids(const char *a, const char *b);
/* Makes the snapshots that are missing and keeps them, where the database can be written. */
enum rc export_snapshots(struct exporting *ex, struct err *err);
/* The things of the filter and what is about them. */
enum rc export_select(struct exporting *ex, struct err *err);

#endif
