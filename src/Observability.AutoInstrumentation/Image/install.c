/*
 * The only program of the image: copies the payload from /payload into a directory (/observability by default). It understands one command of the
 * tool of the same name, so that manifests are written alike for both:  observability install DIRECTORY
 *
 * A runtime starts as soon as it finds the hook that a variable names, and dies when it does not. So every other file comes first, each written
 * beside its place and renamed into it; the hook is renamed last. Done again it replaces what is there. It needs no user, no shell and no writable
 * root, and ends with 0 only when the hook is in its place.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOOK "Observability.StartupHook.dll"

static int fail(const char *what, const char *path)
{
    fprintf(stderr, "OBS6009: the payload could not be installed: %s %s: %s\n", what, path, strerror(errno));
    return 1;
}

static int copy_bytes(int from, int to)
{
    char buffer[65536];
    ssize_t read_now;
    while ((read_now = read(from, buffer, sizeof buffer)) > 0) {
        for (ssize_t done = 0; done < read_now;) {
            ssize_t written = write(to, buffer + done, (size_t)(read_now - done));
            if (written < 0) return -1;
            done += written;
        }
    }
    return (int)read_now;
}

static int place(const char *source, const char *target)
{
    char beside[4096];
    if (snprintf(beside, sizeof beside, "%s.part", target) >= (int)sizeof beside) {
        errno = ENAMETOOLONG;
        return fail("name", target);
    }
    int from = open(source, O_RDONLY | O_CLOEXEC);
    if (from < 0) return fail("open", source);
    unlink(beside); /* of an installation that was interrupted */
    int to = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (to < 0) return close(from), fail("create", beside);
    int bad = copy_bytes(from, to) < 0 || fchmod(to, 0644) < 0 || fsync(to) < 0;
    close(from);
    if (close(to) < 0 || bad) return fail("write", beside);
    return rename(beside, target) < 0 ? fail("rename", beside) : 0;
}

static int install(const char *source, const char *target, int depth)
{
    if (mkdir(target, 0755) < 0 && errno != EEXIST) return fail("create", target);
    DIR *folder = opendir(source);
    if (!folder) return fail("open", source);
    int result = 0;
    for (struct dirent *entry; result == 0 && (entry = readdir(folder));) {
        char from[4096], to[4096];
        struct stat kind;
        if (entry->d_name[0] == '.' || (depth == 0 && strcmp(entry->d_name, HOOK) == 0)) continue;
        snprintf(from, sizeof from, "%s/%s", source, entry->d_name);
        snprintf(to, sizeof to, "%s/%s", target, entry->d_name);
        if (stat(from, &kind) < 0) result = fail("look at", from);
        else result = S_ISDIR(kind.st_mode) ? install(from, to, depth + 1) : place(from, to);
    }
    closedir(folder);
    return result;
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "install") == 0) count--, arguments++;
    const char *target = count > 1 ? arguments[1] : "/observability";
    char hook[4096];
    umask(022);
    if (install("/payload", target, 0) != 0) return 1;
    snprintf(hook, sizeof hook, "%s/%s", target, HOOK);
    return place("/payload/" HOOK, hook);
}
