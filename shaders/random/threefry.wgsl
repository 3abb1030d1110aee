fn threefry_rotate(x: u32, bits: u32) -> u32 {
  return (x << bits) | (x >> (32u - bits));
}

/// Threefry2x32 with 20 rounds (Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011):
/// a draw of two words from a key and a counter of two words each. `src/math/threefry.ts` computes the same.
/// A loop of two groups of four rounds, the last time one, not unrolled: drivers inline every call, and twenty rounds a
/// call site add up. Within it every rotation is by a constant.
fn threefry2x32(key: vec2u, counter: vec2u) -> vec2u {
  let parity = 0x1bd11bdau ^ key.x ^ key.y;
  var x = counter.x + key.x;
  var y = counter.y + key.y;
  // The three words of the key schedule, turned by two each time.
  var first = key.y;
  var second = parity;
  var third = key.x;
  for (var group = 1u; ; group += 2u) {
    x += y;
    y = threefry_rotate(y, 13u) ^ x;
    x += y;
    y = threefry_rotate(y, 15u) ^ x;
    x += y;
    y = threefry_rotate(y, 26u) ^ x;
    x += y;
    y = threefry_rotate(y, 6u) ^ x;
    x += first;
    y += second + group;
    if (group == 5u) { break; }
    x += y;
    y = threefry_rotate(y, 17u) ^ x;
    x += y;
    y = threefry_rotate(y, 29u) ^ x;
    x += y;
    y = threefry_rotate(y, 16u) ^ x;
    x += y;
    y = threefry_rotate(y, 24u) ^ x;
    x += second;
    y += third + group + 1u;
    let turned = first;
    first = third;
    third = second;
    second = turned;
  }
  return vec2u(x, y);
}
