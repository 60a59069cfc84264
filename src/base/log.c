#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"

#define TEXT_MAX 1024

/* Where log lines go, set once in main; -1 = nowhere. */
static int log_fd = -1;

enum rc log_open(const char *path, struct err *err)
{
        int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (fd < 0)
                return err_set(err, RC_FAIL, "%s: %s", path, strerror(errno));
        log_close();
        log_fd = fd;
        return RC_OK;
}

void log_close(void)
{
        if (log_fd >= 0)
                close(log_fd);
        log_fd = -1;
}

/* One write, so that lines of several processes and threads don't mix. */
void log_line(const char *module, const char *fmt, ...)
{
        char text[TEXT_MAX], stamp[STAMP_BYTES];
        if (log_fd < 0)
                return;
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);
        stamp_format(clock_now_ms(), stamp);
        AUTO_FREE char *clean = text_clean(text, strlen(text), false);
        AUTO_FREE char *line = xasprintf("%s %s: %s\n", stamp, module, clean);
        if (write(log_fd, line, strlen(line)) < 0)
                return; /* a full disk must not stop who only reports */
}
