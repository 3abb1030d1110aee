// Independent uniform genes.

fn genes_of(row: u32, pair: u32) -> vec2<u32> {
  return threefry2x32(settings.key, vec2<u32>(row, pair));
}
