/*
 * A seeded generator of believable STIX: a bundle of incidents for load tests. The same seed gives
 * the same bytes.
 *
 *   gen COUNT [SEED] > bundle.json
 *
 * About 1.4 KB an incident: title, description of some 900 bytes, incident core extension, marking,
 * external reference.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state;

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

static const char *const what[] = {
        "Ransomware",
        "Credential phishing",
        "Denial of service",
        "Data leak",
        "Web shell",
        "Supply-chain compromise",
        "Scanning",
        "Business e-mail compromise",
        "Defacement",
        "Loss of signalling",
        "Wiper",
        "Insider access",
        "Tampered firmware",
        "DNS hijack",
};
static const char *const where[] = {
        "a regional hospital group",
        "a municipal portal",
        "an electricity grid operator",
        "a port terminal",
        "a water utility",
        "a ministry",
        "a card acquirer",
        "a rail operator",
        "a research laboratory",
        "a managed service provider",
        "a satellite operator",
        "a food processor",
        "a postal operator",
        "a cloud provider",
        "a chemical plant",
};
static const char *const words[] = {
        "access",   "account",     "administrator", "affected",    "analysis",  "backup",
        "blocked",  "capacity",    "contained",     "credentials", "customers", "delayed",
        "detected", "domain",      "encrypted",     "evidence",    "exposed",   "forensic",
        "gateway",  "images",      "isolated",      "laboratory",  "lateral",   "logs",
        "malware",  "network",     "notified",      "outage",      "partners",  "patients",
        "records",  "restored",    "segment",       "server",      "services",  "sites",
        "staff",    "supplier",    "systems",       "traffic",     "unknown",   "vendor",
        "volume",   "workstation",
};
static const char *const status[] = {"new", "open", "open", "open", "closed", "closed", "closed"};
static const char *const markings[] = {
        "94868c89-83c2-464b-929b-a1a8aa3c8487",
        "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        "939a9414-2ddd-4d32-a0cd-375ea402b003",
};

static void put_uuid(void)
{
        uint64_t a = next(), b = next();
        printf("%08" PRIx64 "-%04" PRIx64 "-4%03" PRIx64 "-%" PRIx64 "%03" PRIx64 "-%012" PRIx64,
               a >> 32, (a >> 16) & 0xffff, a & 0xfff, 8 + (b >> 62), (b >> 48) & 0xfff,
               (uint64_t)(b & 0xffffffffffffull));
}

static void put_time(uint64_t minutes, unsigned ms)
{
        unsigned day = (unsigned)(minutes / 1440 % 28) + 1,
                 month = (unsigned)(minutes / 40320 % 12) + 1;
        printf("2026-%02u-%02uT%02u:%02u:%02u.%03uZ", month, day, (unsigned)(minutes / 60 % 24),
               (unsigned)(minutes % 60), ms / 1000, ms % 1000);
}

static void put_description(void)
{
        size_t count = 80 + next() % 20;
        for (size_t i = 0; i < count; i++)
                printf("%s%s", PICK(words), i + 1 == count ? "." : i % 12 == 11 ? ". " : " ");
}

static void put_incident(unsigned n)
{
        uint64_t minutes = next() % (12 * 40320);
        unsigned ms = (unsigned)(next() % 60000);
        printf("{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"incident--");
        put_uuid();
        printf("\",\"created_by_ref\":\"identity--%08u-0000-4000-8000-000000000000\",\"created\":"
               "\"",
               (unsigned)(next() % 27));
        put_time(minutes, ms);
        printf("\",\"modified\":\"");
        put_time(minutes, ms);
        printf("\",\"name\":\"%s at %s %u\",\"description\":\"", PICK(what), PICK(where), n);
        put_description();
        printf("\",\"labels\":[\"load\"],\"external_references\":[{\"source_name\":\"case\","
               "\"external_id\":\"%u\"}],"
               "\"object_marking_refs\":[\"marking-definition--%s\"],\"extensions\":{"
               "\"extension-definition--ef765651-680c-498d-9894-99799f2fa126\":{"
               "\"extension_type\":\"property-extension\",\"determination\":\"confirmed\","
               "\"investigation_status\":\"%s\",\"criticality\":%u}}}",
               n, PICK(markings), PICK(status), (unsigned)(next() % 101));
}

int main(int argc, char **argv)
{
        unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
        state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
        printf("{\"type\":\"bundle\",\"id\":\"bundle--");
        put_uuid();
        printf("\",\"objects\":[\n");
        for (unsigned long i = 0; i < count; i++) {
                put_incident((unsigned)i);
                printf(i + 1 < count ? ",\n" : "\n");
        }
        printf("]}\n");
        return 0;
}
