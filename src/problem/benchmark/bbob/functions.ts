import attractiveSector from '../../../../shaders/benchmark/bbob/attractive-sector.wgsl?raw';
import bentCigar from '../../../../shaders/benchmark/bbob/bent-cigar.wgsl?raw';
import buecheRastrigin from '../../../../shaders/benchmark/bbob/bueche-rastrigin.wgsl?raw';
import differentPowers from '../../../../shaders/benchmark/bbob/different-powers.wgsl?raw';
import discus from '../../../../shaders/benchmark/bbob/discus.wgsl?raw';
import ellipsoid from '../../../../shaders/benchmark/bbob/ellipsoid.wgsl?raw';
import gallagher from '../../../../shaders/benchmark/bbob/gallagher.wgsl?raw';
import griewankRosenbrock from '../../../../shaders/benchmark/bbob/griewank-rosenbrock.wgsl?raw';
import katsuura from '../../../../shaders/benchmark/bbob/katsuura.wgsl?raw';
import linearSlope from '../../../../shaders/benchmark/bbob/linear-slope.wgsl?raw';
import lunacek from '../../../../shaders/benchmark/bbob/lunacek.wgsl?raw';
import rastrigin from '../../../../shaders/benchmark/bbob/rastrigin.wgsl?raw';
import rastriginRotated from '../../../../shaders/benchmark/bbob/rastrigin-rotated.wgsl?raw';
import rosenbrock from '../../../../shaders/benchmark/bbob/rosenbrock.wgsl?raw';
import schaffers from '../../../../shaders/benchmark/bbob/schaffers.wgsl?raw';
import schwefel from '../../../../shaders/benchmark/bbob/schwefel.wgsl?raw';
import sharpRidge from '../../../../shaders/benchmark/bbob/sharp-ridge.wgsl?raw';
import sphere from '../../../../shaders/benchmark/bbob/sphere.wgsl?raw';
import stepEllipsoid from '../../../../shaders/benchmark/bbob/step-ellipsoid.wgsl?raw';
import weierstrass from '../../../../shaders/benchmark/bbob/weierstrass.wgsl?raw';
import { pow } from '../../../math';
import { gallagherPeaks } from './gallagher';
import type { Instance } from './instance';
import { apply, type Matrix, multiply, scaleRows, transpose } from './matrix';
import { normal } from './random';

/** What a function's kernel reads, and where its optimum is. */
export interface Setup {
  readonly optimum: readonly number[];
  /** A parameter a coordinate. */
  readonly weights?: readonly number[];
  readonly matrices?: readonly Matrix[];
  /** What the function reads behind its matrices. */
  readonly rest?: readonly number[];
}

/** One function: its kernel, the constants that specialise it, and what an instance makes of it. */
export interface BbobFunction {
  readonly name: string;
  readonly wgsl: string;
  readonly constants?: string;
  setup(instance: Instance): Setup;
}

const ROTATED = 'const rotated = true;';
const PLAIN = 'const rotated = false;';

/** Rosenbrock's scale. */
const stretch = (dimension: number): number => Math.max(1, Math.sqrt(dimension) / 8);

/** Where Q x stretched is one half in every coordinate. */
function rotatedRosenbrock(instance: Instance): { optimum: number[]; matrix: Matrix } {
  const scale = stretch(instance.dimension);
  const halves = new Array<number>(instance.dimension).fill(0.5 / scale);
  return {
    optimum: apply(transpose(instance.q), halves),
    matrix: scaleRows(new Array<number>(instance.dimension).fill(scale), instance.q),
  };
}

function schaffersSetup(instance: Instance, condition: number): Setup {
  const matrices = [instance.r, scaleRows(instance.ladder(condition, 0.5), instance.q)];
  return { optimum: instance.optimum(), matrices };
}

/** The functions in their order: `BBOB[0]` is f1. */
export const BBOB: readonly BbobFunction[] = [
  { name: 'sphere', wgsl: sphere, setup: (i) => ({ optimum: i.optimum() }) },
  {
    name: 'ellipsoid',
    wgsl: ellipsoid,
    constants: PLAIN,
    setup: (i) => ({ optimum: i.optimum(), weights: i.ladder(1e6, 1) }),
  },
  {
    name: 'Rastrigin',
    wgsl: rastrigin,
    setup: (i) => ({ optimum: i.optimum(), weights: i.ladder(10, 0.5) }),
  },
  {
    name: 'Bueche-Rastrigin',
    wgsl: buecheRastrigin,
    setup: (i) => ({
      optimum: i.optimum().map((x, k) => (k % 2 === 0 ? Math.abs(x) : x)),
      weights: i.ladder(10, 0.5),
    }),
  },
  {
    name: 'linear slope',
    wgsl: linearSlope,
    setup: (i) => ({ optimum: i.optimum().map((x) => (x < 0 ? -5 : 5)), weights: i.ladder(10, 1) }),
  },
  {
    name: 'attractive sector',
    wgsl: attractiveSector,
    setup: (i) => ({ optimum: i.optimum(), weights: i.optimum(), matrices: [i.conditioned(10)] }),
  },
  {
    name: 'step ellipsoid',
    wgsl: stepEllipsoid,
    setup: (i) => ({
      optimum: i.optimum(),
      weights: i.ladder(100, 1),
      matrices: [scaleRows(i.ladder(10, 0.5), i.q), i.r],
    }),
  },
  {
    name: 'Rosenbrock',
    wgsl: rosenbrock,
    constants: PLAIN,
    setup: (i) => ({ optimum: i.optimum().map((x) => 0.75 * x), weights: [stretch(i.dimension)] }),
  },
  {
    name: 'Rosenbrock, rotated',
    wgsl: rosenbrock,
    constants: ROTATED,
    setup: (i) => {
      const { optimum, matrix } = rotatedRosenbrock(i);
      return { optimum, weights: [1], matrices: [matrix] };
    },
  },
  {
    name: 'ellipsoid, rotated',
    wgsl: ellipsoid,
    constants: ROTATED,
    setup: (i) => ({ optimum: i.optimum(), weights: i.ladder(1e6, 1), matrices: [i.r] }),
  },
  { name: 'discus', wgsl: discus, setup: (i) => ({ optimum: i.optimum(), matrices: [i.r] }) },
  {
    name: 'bent cigar',
    wgsl: bentCigar,
    setup: (i) => ({ optimum: i.optimum(i.seed + 1_000_000), matrices: [i.r] }),
  },
  {
    name: 'sharp ridge',
    wgsl: sharpRidge,
    setup: (i) => ({
      optimum: i.optimum(),
      weights: [Math.max(1, Math.ceil(i.dimension / 40))],
      matrices: [i.conditioned(10)],
    }),
  },
  {
    name: 'different powers',
    wgsl: differentPowers,
    setup: (i) => ({ optimum: i.optimum(), matrices: [i.r] }),
  },
  {
    name: 'Rastrigin, rotated',
    wgsl: rastriginRotated,
    setup: (i) => ({ optimum: i.optimum(), matrices: [i.r, i.conditioned(10)] }),
  },
  {
    name: 'Weierstrass',
    wgsl: weierstrass,
    setup: (i) => ({ optimum: i.optimum(), matrices: [i.r, i.conditioned(1 / 100)] }),
  },
  { name: 'Schaffers F7', wgsl: schaffers, setup: (i) => schaffersSetup(i, 10) },
  { name: 'Schaffers F7, ill-conditioned', wgsl: schaffers, setup: (i) => schaffersSetup(i, 1000) },
  {
    name: 'Griewank-Rosenbrock',
    wgsl: griewankRosenbrock,
    setup: (i) => {
      const { optimum, matrix } = rotatedRosenbrock(i);
      return { optimum, matrices: [matrix] };
    },
  },
  {
    name: 'Schwefel',
    wgsl: schwefel,
    setup: (i) => {
      const signs = i.uniform(i.dimension).map((u) => (u < 0.5 ? -1 : 1));
      return {
        optimum: signs.map((sign) => (sign * 4.2096874637) / 2),
        weights: i.ladder(10, 0.5).map((scale, k) => signs[k] * scale),
      };
    },
  },
  {
    name: 'Gallagher, 101 peaks',
    wgsl: gallagher,
    constants: 'const peaks = 101u;',
    setup: (i) => gallagherPeaks(i, { peaks: 101, box: 5, condition: Math.sqrt(1000) }),
  },
  {
    name: 'Gallagher, 21 peaks',
    wgsl: gallagher,
    constants: 'const peaks = 21u;',
    setup: (i) => gallagherPeaks(i, { peaks: 21, box: 4.9, condition: 1000 }),
  },
  {
    name: 'Katsuura',
    wgsl: katsuura,
    setup: (i) => {
      return { optimum: i.optimum(), weights: [10 / pow(i.dimension, 1.2)], matrices: [i.conditioned(100)] };
    },
  },
  {
    name: 'Lunacek bi-Rastrigin',
    wgsl: lunacek,
    setup: (i) => {
      const signs = normal(i.dimension, i.seed).map((g) => (g < 0 ? -1 : 1));
      return {
        optimum: signs.map((sign) => sign * 1.25),
        weights: signs,
        matrices: [multiply(i.r, scaleRows(i.ladder(10, 1), i.q))],
      };
    },
  },
];
