#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static void close_fd(int *fd)
{
        if (*fd >= 0)
                close(*fd);
}

static enum rc failed(const char *path, struct err *err)
{
        return err_set(err, RC_FAIL, "%s: %s", path, strerror(errno));
}

static enum rc not_opened(const char *path, struct err *err)
{
        if (errno != ENOENT)
                return failed(path, err);
        return err_set(err, RC_NOTFOUND, "%s: %s", path, strerror(errno));
}

static ssize_t read_some(int fd, char *buf, size_t size)
{
        ssize_t n;
        do {
                n = read(fd, buf, size);
        } while (n < 0 && errno == EINTR);
        return n;
}

/* Room for what the file says it is, and for more where it is a pipe or grows. */
static size_t room_for(int fd)
{
        struct stat st;
        return fstat(fd, &st) == 0 && st.st_size > 0 ? (size_t)st.st_size + 2 : 4096;
}

static enum rc read_open(int fd, const char *path, size_t max, char **ret, size_t *ret_len,
                         struct err *err)
{
        size_t room = room_for(fd), len = 0;
        if (room > max + 2)
                room = max + 2;
        AUTO_FREE char *buf = xmalloc(room);
        for (ssize_t n; (n = read_some(fd, buf + len, room - 1 - len)) != 0;) {
                if (n < 0)
                        return failed(path, err);
                len += (size_t)n;
                if (len > max)
                        return err_set(err, RC_INVALID, "%s is larger than %zu bytes", path, max);
                if (len == room - 1) {
                        room = room > max / 2 ? max + 2 : 2 * room;
                        buf = xreallocarray(buf, room, 1);
                }
        }
        buf[len] = '\0';
        *ret = TAKE(buf);
        if (ret_len)
                *ret_len = len;
        return RC_OK;
}

enum rc file_read(const char *path, size_t max, char **ret, size_t *ret_len, struct err *err)
{
        CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
        return fd < 0 ? not_opened(path, err) : read_open(fd, path, max, ret, ret_len, err);
}

enum rc file_read_regular(const char *path, size_t max, char **ret, size_t *ret_len,
                          struct err *err)
{
        CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        struct stat st;
        if (fd < 0 && errno != ENXIO)
                return not_opened(path, err);
        if (fd >= 0 && fstat(fd, &st) != 0)
                return failed(path, err);
        if (fd < 0 || !S_ISREG(st.st_mode))
                return err_set(err, RC_INVALID,
                               "%s is a pipe, a device or a folder; a regular file is needed",
                               path);
        return read_open(fd, path, max, ret, ret_len, err);
}

static bool write_all(int fd, const char *bytes, size_t len)
{
        while (len) {
                ssize_t n = write(fd, bytes, len);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return false;
                bytes += n;
                len -= (size_t)n;
        }
        return true;
}

static bool sync_folder(const char *path)
{
        AUTO_FREE char *dir = file_dirname(path);
        CLEANUP(close_fd) int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        return fd >= 0 && fsync(fd) == 0;
}

enum rc file_replace(const char *path, const char *bytes, size_t len, struct err *err)
{
        AUTO_FREE char *temp = xasprintf("%s.XXXXXX", path);
        CLEANUP(close_fd) int fd = mkostemp(temp, O_CLOEXEC);
        if (fd < 0)
                return failed(path, err);
        if (!write_all(fd, bytes, len) || fsync(fd) != 0 || rename(temp, path) != 0) {
                enum rc rc = failed(path, err);
                unlink(temp);
                return rc;
        }
        return sync_folder(path) ? RC_OK : failed(path, err);
}

enum rc file_create(const char *path, const char *bytes, size_t len, struct err *err)
{
        CLEANUP(close_fd) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0 && errno == EEXIST)
                return err_set(err, RC_CONFLICT, "%s: there is a file of that name", path);
        if (fd < 0)
                return failed(path, err);
        if (write_all(fd, bytes, len) && fsync(fd) == 0)
                return sync_folder(path) ? RC_OK : failed(path, err);
        enum rc rc = failed(path, err);
        unlink(path);
        return rc;
}

static bool make_folder(const char *path)
{
        struct stat st;
        if (mkdir(path, 0700) == 0)
                return true;
        if (errno != EEXIST || stat(path, &st) != 0)
                return false;
        errno = ENOTDIR;
        return S_ISDIR(st.st_mode);
}

enum rc file_mkdirs(const char *path, struct err *err)
{
        AUTO_FREE char *part = xstrdup(path);
        for (size_t i = 1; path[0] && path[i - 1]; i++) {
                if (path[i] && path[i] != '/')
                        continue;
                part[i] = '\0';
                if (!make_folder(part))
                        return failed(part, err);
                part[i] = path[i];
        }
        return RC_OK;
}

bool file_exists(const char *path)
{
        return access(path, F_OK) == 0;
}

char *file_join(const char *dir, const char *name)
{
        size_t len = strlen(dir);
        return xasprintf("%s%s%s", dir, len && dir[len - 1] == '/' ? "" : "/", name);
}

char *file_dirname(const char *path)
{
        const char *slash = strrchr(path, '/');
        if (!slash)
                return xstrdup(".");
        return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

char *file_xdg(enum xdg which)
{
        static const struct {
                const char *env, *below_home;
        } rows[] = {
                [XDG_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
                [XDG_DATA] = {"XDG_DATA_HOME", ".local/share"},
                [XDG_STATE] = {"XDG_STATE_HOME", ".local/state"},
                [XDG_RUNTIME] = {"XDG_RUNTIME_DIR", NULL},
        };
        const char *dir = getenv(rows[which].env);
        if (dir && dir[0] == '/')
                return file_join(dir, "muster");
        const char *home = getenv("HOME");
        if (!home || home[0] != '/' || !rows[which].below_home)
                return NULL;
        AUTO_FREE char *base = file_join(home, rows[which].below_home);
        return file_join(base, "muster");
}

static bool ends_with(const char *s, const char *suffix)
{
        size_t n = strlen(s), m = strlen(suffix);
        return n > m && strcmp(s + n - m, suffix) == 0;
}

static int by_bytes(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

enum rc file_list(const char *dir, const char *suffix, char ***ret, struct err *err)
{
        DIR *d = opendir(dir);
        if (!d)
                return not_opened(dir, err);
        size_t count = 0;
        char **names = xcalloc(1, sizeof(*names));
        for (struct dirent *e; (e = readdir(d));) {
                if (!ends_with(e->d_name, suffix) || e->d_name[0] == '.')
                        continue;
                names = xreallocarray(names, count + 2, sizeof(*names));
                names[count++] = xstrdup(e->d_name);
                names[count] = NULL;
        }
        closedir(d);
        qsort(names, count, sizeof(*names), by_bytes);
        *ret = names;
        return RC_OK;
}

void file_list_free(char **names)
{
        for (size_t i = 0; names && names[i]; i++)
                free(names[i]);
        free(names);
}
