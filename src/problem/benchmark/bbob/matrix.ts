import { normal } from './random';

/** Rows. */
export type Matrix = readonly (readonly number[])[];

/** COCO's random rotation: a matrix of normal numbers, its columns made orthonormal from the first on. */
export function rotation(dimension: number, seed: number): Matrix {
  const numbers = normal(dimension * dimension, seed);
  const columns = Array.from({ length: dimension }, (_, i) =>
    numbers.slice(i * dimension, (i + 1) * dimension),
  );
  for (const [i, column] of columns.entries()) {
    for (const before of columns.slice(0, i)) {
      const share = dot(column, before);
      for (let k = 0; k < dimension; k++) column[k] -= share * before[k];
    }
    const length = Math.sqrt(dot(column, column));
    for (let k = 0; k < dimension; k++) column[k] /= length;
  }
  return transpose(columns);
}

export function transpose(a: Matrix): Matrix {
  return a.map((_, i) => a.map((row) => row[i]));
}

export function multiply(a: Matrix, b: Matrix): Matrix {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

/** diag(scales) a. */
export function scaleRows(scales: readonly number[], a: Matrix): Matrix {
  return a.map((row, i) => row.map((value) => scales[i] * value));
}

export function apply(a: Matrix, x: readonly number[]): number[] {
  return a.map((row) => dot(row, x));
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
