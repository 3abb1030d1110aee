// Rows of a design: one invocation makes two genes of each of a run of rows. Each design brings
// `fn genes_of(row: u32, pair: u32) -> vec2<u32>`, the genes of variables 2 * pair and 2 * pair + 1.

const WORKGROUP = 64u;
const RUN = 16u;

struct Settings {
  key: vec2<u32>,
  // Index of the first row, rows to make, variables of a row, rows of the whole design.
  first: u32,
  count: u32,
  width: u32,
  total: u32,
}

@group(0) @binding(0) var<storage, read> settings: Settings;
@group(0) @binding(1) var<storage, read_write> genes: array<u32>;
@group(0) @binding(2) var<storage, read> table: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn make_rows(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let pairs = (settings.width + 1u) / 2u;
  let index = id.x + id.y * groups.x * WORKGROUP;
  let run = index / pairs;
  let pair = index % pairs;
  for (var row = run * RUN; row < min((run + 1u) * RUN, settings.count); row++) {
    let made = genes_of(settings.first + row, pair);
    let at = row * settings.width + 2u * pair;
    genes[at] = made.x;
    if (2u * pair + 1u < settings.width) {
      genes[at + 1u] = made.y;
    }
  }
}
