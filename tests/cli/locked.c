/*
 * locked DATABASE COMMAND...: runs the command while somebody else writes into the database; its
 * status.
 */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/store.h"

int main(int argc, char **argv)
{
        struct store *s = NULL;
        struct err err = {0};
        int status = 0;

        if (argc < 3 || store_open(argv[1], STORE_WRITE, &s, &err) != RC_OK ||
            store_begin(s, &err) != RC_OK) {
                fprintf(stderr, "locked: %s\n", err.text);
                return 99;
        }
        pid_t pid = fork();
        if (pid == 0) {
                execvp(argv[2], &argv[2]);
                _exit(99);
        }
        if (pid < 0 || waitpid(pid, &status, 0) != pid)
                status = -1;
        store_rollback(s);
        store_close(s);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}
