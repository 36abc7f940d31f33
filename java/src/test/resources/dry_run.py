#!/usr/bin/env python3
"""Copies random trees over others, each first as a dry run, and holds what that and the run said against what was done.

    dry_run.py FOLDER SEED CASES FCP...

FCP is what starts fcp. Every case is made from its own seed, which is named when it fails. Exit status 1 if one does.
"""

import json
import os
import random
import re
import shutil
import stat
import subprocess
import sys

NAMES = ['a', 'b', 'c', 'keep', 'other name', 'new\nline']
NOBODY = 65534
T0 = 1_600_000_000
# As rsync's --itemize-changes.
ITEM = re.compile(r'[*]deleting   |[>c.h][fdLDS][-+?. a-zT]{9} ')
VERBS = ('mkdir', 'copy', 'replace', 'symlink', 'mknod', 'link', 'set', 'delete')
KINDS = ['ownership', 'mode', 'timestamps', 'links', 'xattr', 'acl', 'layout']
# An ACL that lets user 1 read.
ACL = bytes.fromhex('0200000001000600ffffffff02000400010000000400040' '0ffffffff10000400ffffffff20000400ffffffff')


class Case:
    def __init__(self, folder, seed, fcp, unprivileged):
        self.random = random.Random(seed)
        self.folder = folder
        self.fcp = fcp
        self.uid = NOBODY if unprivileged else 0
        self.source = os.path.join(folder, 's')
        self.target = os.path.join(folder, 'd')
        self.linkable = []

    def chance(self, share):
        return self.random.random() < share

    # ---- trees ----

    def make_entry(self, path, twin):
        """An entry; if there is a twin in the source, often one like it."""
        if twin and os.path.lexists(twin) and self.chance(0.5):
            status = os.lstat(twin)
            if stat.S_ISREG(status.st_mode) or stat.S_ISLNK(status.st_mode):
                shutil.copyfile(twin, path, follow_symlinks=False)
            elif stat.S_ISFIFO(status.st_mode):
                os.mkfifo(path)
            else:
                os.mkdir(path)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns), follow_symlinks=False)
            if not stat.S_ISLNK(status.st_mode):
                os.chmod(path, stat.S_IMODE(status.st_mode))
            return
        what = self.random.choice(['file', 'file', 'file', 'dir', 'link', 'fifo', 'hard', 'hard'])
        if what == 'hard' and self.linkable:
            os.link(self.random.choice(self.linkable), path, follow_symlinks=False)
            return
        if what == 'dir':
            os.mkdir(path)
            return
        if what == 'link':
            os.symlink(self.random.choice(['x', 'a/b', '/nowhere']), path)
        elif what == 'fifo':
            os.mkfifo(path)
        else:
            with open(path, 'wb') as file:
                file.write(b'x' * self.random.choice([0, 1, 1, 70_000, 3_000_000]))
        self.linkable.append(path)

    def decorate(self, path):
        if os.path.islink(path):
            os.utime(path, (T0, T0 + self.random.randrange(2)), follow_symlinks=False)
            return
        if not self.uid and self.chance(0.2):
            os.chown(path, self.random.randrange(3), self.random.randrange(3))
        if self.chance(0.3):
            os.chmod(path, self.random.choice([0o644, 0o755, 0o700, 0o555, 0o4755]))
        if stat.S_ISREG(os.lstat(path).st_mode) or os.path.isdir(path):
            if self.chance(0.2):
                os.setxattr(path, 'user.' + self.random.choice('kl'), self.random.choice([b'1', b'2']))
            if self.chance(0.1):
                os.setxattr(path, 'system.posix_acl_access', ACL)
        if self.chance(0.5):
            os.utime(path, (T0, T0 + self.random.randrange(3)))

    def fill(self, directory, twin, levels):
        for name in self.random.sample(NAMES, self.random.randrange(len(NAMES) + 1)):
            path = os.path.join(directory, name)
            twin_path = os.path.join(twin, name) if twin else None
            self.make_entry(path, twin_path)
            if os.path.isdir(path) and not os.path.islink(path) and levels:
                self.fill(path, twin_path, levels - 1)
            self.decorate(path)

    def make_trees(self):
        os.mkdir(self.source)
        self.fill(self.source, None, 2)
        self.linkable = []
        if self.chance(0.85):
            os.mkdir(self.target)
            self.fill(self.target, self.source, 2)
        if self.uid:
            self.close_some()

    def close_some(self):
        """For a user who is not root: all is his, but for what he may not read or write."""
        subprocess.run(['chown', '-Rh', f'{NOBODY}:{NOBODY}', self.folder], check=True)
        for top in (self.source, self.target):
            for directory, directories, files in os.walk(top):
                for name in directories + files:
                    path = os.path.join(directory, name)
                    if top == self.target and os.path.isdir(path) and not os.path.islink(path):
                        os.chmod(path, stat.S_IMODE(os.lstat(path).st_mode) | 0o500)  # a dry run opens nothing
                    if os.path.islink(path) or not self.chance(0.2):
                        continue
                    os.chown(path, 0, 0)
                    if top == self.target and os.path.isdir(path):
                        os.chmod(path, self.random.choice([0o755, 0o755, 0o1777]))
                    else:
                        os.chmod(path, self.random.choice([0, 0o644, 0o755, 0o711 if os.path.isdir(path) else 0o600]))

    def options(self):
        options = []
        if os.path.lexists(self.target):
            options.append(self.random.choice(['-f', '-u', '--update=differing', '--update=none']))
            if self.chance(0.6):
                options.append(self.random.choice(['--delete', '--delete=anything']))
                if self.chance(0.3):
                    options.append(f'--max-delete={self.random.randrange(12)}')
        if self.chance(0.2):
            options.append('-x')
        if self.chance(0.5):
            options.append(self.random.choice(['-p', '-p', '--preserve=ownership']))
        if self.chance(0.3):
            options.append('--no-preserve=' + self.random.choice(['links', 'timestamps', 'mode']))
        if self.chance(0.3):
            options.append('--exclude=' + self.random.choice(['keep', 'b', '/a/*', 'c/']))
        if self.chance(0.5):
            options.append('--chunk-size=64K')
        if self.chance(0.2) and not any(option.startswith('--delete') for option in options):
            paths = [os.path.relpath(os.path.join(d, n), self.source) for d, ds, fs in os.walk(self.source) for n in ds + fs]
            listed = os.path.join(self.folder, 'list')
            with open(listed, 'w') as file:
                file.write('\0'.join(self.random.sample(paths, len(paths) // 2) + ['missing']) + '\0')
            options += ['-0', '--files-from=' + listed]
        return options

    # ---- runs ----

    def run(self, options, name):
        stats = os.path.join(self.folder, 'out', name + '.stats')
        errors = os.path.join(self.folder, 'out', name + '.errors')
        command = self.fcp + options + ['--progress=none', '--stats=' + stats, '--errors=' + errors, self.source, self.target]
        if self.uid:
            command = ['setpriv', f'--reuid={NOBODY}', f'--regid={NOBODY}', '--clear-groups'] + command
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder)
        figures = {}
        if os.path.exists(stats):
            with open(stats) as file:
                figures = json.load(file)
        faults = []
        if os.path.exists(errors):
            with open(errors, 'rb') as file:
                faults = sorted((f['path'], f['operation'], f.get('errno')) for f in map(json.loads, file))
        counts = ['directories', 'files', 'symlinks', 'specials', 'hardLinks', 'upToDate', 'deleted', 'deletedBytes', 'notDeleted', 'bytes', 'faults']
        return done, {key: figures.get(key, 0) for key in counts} | {'notKept': figures.get('notKept')}, faults

    def check(self):
        self.make_trees()
        options = self.options()
        os.mkdir(os.path.join(self.folder, 'out'))
        os.chmod(os.path.join(self.folder, 'out'), 0o777)
        before = {top: snapshot(top) for top in (self.source, self.target)}
        dry, dry_counts, dry_faults = self.run(['--dry-run'] + options, 'dry')
        for top in before:
            if snapshot(top) != before[top]:
                return options, ['touched ' + top]
        handles = [os.open(p, os.O_PATH | os.O_NOFOLLOW) for p in before[self.target]]
        itemizes = self.chance(0.5)
        said = self.run(['--dry-run', '--itemize-changes'] + options, 'itemized')[0] if itemizes else dry
        run, run_counts, run_faults = self.run(['--itemize-changes' if itemizes else '--verbose'] + options, 'run')
        wrong = []
        if run.returncode != dry.returncode:
            wrong.append(f'exit codes: {dry.returncode} dry, {run.returncode}\n{dry.stderr.decode()}\n{run.stderr.decode()}')
        if run_counts != dry_counts:
            wrong.append(f'counts\n  dry {dry_counts}\n  run {run_counts}')
        for fault in dry_faults:
            if fault not in run_faults:
                wrong.append(f'only dry: {fault}')
        for fault in run_faults:
            if fault not in dry_faults:
                wrong.append(f'only run: {fault}')
        wrong += differences('dry', lines_of(said.stdout), 'run', lines_of(run.stdout))
        sources = {self.target + path[len(self.source):] for path in before[self.source]}
        after = snapshot(self.target)
        wrong += compare(dry.stdout, before[self.target], after, sources, options)
        if itemizes:
            wrong += compare_items(run.stdout, self.target, before[self.target], after, sources, options)
        for handle in handles:
            os.close(handle)
        return options, wrong


def snapshot(top):
    """By path: everything but the access time, which reading changes."""
    entries = {}

    def add(path):
        try:
            status = os.lstat(path)
        except FileNotFoundError:
            return
        attributes = {n: os.getxattr(path, n, follow_symlinks=False) for n in os.listxattr(path, follow_symlinks=False)}
        content = os.readlink(path) if stat.S_ISLNK(status.st_mode) else status.st_rdev
        entries[path] = (status.st_ino, status.st_mode, status.st_uid, status.st_gid, status.st_mtime_ns, status.st_ctime_ns,
                         status.st_size, status.st_nlink, tuple(sorted(attributes.items())), content)
        if stat.S_ISDIR(status.st_mode):
            for name in os.listdir(path):
                add(os.path.join(path, name))

    add(top)
    return entries


def changed_kinds(before, after, has_source, options):
    kinds = set()
    if before[2:4] != after[2:4]:
        kinds.add('ownership')
    if stat.S_IMODE(before[1]) != stat.S_IMODE(after[1]):
        kinds.add('mode')
    keeps_times = has_source and '--no-preserve=timestamps' not in options
    if before[4] != after[4] and (keeps_times or not stat.S_ISDIR(after[1])):  # what happens in a directory changes its time
        kinds.add('timestamps')
    for is_acl, kind in ((False, 'xattr'), (True, 'acl')):
        of_kind = [{n: v for n, v in entry[8] if n.startswith('system.') == is_acl} for entry in (before, after)]
        if of_kind[0] != of_kind[1] and '-p' in options:  # a mode that is set changes an ACL, too
            kinds.add(kind)
    return ','.join(kind for kind in KINDS if kind in kinds)


def lines_of(said):
    """The lines that name entries."""
    return [line for line in said.decode().splitlines() if line.split(' ')[0] in VERBS or ITEM.match(line)]


def differences(left, left_lines, right, right_lines):
    unmatched = list(right_lines)
    wrong = []
    for line in left_lines:
        if line in unmatched:
            unmatched.remove(line)
        else:
            wrong.append(f'only {left}: {line!r}')
    return wrong + [f'only {right}: {line!r}' for line in unmatched]


def verb(mode):
    return 'mkdir' if stat.S_ISDIR(mode) else 'copy' if stat.S_ISREG(mode) else 'symlink' if stat.S_ISLNK(mode) else 'mknod'


def making(old, new):
    """A directory is deleted before something else gets its name."""
    is_replaced = old and (stat.S_ISDIR(new[1]) or not stat.S_ISDIR(old[1]))
    return 'replace' if is_replaced else verb(new[1])


def compare(said, before, after, sources, options):
    """What the lines of a dry run and what was done differ in."""
    expected = []
    for path in before.keys() | after.keys():
        old, new = before.get(path), after.get(path)
        if old and (not new or (stat.S_ISDIR(old[1]) and not stat.S_ISDIR(new[1]))):
            expected.append('delete ' + path)
        if new and (not old or old[0] != new[0]):
            expected.append(making(old, new) + ' ' + path)
        elif new and changed_kinds(old, new, path in sources, options):
            expected.append('set ' + changed_kinds(old, new, path in sources, options) + ' ' + path)
    links, lines = {}, []
    for line in lines_of(said):
        line = line.replace('\\012', '\n')
        if line.startswith('link '):
            path, first = line[len('link '):].split(' => ')
            links[path] = first
        else:
            lines.append(line)
    for path, first in links.items():
        if path not in after or first not in after or after[path][0] != after[first][0]:
            lines.append(f'link {path} => {first}')
            continue
        line = making(before.get(path), after[path]) + ' ' + path
        if line in expected:
            expected.remove(line)
        else:
            lines.append(f'link {path} => {first}, which is nothing new')
    wrong = []
    for line in sorted(lines):
        if line in expected:
            expected.remove(line)
        else:
            wrong.append('said, not done: ' + repr(line))
    return wrong + ['done, not said: ' + repr(line) for line in sorted(expected)]


def letters(old, new, kinds, options):
    """What rsync's letters say of an entry, from the third on: how it differs from the one before."""
    if not old or stat.S_IFMT(old[1]) != stat.S_IFMT(new[1]):
        return '+' * 9
    is_new = old[0] != new[0]
    is_file = stat.S_ISREG(new[1])
    time = 'T' if '--no-preserve=timestamps' in options else 't'
    differs = {
        'c': is_new and not is_file and old[9] != new[9],
        's': is_new and is_file and old[6] != new[6],
        time: is_new and (time == 'T' or old[4] != new[4]) or 'timestamps' in kinds,
        'p': not stat.S_ISLNK(new[1]) and stat.S_IMODE(old[1]) != stat.S_IMODE(new[1]),
        'o': old[2] != new[2],
        'g': old[3] != new[3],
        'u': False,
        'a': 'acl' in kinds,
        'x': 'xattr' in kinds,
    }
    return ''.join(letter if is_so else '.' for letter, is_so in differs.items())


def compare_items(said, top, before, after, sources, options):
    """What the lines of --itemize-changes and what was done differ in."""
    expected = {}
    for path, new in after.items():
        old = before.get(path)
        if old and stat.S_ISDIR(old[1]) and not stat.S_ISDIR(new[1]):
            old = None  # it was deleted before
        kinds = changed_kinds(old, new, path in sources, options).split(',') if old else []
        if not old or old[0] != new[0] or kinds != ['']:
            expected[path] = letters(old, new, kinds, options)
    deleted = {path for path, old in before.items()
               if path not in after or (stat.S_ISDIR(old[1]) and not stat.S_ISDIR(after[path][1]))}
    wrong = []
    for line in lines_of(said):
        name = line[12:].split(' => ')[0].split(' -> ')[0] if line[1] == 'L' or line[0] == 'h' else line[12:]
        path = os.path.normpath(os.path.join(top, name.replace('\\#012', '\n').rstrip('/')))
        if line.startswith('*'):
            if path not in deleted or name.endswith('/') != stat.S_ISDIR(before[path][1]):
                wrong.append(f'said, not deleted: {line!r}')
            deleted.discard(path)
            continue
        wanted = expected.pop(path, None)
        if line[2:11].replace(' ', '.') != wanted:
            wrong.append(f'itemized as {line!r}, not as {wanted}')
    wrong += [f'not itemized: {path!r} {what}' for path, what in expected.items()]
    return wrong + [f'not itemized: deletion of {path!r}' for path in deleted]


def main():
    folder, seed, cases, fcp = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    failed = 0
    for number in range(cases):
        case_seed = seed + number
        case_folder = os.path.join(folder, str(case_seed))
        os.mkdir(case_folder)
        os.chmod(case_folder, 0o755)
        unprivileged = os.geteuid() == 0 and 'mpirun' not in fcp and case_seed % 3 == 0
        case = Case(case_folder, case_seed, fcp, unprivileged)
        options, wrong = case.check()
        if wrong:
            failed += 1
            print(f'seed {case_seed}{" as nobody" if unprivileged else ""}, {" ".join(options)}:')
            print('\n'.join('  ' + line for line in wrong))
        else:
            shutil.rmtree(case_folder)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
