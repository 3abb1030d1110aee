// Makes children from pairs of parents: simulated binary crossover (Deb and Agrawal 1995) and polynomial
// mutation (Deb and Goyal 1996) on genes that are u32 fractions of the unit interval, in integers throughout.
// Uses random/threefry.wgsl and random/mulhi.wgsl; src/optimize/variation builds the tables and the bindings.

/// Kinds of variables.
const CONTINUOUS = 0u;
/// Few enough levels that a small mutation would not leave one: mutation moves at least a whole level.
const STEPPED = 1u;
/// No order among levels: crossover takes either parent's, mutation any other.
const UNORDERED = 2u;

/// Cells of a spread table in one octave of its argument, as a power of two.
const CELL_BITS = 4u;
/// A table covers arguments from 2^CELL_BITS up to 2^31.
const TABLE_LENGTH = ((31u - CELL_BITS) << CELL_BITS) + 1u;

/// Genes that an invocation makes, one after the other: one keeps a GPU's loads together, some spare a CPU the way there.
override genes_each: u32 = 1u;

struct Settings {
  /// Keys of the tournaments in tournament.wgsl and of the variation.
  choice: vec2u,
  key: vec2u,
  width: u32,
  /// The first of the variables that are made, and how many: genes of the others are not there.
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

struct Variable {
  kind: u32,
  levels: u32,
}

struct Parents {
  first: u32,
  second: u32,
  /// The gene that mutates in any case.
  mutates: u32,
}

@group(0) @binding(0) var<storage, read> settings: Settings;
@group(0) @binding(1) var<storage, read> variables: array<Variable>;
/// Three tables, one after the other: contraction, expansion, mutation.
@group(0) @binding(2) var<storage, read> tables: array<u32>;
@group(0) @binding(3) var<storage, read> genes: array<u32>;
@group(0) @binding(4) var<storage, read> parents: array<Parents>;
@group(0) @binding(5) var<storage, read_write> children: array<u32>;

/// A spread, as a fraction of 2^32, for an argument t in [0, 2^31): the table's cells are log-linear in t.
fn spread(table: u32, t: u32) -> u32 {
  let bounded = max(t, 1u << CELL_BITS);
  let octave = firstLeadingBit(bounded);
  let shift = octave - CELL_BITS;
  let cell = (shift << CELL_BITS) + ((bounded >> shift) & ((1u << CELL_BITS) - 1u));
  let fraction = ((bounded & ((1u << shift) - 1u)) << (31u - shift)) << 1u;
  let here = tables[table * TABLE_LENGTH + cell];
  let next = tables[table * TABLE_LENGTH + cell + 1u];
  // Spreads fall as t grows.
  return here - mulhi(here - next, fraction);
}

/// value + distance, or value - distance. What would leave the unit interval stops at its end or is reflected
/// there: ends alone trap a population, and reflection alone never reaches them.
fn displace(value: u32, distance: u32, down: bool, reflects: bool) -> u32 {
  if (down) {
    return select(value - distance, select(0u, distance - value, reflects), distance > value);
  }
  let sum = value + distance;
  return select(sum, select(0xffffffffu, 0xfffffffeu - sum, reflects), sum < value);
}

fn level_of(gene: u32, levels: u32) -> u32 {
  return mulhi(gene, levels);
}

/// The gene in the middle of a level's cell, for 2 to 65536 levels.
fn gene_of(level: u32, levels: u32) -> u32 {
  let width = (0xffffffffu - levels + 1u) / levels + 1u;
  let remainder = 0u - width * levels;
  let start = level * width + (level * remainder + levels - 1u) / levels;
  return start + (width >> 1u);
}

fn cross(kind: u32, first: u32, second: u32, random: vec2u) -> u32 {
  // The child takes after one parent or the other, and half of the genes stay what they were.
  let own = select(first, second, (random.y & 1u) == 1u);
  let other = select(second, first, (random.y & 1u) == 1u);
  if (kind == UNORDERED || (random.y & 2u) == 0u) {
    return own;
  }
  let expanding = random.x >> 31u;
  let distance = max(own, other) - min(own, other);
  let moved = mulhi(spread(expanding, random.x & 0x7fffffffu), distance);
  return displace(own, moved, (own > other) != (expanding == 1u), (random.y & 4u) == 0u);
}

fn mutate(variable: Variable, gene: u32, random: u32) -> u32 {
  let level = level_of(gene, variable.levels);
  if (variable.kind == UNORDERED) {
    let other = level + 1u + mulhi(random, variable.levels - 1u);
    return gene_of(select(other, other - variable.levels, other >= variable.levels), variable.levels);
  }
  let down = (random >> 31u) == 1u;
  let distance = spread(2u, random & 0x7fffffffu);
  if (variable.kind == CONTINUOUS) {
    return displace(gene, distance, down, (random & 1u) == 0u);
  }
  let steps = max(mulhi(distance, variable.levels), 1u);
  let highest = variable.levels - 1u;
  var moved: u32;
  if (down) {
    moved = select(level - steps, steps - level, steps > level);
  } else {
    moved = select(level + steps, 2u * highest - level - steps, level + steps > highest);
  }
  // A reflection may land where it started; one level inwards is then the mutation.
  if (moved == level) {
    moved = select(level - 1u, level + 1u, level == 0u);
  }
  return gene_of(moved, variable.levels);
}

@compute @workgroup_size(64)
fn vary(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let width = settings.variables;
  let key = settings.key;
  // The lowest three bits of the word that decides about mutation are the crossover's.
  let mutation = settings.mutation >> 3u;
  var index = (id.x + id.y * groups.x * 64u) * genes_each;
  let end = min(index + genes_each, settings.children * width);
  var row = index / width;
  var column = index % width;
  while (index < end) {
    let pair = parents[row];
    let crosses = pair.second != pair.first;
    let row_end = min(end, index + width - column);
    for (; index < row_end; index++) {
      let gene = settings.from_variable + column;
      let variable = variables[gene];
      var value = genes[pair.first * width + column];
      if (variable.levels > 1u || variable.kind == CONTINUOUS) {
        // One draw crosses and says whether to mutate; few genes need the second. One call site for both.
        var draw: vec2u;
        for (var purpose = 0u; purpose < 2u; purpose++) {
          draw = threefry2x32(key, vec2u(settings.first + row, 2u * gene + purpose));
          if (purpose == 1u) {
            value = mutate(variable, value, draw.x);
            break;
          }
          if (crosses) {
            value = cross(variable.kind, value, genes[pair.second * width + column], draw);
          }
          if ((draw.y >> 3u) >= mutation && gene != pair.mutates) {
            break;
          }
        }
      }
      children[index] = value;
      column++;
    }
    column = 0u;
    row++;
  }
}
