/** Sweeps after which an ordinary matrix has long converged. */
const MAX_SWEEPS = 30;

/** Eigenvalues, and their vectors as columns: [row][column]. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations, in a fixed order and by f64 + - * /
 * and square roots alone: the same bits on every engine. Golub and Van Loan, "Matrix Computations", section 8.5.
 *
 * @param matrix [row][column], n by n, symmetric and finite
 */
export function eigenSymmetric(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        // An entry so small that neither of its diagonal entries would feel it is zero.
        const negligible = Math.abs(a[p * n + q]) <= 1e-18 * Math.sqrt(Math.abs(a[p * n + p] * a[q * n + q]));
        if (negligible) continue;
        rotated = true;
        rotate(a, rows, n, p, q);
      }
    }
    if (!rotated) break;
  }
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    values[i] = a[i * n + i];
    for (let k = 0; k < n; k++) vectors[k * n + i] = rows[i * n + k];
  }
  return { values, vectors };
}

/**
 * Turns the plane of p and q, p < q, so that their entry becomes zero. Only the upper triangle is kept up.
 *
 * @param rows the vectors so far, as rows
 */
function rotate(a: Float64Array, rows: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  a[p * n + p] -= tangent * apq;
  a[q * n + q] += tangent * apq;
  a[p * n + q] = 0;
  let k = 0;
  for (; k < p; k++) turn(a, k * n + p, k * n + q, cosine, sine);
  for (k++; k < q; k++) turn(a, p * n + k, k * n + q, cosine, sine);
  for (k++; k < n; k++) turn(a, p * n + k, q * n + k, cosine, sine);
  for (k = 0; k < n; k++) turn(rows, p * n + k, q * n + k, cosine, sine);
}

function turn(values: Float64Array, p: number, q: number, cosine: number, sine: number): void {
  const atP = values[p];
  const atQ = values[q];
  values[p] = cosine * atP - sine * atQ;
  values[q] = sine * atP + cosine * atQ;
}
