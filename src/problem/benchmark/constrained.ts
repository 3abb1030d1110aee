import bnhSource from '../../../shaders/benchmark/bnh.wgsl?raw';
import osySource from '../../../shaders/benchmark/osy.wgsl?raw';
import tnkSource from '../../../shaders/benchmark/tnk.wgsl?raw';
import weldedBeamSource from '../../../shaders/benchmark/welded-beam.wgsl?raw';
import type { Engine } from '../../gpu';
import { defineSpace } from '../../space';
import { type BenchmarkProblem, benchmarkProblem } from './problem';
import { fine, ranges } from './ranges';

/** Binh and Korn 1997: two variables, two objectives, two constraints. */
export function bnh(engine: Engine): Promise<BenchmarkProblem> {
  return benchmarkProblem(engine, {
    name: 'BNH',
    space: defineSpace(
      ranges([
        [0, 5],
        [0, 3],
      ]),
    ),
    objectives: ['f1', 'f2'],
    constraints: ['inside', 'outside'],
    wgsl: bnhSource,
  });
}

/** Osyczka and Kundu 1995: six variables, two objectives, six constraints. */
export function osy(engine: Engine): Promise<BenchmarkProblem> {
  return benchmarkProblem(engine, {
    name: 'OSY',
    space: defineSpace(
      ranges([
        [0, 10],
        [0, 10],
        [1, 5],
        [0, 6],
        [1, 5],
        [0, 10],
      ]),
    ),
    objectives: ['f1', 'f2'],
    constraints: ['g1', 'g2', 'g3', 'g4', 'g5', 'g6'],
    wgsl: osySource,
  });
}

/** Tanaka et al. 1995: two variables, which are the objectives, and two constraints. */
export function tnk(engine: Engine): Promise<BenchmarkProblem> {
  return benchmarkProblem(engine, {
    name: 'TNK',
    space: defineSpace(
      ranges([
        [0, Math.PI],
        [0, Math.PI],
      ]),
    ),
    objectives: ['f1', 'f2'],
    constraints: ['wave', 'disc'],
    wgsl: tnkSource,
  });
}

/** The welded beam: thickness of weld `h`, its length `l`, the beam's height `t` and width `b`, in inches. */
export function weldedBeam(engine: Engine): Promise<BenchmarkProblem> {
  return benchmarkProblem(engine, {
    name: 'welded beam',
    space: defineSpace([
      { name: 'h', ...fine(0.125, 5) },
      { name: 'l', ...fine(0.1, 10) },
      { name: 't', ...fine(0.1, 10) },
      { name: 'b', ...fine(0.125, 5) },
    ]),
    objectives: ['cost', 'deflection'],
    constraints: ['shear', 'bending', 'thickness', 'buckling'],
    wgsl: weldedBeamSource,
  });
}
