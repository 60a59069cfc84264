#include <stdio.h>

#include "base/crypt.h"
#include "base/json.h"
#include "base/process.h"
#include "hub/hub_cli.h"

int main(int argc, char **argv)
{
        struct err err = {0};
        int status;

        process_close_doors();
        json_start();
        if (crypt_start(&err) != RC_OK) {
                fprintf(stderr, "muster-hub: %s\n", err.text);
                return 1;
        }
        status = hub_cli_run(argc, argv);
        if (fflush(stdout) == 0 && !ferror(stdout))
                return status;
        fprintf(stderr, "muster-hub: writing to standard output failed\n");
        return status ? status : 1;
}
