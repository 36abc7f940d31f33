#!/usr/bin/env python3
"""Looks at a tree that is being made, again and again as fast as it can, until a signal ends it. Then it says which entries
were open to more, on the way, than they are in the end, a line for each way, and how much it saw.

    watch.py DIRECTORY

The file DIRECTORY.is-watched is made when it begins.
It heeds what others than the owner may do: each group, each user named by an ACL, everybody; and set-user-id and set-group-id
bits, by whom they are for. All files in one directory must have the same attributes in the end, since temporary names are
none of a file that is there then.
"""
import os
import signal
import stat
import struct
import sys

ACL = 'system.posix_acl_access'
USER, GROUP_OBJECT, GROUP, MASK, OTHER = 0x02, 0x04, 0x08, 0x10, 0x20
TEMPORARY = '.fcp.'
READY = '.is-watched'


def acl_of(path):
    try:
        return os.getxattr(path, ACL, follow_symlinks=False)
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise
        return b''


def state_of(path):
    """Mode, owner and ACL at one moment; None if they cannot be had."""
    try:
        before = acl_of(path)
        status = os.lstat(path)
        return (status.st_mode, status.st_uid, status.st_gid, before) if acl_of(path) == before else None
    except FileNotFoundError:
        return None


def look(path, seen):
    """Adds (path, state) of what is there."""
    state = state_of(path)
    if state:
        seen.add((path, state))
        if stat.S_ISDIR(state[0]):
            try:
                names = os.listdir(path)
            except FileNotFoundError:
                return
            for name in names:
                look(path + '/' + name, seen)


def bits(who, permissions):
    return {(who, bit) for bit in 'rwx' if permissions >> 2 - 'rwx'.index(bit) & 1}


def rights(state):
    """What this lets whom do, as pairs."""
    mode, user, group, acl = state
    granted = bits('everybody', mode & 7)
    entries = list(struct.iter_unpack('<HHI', acl[4:]))
    mask = next((permissions for tag, permissions, _ in entries if tag == MASK), 7)
    for tag, permissions, who in entries:
        if tag in (USER, GROUP):
            granted |= bits(f'{"user" if tag == USER else "group"} {who}', permissions & mask)
        elif tag == GROUP_OBJECT:
            granted |= bits(f'group {group}', permissions & mask)
    if not entries:
        granted |= bits(f'group {group}', mode >> 3 & 7)
    if not stat.S_ISDIR(mode):
        granted |= {(f'user {user}', 'setuid')} if mode & stat.S_ISUID else set()
        granted |= {(f'group {group}', 'setgid')} if mode & stat.S_ISGID and mode & stat.S_IXGRP else set()
    return granted


def is_temporary(path):
    return os.path.basename(path).startswith(TEMPORARY)


def final_rights(path, final):
    """Of the entry itself, or of the files beside it if it was a temporary one; none if it was for fcp's own use."""
    if path in final:
        return rights(final[path])
    beside = [other for other in final if os.path.dirname(other) == os.path.dirname(path) and stat.S_ISREG(final[other][0])]
    return set().union(*(rights(final[other]) for other in beside if is_temporary(path)))


def excess(path, state, final):
    """What a state allows and the last one does not; what everybody may do in the end is nothing to be told."""
    allowed = final_rights(path, final)
    return {(who, right) for who, right in rights(state) - allowed if ('everybody', right) not in allowed}


def main():
    top, ended, seen = sys.argv[1], [], set()
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    open(top + READY, 'w').close()
    while not ended:
        look(top, seen)
    last = set()
    look(top, last)
    final = dict(last)
    for path, state in sorted(seen):
        more = excess(path, state, final)
        if more:
            print(f'{path} with mode {state[0]:o}, owner {state[1]}:{state[2]}, ACL {state[3].hex()}: {sorted(more)}')
    print(f'saw {len(seen - last)} passing states', file=sys.stderr)


main()
