/*
 * Playbooks as STIX objects: what a carrier (cacao_carrier.c) says as a thing, and the carrier of a
 * document that came as a file. That one follows from the document alone: every console makes the
 * same bytes of it, so that they never are two.
 */
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/ident.h"
#include "base/str.h"
#include "wire/cacao.h"

#include "stix_private.h"

#define CARRIER_NAMESPACE "5f0a9c1e-7b2d-4e83-a6c4-91d3e8f2b750"
#define NS_PER_MS         1000000

/* ---- the thing ------------------------------------------------------------------------------ */

static void set_count(struct stix_reading *r, const char *field, size_t n)
{
        thing_set(r->o->thing, field, arena_printf(r->a, "%zu", n));
}

/* Those that people see as steps. */
static size_t count_steps(const struct playbook *p)
{
        size_t count = 0;

        for (size_t i = 0; i < p->step_count; i++)
                count += p->steps[i].type != STEP_START && p->steps[i].type != STEP_END;
        return count;
}

/* The worst of several counts. */
static enum playbook_signed signature_of(const struct playbook *p)
{
        static const enum playbook_signed of[] = {[SIGNATURE_GOOD] = SIGNED_BY_OWN_KEY,
                                                  [SIGNATURE_BAD] = SIGNED_BAD,
                                                  [SIGNATURE_UNCHECKED] = SIGNED_UNCHECKED};
        enum playbook_signed worst = SIGNED_NO;

        for (size_t i = 0; i < p->signature_count; i++)
                if (of[p->signatures[i].state] > worst)
                        worst = of[p->signatures[i].state];
        return worst;
}

static void set_lists(struct stix_reading *r, const struct playbook *p)
{
        stix_set_items(r, "types", p->types, p->type_count);
        stix_set_items(r, "labels", p->labels, p->label_count);
        stix_set_items(r, "sectors", p->sectors, p->sector_count);
}

static void set_said(struct stix_reading *r, const struct playbook *p)
{
        struct thing *t = r->o->thing;

        if (p->name && *p->name)
                thing_set(t, "title", p->name);
        if (p->description)
                thing_set(t, "description",
                          stix_clean(r->a, p->description, strlen(p->description), true,
                                     VALUE_TEXT_MAX));
        thing_set(t, "playbook_id", p->id);
        thing_set(t, "author", p->created_by);
        thing_set(t, "version", stix_stamp(r, stix_ms(p->modified_ns)));
        thing_set(t, "valid_until", stix_stamp(r, p->valid_until_ms));
        set_count(r, "steps", count_steps(p));
        if (p->severity >= 0)
                thing_set(t, "severity",
                          enum_id(&enum_severity, (int)severity_of_criticality(p->severity)));
        thing_set(t, "signed", enum_id(&enum_signed, (int)signature_of(p)));
        set_lists(r, p);
        t->revoked = t->revoked || p->revoked;
        if (p->tlp > thing_rank(t, "tlp"))
                thing_set(t, "tlp", enum_id(&enum_tlp, p->tlp));
}

void cacao_name_content(const char *bytes, size_t len, char ret[HASH_TEXT])
{
        uint8_t sha[HASH_BYTES];

        crypt_sha256(bytes, len, sha);
        crypt_hex(sha, sizeof(sha), ret);
}

/* What is not CACAO is an object like others; a document that can't be read still is one. */
enum rc stix_read_playbook(struct stix_reading *r, struct err *err)
{
        const char *bytes = NULL;
        struct cacao_doc doc;
        char hash[HASH_TEXT];
        size_t len = 0;
        struct err why = {0};
        enum rc rc = cacao_carried(r->json, r->a, &bytes, &len, &why);

        (void)err;
        if (rc != RC_OK && why.text[0])
                stix_findf(r, "%s", why.text);
        if (rc != RC_OK)
                return RC_OK;
        cacao_read(bytes, len, CLOCK_NONE, r->a, &doc);
        cacao_name_content(bytes, len, hash);
        r->o->what = STIX_THING;
        r->o->content = arena_strdup(r->a, hash);
        stix_new_thing(r, &kind_playbook);
        stix_set_stamp(r, "created", r->o->thing->created_ms);
        stix_set_stamp(r, "modified", stix_ms(r->o->modified_ns));
        thing_set(r->o->thing, "content", r->o->content);
        thing_set(r->o->thing, "verdict", enum_id(&enum_verdict, (int)doc.verdict));
        if (doc.playbook)
                set_said(r, doc.playbook);
        if (doc.verdict >= CACAO_VIEW_ONLY && doc.finding_count)
                stix_findf(r, "the playbook: %s%s%s", doc.findings[0].path,
                           *doc.findings[0].path ? " " : "", doc.findings[0].message);
        if (!thing_text(r->o->thing, "title"))
                stix_set_title(r, "title");
        return RC_OK;
}

/* ---- the carrier ---------------------------------------------------------------------------- */

static struct json_t *list_of(const char *const *items, size_t count)
{
        struct json_t *list = json_new_list();

        for (size_t i = 0; i < count; i++)
                json_push_text(list, items[i]);
        return list;
}

static int64_t ms_or(int64_t ns, int64_t none)
{
        return ns == CLOCK_NONE ? none : ns / NS_PER_MS;
}

static void write_extension(const struct cacao_doc *doc, struct json_t *obj)
{
        const struct playbook *p = doc->playbook;
        struct json_t *ext = stix_new_extension(obj, CACAO_EXT_CARRIER);
        AUTO_FREE char *coded = base64_encode(doc->bytes, doc->len, false);

        json_set_text(ext, "playbook_id", p->id);
        json_set_text(ext, "playbook_standard", "cacao");
        json_set_text(ext, "playbook_creator", p->created_by);
        if (p->type_count)
                json_set(ext, "playbook_type", list_of(p->types, p->type_count));
        json_set_text(ext, "playbook_bin", coded);
}

void cacao_carrier_id(const struct cacao_doc *doc, char ret[STIX_ID_MAX])
{
        char hash[HASH_TEXT], uuid[UUID_TEXT];

        cacao_name_content(doc->bytes, doc->len, hash);
        ident_uuid5(CARRIER_NAMESPACE, doc->playbook->id ? doc->playbook->id : hash, uuid);
        snprintf(ret, STIX_ID_MAX, "course-of-action--%s", uuid);
}

void cacao_write_carrier(const struct cacao_doc *doc, struct str *out)
{
        const struct playbook *p = doc->playbook;
        int64_t created = ms_or(p->created_ns, 0), modified = ms_or(p->modified_ns, created);
        char id[STIX_ID_MAX];
        const char *name = p->name && *p->name ? p->name : "(no name)";

        cacao_carrier_id(doc, id);
        CLEANUP(json_cleanup)
        struct json_t *obj = stix_new_object("course-of-action", id, created,
                                             modified < created ? created : modified);
        json_set_text(obj, "name", name);
        json_set_text(obj, "description", p->description ? p->description : name);
        if (p->revoked)
                json_set_bool(obj, "revoked", true);
        stix_set_marking(obj, p->tlp);
        write_extension(doc, obj);
        json_print(obj, 0, out);
}
