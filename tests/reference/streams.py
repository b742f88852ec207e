"""Our random streams once more in Python, so that a simulator can be given the very numbers that we draw.

A stream is xoshiro256++ (Blackman and Vigna 2021), seeded by SplitMix64 from the XXH64 hash of its name. What is
drawn from it is what `src/sim/rng.rs` says, in double precision.
"""

import math

MASK = (1 << 64) - 1
PRIMES = (
    0x9E3779B185EBCA87,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0x85EBCA77C2B2AE63,
    0x27D4EB2F165667C5,
)


def rotate(x, by):
    return ((x << by) | (x >> (64 - by))) & MASK


def hash_of(name, seed):
    """XXH64 of less than 32 bytes."""
    data = name.encode()
    assert len(data) < 32
    p1, p2, p3, p4, p5 = PRIMES
    h = (seed + p5 + len(data)) & MASK
    while len(data) >= 8:
        lane = int.from_bytes(data[:8], "little") * p2 & MASK
        h = (rotate(h ^ (rotate(lane, 31) * p1 & MASK), 27) * p1 + p4) & MASK
        data = data[8:]
    if len(data) >= 4:
        h = (rotate(h ^ (int.from_bytes(data[:4], "little") * p1 & MASK), 23) * p2 + p3) & MASK
        data = data[4:]
    for byte in data:
        h = rotate(h ^ (byte * p5 & MASK), 11) * p1 & MASK
    h = (h ^ (h >> 33)) * p2 & MASK
    h = (h ^ (h >> 29)) * p3 & MASK
    return h ^ (h >> 32)


class Stream:
    def __init__(self, seed, name):
        state, self.words = hash_of(name, seed), []
        for _ in range(4):
            state = (state + 0x9E3779B97F4A7C15) & MASK
            z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & MASK
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
            self.words.append(z ^ (z >> 31))

    def bits(self):
        s0, s1, s2, s3 = self.words
        result = (rotate((s0 + s3) & MASK, 23) + s0) & MASK
        s2 ^= s0
        s3 ^= s1
        self.words = [s0 ^ s3, s1 ^ s2, s2 ^ ((s1 << 17) & MASK), rotate(s3, 45)]
        return result

    def uniform(self):
        """In [0, 1), 24 bits."""
        return (self.bits() >> 40) / (1 << 24)

    def chance(self, p):
        return self.uniform() < p

    def normal(self):
        """Marsaglia's polar method, the second value thrown away."""
        while True:
            u, v = 2 * self.uniform() - 1, 2 * self.uniform() - 1
            s = u * u + v * v
            if 0 < s < 1:
                return u * math.sqrt(-2 * math.log(s) / s)


def check():
    # The first outputs from this state as the authors' program gives them.
    stream = Stream(0, "")
    stream.words = [1, 2, 3, 4]
    assert [stream.bits() for _ in range(3)] == [41943041, 58720359, 3588806011781223]
    # The published hash of nothing.
    assert hash_of("", 0) == 0xEF46DB3751D8E999


check()
