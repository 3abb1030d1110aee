// Randomness and quantile tables. A draw is a hash of what it is for: the specification is shaders/simulator/draw.wgsl.
#pragma once
#include <cstdint>

namespace sim {

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

struct Draw {
  u32 x, y;
};

inline u32 mulhi(u32 a, u32 b) { return static_cast<u32>((u64{a} * b) >> 32); }

inline u32 rotate(u32 x, int bits) { return (x << bits) | (x >> (32 - bits)); }

// Threefry2x32 with 20 rounds (Salmon, Moraes, Dror, Shaw, SC 2011).
inline Draw threefry2x32(Draw key, Draw counter) {
  constexpr int rotations[8] = {13, 15, 26, 6, 17, 29, 16, 24};
  const u32 schedule[3] = {key.x, key.y, 0x1bd11bdau ^ key.x ^ key.y};
  u32 x = counter.x + key.x;
  u32 y = counter.y + key.y;
#pragma GCC unroll 5
  for (u32 group = 0; group < 5; group++) {
#pragma GCC unroll 4
    for (u32 round = 0; round < 4; round++) {
      x += y;
      y = rotate(y, rotations[(group % 2) * 4 + round]) ^ x;
    }
    x += schedule[(group + 1) % 3];
    y += schedule[(group + 2) % 3] + group + 1;
  }
  return {x, y};
}

enum class Purpose : u32 { Try, Chance, Backoff, Error = 4, Arrival, Slowness, Episode, Loss };

// The finaliser of MurmurHash3: more bits from a word that was drawn.
inline u32 stir(u32 word) {
  u32 x = word + 0x9e3779b9u;
  x = (x ^ (x >> 16)) * 0x85ebca6bu;
  x = (x ^ (x >> 13)) * 0xc2b2ae35u;
  return x ^ (x >> 16);
}

// A number below n from the lower 16 bits.
inline u32 below(u32 bits, u32 n) { return ((bits & 0xffff) * n) >> 16; }

// The value at tail probability tail / 2^32 of a table: sixteen cells for each of 24 halvings, or a constant.
inline u32 quantile(const u32* tables, u32 table, u32 tail) {
  constexpr u32 constant = 0x80000000u;
  if (table & constant) return table & ~constant;
  const u32 bounded = tail < 256 ? 256 : tail;
  const int halvings = __builtin_clz(bounded);
  const u32 mantissa = static_cast<u32>(u64{bounded} << (halvings + 1));
  const u32* cell = tables + table + (23 - halvings) * 16 + (mantissa >> 28);
  const u32 drop = cell[0] - cell[1];
  return cell[0] - ((mulhi(drop << 1, mantissa << 4) + 1) >> 1);
}

}  // namespace sim
