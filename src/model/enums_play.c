/*
 * Scales of playbooks and runs.
 */
#include "base/mem.h"
#include "model/enums.h"

static const struct enum_item verdict_items[] = {
        [VERDICT_OK] = {"ok", "ok", "ok"},
        [VERDICT_WARN] = {"warn", "with warnings", "warn"},
        [VERDICT_VIEW_ONLY] = {"view-only", "view only", "view"},
        [VERDICT_REFUSED] = {"refused", "refused", "refused"},
};

static const struct enum_item signed_items[] = {
        [SIGNED_NO] = {"no", "not signed", "no"},
        [SIGNED_BY_OWN_KEY] = {"key-unknown", "by a key that nobody here knows", "key unknown"},
        [SIGNED_UNCHECKED] = {"unchecked", "signed, not verified", "unchecked"},
        [SIGNED_BAD] = {"bad", "signature does not fit", "bad"},
};

static const struct enum_item run_items[] = {
        [RUN_RUNNING] = {"running", "running", "running"},
        [RUN_PAUSED] = {"paused", "paused", "paused"},
        [RUN_WAITS] = {"waits", "waits for its playbook", "waits"},
        [RUN_DONE] = {"done", "done", "done"},
        [RUN_FAILED] = {"failed", "failed", "failed"},
        [RUN_CANCELLED] = {"cancelled", "cancelled", "cancel"},
};

const struct enum_list enum_verdict = {"verdict", verdict_items, ARRAY_LEN(verdict_items)};
const struct enum_list enum_signed = {"signed", signed_items, ARRAY_LEN(signed_items)};
const struct enum_list enum_run_state = {"run-state", run_items, ARRAY_LEN(run_items)};
