/* A disk that refuses: the n-th call that writes under a folder fails, once or from then on. Loaded before the C library. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long compte, a_partir_de, durable, erreur;
static char prefixe[4096];

/* Counts from zero again: the call number `n` (from 1; 0 for none) under `dossier` answers `e`, and those after it if `d`. */
void disque_regler(const char *dossier, long n, int e, int d) {
    strncpy(prefixe, dossier, sizeof prefixe - 1);
    compte = 0, a_partir_de = n, erreur = e, durable = d;
}

long disque_compte(void) { return compte; }

static int concerne(const char *chemin) { return prefixe[0] && chemin && !strncmp(chemin, prefixe, strlen(prefixe)); }

static int refuse_chemin(const char *chemin) {
    if (!concerne(chemin)) return 0;
    compte++;
    if (a_partir_de && (compte == a_partir_de || (durable && compte > a_partir_de))) { errno = (int)erreur; return 1; }
    return 0;
}

static int refuse(int fd) {
    if (!prefixe[0]) return 0;
    char lien[64], chemin[4096];
    snprintf(lien, sizeof lien, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(lien, chemin, sizeof chemin - 1);
    if (n <= 0) return 0;
    chemin[n] = 0;
    return refuse_chemin(chemin);
}

#define VRAI(nom) ((__typeof__(&nom))dlsym(RTLD_NEXT, #nom))

ssize_t write(int fd, const void *o, size_t n) { return refuse(fd) ? -1 : VRAI(write)(fd, o, n); }
ssize_t pwrite(int fd, const void *o, size_t n, off_t p) { return refuse(fd) ? -1 : VRAI(pwrite)(fd, o, n, p); }
ssize_t pwrite64(int fd, const void *o, size_t n, off64_t p) { return refuse(fd) ? -1 : VRAI(pwrite64)(fd, o, n, p); }
int fsync(int fd) { return refuse(fd) ? -1 : VRAI(fsync)(fd); }
int fdatasync(int fd) { return refuse(fd) ? -1 : VRAI(fdatasync)(fd); }
int ftruncate(int fd, off_t n) { return refuse(fd) ? -1 : VRAI(ftruncate)(fd, n); }
int ftruncate64(int fd, off64_t n) { return refuse(fd) ? -1 : VRAI(ftruncate64)(fd, n); }
int rename(const char *a, const char *b) { return refuse_chemin(b) ? -1 : VRAI(rename)(a, b); }
int link(const char *a, const char *b) { return refuse_chemin(b) ? -1 : VRAI(link)(a, b); }
int mkdir(const char *a, mode_t m) { return refuse_chemin(a) ? -1 : VRAI(mkdir)(a, m); }
int open(const char *a, int f, ...) {
    va_list v; va_start(v, f); mode_t m = va_arg(v, mode_t); va_end(v);
    return (f & O_CREAT) && refuse_chemin(a) ? -1 : VRAI(open)(a, f, m);
}
int open64(const char *a, int f, ...) {
    va_list v; va_start(v, f); mode_t m = va_arg(v, mode_t); va_end(v);
    return (f & O_CREAT) && refuse_chemin(a) ? -1 : VRAI(open64)(a, f, m);
}
