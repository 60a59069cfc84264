/*
 * What a table looks like from outside: by its name and its first bytes.
 */
#include <string.h>
#include <strings.h>

#include "base/csv.h"

static const char separators[] = {',', ';', '\t'};

const char *csv_separator_name(char separator)
{
        return separator == '\t' ? "tab" : separator == ';' ? ";" : ",";
}

bool csv_is_named(const char *file)
{
        size_t len = strlen(file);

        return len > 4 && strcasecmp(file + len - 4, ".csv") == 0;
}

size_t csv_separator_line(const char *p, const char *end, char *ret)
{
        size_t len = (size_t)(end - p);

        if (len < 6 || memcmp(p, "sep=", 4) != 0 || (p[5] != '\r' && p[5] != '\n') ||
            !memchr(separators, p[4], sizeof(separators)))
                return 0;
        *ret = p[4];
        return len > 6 && p[5] == '\r' && p[6] == '\n' ? 7 : 6;
}

char csv_guess_separator(const char *p, const char *end)
{
        size_t counts[sizeof(separators)] = {0}, best = 0;
        bool quoted = false;

        for (; p < end && (quoted || (*p != '\n' && *p != '\r')); p++) {
                if (*p == '"')
                        quoted = !quoted;
                for (size_t i = 0; !quoted && i < sizeof(separators); i++)
                        counts[i] += *p == separators[i];
        }
        for (size_t i = 1; i < sizeof(separators); i++)
                if (counts[i] > counts[best])
                        best = i;
        return separators[best];
}

bool csv_is_workbook(const char *bytes, size_t len)
{
        return len >= 4 &&
               (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0);
}
