// Makes the trials of differential evolution, current-to-pbest/1/bin with an archive (Zhang and Sanderson, "JADE",
// IEEE TEC 13, 2009), on genes that are u32 fractions of the unit interval, in integers throughout.
// Uses random/threefry.wgsl and random/mulhi.wgsl.

/// Kinds of variables, as in variation.wgsl.
const UNORDERED = 2u;

/// Genes that an invocation makes, one after the other, as in variation.wgsl.
override genes_each: u32 = 1u;

struct Settings {
  key: vec2u,
  /// The first of the variables that are made, and how many: genes of the others are not there.
  from_variable: u32,
  variables: u32,
  /// The index of the first trial within its generation, and how many are made.
  first: u32,
  trials: u32,
  parents: u32,
}

struct Variable {
  kind: u32,
  levels: u32,
}

/// Indices of members, parents first and then the archive's; factor and rate are fractions of 2^32.
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
/// Trial i starts from parent i.
@group(0) @binding(2) var<storage, read> parents: array<u32>;
@group(0) @binding(3) var<storage, read> archive: array<u32>;
@group(0) @binding(4) var<storage, read> plans: array<Plan>;
@group(0) @binding(5) var<storage, read_write> trials: array<u32>;

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
  let from_variable = settings.from_variable;
  var index = (id.x + id.y * groups.x * 64u) * genes_each;
  let end = min(index + genes_each, settings.trials * width);
  var row = index / width;
  var column = index % width;
  while (index < end) {
    let plan = plans[row];
    let own_row = (settings.first + row) * width;
    let best_row = plan.best * width;
    let plus_row = plan.plus * width;
    let archived = plan.minus >= settings.parents;
    let minus_row = (plan.minus - select(0u, settings.parents, archived)) * width;
    // The lowest two bits choose among values without order.
    let rate = plan.rate >> 2u;
    let row_end = min(end, index + width - column);
    var draw: vec2u;
    for (var drawn = false; index < row_end; index++) {
      let gene = from_variable + column;
      // A word for each of two genes.
      if (!drawn || (gene & 1u) == 0u) {
        draw = threefry2x32(key, vec2u(settings.first + row, gene >> 1u));
        drawn = true;
      }
      let random = select(draw.x, draw.y, (gene & 1u) == 1u);
      var value = parents[own_row + column];
      if ((random >> 2u) < rate || gene == plan.crosses) {
        let best = parents[best_row + column];
        let plus = parents[plus_row + column];
        var minus: u32;
        if (archived) {
          minus = archive[minus_row + column];
        } else {
          minus = parents[minus_row + column];
        }
        if (variables[gene].kind == UNORDERED) {
          // Differences of values without order mean nothing: the mutant takes one of three.
          value = select(select(minus, plus, (random & 1u) == 0u), best, (random & 2u) == 0u);
        } else {
          value = mutant(value, best, plus, minus, plan.factor);
        }
      }
      trials[index] = value;
      column++;
    }
    column = 0u;
    row++;
  }
}
