/** The HTML report and the result document that it is drawn from. */

export { composeResult, writeResult } from './compose';
export {
  type ComparisonRow,
  type Figure,
  type MeasureName,
  type Measures,
  type ResultDocument,
  resultDocument,
  type School,
} from './document';
export {
  MEASURES,
  type MeasureStyle,
  number,
  percent,
  plain,
  writeAside,
  writeFigure,
  writeInterval,
  writeLimits,
  writeMean,
} from './figures';
export { fieldText, knobRows } from './knobs';
export { renderReport } from './page';
export { gainInWords } from './sections/policy';
export { describeFault, summarize } from './summary';
export type { SweepReport } from './sweep/document';
export { renderSweepReport } from './sweep/page';
export { heaviestVariables, rankVariables } from './sweep/ranking';
export { titleOf, writeBin, writeRange, writeShare, writeValue } from './sweep/values';
