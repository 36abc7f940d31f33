"""terminal.py COLUMNS COMMAND...: runs a command whose stderr is a terminal so wide, and passes on what it shows there."""
import fcntl
import os
import struct
import subprocess
import sys
import termios

master, slave = os.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
process = subprocess.Popen(sys.argv[2:], stderr=slave)
os.close(slave)
while True:
    try:
        shown = os.read(master, 65536)
    except OSError:  # how a terminal says that nobody is left
        break
    os.write(2, shown)
sys.exit(process.wait())
