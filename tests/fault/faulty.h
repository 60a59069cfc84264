/*
 * A SQLite VFS that counts I/O calls and fails the n-th, once or from then on. Registered as the
 * default, so the program under test uses it without knowing. It also says when a write transaction
 * is open: the WAL's write lock is held.
 */
#ifndef MUSTER_TESTS_FAULTY_H
#define MUSTER_TESTS_FAULTY_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
        FAULTY_WRITE_LOCK = 0
}; /* WAL_WRITE_LOCK: first of the shm locks, sqlite.org/walformat.html */

static struct {
        sqlite3_vfs vfs, *real;
        long calls;   /* I/O calls since faulty_arm */
        long fail_at; /* 0 = none */
        bool for_good;
        bool full; /* only what needs room fails, as on a full disk */
        long failed;
        int *in_write; /* set while a write transaction is open; may lie in shared memory */
        int code;      /* SQLITE_IOERR or SQLITE_FULL */
} faulty;

struct faulty_file {
        sqlite3_file base;
        sqlite3_io_methods methods;
        sqlite3_file *real;
};

static sqlite3_file *real_of(sqlite3_file *f)
{
        return ((struct faulty_file *)(void *)f)->real;
}

static bool fails_at_all(void)
{
        faulty.calls++;
        bool now = faulty.fail_at && (faulty.for_good ? faulty.calls >= faulty.fail_at
                                                      : faulty.calls == faulty.fail_at);
        faulty.failed += now;
        return now;
}

static bool fails(void)
{
        return !faulty.full && fails_at_all();
}

static bool fails_for_want_of_room(void)
{
        return fails_at_all();
}

static int faulty_close(sqlite3_file *f)
{
        sqlite3_file *real = real_of(f);
        int rc = real->pMethods ? real->pMethods->xClose(real) : SQLITE_OK;
        free(real);
        return rc;
}

static int faulty_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
        return fails() ? SQLITE_IOERR_READ : real_of(f)->pMethods->xRead(real_of(f), p, n, at);
}

static int faulty_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
        if (fails_for_want_of_room())
                return faulty.code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        return real_of(f)->pMethods->xWrite(real_of(f), p, n, at);
}

static int faulty_truncate(sqlite3_file *f, sqlite3_int64 n)
{
        return fails() ? SQLITE_IOERR_TRUNCATE : real_of(f)->pMethods->xTruncate(real_of(f), n);
}

static int faulty_sync(sqlite3_file *f, int flags)
{
        return fails() ? SQLITE_IOERR_FSYNC : real_of(f)->pMethods->xSync(real_of(f), flags);
}

static int faulty_size(sqlite3_file *f, sqlite3_int64 *n)
{
        return fails() ? SQLITE_IOERR_FSTAT : real_of(f)->pMethods->xFileSize(real_of(f), n);
}

static int faulty_lock(sqlite3_file *f, int level)
{
        return fails() ? SQLITE_IOERR_LOCK : real_of(f)->pMethods->xLock(real_of(f), level);
}

static int faulty_unlock(sqlite3_file *f, int level)
{
        return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int faulty_reserved(sqlite3_file *f, int *ret)
{
        return real_of(f)->pMethods->xCheckReservedLock(real_of(f), ret);
}

static int faulty_control(sqlite3_file *f, int op, void *arg)
{
        return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int faulty_sector(sqlite3_file *f)
{
        return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int faulty_traits(sqlite3_file *f)
{
        return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int faulty_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **ret)
{
        if (fails())
                return SQLITE_IOERR_SHMMAP;
        return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, ret);
}

static int faulty_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
        int rc = real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
        if (rc == SQLITE_OK && offset == FAULTY_WRITE_LOCK && faulty.in_write &&
            (flags & SQLITE_SHM_EXCLUSIVE))
                *(volatile int *)faulty.in_write = !!(flags & SQLITE_SHM_LOCK);
        return rc;
}

static void faulty_shm_barrier(sqlite3_file *f)
{
        real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int faulty_shm_unmap(sqlite3_file *f, int delete)
{
        return real_of(f)->pMethods->xShmUnmap(real_of(f), delete);
}

static int faulty_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *f, int flags,
                       int *ret)
{
        static const sqlite3_io_methods methods = {
                .iVersion = 2,
                .xClose = faulty_close,
                .xRead = faulty_read,
                .xWrite = faulty_write,
                .xTruncate = faulty_truncate,
                .xSync = faulty_sync,
                .xFileSize = faulty_size,
                .xLock = faulty_lock,
                .xUnlock = faulty_unlock,
                .xCheckReservedLock = faulty_reserved,
                .xFileControl = faulty_control,
                .xSectorSize = faulty_sector,
                .xDeviceCharacteristics = faulty_traits,
                .xShmMap = faulty_shm_map,
                .xShmLock = faulty_shm_lock,
                .xShmBarrier = faulty_shm_barrier,
                .xShmUnmap = faulty_shm_unmap,
        };
        struct faulty_file *file = (struct faulty_file *)(void *)f;
        (void)vfs;
        file->base.pMethods = NULL;
        if (fails())
                return SQLITE_CANTOPEN;
        file->real = calloc(1, (size_t)faulty.real->szOsFile);
        int rc = faulty.real->xOpen(faulty.real, name, file->real, flags, ret);
        if (rc == SQLITE_OK)
                file->base.pMethods = &methods;
        else
                free(file->real);
        return rc;
}

static int faulty_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
        (void)vfs;
        return fails() ? SQLITE_IOERR_DELETE : faulty.real->xDelete(faulty.real, name, sync);
}

static inline void faulty_install(void)
{
        faulty.real = sqlite3_vfs_find(NULL);
        faulty.vfs = *faulty.real;
        faulty.vfs.zName = "faulty";
        faulty.vfs.szOsFile = sizeof(struct faulty_file);
        faulty.vfs.xOpen = faulty_open;
        faulty.vfs.xDelete = faulty_delete;
        sqlite3_vfs_register(&faulty.vfs, 1);
}

/* Fails call n from now (0: none), once or for good, with SQLITE_IOERR or SQLITE_FULL where it is a
 * write. */
static inline void faulty_arm(long n, bool for_good, int code)
{
        faulty.calls = faulty.failed = 0;
        faulty.fail_at = n;
        faulty.for_good = for_good;
        faulty.code = code;
}

#endif
