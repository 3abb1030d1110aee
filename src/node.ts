/** Everything in `tardigrade`, and what only Node has: the result document and the report drawn from it. */
export * from './index';
export {
  composeResult,
  type Figure,
  type ResultDocument,
  renderReport,
  resultDocument,
  writeResult,
} from './report';
