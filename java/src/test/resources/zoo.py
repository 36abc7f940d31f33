#!/usr/bin/env python3
"""Makes a tree with every kind of entry, mode, owner, time, attribute and name that there is; always the same one.

    zoo.py DIRECTORY [UID]        what root can make, or what the user UID can
    zoo.py --deep DIRECTORY       a tree whose paths are far longer than the kernel takes

Beside DIRECTORY it makes DIRECTORY.outside, which has another name of a file within.
"""
import os
import random
import socket
import stat
import struct
import sys

KIB, MIB = 1 << 10, 1 << 20
LARGE = 20 * MIB  # more than is copied at once
RANDOM = random.Random(4711)

# What xfs and ext4 can hold, too: 1906 to 2413.
TIMES_S = [-2_000_000_000, -1, 0, 1, 951_782_400, (1 << 31) - 1, 1 << 31, 1 << 32, 14_000_000_000]

OWNERS = [(0, 0), (1001, 2001), (0, 2002), (1002, 0), (65534, 65534), (3_000_000_000, 3_000_000_001), (2**32 - 2, 2**32 - 2)]

FILE_MODES = [0o0000, 0o0001, 0o0020, 0o0111, 0o0200, 0o0400, 0o0444, 0o0604, 0o0640, 0o0777, 0o1644, 0o2640, 0o2755, 0o4711, 0o6755, 0o7777]
DIRECTORY_MODES = [0o0000, 0o0055, 0o0100, 0o0300, 0o0444, 0o0500, 0o0555, 0o0666, 0o0700, 0o1777, 0o2775, 0o4755, 0o7777]

NAMES = [
    b' ', b'  two  spaces  ', b'\n', b'new\nline', b'\ttab', b'carriage\rreturn', b'\x01\x02\x1b[31m\x7f', b"it's", b'"quoted"', b'back\\slash', b'\\',
    b'pi|pe', b'a;b', b'a&b', b'$HOME', b'$(id)', b'`id`', b'*', b'?', b'[a-z]', b'**', b'{a,b}', b'!', b'#', b'~', b'%s', b'a=b', b'a:b', b'host:path',
    b'-', b'--', b'-rf', b'--help', b'...', b'..a', b'.hidden', b'+ a', b'- a', b'a,b', b'0', b'NUL', b'\\012', b'\\0',
    '\u00e9'.encode(), 'e\u0301'.encode(), '\U0001f418'.encode(), b'\xff', b'\xc0\xaf', b'\xed\xa0\x80', b'\xf0\x9f\x98', b'\xef\xbb\xbfmark',
    b'.fcp', b'.fcp.1.2', b'.fcp.20260101-000000-1.0123456789abcdef', b'fcp-errors-1.jsonl', b'x' * 255, b'\xff' * 255,
]

USER_OBJECT, USER, GROUP_OBJECT, GROUP, MASK, OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
NOBODY_IN_PARTICULAR = 0xFFFFFFFF


def is_root():
    return os.geteuid() == 0


# ---- making one thing ----

def data(length):
    return RANDOM.randbytes(length)


def regular(name, content=b'data\n'):
    with open(name, 'xb') as file:
        file.write(content)
    return name


def sparse(name, length, *offsets):
    """A file with a page of data at each of these offsets, and holes otherwise."""
    with open(name, 'xb') as file:
        file.truncate(length)
        for offset in offsets:
            os.pwrite(file.fileno(), data(4 * KIB)[:length - offset], offset)
    return name


def directory(name):
    os.mkdir(name)
    return name


def fifo(name):
    os.mkfifo(name)
    return name


def bound_socket(name):
    with socket.socket(socket.AF_UNIX) as it:
        it.bind(name)
    return name


def symlink(name, text=b'nowhere'):
    os.symlink(text, name)
    return name


def device(name, kind, major, minor):
    os.mknod(name, kind | 0o600, os.makedev(major, minor))
    return name


def one_of_each_kind(prefix):
    """A name for each kind of entry that there is for us."""
    yield regular(prefix + 'file')
    yield directory(prefix + 'directory')
    yield symlink(prefix + 'link')
    yield fifo(prefix + 'fifo')
    yield bound_socket(prefix + 'socket')
    if is_root():
        yield device(prefix + 'char', stat.S_IFCHR, 1, 3)
        yield device(prefix + 'block', stat.S_IFBLK, 7, 200)


def attribute(name, key, value):
    os.setxattr(name, key, value, follow_symlinks=False)


def acl(name, which, *entries):
    """Sets a POSIX ACL, `which` being access or default, in the form that the kernel takes it."""
    packed = b''.join(struct.pack('<HHI', tag, permissions, who) for tag, permissions, who in entries)
    attribute(name, 'system.posix_acl_' + which, struct.pack('<I', 2) + packed)


def capability(name, permitted, root=None):
    """Sets file capabilities, effective ones, in the form of the kernel's version 2, or 3 with the root of a namespace."""
    version = 0x02000000 if root is None else 0x03000000
    value = struct.pack('<5I', version | 1, permitted & 0xFFFFFFFF, 0, permitted >> 32, 0)
    attribute(name, 'security.capability', value if root is None else value + struct.pack('<I', root))


class within:
    """Makes a directory and goes into it for a while."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        os.mkdir(self.name)
        self.above = os.open('.', os.O_RDONLY)
        os.chdir(self.name)

    def __exit__(self, *_):
        os.fchdir(self.above)
        os.close(self.above)


# ---- the houses ----

def files():
    for length in (0, 1, 4095, 4096, 4097, 65535, 65536, 65537, MIB, MIB + 1, 3 * MIB + 5):
        regular(f'{length}', data(length))
    regular('large', data(LARGE + 1))
    regular('zeros', bytes(300 * KIB))
    regular('large-zeros', bytes(LARGE))


def holes():
    for label, length in (('small', 40 * KIB), ('middle', 900 * KIB), ('large', LARGE)):
        last = length - 4 * KIB
        sparse(f'{label}-nothing', length)
        sparse(f'{label}-start', length, last)
        sparse(f'{label}-middle', length, 0, last)
        sparse(f'{label}-end', length, 0)
        sparse(f'{label}-both', length, length // 2 // 4096 * 4096)
        sparse(f'{label}-many', length, *range(8 * KIB, last, max(8 * KIB, length // 50 // 4096 * 4096)))
        sparse(f'{label}-odd', length + 1, length)


def symlinks():
    directory('target')
    regular('target/file')
    texts = [b'target', b'target/file', b'target/', b'../symlinks/target', b'/etc/passwd', b'/', b'.', b'..', b'self', b'nowhere', b'/no/where', b' ',
             b'new\nline', b'\xff\xfe', b'x' * 1023, b'y/' * 511]
    for i, text in enumerate(texts):
        symlink(f'link-{i}', text)
    symlink('self', b'self')


def specials():
    bound_socket('socket')
    for mode in (0o000, 0o604, 0o777, 0o4755):
        os.chmod(fifo(f'fifo-{mode:o}'), mode)
    if is_root():
        for major, minor in ((0, 0), (1, 3), (7, 200), (255, 255), (259, 65536), (511, 262143)):
            os.chmod(device(f'char-{major}-{minor}', stat.S_IFCHR, major, minor), 0o640)
            os.chmod(device(f'block-{major}-{minor}', stat.S_IFBLK, major, minor), 0o606)


def links(outside):
    """Names of one thing: in one directory, in several, of every kind of entry, and one beyond the tree."""
    for name in ('one', 'other', 'other/below'):
        directory(name)
    for first in one_of_each_kind('one/'):
        if not first.endswith('directory'):
            for again in (first + '-again', 'other' + first[3:], 'other/below' + first[3:]):
                os.link(first, again, follow_symlinks=False)
    os.link(regular('one/large', data(LARGE)), 'other/below/large')
    os.link(sparse('one/sparse', LARGE, 8 * MIB), 'other/sparse')
    os.link(regular('one/empty', b''), 'other/empty')
    for i in range(300):
        os.link('one/file', f'{("one", "other", "other/below")[i % 3]}/name-{i}')
    for i in range(200):
        os.link(regular(f'one/pair-{i}', b'%d\n' % i), f'other/pair-{i}')
    os.chmod('one/pair-0', 0o6755)
    attribute('one/pair-1', 'user.key', b'value')
    os.link(regular('half', b'another name is outside\n'), outside + '/half')
    os.link(regular('half-and-more', b'another name is outside, and one within\n'), outside + '/half-and-more')
    os.link('half-and-more', 'half-and-less')


def modes():
    for mode in FILE_MODES:
        if is_root() or mode & stat.S_IRUSR:
            os.chmod(regular(f'file-{mode:04o}'), mode)
    os.chmod(sparse('large-0400', LARGE, MIB), 0o400)
    os.chmod(sparse('large-4711' if is_root() else 'large-4755', LARGE, MIB), 0o4711 if is_root() else 0o4755)
    for mode in DIRECTORY_MODES:
        if is_root() or mode & 0o500 == 0o500:
            with within(f'directory-{mode:04o}'):
                regular('file')
                directory('empty')
            os.chmod(f'directory-{mode:04o}', mode)
    with within('closed'):
        with within('closed'):
            regular('file')
        os.chmod('closed', 0o555)
    os.chmod('closed', 0o555)


def owners():
    for i, (user, group) in enumerate(OWNERS):
        for name in one_of_each_kind(f'{i}-'):
            os.chown(name, user, group, follow_symlinks=False)
            if name.endswith('file'):
                os.chmod(name, 0o6755)
            if name.endswith('directory'):
                regular(name + '/roots')
                os.chmod(name, 0o2750)
        os.chown(sparse(f'{i}-large', LARGE, 0), user, group)
        os.chmod(f'{i}-large', 0o4750)


def attributes():
    values = {'user.empty': b'', 'user.text': b'text', 'user.binary': bytes(range(256)), 'user.large': data(60_000),
              'user.' + 'n' * 250: b'long name', 'user.\u00e9 = "\n"': b'odd name', b'user.\xff': b'no text'}
    if is_root():
        values.update({'trusted.key': b'trusted', 'security.key': b'security', 'trusted.empty': b'', 'security.large': data(5_000)})
    for name in (regular('file'), directory('directory'), regular('empty', b''), sparse('large', LARGE, 0)):
        for key, value in values.items():
            attribute(name, key, value)
    os.chmod('large', 0o444)
    for i in range(100):
        attribute(regular('many') if i == 0 else 'many', f'user.{i}', b'%d' % i)
    with within('closed'):
        attribute(regular('file'), 'user.key', b'value')
        os.chmod('file', 0o444)
    attribute('closed', 'user.key', b'value')
    os.chmod('closed', 0o555)
    if is_root():
        for name in one_of_each_kind('trusted-'):
            attribute(name, 'trusted.key', name.encode())
            attribute(name, 'security.key', name.encode())
        attribute(regular('unreadable'), 'user.key', b'value')
        os.chown('unreadable', 1001, 2001)
        os.chmod('unreadable', 0)


def capabilities():
    net_bind_service, sys_nice, checkpoint_restore = 1 << 10, 1 << 23, 1 << 40
    capability(regular('file'), net_bind_service)
    capability(regular('two'), sys_nice | checkpoint_restore)
    capability(regular('of-a-namespace'), net_bind_service, root=100_000)
    capability(sparse('large', LARGE, 0), net_bind_service)
    os.link(regular('linked'), 'linked-again')
    capability('linked', net_bind_service)
    for i, (user, group) in enumerate(OWNERS[1:]):
        os.chown(regular(f'owned-{i}'), user, group)
        os.chmod(f'owned-{i}', 0o755)
        capability(f'owned-{i}', net_bind_service)


def acls():
    # The mask is what stat(2) shows as the group's permissions; the group itself has others.
    small = [(USER_OBJECT, 7, NOBODY_IN_PARTICULAR), (USER, 7, 1001), (GROUP_OBJECT, 5, NOBODY_IN_PARTICULAR),
             (GROUP, 4, 2001), (MASK, 4, NOBODY_IN_PARTICULAR), (OTHER, 0, NOBODY_IN_PARTICULAR)]
    long = small[:1] + [(USER, i % 8, 1000 + i) for i in range(20)] + small[2:3] + [(GROUP, 7, 3_000_000_000)] + small[4:]
    for mode in (0o600, 0o2755, 0o4750):
        os.chmod(regular(f'file-{mode:o}'), mode)
        acl(f'file-{mode:o}', 'access', *small)
    acl(regular('many'), 'access', *long)
    acl(sparse('large', LARGE, 0), 'access', *small)
    acl(fifo('fifo'), 'access', *small)
    with within('access'):
        regular('file')
    acl('access', 'access', *small[:2], (GROUP_OBJECT, 7, NOBODY_IN_PARTICULAR), *small[3:])
    with within('default'):
        regular('before')
        acl('.', 'default', *long)
        regular('after')
        directory('after-directory')
        regular('after-directory/file')
        os.removexattr('after', 'system.posix_acl_access')
    with within('both'):
        acl('.', 'access', *small)
        acl('.', 'default', *small)
        regular('file')
        directory('without')
        os.removexattr('without', 'system.posix_acl_default')
        os.removexattr('without', 'system.posix_acl_access')
        regular('without/file')
    os.chmod('both', 0o2770)


def names():
    for i, name in enumerate(NAMES):
        regular(name, b'%d\n' % i)
    with within('directories'):
        for i, name in enumerate(NAMES):
            with within(name):
                regular(name, b'%d\n' % i)
    with within('links'):
        for name in NAMES:
            symlink(name, name)


def crowd():
    for i in range(9_900):
        regular(f'file-{i}', b'%d\n' % i if i % 10 == 0 else b'')
    for i in range(50):
        directory(f'directory-{i}')
        symlink(f'link-{i}', b'file-%d' % i)


def empty():
    os.makedirs('deeper/' * 30)
    directory('one')


def make_old(top):
    """Gives every entry a time of its own; directories last, since what is done in them gives them one, too."""
    count = 0
    for above, directories, others in os.walk(top, topdown=False):
        for name in directories + others:
            count += 1
            time = TIMES_S[count % len(TIMES_S)] * 10**9 + count * 7919 % 10**9
            os.utime(os.path.join(above, name), ns=(time, time), follow_symlinks=False)
    os.utime(top, ns=(123456789, 123456789))


def make_all(outside):
    regular('file')
    for house in (files, holes, symlinks, specials, modes, attributes, acls, names, crowd, empty):
        with within(house.__name__):
            house()
    with within('links'):
        links(outside)
    if is_root():
        for house in (owners, capabilities):
            with within(house.__name__):
                house()


def make_deep():
    """Nothing here is longer than a name, and everything is reached step by step: no path would do."""
    small = [(USER_OBJECT, 7, NOBODY_IN_PARTICULAR), (USER, 5, 1001), (GROUP_OBJECT, 5, NOBODY_IN_PARTICULAR),
             (MASK, 5, NOBODY_IN_PARTICULAR), (OTHER, 0, NOBODY_IN_PARTICULAR)]
    top = os.open('.', os.O_RDONLY)
    regular('shallow')
    for level in range(40):
        for name in one_of_each_kind(''):
            if is_root():
                attribute(name, 'trusted.key', b'%d' % level)
        attribute('file', 'user.key', b'%d' % level)
        acl('directory', 'default', *small)
        os.chmod('directory', 0o2555)
        sparse('large', LARGE, level * 300 * KIB)
        os.link('file', 'file-again')
        os.link('shallow', f'shallow-{level}', src_dir_fd=top)
        if level > 0:
            os.link('../large', 'large-above')
        below = f'{level:0250d}'
        directory(below)
        os.chdir(below)
    age_deep(top)


def age_deep(directory):
    """As make_old, from the bottom up by descriptors."""
    for i, name in enumerate(sorted(os.listdir(directory))):
        if stat.S_ISDIR(os.stat(name, dir_fd=directory, follow_symlinks=False).st_mode):
            below = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=directory)
            age_deep(below)
            os.close(below)
        time = TIMES_S[i % len(TIMES_S)] * 10**9 + i * 7919
        os.utime(name, ns=(time, time), dir_fd=directory, follow_symlinks=False)


def main():
    words = sys.argv[1:]
    deep = words[0] == '--deep'
    top = os.path.abspath(words[1 if deep else 0])
    if len(words) == 2 and not deep:
        user = int(words[1])
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    os.umask(0o022)
    os.mkdir(top)
    os.chdir(top)
    if deep:
        make_deep()
    else:
        os.mkdir(top + '.outside')
        make_all(top + '.outside')
        make_old(top)


main()
