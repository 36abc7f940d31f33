#!/usr/bin/env python3
"""Exchanges the entries of pairs, one pair after the other, as fast as it can, as the user UID where root starts it, until a
signal ends it. What is not there yet is tried again. When it begins it says so; at the end it prints how many times it did.

    swap.py UID PATH PATH [PATH PATH]...
"""
import ctypes
import os
import signal
import sys

AT_FDCWD, RENAME_EXCHANGE = -100, 2

user = int(sys.argv[1])
if os.geteuid() == 0:
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
rename = ctypes.CDLL(None).renameat2
paths = [os.fsencode(path) for path in sys.argv[2:]]
pairs = list(zip(paths[::2], paths[1::2]))
ended = []
signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
count = 0
print('begins', flush=True)
while not ended:
    for one, other in pairs:
        if rename(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0:
            count += 1
print(count)
