/* SPDX-License-Identifier: MIT */
/* System calls, whoever makes them: a filter sends the thread a signal instead, and its handler makes
   the call, or does not. The filter knows the handler's own calls by their address. */
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/ucontext.h>
#include <unistd.h>

static const struct {
    int number;
    fault_class class;
} calls[] = {
    {SYS_open, FAULT_OPEN},         {SYS_openat, FAULT_OPEN},      {SYS_read, FAULT_READ},
    {SYS_pread64, FAULT_READ},      {SYS_readv, FAULT_READ},       {SYS_preadv, FAULT_READ},
    {SYS_write, FAULT_WRITE},       {SYS_pwrite64, FAULT_WRITE},   {SYS_writev, FAULT_WRITE},
    {SYS_pwritev, FAULT_WRITE},     {SYS_fsync, FAULT_SYNC},       {SYS_fdatasync, FAULT_SYNC},
    {SYS_msync, FAULT_SYNC},        {SYS_rename, FAULT_NAME},      {SYS_renameat, FAULT_NAME},
    {SYS_renameat2, FAULT_NAME},    {SYS_link, FAULT_NAME},        {SYS_linkat, FAULT_NAME},
    {SYS_unlink, FAULT_NAME},       {SYS_unlinkat, FAULT_NAME},    {SYS_ftruncate, FAULT_SIZE},
    {SYS_fallocate, FAULT_SIZE},    {SYS_mmap, FAULT_MAP},         {SYS_mremap, FAULT_MAP},
    {SYS_fstat, FAULT_STAT},        {SYS_newfstatat, FAULT_STAT},  {SYS_stat, FAULT_STAT},
    {SYS_lstat, FAULT_STAT},        {SYS_statx, FAULT_STAT},       {SYS_close, FAULT_CLOSE},
    {SYS_getdents64, FAULT_DIR},    {SYS_exit_group, FAULT_CLASSES},
};
#define CALLS (sizeof calls / sizeof *calls)

/* The one instruction whose calls are let through, and the address after it. */
extern const char fault_let_through[];
__asm__(".text\n"
        ".type fault_raw, @function\n"
        "fault_raw:\n"
        "    mov %rdi, %rax\n"
        "    mov %rsi, %rdi\n"
        "    mov %rdx, %rsi\n"
        "    mov %rcx, %rdx\n"
        "    mov %r8, %r10\n"
        "    mov %r9, %r8\n"
        "    mov 8(%rsp), %r9\n"
        "    syscall\n"
        "fault_let_through:\n"
        "    ret\n"
        ".size fault_raw, .-fault_raw\n");
extern long fault_raw(long number, long a, long b, long c, long d, long e, long f);

long fault_system(long number, long a, long b, long c, long d, long e, long f)
{
    return fault_raw(number, a, b, c, d, e, f);
}

/* ---- What becomes of a call ------------------------------------------------------------------ */

/* The guard of the library's memory looks there as time goes by: it does not count. */
static _Atomic int clock_like = -1;

static bool is_clock_like(int number, const long *a)
{
    return number == SYS_pread64 && a[0] == clock_like && clock_like >= 0;
}

static fault_class class_of(int number)
{
    for (size_t i = 0; i < CALLS; i++) {
        if (calls[i].number == number) {
            return calls[i].class;
        }
    }
    return FAULT_CLASSES;
}

static long perform(int number, const long *a)
{
    long result = fault_system(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (number == SYS_openat && result >= 0 &&
        strcmp((const char *)a[1], "/proc/self/statm") == 0) {
        clock_like = (int)result;
    }
    return result;
}

/* What was written on a disk with so much room. */
static long perform_within_space(int number, long *a)
{
    bool file = a[0] != STDOUT_FILENO && a[0] != STDERR_FILENO;
    if (file && (number == SYS_write || number == SYS_pwrite64)) {
        long size = (long)fault_space_take((uint64_t)a[2]);
        if (size < a[2] && size == 0) {
            return -ENOSPC;
        }
        a[2] = size;
    } else if (file && number == SYS_fallocate && (a[1] & 2) == 0) { /* not a hole that is punched */
        if (fault_space_take((uint64_t)a[3]) < (uint64_t)a[3]) {
            return -ENOSPC;
        }
    }
    return perform(number, a);
}

static long act(int number, long *a)
{
    fault_class class = class_of(number);
    if (class == FAULT_CLASSES) {
        fault_note_totals();
        return perform(number, a);
    }
    if (is_clock_like(number, a)) {
        return perform(number, a);
    }
    fault_action action = fault_decide(class);
    long result;
    switch (action.kind) {
    case FAULT_PASS:
        break;
    case FAULT_ERRNO:
        if (number == SYS_close) {
            (void)perform(number, a); /* the descriptor is gone all the same */
        }
        return -action.number;
    case FAULT_SHORT:
        if ((class == FAULT_READ || class == FAULT_WRITE) && a[2] > 1 && number != SYS_writev) {
            a[2] /= 2;
        }
        break;
    case FAULT_KILL_AFTER:
        result = perform(number, a);
        (void)fault_system(SYS_kill, getpid(), SIGKILL, 0, 0, 0, 0);
        return result;
    case FAULT_KILL_BEFORE:
        (void)fault_system(SYS_kill, getpid(), SIGKILL, 0, 0, 0, 0);
        break;
    }
    return fault.has_space && fault.on ? perform_within_space(number, a) : perform(number, a);
}

static void caught(int signal, siginfo_t *info, void *context)
{
    ucontext_t *at = context;
    greg_t *r = at->uc_mcontext.gregs;
    int before = errno;
    (void)signal;
    long a[6] = {(long)r[REG_RDI], (long)r[REG_RSI], (long)r[REG_RDX],
                 (long)r[REG_R10], (long)r[REG_R8],  (long)r[REG_R9]};
    r[REG_RAX] = act(info->si_syscall, a);
    errno = before;
}

/* ---- The filter ------------------------------------------------------------------------------ */

#define LOAD(member)                                                                               \
    (struct sock_filter) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define UNLESS_EQUAL(value, skip)                                                                  \
    (struct sock_filter) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), 0, (skip))
#define IF_EQUAL(value, skip)                                                                      \
    (struct sock_filter) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), (skip), 0)
#define RETURN(value) (struct sock_filter) BPF_STMT(BPF_RET | BPF_K, (value))

bool fault_calls_begin(void)
{
    struct sock_filter code[CALLS + 12];
    unsigned short size = 0;
    uintptr_t allowed = (uintptr_t)fault_let_through;
    struct sigaction action = {.sa_sigaction = caught, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigset_t set;
    code[size++] = LOAD(instruction_pointer);
    code[size++] = UNLESS_EQUAL(allowed, 3);
    code[size++] = (struct sock_filter)BPF_STMT(
        BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4);
    code[size++] = UNLESS_EQUAL(allowed >> 32, 1);
    code[size++] = RETURN(SECCOMP_RET_ALLOW);
    code[size++] = LOAD(arch);
    code[size++] = IF_EQUAL(AUDIT_ARCH_X86_64, 1);
    code[size++] = RETURN(SECCOMP_RET_ALLOW);
    code[size++] = LOAD(nr);
    for (size_t i = 0; i < CALLS; i++) {
        code[size] = IF_EQUAL(calls[i].number, (uint8_t)(CALLS - i));
        size++;
    }
    code[size++] = RETURN(SECCOMP_RET_ALLOW);
    code[size++] = RETURN(SECCOMP_RET_TRAP);
    struct sock_fprog program = {size, code};
    sigemptyset(&action.sa_mask);
    sigemptyset(&set);
    sigaddset(&set, SIGSYS);
    return sigaction(SIGSYS, &action, NULL) == 0 && sigprocmask(SIG_UNBLOCK, &set, NULL) == 0 &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
