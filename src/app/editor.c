#include "app/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define TEXT_MAX (16u * 1024 * 1024)

static const char *editor_name(void)
{
        const char *name = getenv("VISUAL");

        if (!name || !*name)
                name = getenv("EDITOR");
        return name && *name ? name : NULL;
}

/* A folder of its own, so that the file has a name that says what it is. */
static char *make_file(const struct edited_text *t, char *dir, struct err *err)
{
        AUTO_FREE char *name = xasprintf("playbook%s", t->suffix);
        char *path;

        if (!mkdtemp(dir)) {
                err_set(err, RC_FAIL, "%s: %s", dir, strerror(errno));
                return NULL;
        }
        path = file_join(dir, name);
        if (file_create(path, t->text, t->len, err) == RC_OK)
                return path;
        rmdir(dir);
        free(path);
        return NULL;
}

/* Without a terminal nobody is there to be waited for: an editor that needs somebody ends. What it
 * prints is not what the caller was asked for. */
static void set_streams(void)
{
        int nothing = isatty(STDIN_FILENO) ? -1 : open("/dev/null", O_RDONLY);

        if (nothing >= 0)
                dup2(nothing, STDIN_FILENO);
        if (!isatty(STDOUT_FILENO))
                dup2(STDERR_FILENO, STDOUT_FILENO);
}

/* The shell takes the name apart, as it may have options. */
static void become(const char *editor, const char *path)
{
        AUTO_FREE char *line = xasprintf("exec %s \"$1\"", editor);
        sigset_t none;

        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        set_streams();
        execl("/bin/sh", "sh", "-c", line, "sh", path, (char *)NULL);
        _exit(127);
}

static bool wait_for(pid_t child)
{
        int status = 0;

        while (waitpid(child, &status, 0) < 0)
                if (errno != EINTR)
                        return false;
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static enum rc run(const char *editor, const char *path, struct err *err)
{
        pid_t child = fork();

        if (child == 0)
                become(editor, path);
        if (child < 0)
                return err_set(err, RC_FAIL, "%s can't be run: %s", editor, strerror(errno));
        if (!wait_for(child))
                return err_set(err, RC_FAIL, "%s ended without saving; nothing is changed", editor);
        return RC_OK;
}

enum rc editor_edit(const struct edited_text *t, char **ret, size_t *ret_len, struct err *err)
{
        const char *editor = editor_name(), *tmp = getenv("TMPDIR");
        AUTO_FREE char *dir = xasprintf("%s/muster-XXXXXX", tmp && *tmp ? tmp : "/tmp");

        if (!editor)
                return err_set(err, RC_FAIL, "no editor is set: EDITOR=vi muster, for example");
        AUTO_FREE char *path = make_file(t, dir, err);
        enum rc rc = path ? run(editor, path, err) : RC_FAIL;
        if (rc == RC_OK)
                rc = file_read(path, TEXT_MAX, ret, ret_len, err);
        if (path) {
                unlink(path);
                rmdir(dir);
        }
        return rc;
}

void editor_run(struct ui *ui, struct ui_edit *e)
{
        const struct edited_text t = {.text = e->text, .len = e->len, .suffix = e->suffix};
        AUTO_FREE char *text = NULL;
        struct err err = {0};
        size_t len = 0;

        if (editor_edit(&t, &text, &len, &err) == RC_OK)
                ui_edited(ui, e, text, len);
        else
                ui_edit_failed(ui, e, err.text);
}
