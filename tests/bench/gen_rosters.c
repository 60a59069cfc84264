/*
 * A seeded generator of rosters: experts, equipment, and the deployments that they were and will be
 * on, as a bundle of another unit with Muster's state in it. The same seed and time give the same
 * bytes.
 *
 *   gen_rosters EXPERTS ASSETS DEPLOYMENTS [SEED [NOW]] > bundle.json
 *
 * NOW: seconds since 1970 (the clock). Four of five deployments are over, the others are under way,
 * confirmed or asked for in the next 60 days.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define UNIT  "identity--00000000-0000-4000-8000-00000000f00d"
#define STATE "extension-definition--c1d2b7a8-3e64-4f19-8d0b-7b9e6a5f4c21"
#define TASK  "extension-definition--2074a052-8be4-4932-849e-f5e7798e0030"
#define DAY_S 86400

static uint64_t state;
static int64_t now_s;
static unsigned long experts, assets;

static uint64_t next(void)
{
        uint64_t z = (state += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
}

static const char *pick(const char *const *list, size_t count)
{
        return list[next() % count];
}

#define PICK(list) pick(list, sizeof(list) / sizeof((list)[0]))

static const char *const states[] = {"AT", "BE", "BG", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
                                     "GR", "HR", "HU", "IE", "IT", "LT", "NL", "PL", "PT", "RO"};
static const char *const languages[] = {"bg", "cs", "da", "de", "el", "es", "fi",
                                        "fr", "hr", "it", "nl", "pl", "pt", "ro"};
static const char *const levels[] = {"a2", "b1", "b2", "c1", "c2"};
static const char *const roles[] = {"incident-responder", "forensics", "threat-intelligence",
                                    "architect", "penetration-tester"};
static const char *const skills[] = {"ot", "rail", "cloud", "malware", "ad", "telecom", "health"};
static const char *const clearances[] = {"none", "r-ue", "c-ue", "s-ue", "ts-ue"};
static const char *const communities[] = {"civilian", "law-enforcement", "diplomatic", "defence",
                                          "private"};
static const char *const kits[] = {"forensic-kit", "laptop", "network-sensor", "satellite-link"};
static const char *const names[] = {"Ada", "Bo", "Cem", "Dora", "Emil", "Fay", "Gil", "Hana"};

static void put_time(int64_t s)
{
        time_t t = (time_t)s;
        struct tm tm;

        gmtime_r(&t, &tm);
        printf("\"%04d-%02d-%02dT%02d:%02d:%02d.000Z\"", tm.tm_year + 1900, tm.tm_mon + 1,
               tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void put_id(const char *type, char of, unsigned long n)
{
        printf("\"%s--%c0000000-0000-4000-8000-%012lu\"", type, of, n);
}

/* What every object begins with. */
static void put_head(const char *type, char of, unsigned long n)
{
        printf(",\n{\"type\":\"%s\",\"spec_version\":\"2.1\",\"id\":", type);
        put_id(type, of, n);
        printf(",\"created_by_ref\":\"" UNIT "\",\"created\":");
        put_time(now_s - 800 * DAY_S);
        printf(",\"modified\":");
        put_time(now_s - 800 * DAY_S);
}

static void put_expert(unsigned long n)
{
        const char *name = PICK(names);

        put_head("identity", 'e', n);
        printf(",\"name\":\"%s Number%lu\",\"identity_class\":\"individual\",\"extensions\":"
               "{\"" STATE "\":{\"extension_type\":\"property-extension\",\"ref\":\"EXP-%04lu\","
               "\"name\":\"%s Number%lu\",\"community\":\"%s\",\"states\":[\"%s\"],\"roles\":"
               "[\"%s\"],\"skills\":[\"%s\"],\"languages\":[\"en:b2\",\"%s:%s\"],\"clearance\":"
               "\"%s\",\"notice\":\"%u\",\"verified\":",
               name, n, n, name, n, PICK(communities), PICK(states), PICK(roles), PICK(skills),
               PICK(languages), PICK(levels), PICK(clearances), (unsigned)(next() % 72 * 60));
        put_time(now_s - (int64_t)(next() % 100) * DAY_S);
        printf("}}}");
}

static void put_asset(unsigned long n)
{
        put_head("x-muster-asset", 'a', n);
        printf(",\"name\":\"Kit %lu\",\"extensions\":{\"" STATE
               "\":{\"extension_type\":\"property-extension\",\"ref\":\"EQP-%04lu\",\"name\":"
               "\"Kit %lu\",\"category\":\"%s\",\"serial\":\"SN%06lu\",\"verified\":",
               n, n, n, PICK(kits), n);
        put_time(now_s - (int64_t)(next() % 100) * DAY_S);
        printf("}}}");
}

static void put_deployment(unsigned long n)
{
        static const char *const ahead[] = {"alerted", "confirmed", "confirmed", "operational"};
        bool over = n % 5 != 0;
        const char *is = over ? "closed" : PICK(ahead);
        int64_t from = over ? now_s - (int64_t)(20 + next() % 700) * DAY_S
                            : now_s + ((int64_t)(next() % 60) - (is[0] == 'o' ? 60 : 0)) * DAY_S;

        put_head("task", 'd', n);
        printf(",\"name\":\"Mission %lu\",\"outcome\":\"ongoing\",\"extensions\":{\"" TASK
               "\":{\"extension_type\":\"new-sdo\"},\"" STATE
               "\":{\"extension_type\":\"property-extension\",\"kind\":\"deployment\",\"ref\":"
               "\"DEP-%04lu\",\"title\":\"Mission %lu\",\"state\":\"%s\",\"resources\":[",
               n, n, n, is);
        put_id("identity", 'e', next() % experts + 1);
        printf(",");
        put_id("x-muster-asset", 'a', next() % assets + 1);
        printf("],\"from\":");
        put_time(from);
        printf(",\"until\":");
        put_time(from + (int64_t)(3 + next() % 12) * DAY_S);
        printf("}}}");
}

int main(int argc, char **argv)
{
        unsigned long deployments = argc > 3 ? strtoul(argv[3], NULL, 10) : 0;

        experts = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
        assets = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
        if (!experts || !assets)
                return 2;
        state = argc > 4 ? strtoull(argv[4], NULL, 10) : 1;
        now_s = argc > 5 ? strtoll(argv[5], NULL, 10) : (int64_t)time(NULL);
        printf("{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-000000000000\","
               "\"objects\":[\n{\"type\":\"identity\",\"spec_version\":\"2.1\",\"id\":\"" UNIT
               "\",\"created\":\"2020-01-01T00:00:00.000Z\",\"modified\":"
               "\"2020-01-01T00:00:00.000Z\",\"name\":\"Rosters\",\"identity_class\":"
               "\"organization\"}");
        for (unsigned long n = 1; n <= experts; n++)
                put_expert(n);
        for (unsigned long n = 1; n <= assets; n++)
                put_asset(n);
        for (unsigned long n = 1; n <= deployments; n++)
                put_deployment(n);
        printf("]}\n");
        return 0;
}
