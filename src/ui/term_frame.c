/*
 * One write a frame. ncurses writes a row at a time, and each write wakes whoever reads the
 * terminal; so while a frame is made its output goes to memory, and from there to the terminal at
 * once.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "ui_private.h"

void frame_open(struct frame_out *f)
{
        f->memory = memfd_create("frame", MFD_CLOEXEC);
        f->tty = dup(STDOUT_FILENO);
        f->room = 0;
        f->bytes = NULL;
}

void frame_close(struct frame_out *f)
{
        if (f->memory >= 0)
                close(f->memory);
        if (f->tty >= 0)
                close(f->tty);
        free(f->bytes);
}

bool frame_begin(struct frame_out *f)
{
        return f->memory >= 0 && f->tty >= 0 && dup2(f->memory, STDOUT_FILENO) >= 0;
}

static void send_all(int fd, const char *bytes, size_t len)
{
        while (len > 0) {
                ssize_t n = write(fd, bytes, len);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        return;
                bytes += n;
                len -= (size_t)n;
        }
}

void frame_end(struct frame_out *f)
{
        off_t len = lseek(f->memory, 0, SEEK_CUR);
        dup2(f->tty, STDOUT_FILENO);
        if (len <= 0)
                return;
        if ((size_t)len > f->room) {
                f->room = (size_t)len;
                f->bytes = xreallocarray(f->bytes, f->room, 1);
        }
        ssize_t n = pread(f->memory, f->bytes, (size_t)len, 0);
        if (lseek(f->memory, 0, SEEK_SET) == 0 && n > 0)
                send_all(f->tty, f->bytes, (size_t)n);
}
