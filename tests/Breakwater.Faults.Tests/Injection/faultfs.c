/*
 * faultfs: makes file system calls fail, or ends the process at one of them.
 *
 * Loaded with LD_PRELOAD. Controlled through a small file that is mapped into both processes (FAULTFS_CONTROL), so that a test can arm
 * a fault while the program runs and can count the calls that matched. The layout of struct control is that of FaultControl.cs.
 */
#define _GNU_SOURCE
#define _LARGEFILE64_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum op { OP_WRITE = 1, OP_FSYNC = 2, OP_OPEN = 4, OP_RENAME = 8, OP_UNLINK = 16, OP_LINK = 32, OP_TRUNCATE = 64, OP_ALLOCATE = 128 };
enum kind { ANYTHING = 0, FILES = 1, DIRECTORIES = 2 };
enum action { COUNT = 0, FAIL = 1, SHORT_WRITE = 2, KILL_BEFORE = 3, KILL_AFTER = 4 };

struct control {
    uint32_t armed;      /* 0: every call passes */
    uint32_t ops;        /* mask of enum op */
    uint32_t action;
    uint32_t error;      /* errno of FAIL */
    uint32_t nth;        /* the first call that is hit, from 1 */
    uint32_t persistent; /* all calls from nth on, not only nth */
    uint32_t matched;    /* written here: calls that matched */
    uint32_t fired;      /* written here: calls that were hit */
    uint32_t kind;       /* enum kind: what the descriptor must be */
    uint32_t reserved;
    char path[256];      /* must occur in the path */
    char exclude[256];   /* must not occur in it; empty: nothing is excluded */
};

static struct control *control;

__attribute__((constructor)) static void attach(void)
{
    const char *file = getenv("FAULTFS_CONTROL");
    if (!file)
        return;
    int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    int fd = real_open(file, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return;
    void *map = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map != MAP_FAILED)
        control = map;
    close(fd);
}

static int path_matches(const char *path)
{
    return strstr(path, control->path) && !(control->exclude[0] && strstr(path, control->exclude));
}

/* What to do with this call: an enum action, COUNT for nothing. */
static enum action decide(enum op op, const char *path)
{
    if (!path_matches(path))
        return COUNT;
    uint32_t number = __atomic_add_fetch(&control->matched, 1, __ATOMIC_SEQ_CST);
    if (control->action == COUNT || number < control->nth || (number > control->nth && !control->persistent))
        return COUNT;
    __atomic_add_fetch(&control->fired, 1, __ATOMIC_SEQ_CST);
    if (control->action == KILL_BEFORE)
        _exit(137);
    (void)op;
    return control->action;
}

static int is_armed(enum op op)
{
    return control && __atomic_load_n(&control->armed, __ATOMIC_ACQUIRE) && (control->ops & op);
}

static enum action on_path(enum op op, const char *path)
{
    return is_armed(op) && path ? decide(op, path) : COUNT;
}

static enum action on_descriptor(enum op op, int fd)
{
    if (!is_armed(op))
        return COUNT;
    char name[64], path[1024];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(name, path, sizeof path - 1);
    if (length <= 0 || path[0] != '/')
        return COUNT;
    path[length] = 0;
    if (control->kind != ANYTHING) {
        struct stat about;
        if (fstat(fd, &about) != 0 || !!S_ISDIR(about.st_mode) != (control->kind == DIRECTORIES))
            return COUNT;
    }
    return decide(op, path);
}

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define FINISH(act, call) \
    do { \
        if ((act) == FAIL) { errno = (int)control->error; return -1; } \
        __typeof__(call) outcome_ = (call); \
        if ((act) == KILL_AFTER) _exit(137); \
        return outcome_; \
    } while (0)

static size_t shortened(enum action act, size_t count)
{
    return act == SHORT_WRITE && count > 1 ? count / 2 : count;
}

ssize_t write(int fd, const void *data, size_t count)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    enum action act = on_descriptor(OP_WRITE, fd);
    FINISH(act, real(fd, data, shortened(act, count)));
}

#define PWRITE(name, offset_type) \
    ssize_t name(int fd, const void *data, size_t count, offset_type offset) \
    { \
        REAL(ssize_t, #name, int, const void *, size_t, offset_type); \
        enum action act = on_descriptor(OP_WRITE, fd); \
        FINISH(act, real(fd, data, shortened(act, count), offset)); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

static struct iovec half_of(const struct iovec *parts)
{
    struct iovec half = { parts[0].iov_base, parts[0].iov_len > 1 ? parts[0].iov_len / 2 : parts[0].iov_len };
    return half;
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    enum action act = on_descriptor(OP_WRITE, fd);
    if (act == SHORT_WRITE && count > 0) {
        struct iovec half = half_of(parts);
        return real(fd, &half, 1);
    }
    FINISH(act, real(fd, parts, count));
}

#define PWRITEV(name, offset_type) \
    ssize_t name(int fd, const struct iovec *parts, int count, offset_type offset) \
    { \
        REAL(ssize_t, #name, int, const struct iovec *, int, offset_type); \
        enum action act = on_descriptor(OP_WRITE, fd); \
        if (act == SHORT_WRITE && count > 0) { \
            struct iovec half = half_of(parts); \
            return real(fd, &half, 1, offset); \
        } \
        FINISH(act, real(fd, parts, count, offset)); \
    }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

#define SYNC(name) \
    int name(int fd) \
    { \
        REAL(int, #name, int); \
        enum action act = on_descriptor(OP_FSYNC, fd); \
        FINISH(act, real(fd)); \
    }
SYNC(fsync)
SYNC(fdatasync)

static mode_t mode_of(int flags, va_list rest)
{
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = mode_of(flags, rest); \
        va_end(rest); \
        REAL(int, #name, const char *, int, ...); \
        enum action act = flags & O_CREAT ? on_path(OP_OPEN, path) : COUNT; \
        FINISH(act, real(path, flags, mode)); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int folder, const char *path, int flags, ...) \
    { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = mode_of(flags, rest); \
        va_end(rest); \
        REAL(int, #name, int, const char *, int, ...); \
        enum action act = flags & O_CREAT ? on_path(OP_OPEN, path) : COUNT; \
        FINISH(act, real(folder, path, flags, mode)); \
    }
OPENAT(openat)
OPENAT(openat64)

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    enum action act = on_path(OP_RENAME, to);
    FINISH(act, real(from, to));
}

int link(const char *from, const char *to)
{
    REAL(int, "link", const char *, const char *);
    enum action act = on_path(OP_LINK, to);
    FINISH(act, real(from, to));
}

int unlink(const char *path)
{
    REAL(int, "unlink", const char *);
    enum action act = on_path(OP_UNLINK, path);
    FINISH(act, real(path));
}

int unlinkat(int folder, const char *path, int flags)
{
    REAL(int, "unlinkat", int, const char *, int);
    enum action act = on_path(OP_UNLINK, path);
    FINISH(act, real(folder, path, flags));
}

#define TRUNCATE(name, size_type) \
    int name(int fd, size_type size) \
    { \
        REAL(int, #name, int, size_type); \
        enum action act = on_descriptor(OP_TRUNCATE, fd); \
        FINISH(act, real(fd, size)); \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define ALLOCATE(name, size_type) \
    int name(int fd, int mode, size_type offset, size_type size) \
    { \
        REAL(int, #name, int, int, size_type, size_type); \
        enum action act = on_descriptor(OP_ALLOCATE, fd); \
        FINISH(act, real(fd, mode, offset, size)); \
    }
ALLOCATE(fallocate, off_t)
ALLOCATE(fallocate64, off64_t)

/* These return the error instead of setting errno. */
#define POSIX_ALLOCATE(name, size_type) \
    int name(int fd, size_type offset, size_type size) \
    { \
        REAL(int, #name, int, size_type, size_type); \
        enum action act = on_descriptor(OP_ALLOCATE, fd); \
        if (act == FAIL) \
            return (int)control->error; \
        int outcome = real(fd, offset, size); \
        if (act == KILL_AFTER) \
            _exit(137); \
        return outcome; \
    }
POSIX_ALLOCATE(posix_fallocate, off_t)
POSIX_ALLOCATE(posix_fallocate64, off64_t)
