/** What only Node has, beside everything in `tardigrade`. */
export * from './index';
