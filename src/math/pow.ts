import { expSum } from './exp';
import { exactProduct, logSum } from './log';

/**
 * base^exponent for base >= 0, within 8 ulp where the result is normal, the same bits on every engine
 * (`Math.pow` and `**` may differ in the last bit). Zero and infinite bases and 0^0 = 1 follow `Math.pow`; a
 * negative base gives NaN.
 */
export function pow(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (Number.isNaN(base) || Number.isNaN(exponent) || base < 0) return Number.NaN;
  if (base === 1) return Number.isFinite(exponent) ? 1 : Number.NaN;
  if (base === 0 || base === Number.POSITIVE_INFINITY) {
    return (base === 0) === exponent > 0 ? 0 : Number.POSITIVE_INFINITY;
  }
  if (!Number.isFinite(exponent)) return base > 1 === exponent > 0 ? Number.POSITIVE_INFINITY : 0;
  const { high, low } = logSum(base);
  const estimate = high * exponent;
  // Far outside the range of doubles; Dekker's split must not overflow on the way to saying so.
  if (!(Math.abs(estimate) < 1000)) return estimate > 0 ? Number.POSITIVE_INFINITY : 0;
  const { product, error } = exactProduct(high, exponent);
  return expSum(product, error + low * exponent);
}
