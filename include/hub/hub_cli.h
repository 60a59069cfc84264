/*
 * The command line of muster-hub: one table of commands (src/hub/hub_cli.c).
 */
#ifndef MUSTER_HUB_HUB_CLI_H
#define MUSTER_HUB_HUB_CLI_H

/* Gives back the exit status: 0 done, 1 failed, 2 wrong usage, 3 input refused. */
int hub_cli_run(int argc, char **argv);

#endif
