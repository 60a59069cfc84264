#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#include "jsplit_scan.h"

void scan_catch(struct scan *sc, char *out, size_t size)
{
        sc->caught = out;
        sc->caught_size = size;
        sc->caught_len = 0;
}

void scan_catch_bytes(struct scan *sc, const char *s, size_t len)
{
        size_t room = sc->caught_size - 1 - sc->caught_len;
        if (len > room)
                len = room;
        memcpy(sc->caught + sc->caught_len, s, len);
        sc->caught_len += len;
}

void scan_catch_done(struct scan *sc)
{
        while (sc->caught_len && !text_is_utf8(sc->caught, sc->caught_len))
                sc->caught_len--; /* cut inside a character */
        sc->caught[sc->caught_len] = '\0';
        sc->caught = NULL;
}

const char *scan_caught_key(struct scan *sc)
{
        struct jsplit_shape *shape = &sc->shape;
        scan_catch_done(sc);
        bool is_type = strcmp(sc->key, "type") == 0;
        if (sc->depth > 1) { /* of the first span in a list */
                sc->watch = is_type ? WATCH_FIRST_TYPE : WATCH_NOTHING;
                return NULL;
        }
        if (shape->key_count < ARRAY_LEN(shape->keys))
                memcpy(shape->keys[shape->key_count++], sc->key, sizeof(sc->key));
        sc->watch = is_type ? WATCH_TYPE : WATCH_NOTHING;
        if (sc->whole || strcmp(sc->key, "objects") != 0)
                return NULL;
        if (sc->has_objects)
                return "\"objects\" is there twice";
        sc->has_objects = true;
        sc->watch = WATCH_OBJECTS;
        return NULL;
}

bool scan_begin_watched(struct scan *sc, char c)
{
        enum scan_watch watch = sc->watch;
        sc->watch = WATCH_NOTHING;
        if (watch == WATCH_OBJECTS) {
                if (c == '[')
                        sc->span_depth = sc->depth + 1;
                return c == '[' || c == 'n';
        }
        if (c == '"' && watch == WATCH_TYPE)
                scan_catch(sc, sc->shape.type, sizeof(sc->shape.type));
        if (c == '"' && watch == WATCH_FIRST_TYPE)
                scan_catch(sc, sc->shape.first_type, sizeof(sc->shape.first_type));
        return true;
}
