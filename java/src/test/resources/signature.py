#!/usr/bin/env python3
"""The signature of files and trees, as docs/signature.md defines it, written from that text alone: slow and plain, to
check other implementations by.

    signature.py [--digest xxh64|sha256] [--metadata] PATH...
    signature.py [--digest xxh64|sha256] [--metadata] --list PATH...     (the lines of a manifest with leaves, but for its head)
    signature.py [--digest xxh64|sha256] --file-digest FILE
"""
import hashlib
import itertools
import os
import stat
import struct
import sys

LEAF_BYTES = 1 << 20
MASK = (1 << 64) - 1
P1, P2, P3, P4, P5 = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5)


def rotated(x, bits):
    return (x << bits | x >> 64 - bits) & MASK


def mixed(acc, lane):
    return rotated(acc + lane * P2 & MASK, 31) * P1 & MASK


def xxh64(data, seed=0):
    at = 0
    if len(data) >= 32:
        a, b, c, d = seed + P1 + P2 & MASK, seed + P2 & MASK, seed & MASK, seed - P1 & MASK
        whole = len(data) // 32 * 32
        for w, x, y, z in struct.iter_unpack('<4Q', data[:whole]):
            a, b, c, d = mixed(a, w), mixed(b, x), mixed(c, y), mixed(d, z)
        h = rotated(a, 1) + rotated(b, 7) + rotated(c, 12) + rotated(d, 18) & MASK
        for v in (a, b, c, d):
            h = (h ^ mixed(0, v)) * P1 + P4 & MASK
        at = whole
    else:
        h = seed + P5 & MASK
    h = h + len(data) & MASK
    while at + 8 <= len(data):
        h = rotated(h ^ mixed(0, struct.unpack_from('<Q', data, at)[0]), 27) * P1 + P4 & MASK
        at += 8
    if at + 4 <= len(data):
        h = rotated(h ^ struct.unpack_from('<I', data, at)[0] * P1 & MASK, 23) * P2 + P3 & MASK
        at += 4
    for byte in data[at:]:
        h = rotated(h ^ byte * P5 & MASK, 11) * P1 & MASK
    h = (h ^ h >> 33) * P2 & MASK
    h = (h ^ h >> 29) * P3 & MASK
    return h ^ h >> 32


class Xxh64:
    lanes, lane_bits = 2, 64
    zeros = bytes(LEAF_BYTES)
    zero_leaf = struct.pack('>Q', xxh64(zeros))

    def leaf(self, data):
        return self.zero_leaf if data == self.zeros else struct.pack('>Q', xxh64(data))

    def record(self, data):
        return struct.pack('>2Q', xxh64(data, 0), xxh64(data, 0x9E3779B97F4A7C15))

    def summand(self, digest):
        return struct.unpack('>2Q', digest)


class Sha256:
    lanes, lane_bits = 1024, 16

    def leaf(self, data):
        return hashlib.sha256(data).digest()

    record = leaf

    def summand(self, digest):
        blocks = (hashlib.sha256(digest + struct.pack('>I', i)).digest() for i in range(64))
        return struct.unpack('>1024H', b''.join(blocks))


class Sum:
    def __init__(self, algorithm):
        self.algorithm = algorithm
        self.lanes = [0] * algorithm.lanes

    def add(self, record):
        summand = self.algorithm.summand(self.algorithm.record(record))
        self.lanes = [(a + b) % (1 << self.algorithm.lane_bits) for a, b in zip(self.lanes, summand)]

    def encoded(self):
        return b''.join(lane.to_bytes(self.algorithm.lane_bits // 8, 'big') for lane in self.lanes)


def content_digest(algorithm, leaves):
    total, length = Sum(algorithm), 0
    for index, leaf in enumerate(leaves):
        total.add(b'L' + struct.pack('>Q', index) + algorithm.leaf(leaf))
        length += len(leaf)
    return algorithm.record(b'F' + struct.pack('>Q', length) + total.encoded())


def leaves_of_file(path):
    with open(path, 'rb') as file:
        while leaf := file.read(LEAF_BYTES):
            yield leaf


def leaves_of_bytes(data):
    return [data[at:at + LEAF_BYTES] for at in range(0, len(data), LEAF_BYTES)]


def content_of(path, status):
    """The entry's letter and the leaves of its content."""
    mode = status.st_mode
    if stat.S_ISREG(mode):
        return b'f', leaves_of_file(path)
    if stat.S_ISLNK(mode):
        return b'l', leaves_of_bytes(os.readlink(path))
    for is_type, letter in ((stat.S_ISDIR, b'd'), (stat.S_ISFIFO, b'p'), (stat.S_ISSOCK, b's')):
        if is_type(mode):
            return letter, []
    numbers = struct.pack('>2I', os.major(status.st_rdev), os.minor(status.st_rdev))
    return b'c' if stat.S_ISCHR(mode) else b'b', [numbers]


def entries(root, path):
    """All entries of a tree: how to reach each, and its path in the signature."""
    yield root, path
    if stat.S_ISDIR(os.lstat(root).st_mode):
        for name in os.listdir(root):
            yield from entries(os.path.join(root, name), os.path.join(path, name) if path else name)


def metadata_of(status):
    seconds, nanoseconds = divmod(status.st_mtime_ns, 10 ** 9)
    return stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid, seconds, nanoseconds


def all_entries(roots):
    for root in roots:
        top = os.path.basename(root.rstrip(b'/')) if len(roots) > 1 else b''
        yield from entries(root, top)


def signature(algorithm, roots, metadata):
    total, count = Sum(algorithm), 0
    for where, path in all_entries(roots):
        status = os.lstat(where)
        letter, leaves = content_of(where, status)
        start = b'M' + letter + struct.pack('>3IqI', *metadata_of(status)) if metadata else b'E' + letter
        total.add(start + content_digest(algorithm, leaves) + path)
        count += 1
    return algorithm.record(b'D' + struct.pack('>Q', count) + total.encoded())


def escaped(path):
    return b''.join(b'\\\\' if b == 0x5c else b'\\%03o' % b if b < 0x20 or b == 0x7f else bytes([b]) for b in path)


def print_list(algorithm, roots, metadata):
    out = sys.stdout.buffer
    for where, path in sorted(all_entries(roots), key=lambda entry: entry[1].split(b'/') if entry[1] else []):
        status = os.lstat(where)
        letter, leaves = content_of(where, status)
        leaves = list(leaves)
        size = status.st_size if letter == b'f' else 0
        out.write(b'%s %d %s ' % (letter, size, content_digest(algorithm, leaves).hex().encode()))
        if metadata:
            out.write(b'%o %d %d %d.%09d ' % metadata_of(status))
        out.write((escaped(path) or b'.') + b'\n')
        if letter == b'f':
            for digest, equal in itertools.groupby(algorithm.leaf(leaf).hex() for leaf in leaves):
                times = len(list(equal))
                out.write((' %s x%d\n' % (digest, times) if times > 1 else ' %s\n' % digest).encode())


def main(words):
    name = 'xxh64'
    if words[:1] == ['--digest']:
        name, words = words[1], words[2:]
    algorithm = {'xxh64': Xxh64, 'sha256': Sha256}[name]()
    metadata = words[:1] == ['--metadata']
    words = words[1:] if metadata else words
    if words[:1] == ['--list']:
        print_list(algorithm, [os.fsencode(word) for word in words[1:]], metadata)
    elif words[:1] == ['--file-digest']:
        print(content_digest(algorithm, leaves_of_file(words[1])).hex())
    else:
        paths = [os.fsencode(word) for word in words]
        start = 'pcircle1-' + name + ('-metadata' if metadata else '')
        print('%s:%s' % (start, signature(algorithm, paths, metadata).hex()), '', *words)


main(sys.argv[1:])
