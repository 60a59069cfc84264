#include "hub/rate.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypt.h"
#include "base/mem.h"

#define WAYS       8
#define SETS       1024u /* of so many buckets: 8,192, 330 kB */
#define TOLD_NS    (60 * SECOND_NS)
#define SECOND_NS  1000000000ll
#define SECRET_LEN 16

enum kind { ADDRESS, WRONG, TOKEN, KNOWN };

/* What is known of one address, token or credential; of the last only that it was good. */
struct bucket {
        uint64_t key; /* 0: free */
        double left;
        int64_t asked_ns;
        int64_t told_ns; /* 0: never */
        uint64_t untold;
};

struct rate {
        pthread_mutex_t lock; /* for the buckets */
        double per_s, loopback_per_s;
        uint8_t secret[SECRET_LEN]; /* so that nobody can choose keys that fall together */
        struct bucket buckets[SETS][WAYS];
};

struct rate *rate_create(unsigned per_s, unsigned loopback_per_s)
{
        struct rate *r = xcalloc(1, sizeof(*r));

        pthread_mutex_init(&r->lock, NULL);
        r->per_s = per_s;
        r->loopback_per_s = loopback_per_s;
        crypt_random(r->secret, sizeof(r->secret));
        return r;
}

void rate_destroy(struct rate *r)
{
        if (!r)
                return;
        pthread_mutex_destroy(&r->lock);
        free(r);
}

/* ---- keys -------------------------------------------------------------------------------------
 */

static void key_begin(const struct rate *r, enum kind kind, struct crypt_hash *h)
{
        uint8_t byte = (uint8_t)kind;

        crypt_hash_init(h);
        crypt_hash_add(h, r->secret, sizeof(r->secret));
        crypt_hash_add(h, &byte, sizeof(byte));
}

static uint64_t key_done(struct crypt_hash *h)
{
        uint8_t hash[HASH_BYTES];
        uint64_t key;

        crypt_hash_done(h, hash);
        memcpy(&key, hash, sizeof(key));
        return key ? key : 1;
}

static uint64_t key_of_address(const struct rate *r, enum kind kind, const struct sockaddr *from)
{
        struct crypt_hash h;

        key_begin(r, kind, &h);
        if (from && from->sa_family == AF_INET)
                crypt_hash_add(&h, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
        else if (from && from->sa_family == AF_INET6)
                crypt_hash_add(&h, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr,
                               8);
        return key_done(&h);
}

/* The end of each text counts, so that two don't run into each other. */
static uint64_t key_of_text(const struct rate *r, enum kind kind, const char *one, const char *two)
{
        struct crypt_hash h;

        key_begin(r, kind, &h);
        crypt_hash_add(&h, one ? one : "", one ? strlen(one) + 1 : 1);
        crypt_hash_add(&h, two ? two : "", two ? strlen(two) + 1 : 1);
        return key_done(&h);
}

static uint64_t key_of_credentials(const struct rate *r, const struct rate_asker *who)
{
        return key_of_text(r, KNOWN, who->credentials, who->certificate);
}

static bool is_loopback(const struct sockaddr *from)
{
        if (from && from->sa_family == AF_INET)
                return ntohl(((const struct sockaddr_in *)(const void *)from)->sin_addr.s_addr) >>
                               24 ==
                       127;
        return from && from->sa_family == AF_INET6 &&
               IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)from)->sin6_addr);
}

/* ---- buckets ----------------------------------------------------------------------------------
 */

static struct bucket *find(struct rate *r, uint64_t key)
{
        struct bucket *set = r->buckets[key % SETS];

        for (size_t i = 0; i < WAYS; i++)
                if (set[i].key == key)
                        return &set[i];
        return NULL;
}

/* Makes it, full, in the place of the one that was asked for longest ago. */
static struct bucket *find_or_make(struct rate *r, uint64_t key, double room, int64_t now_ns)
{
        struct bucket *b = find(r, key), *set = r->buckets[key % SETS];

        if (b)
                return b;
        b = &set[0];
        for (size_t i = 0; b->key && i < WAYS; i++)
                if (!set[i].key || set[i].asked_ns < b->asked_ns)
                        b = &set[i];
        *b = (struct bucket){.key = key, .left = room, .asked_ns = now_ns};
        return b;
}

static void fill(struct bucket *b, double per_s, double room, int64_t now_ns)
{
        if (now_ns > b->asked_ns) {
                b->left += (double)(now_ns - b->asked_ns) / (double)SECOND_NS * per_s;
                b->asked_ns = now_ns;
        }
        if (b->left > room)
                b->left = room;
}

static struct rate_verdict refuse(struct bucket *b, double per_s, const char *what, int64_t now_ns)
{
        struct rate_verdict v = {.wait_s = 1 + (unsigned)((1 - b->left) / per_s), .what = what};

        b->untold++;
        if (b->told_ns && now_ns - b->told_ns < TOLD_NS)
                return v;
        v.untold = b->untold;
        b->untold = 0;
        b->told_ns = now_ns;
        return v;
}

static struct rate_verdict take(struct rate *r, uint64_t key, double per_s, double room,
                                const char *what, int64_t now_ns)
{
        struct bucket *b = find_or_make(r, key, room, now_ns);

        fill(b, per_s, room, now_ns);
        if (b->left < 1)
                return refuse(b, per_s, what, now_ns);
        b->left -= 1;
        return (struct rate_verdict){0};
}

static double per_s(const struct rate *r, const struct rate_asker *who)
{
        return is_loopback(who->from) ? r->loopback_per_s : r->per_s;
}

static bool shows_something(const struct rate_asker *who)
{
        return who->credentials || who->certificate;
}

static bool is_known(struct rate *r, const struct rate_asker *who, int64_t now_ns)
{
        struct bucket *b = find(r, key_of_credentials(r, who));

        if (b)
                b->asked_ns = now_ns;
        return b != NULL;
}

static void give_back(struct rate *r, const struct rate_asker *who)
{
        struct bucket *b = find(r, key_of_address(r, WRONG, who->from));

        if (b && b->left + 1 <= RATE_WRONG)
                b->left += 1;
}

/* ---- asking -----------------------------------------------------------------------------------
 */

struct rate_verdict rate_ask(struct rate *r, const struct rate_asker *who, int64_t now_ns)
{
        double speed = per_s(r, who);
        struct rate_verdict v;

        pthread_mutex_lock(&r->lock);
        v = take(r, key_of_address(r, ADDRESS, who->from), speed, speed * RATE_BURST_S, "requests",
                 now_ns);
        if (!v.wait_s && shows_something(who) && !is_known(r, who, now_ns))
                v = take(r, key_of_address(r, WRONG, who->from), 1, RATE_WRONG, "wrong credentials",
                         now_ns);
        pthread_mutex_unlock(&r->lock);
        return v;
}

struct rate_verdict rate_recognised(struct rate *r, const struct rate_asker *who, const char *token,
                                    int64_t now_ns)
{
        double speed = per_s(r, who);
        struct rate_verdict v;

        pthread_mutex_lock(&r->lock);
        if (!is_known(r, who, now_ns)) {
                give_back(r, who);
                find_or_make(r, key_of_credentials(r, who), 0, now_ns);
        }
        v = take(r, key_of_text(r, TOKEN, token, NULL), speed, speed * RATE_BURST_S, "token",
                 now_ns);
        pthread_mutex_unlock(&r->lock);
        return v;
}

void rate_not_looked_at(struct rate *r, const struct rate_asker *who, int64_t now_ns)
{
        pthread_mutex_lock(&r->lock);
        if (shows_something(who) && !is_known(r, who, now_ns))
                give_back(r, who);
        pthread_mutex_unlock(&r->lock);
}

void rate_wrong(struct rate *r, const struct rate_asker *who)
{
        struct bucket *b;

        pthread_mutex_lock(&r->lock);
        b = find(r, key_of_credentials(r, who));
        if (b)
                *b = (struct bucket){0};
        pthread_mutex_unlock(&r->lock);
}
