#include "fake_views.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../src/ui/ui_private.h"
#include "base/clock.h"

struct state {
        int unused;
};

static struct fake *fake_of(const struct view *v)
{
        struct ops *ops = ui_ops(v->ui);
        return (struct fake *)(void *)((char *)ops - offsetof(struct fake, ops));
}

static enum rc ack(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        fake_of(v)->acks++;
        ui_notice(ui, NOTICE_DONE, "acknowledged");
        return RC_OK;
}

static enum rc down(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        fake_of(v)->downs++;
        return RC_OK;
}

static enum rc refuse(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)v;
        return err_set(err, RC_CONFLICT, "it is closed since 13:00Z");
}

static bool can_close(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return fake_of(v)->can_close;
}

static const struct cmd incident_cmds[] = {
        {"incident.ack", "ack", "Acknowledge the incident", CMD_FOOT | CMD_WRITES, NULL, ack, NULL},
        {"incident.close", "close", "Close the incident", CMD_FOOT | CMD_WRITES, can_close, ack,
         NULL},
        {"incident.refuse", "refuse", "Is always refused", CMD_FOOT, NULL, refuse, NULL},
        {"incidents.down", "down", "One row down", 0, NULL, down, NULL},
};
static const struct key incident_keys[] = {
        {"a", "incident.ack"},   {"C", "incident.close"},    {"R", "incident.refuse"},
        {"j", "incidents.down"}, {"Down", "incidents.down"},
};

static enum rc fake_open(struct view *v, struct err *err)
{
        fake_of(v)->opens++;
        return fake_of(v)->open_fails ? err_set(err, RC_FAIL, "the disk is gone") : RC_OK;
}

static enum rc fake_load(struct view *v, struct err *err)
{
        (void)err;
        fake_of(v)->loads++;
        return fake_of(v)->busy ? RC_BUSY : RC_OK;
}

static void fake_draw(const struct view *v, struct canvas *c, struct rect r)
{
        canvas_printf(c, r.x, r.y, r.w, (struct look){.ink = ROLE_TEXT}, "%s from %d to %d",
                      v->ops->name, r.y, r.y + r.h - 1);
        canvas_text(c, r.x, r.y + r.h - 1, r.w, (struct look){.ink = ROLE_TEXT}, "last row");
}

static void fake_badge(const struct view *v, struct view_badge *ret)
{
        *ret = fake_of(v)->badge;
}

static bool fake_mouse(struct view *v, int x, int y, struct rect r, int button, bool twice)
{
        (void)r, (void)twice;
        struct fake *f = fake_of(v);
        f->last_x = x;
        f->last_y = y;
        f->clicks += button == MOUSE_LEFT;
        return button == MOUSE_LEFT;
}

static bool fake_back(struct view *v)
{
        struct fake *f = fake_of(v);
        f->backs++;
        return f->inner > 0 && f->inner--;
}

static const char *fake_current(const struct view *v, const char **ret_ref)
{
        (void)v;
        *ret_ref = "INC-0224";
        return "incident--7c4e1f6a-4c0c-4b52-9b3e-0a0f7e1d2c3b";
}

static const struct view_ops fake_incidents = {
        .name = "incidents",
        .title = "Incidents",
        .brief = "Inc",
        .digit = '2',
        .noun = "incident",
        .topics = TOPIC_INCIDENTS,
        .state_size = sizeof(struct state),
        .cmds = incident_cmds,
        .cmd_count = ARRAY_LEN(incident_cmds),
        .keys = incident_keys,
        .key_count = ARRAY_LEN(incident_keys),
        .open = fake_open,
        .load = fake_load,
        .draw = fake_draw,
        .badge = fake_badge,
        .mouse = fake_mouse,
        .back = fake_back,
        .current = fake_current,
};

static const struct view_ops fake_log = {
        .name = "log",
        .title = "Log",
        .brief = "Log",
        .digit = '8',
        .noun = "entry",
        .topics = TOPIC_LOG,
        .load = fake_load,
        .draw = fake_draw,
};

void fake_init(struct fake *f)
{
        static char unit[] = "JCU", desk[] = "duty desk";
        *f = (struct fake){
                .ops = {.unit_name = unit,
                        .desk = desk,
                        .operator= "duarte",
                        .ceiling = TLP_AMBER_STRICT},
                .can_close = true,
                .badge = {.count = 14, .unacked = 3},
        };
        clock_fix(FAKE_NOW_MS);
}

struct ui *fake_ui_with(struct fake *f, struct ui_options *o)
{
        static const struct view_ops *const views[] = {&fake_incidents, &fake_log};
        o->ops = &f->ops;
        return ui_create_with(o, views, ARRAY_LEN(views));
}

struct ui *fake_ui(struct fake *f, int cols, int rows)
{
        struct ui_options o = {.cols = cols, .rows = rows, .bell = true, .motion = true};
        return fake_ui_with(f, &o);
}

void fake_keys(struct ui *ui, const char *keys)
{
        for (; *keys; keys++)
                ui_chord(ui, *keys);
}

static char *screen(struct ui *ui)
{
        struct str out;
        str_init(&out, 1 << 20);
        canvas_print(ui_paint(ui), &out);
        return str_take(&out);
}

const char *fake_row(struct ui *ui, int y, char buf[2048])
{
        AUTO_FREE char *text = screen(ui);
        const char *at = text;
        for (int i = 0; i < y; i++)
                at = strchr(at, '\n') + 1;
        snprintf(buf, 2048, "%.*s", (int)strcspn(at, "\n"), at);
        return buf;
}

void fake_expect(struct ui *ui, const char *text)
{
        AUTO_FREE char *shown = screen(ui);
        cr_expect_not_null(strstr(shown, text), "no \"%s\" on:\n%s", text, shown);
}

void fake_refuse(struct ui *ui, const char *text)
{
        AUTO_FREE char *shown = screen(ui);
        cr_expect_null(strstr(shown, text), "\"%s\" on:\n%s", text, shown);
}
