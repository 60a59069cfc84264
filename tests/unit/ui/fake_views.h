/*
 * A console over two views of the tests' own and no database: what the frame, keys and overlays do
 * by themselves.
 */
#ifndef MUSTER_TESTS_FAKE_VIEWS_H
#define MUSTER_TESTS_FAKE_VIEWS_H

#include "base/str.h"
#include "ui/ui.h"

#define FAKE_NOW_MS 1795525467000ll /* 2026-11-24T13:04:27Z */

/* What the fake views did and how they answer. */
struct fake {
        struct ops ops;
        int downs, acks, backs, loads, opens;
        int inner;      /* things that back() can close */
        bool busy;      /* load is not done */
        bool can_close; /* incident.close is possible */
        bool open_fails;
        struct view_badge badge;
        int clicks, last_x, last_y;
};

/* Zeroed, with a unit, an operator and the ceiling AMBER+STRICT. Fixes the clock at FAKE_NOW_MS. */
void fake_init(struct fake *f);
struct ui *fake_ui(struct fake *f, int cols, int rows);
struct ui *fake_ui_with(struct fake *f, struct ui_options *o);
void fake_keys(struct ui *ui, const char *keys); /* "jj" */

/* Row y of the screen as it is now, cut of trailing blanks; in buf. */
const char *fake_row(struct ui *ui, int y, char buf[2048]);
/* Fails the test where the screen does not hold the text. */
void fake_expect(struct ui *ui, const char *text);
void fake_refuse(struct ui *ui, const char *text);

#endif
