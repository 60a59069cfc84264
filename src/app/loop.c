/*
 * The console in a terminal: one poll over keys and signals. All keys that are there are taken,
 * then the screen is painted at most once, and only when the terminal takes it: a slow line drops
 * pictures, not keys.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "app/console.h"
#include "app/editor.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/process.h"
#include "ops/pool.h"
#include "ops/rosters.h"
#include "ui/term.h"
#include "ui/ui.h"

#include "app_private.h"

#define FRAME_NS   33000000ll
#define SECOND_NS  1000000000ll
#define SECOND_MS  1000
#define REST_MS    4            /* after a key's picture: see turn() */
#define QUIET_NS   2000000000ll /* without a key: nobody types */
#define SLOW_MS    30
#define CROWDED_NS 2000000000ll
#define RESTS      4 /* times what looking at news took, before the next are looked at */

struct loop {
        struct ops *ops;
        struct ui *ui;
        struct term *term;
        struct loop_sync *sync;
        int signals;
        bool over;
        bool urgent;     /* a key came: paint at once      */
        bool all;        /* paint every row                */
        bool more;       /* ui_work has some left          */
        bool rests;      /* a key's picture was just sent  */
        bool rings;      /* with the picture that says why */
        int64_t painted; /* clock_mono_ns of the last time */
        int64_t ticked;
        int64_t typed;   /* the last key, or the start     */
        int64_t version; /* of the database, as last seen  */
        int64_t crowded; /* when others were last seen to write */
        int64_t rested;
        int64_t news;   /* came then and are not looked at; 0: none */
        int64_t worked; /* by ui_work since it had nothing left */
        int64_t calm;   /* until then no news are looked at  */
};

/* ---- signals ------------------------------------------------------------------------------- */

static sigset_t our_signals(void)
{
        static const int numbers[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
        sigset_t set;

        sigemptyset(&set);
        for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
                sigaddset(&set, numbers[i]);
        return set;
}

static void fatal(int number)
{
        term_restore_raw();
        raise(number); /* the default action: it is reset by SA_RESETHAND */
}

/* A crash must leave a usable terminal behind. What a sanitizer catches is left to it. */
static void catch_fatal(void)
{
        static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
        struct sigaction ours = {.sa_handler = fatal, .sa_flags = SA_RESETHAND};

        for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
                struct sigaction was;

                if (sigaction(numbers[i], NULL, &was) == 0 && was.sa_handler == SIG_DFL)
                        sigaction(numbers[i], &ours, NULL);
        }
}

/* Stops as a job does; goes on here when it is continued. */
static void suspend(struct loop *l)
{
        sigset_t stop;

        sigemptyset(&stop);
        sigaddset(&stop, SIGTSTP);
        ui_save(l->ui);
        term_suspend(l->term);
        sigprocmask(SIG_UNBLOCK, &stop, NULL);
        raise(SIGTSTP);
        sigprocmask(SIG_BLOCK, &stop, NULL);
        term_resume(l->term);
        l->all = true;
        l->ticked = 0;
}

/* The terminal is the editor's until it ends. */
static void edit(struct loop *l, struct ui_edit *e)
{
        ui_save(l->ui);
        term_suspend(l->term);
        editor_run(l->ui, e);
        term_resume(l->term);
        l->all = true;
        l->ticked = 0;
}

static void resize(struct loop *l)
{
        int cols, rows;

        term_resized(l->term);
        term_size(l->term, &cols, &rows);
        ui_resize(l->ui, cols, rows);
        l->all = l->urgent = true;
}

static void take_signal(struct loop *l, uint32_t number)
{
        switch (number) {
        case SIGWINCH: resize(l); break;
        case SIGTSTP: suspend(l); break;
        case SIGCONT:
                resize(l);
                ui_dirty(l->ui);
                break;
        case SIGTERM:
        case SIGHUP: l->over = true; break;
        default: break; /* SIGINT and SIGQUIT: a key that means nothing here must end nothing */
        }
}

static void take_signals(struct loop *l)
{
        struct signalfd_siginfo info;

        while (read(l->signals, &info, sizeof(info)) == (ssize_t)sizeof(info))
                take_signal(l, info.ssi_signo);
}

/* ---- keys ---------------------------------------------------------------------------------- */

static short ready(const struct loop *l, short events)
{
        struct pollfd p = {.fd = term_fd(l->term), .events = events};

        return poll(&p, 1, 0) > 0 ? p.revents : 0;
}

static bool key_waits(void *ctx)
{
        return (ready(ctx, POLLIN) & POLLIN) != 0;
}

static void take_wishes(struct loop *l)
{
        AUTO_FREE char *copy = ui_wants_copy(l->ui);

        if (copy)
                term_copy(l->term, copy);
        l->rings = ui_wants_bell(l->ui) || l->rings;
        if (ui_wants_redraw(l->ui)) {
                term_theme(l->term, ui_theme(l->ui));
                l->all = true;
        }
        loop_sync_wishes(l->sync);
        if (ui_wants_suspend(l->ui))
                suspend(l);
        struct ui_edit *e = ui_wants_edit(l->ui);
        if (e)
                edit(l, e);
        if (ui_wants_quit(l->ui))
                l->over = true;
}

static void take_keys(struct loop *l)
{
        struct term_event e;

        for (term_read(l->term, &e); e.kind != TERM_NONE && !l->over; term_read(l->term, &e)) {
                l->urgent = true;
                l->typed = clock_mono_ns();
                if (e.kind == TERM_CHORD)
                        ui_chord(l->ui, e.chord);
                else if (e.kind == TERM_PASTE)
                        ui_paste(l->ui, e.paste);
                else if (e.kind == TERM_WIDE)
                        ui_set_ascii(l->ui, true);
                else
                        ui_mouse(l->ui, e.x, e.y, e.button, e.twice);
                take_wishes(l);
        }
}

/* ---- time ---------------------------------------------------------------------------------- */

/* Who is free, held or back again by now. */
static void refresh_rosters(struct loop *l)
{
        size_t count = 0;

        if (ops_rosters_refresh(l->ops, ROSTERS_AT_ONCE, &count, NULL) == RC_OK && count)
                ui_changed(l->ui, TOPIC_ROSTERS | TOPIC_DEPLOYMENTS);
}

/* What people ask of all rosters is read ahead, so that who is asked at first is as quick as later;
 * a key ends it, and a later tick begins anew. */
static void prepare_pool(struct loop *l)
{
        store_set_interrupt(l->ops->store, key_waits, l);
        (void)ops_pool_prepare(l->ops, NULL);
        store_set_interrupt(l->ops->store, NULL, NULL);
}

/* Once a second: what time changes, what other processes wrote, and a checkpoint nobody waits for.
 */
static void tick(struct loop *l)
{
        int64_t now = clock_mono_ns(), version;

        if (l->ticked && now - l->ticked < SECOND_NS / 2 &&
            clock_now_ms() < ui_next_change_ms(l->ui))
                return;
        l->ticked = now;
        ui_tick(l->ui);
        version = store_data_version(l->ops->store);
        bool others_write = version != l->version;
        if (others_write) {
                ui_changed(l->ui, TOPIC_ALL);
                loop_sync_look(l->sync);
                l->crowded = now;
        }
        l->version = version;
        /* Who writes much moves its own log into the file; a long one that was left behind takes
         * most of a second, so it waits until nobody types. */
        if (!others_write && !l->ops->readonly && !store_is_readonly(l->ops->store) &&
            now - l->typed >= QUIET_NS && !key_waits(l)) {
                refresh_rosters(l);
                prepare_pool(l);
                store_checkpoint(l->ops->store);
        }
}

/* What who synchronises wrote is known by its word, not by the tick. */
static void take_news(struct loop *l)
{
        if (!loop_sync_take(l->sync))
                return;
        l->version = store_data_version(l->ops->store);
        if (!l->news)
                l->news = clock_mono_ns();
}

/* When what came is looked at: at once, unless it comes so fast that counting anew would never end.
 * Who uses a processor all the time is not let in at once for a key. */
static int64_t news_due(const struct loop *l)
{
        int64_t late = l->news + SECOND_NS;

        return l->more || l->calm > late ? late : l->calm;
}

static void look_at_news(struct loop *l)
{
        if (!l->news || clock_mono_ns() < news_due(l))
                return;
        l->news = 0;
        ui_changed(l->ui, TOPIC_ALL);
}

static bool is_due(const struct loop *l)
{
        return (ui_is_dirty(l->ui) || l->all) &&
               (l->urgent || l->all || clock_mono_ns() - l->painted >= FRAME_NS);
}

static bool is_crowded(const struct loop *l)
{
        return l->crowded && clock_mono_ns() - l->crowded < CROWDED_NS;
}

static void breathe(void *ctx)
{
        struct loop *l = ctx;

        process_breathe(&l->rested);
}

/* What work in the background yields to: a key, and a picture whose time has come. */
static bool must_yield(void *ctx)
{
        struct loop *l = ctx;

        if (is_crowded(l))
                breathe(l);
        return ready(l, (short)(POLLIN | (is_due(l) ? POLLOUT : 0))) != 0;
}

/* Milliseconds that poll may sleep; a picture that is due waits for the terminal. */
static int patience(const struct loop *l)
{
        int64_t now = clock_now_ms(), left = SECOND_MS - now % SECOND_MS;
        int64_t change = ui_next_change_ms(l->ui) - now;

        if (l->rests)
                return REST_MS;
        if (l->more)
                return 0;
        if (!clock_is_fixed() && change < left)
                left = change;
        if (ui_is_dirty(l->ui) && !is_due(l)) {
                int64_t frame = (l->painted + FRAME_NS - clock_mono_ns()) / 1000000 + 1;

                left = frame < left ? frame : left;
        }
        if (l->news) {
                int64_t news = (news_due(l) - clock_mono_ns()) / 1000000 + 1;

                left = news < left ? news : left;
        }
        return left < 0 ? 0 : (int)left + 1;
}

/* ---- painting ------------------------------------------------------------------------------ */

static void paint(struct loop *l)
{
        int64_t from = clock_mono_ns(), took;

        term_paint(l->term, ui_paint(l->ui), l->all);
        if (l->rings)
                term_bell(l->term);
        l->painted = clock_mono_ns();
        took = (l->painted - from) / 1000000;
        if (took > SLOW_MS)
                log_line("loop", "a picture took %d ms", (int)took);
        l->urgent = l->all = l->rings = false;
}

static bool paint_due(struct loop *l)
{
        if (!is_due(l) || !(ready(l, POLLOUT) & POLLOUT))
                return false;
        paint(l);
        return true;
}

/* Beside who writes much, the terminal and the way of a key to us need a processor too. */
static void work(struct loop *l)
{
        int64_t from = clock_mono_ns(), now;

        if (is_crowded(l))
                store_while_working(l->ops->store, breathe, l);
        l->more = ui_work(l->ui, must_yield, l);
        store_while_working(l->ops->store, NULL, NULL);
        now = clock_mono_ns();
        l->worked += now - from;
        if (l->more)
                return;
        if (l->calm < now + RESTS * l->worked)
                l->calm = now + RESTS * l->worked;
        l->worked = 0;
}

/* What a key did is shown before anything else is done. Shown it is when the terminal has read it,
 * and that may need the processor this one would go on with: what can wait rests for a moment. */
static void turn(struct loop *l)
{
        struct pollfd p[] = {
                {.fd = term_fd(l->term), .events = (short)(POLLIN | (is_due(l) ? POLLOUT : 0))},
                {.fd = l->signals, .events = POLLIN},
                {.fd = loop_sync_fd(l->sync), .events = POLLIN},
        };

        if (poll(p, ARRAY_LEN(p), patience(l)) < 0 && errno != EINTR)
                l->over = true;
        if (p[1].revents & POLLIN)
                take_signals(l);
        if (p[0].revents & POLLIN)
                take_keys(l);
        else if (p[0].revents & (POLLHUP | POLLERR | POLLNVAL))
                l->over = true; /* the terminal is gone */
        if (l->over)
                return;
        l->rests = l->urgent && paint_due(l);
        if (p[2].revents & POLLIN)
                take_news(l);
        look_at_news(l);
        tick(l);
        if (l->rests)
                return;
        work(l);
        take_wishes(l);
        if (!l->over && !key_waits(l))
                paint_due(l);
}

/* ---- life ---------------------------------------------------------------------------------- */

static void open_log(void)
{
        AUTO_FREE char *dir = file_xdg(XDG_STATE);
        AUTO_FREE char *path = dir ? file_join(dir, "muster.log") : NULL;

        if (path && file_mkdirs(dir, NULL) == RC_OK)
                log_open(path, NULL); /* without one the console is complete */
}

static enum rc start(struct app *app, struct loop *l, const char *exercise, struct err *err)
{
        sigset_t set = our_signals();
        const struct term_options to = {
                .mouse = app->config.mouse,
                .no_color = getenv("NO_COLOR") && getenv("NO_COLOR")[0],
                .asks_width = app->config.ascii == ASCII_AUTO && !app->ascii,
        };
        int cols, rows;
        enum rc rc;

        sigprocmask(SIG_BLOCK, &set, NULL);
        l->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
        if (l->signals < 0)
                return err_set(err, RC_FAIL, "signalfd: %s", strerror(errno));
        rc = term_open(&to, &l->term, err);
        if (rc != RC_OK)
                return rc;
        catch_fatal();
        term_size(l->term, &cols, &rows);
        l->ui = console_create(app, l->ops, exercise, cols, rows, err);
        if (!l->ui)
                return err ? err->rc : RC_INVALID;
        term_theme(l->term, ui_theme(l->ui));
        ui_wants_redraw(l->ui); /* the first picture is whole anyway */
        l->sync = loop_sync_start(app, l->ops, l->ui);
        l->version = store_data_version(l->ops->store);
        l->typed = clock_mono_ns();
        l->all = l->urgent = true;
        return RC_OK;
}

enum rc loop_run(struct app *app, const struct loop_options *o, struct err *err)
{
        struct loop l = {.ops = o->ops, .signals = -1};
        enum rc rc;

        if (!o->exercise) /* a demo leaves nothing behind */
                open_log();
        store_console_enter(o->ops->store);
        rc = start(app, &l, o->exercise, err);
        while (rc == RC_OK && !l.over)
                turn(&l);
        if (l.ui)
                ui_save(l.ui);
        loop_sync_stop(l.sync);
        ui_destroy(l.ui);
        term_close(l.term);
        if (l.signals >= 0)
                close(l.signals);
        log_close();
        return rc;
}
