// Makes the trials of differential evolution, current-to-pbest/1/bin with an archive (Zhang and Sanderson, "JADE",
// IEEE TEC 13, 2009), on genes that are u32 fractions of the unit interval, in integers throughout.
// Uses random/threefry.wgsl and random/mulhi.wgsl.

/// Kinds of variables, as in variation.wgsl.
const UNORDERED = 2u;

/// Genes that an invocation makes, one after the other, as in variation.wgsl.
override genes_each: u32 = 1u;

struct Settings {
  key: vec2u,
  variables: u32,
  /// The index of the first trial within its generation, and how many are made.
  first: u32,
  trials: u32,
}

struct Variable {
  kind: u32,
  levels: u32,
}

/// Indices into the pool of parents and archive; factor and rate are fractions of 2^32.
struct Plan {
  best: u32,
  plus: u32,
  minus: u32,
  factor: u32,
  rate: u32,
  /// The gene that is the mutant's in any case.
  crosses: u32,
}

@group(0) @binding(0) var<storage, read> settings: Settings;
@group(0) @binding(1) var<storage, read> variables: array<Variable>;
/// Parents, then the archive; trial i starts from parent i.
@group(0) @binding(2) var<storage, read> pool: array<u32>;
@group(0) @binding(3) var<storage, read> plans: array<Plan>;
@group(0) @binding(4) var<storage, read_write> trials: array<u32>;

/// own + factor * (best - own) + factor * (plus - minus). Beyond an end of the unit interval it is halfway from
/// own to that end.
fn mutant(own: u32, best: u32, plus: u32, minus: u32, factor: u32) -> u32 {
  let to_best = mulhi(factor, max(best, own) - min(best, own));
  let difference = mulhi(factor, max(plus, minus) - min(plus, minus));
  // Two's complement in 64 bits: the sum and how often it left the interval upwards.
  let nearer = select(own + to_best, own - to_best, best < own);
  let sum = select(nearer + difference, nearer - difference, plus < minus);
  let up = plus >= minus && sum < nearer;
  let down = plus < minus && sum > nearer;
  return select(select(sum, own >> 1u, down), (own >> 1u) + 0x80000000u, up);
}

@compute @workgroup_size(64)
fn differ(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let width = settings.variables;
  let key = settings.key;
  let start = (id.x + id.y * groups.x * 64u) * genes_each;
  let end = min(start + genes_each, settings.trials * width);
  var row = start / width;
  var gene = start % width;
  var draw: vec2u;
  for (var index = start; index < end; index++) {
    // A word for each of two genes.
    if ((gene & 1u) == 0u || index == start) {
      draw = threefry2x32(key, vec2u(settings.first + row, gene >> 1u));
    }
    let random = select(draw.x, draw.y, (gene & 1u) == 1u);
    let plan = plans[row];
    let own = pool[(settings.first + row) * width + gene];
    var value = own;
    // The lowest two bits choose among values without order.
    if ((random >> 2u) < (plan.rate >> 2u) || gene == plan.crosses) {
      let best = pool[plan.best * width + gene];
      let plus = pool[plan.plus * width + gene];
      let minus = pool[plan.minus * width + gene];
      if (variables[gene].kind == UNORDERED) {
        // Differences of values without order mean nothing: the mutant takes one of three.
        value = select(select(minus, plus, (random & 1u) == 0u), best, (random & 2u) == 0u);
      } else {
        value = mutant(own, best, plus, minus, plan.factor);
      }
    }
    trials[index] = value;
    gene++;
    if (gene == width) {
      gene = 0u;
      row++;
    }
  }
}
