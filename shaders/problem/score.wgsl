// Scores candidates with the user's `evaluate`: one invocation for each candidate and replication. Uses
// random/threefry.wgsl; src/problem/program.ts writes what depends on the problem: `Candidate` and `decode_candidate`,
// `Score`, `score_of` and `store_score`, `score_variables`, `score_width`.

/// One replication: all candidates meet the same ones.
struct Episode {
  /// Index of the block of replications.
  block: u32,
  /// Its number within its stream.
  replication: u32,
  /// What its random numbers are keyed by.
  seed: vec2u,
}

struct EpisodeBlock {
  candidates: u32,
  replications: u32,
  index: u32,
  first: u32,
  seeds: array<vec2u>,
}

/// 64 suit a GPU; on worker threads, fewer share the work more evenly.
override score_workgroup: u32 = 64;

@group(0) @binding(0) var<storage, read> genes: array<u32>;
@group(0) @binding(1) var<storage, read> episodes: EpisodeBlock;
@group(0) @binding(2) var<storage, read> decode_tables: array<u32>;
/// [candidate][replication][objectives, then constraints].
@group(0) @binding(3) var<storage, read_write> scores: array<f32>;

/// Two random words of this episode, the same ones for every candidate.
fn random_words(e: Episode, counter: vec2u) -> vec2u {
  return threefry2x32(e.seed, counter);
}

/// A random number in [0, 1) of this episode, the same one for every candidate.
fn random_unit(e: Episode, counter: u32) -> f32 {
  return f32(threefry2x32(e.seed, vec2u(counter, 0u)).x >> 8u) * 0x1p-24f;
}

@compute @workgroup_size(score_workgroup)
fn score_candidates(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  _ = &decode_tables;
  // data in use
  let row = id.x + id.y * workgroups.x * score_workgroup;
  let candidate = row / episodes.replications;
  if (candidate >= episodes.candidates) {
    return;
  }
  let replication = row % episodes.replications;
  let episode = Episode(episodes.index, episodes.first + replication, episodes.seeds[replication]);
  store_score(row * score_width, score_of(candidate * score_variables, episode));
}
