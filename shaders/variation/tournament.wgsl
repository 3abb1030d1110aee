// Chooses the parents of each child by binary tournaments among parents that are sorted best first, so that the
// lower index wins. One invocation a child. Uses random/threefry.wgsl and random/mulhi.wgsl.

struct Settings {
  /// Keys of the tournaments and, in variation.wgsl, of the variation.
  choice: vec2u,
  key: vec2u,
  /// In all, and in variation.wgsl the first of those that are made and how many.
  width: u32,
  from_variable: u32,
  variables: u32,
  /// The index of the first child within its generation, and how many are made.
  first: u32,
  children: u32,
  parents: u32,
  /// Probability that a child is crossed at all, and that one of its genes mutates, as fractions of 2^32.
  crossover: u32,
  mutation: u32,
}

struct Parents {
  first: u32,
  /// The first again where the child is not crossed.
  second: u32,
  /// The gene that mutates in any case, or none: a child that is not crossed would else copy its parent.
  mutates: u32,
}

@group(0) @binding(0) var<storage, read> settings: Settings;
@group(0) @binding(1) var<storage, read_write> parents: array<Parents>;

@compute @workgroup_size(64)
fn choose(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let row = id.x + id.y * groups.x * 64u;
  if (row >= settings.children) {
    return;
  }
  // The entrants of two tournaments, and whether the child is crossed.
  var draws: array<vec2u, 3>;
  for (var i = 0u; i < 3u; i++) {
    draws[i] = threefry2x32(settings.choice, vec2u(settings.first + row, i));
  }
  let count = settings.parents;
  let first = min(mulhi(draws[0].x, count), mulhi(draws[0].y, count));
  var second = min(mulhi(draws[1].x, count), mulhi(draws[1].y, count));
  if (second == first) {
    second = select(first + 1u, 0u, first + 1u == count);
  }
  if (draws[2].x < settings.crossover) {
    parents[row] = Parents(first, second, 0xffffffffu);
  } else {
    parents[row] = Parents(first, first, mulhi(draws[2].y, settings.width));
  }
}
