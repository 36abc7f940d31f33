"""Files that are as long as files can be, with hardly any data: marks.py write|check FILE...

Each has a mebibyte of it at its start, in its middle and 2^40 bytes from its end, and some bytes in its last page. A check fails if
one has other data there, or data anywhere else.
"""

import os
import random
import sys

LENGTH = 2**63 - 1
PLACES = [0, 2**62, LENGTH - 2**40]
END = b"the end"


def data(name, place):
    return random.Random(os.path.basename(name) + str(place)).randbytes(2**20)


def write(name):
    with open(name, "wb", buffering=0) as file:
        file.truncate(LENGTH)
        for place in PLACES:
            os.pwrite(file.fileno(), data(name, place), place)
        os.pwrite(file.fileno(), END, LENGTH - len(END))


def check(name):
    with open(name, "rb", buffering=0) as file:
        assert os.fstat(file.fileno()).st_size == LENGTH, name
        for place in PLACES:
            assert os.pread(file.fileno(), 2**20, place) == data(name, place), (name, place)
        assert os.pread(file.fileno(), len(END), LENGTH - len(END)) == END, name
        assert os.fstat(file.fileno()).st_blocks * 512 <= (len(PLACES) + 1) * 2**20, name


for name in sys.argv[2:]:
    {"write": write, "check": check}[sys.argv[1]](name)
