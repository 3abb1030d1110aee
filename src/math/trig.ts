/** The Taylor coefficients of cos and sin, by powers of x^2: at |x| <= pi/4 the terms left out are below 2^-60. */
const TERMS = 9;

function coefficients(first: number): number[] {
  let term = 1;
  return Array.from({ length: TERMS }, (_, i) => {
    const n = 2 * i + first;
    const present = term;
    term /= -(n + 1) * (n + 2);
    return present;
  });
}

const COS = coefficients(0);
const SIN = coefficients(1);

function series(terms: readonly number[], square: number): number {
  let sum = terms[terms.length - 1];
  for (let i = terms.length - 2; i >= 0; i--) sum = sum * square + terms[i];
  return sum;
}

/**
 * cos(pi x) to about 2 ulp of 1, the same bits on every engine (`Math.cos` may differ in the last bit). The argument
 * counts half turns, so that its reduction is exact.
 */
export function cosPi(x: number): number {
  const quarters = Math.floor(2 * x + 0.5);
  const angle = (x - quarters / 2) * Math.PI;
  const square = angle * angle;
  switch (((quarters % 4) + 4) % 4) {
    case 0:
      return series(COS, square);
    case 1:
      return -angle * series(SIN, square);
    case 2:
      return -series(COS, square);
    default:
      return angle * series(SIN, square);
  }
}
