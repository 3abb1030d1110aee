/// The upper 32 bits of the 64-bit product of two u32, from four 16-bit products: WGSL has no such builtin.
fn mulhi(a: u32, b: u32) -> u32 {
  let a_low = a & 0xffffu;
  let a_high = a >> 16u;
  let b_low = b & 0xffffu;
  let b_high = b >> 16u;
  // At most 0xfffe0001 + 0xfffe, and then 0xffff + 0xfffe0001: neither sum wraps.
  let middle = a_high * b_low + ((a_low * b_low) >> 16u);
  let carry = (middle & 0xffffu) + a_low * b_high;
  return a_high * b_high + (middle >> 16u) + (carry >> 16u);
}
