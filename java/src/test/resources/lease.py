"""Holds leases of files, as a file server does: lease.py w|r MARKS keep|yield FILE...

Makes the file MARKS/held when it has them, and MARKS/asked when the kernel asks for the first of them. Then it gives up what it is asked
for, or keeps all until it is ended.
"""

import fcntl
import os
import signal
import sys

kind, marks, manner = sys.argv[1:4]
writes = kind == "w"
leased = [os.open(name, os.O_RDWR if writes else os.O_RDONLY) for name in sys.argv[4:]]
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGIO])
for file in leased:
    fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGIO)
    fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK if writes else fcntl.F_RDLCK)
open(os.path.join(marks, "held"), "w").close()
while leased:
    asked = signal.sigwaitinfo([signal.SIGIO])
    open(os.path.join(marks, "asked"), "w").close()
    if manner == "yield":
        for file in leased:
            if fcntl.fcntl(file, fcntl.F_GETLEASE) != (fcntl.F_WRLCK if writes else fcntl.F_RDLCK):
                fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
