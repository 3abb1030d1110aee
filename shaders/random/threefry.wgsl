fn threefry_rotate(x: u32, bits: u32) -> u32 {
  return (x << bits) | (x >> (32u - bits));
}

/// Threefry2x32 with 20 rounds (Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC
/// 2011): a draw of two words from a key and a counter of two words each. `src/math/threefry.ts` computes the
/// same. A loop of five groups of four rounds, not unrolled: drivers inline every call, and twenty rounds a
/// call site add up.
fn threefry2x32(key: vec2u, counter: vec2u) -> vec2u {
  let parity = 0x1bd11bdau ^ key.x ^ key.y;
  var x = counter.x + key.x;
  var y = counter.y + key.y;
  // The three words of the key schedule, turned by one each group.
  var first = key.y;
  var second = parity;
  var third = key.x;
  for (var group = 1u; group <= 5u; group++) {
    let odd = (group & 1u) == 1u;
    x += y;
    y = threefry_rotate(y, select(17u, 13u, odd)) ^ x;
    x += y;
    y = threefry_rotate(y, select(29u, 15u, odd)) ^ x;
    x += y;
    y = threefry_rotate(y, select(16u, 26u, odd)) ^ x;
    x += y;
    y = threefry_rotate(y, select(24u, 6u, odd)) ^ x;
    x += first;
    y += second + group;
    let turned = first;
    first = second;
    second = third;
    third = turned;
  }
  return vec2u(x, y);
}
